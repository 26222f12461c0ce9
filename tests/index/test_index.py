"""The index: a chain that shows tampering, a search that finds everything and nothing else, damage told."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivist.core.model import TextSource
from archivist.core.page import Line, Page
from archivist.core.paper.passages import passage
from archivist.core.text import fold
from archivist.errors import StoreError
from archivist.index.events import verify_chain
from archivist.index.reader import open_reader
from archivist.index.words import query_of
from archivist.workspace.opened import Workspace
from support import workspaces as w


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with some history."""
    opened = w.workspace(tmp_path_factory.mktemp("index") / "w")
    for number in range(1, 6):
        w.pdf(opened.config.inbox / f"{number}.pdf", w.minutes(w.SHEEP, number))
    w.ingest(opened)
    return opened


def events(opened: Workspace) -> list[dict[str, object]]:
    with open_reader(opened.index_path) as index:
        return list(index.rows("SELECT * FROM events ORDER BY seq"))


def test_the_chain_of_ordinary_work_verifies(worked: Workspace) -> None:
    rows = events(worked)
    assert len(rows) > 10
    assert verify_chain(rows, [(int(str(row["seq"])), str(row["hash"])) for row in rows]) == []


@pytest.mark.parametrize("column", ["at", "actor", "place", "act", "subject", "detail", "previous", "hash"])
def test_any_change_of_any_event_is_seen(worked: Workspace, column: str) -> None:
    for at in range(len(events(worked))):
        rows = events(worked)
        rows[at][column] = f"{rows[at][column]}x"
        assert rows[at]["seq"] in {problem.seq for problem in verify_chain(rows)}


def test_a_removed_or_swapped_event_is_seen(worked: Workspace) -> None:
    for at in range(len(events(worked)) - 1):
        rows = events(worked)
        assert verify_chain(rows[:at] + rows[at + 1 :])
        rows[at], rows[at + 1] = rows[at + 1], rows[at]
        assert verify_chain(rows)


def test_a_cut_tail_and_a_chain_written_anew_are_seen_by_the_heads_noted_elsewhere(worked: Workspace) -> None:
    from archivist.core.model import Actor
    from archivist.index.events import GENESIS, event_hash

    rows = events(worked)
    head = (int(str(rows[-1]["seq"])), str(rows[-1]["hash"]))
    assert [problem.seq for problem in verify_chain(rows[:-1], [head])] == [head[0]]
    previous = GENESIS
    for row in rows:
        row["actor"], row["previous"] = "另一个人", previous
        words = (str(row[name]) for name in ("act", "subject", "detail", "previous"))
        actor = Actor("另一个人", str(row["place"]))
        row["hash"] = previous = event_hash(int(str(row["seq"])), str(row["at"]), actor, *words)
    assert verify_chain(rows) == []
    assert [problem.seq for problem in verify_chain(rows, [head])] == [head[0]]


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE events SET actor = 'x' WHERE seq = 2",
        "DELETE FROM events WHERE seq = 2",
        "DELETE FROM events",
        "INSERT OR REPLACE INTO events SELECT 2, at, 'x', place, act, subject, detail, previous, hash FROM events",
        "INSERT INTO events SELECT seq + 1000, at, actor, place, act, subject, detail, previous, hash FROM events",
    ],
)
def test_the_database_refuses_to_change_events(worked: Workspace, tampering: str) -> None:
    before = events(worked)
    with w.tables_open(worked) as index, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        index.db.conn.execute(tampering)
    assert events(worked) == before


def test_an_interrupted_change_leaves_neither_row_nor_event(worked: Workspace) -> None:
    before = events(worked)
    with w.tables_open(worked) as index:
        with pytest.raises(KeyboardInterrupt), index.change():
            index.event("act", "subject")
            raise KeyboardInterrupt
        assert index.events.head()[0] == len(before)
    assert events(worked) == before


