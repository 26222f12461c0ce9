"""Whether the form that closes the project (销号审批表) was signed for what the archive holds: its root code (归档根码).

The signed form says which evidence its signatories had: the code it prints. Another code in the archive says that papers
were added, taken away or changed since; then they signed for something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules
from archivist.core.document import Holding
from archivist.core.model import Fact, Seen, Severity
from archivist.core.rootcode import FACT, UNREADABLE, evidence_root, prints_a_root
from archivist.core.rules import ApprovalRule

CODES = ("approval-missing", "approval-changed", "approval-unread", "approval-unsealed")


def approval(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """The signed forms filed: one of them must be for the evidence as it is."""
    rule = rules.procedure.approval
    if rule is None:
        return
    root = evidence_root(file.documents).printed
    forms = [one for one in file.documents if prints_a_root(one)]
    good = [one for one in forms if {fact.value for fact in _roots(one)} == {root}]
    found: tuple[Finding, ...]
    if good:
        found = tuple(_unsealed(file, rule, one) for one in good[-1:] if one.sealed is not Seen.YES)
        told = f"{good[-1].called}上的归档根码与档案一致：{root}"
    else:
        found = tuple(_wrong(file, rule, one, root) for one in forms)
        told = f"{len(forms)} 份销号审批表，档案现在的归档根码是 {root}"
    if not forms:
        found = (_missing(file, rule),) if rule.required else ()
        told = f"没有归档签字盖章的销号审批表；档案现在的归档根码是 {root}"
    yield Checked("approval", "销号审批表与档案一致", rule.clause, _outcome(forms, found), told, found)


def _outcome(forms: list[Holding], found: tuple[Finding, ...]) -> Outcome:
    if any(one.severity is Severity.ERROR for one in found):
        return Outcome.BREACHED
    if found:
        return Outcome.UNCLEAR
    return Outcome.PASSED if forms else Outcome.NOT_NEEDED


def _roots(one: Holding) -> list[Fact]:
    return [fact for fact in one.facts if fact.name == FACT]


def _wrong(file: ProjectFile, rule: ApprovalRule, one: Holding, root: str) -> Finding:
    read = [fact for fact in _roots(one) if fact.value != UNREADABLE]
    if not read:
        message = (
            f"第{one.item}项的{one.called}上的归档根码看不清，档案现在是 {root}。"
            "请看原件：一致的，写明理由；不一致的，重新打印办理。"
        )
        return _finding(file, rule, one, "approval-unread", Severity.WARNING, message, _roots(one)[0])
    other = next((fact for fact in read if fact.value != root), read[0])
    message = (
        f"第{one.item}项的{one.called}上的归档根码是 {other.value}，档案现在是 {root}：审批以后材料有增减或改动。"
        f"请核对改了什么，再用 archivist generate 销号审批表 {file.code} 重新打印、审批。"
    )
    return _finding(file, rule, one, "approval-changed", Severity.ERROR, message, other)


def _unsealed(file: ProjectFile, rule: ApprovalRule, one: Holding) -> Finding:
    message = f"第{one.item}项的{one.called}上没看到盖章。请看原件；确实盖了章的，把核对情况写作理由。"
    return _finding(file, rule, one, "approval-unsealed", Severity.WARNING, message, _roots(one)[0])


def _missing(file: ProjectFile, rule: ApprovalRule) -> Finding:
    message = (
        "没有归档签字盖章的销号审批表。"
        f"请用 archivist generate 销号审批表 {file.code} 打印，逐级签字、盖章后把扫描件放进收件箱。"
    )
    return Finding(file.code, None, "approval-missing", Severity.ERROR, message, clause=_clause(rule))


def _finding(
    file: ProjectFile,
    rule: ApprovalRule,
    one: Holding,
    code: str,
    severity: Severity,
    message: str,
    fact: Fact,
) -> Finding:
    return Finding(file.code, one.item, code, severity, message, one.id, fact.page, fact.quote, _clause(rule))


def _clause(rule: ApprovalRule) -> str:
    return f"{rule.clause}“{rule.quote}”"
