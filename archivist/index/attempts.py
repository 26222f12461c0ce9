"""Failed attempts at sources (重试): how often, why, and when each is tried again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archivist.index.database import Database


@dataclass(frozen=True, slots=True)
class Attempt:
    """A source whose work failed ``count`` times, the last ``same`` times alike; ``next`` in seconds since 1970."""

    source: int
    count: int
    same: int
    error: str
    at: str
    next: float


class Attempts:
    """The failed attempts in an open index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> dict[int, Attempt]:
        """Failed attempts at sources that are not done."""
        return {row["source"]: Attempt(**row) for row in self._database.rows("SELECT * FROM attempts")}

    def failures(self) -> list[dict[str, Any]]:
        """Sources whose work failed, with their names, in the order they are tried again."""
        query = (
            "SELECT source, name, count, error, at, next FROM attempts "
            "JOIN sources ON sources.id = source ORDER BY next"
        )
        return list(self._database.rows(query))

    def put(self, attempt: Attempt) -> None:
        """Remember a failed attempt."""
        with self._database.change():
            self._database.execute(
                "INSERT OR REPLACE INTO attempts (source, count, same, error, at, next) VALUES (?, ?, ?, ?, ?, ?)",
                [attempt.source, attempt.count, attempt.same, attempt.error, attempt.at, attempt.next],
            )

    def forget(self, source: int) -> None:
        """The source's work is done after all."""
        with self._database.change():
            self._database.execute("DELETE FROM attempts WHERE source = ?", [source])
