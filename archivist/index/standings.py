"""Standings (保管): how the copies people have stand, as they were seen last.

What is altered, gone or whole again is an event; stamps are what was seen last and can be seen anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archivist.index.copies import Copies
from archivist.index.projects import Projects
from archivist.system.clock import now

if TYPE_CHECKING:
    from archivist.index.database import Database


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


class Standings:
    """The standings in an open index."""

    def __init__(self, database: Database) -> None:
        self._database, self._projects = database, Projects(database)

    def all(self) -> list[Standing]:
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
        return [Standing(**row) for row in self._database.rows(query)]

    def version(self) -> tuple[Any, ...]:
        """Changes whenever `all` may answer otherwise."""
        row = self._database.row(
            "SELECT (SELECT MAX(seq) FROM events) AS seq, (SELECT COUNT(*) FROM copies) AS copies, "
            "(SELECT COUNT(*) FROM sources WHERE state <> 'done') AS open, (SELECT COUNT(*) FROM standing) AS seen"
        )
        assert row is not None
        return tuple(row.values())

    def wrong(self) -> list[dict[str, Any]]:
        """Filed copies that are altered or gone: path, state, since, document (or None), project, item."""
        query = (
            "SELECT standing.path, standing.state, since, documents.id AS document, documents.project, documents.item "
            "FROM standing JOIN documents ON documents.path = standing.path AND status = 'filed' "
            "WHERE standing.state <> '' UNION ALL SELECT standing.path, standing.state, since, NULL, NULL, NULL "
            "FROM standing JOIN copies ON copies.path = standing.path WHERE standing.state <> '' ORDER BY 3, 1"
        )
        return list(self._database.rows(query))

    # -- changes ---------------------------------------------------------------------------------------------------

    def put(self, stamps: Mapping[str, str]) -> None:
        """Remember that the copies at these paths were proved to be whole at these stamps. Call it inside ``change``."""
        for path, stamp in stamps.items():
            self._database.execute(
                "INSERT INTO standing (path, stamp) VALUES (?, ?) ON CONFLICT (path) DO UPDATE SET "
                "stamp = excluded.stamp, state = '', since = NULL, sha256 = NULL",
                [path, stamp],
            )

    def seen_whole(self, copies: Iterable[tuple[Standing, str]]) -> None:
        """These copies have the bytes they were filed with, at these stamps; those that had not are told to be again."""
        with self._database.change():
            for one, stamp in copies:
                self.put({one.path: stamp})
                if one.state:
                    self._database.event("intact", _subject(one), path=one.path, was=one.state)
                    self._page_is_stale(one)

    def seen_wrong(self, one: Standing, state: str, stamp: str, sha256: str | None) -> None:
        """A filed copy was altered or is gone: an event, and the project's page has to say so."""
        with self._database.change():
            self._database.execute(
                "INSERT INTO standing (path, stamp, state, since, sha256) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (path) DO UPDATE SET stamp = excluded.stamp, state = excluded.state, "
                "since = excluded.since, sha256 = excluded.sha256",
                [one.path, stamp, state, now(), sha256],
            )
            self._database.event(state, _subject(one), path=one.path, was=one.sha256, found=sha256)
            self._page_is_stale(one)

    def _page_is_stale(self, one: Standing) -> None:
        self._projects.outdate(one.project or self._projects.at(one.path))

    def moved(self, one: Standing, path: str) -> None:
        """A copy stands at ``path`` now, its project's folder having moved. Call it inside ``change``."""
        self._database.execute("DELETE FROM standing WHERE path = ?", [path])
        self._database.execute("UPDATE standing SET path = ? WHERE path = ?", [path, one.path])
        if not one.document:
            Copies(self._database).moved(one.path, path)


def _subject(one: Standing) -> str:
    return one.document or one.path
