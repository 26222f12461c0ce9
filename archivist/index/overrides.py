"""What was overridden (负责人核定): one row a finding, each with its event.

A row that no event tells of is believed by nobody. Whether one still holds is decided where findings are looked at
(`core.catalogue.overridden`): it rests on one file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from archivist.core.override import Override
from archivist.core.proposal import Hand
from archivist.index.database import question_marks
from archivist.index.projects import Projects

if TYPE_CHECKING:
    from archivist.index.database import Database

_HAND = ("name", "body", "level", "user")
_COLUMNS = ("project", "key", "code", "item", "document", "sha256", "message", "reason", *_HAND, "at")
_SAME = " AND ".join(f"json_extract(carried.value, '$[1].{name}') IS overrides.{name}" for name in _COLUMNS)
BACKED = (
    "EXISTS (SELECT 1 FROM events, json_each("  # noqa: S608
    "CASE WHEN json_valid(events.detail) THEN events.detail ELSE '{}' END, '$.rows.overrides') AS carried "
    "WHERE events.act IN ('overridden', 'renumbered', 'merged', 'register undone') AND events.subject = overrides.project "
    f"AND json_extract(carried.value, '$[0]') = overrides.id AND {_SAME})"
)
"""A condition on a row: an event tells of it, word for word."""


class Overrides:
    """What was overridden, in an open index."""

    def __init__(self, database: Database) -> None:
        self._database, self._projects = database, Projects(database)

    def among(self, projects: Sequence[str] | None) -> list[Override]:
        """Those of ``projects``, by project and when they were made, whether they hold or not; None for all projects."""
        if not self._database.has("overrides"):
            return []
        chosen = "1" if projects is None else f"project IN ({question_marks(projects)})"
        query = (
            f"SELECT {', '.join(_COLUMNS)} FROM overrides WHERE {chosen} AND {BACKED} ORDER BY project, id"  # noqa: S608
        )
        return [_override(row) for row in self._database.rows(query, projects or [])]

    def of(self, project: str) -> list[Override]:
        """Those of one project."""
        return self.among([project])

    def put(self, one: Override) -> None:
        """Record one, in place of an earlier one under its key."""
        row = {**one.whole(), **one.by.record()}
        del row["by"]
        with self._database.change():
            self._remove(one.project, one.key)
            self._database.insert("overrides", row)
            self._database.event(
                "overridden",
                one.project,
                key=one.key,
                item=one.item,
                document=one.document,
                sha256=one.sha256,
                reason=one.reason,
            )
            self._projects.outdate(one.project)

    def withdraw(self, project: str, key: str, reason: str) -> bool:
        """Record that one holds no longer; False when there is none under ``key``."""
        if all(one.key != key for one in self.of(project)):
            return False
        with self._database.change():
            self._remove(project, key)
            self._database.event("override withdrawn", project, key=key, reason=reason)
            self._projects.outdate(project)
        return True

    def _remove(self, project: str, key: str) -> None:
        self._database.execute("DELETE FROM overrides WHERE project = ? AND key = ?", [project, key])


def _override(row: dict[str, Any]) -> Override:
    hand = Hand(**{name: row.pop(name) for name in _HAND})
    return Override(**row, by=hand)
