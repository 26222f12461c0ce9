"""What people's decisions taught (见 core.identify.lessons); a document's lessons go when it is decided anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from archivist.core.identify.lessons import Lesson
from archivist.index.events import Events

if TYPE_CHECKING:
    from archivist.index.database import Database

_MOST = 1000
"""Lessons of one document."""


class Lessons:
    """The lessons in an open index."""

    def __init__(self, database: Database) -> None:
        self._database, self._events = database, Events(database)

    def all(self) -> list[Lesson]:
        """All that people's decisions taught."""
        rows = self._database.rows("SELECT words, project, item FROM lessons ORDER BY id")
        return [Lesson(row["words"], row["project"], row["item"]) for row in rows]

    def of(self, documents: Sequence[str]) -> list[tuple[str, Lesson]]:
        """What was learned from these documents, each with the document."""
        query = "SELECT words, project, item FROM lessons WHERE document = ? ORDER BY id"
        return [(one, Lesson(**row)) for one in documents for row in self._database.rows(query, [one])]

    def version(self) -> int:
        """A number that changes whenever something was learned or unlearned."""
        return int(
            self._database.value("SELECT COUNT(*) + 1000003 * COALESCE(MAX(id), 0) AS version FROM lessons")
        )

    def teach(self, document: str, lessons: Sequence[Lesson]) -> None:
        """Keep what the decision on ``document`` teaches, in place of what an earlier one taught."""
        with self._database.change():
            self.forget(document)
            # Numbers that are never used again: the latest tells whether anything was learned since.
            first = _MOST * self._events.head()[0]
            for number, one in enumerate(lessons[:_MOST], first):
                row = {"document": document, "words": one.words, "project": one.project, "item": one.item}
                self._database.insert("lessons", {"id": number, **row})

    def forget(self, document: str) -> None:
        """What this document taught holds no longer. Call it inside ``change``."""
        self._database.execute("DELETE FROM lessons WHERE document = ?", [document])
