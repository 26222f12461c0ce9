"""How far each item of each project's catalogue is (归档内容), counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.core.catalogue.completeness import ItemCount

if TYPE_CHECKING:
    from archivist.index.database import Database


class Items:
    """The items that anything is known of, in an open index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def counts(self) -> list[ItemCount]:
        """For each project and item: how many documents are filed, how many of these are altered or gone from their
        place (unqualified), and how many wait with it as best guess. An older version (旧版) counts for nothing.
        """
        seen = self._database.has("standing")
        older = "NOT EXISTS (SELECT 1 FROM version_links WHERE document = documents.id)"
        counted = (
            f"status = 'filed' AND {older}" if self._database.has("version_links") else "status = 'filed'"
        )
        bad = f"COALESCE(SUM({counted} AND standing.state <> ''), 0)" if seen else "0"
        join = (
            "LEFT JOIN standing ON standing.path = documents.path AND standing.state <> '' " if seen else ""
        )
        rows = self._database.connection.execute(
            f"SELECT project, item, SUM({counted}), SUM(status = 'review'), {bad} FROM documents {join}"  # noqa: S608
            "WHERE project IS NOT NULL AND item IS NOT NULL AND status IN ('filed', 'review') GROUP BY project, item"
        )
        return [ItemCount(*row) for row in rows]
