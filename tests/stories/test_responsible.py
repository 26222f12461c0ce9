"""Who is responsible (责任者) goes with a document all the way: read, kept, told, described beside it, and rebuilt."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archivist.core.describe import describe
from archivist.index.reader import open_reader
from archivist.preservation.recovery.reindex import reindex
from archivist.store.layout import METADATA
from archivist.workspace.opened import Workspace
from support import workspaces as w

TOWN = "石坝镇人民政府"


@pytest.fixture
def opened(tmp_path: Path) -> Workspace:
    made = w.workspace(tmp_path / "w")
    w.pdf(made.config.inbox / "纪要.pdf", w.minutes(w.SHEEP))
    w.ingest(made)
    return made


def told(opened: Workspace) -> list[str | None]:
    with open_reader(opened.index_path) as index:
        return [describe(one)["responsible"] for one in index.holdings.all()]


def test_it_is_told_by_documents_and_in_the_description_beside_the_papers(opened: Workspace) -> None:
    folder = w.folder_of(opened, w.SHEEP)
    (described,) = json.loads((folder / METADATA).read_bytes())["documents"]

    assert told(opened) == [TOWN]
    assert described["responsible"] == TOWN


def test_it_comes_back_with_the_index(opened: Workspace) -> None:
    opened.index_path.unlink()
    reindex(opened, lambda path, name: w.TextReader().extract(path, name).pages)

    assert told(opened) == [TOWN]


def test_an_index_of_an_edition_that_did_not_know_it_is_read_all_the_same(opened: Workspace) -> None:
    with closing(sqlite3.connect(opened.index_path)) as db:
        db.execute("ALTER TABLE documents DROP COLUMN responsible")
        db.commit()

    assert told(opened) == [None]
