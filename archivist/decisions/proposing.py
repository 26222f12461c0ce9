"""Two persons (提请、确认): one proposes that a project is deregistered, another confirms; all is looked at twice.

The proposal freezes what it rests on; whoever confirms has it all evaluated anew, on that same evidence and no other,
and the signed paper (审批表) is there. Only where there is a register of people: without one nobody can tell two apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.core.authority import same_hands
from archivist.core.gate import judge
from archivist.core.people.person import Person
from archivist.core.proposal import Hand, Proposal, hand_of
from archivist.decisions.gate import Hands, Verdict, decide, look, project_at, rules_of, verdict_of
from archivist.decisions.gatechecks import approval
from archivist.decisions.overriding import a_third_may_confirm, not_the_overrider
from archivist.errors import BadInputError, RefusedError, UsageError
from archivist.index.proposals import CHANGED
from archivist.system.clock import now

if TYPE_CHECKING:
    from archivist.index.writer import Index
    from archivist.workspace.opened import Workspace


@dataclass(frozen=True, slots=True)
class Proposed:
    """What came of a proposal, or of confirming one.

    Attributes:
        verdict: what the gate says; its decision is what is or would be decided.
        proposal: what waits now, or what was confirmed; None when the gate stays shut.
        lapsed: why the proposal waits no longer without having been confirmed, "" when that is not so.
    """

    verdict: Verdict
    proposal: Proposal | None
    lapsed: str = ""


def propose(
    workspace: Workspace, index: Index, code: str, by_key: Mapping[str, str], dry_run: bool = False
) -> Proposed:
    """Propose that a project is deregistered, if nothing stands in the way but the second person. Write lock held.

    Args:
        by_key: reasons, see `judge`. dry_run: check everything, record nothing.

    Raises:
        UsageError: there is no register of people. BadInputError: it is proposed or deregistered already.
        RefusedError: who proposes overrode something of it.
    """
    _two_persons(index, code)
    _not_done(index, code)
    waiting = index.proposals.waiting(code)
    if waiting is not None:
        raise BadInputError(
            f"{code} 已经{waiting.told}销号，等待另一人确认。要重新提请的，先收回：archivist deregister {code} --withdraw。"
        )
    looked = look(workspace, index, code)
    if not dry_run:
        not_the_overrider(index, looked.file, _person(index), "提请")
    judged = judge(looked.file, looked.checks, by_key, rules_of(workspace))
    verdict = verdict_of(workspace, looked, judged, None)
    if not judged.passes:
        return Proposed(verdict, None)
    rule = rules_of(workspace).procedure.closing
    title = rule.title if rule is not None else ""
    made = Proposal(
        project=code,
        at=now(),
        by=_hand(index, dry_run),
        reasons={one.key: one.words for one in judged.reasons},
        head={"seq": looked.head[0], "hash": looked.head[1]},
        evidence=index.proposals.evidence(code, title),
        approval=title,
    )
    if not dry_run:
        with index.change():
            index.proposals.put(made)
    return Proposed(verdict, made)


def confirm(workspace: Workspace, index: Index, code: str, dry_run: bool = False) -> Proposed:
    """Confirm what another person proposed: everything is evaluated anew, on the same evidence. Write lock held.

    Raises:
        UsageError: there is no register of people. BadInputError: nothing waits, or it is deregistered already.
        RefusedError: the same person proposed it, or the same user of the operating system; or overrode something of it,
            while somebody else might confirm.
    """
    _two_persons(index, code)
    _not_done(index, code)
    waiting = index.proposals.waiting(code)
    if waiting is None:
        raise BadInputError(
            f"{code} 没有等待确认的提请{_last(index, code)}。先由一人提请：archivist deregister {code} --propose。"
        )
    if not dry_run:
        _another(index, waiting)
    looked = look(workspace, index, code)
    if not dry_run and a_third_may_confirm(workspace, index, looked.file, waiting.by):
        not_the_overrider(index, looked.file, _person(index), "确认")
    if index.proposals.evidence(code, waiting.approval) != waiting.evidence:
        judged = judge(looked.file, looked.checks, waiting.reasons, rules_of(workspace))
        verdict = verdict_of(workspace, looked, judged, None)
        if not dry_run:
            index.proposals.end(code, "proposal lapsed", CHANGED)
        return Proposed(verdict, None, CHANGED)
    looked = looked.and_also(approval(looked.file, rules_of(workspace), waiting))
    judged = judge(looked.file, looked.checks, waiting.reasons, rules_of(workspace))
    decided = None
    if judged.passes:
        hands = Hands(waiting.by, waiting.at, _hand(index, dry_run))
        decided = decide(workspace, index, looked, judged, hands)
        if not dry_run:
            with index.change():
                index.proposals.end(code, "", "已确认，办理了销号")
                index.deregistrations.put(code, decided)
    return Proposed(verdict_of(workspace, looked, judged, decided), waiting)


def take_back(index: Index, code: str, reason: str) -> bool:
    """A person takes a proposal back; False when none waits. Write lock held."""
    project_at(index, code)
    return index.proposals.end(code, "proposal withdrawn", f"由 {index.actor.name} 收回：{reason}")


def _two_persons(index: Index, code: str) -> None:
    project_at(index, code)
    index.may_touch(code)
    if not index.people.any():
        raise UsageError(
            "没有人员名册，分不清是不是两个人，不能提请、确认。先导入名册：archivist people import 文件；"
            f"或由一人办理（决定里会写明）：archivist deregister {code}。"
        )


def _not_done(index: Index, code: str) -> None:
    before = index.deregistrations.latest(code)
    if before is not None and before.standing:
        raise BadInputError(f"{code} 已于 {before.at[:10]} 销号，不用再办。")


def _another(index: Index, waiting: Proposal) -> None:
    """RefusedError where one person would do both."""
    by = waiting.by
    one = same_hands(_person(index), index.actor.user, by.name, by.body, by.user)
    if one:
        raise RefusedError(
            f"{waiting.project} 是{by.told}提请的，确认的人和他{one}。提请和确认要两个人各用自己的账号办。"
        )


def _last(index: Index, code: str) -> str:
    """How the last proposal ended, in brackets; "" when there was none."""
    last = index.proposals.last_ended(code)
    return "" if last is None else f"（{last['at'][:10]} 的提请 {last['ended'][:10]} 已失效：{last['why']}）"


def _person(index: Index) -> Person:
    assert index.person is not None, "the guard knows who acts where there is a register"
    return index.person


def _hand(index: Index, dry_run: bool) -> Hand:
    """Who acts; who only looks was not asked who they are."""
    user = index.actor.user
    return Hand(index.actor.name, "", "", user) if dry_run else hand_of(_person(index), user)
