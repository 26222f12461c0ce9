"""How many documents each project's item (归档内容) has, counted by SQLite; `core.catalogue.counting` says what counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.core.catalogue.completeness import ItemCount

if TYPE_CHECKING:
    from archivist.index.database import Database


class Items:
    """The items that anything is known of, in an open index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def counts(self, project: str | None = None) -> list[ItemCount]:
        """The counts of all projects, or of one; a database of an earlier edition knows no versions or nothing altered."""
        wrong, join, older, one = "0", "", "", ""
        if self._database.has("standing"):
            wrong = "COALESCE(SUM(status = 'filed' AND standing.state <> ''), 0)"
            join = "LEFT JOIN standing ON standing.path = documents.path AND standing.state <> ''"
        if self._database.has("version_links"):
            older = "AND NOT EXISTS (SELECT 1 FROM version_links WHERE document = documents.id)"
        if project is not None:
            one = "AND project = ?"
        found = self._database.connection.execute(
            f"SELECT project, item, SUM(status = 'filed'), SUM(status = 'review'), {wrong} FROM documents {join} "  # noqa: S608
            f"WHERE project IS NOT NULL AND item IS NOT NULL AND status IN ('filed', 'review') {older} {one} "
            "GROUP BY project, item",
            [] if project is None else [project],
        )
        return [ItemCount(*row) for row in found]

    def unsorted(self, project: str | None = None) -> dict[str, tuple[str, ...]]:
        """The documents that wait with a project as guess and no item, by project: their numbers in order."""
        one = "project IS NOT NULL" if project is None else "project = ?"
        rows = self._database.connection.execute(
            f"SELECT project, id FROM documents WHERE status = 'review' AND {one} AND item IS NULL ORDER BY id",  # noqa: S608
            [] if project is None else [project],
        )
        found: dict[str, tuple[str, ...]] = {}
        for code, number in rows:
            found[code] = (*found.get(code, ()), number)
        return found
