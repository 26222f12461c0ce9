"""What projects need not hand in (免交): one decision a project and item, each with its event.

A waiver rests on a sealed statement, a filed document of the project. It holds while that is so (the view
``waivers_in_force``); what rests on nothing is kept, told as such, and counts for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from archivist.core.catalogue.completeness import Waiver
from archivist.index.database import question_marks
from archivist.index.projects import Projects

if TYPE_CHECKING:
    from archivist.index.database import Database

IN_FORCE = "waivers_in_force"
_COLUMNS = "project, item, reason, actor, at"
_HELD = f"SELECT {_COLUMNS}, document FROM {IN_FORCE}"  # noqa: S608
_VOID = (
    f"SELECT {_COLUMNS}, document FROM waivers AS one WHERE NOT EXISTS "  # noqa: S608
    f"(SELECT 1 FROM {IN_FORCE} AS held WHERE held.project = one.project AND held.item = one.item)"
)


class Waivers:
    """The waivers in an open index."""

    def __init__(self, database: Database) -> None:
        self._database, self._projects = database, Projects(database)

    def all(self) -> list[Waiver]:
        """Every waiver that holds, by project and item."""
        return self.among(None)

    def of(self, project: str) -> dict[int, Waiver]:
        """A project's waivers that hold, by item."""
        return {one.item: one for one in self.among([project])}

    def among(self, projects: Sequence[str] | None) -> list[Waiver]:
        """Those of ``projects`` that hold, by project and item; None for all projects."""
        if not self._database.has(IN_FORCE):
            return []
        where = "" if projects is None else f"WHERE project IN ({question_marks(projects)})"
        rows = self._database.rows(f"{_HELD} {where} ORDER BY project, item", projects or [])
        return [Waiver(**row) for row in rows]

    def void(self, projects: Sequence[str] | None = None) -> list[Waiver]:
        """Waivers that hold no longer, or never did: they rest on no sealed statement. None for all projects."""
        if not self._database.has("waivers"):
            return []
        chosen = "1" if projects is None else f"project IN ({question_marks(projects)})"
        query = f"SELECT {_COLUMNS} FROM waivers WHERE {chosen}"  # noqa: S608
        if self._database.has(IN_FORCE):  # else all are an earlier edition's
            query = f"{_VOID} AND {chosen}"
        return [
            Waiver(**row) for row in self._database.rows(f"{query} ORDER BY project, item", projects or [])
        ]

    def grant(self, project: str, item: int, reason: str, document: str | None) -> Waiver:
        """Record that a project need not hand in an item; in place of an earlier decision on it.

        Args:
            document: the number of the sealed statement it rests on.
        """
        from archivist.system.clock import now

        made = Waiver(project, item, reason, self._database.actor.name, now(), document)
        with self._database.change():
            self._database.event("waived", project, item=item, reason=reason, document=document)
            self._database.execute(
                "INSERT OR REPLACE INTO waivers (project, item, reason, actor, at, document) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                list(made),
            )
            self._projects.outdate(project)
        return made

    def withdraw(self, project: str, item: int, reason: str) -> bool:
        """Record that a waiver no longer holds; False when there is none."""
        query = "SELECT 1 FROM waivers WHERE project = ? AND item = ?"
        if self._database.value(query, [project, item]) is None:
            return False
        with self._database.change():
            self._database.event("waiver withdrawn", project, item=item, reason=reason)
            self._database.execute("DELETE FROM waivers WHERE project = ? AND item = ?", [project, item])
            self._projects.outdate(project)
        return True
