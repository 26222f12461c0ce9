"""Whether what a signed 销号审批表 says it was signed for is what the archive holds: its root code (归档根码).

Another code in the archive says that papers were added, taken away or changed since; then it was signed for something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules, cited
from archivist.core.document import Holding
from archivist.core.evidence import EvidenceState, grade
from archivist.core.model import Fact, Severity
from archivist.core.rootcode import FACT, UNREADABLE, evidence_root, prints_a_root
from archivist.core.rules import RootRule
from archivist.core.words.doing import print_again

CODES = ("root-changed", "root-unread")


def root(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """The papers filed that print a root code: one of them must be for the evidence as it is. A draft is kept, no more."""
    rule = rules.procedure.root
    if rule is None:
        return
    now = evidence_root(file.documents).printed
    papers = [
        one for one in file.documents if prints_a_root(one) and grade(one).state is not EvidenceState.DRAFT
    ]
    good = next((one for one in papers if {fact.value for fact in _roots(one)} == {now}), None)
    found = () if good else tuple(_wrong(file, rule, one, now) for one in papers)
    if good is not None:
        told = f"{good.called}上的归档根码与档案一致：{now}"
    elif papers:
        told = f"{len(papers)} 份印有归档根码的材料；档案现在的归档根码是 {now}"
    else:
        told = f"没有印有归档根码的材料；档案现在的归档根码是 {now}"
    yield Checked("root", "审批表上的归档根码与档案一致", rule.clause, _outcome(papers, found), told, found)


def _outcome(papers: list[Holding], found: tuple[Finding, ...]) -> Outcome:
    if any(one.severity is Severity.ERROR for one in found):
        return Outcome.BREACHED
    if found:
        return Outcome.UNCLEAR
    return Outcome.PASSED if papers else Outcome.NOT_NEEDED


def _roots(one: Holding) -> list[Fact]:
    return [fact for fact in one.facts if fact.name == FACT]


def _wrong(file: ProjectFile, rule: RootRule, one: Holding, now: str) -> Finding:
    read = [fact for fact in _roots(one) if fact.value != UNREADABLE]
    if not read:
        message = (
            f"第{one.item}项的{one.called}上的归档根码看不清，档案现在是 {now}。"
            "请看原件：一致的，写明理由；不一致的，重新打印办理。"
        )
        return _finding(file, rule, one, "root-unread", Severity.WARNING, message, _roots(one)[0])
    other = next((fact for fact in read if fact.value != now), read[0])
    what = f"第{one.item}项的{one.called}上的归档根码是 {other.value}，档案现在是 {now}：审批以后材料有增减或改动。"
    do = print_again(file.code)
    found = _finding(file, rule, one, "root-changed", Severity.ERROR, what + do.command, other)
    return replace(found, in_folder=what + do.folder)


def _finding(
    file: ProjectFile, rule: RootRule, one: Holding, code: str, severity: Severity, message: str, fact: Fact
) -> Finding:
    clause = cited(rule)
    return Finding(file.code, one.item, code, severity, message, one.id, fact.page, fact.quote, clause)
