"""A workspace with everything in its history, made once. Only to be looked at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from archivist.index.reader import IndexReader, open_reader
from archivist.workspace.opened import Workspace
from support.histories import lived_in


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return lived_in(tmp_path_factory.mktemp("questions"))


@pytest.fixture
def reader(lived: Workspace) -> Iterator[IndexReader]:
    with open_reader(lived.index_path) as opened:
        yield opened
