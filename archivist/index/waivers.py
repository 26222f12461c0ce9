"""What projects need not hand in (免交): one decision a project and item, each with its event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.core.catalogue.completeness import Waiver
from archivist.index.projects import Projects

if TYPE_CHECKING:
    from archivist.index.database import Database

_SELECT = "SELECT project, item, reason, actor, at FROM waivers"


class Waivers:
    """The waivers in an open index."""

    def __init__(self, database: Database) -> None:
        self._database, self._projects = database, Projects(database)

    def all(self) -> list[Waiver]:
        """Every waiver, by project and item."""
        return [
            Waiver(*row) for row in self._database.connection.execute(f"{_SELECT} ORDER BY project, item")
        ]

    def of(self, project: str) -> dict[int, Waiver]:
        """A project's waivers by item."""
        rows = self._database.rows(f"{_SELECT} WHERE project = ? ORDER BY item", [project])
        return {row["item"]: Waiver(**row) for row in rows}

    def grant(self, project: str, item: int, reason: str) -> Waiver:
        """Record that a project need not hand in an item; in place of an earlier decision on it."""
        from archivist.system.clock import now

        made = Waiver(project, item, reason, self._database.actor.name, now())
        with self._database.change():
            self._database.event("waived", project, item=item, reason=reason)
            self._database.execute(
                "INSERT OR REPLACE INTO waivers (project, item, reason, actor, at) VALUES (?, ?, ?, ?, ?)",
                [made.project, made.item, made.reason, made.actor, made.at],
            )
            self._projects.outdate(project)
        return made

    def withdraw(self, project: str, item: int, reason: str) -> bool:
        """Record that a waiver no longer holds; False when there is none."""
        if item not in self.of(project):
            return False
        with self._database.change():
            self._database.event("waiver withdrawn", project, item=item, reason=reason)
            self._database.execute("DELETE FROM waivers WHERE project = ? AND item = ?", [project, item])
            self._projects.outdate(project)
        return True
