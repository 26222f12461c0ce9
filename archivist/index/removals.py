"""Removals: files that stand for nothing any more, and go: drops whose bytes are safe, our copies at places given up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from archivist.core.document import DONE, SAFE, Removal

if TYPE_CHECKING:
    from archivist.index.database import Database


class Removals:
    """The removals in an open index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due(self, source: int | None = None) -> list[Removal]:
        """Files that may go now: drops that are safe, and what waited for a source that is done."""
        where, values = ("AND source = ?", [source]) if source is not None else ("", [])
        rows = self._database.rows(
            "SELECT removals.* FROM removals JOIN sources ON sources.id = source "  # noqa: S608
            f"WHERE (reason = '{SAFE}' OR state = '{DONE}') {where} ORDER BY removals.id",
            values,
        )
        return [Removal(**row) for row in rows]

    def safe(self, source: int) -> list[Removal]:
        """The dropped files of a source that may go, whether or not its work is done."""
        rows = self._database.rows("SELECT * FROM removals WHERE source = ? AND reason = ?", [source, SAFE])
        return [Removal(**row) for row in rows]

    def drops(self) -> dict[bytes, str]:
        """Stamps of dropped files that are dealt with but still lie there, by path below the store's root."""
        rows = self._database.rows("SELECT path, stamp FROM removals WHERE stamp IS NOT NULL")
        return {row["path"]: row["stamp"] for row in rows}

    def drop_of(self, source: int) -> bytes:
        """Where the dropped file of a source lies that is not done with, below the store's root."""
        query = "SELECT path FROM removals WHERE source = ? AND stamp IS NOT NULL"
        return bytes(self._database.value(query, [source]) or b"")

    def put(self, source: int, removals: Iterable[Removal]) -> None:
        """Remember files that go once the source is done. Call it inside ``change``."""
        for removal in removals:
            row = {"source": source, "reason": removal.reason, "path": removal.path}
            self._database.insert("removals", {**row, "stamp": removal.stamp, "sha256": removal.sha256})

    def forget(self, identities: Sequence[int]) -> None:
        """These files are gone, or are no longer the files that were meant."""
        if not identities:
            return
        with self._database.change():
            for one in identities:
                self._database.execute("DELETE FROM removals WHERE id = ?", [one])
