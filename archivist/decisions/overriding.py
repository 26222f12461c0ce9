"""A named authority overrides (核定) what the software saw wrongly on a picture: one finding, one document, one reason.

Only where there is a register of people: one person alone may not judge what they themselves close. Who overrides has no
other hand in the same project's deregistration.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.core.authority import CONFIRM, may, same_hands
from archivist.core.catalogue.overridden import keys, overridden
from archivist.core.checks import run_checks
from archivist.core.checks.values import Finding, ProjectFile, Rules
from archivist.core.override import Override
from archivist.core.people.person import Person
from archivist.core.proposal import Hand, hand_of
from archivist.decisions.gate import project_at, rules_of, today
from archivist.errors import BadInputError, FixityError, RefusedError, UsageError
from archivist.system.clock import now
from archivist.system.durable import sha256_of

if TYPE_CHECKING:
    from pathlib import Path

    from archivist.index.writer import Index
    from archivist.workspace.opened import Workspace


def override(workspace: Workspace, index: Index, code: str, key: str, reason: str) -> Override:
    """Override one finding of a project. Write lock held.

    Args:
        key: as `archivist deregister --dry-run` and this module's refusals tell it.

    Raises:
        RefusedError: there is no register of people; the rules know no overrides; who acts proposed this project.
        UsageError: nothing that may be overridden has this key. BadInputError: it is overridden already.
        FixityError: the filed copy is not what it was.
    """
    _, file = project_at(index, code)
    person = index.person
    if person is None:
        raise RefusedError(
            "没有人员名册，不知道谁是负责人，不能核定：一个人不能核定自己要销号的项目。"
            "请先由区里建立人员名册：archivist people import 文件。没有记下任何决定。"
        )
    rules = rules_of(workspace)
    if rules.procedure.override is None:
        raise RefusedError(
            "规则（schemas/procedure.toml）没有可以核定的检查，什么也不能核定。没有记下任何决定。"
        )
    index.may_touch(code)
    _not_the_proposer(index, code, person)
    finding = _asked_for(file, rules, key)
    made = Override(
        code,
        key,
        finding.code,
        finding.item or 0,
        finding.document or "",
        _looked_at(workspace, file, finding),
        finding.message,
        reason,
        hand_of(person, index.actor.user),
        now(),
    )
    index.overrides.put(made)
    return made


def take_back(index: Index, code: str, key: str, reason: str) -> bool:
    """Withdraw an override; False when there is none under ``key``. Write lock held."""
    project_at(index, code)
    index.may_touch(code)
    return index.overrides.withdraw(code, key, reason)


def _asked_for(file: ProjectFile, rules: Rules, key: str) -> Finding:
    """The finding that ``key`` names."""
    found = [finding for one in run_checks(file, rules, today()) for finding in one.findings]
    by_key = dict(keys(file, rules, found))
    if key not in by_key:
        listed = f"现在可以核定的键有：{'、'.join(by_key)}。" if by_key else "现在没有可以核定的问题。"
        raise UsageError(
            f"{file.code} 没有键为“{key}”、可以核定的问题。只有软件看图看错的可以核定；"
            f"其他的要补齐、改正，提醒要写理由（deregister --reason）。{listed}"
        )
    before = [one.override for one in overridden(file, rules, found) if one.finding == by_key[key]]
    if before:
        raise BadInputError(
            f"{file.code} 的“{key}”{before[0].told}。要改的，先取消：archivist override {file.code} {key} --withdraw"
        )
    return by_key[key]


def _looked_at(workspace: Workspace, file: ProjectFile, finding: Finding) -> str:
    """The sha256 of the filed copy that is judged; FixityError where that is not what lies there."""
    one = next(one for one in file.documents if one.id == finding.document)
    path = workspace.store.path(one.path or "")
    if one.path_sha256 is None or _sha256(path) != one.path_sha256:
        raise FixityError(
            f"{one.called}不是归档时的样子，不能核定。请先放回：archivist repair {one.id}。没有记下任何决定。"
        )
    return one.path_sha256


def _sha256(path: Path) -> str:
    try:
        return sha256_of(path)
    except OSError:
        return ""


# -- three hands ---------------------------------------------------------------------------------------------------


def _not_the_proposer(index: Index, code: str, person: Person) -> None:
    waiting = index.proposals.waiting(code)
    if waiting is None:
        return
    by = waiting.by
    one = same_hands(person, index.actor.user, by.name, by.body, by.user)
    if one:
        raise RefusedError(
            f"{code} 是{by.told}提请销号的，核定的人和他{one}。请由另一位负责人核定。没有记下任何决定。"
        )


def not_the_overrider(index: Index, file: ProjectFile, person: Person, what: str) -> None:
    """RefusedError where ``person``, who proposes or confirms (``what``), overrode something of the same project."""
    for one in file.overrides:
        by = one.by
        same = same_hands(person, index.actor.user, by.name, by.body, by.user)
        if same and not one.void(file.documents):
            raise RefusedError(
                f"{file.code} 的“{one.key}”是{by.told}核定的，{what}的人和他{same}。核定、提请、确认要分开："
                f"请由另一人{what}，或先取消核定：archivist override {file.code} {one.key} --withdraw"
            )


def a_third_may_confirm(workspace: Workspace, index: Index, file: ProjectFile, proposer: Hand) -> bool:
    """Whether somebody may confirm who neither proposed nor overrode anything of a project: then only they do."""
    taken = {(one.name, one.body) for one in (proposer, *(one.by for one in file.overrides))}
    return any(
        (one.name, one.body) not in taken and may(CONFIRM, one, file.register, workspace.authority) is None
        for one in index.people.all()
    )
