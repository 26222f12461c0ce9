"""The gate (销号): everything is looked at anew, the decision and its event are one transaction, the page follows.

The write lock is held from the first look to the commit, so that what was checked is what is decided on. The originals
and the copies that serve as evidence are hashed there and then; the chain of events and every row are held against
each other. A kill before the commit leaves the project as it was; after it the page is written by the next start.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from archivist import __version__
from archivist.core.authority import authority_note
from archivist.core.catalogue.itemname import item_name
from archivist.core.checks import findings_of, run_checks
from archivist.core.checks.values import Checked, Finding, ProjectFile, Rules
from archivist.core.decision import About, Decision, Deregistration
from archivist.core.gate import Judged, decision, judge
from archivist.core.model import Severity
from archivist.core.proposal import Hand
from archivist.core.register import project_from_record
from archivist.decisions.gatechecks import DAMAGE, gate_checks, look_again
from archivist.errors import UsageError
from archivist.questions.register import no_project
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


@dataclass(frozen=True, slots=True)
class Looked:
    """All that the gate looked at: every check, made now, and what was hashed."""

    row: Mapping[str, Any]
    file: ProjectFile
    checks: tuple[Checked, ...]
    hashed: Mapping[str, int]
    head: tuple[int, str]

    def and_also(self, *more: Checked) -> Looked:
        """With what else was checked."""
        return replace(self, checks=(*self.checks, *more))


@dataclass(frozen=True, slots=True)
class Hands:
    """The two persons behind a decision (提请、确认), where there is a register of people; nobody else otherwise."""

    proposed_by: Hand | None = None
    proposed_at: str | None = None
    confirmed_by: Hand | None = None


ONE_HAND = Hands()


def pass_gate(
    workspace: Workspace,
    index: Index,
    code: str,
    by_key: Mapping[str, str] | None = None,
    dry_run: bool = False,
) -> Verdict:
    """Let a project through if nothing stands in the way: in one step, by one person. Write lock held.

    Args:
        by_key: reasons, see `judge`. dry_run: check everything, decide nothing.

    Raises:
        UsageError: there is a register of people, so that it takes two.
    """
    before = index.deregistrations.latest(code)
    if before is not None and before.standing:
        return _already(workspace, index, code, before, dry_run)
    if index.people.any() and not dry_run:
        raise UsageError(
            f"有人员名册，销号要两个人办：一人提请（archivist deregister {code} --propose），"
            f"另一人确认（archivist deregister {code} --confirm）。"
        )
    looked = look(workspace, index, code)
    judged = judge(looked.file, looked.checks, by_key or {}, rules_of(workspace))
    decided = decide(workspace, index, looked, judged, ONE_HAND) if judged.passes else None
    if decided is not None and not dry_run:
        with index.change():
            index.deregistrations.put(code, decided)
    return verdict_of(workspace, looked, judged, decided)


def look(workspace: Workspace, index: Index, code: str) -> Looked:
    """Look at a project anew: every check, every byte that serves as evidence, every event and row. Write lock held."""
    row, file = project_at(index, code)
    index.settle()
    gated = gate_checks(workspace, index, row, file)
    checks = (*run_checks(file, rules_of(workspace), today()), *gated.checks)
    return Looked(row, file, checks, gated.hashed, gated.head)


def verdict_of(workspace: Workspace, looked: Looked, judged: Judged, decided: Decision | None) -> Verdict:
    """What the gate says, with what is good to know; what waited for a decision waits no longer when there is one."""
    file = looked.file if decided is None else replace(looked.file, proposal=None)
    found = findings_of(file, rules_of(workspace), today())
    notes = tuple(one for one in found if one.severity is Severity.INFO)
    return Verdict(looked.file, looked.checks, judged, notes, decided)


def _already(workspace: Workspace, index: Index, code: str, before: Deregistration, dry_run: bool) -> Verdict:
    row, file = project_at(index, code)
    notes = tuple(findings_of(file, rules_of(workspace), today()))
    taken = look_again(workspace, index, row, file, before, dry_run)
    if taken:
        return Verdict(file, (), Judged(taken, (), ()), notes, None)
    return Verdict(file, (), Judged((), (), ()), notes, before.decision, already=True)


def decide(workspace: Workspace, index: Index, looked: Looked, judged: Judged, hands: Hands) -> Decision:
    """The decision that what was looked at bears; nothing is recorded."""
    row, file, rules = looked.row, looked.file, rules_of(workspace)
    about = About(
        file.code, file.category, *(row[name] for name in ("name", "township", "village", "department"))
    )
    proof = {
        "at": now(),
        "actor": index.actor.name,
        "hashed": looked.hashed,
        "rules": {name: sha256_of(workspace.rules_file(name)) for name in _RULES},
        "head": {"seq": looked.head[0], "hash": looked.head[1]},
        "software": __version__,
        "user": index.actor.user,
        "authority": authority_note(index.person),
        "proposed_by": hands.proposed_by,
        "proposed_at": hands.proposed_at,
        "confirmed_by": hands.confirmed_by,
    }
    register = project_from_record(json.loads(row["record"]))
    called = {rule.number: item_name(rule, register) for rule in rules.items}
    return decision(file, about, called, rules, looked.checks, judged, proof)


def reopen_by_person(index: Index, code: str, reason: str) -> bool:
    """A person takes a decision of the gate back; False when there is none that holds. Write lock held."""
    project_at(index, code)
    return index.deregistrations.reopen(code, f"由 {index.actor.name} 重新打开：{reason}")


def rules_of(workspace: Workspace) -> Rules:
    """What projects are checked against."""
    return Rules(workspace.annex.items, workspace.procedure)


def today() -> date:
    """Today, by the clock of the archive."""
    return date.fromisoformat(now()[:10])


def project_at(index: Index, code: str) -> tuple[dict[str, Any], ProjectFile]:
    """A project's row in the register and its file. UsageError when there is none."""
    row = index.projects.find(code)
    if row is None:
        raise no_project(index, [code])
    return row, index.project_files.of([code])[0]
