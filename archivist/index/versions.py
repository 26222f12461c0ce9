"""Versions of documents (版本): which counts in place of which, said by whom and why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from archivist.core.overruling import Earlier
from archivist.index.documents import Documents
from archivist.index.projects import Projects

if TYPE_CHECKING:
    from archivist.index.database import Database


SEPARATE = "单独作数"


class Versions:
    """The links between versions in an open index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def after(self, document: str) -> list[str]:
        """What counts in place of a document, and in place of that, and so on."""
        found: list[str] = []
        query = "SELECT replaced_by FROM versions WHERE document = ?"
        while newer := self._database.value(query, [document]):
            document = newer
            if document in found:
                break
            found.append(document)
        return found

    def said(self, document: str) -> Earlier | None:
        """Who last said of a document that another counts in its place, or that it counts by itself; None where only the
        software noticed, or nobody said anything.
        """
        link = self._database.row("SELECT replaced_by, by FROM versions WHERE document = ?", [document])
        if link is not None and link["by"] is None:
            return None
        newer = link["replaced_by"] if link else document
        query = "SELECT seq, at, actor, detail FROM events WHERE act = 'version' AND subject = ? ORDER BY seq DESC"
        for event in self._database.rows(query, [newer]):
            if json.loads(event["detail"]).get("replaces") == (document if link else None):
                words = f"以 {newer} 为准，{document} 作为旧版" if link else SEPARATE
                return Earlier(document, event["seq"], event["actor"], event["at"], f"指定{words}")
        return None

    def replace(self, old: str, new: str, reason: str, by: str | None, **detail: Any) -> None:
        """Let ``new`` count in place of ``old``; by a person, or by rule (None). ``detail``: for the event."""
        with self._database.change():
            row = {"document": old, "replaced_by": new, "by": by, "reason": reason}
            self._database.execute("DELETE FROM versions WHERE document = ?", [old])
            self._database.insert("versions", row)
            self._database.event("version", new, replaces=old, reason=reason, **detail)
            self._touch(new)

    def separate(self, document: str, by: str, **detail: Any) -> bool:
        """Let a document count by itself again; False when it does."""
        with self._database.change():
            cursor = self._database.execute("DELETE FROM versions WHERE document = ?", [document])
            if cursor.rowcount == 0:
                return False
            self._database.event("version", document, replaces=None, reason=f"由 {by} 指定单独作数", **detail)
            self._touch(document)
            return True

    def _touch(self, document: str) -> None:
        row = Documents(self._database).find(document)
        Projects(self._database).outdate(row.project if row else None)
