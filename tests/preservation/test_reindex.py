"""The index lost or damaged: it comes back row by row out of the log, nothing is recognised again, nothing thrown away."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from archivist.core.page import Page
from archivist.errors import StoreError
from archivist.index.changes import recorded_tables
from archivist.index.events import verify_chain
from archivist.index.mirror import Mirror, line_of, read_log, segments
from archivist.preservation.recovery.reindex import Reindexed, reindex
from archivist.system.durable import sha256_of
from archivist.workspace.opened import Workspace
from support import histories
from support import workspaces as w
from support.killing import Countdown, killed_at, needs_fork, steps
from support.tampering import tampered


def never(path: Path, name: str) -> tuple[Page, ...]:
    raise AssertionError(f"{name} was read again")


def _but_for_stale(projects: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows of projects without what a rebuild sets anew."""
    return [(*row[:9], *row[10:]) for row in projects]


def rebuilt(opened: Workspace, partial: bool = False) -> Reindexed:
    return reindex(opened, never, partial)


def originals(opened: Workspace) -> list[Path]:
    return [path for path in opened.store.vault.rglob("*") if path.is_file()]


def without_index(opened: Workspace) -> None:
    for path in opened.store.private.glob("index.db*"):
        path.unlink()


def log_of(opened: Workspace) -> Path:
    return segments(opened.store.private / "events")[0]


def same_but_one_event(before: dict[str, Any], after: dict[str, Any]) -> None:
    """All tables are the same; events have one more, which tells of the rebuild."""
    assert {name: rows for name, rows in after.items() if name not in {"events", "projects"}} == {
        name: rows for name, rows in before.items() if name not in {"events", "projects"}
    }
    assert _but_for_stale(after["projects"]) == _but_for_stale(before["projects"])
    assert after["events"][:-1] == before["events"]
    assert after["events"][-1][4] == "reindexed"


def test_the_history_has_every_kind_of_row(lived_in: Workspace) -> None:
    """What the comparison below compares is there to be compared."""
    rows = histories.tables(lived_in.index_path)
    acts = {row[4] for row in rows["events"]}

    assert {"filed", "review", "rejected", "duplicate"} == {row["status"] for row in w.documents(lived_in)}
    assert acts >= {
        "register",
        "received",
        "identified",
        "duplicate",
        "rejected",
        "assigned",
        "renamed",
        "dismissed",
    }
    assert all(
        rows[name] for name in ("projects", "sources", "documents", "lessons", "copies", "pages", "words")
    )


def test_an_index_that_was_deleted_comes_back_row_by_row(opened: Workspace) -> None:
    before = histories.tables(opened.index_path)
    without_index(opened)
    outcome = rebuilt(opened)

    same_but_one_event(before, histories.tables(opened.index_path))
    assert (outcome.problems, outcome.findings, outcome.received, outcome.aside) == ([], [], [], None)
    w.ingest(opened)
    assert w.disagreements(opened) == []


@pytest.mark.parametrize("damage", [b"not a database" * 500, b"SQLite format 3\0" + b"\xff" * 9000, b""])
def test_an_index_that_was_damaged_is_kept_aside_and_comes_back(opened: Workspace, damage: bytes) -> None:
    before = histories.tables(opened.index_path)
    without_index(opened)
    opened.index_path.write_bytes(damage)
    outcome = rebuilt(opened)

    same_but_one_event(before, histories.tables(opened.index_path))
    assert outcome.aside is not None
    assert (outcome.aside / "index.db").read_bytes() == damage


def test_rows_that_were_tampered_with_come_back_as_the_events_say(opened: Workspace) -> None:
    before = histories.tables(opened.index_path)
    with closing(sqlite3.connect(opened.index_path)) as db:
        db.execute("UPDATE documents SET project = 'CS-2019-0002', item = 1")
        db.execute("DELETE FROM lessons")
        db.execute("UPDATE pages SET text = '别的'")
        db.commit()
    rebuilt(opened)

    same_but_one_event(before, histories.tables(opened.index_path))


def test_every_table_is_carried_by_events_even_one_added_later(opened: Workspace) -> None:
    with w.tables_open(opened) as index:
        index.db.conn.execute("CREATE TABLE later (id INTEGER PRIMARY KEY, what BLOB)")
    with w.tables_open(opened) as index:
        with index.change():
            index.db.execute("INSERT INTO later VALUES (7, ?)", [b"\xff\x00"])
            index.db.execute("INSERT INTO later VALUES (8, ?)", [b"x"])
            index.event("added", "")
        with index.change():
            index.db.execute("DELETE FROM later WHERE id = 8")
            index.event("removed", "")
        assert "later" in recorded_tables(index.db.conn)
    details = [line.event["detail"] for line in read_log(opened.store.private / "events") if line.event][-2:]

    assert details == [
        '{"rows":{"later":[[7,{"id":7,"what":{"hex":"ff00"}}],[8,{"id":8,"what":{"hex":"78"}}]]}}',
        '{"rows":{"later":[[8,null]]}}',
    ]


