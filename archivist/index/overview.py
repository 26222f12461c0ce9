"""How the index sees the whole (运行状况): how much there is, what waits longest, what failed, what is wrong.

Each question works on its own, on databases of earlier editions too: what can be told is, when the rest cannot.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from archivist.index.deregistrations import REOPENED
from archivist.index.keeping import WRONG_COPIES
from archivist.index.reader import has_table
from archivist.system.clock import iso


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A source (来件) whose work is not done; ``since`` is when it was received (ISO 8601)."""

    name: str
    since: str


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A document in 待确认, its source's name, and when that was received (ISO 8601)."""

    document: str
    source: str
    since: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A source whose work failed: how often, why, when last, and when it is tried ``next`` (ISO 8601)."""

    source: str
    attempts: int
    error: str
    at: str
    next: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """A sentence about what could not be worked on, and since when (ISO 8601) that is so."""

    message: str
    since: str


@dataclass(frozen=True, slots=True)
class WrongCopy:
    """A filed copy that is "altered" or "gone", since when it is known; None for a copy that is no document's."""

    document: str | None
    path: str
    state: str
    since: str


@dataclass(frozen=True, slots=True)
class Reopened:
    """A project whose 销号 holds no longer, since when and why."""

    project: str
    name: str
    since: str
    reason: str | None


def unfinished(connection: sqlite3.Connection) -> int:
    """How many sources' work is not done."""
    return _count(connection, "SELECT COUNT(*) FROM sources WHERE state <> 'done'")


def unconfirmed(connection: sqlite3.Connection) -> int:
    """How many documents wait in 待确认."""
    return _count(connection, "SELECT COUNT(*) FROM documents WHERE status = 'review'")


def rejected(connection: sqlite3.Connection) -> int:
    """How many documents lie in 退回."""
    return _count(connection, "SELECT COUNT(*) FROM documents WHERE status = 'rejected' AND path IS NOT NULL")


def documents(connection: sqlite3.Connection) -> int:
    """How many documents the index knows."""
    return _count(connection, "SELECT COUNT(*) FROM documents")


def events(connection: sqlite3.Connection) -> int:
    """How many events there were."""
    return _count(connection, "SELECT COALESCE(MAX(seq), 0) FROM events")


def oldest_unfinished(connection: sqlite3.Connection) -> Unfinished | None:
    """The source that waits longest for its work to be done."""
    found = _row(connection, "SELECT name, received FROM sources WHERE state <> 'done' ORDER BY id LIMIT 1")
    return Unfinished(*found) if found else None


def oldest_unconfirmed(connection: sqlite3.Connection) -> Unconfirmed | None:
    """The document that waits longest for a person."""
    found = _row(
        connection,
        "SELECT documents.id, sources.name, received FROM documents JOIN sources ON sources.id = source "
        "WHERE status = 'review' ORDER BY received, documents.id LIMIT 1",
    )
    return Unconfirmed(*found) if found else None


def failures(connection: sqlite3.Connection) -> tuple[Failure, ...]:
    """Failed work, the next tried again first."""
    query = (
        "SELECT name, count, error, at, next FROM attempts JOIN sources ON sources.id = source ORDER BY next"
    )
    return tuple(
        Failure(source, count, error, at, iso(again))
        for source, count, error, at, again in _rows(connection, "attempts", query)
    )


def troubles(connection: sqlite3.Connection) -> tuple[Trouble, ...]:
    """What could not be worked on, the oldest first."""
    query = "SELECT words, since FROM troubles ORDER BY since, rowid"
    return tuple(Trouble(*row) for row in _rows(connection, "troubles", query))


def wrong_copies(connection: sqlite3.Connection) -> tuple[WrongCopy, ...]:
    """Filed copies that are altered or gone, the oldest first."""
    return tuple(
        WrongCopy(document, path, state, since)
        for path, state, since, document, *_ in _rows(connection, "standing", WRONG_COPIES)
    )


def deregistered(connection: sqlite3.Connection) -> int:
    """How many projects are deregistered (销号) now."""
    if not has_table(connection, "deregistrations"):
        return 0
    return _count(connection, "SELECT COUNT(*) FROM deregistrations WHERE reopened IS NULL")


def reopened(connection: sqlite3.Connection) -> tuple[Reopened, ...]:
    """Projects whose 销号 holds no longer, the newest first."""
    return tuple(
        Reopened(project, name, since, reason)
        for project, name, _, since, _, reason in _rows(connection, "deregistrations", REOPENED)
    )


def _count(connection: sqlite3.Connection, query: str) -> int:
    (count,) = connection.execute(query).fetchone()
    return int(count)


def _row(connection: sqlite3.Connection, query: str) -> Sequence[Any]:
    return tuple(connection.execute(query).fetchone() or ())


def _rows(connection: sqlite3.Connection, table: str, query: str) -> Iterator[Sequence[Any]]:
    """The rows; none when the database is of an edition that had no such table."""
    return iter(connection.execute(query)) if has_table(connection, table) else iter(())
