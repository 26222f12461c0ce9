"""What the gate's decisions (销号) rest on, in the index: that an event tells of each, and which files it needs. Light."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archivist.index.database import Database

BACKED = """EXISTS (SELECT 1 FROM events, json_each(
  CASE WHEN json_valid(events.detail) THEN events.detail ELSE '{}' END, '$.rows.deregistrations') AS carried
  WHERE events.act IN ('deregistered', 'recovered', 'renumbered', 'merged', 'register undone')
  AND events.subject = deregistrations.project
  AND json_extract(carried.value, '$[0]') = deregistrations.id
  AND json_extract(carried.value, '$[1].project') = deregistrations.project
  AND json_extract(carried.value, '$[1].at') = deregistrations.at
  AND json_extract(carried.value, '$[1].actor') = deregistrations.actor
  AND json_extract(carried.value, '$[1].decision') = deregistrations.decision)"""
"""A condition on a row of the table: an event tells of it, word for word. A row that another program put in, or altered,
is believed by nobody.
"""


class Evidence:
    """The evidence of standing decisions in an open index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def forged(self) -> list[str]:
        """Projects with a standing row that no event tells of: somebody else put it there."""
        query = f"SELECT project FROM deregistrations WHERE reopened IS NULL AND NOT {BACKED} ORDER BY id"  # noqa: S608
        return [row["project"] for row in self._database.rows(query)]

    def filed(self) -> list[dict[str, Any]]:
        """The filed documents of the projects that are deregistered: project, document, path, sha256, the stamp its copy
        was proved at ("" while not known), where its original is kept and how large that is.
        """
        stamp, join = "''", ""
        if self._database.has("standing"):
            stamp = "COALESCE(standing.stamp, '')"
            join = "LEFT JOIN standing ON standing.path = documents.path"
        query = (
            "SELECT project, documents.id AS document, documents.path, path_sha256 AS sha256, "  # noqa: S608
            f"{stamp} AS stamp, vault, size FROM documents JOIN sources ON sources.id = source {join} "
            "WHERE status = 'filed' AND documents.path IS NOT NULL "
            "AND project IN (SELECT project FROM deregistrations WHERE reopened IS NULL) ORDER BY documents.id"
        )
        return list(self._database.rows(query))
