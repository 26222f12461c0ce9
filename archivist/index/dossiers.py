"""The dossiers of projects (项目底册): each as it is now, and every change of it, in one transaction with its event."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archivist.core.dossier.differences import Change, change_from
from archivist.core.dossier.values import EMPTY, Dossier, from_record
from archivist.index.database import question_marks
from archivist.index.notation import to_json
from archivist.index.projects import Projects

if TYPE_CHECKING:
    from archivist.index.database import Database


@dataclass(frozen=True, slots=True)
class Kept:
    """A dossier as it is kept: how often it changed, when it did last, and by whom ("" for one that there is not)."""

    dossier: Dossier
    version: int
    at: str
    actor: str


NOTHING = Kept(EMPTY, 0, "", "")


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of a dossier in its history. ``origin`` says in Chinese where it came from: a form, a paper, an undoing."""

    version: int
    at: str
    actor: str
    origin: str
    changes: tuple[Change, ...]

    def record(self) -> dict[str, Any]:
        """As `dossier show --json` prints it."""
        return {
            "version": self.version,
            "at": self.at,
            "actor": self.actor,
            "origin": self.origin,
            "changes": [one.record() for one in self.changes],
        }


class Dossiers:
    """Dossiers in an open index."""

    def __init__(self, database: Database) -> None:
        self._database, self._projects = database, Projects(database)

    def of(self, project: str) -> Kept:
        """A project's; `NOTHING` where there is none."""
        return self.among([project]).get(project, NOTHING)

    def among(self, projects: Sequence[str] | None) -> dict[str, Kept]:
        """Those of ``projects`` that have one; None for all."""
        if not self._database.has("dossiers"):
            return {}
        chosen = "1" if projects is None else f"project IN ({question_marks(projects)})"
        query = f"SELECT project, record, version, at, actor FROM dossiers WHERE {chosen} ORDER BY project"  # noqa: S608
        return {
            row["project"]: Kept(
                from_record(json.loads(row["record"])), row["version"], row["at"], row["actor"]
            )
            for row in self._database.rows(query, list(projects or ()))
        }

    def history(self, project: str) -> list[Entry]:
        """Every change of a project's, oldest first."""
        if not self._database.has("dossier_changes"):
            return []
        query = (
            "SELECT version, at, actor, origin, changes FROM dossier_changes WHERE project = ? ORDER BY id"
        )
        return [
            Entry(
                row["version"],
                row["at"],
                row["actor"],
                row["origin"],
                tuple(map(change_from, json.loads(row["changes"]))),
            )
            for row in self._database.rows(query, [project])
        ]

    def put(self, project: str, dossier: Dossier, changes: Sequence[Change], origin: str) -> Kept:
        """Keep a dossier in the place of what was kept, with what changed.

        Args:
            origin: where it came from, in Chinese.
        """
        from archivist.system.clock import now

        at, actor = now(), self._database.actor.name
        with self._database.change():
            version = self.of(project).version + 1
            told = {"project": project, "version": version, "at": at, "actor": actor}
            self._database.execute("DELETE FROM dossiers WHERE project = ?", [project])
            self._database.insert("dossiers", {**told, "record": to_json(dossier.record())})
            listed = to_json([one.record() for one in changes])
            self._database.insert("dossier_changes", {**told, "origin": origin, "changes": listed})
            self._database.event("dossier", project, origin=origin, version=version, cells=len(changes))
            self._projects.outdate(project)
        return Kept(dossier, version, at, actor)
