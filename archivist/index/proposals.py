"""Proposals to deregister (提请销号) in the index; none outlives the evidence it was made on.

Like a decision of the gate, a proposal is looked at by whatever transaction changes its project, in that transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archivist.core.proposal import Proposal, evidence_digest
from archivist.index.deregistrations import read_proposal
from archivist.index.notation import to_json
from archivist.index.projects import Projects
from archivist.system.clock import now

if TYPE_CHECKING:
    from archivist.index.database import Database

CHANGED = "提请以后，作为证据的材料变了"


class Proposals:
    """The proposals in an open index."""

    def __init__(self, database: Database) -> None:
        self._database, self._projects = database, Projects(database)

    def waiting(self, project: str) -> Proposal | None:
        """The proposal that waits for a second person; None when none does."""
        if not self._database.has("proposals"):
            return None
        query = "SELECT proposal FROM proposals WHERE project = ? AND ended IS NULL"
        text = self._database.value(query, [project])
        return None if text is None else read_proposal(text)

    def all_waiting(self) -> list[dict[str, Any]]:
        """What waits: project, name, at, actor; oldest first."""
        query = (
            "SELECT project, projects.name, proposals.at, actor FROM proposals "
            "JOIN projects ON projects.code = project WHERE ended IS NULL ORDER BY proposals.at, proposals.id"
        )
        return list(self._database.rows(query))

    def last_ended(self, project: str) -> dict[str, Any] | None:
        """How the last proposal ended that waits no longer: at, actor, ended, ended_by, why."""
        query = (
            "SELECT at, actor, ended, ended_by, why FROM proposals WHERE project = ? AND ended IS NOT NULL "
            "ORDER BY id DESC LIMIT 1"
        )
        return self._database.row(query, [project])

    # -- changes ---------------------------------------------------------------------------------------------------

    def put(self, proposal: Proposal) -> None:
        """Record a proposal. Call it inside ``change``; the event carries the row and so all of it."""
        row = {
            "project": proposal.project,
            "at": proposal.at,
            "actor": self._database.actor.name,
            "proposal": to_json(proposal.record()),
        }
        self._database.insert("proposals", row)
        self._database.event(
            "proposed", proposal.project, evidence=proposal.evidence, head=dict(proposal.head)
        )
        self._projects.outdate(proposal.project)

    def end(self, project: str, act: str, why: str) -> bool:
        """Record that a proposal waits no longer; False when none does.

        Args:
            act: the event's name; "" where another event of the same transaction tells it.
        """
        with self._database.change():
            cursor = self._database.execute(
                "UPDATE proposals SET ended = ?, ended_by = ?, why = ? WHERE project = ? AND ended IS NULL",
                [now(), self._database.actor.name, why, project],
            )
            if cursor.rowcount == 0:
                return False
            if act:
                self._database.event(act, project, reason=why)
            self._projects.outdate(project)
        return True

    def lapse_where_changed(self) -> None:
        """End what waits and whose evidence a transaction changed. Called within it, at its end."""
        query = "SELECT project, proposal FROM proposals JOIN temp.touched ON touched.code = project WHERE ended IS NULL"
        for row in list(self._database.rows(query)):
            kept = read_proposal(row["proposal"])
            if kept is None or kept.evidence != self.evidence(row["project"], kept.approval):
                self.end(row["project"], "proposal lapsed", CHANGED)

    def evidence(self, project: str, approval: str) -> str:
        """What a decision on a project would rest on now; see `evidence_digest`."""
        from archivist.index.projectfiles import ProjectFiles

        files = ProjectFiles(self._database).of([project])
        if not files:
            return ""
        (file,) = files
        over = ["\t".join((one.key, one.document, one.sha256, one.at)) for one in file.overrides]
        if file.dossier is not None:
            over.append(to_json(file.dossier.record()))
        return evidence_digest(file.documents, file.waivers.values(), approval, over)