def test_a_source_cannot_be_planned_twice(worked: Workspace) -> None:
    with w.tables_open(worked) as index, pytest.raises(AssertionError):
        index.sources.plan(1, "pdf", (), [])
    assert len(w.documents(worked)) == 5


@pytest.mark.parametrize(
    "damage",
    [b"this is not a database" * 200, b"SQLite format 3\0" + b"\xff" * 8000],
    ids=["text", "header only"],
)
def test_a_damaged_index_is_told_kept_and_loses_no_file(tmp_path: Path, damage: bytes) -> None:
    opened = w.workspace(tmp_path / "w")
    w.pdf(opened.config.inbox / "a.pdf", w.minutes(w.SHEEP))
    opened.index_path.write_bytes(damage)
    message = w.message_of(lambda: w.ingest(opened))
    assert "已损坏" in message
    assert "index.db" in message
    assert "已损坏" in w.message_of(lambda: w.documents(opened))
    assert opened.index_path.read_bytes() == damage
    assert (opened.config.inbox / "a.pdf").is_file()


def test_a_database_that_another_program_locks_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = w.workspace(tmp_path / "w")
    w.pdf(opened.config.inbox / "a.pdf", w.minutes(w.SHEEP))
    monkeypatch.setattr("archivist.index.writer.BUSY_SECONDS", 0.1)
    other = sqlite3.connect(opened.index_path)
    other.execute("BEGIN EXCLUSIVE")
    assert "正被另一个程序占用" in w.message_of(lambda: w.ingest(opened))
    other.close()
    w.ingest(opened)
    assert [row["status"] for row in w.documents(opened)] == ["filed"]
    assert w.disagreements(opened) == []


def test_there_is_a_plain_answer_before_the_first_index(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="register import"), open_reader(tmp_path / "index.db"):
        pass


def test_the_database_keeps_a_write_ahead_log_and_knows_its_edition(worked: Workspace) -> None:
    with w.tables_open(worked) as index:
        assert index.db.journal_mode == "wal"
    assert ("tables",) in w.rows(worked, "SELECT name FROM _sqlite_migrations")


# -- search --------------------------------------------------------------------------------------------------------

_SIGNS = "会议记录合同村委黑山羊处置债权Aa1２　 ，。\n㐀𬭎𠮷é①ﬁ—○"
_TEXT = st.text(alphabet=_SIGNS, max_size=24)
_WORD = st.text(alphabet=_SIGNS, min_size=2, max_size=4)


@pytest.fixture(scope="module")
def search_workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return w.workspace(tmp_path_factory.mktemp("search") / "w")


@given(texts=st.lists(_TEXT, min_size=1, max_size=8), word=_WORD, pick=st.integers(0, 1000))
@settings(max_examples=60)
def test_search_finds_every_page_that_holds_the_words_and_no_other(
    search_workspace: Workspace, texts: list[str], word: str, pick: int
) -> None:
    from_page = fold(texts[pick % len(texts)])
    start = pick % max(1, len(from_page) - 1)
    for asked in (word, from_page[start : start + 2 + pick % 3]):
        query = query_of(asked)
        if query is None:
            assert any(len(fold(part)) < 2 for part in asked.split()) or not asked.split()
            continue
        wanted = [fold(part) for part in asked.split()]
        expected = {n for n, text in enumerate(texts, 1) if all(part in fold(text) for part in wanted)}
        assert found(search_workspace, texts, query, asked) == expected


def found(opened: Workspace, texts: list[str], query: str, asked: str) -> set[int]:
    """Numbers of the pages found among ``texts``, indexed for this question only."""
    pages = [Page(n, (Line(text),), TextSource.NATIVE) for n, text in enumerate(texts, 1)]
    with w.tables_open(opened) as index:
        index.db.conn.execute("BEGIN")
        source = index.sources.receive(name="x", origin="inbox", sha256="0", size=0)
        index.pages.put(source.id, pages)
        hits = {row["number"] for row in index.pages.search(query) if passage(row["text"], [asked])}
        index.db.conn.rollback()
    return hits
