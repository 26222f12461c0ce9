"""A workspace with a history, made once for a module; each test has a copy that it may damage."""

from __future__ import annotations

from pathlib import Path

import pytest

from archivist.workspace.opened import Workspace
from support import histories
from support import workspaces as w


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return histories.lived_in(tmp_path_factory.mktemp("lived"))


@pytest.fixture
def opened(lived_in: Workspace, tmp_path: Path) -> Workspace:
    """A copy that a test may damage."""
    return w.again(lived_in, tmp_path / "copy")
