"""Whether minutes were issued (印发): a number (文号、期号), a seal, or the signature of who signed them off (签发).

A printout of a draft looks like the minutes and is none: what was issued carries one of these.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules
from archivist.core.document import Holding
from archivist.core.evidence import EvidenceRule
from archivist.core.model import Seen, Severity
from archivist.core.rules import ItemRule

CODES = ("unissued", "issue-unclear")


def issued(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """For each item whose papers are issued. One that shows it is enough."""
    for rule in rules.items:
        if rule.evidence.issued:
            yield _one(file, rule)


def _one(file: ProjectFile, rule: ItemRule) -> Checked:
    slug, name = f"issued-{rule.number}", f"第{rule.number}项“{rule.short}”是印发的"
    held = file.papers(rule.number)
    if not held:
        return Checked(slug, name, rule.clause, *file.without_papers(rule.number))
    shown = next((told for one in held if (told := _shown(one, rule.evidence))), "")
    if shown:
        return Checked(slug, name, rule.clause, Outcome.PASSED, shown)
    asked = f"{'、'.join(rule.evidence.issued)}、印章或签发人签字"
    sure = all(one.sealed is Seen.NO for one in held)
    told = f"没有{asked}" if sure else f"没有读出{asked}"
    message = f"第{rule.number}项“{rule.short}”的{held[0].called}{told}，看不出已经印发。" + (
        "请把印发的正式文本扫描归档。"
        if sure
        else "请看原件：确实印发了的，写明理由；还是草稿的，换成印发的正式文本。"
    )
    return Checked(
        slug,
        name,
        rule.clause,
        Outcome.BREACHED if sure else Outcome.UNCLEAR,
        told,
        (_finding(file, rule, held, message, sure),),
    )


def _shown(one: Holding, rule: EvidenceRule) -> str:
    """What shows that a paper was issued; "" when nothing does."""
    fact = next((fact for fact in one.facts if fact.name in rule.issued), None)
    if fact is not None:
        return f"{fact.name} {fact.value}"
    if one.sealed is Seen.YES:
        return "盖有印章"
    signed = [place.label for place in one.marks.signatures if place.seen is Seen.YES]
    return next(
        (f"有签字（{label}）" for label in signed if any(word in label for word in rule.signed_off)), ""
    )


def _finding(file: ProjectFile, rule: ItemRule, held: Sequence[Holding], message: str, sure: bool) -> Finding:
    code, severity = ("unissued", Severity.ERROR) if sure else ("issue-unclear", Severity.WARNING)
    first = held[0]
    return Finding(
        file.code, rule.number, code, severity, message, first.id, first.pages[0], first.title, rule.clause
    )
