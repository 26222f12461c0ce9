"""Whether the assessment (核查评估) tells what the plan asks for, and advises that the project goes (处置建议).

Of several assessments the latest counts for the advice; what they tell counts together.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules, cited
from archivist.core.crossrules import AssessmentRule
from archivist.core.document import Holding
from archivist.core.model import Fact, Severity

CODES = ("assessment-gaps", "advice-against", "advice-unclear")


def assessment(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """What it tells, then what it advises."""
    rule = rules.procedure.cross.assessment
    if rule is None:
        return
    held = [one for one in file.documents if one.item in rule.items]
    if not held:
        waived = all(item in file.waivers for item in rule.items)
        outcome = Outcome.NOT_NEEDED if waived else Outcome.NOT_RUN
        told = "免交" if waived else "没有材料可看"
        yield Checked("assessment-points", _WHOLE, cited(rule), outcome, told)
        yield Checked("advice", _GOES, cited(rule), outcome, told)
        return
    yield _told(file, rule, held)
    yield _advice(file, rule, held)


_WHOLE, _GOES = "评估报告写全了方案要求查清的情况", "评估报告建议退出"


def _told(file: ProjectFile, rule: AssessmentRule, held: list[Holding]) -> Checked:
    there = {fact.name for one in held for fact in one.facts if fact.project in ("", file.code)}
    gaps = [point.name for point in rule.points if not there.intersection(point.facts)]
    if not gaps:
        return Checked(
            "assessment-points", _WHOLE, cited(rule), Outcome.PASSED, f"{len(rule.points)} 项都写到了"
        )
    told = f"没有读到：{'、'.join(gaps)}"
    message = f"第{held[0].item}项{held[0].called}{told}。请看原件：写了的，写明在第几页；没有写的，请评估单位补充。"
    finding = _finding(file, rule, "assessment-gaps", Severity.WARNING, message, held[0], None)
    return Checked("assessment-points", _WHOLE, cited(rule), Outcome.BREACHED, told, (finding,))


def _advice(file: ProjectFile, rule: AssessmentRule, held: list[Holding]) -> Checked:
    said = [
        (one, [fact for fact in one.facts if fact.name == rule.advice and fact.project in ("", file.code)])
        for one in held
    ]
    advising = [(one, facts) for one, facts in said if facts]
    one, facts = max(advising, key=lambda each: each[0].date or "", default=(held[0], []))
    against = next((fact for fact in facts if fact.value in rule.no), None)
    agrees = next((fact for fact in facts if fact.value in rule.yes), None)
    if agrees is not None and against is None:
        return Checked("advice", _GOES, cited(rule), Outcome.PASSED, f"“{agrees.quote[:80]}”")
    place = f"第{one.item}项{one.called}"
    if against is not None and agrees is None:
        told = f"{place}的建议是“{against.value}”：“{against.quote[:80]}”"
        message = f"{told}，不能作为退出的依据。重新评估以后，把新的评估报告归档。"
        finding = _finding(file, rule, "advice-against", Severity.ERROR, message, one, against)
        return Checked("advice", _GOES, cited(rule), Outcome.BREACHED, told, (finding,))
    told = "建议退出，又有别的建议" if against is not None else "没有读出建议退出"
    message = f"{place}{told}。请看原件：确实建议退出的，写明理由；不是的，改正归档。"
    finding = _finding(file, rule, "advice-unclear", Severity.WARNING, message, one, against)
    return Checked("advice", _GOES, cited(rule), Outcome.UNCLEAR, told, (finding,))


def _finding(
    file: ProjectFile,
    rule: AssessmentRule,
    code: str,
    severity: Severity,
    message: str,
    held: Holding,
    fact: Fact | None,
) -> Finding:
    page, quote = (fact.page, fact.quote) if fact else (held.pages[0], held.title)
    return Finding(file.code, held.item, code, severity, message, held.id, page, quote, cited(rule))
