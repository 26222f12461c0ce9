"""A new index.db out of the log of events and the kept reads (重建索引): nothing of the old database is needed.

Where the old database is readable its events stand in for lines of the log that are damaged or were never written,
as far as they continue the chain.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archivist.core.model import Actor
from archivist.core.page import Page
from archivist.index.changes import State, rows_in
from archivist.index.database import Database
from archivist.index.events import COLUMNS, GENESIS, Events, event_hash
from archivist.index.mirror import LogLine, read_log
from archivist.index.pages import Pages, put_page
from archivist.index.reads import Reads, digest_of
from archivist.index.schema import make_tables

Event = dict[str, Any]


@dataclass(slots=True)
class Followed:
    """How the chain was followed: ``problems`` are Chinese sentences; ``broken`` is the event that could not be found."""

    seq: int = 0
    hash: str = GENESIS
    from_log: int = 0
    from_database: int = 0
    problems: list[str] = field(default_factory=list)
    broken: int | None = None


def continues(event: Event, seq: int, previous: str) -> bool:
    """Whether an event is whole and follows the one with the hash ``previous``."""
    words = (event["act"], event["subject"], event["detail"], event["previous"])
    actor = Actor(event["actor"], event["place"])
    follows = event["seq"] == seq and event["previous"] == previous
    return bool(follows and event_hash(seq, event["at"], actor, *words) == event["hash"])


def follow(log: Path, database: Database | None, followed: Followed) -> Iterator[Event]:
    """Yield the events of the one unbroken chain that log and database hold together, from the first on."""
    lines = read_log(log)
    line = next(lines, None)
    while True:
        line = _skip(line, lines, followed)
        seq, previous = followed.seq + 1, followed.hash
        event = line.event if line is not None else None
        if event is not None and continues(event, seq, previous):
            followed.from_log += 1
            line = next(lines, None)
        else:
            if event is not None and event["seq"] == seq:
                followed.problems.append(f"事件日志 {_where(line)} 的第 {seq} 条事件被改过")
                line = next(lines, None)
            event = _event_of(database, seq)
            if event is None or not continues(event, seq, previous):
                if line is not None or _later(database, seq):
                    followed.broken = seq
                return
            followed.from_database += 1
        followed.seq, followed.hash = seq, event["hash"]
        yield event


def _skip(line: LogLine | None, lines: Iterator[LogLine], followed: Followed) -> LogLine | None:
    """The next line that may be the next event."""
    while line is not None and (line.event is None or line.event["seq"] <= followed.seq):
        torn = line.event is None and not line.whole
        what = "没有写完（程序中断过）" if torn else "读不懂或不该在这里"
        followed.problems.append(f"事件日志 {_where(line)} {what}")
        line = next(lines, None)
    return line


def _where(line: LogLine | None) -> str:
    return f"{line.path.name} 第 {line.number} 行" if line is not None else ""


def _event_of(database: Database | None, seq: int) -> Event | None:
    if database is None:
        return None
    with suppress(sqlite3.Error):
        return Events(database).find(seq)
    return None


def _later(database: Database | None, seq: int) -> bool:
    if database is None:
        return False
    with suppress(sqlite3.Error):
        return next(Events(database).all(after=seq - 1), None) is not None
    return False


def open_old(path: Path) -> Database | None:
    """The old database, read-only, if it can be read at all."""
    if not path.is_file():
        return None
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10)
    try:
        connection.execute("SELECT seq FROM events LIMIT 1").fetchone()
    except sqlite3.Error:
        connection.close()
        return None
    return Database(connection, path)


@dataclass(slots=True)
class Rebuilt:
    """What was rebuilt: how the chain was followed, and the sources whose text is nowhere any more."""

    followed: Followed
    unread: list[int]


def rebuild(target: Path, log: Path, reads: Reads, old: Database | None) -> Rebuilt:
    """Write a new database at ``target`` (which must not be there); nothing else is changed."""
    followed, state = Followed(), State()
    connection = sqlite3.connect(target, isolation_level=None)
    try:
        make_tables(connection)
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        listed, marks = ", ".join(COLUMNS), ", ".join(f":{name}" for name in COLUMNS)
        for event in follow(log, old, followed):
            connection.execute(f"INSERT INTO events ({listed}) VALUES ({marks})", event)  # noqa: S608
            state.replay(rows_in(event["detail"]))
        state.write(connection)
        unread = _put_texts(connection, reads, old)
        connection.execute("DELETE FROM unlogged")
        connection.execute("COMMIT")
    finally:
        connection.close()
    with target.open("r+b") as handle:
        os.fsync(handle.fileno())
    return Rebuilt(followed, unread)


def _put_texts(connection: sqlite3.Connection, reads: Reads, old: Database | None) -> list[int]:
    """Make the text of every source searchable again; return the sources whose text is lost."""
    unread = []
    found = connection.execute("SELECT id, sha256, read FROM sources WHERE read IS NOT NULL ORDER BY id")
    for source, sha256, digest in found.fetchall():
        pages = reads.get(sha256, digest) or _old_pages(old, source, digest)
        if pages is None:
            unread.append(source)
            continue
        for page in pages:
            put_page(connection, source, page)
    return unread


def _old_pages(old: Database | None, source: int, digest: str) -> list[Page] | None:
    if old is None:
        return None
    with suppress(sqlite3.Error):
        pages = Pages(old).all_of(source)
        return pages if digest_of(pages) == digest else None
    return None
