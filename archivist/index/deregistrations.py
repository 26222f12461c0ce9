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

from archivist.core.gate import Now, evidence, lost, readable
from archivist.index.events import to_json
from archivist.system.clock import now

if TYPE_CHECKING:
    from archivist.index.queries import Queries
    from archivist.index.transactions import Transactions
    from archivist.index.writer import Index

_TOUCHED = """
CREATE TEMP TABLE touched (code TEXT PRIMARY KEY);
CREATE TEMP TRIGGER project_touched AFTER UPDATE OF stale ON main.projects WHEN NEW.stale
BEGIN INSERT OR IGNORE INTO touched VALUES (NEW.code); END;
"""

_MOST_TOLD = 8


def note_touched(db: sqlite3.Connection) -> None:
    """Have every project noted whose page has to be written anew: whatever may be evidence belongs to one."""
    db.executescript(_TOUCHED)


def latest(index: Queries, project: str) -> dict[str, Any] | None:
    """The last decision on a project, whether it holds or not: at, actor, decision (read), reopened …

    One that cannot be read is none; `verify` says that the row was tampered with.
    """
    row = index._one("SELECT * FROM deregistrations WHERE project = ? ORDER BY id DESC LIMIT 1", [project])
    decision = None if row is None else read_decision(row["decision"])
    return None if row is None or decision is None else {**row, "decision": decision}


def read_decision(text: str) -> dict[str, Any] | None:
    """A kept decision, or None when it cannot be read."""
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return record if readable(record) else None


def earlier(index: Queries, project: str) -> list[dict[str, Any]]:
    """All decisions on a project but the last, oldest first, without what they say."""
    query = "SELECT id, at, actor, reopened, reopened_by, reason FROM deregistrations WHERE project = ? ORDER BY id"
    return list(index._all(query, [project]))[:-1]


def projects_decided(index: Queries) -> frozenset[str]:
    """Projects that passed the gate at any time: their folders hold its decision."""
    return frozenset(row["project"] for row in index._all("SELECT DISTINCT project FROM deregistrations"))


def deregister(index: Index, project: str, decision: Mapping[str, Any]) -> None:
    """Record that a project passed the gate. Call it inside ``change``; the event carries the row and so all of it."""
    row = {
        "project": project,
        "at": decision["at"],
        "actor": decision["actor"],
        "decision": to_json(decision),
    }
    index._insert("deregistrations", row)
    index.event(
        "deregistered",
        project,
        documents={identity: one["original_sha256"] for identity, (_, one) in evidence(decision).items()},
        reasons=[[one["code"], one["item"], one["reason"]] for one in decision["reasons"]],
        head=decision["head"],
    )
    index._mark_stale({project})


def reopen(index: Transactions, project: str, reason: str) -> bool:
    """Record that a project is deregistered no longer, and why; False when it was not."""
    with index.change():
        cursor = index.db.execute(
            "UPDATE deregistrations SET reopened = ?, reopened_by = ?, reason = ? "
            "WHERE project = ? AND reopened IS NULL",
            [now(), index.actor.name, reason, project],
        )
        if cursor.rowcount == 0:
            return False
        index.event("reopened", project, reason=reason)
        index.db.execute("UPDATE projects SET stale = 1 WHERE code = ?", [project])
    index.reopened.append((project, reason))
    return True


def reopen_where_lost(index: Transactions) -> None:
    """Reopen what this transaction took the evidence of. Called within it, at its end."""
    touched = [row["code"] for row in index._all("SELECT code FROM temp.touched")]
    if not touched:
        return
    index.db.execute("DELETE FROM temp.touched")
    for code in touched:
        row = index._one("SELECT * FROM deregistrations WHERE project = ? AND reopened IS NULL", [code])
        if row is None:
            continue
        decision = read_decision(row["decision"])
        found = why_lost(index, decision) if decision is not None else []
        if found:
            left = f"等 {len(found)} 处" if len(found) > _MOST_TOLD else ""
            reopen(index, code, "；".join(found[:_MOST_TOLD]) + left)


def why_lost(index: Queries, decision: Mapping[str, Any]) -> list[str]:
    """Why a decision holds no longer; empty while all it rests on is as it was."""
    return lost(decision, _now(index, evidence(decision)), *_register(index, decision["project"]["code"]))


def _now(index: Queries, documents: Collection[str]) -> dict[str, Now]:
    """What became of documents."""
    marks = ", ".join("?" * len(documents))
    query = (
        "SELECT documents.id, status, project, item, first, last, path_sha256, date, "  # noqa: S608
        "COALESCE(standing.state, '') AS wrong, "
        "(SELECT replaced_by FROM version_links WHERE document = documents.id) AS newer "
        "FROM documents LEFT JOIN standing ON standing.path = documents.path "
        f"WHERE documents.id IN ({marks})"
    )
    return {
        row["id"]: Now(
            row["status"], row["project"], row["item"], (row["first"], row["last"]), row["path_sha256"],
            row["date"], row["wrong"], row["newer"],
        )
        for row in index._all(query, list(documents))
    }  # fmt: skip


def _register(index: Queries, code: str) -> tuple[set[int], str | None]:
    """What a project need not hand in, and its category."""
    waived = {row["item"] for row in index._all("SELECT item FROM waivers WHERE project = ?", [code])}
    row = index._one("SELECT category FROM projects WHERE code = ?", [code])
    return waived, row["category"] if row else None


def reopen_for_file(index: Index, path: str, why: str) -> list[str]:
    """Reopen the projects whose evidence the file at ``path`` is, the kept original or the filed copy."""
    query = (
        "SELECT documents.id, project FROM documents JOIN sources ON sources.id = source "
        "WHERE project IS NOT NULL AND (documents.path = ?1 OR vault = ?1)"
    )
    found: dict[str, set[str]] = {}
    for row in list(index._all(query, [path])):
        found.setdefault(row["project"], set()).add(row["id"])
    reopened = []
    for project, documents in found.items():
        last = latest(index, project)
        if last is None or last["reopened"] is not None or not documents & set(evidence(last["decision"])):
            continue
        if reopen(index, project, why):
            reopened.append(project)
    return reopened


def reopened_now(index: Queries) -> list[dict[str, Any]]:
    """Projects whose last decision no longer holds: project, name, at, reopened, reason; the latest first."""
    return list(index._all(REOPENED))


REOPENED = (
    "SELECT project, projects.name, deregistrations.at, reopened, reopened_by, reason FROM deregistrations "
    "JOIN projects ON projects.code = project WHERE reopened IS NOT NULL AND deregistrations.id = "
    "(SELECT MAX(id) FROM deregistrations AS last WHERE last.project = deregistrations.project) "
    "ORDER BY reopened DESC, deregistrations.id DESC"
)
"""The question itself, for the light path."""
