"""The log of events asked for what was done (经办) and what stood where at what time; rows as they are read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from archivist.core.reports.trend import Change
from archivist.index.database import question_marks
from archivist.index.evidence import BACKED

if TYPE_CHECKING:
    from archivist.index.database import Database

SILENT = ("bookkeeping", "digests")
"""Acts that only carry rows: nobody did anything."""


TOLD = ("check", "result", "note", "codes", "sha256", "date", "original", "responsible")
"""What events tell besides project, item and reason: what was verified, numbered, exported, described."""


class Sought(NamedTuple):
    """Which events: by a person (part of the name is enough), about projects, from one day to another (ISO 8601)."""

    person: str | None = None
    projects: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None

    def condition(self) -> tuple[str, list[str]]:
        """The same for the database."""
        terms, values = [f"act NOT IN ({question_marks(SILENT)})"], list(SILENT)
        if self.person is not None:
            terms.append("instr(actor, ?)")
            values.append(self.person)
        if self.since is not None:
            terms.append("substr(at, 1, 10) >= ?")
            values.append(self.since)
        if self.until is not None:
            terms.append("substr(at, 1, 10) <= ?")
            values.append(self.until)
        if self.projects:
            listed = "(SELECT value FROM json_each(?))"  # however many: there is a limit to question marks
            terms.append(
                f"(subject IN {listed} OR {_told('project')} IN {listed} OR subject IN "  # noqa: S608
                f"(SELECT id FROM documents WHERE project IN {listed}))"
            )
            values += [json.dumps(self.projects)] * 3
        return " AND ".join(terms), values


def _told(key: str) -> str:
    return f"CASE WHEN json_valid(detail) THEN json_extract(detail, '$.{key}') END"


_COLUMNS = ", ".join(f'{_told(name)} AS "{name}"' for name in TOLD)
_OWN = f"(act != 'rejected' OR {_told('rows.documents[0][1].decided_by')} IS NOT NULL)"


def _list(told: object) -> list[Any]:
    """A list that the database gives as JSON."""
    found = json.loads(told) if isinstance(told, str) and told.startswith("[") else []
    return found if isinstance(found, list) else []


class History:
    """What the log of events in an open index tells of acts and times."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def acts(self, sought: Sought) -> Iterator[dict[str, Any]]:
        """Events, newest first: seq, at, actor, place, act, subject; project, item and reason, as far as they tell; and
        user, whoever was signed in, where that is another; `TOLD`, as far as they tell; and own, whether a
        person decided it where the act alone does not say (a file that cannot be used is rejected by the software).
        """
        where, values = sought.condition()
        query = (
            "SELECT seq, at, actor, place, act, subject, "  # noqa: S608
            f"COALESCE({_told('project')}, (SELECT code FROM projects WHERE code = subject)) AS project, "
            f"{_told('item')} AS item, COALESCE({_told('reason')}, {_told('reasons[0][2]')}, {_told('reasons[0]')}, "
            f"{_told('told')}, '') AS reason, {_told('user')} AS user, {_OWN} AS own, "
            f"{_COLUMNS} "
            f"FROM events WHERE {where} ORDER BY seq DESC"
        )
        for row in self._database.rows(query, values):
            yield {**row, "codes": _list(row["codes"])}

    def counts(self, sought: Sought) -> list[dict[str, Any]]:
        """How often who did what: actor, act, own (as `acts`), count, first, last; by person, the most frequent first."""
        where, values = sought.condition()
        query = (
            f"SELECT actor, act, {_OWN} AS own, COUNT(*) AS count, MIN(at) AS first, MAX(at) AS last "  # noqa: S608
            f"FROM events WHERE {where} GROUP BY actor, act, own ORDER BY actor, count DESC, act"
        )
        return list(self._database.rows(query, values))

    def people(self) -> list[str]:
        """Everybody the log names, each once."""
        return [row["actor"] for row in self._database.rows("SELECT DISTINCT actor FROM events ORDER BY 1")]

    def changes(self) -> Iterator[Change]:
        """Where documents stood from when on: document by document, each in the order of its events."""
        query = (
            "SELECT subject, at, act, status, project, item FROM (SELECT subject, seq, at, act, "  # noqa: S608
            f"{_told('status')} AS status, {_told('project')} AS project, {_told('item')} AS item FROM events "
            "WHERE subject GLOB 'D[0-9]*') WHERE status IS NOT NULL OR act = 'withdrawn' ORDER BY subject, seq"
        )
        for subject, at, act, status, project, item in self._database.connection.execute(query):
            filed = act != "withdrawn" and status == "filed"
            number = item if isinstance(item, int) else None
            yield Change(subject, at, filed, project if isinstance(project, str) else None, number)

    def lost_before(self) -> str:
        """Since when the records were made of the folders, after the archive had lost its memory; "" if they never were."""
        return self._database.value("SELECT MAX(at) FROM events WHERE act = 'recovered'") or ""

    def deregistered(self) -> Iterator[tuple[str, str, str | None]]:
        """Projects, from when and until when decisions of the gate on them stood, those an event tells of; None: still."""
        if self._database.has("deregistrations"):
            query = f"SELECT project, at, reopened FROM deregistrations WHERE {BACKED} ORDER BY id"  # noqa: S608
            yield from self._database.connection.execute(query)

    def last_filed(self, codes: Sequence[str]) -> dict[str, tuple[str | None, str]]:
        """By project: when the last paper came that is filed for it, None without one; when its row in the register was last
        written.
        """
        query = (
            "SELECT code, (SELECT MAX(received) FROM documents JOIN sources ON sources.id = source "  # noqa: S608
            f"WHERE status = 'filed' AND project = code), updated FROM projects WHERE code IN ({question_marks(codes)})"
        )
        return {code: (last, row) for code, last, row in self._database.connection.execute(query, codes)}
