"""A place for an index, where it lies in a store: what is two folders above belongs to nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def tmp_path(tmp_path: Path) -> Path:
    """A folder within one of its own: an index beside papers that it does not know asks what became of its memory."""
    folder = tmp_path / "store" / "private"
    folder.mkdir(parents=True)
    return folder
