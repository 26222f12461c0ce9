"""What people verified by hand of the four properties (四性人工核验): one row a check and project, each with its event.

A row that no event tells of is believed by nobody. Whether one still holds is decided where it is looked at: it rests on
the papers that were there.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from archivist.core.fourproperties.manual import Act, Manual
from archivist.core.overruling import Earlier
from archivist.core.proposal import Hand
from archivist.index.database import question_marks
from archivist.index.notation import to_json

if TYPE_CHECKING:
    from archivist.index.database import Database

TABLE = "verifications"
TABLES = """
-- What somebody verified by hand of the four properties (四性): `basis` are the papers it rests on, {document: sha256}.
CREATE TABLE verifications (
  id INTEGER PRIMARY KEY, project TEXT NOT NULL, code TEXT NOT NULL, result TEXT NOT NULL, note TEXT NOT NULL,
  basis TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL, level TEXT NOT NULL, user TEXT NOT NULL, at TEXT NOT NULL,
  UNIQUE (project, code)
);
"""
_HAND = ("name", "body", "level", "user")
_COLUMNS = ("project", "code", "result", "note", "basis", *_HAND, "at")
_SAME = " AND ".join(f"json_extract(carried.value, '$[1].{name}') IS {TABLE}.{name}" for name in _COLUMNS)
_BACKING = (
    "FROM events, json_each("
    f"CASE WHEN json_valid(events.detail) THEN events.detail ELSE '{{}}' END, '$.rows.{TABLE}') AS carried "
    "WHERE events.act IN ('verified by hand', 'renumbered', 'merged', 'register undone') "
    f"AND events.subject = {TABLE}.project AND json_extract(carried.value, '$[0]') = {TABLE}.id AND {_SAME}"
)
BACKED = f"EXISTS (SELECT 1 {_BACKING})"
"""A condition on a row: an event tells of it, word for word."""


class Verifications:
    """What was verified by hand, in an open index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def among(self, projects: Sequence[str]) -> dict[str, list[Manual]]:
        """Those of ``projects``, by project, whether they still hold or not."""
        found: defaultdict[str, list[Manual]] = defaultdict(list)
        if self._database.has(TABLE) and projects:
            where = f"project IN ({question_marks(projects)}) AND {BACKED} ORDER BY project, id"
            query = f"SELECT {', '.join(_COLUMNS)} FROM {TABLE} WHERE {where}"  # noqa: S608
            for row in self._database.rows(query, projects):
                found[row["project"]].append(_manual(row))
        return found

    def said(self, project: str, code: str) -> Earlier | None:
        """What stands recorded of a check, and by whom; None for nothing."""
        query = (
            f"SELECT result, name, at, (SELECT MIN(events.seq) {_BACKING}) AS seq FROM {TABLE} "  # noqa: S608
            f"WHERE project = ? AND code = ? AND {BACKED}"
        )
        row = self._database.row(query, [project, code]) if self._database.has(TABLE) else None
        if row is None:
            return None
        what = f"登记为{row['result']}"
        return Earlier("", row["seq"], row["name"], row["at"], what, thing=f"{project} 的 {code}")

    def history(self, numbers: Sequence[str]) -> list[Act]:
        """All that people ever recorded and withdrew of a project that had these numbers, in order."""
        query = (
            "SELECT COALESCE(json_extract(detail, '$.check'), '') AS code, COALESCE(json_extract(detail, '$.result'), '') "  # noqa: S608
            "AS result, COALESCE(json_extract(detail, '$.note'), json_extract(detail, '$.reason'), '') AS note, "
            "actor AS by, at FROM events WHERE act IN ('verified by hand', 'verification withdrawn') "
            f"AND subject IN ({question_marks(numbers)}) AND json_valid(detail) ORDER BY seq"
        )
        return [Act(**row) for row in self._database.rows(query, numbers)]

    def put(self, one: Manual, **detail: Any) -> None:
        """Record one, in place of an earlier one about the same check. ``detail``: more for the event."""
        row = {**one.by.record(), "project": one.project, "code": one.code, "result": one.result}
        row |= {"note": one.note, "basis": to_json(dict(one.basis)), "at": one.at}
        with self._database.change():
            self._remove(one.project, one.code)
            self._database.insert(TABLE, row)
            self._database.event(
                "verified by hand", one.project, check=one.code, result=one.result, note=one.note, **detail
            )

    def withdraw(self, project: str, code: str, reason: str, **detail: Any) -> bool:
        """Record that one holds no longer; False when there is none about this check."""
        if all(one.code != code for one in self.among([project])[project]):
            return False
        with self._database.change():
            self._remove(project, code)
            self._database.event("verification withdrawn", project, check=code, reason=reason, **detail)
        return True

    def _remove(self, project: str, code: str) -> None:
        self._database.execute(f"DELETE FROM {TABLE} WHERE project = ? AND code = ?", [project, code])  # noqa: S608


def _manual(row: dict[str, Any]) -> Manual:
    hand = Hand(**{name: row.pop(name) for name in _HAND})
    return Manual(**{**row, "basis": json.loads(row["basis"])}, by=hand)
