"""Troubles (持续的问题): sentences about what could not be worked on in the last pass, and since when that is so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from archivist.system.clock import now

if TYPE_CHECKING:
    from archivist.index.database import Database

_MOST = 200


class Troubles:
    """The standing troubles in an open index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> dict[str, str]:
        """Standing troubles and since when."""
        rows = self._database.rows("SELECT words, since FROM troubles ORDER BY since, rowid")
        return {row["words"]: row["since"] for row in rows}

    def put(self, sentences: Sequence[str]) -> None:
        """These troubles stand after a pass; each new one is an event. Nothing is written when nothing changed."""
        standing, found = set(self.all()), dict.fromkeys(sentences[:_MOST])
        new, over = [words for words in found if words not in standing], standing - set(found)
        if not new and not over:
            return
        with self._database.change():
            for words in over:
                self._database.execute("DELETE FROM troubles WHERE words = ?", [words])
            for words in new:
                self._database.execute("INSERT INTO troubles (words, since) VALUES (?, ?)", [words, now()])
                self._database.event("noticed", "", words=words)
