"""How many documents each project's item has, counted by SQLite: what counts is `core.catalogue.counting`'s to say."""

from __future__ import annotations

import sqlite3

from archivist.core.catalogue.completeness import ItemCount
from archivist.index.reader import has_table


def item_counts(connection: sqlite3.Connection, project: str | None = None) -> list[ItemCount]:
    """The counts of all projects, or of one; a database of an earlier edition knows no versions or nothing altered."""
    wrong, join, older, one = "0", "", "", ""
    if has_table(connection, "standing"):
        wrong = "COALESCE(SUM(status = 'filed' AND standing.state <> ''), 0)"
        join = "LEFT JOIN standing ON standing.path = documents.path AND standing.state <> ''"
    if has_table(connection, "version_links"):
        older = "AND NOT EXISTS (SELECT 1 FROM version_links WHERE document = documents.id)"
    if project is not None:
        one = "AND project = ?"
    found = connection.execute(
        f"SELECT project, item, SUM(status = 'filed'), SUM(status = 'review'), {wrong} FROM documents {join} "  # noqa: S608
        f"WHERE project IS NOT NULL AND item IS NOT NULL AND status IN ('filed', 'review') {older} {one} "
        "GROUP BY project, item",
        [] if project is None else [project],
    )
    return [ItemCount(*row) for row in found]
