"""What waits and may be of an item (归档内容) that nobody can tell yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from archivist.index.database import question_marks

if TYPE_CHECKING:
    from archivist.index.database import Database


class Items:
    """What waits for an item, in an open index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unsorted(self, projects: Sequence[str] | None = None) -> dict[str, tuple[str, ...]]:
        """The documents that wait with a project as guess and no item, by project: their numbers in order."""
        one = f"project IN ({question_marks(projects)})" if projects is not None else "project IS NOT NULL"
        rows = self._database.connection.execute(
            f"SELECT project, id FROM documents WHERE status = 'review' AND {one} AND item IS NULL ORDER BY id",  # noqa: S608
            projects or [],
        )
        found: dict[str, tuple[str, ...]] = {}
        for code, number in rows:
            found[code] = (*found.get(code, ()), number)
        return found
