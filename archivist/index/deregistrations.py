"""The gate's decisions (销号) in the index, and that none outlives what it rests on.

A decision holds until somebody reopens it or its evidence is lost: removed, altered, assigned elsewhere, undone,
superseded, a waiver withdrawn. That is noticed by whatever transaction does it, in that transaction: triggers that live
on our connection alone note the projects that were touched, and before it ends their decisions are held against what
is there now. So no command has to think of it, and a kill at any instant leaves both or neither.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from archivist.core.decision import Decision, Deregistration, decision_of
from archivist.core.gate import Now, lost, registered
from archivist.core.proposal import Proposal, proposal_of
from archivist.core.register import project_from_record
from archivist.index.database import question_marks
from archivist.index.evidence import BACKED
from archivist.index.notation import to_json
from archivist.index.overrides import Overrides
from archivist.index.projects import Projects
from archivist.system.clock import now

if TYPE_CHECKING:
    from archivist.index.database import Database

_TOUCHED = """
CREATE TEMP TABLE touched (code TEXT PRIMARY KEY);
CREATE TEMP TRIGGER project_touched AFTER UPDATE OF stale ON main.projects WHEN NEW.stale
BEGIN INSERT OR IGNORE INTO touched VALUES (NEW.code); END;
"""

_MOST_TOLD = 8


def note_touched(connection: sqlite3.Connection) -> None:
    """Have every project noted whose page has to be written anew: whatever may be evidence belongs to one."""
    connection.executescript(_TOUCHED)


def read_decision(text: str) -> Decision | None:
    """A kept decision, or None when it cannot be read."""
    try:
        return decision_of(json.loads(text))
    except (ValueError, RecursionError):
        return None


def read_proposal(text: str) -> Proposal | None:
    """The proposal kept as ``text`` (JSON), or None when it cannot be read."""
    try:
        return proposal_of(json.loads(text))
    except (ValueError, RecursionError):
        return None


def deregistration_of(row: Mapping[str, Any], decision: Decision | None) -> Deregistration:
    """One passing of the gate, of its row."""
    return Deregistration(
        row["project"], row["at"], row["actor"], decision, row["reopened"], row["reopened_by"], row["reason"]
    )


class Deregistrations:
    """The gate's decisions in an open index."""

    def __init__(self, database: Database) -> None:
        self._database, self._projects = database, Projects(database)
        self._reopened: list[tuple[str, str]] = []

    # -- questions -------------------------------------------------------------------------------------------------

    def latest(self, project: str) -> Deregistration | None:
        """The last decision on a project, whether it holds or not.

        One that cannot be read is none, nor is one that no event tells of; `verify` says that the row was tampered with.
        """
        query = f"SELECT * FROM deregistrations WHERE project = ? AND {BACKED} ORDER BY id DESC LIMIT 1"  # noqa: S608
        row = self._database.row(query, [project])
        decision = None if row is None else read_decision(row["decision"])
        return None if row is None or decision is None else deregistration_of(row, decision)

    def earlier(self, project: str) -> list[Deregistration]:
        """All decisions on a project but the last, oldest first, without what they say."""
        columns = "project, at, actor, reopened, reopened_by, reason"
        query = f"SELECT {columns} FROM deregistrations WHERE project = ? AND {BACKED} ORDER BY id"  # noqa: S608
        return [deregistration_of(row, None) for row in self._database.rows(query, [project])][:-1]

    def projects(self) -> frozenset[str]:
        """Projects that passed the gate at any time: their folders hold its decision."""
        rows = self._database.rows("SELECT DISTINCT project FROM deregistrations")
        return frozenset(row["project"] for row in rows)

    def count(self) -> int:
        """How many hold."""
        query = f"SELECT COUNT(*) FROM deregistrations WHERE reopened IS NULL AND {BACKED}"  # noqa: S608
        return int(self._database.value(query))

    def reopened(self) -> list[dict[str, Any]]:
        """Projects whose last decision no longer holds: project, name, at, reopened, by whom, reason; latest first."""
        query = (
            "SELECT project, projects.name, deregistrations.at, reopened, reopened_by, reason FROM deregistrations "
            "JOIN projects ON projects.code = project WHERE reopened IS NOT NULL AND deregistrations.id = "
            "(SELECT MAX(id) FROM deregistrations AS last WHERE last.project = deregistrations.project) "
            "ORDER BY reopened DESC, deregistrations.id DESC"
        )
        return list(self._database.rows(query))

    def why_lost(self, decision: Decision) -> list[str]:
        """Why a decision holds no longer; empty while all it rests on is as it was."""
        code = decision.project.code
        standing = {(one.key, one.at) for one in Overrides(self._database).of(code)}
        return lost(decision, self._now(decision.evidence()), *self._register(code), standing)

    def _now(self, documents: Collection[str]) -> dict[str, Now]:
        """What became of documents."""
        chosen = list(documents)
        query = (
            "SELECT documents.id, status, project, item, first, last, path_sha256, date, "  # noqa: S608
            "COALESCE(standing.state, '') AS wrong, "
            "(SELECT replaced_by FROM version_links WHERE document = documents.id) AS newer "
            "FROM documents LEFT JOIN standing ON standing.path = documents.path "
            f"WHERE documents.id IN ({question_marks(chosen)})"
        )
        return {
            row["id"]: Now(
                row["status"],
                row["project"],
                row["item"],
                (row["first"], row["last"]),
                row["path_sha256"],
                row["date"],
                row["wrong"],
                row["newer"],
            )
            for row in self._database.rows(query, chosen)
        }

    def _register(self, code: str) -> tuple[set[int], dict[str, str | None] | None]:
        """What a project need not hand in, and what the register says of it; None when it has no such project."""
        rows = self._database.rows("SELECT item FROM waivers_in_force WHERE project = ?", [code])
        record = self._database.value("SELECT record FROM projects WHERE code = ?", [code])
        told = None if record is None else registered(project_from_record(json.loads(record)))
        return {row["item"] for row in rows}, told

    # -- changes ---------------------------------------------------------------------------------------------------

    def put(self, project: str, decision: Decision) -> None:
        """Record that a project passed the gate. Call it inside ``change``; the event carries the row and so all of it."""
        row = {
            "project": project,
            "at": decision.at,
            "actor": decision.actor,
            "decision": to_json(decision.record()),
        }
        self._database.insert("deregistrations", row)
        self._database.event(
            "deregistered",
            project,
            documents={identity: one.original_sha256 for identity, (_, one) in decision.evidence().items()},
            reasons=[[one["code"], one["item"], one["reason"]] for one in decision.reasons],
            overrides=[[one["code"], one["item"], one["reason"]] for one in decision.overrides],
            head=decision.head,
        )
        self._projects.outdate(project)

    def reopen(self, project: str, reason: str) -> bool:
        """Record that a project is deregistered no longer, and why; False when it was not."""
        with self._database.change():
            cursor = self._database.execute(
                "UPDATE deregistrations SET reopened = ?, reopened_by = ?, reason = ? "
                "WHERE project = ? AND reopened IS NULL",
                [now(), self._database.actor.name, reason, project],
            )
            if cursor.rowcount == 0:
                return False
            self._database.event("reopened", project, reason=reason)
            self._projects.outdate(project)
        self._reopened.append((project, reason))
        return True

    def reopen_for_file(self, path: str, why: str) -> list[str]:
        """Reopen the projects whose evidence the file at ``path`` is, the kept original or the filed copy."""
        query = (
            "SELECT documents.id, project FROM documents JOIN sources ON sources.id = source "
            "WHERE project IS NOT NULL AND (documents.path = ?1 OR vault = ?1)"
        )
        found: dict[str, set[str]] = {}
        for row in list(self._database.rows(query, [path])):
            found.setdefault(row["project"], set()).add(row["id"])
        reopened = []
        for project, documents in found.items():
            last = self.latest(project)
            holds = last is not None and last.standing and documents & last.documents
            if holds and self.reopen(project, why):
                reopened.append(project)
        return reopened

    def touched(self) -> set[str]:
        """The projects that a transaction touched so far: whatever may be evidence of theirs changed, or may have."""
        return {row["code"] for row in self._database.rows("SELECT code FROM temp.touched")}

    def reopen_where_lost(self) -> None:
        """Reopen what a transaction took the evidence of. Called within it, at its end."""
        touched = self.touched()
        if not touched:
            return
        self._database.execute("DELETE FROM temp.touched")
        query = "SELECT decision FROM deregistrations WHERE project = ? AND reopened IS NULL"
        for code in sorted(touched):
            text = self._database.value(query, [code])
            decision = None if text is None else read_decision(text)
            found = self.why_lost(decision) if decision is not None else []
            if found:
                left = f"等 {len(found)} 处" if len(found) > _MOST_TOLD else ""
                self.reopen(code, "；".join(found[:_MOST_TOLD]) + left)

    def take_reopened(self) -> list[str]:
        """Sentences about the projects whose 销号 stopped holding and that nobody was told of yet."""
        taken, self._reopened = self._reopened, []
        return [f"项目 {project} 的销号已重新打开：{reason}" for project, reason in taken]
