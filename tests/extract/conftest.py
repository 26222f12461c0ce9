from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archivist.extract import Extractor, Limits


@pytest.fixture
def limits(tmp_path: Path) -> Limits:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    return Limits(scratch)


@pytest.fixture
def plain(limits: Limits) -> Iterator[Extractor]:
    """Everything but recognition."""
    with Extractor(limits, 2, "none") as extractor:
        yield extractor


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Extractor]:
    """The real thing, its OCR workers shared by the whole run."""
    with Extractor(Limits(tmp_path_factory.mktemp("scratch")), 2, "auto") as extractor:
        yield extractor
