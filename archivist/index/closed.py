"""What became of projects at the gate (销号), in an open index: every decision and every proposal, as rows are read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from archivist.index.database import question_marks
from archivist.index.deregistrations import read_decision
from archivist.index.evidence import BACKED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.core.decision import Decision
    from archivist.index.database import Database


class Passed(NamedTuple):
    """One passing of the gate.

    Attributes:
        event: the number of the event that tells of it, None where none does. decision: None where it cannot be read.
        last: no later one is on the same project.
    """

    project: str
    name: str
    township: str
    at: str
    actor: str
    event: int | None
    decision: Decision | None
    reopened: str | None
    reopened_by: str | None
    reason: str | None
    last: bool


class Closed(NamedTuple):
    """Which projects: of these townships, with this number; None asks for nothing."""

    townships: Sequence[str] | None = None
    project: str | None = None

    def condition(self) -> tuple[str, list[str]]:
        """The same for the database; projects are joined as ``projects``."""
        terms, values = ["1"], list[str]()
        if self.townships is not None:
            terms.append(f"projects.township IN ({question_marks(self.townships)})")
            values += self.townships
        if self.project is not None:
            terms.append("projects.code = ?")
            values.append(self.project)
        return " AND ".join(terms), values


class Closings:
    """Decisions and proposals of an open index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def passed(self, chosen: Closed) -> Iterator[Passed]:
        """Every passing of the gate, newest first."""
        if not self._database.has("deregistrations"):
            return
        where, values = chosen.condition()
        event = (
            "(SELECT MAX(seq) FROM events WHERE act = 'deregistered' AND subject = project "
            "AND events.at >= deregistrations.at)"
        )
        query = (
            f"SELECT project, projects.name, projects.township, deregistrations.at, actor, CASE WHEN {BACKED} THEN "  # noqa: S608
            f"COALESCE({event}, 0) END AS event, decision, reopened, reopened_by, reason, deregistrations.id = "
            "(SELECT MAX(id) FROM deregistrations AS later WHERE later.project = deregistrations.project) AS last "
            f"FROM deregistrations JOIN projects ON projects.code = project WHERE {where} "
            "ORDER BY deregistrations.at DESC, deregistrations.id DESC"
        )
        for row in self._database.rows(query, values):
            row["decision"] = read_decision(row["decision"])
            row["last"] = bool(row["last"])
            yield Passed(**row)

    def proposed(self, chosen: Closed) -> Iterator[dict[str, Any]]:
        """Every proposal, newest first: project, name, township, at, actor, ended, ended_by, why (None while it waits)."""
        if not self._database.has("proposals"):
            return
        where, values = chosen.condition()
        query = (
            "SELECT project, projects.name, projects.township, proposals.at, actor, ended, ended_by, why "  # noqa: S608
            f"FROM proposals JOIN projects ON projects.code = project WHERE {where} "
            "ORDER BY proposals.at DESC, proposals.id DESC"
        )
        yield from self._database.rows(query, values)
