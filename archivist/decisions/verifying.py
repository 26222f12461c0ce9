"""A person verifies by hand (人工核验) what software cannot tell of a project's four properties (四性)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.core import overruling
from archivist.core.fourproperties.judging import refused
from archivist.core.fourproperties.manual import Manual, basis_of
from archivist.core.overruling import ASK, Change, Sure, overruled
from archivist.core.proposal import Hand, hand_of
from archivist.decisions.gate import project_at, today
from archivist.errors import BadInputError, FixityError, RefusedError, UsageError
from archivist.questions.fourproperties import Examining, chain_told
from archivist.system.clock import now

if TYPE_CHECKING:
    from archivist.core.fourproperties.values import CheckRule, Judged
    from archivist.index.writer import Index
    from archivist.workspace.opened import Workspace


def verify_by_hand(
    workspace: Workspace, index: Index, code: str, check: str, result: str, note: str, sure: Sure = ASK
) -> tuple[Manual, Judged, Change | None]:
    """Record what a person verified of one check of a project; returns it, how the check stands by software, and what it
    changes of another person's. Write lock held.

    Raises:
        Overrules: somebody else recorded another result.
        UsageError: the register has no such project, or there is no such check.
        RefusedError: software finds it wrong, or it needs nobody; or who acts may not.
    """
    _, file = project_at(index, code)
    rule = _known(workspace, check)
    index.may_touch(code)
    if not file.documents:
        raise BadInputError(f"{code} 还没有归档的材料，没有东西可以核验。没有记下任何核验。")
    examining = Examining(workspace, index, today(), chain=chain_told(index))
    ((facts, _),) = examining.each([code])
    alone = examining.alone(facts)
    judged = next(one for one in alone.judged if one.rule.code == check)
    if why := refused(rule, judged, result):
        raise RefusedError(f"{why}没有记下任何核验。")
    papers = facts.file.documents
    by = hand_of(index.person, index.actor.user) if index.person is not None else _unknown(index)
    made = Manual(code, check, result, note, basis_of(papers), by, now())
    if wrong := made.void(papers, facts.lies):
        raise FixityError(
            f"{wrong}，核验的不是归档时的材料。请先放回：archivist repair，再核验。没有记下任何核验。"
        )
    change = overruled(index.verifications.said(code, check), index.actor.name, f"登记为{result}", sure)
    index.verifications.put(made, **overruling.record(change))
    return made, judged, change


def take_back(
    workspace: Workspace, index: Index, code: str, check: str, reason: str, sure: Sure = ASK
) -> bool:
    """Withdraw what was verified of a check; False when nothing was. Write lock held.

    Raises:
        Overrules: somebody else verified it.
    """
    project_at(index, code)
    _known(workspace, check)
    index.may_touch(code)
    change = overruled(index.verifications.said(code, check), index.actor.name, "取消核验", sure)
    return index.verifications.withdraw(code, check, reason, **overruling.record(change))


def _known(workspace: Workspace, check: str) -> CheckRule:
    rule = workspace.four.find(check)
    if rule is None:
        listed = "、".join(one.code for one in workspace.four.checks)
        raise UsageError(f"没有编号为“{check}”的检测项。有的编号：{listed}。")
    return rule


def _unknown(index: Index) -> Hand:
    """Who acts where there is no register of people: the name they gave."""
    return Hand(index.actor.name, "", "", index.actor.user)
