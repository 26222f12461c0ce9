"""Reading ahead and filing in groups: what goes together, what waits, what nobody began."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from pathlib import Path

import pytest

from archivist.core.document import Document, Source
from archivist.core.page import Extract
from archivist.filing.versions import noticed
from archivist.index.writer import Index
from archivist.ingest import readahead as ahead
from archivist.ingest import work
from archivist.ingest.readahead import ReadAhead, Reading, groups, in_turn
from archivist.ingest.stages import plan
from archivist.ingest.stages.read import Read
from support import workspaces as w

NOTHING = Read(Source(0, "0.pdf", "inbox", None, "0" * 64, 1, "v", "received", "2026-01-01"), Extract("pdf"))


def source(number: int, name: str = "") -> Source:
    return Source(number, name or f"{number}.pdf", "inbox", None, "0" * 64, 1, "v", "received", "2026-01-01")


def read(number: int, name: str = "") -> tuple[Source, Future[Read]]:
    return source(number, name), Future()


def test_what_is_read_is_filed_together_in_groups_of_bounded_size() -> None:
    ready = [read(number) for number in range(1, 60)]

    made = list(groups(ready))

    assert [pair for group in made for pair in group] == ready
    assert max(map(len, made)) == 24


def test_a_photo_is_filed_by_itself_so_that_the_one_before_it_stands() -> None:
    ready = [read(1), read(2), read(3, "会议记录_2.jpg"), read(4, "会议记录_3.jpg"), read(5)]

    assert [[one.id for one, _ in group] for group in groups(ready)] == [[1, 2], [3], [4], [5]]


def test_a_photo_waits_while_the_one_before_it_is_being_read() -> None:
    late, other = read(4, "会议记录_3.jpg"), read(5)

    assert in_turn([late, other], lambda: ["会议记录_2.jpg"]) == [other]
    assert in_turn([late, other], list) == [late, other]


def test_what_nobody_began_to_read_can_be_taken_back_and_is_not_read() -> None:
    begun, go_on, seen = threading.Event(), threading.Event(), []

    def slow(one: Source) -> Read:
        seen.append(one.id)
        begun.set()
        go_on.wait(30)
        return NOTHING

    reading = ReadAhead(slow, 1)
    first, second = reading.begin(source(1)), reading.begin(source(2))
    assert begun.wait(30)
    assert second.cancel()
    assert not first.cancel()
    go_on.set()
    assert first.result(30) is NOTHING
    reading.begin(source(3)).result(30)

    with pytest.raises(CancelledError):
        second.result(0)
    assert seen == [1, 3]
    reading.close()


def test_a_reader_that_fails_fails_its_own_file_only() -> None:
    def read_one(one: Source) -> Read:
        if one.id == 1:
            raise ValueError("bad")
        return NOTHING

    reading = ReadAhead(read_one, 2)
    bad, good = reading.begin(source(1)), reading.begin(source(2))

    assert good.result(30) is NOTHING
    with pytest.raises(ValueError, match="bad"):
        bad.result(30)
    reading.close()


def test_trouble_while_planning_one_of_a_group_takes_nothing_of_the_others_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = w.workspace(tmp_path / "w")
    for number in range(1, 7):
        w.pdf(opened.config.inbox / f"{number}.pdf", w.minutes(w.SHEEP, number))
    sizes: list[int] = []

    def fails(index: Index, rows: list[Document]) -> list[Document]:
        if rows[0].date == "2024-11-04":
            raise ValueError("after the plan was written")
        return noticed(index, rows)

    def told(ready: list[Reading]) -> Iterator[list[Reading]]:
        for group in ahead.groups(ready):
            sizes.append(len(group))
            yield group

    monkeypatch.setattr(plan, "noticed", fails)
    monkeypatch.setattr(work, "groups", told)
    batch = w.ingest(opened)

    assert max(sizes) > 1
    assert [words for words in batch.problems if "4.pdf" in words]
    assert sorted(row["source"] for row in w.documents(opened)) == [f"{n}.pdf" for n in (1, 2, 3, 5, 6)]
    monkeypatch.setattr(plan, "noticed", noticed)
    w.ingest(opened)
    assert sum(row["status"] == "filed" for row in w.documents(opened)) == 6
    assert w.disagreements(opened) == []