def test_every_recorded_table_has_row_numbers_by_which_events_name_its_rows(opened: Workspace) -> None:
    with closing(sqlite3.connect(opened.index_path)) as db:
        tables = recorded_tables(db)
        assert {"projects", "sources", "documents", "lessons", "copies", "removals", "versions"} <= set(
            tables
        )
        for name in tables:
            db.execute(f"SELECT rowid FROM {name} LIMIT 1")


def test_a_database_older_than_the_log_is_refused_and_rebuilt(opened: Workspace, tmp_path: Path) -> None:
    shutil.copy(opened.index_path, tmp_path / "old.db")
    w.pdf(opened.config.inbox / "新的.pdf", w.minutes(w.LEMON, 7))
    w.ingest(opened)
    before = histories.tables(opened.index_path)
    without_index(opened)
    shutil.copy(tmp_path / "old.db", opened.index_path)

    w.pdf(opened.config.inbox / "再来.pdf", w.minutes(w.LEMON, 8))
    assert "对不上" in w.message_of(lambda: w.ingest(opened))
    assert (opened.config.inbox / "再来.pdf").is_file()
    rebuilt(opened)
    same_but_one_event(before, histories.tables(opened.index_path))


def test_nothing_goes_on_without_an_index_while_there_is_a_log(opened: Workspace) -> None:
    without_index(opened)

    assert "archivist reindex" in w.message_of(lambda: w.ingest(opened))
    assert "archivist reindex" in w.message_of(lambda: w.documents(opened))
    assert not opened.index_path.exists()


def test_an_event_that_only_the_database_has_is_not_lost(opened: Workspace) -> None:
    """Killed between the commit and the log: the next start, or a rebuild, makes it good."""
    before = histories.tables(opened.index_path)
    log = log_of(opened)
    lines = log.read_bytes().splitlines(keepends=True)
    tampered(opened, f"UPDATE log_reach SET seq = {len(lines) - 2}")
    for rest in (lines[:-2], [*lines[:-1], lines[-1][:50]]):
        log.write_bytes(b"".join(rest))
        copy = w.again(opened, opened.config.workspace.with_name("again"))
        with w.tables_open(copy) as index:
            index.settle()
        assert log_of(copy).read_bytes() == b"".join(lines)
        shutil.rmtree(copy.config.workspace)
    rebuilt(opened)
    same_but_one_event(before, histories.tables(opened.index_path))


def test_a_broken_chain_stops_the_rebuild_and_partial_goes_on_with_what_is_proven(opened: Workspace) -> None:
    without_index(opened)
    log = log_of(opened)
    lines = log.read_bytes().splitlines(keepends=True)
    known = len(lines) // 3
    log.write_bytes(b"".join([*lines[:known], lines[known].replace(b"20", b"21", 1), *lines[known + 1 :]]))
    damaged = log.read_bytes()

    message = w.message_of(lambda: rebuilt(opened))
    assert f"第 {known + 1} 条" in message
    assert "--partial" in message
    assert log.read_bytes() == damaged
    everything = {sha256_of(path) for path in originals(opened)}
    outcome = rebuilt(opened, partial=True)
    assert outcome.events == known
    assert outcome.received
    w.ingest(opened)
    w.ingest(opened)
    assert everything <= {sha256_of(path) for path in originals(opened)}
    with closing(sqlite3.connect(opened.index_path)) as db:
        db.row_factory = sqlite3.Row
        assert verify_chain(db.execute("SELECT * FROM events ORDER BY seq")) == []


def test_originals_that_no_event_knows_are_received_and_worked_on(opened: Workspace, tmp_path: Path) -> None:
    stranger = w.pdf(tmp_path / "x.pdf", w.minutes(w.FISH, 17))
    digest = w.sha256(stranger.read_bytes())
    folder = opened.store.vault / digest[:2]
    folder.mkdir(exist_ok=True)
    shutil.copy(stranger, folder / f"{digest}.pdf")
    without_index(opened)
    outcome = rebuilt(opened)
    w.ingest(opened)

    assert outcome.received == [f"原件库/{digest}.pdf"]
    assert [row["status"] for row in w.documents(opened) if row["sha256"] == digest] == ["filed"]


def test_what_changed_in_the_folders_meanwhile_is_told(opened: Workspace) -> None:
    filed = next(row for row in w.documents(opened) if row["status"] == "filed")
    opened.store.path(filed["path"]).write_bytes(b"changed")
    without_index(opened)

    assert [(f.code, f.path) for f in rebuilt(opened).findings] == [("altered", filed["path"])]


def test_a_read_that_was_lost_is_taken_from_the_old_index_or_read_again(opened: Workspace) -> None:
    before = histories.tables(opened.index_path)
    shutil.rmtree(opened.store.private / "reads")
    rebuilt(opened)
    same_but_one_event(before, histories.tables(opened.index_path))

    without_index(opened)
    reader = w.TextReader()
    outcome = reindex(opened, lambda path, name: reader.extract(path, name).pages)
    assert len(outcome.read_again) == len({row[0] for row in before["pages"]})
    assert histories.tables(opened.index_path)["pages"] == before["pages"]
    w.ingest(opened)
    assert w.disagreements(opened) == []


