"""What waits for a person, by the best guess; what can be accepted names both a project and an item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archivist.core.document import Holding
from archivist.core.model import Candidate, Status
from archivist.index.reader import IndexReader, open_reader
from archivist.index.writer import Index
from archivist.questions.review import Review, waiting
from archivist.workspace.opened import Workspace
from support import workspaces as w

SHEEP, LEMON = w.SHEEP.code, w.LEMON.code
GUESSES: dict[str, list[tuple[str | None, int | None, float]]] = {
    "一": [(SHEEP, 5, 0.9)],
    "二": [(SHEEP, None, 0.7), (LEMON, 4, 0.6)],
    "三": [(None, 4, 0.5)],
    "四": [],
}
"""Candidates by the name of the file that waits."""


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    opened = w.workspace(tmp_path_factory.mktemp("review") / "w")
    for name in GUESSES:
        w.pdf(opened.config.inbox / f"{name}.pdf", f"{w.UNSURE}{name}\n")
    w.ingest(opened)
    with w.tables_open(opened) as index:
        _guess(index)
    return opened


def _guess(index: Index) -> None:
    names = {
        source: Path(name).stem for source, name in index.connection.execute("SELECT id, name FROM sources")
    }
    for one in index.documents.waiting():
        told = tuple(Candidate(*guess) for guess in GUESSES[names[one.source]])
        index.documents.update(replace(one, candidates=told), "identified")


@pytest.fixture
def reader(opened: Workspace) -> Iterator[IndexReader]:
    with open_reader(opened.index_path) as index:
        yield index


def names(found: tuple[Holding, ...]) -> list[str]:
    return [Path(one.file.name).stem for one in found]


def one(found: Review, name: str) -> Holding:
    return next(one for one in found.documents if Path(one.file.name).stem == name)


def test_all_that_waits_is_answered_with_the_names_of_projects(reader: IndexReader) -> None:
    found = waiting(reader)

    assert sorted(names(found.documents)) == sorted(GUESSES)
    assert {one.status for one in found.documents} == {Status.REVIEW}
    assert found.names == {one.code: one.name for one in (w.SHEEP, w.LEMON, w.FISH)}


def test_filters_look_at_the_first_guess_alone(reader: IndexReader) -> None:
    assert sorted(names(waiting(reader, project=SHEEP).documents)) == ["一", "二"]
    assert names(waiting(reader, project=LEMON).documents) == []
    assert sorted(names(waiting(reader, township="石坝").documents)) == ["一", "二"]
    assert names(waiting(reader, township="石坝", item=5).documents) == ["一"]
    assert names(waiting(reader, item=4).documents) == ["三"]


def test_a_guess_that_can_be_accepted_names_a_project_and_an_item(reader: IndexReader) -> None:
    found = waiting(reader)
    guesses = {name: one(found, name).guess for name in GUESSES}

    assert guesses == {"一": Candidate(SHEEP, 5, 0.9), "二": Candidate(LEMON, 4, 0.6), "三": None, "四": None}
    assert sorted(names(found.sure(0.0))) == ["一", "二"]
    assert names(found.sure(0.9)) == ["一"]
    assert found.sure(0.91) == ()


def test_a_document_is_found_by_its_number_however_it_is_typed(reader: IndexReader) -> None:
    found = waiting(reader)
    wanted = one(found, "一")

    assert found.one(f" {wanted.id.lower()} ") == wanted


def test_what_does_not_wait_or_has_no_guess_cannot_be_accepted(reader: IndexReader) -> None:
    found = waiting(reader)
    dark = one(found, "三").id

    assert "没有编号“D99999”" in w.message_of(lambda: found.one("D99999"))
    assert f"archivist assign {dark} --project" in w.message_of(lambda: found.one(dark))


def test_a_project_or_township_the_register_does_not_have_is_told(reader: IndexReader) -> None:
    assert "没有项目编号“CS-0”" in w.message_of(lambda: waiting(reader, project="CS-0"))
    assert "没有镇街含“古龙”" in w.message_of(lambda: waiting(reader, township="古龙"))
