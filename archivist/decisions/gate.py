"""The gate (销号): everything is looked at anew, the decision and its event are one transaction, the page follows.

The write lock is held from the first look to the commit, so that what was checked is what is decided on. The originals
and the copies that serve as evidence are hashed there and then; the chain of events and every row are held against
each other. A kill before the commit leaves the project as it was; after it the page is written by the next start.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from archivist import __version__
from archivist.core.catalogue.itemname import item_name
from archivist.core.checks import findings_of, run_checks
from archivist.core.checks.values import Checked, Finding, ProjectFile, Rules
from archivist.core.decision import About, Decision
from archivist.core.gate import Judged, decision, judge
from archivist.core.model import Severity
from archivist.core.register import project_from_record
from archivist.decisions.gatechecks import DAMAGE, gate_checks, look_again
from archivist.errors import UsageError
from archivist.system.clock import now
from archivist.system.durable import sha256_of

if TYPE_CHECKING:
    from archivist.index.writer import Index
    from archivist.workspace.opened import Workspace

_RULES = ("annex4.toml", "procedure.toml")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says of a project.

    Attributes:
        judged: what stands in the way, and the reasons. notes: good to know.
        decision: what is decided, None when the gate stays shut. already: it was decided before; nothing was done.
    """

    file: ProjectFile
    checks: tuple[Checked, ...]
    judged: Judged
    notes: tuple[Finding, ...]
    decision: Decision | None
    already: bool = False

    @property
    def damaged(self) -> bool:
        """Whether files or records are not what they were."""
        return any(one.code in DAMAGE for one in self.judged.obstacles)


def pass_gate(
    workspace: Workspace,
    index: Index,
    code: str,
    by_key: Mapping[str, str] | None = None,
    dry_run: bool = False,
) -> Verdict:
    """Let a project through if nothing stands in the way. Write lock held.

    Args:
        by_key: reasons, see `judge`. dry_run: check everything, decide nothing.
    """
    row, file = _project(index, code)
    before = index.deregistrations.latest(code)
    if before is not None and before.standing:
        notes = findings_of(file, rules_of(workspace), _today())
        taken = look_again(workspace, index, row, file, before, dry_run)
        if taken:
            return Verdict(file, (), Judged(taken, (), ()), tuple(notes), None)
        nothing = Judged((), (), ())
        return Verdict(file, (), nothing, tuple(notes), before.decision, already=True)
    index.settle()
    rules = rules_of(workspace)
    gated = gate_checks(workspace, index, row, file)
    checks = [*run_checks(file, rules, _today()), *gated.checks]
    judged = judge(file, checks, by_key or {})
    notes = [one for one in findings_of(file, rules, _today()) if one.severity is Severity.INFO]
    decided = None
    if judged.passes:
        about = About(
            code, file.category, *(row[name] for name in ("name", "township", "village", "department"))
        )
        proof = {
            "at": now(),
            "actor": index.actor.name,
            "hashed": gated.hashed,
            "rules": {name: sha256_of(workspace.rules_file(name)) for name in _RULES},
            "head": {"seq": gated.head[0], "hash": gated.head[1]},
            "software": __version__,
        }
        register = project_from_record(json.loads(row["record"]))
        called = {rule.number: item_name(rule, register) for rule in rules.items}
        decided = decision(file, about, called, rules, checks, judged, proof)
        if not dry_run:
            with index.change():
                index.deregistrations.put(code, decided)
    return Verdict(file, tuple(checks), judged, tuple(notes), decided)


def reopen_by_person(index: Index, code: str, reason: str) -> bool:
    """A person takes a decision of the gate back; False when there is none that holds. Write lock held."""
    _project(index, code)
    return index.deregistrations.reopen(code, f"由 {index.actor.name} 重新打开：{reason}")


def rules_of(workspace: Workspace) -> Rules:
    """What projects are checked against."""
    return Rules(workspace.annex.items, workspace.procedure)


def _today() -> date:
    return date.fromisoformat(now()[:10])


def _project(index: Index, code: str) -> tuple[dict[str, Any], ProjectFile]:
    row = index.projects.find(code)
    if row is None:
        raise UsageError(f"台账里没有项目编号“{code}”。请用 archivist register list 查看编号。")
    return row, index.project_files.of([code])[0]
