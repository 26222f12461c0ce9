"""The register of people (人员名册) in the index: who works with the archive; its history is in the events."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from archivist.core.people.person import Person, person_of

if TYPE_CHECKING:
    from archivist.index.database import Database


class People:
    """The people in an open index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Person]:
        """Everybody, stopped or not, by level as imported first, then body and name."""
        if not self._database.has("people"):
            return []
        rows = self._database.rows("SELECT * FROM people ORDER BY level, body, name")
        return [person_of({**row, "roles": json.loads(row["roles"])}) for row in rows]

    def any(self) -> bool:
        """Whether there is a register of people: without one the software works for one person, and says so."""
        return (
            self._database.has("people") and self._database.value("SELECT 1 FROM people LIMIT 1") is not None
        )

    def put(self, people: Iterable[Person], summary: dict[str, Any]) -> None:
        """Insert or update people by name and body; ``summary`` (file, added, changed …) is the event."""
        from archivist.index.notation import to_json
        from archivist.system.clock import now

        at = now()
        with self._database.change():
            for one in people:
                row = {
                    **one.record(),
                    "roles": to_json(list(one.roles)),
                    "stopped": int(one.stopped),
                    "updated": at,
                }
                set_ = ", ".join(f"{name} = :{name}" for name in row if name not in {"name", "body"})
                update = f"UPDATE people SET {set_} WHERE name = :name AND body = :body"  # noqa: S608
                if self._database.execute(update, row).rowcount == 0:
                    self._database.insert("people", row)
            self._database.event("people", summary.get("file", ""), **summary)