def test_a_workspace_of_an_older_edition_is_taken_into_the_log(opened: Workspace) -> None:
    """Its events carried no rows and there was no log: all it has enters the log with the first change."""
    before = histories.tables(opened.index_path)
    older_edition(opened)
    w.ingest(opened)
    without_index(opened)
    rebuilt(opened)
    after = histories.tables(opened.index_path)

    assert {
        name: after[name] for name in ("documents", "sources", "copies", "lessons", "pages", "words")
    } == {name: before[name] for name in ("documents", "sources", "copies", "lessons", "pages", "words")}
    w.ingest(opened)  # which also sets aside the pages of decisions that no record backs
    assert w.disagreements(opened) == []


def older_edition(opened: Workspace) -> None:
    """Undo the migrations that came with the log."""
    shutil.rmtree(opened.store.private / "events")
    shutil.rmtree(opened.store.private / "reads")
    with closing(sqlite3.connect(opened.index_path)) as db:
        db.executescript(
            "ALTER TABLE sources DROP COLUMN read; DROP TABLE unlogged; DROP TABLE digests; DROP TABLE fixity_round;"
            "DROP TABLE deregistrations; DROP TABLE log_reach;"
            "DELETE FROM _sqlite_migrations WHERE name IN ('logged', 'fixity', 'deregistrations', 'log_reach');"
            "DROP TRIGGER events_are_kept; DELETE FROM events;"
            "CREATE TRIGGER events_are_kept BEFORE DELETE ON events "
            "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;"
        )


def test_a_rebuild_waits_for_no_watcher(opened: Workspace) -> None:
    with opened.watching():
        other = type(opened)(opened.config, opened.actor)
        assert "值守" in w.message_of(lambda: rebuilt(other))


@needs_fork
def test_killed_at_any_step_of_a_rebuild_the_next_one_finishes(
    lived_in: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.fsync", lambda handle: None)
    before = histories.tables(lived_in.index_path)
    damage(lived_in_copy := w.again(lived_in, tmp_path / "damaged"))
    clean = w.again(lived_in_copy, tmp_path / "clean")
    count = Countdown(-1, lambda: None)
    with steps(count):
        rebuilt(clean)
    killed = 0
    for step in range(1, count.seen + 1):
        copy = w.again(lived_in_copy, tmp_path / "copy")
        killed += killed_at(step, partial(rebuilt, copy))
        rebuilt(copy)
        after = histories.tables(copy.index_path)
        extra = len(after["events"]) - len(before["events"])
        assert extra in {1, 2}
        after["events"] = [*after["events"][: len(before["events"])], after["events"][-1]]
        same_but_one_event(before, after)
        shutil.rmtree(copy.config.workspace)
    assert killed >= count.seen * 0.9 > 5


def damage(opened: Workspace) -> None:
    without_index(opened)
    opened.index_path.write_bytes(b"no database" * 1000)


def test_the_log_is_cut_into_files_and_reads_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archivist.index.mirror.SEGMENT_BYTES", 2000)
    mirror = Mirror(tmp_path / "events")
    events = [
        {
            "seq": n,
            **dict.fromkeys(("at", "actor", "place", "act", "subject", "previous"), "x"),
            "detail": "x" * 300,
            "hash": str(n),
        }
        for n in range(1, 31)
    ]
    for start in range(0, 30, 3):
        mirror.append(events[start : start + 3])
        assert Mirror(tmp_path / "events").tail() == mirror.tail()

    assert len(segments(tmp_path / "events")) > 3
    assert [line.event for line in read_log(tmp_path / "events")] == events
    assert b"".join(path.read_bytes() for path in segments(tmp_path / "events")) == b"".join(
        map(line_of, events)
    )


def test_a_log_that_another_process_wrote_to_is_followed(tmp_path: Path) -> None:
    def event(n: int) -> dict[str, Any]:
        return {
            "seq": n,
            **dict.fromkeys(("at", "actor", "place", "act", "subject", "detail", "previous", "hash"), "x"),
        }

    one, other = Mirror(tmp_path / "events"), Mirror(tmp_path / "events")
    one.append([event(1)])
    assert other.tail().seq == 1
    one.append([event(2)])
    assert other.tail().seq == 2


def test_a_log_that_cannot_be_written_is_told_and_made_good_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    opened = w.workspace(tmp_path / "w")
    w.pdf(opened.config.inbox / "a.pdf", w.minutes(w.SHEEP))
    with monkeypatch.context() as disk, pytest.raises(StoreError, match="事件日志写不进去"):
        disk.setattr(Mirror, "_write", full)
        w.ingest(opened)
    w.ingest(opened)
    assert [row["status"] for row in w.documents(opened)] == ["filed"]
    assert w.disagreements(opened) == []
