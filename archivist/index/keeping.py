"""What the index keeps of the copies people have (standing), of failed attempts and of standing troubles.

What is altered, gone or whole again is an event; stamps, attempts and troubles are what was seen last and can be
seen anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archivist.system.clock import now

if TYPE_CHECKING:
    from archivist.index.queries import Queries
    from archivist.index.writer import Index

_MOST_TROUBLES = 200


@dataclass(frozen=True, slots=True)
class Standing:
    """A copy that should stand at ``path``: with which bytes, whose it is, and what was seen of it last.

    ``document`` is empty for the untouched scan that documents were cut from; ``stamp`` is empty while nothing was
    seen yet.
    """

    path: str
    sha256: str
    source: int
    document: str
    project: str | None
    stamp: str
    state: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """A source whose work failed ``count`` times, the last ``same`` times alike; ``next`` in seconds since 1970."""

    source: int
    count: int
    same: int
    error: str
    at: str
    next: float


def standings(index: Queries) -> list[Standing]:
    """All filed copies that should stand, those of sources whose work is not finished left out."""
    query = (
        "SELECT documents.path, path_sha256 AS sha256, source, documents.id AS document, project, "
        "COALESCE(stamp, '') AS stamp, COALESCE(standing.state, '') AS state FROM documents "
        "JOIN sources ON sources.id = source LEFT JOIN standing ON standing.path = documents.path "
        "WHERE status = 'filed' AND documents.path IS NOT NULL AND sources.state = 'done' UNION ALL "
        "SELECT copies.path, copies.sha256, source, '', NULL, COALESCE(stamp, ''), COALESCE(standing.state, '') "
        "FROM copies JOIN sources ON sources.id = source LEFT JOIN standing ON standing.path = copies.path "
        "WHERE sources.state = 'done'"
    )
    return [Standing(**row) for row in index._all(query)]


def standings_version(index: Queries) -> tuple[Any, ...]:
    """Changes whenever `standings` may answer otherwise."""
    row = index._one(
        "SELECT (SELECT MAX(seq) FROM events) AS seq, (SELECT COUNT(*) FROM copies) AS copies, "
        "(SELECT COUNT(*) FROM sources WHERE state <> 'done') AS open, (SELECT COUNT(*) FROM standing) AS seen"
    )
    assert row is not None
    return tuple(row.values())


def put_stamps(index: Index, stamps: Mapping[str, str]) -> None:
    """Remember that the copies at these paths were proved to be whole at these stamps. Call it inside ``change``."""
    for path, stamp in stamps.items():
        index.db.execute(
            "INSERT INTO standing (path, stamp) VALUES (?, ?) ON CONFLICT (path) DO UPDATE SET "
            "stamp = excluded.stamp, state = '', since = NULL, sha256 = NULL",
            [path, stamp],
        )


def seen_whole(index: Index, copies: Iterable[tuple[Standing, str]]) -> None:
    """These copies have the bytes they were filed with, at these stamps; those that had not are told to be again."""
    with index.change():
        for one, stamp in copies:
            put_stamps(index, {one.path: stamp})
            if one.state:
                index.event("intact", _subject(one), path=one.path, was=one.state)
                _page_is_stale(index, one)


def seen_wrong(index: Index, one: Standing, state: str, stamp: str, sha256: str | None) -> None:
    """A filed copy was altered or is gone: an event, and the project's page has to say so."""
    with index.change():
        index.db.execute(
            "INSERT INTO standing (path, stamp, state, since, sha256) VALUES (?, ?, ?, ?, ?) ON CONFLICT (path) DO "
            "UPDATE SET stamp = excluded.stamp, state = excluded.state, since = excluded.since, "
            "sha256 = excluded.sha256",
            [one.path, stamp, state, now(), sha256],
        )
        index.event(state, _subject(one), path=one.path, was=one.sha256, found=sha256)
        _page_is_stale(index, one)


def _subject(one: Standing) -> str:
    return one.document or one.path


def _page_is_stale(index: Index, one: Standing) -> None:
    code = one.project or project_at(index, one.path)
    if code is not None:
        page_is_stale(index, code)


def page_is_stale(index: Index, code: str) -> None:
    """The page of a project has to be written anew. Call it inside ``change``."""
    index._mark_stale({code})


def moved(index: Index, one: Standing, path: str) -> None:
    """A copy stands at ``path`` now, its project's folder having moved. Call it inside ``change``."""
    index.db.execute("DELETE FROM standing WHERE path = ?", [path])
    index.db.execute("UPDATE standing SET path = ? WHERE path = ?", [path, one.path])
    if not one.document:
        index.db.execute("UPDATE copies SET path = ? WHERE path = ?", [path, one.path])


def project_at(index: Queries, path: str) -> str | None:
    """The project in whose folder ``path`` lies."""
    query = "SELECT code FROM projects WHERE folder IS NOT NULL AND substr(?, 1, length(folder) + 1) = folder || '/'"
    row = index._one(query, [path])
    return row["code"] if row else None


def wrong_copies(index: Queries) -> list[dict[str, Any]]:
    """Filed copies that are altered or gone: path, state, since, document (or None), source."""
    return list(index._all(WRONG_COPIES))


WRONG_COPIES = (
    "SELECT standing.path, standing.state, since, documents.id AS document, documents.project, documents.item "
    "FROM standing JOIN documents ON documents.path = standing.path AND status = 'filed' WHERE standing.state <> '' "
    "UNION ALL SELECT standing.path, standing.state, since, NULL, NULL, NULL FROM standing "
    "JOIN copies ON copies.path = standing.path WHERE standing.state <> '' ORDER BY 3, 1"
)
"""The question itself, for the light path."""


# -- attempts ------------------------------------------------------------------------------------------------------


def attempts(index: Queries) -> dict[int, Attempt]:
    """Failed attempts at sources that are not done."""
    return {row["source"]: Attempt(**row) for row in index._all("SELECT * FROM attempts")}


def put_attempt(index: Index, attempt: Attempt) -> None:
    """Remember a failed attempt."""
    with index.change():
        index.db.execute(
            "INSERT OR REPLACE INTO attempts (source, count, same, error, at, next) VALUES (?, ?, ?, ?, ?, ?)",
            [attempt.source, attempt.count, attempt.same, attempt.error, attempt.at, attempt.next],
        )


def forget_attempt(index: Index, source: int) -> None:
    """The source's work is done after all."""
    with index.change():
        index.db.execute("DELETE FROM attempts WHERE source = ?", [source])


# -- troubles ------------------------------------------------------------------------------------------------------


def troubles(index: Queries) -> dict[str, str]:
    """Standing troubles and since when."""
    return {row["words"]: row["since"] for row in index._all("SELECT * FROM troubles ORDER BY since, rowid")}


def put_troubles(index: Index, sentences: Sequence[str]) -> None:
    """These troubles stand after a pass; each new one is an event. Nothing is written when nothing changed."""
    standing, found = set(troubles(index)), dict.fromkeys(sentences[:_MOST_TROUBLES])
    new, over = [words for words in found if words not in standing], standing - set(found)
    if not new and not over:
        return
    with index.change():
        for words in over:
            index.db.execute("DELETE FROM troubles WHERE words = ?", [words])
        for words in new:
            index.db.execute("INSERT INTO troubles (words, since) VALUES (?, ?)", [words, now()])
            index.event("noticed", "", words=words)
