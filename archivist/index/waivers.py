"""What projects need not hand in (免交): one decision a project and item, each with its event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.core.catalogue.completeness import Waiver
from archivist.system.clock import now

if TYPE_CHECKING:
    from archivist.index.writer import Index


def waivers_of(index: Index, project: str) -> dict[int, Waiver]:
    """A project's waivers by item."""
    rows = index.db.query(
        "SELECT project, item, reason, actor, at FROM waivers WHERE project = ? ORDER BY item", [project]
    )
    return {row["item"]: Waiver(**row) for row in rows}


def waive(index: Index, project: str, item: int, reason: str) -> Waiver:
    """Record that a project need not hand in an item; in place of an earlier decision on it."""
    made = Waiver(project, item, reason, index.actor.name, now())
    with index.change():
        index.event("waived", project, item=item, reason=reason)
        index.db.execute(
            "INSERT OR REPLACE INTO waivers (project, item, reason, actor, at) VALUES (?, ?, ?, ?, ?)",
            [made.project, made.item, made.reason, made.actor, made.at],
        )
        index.db.execute("UPDATE projects SET stale = 1 WHERE code = ?", [project])
    return made


def withdraw(index: Index, project: str, item: int, reason: str) -> bool:
    """Record that a waiver no longer holds; False when there is none."""
    if item not in waivers_of(index, project):
        return False
    with index.change():
        index.event("waiver withdrawn", project, item=item, reason=reason)
        index.db.execute("DELETE FROM waivers WHERE project = ? AND item = ?", [project, item])
        index.db.execute("UPDATE projects SET stale = 1 WHERE code = ?", [project])
    return True
