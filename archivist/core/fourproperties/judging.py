"""The four properties of a project: every check of the data made, what people verified by hand counted in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from archivist.core.fourproperties.files import OF_FILES
from archivist.core.fourproperties.manual import Manual, TakenBack
from archivist.core.fourproperties.values import (
    FILE,
    Answer,
    CheckRule,
    Examined,
    Facts,
    FourRules,
    Judged,
    OfFile,
    Result,
)
from archivist.core.fourproperties.whole import OF_WHOLE, together

_BY_NUMBER = frozenset({"pattern", "repeated", "continuous"})
"""Checks of 档号: for a person only as long as there is none, and then there is nothing that a person could verify."""


def examined(
    facts: Facts, rules: FourRules, manual: Iterable[Manual] = (), undone: Sequence[TakenBack] = ()
) -> Examined:
    """Make every check of one project; ``undone`` are what people once found wrong and is not recorded any more."""
    by_code = {one.code: one for one in manual}
    judged, files = [], []
    for rule in rules.checks:
        if rule.level == FILE and rule.how:
            make = OF_FILES[rule.how]
            found = [OfFile(rule.code, one.id, make(facts, one)) for one in facts.listed]
            files += found
            answer = together((one.document, one.answer) for one in found)
        elif rule.how:
            answer = OF_WHOLE[rule.how](facts)
        else:
            answer = Answer(Result.BY_HAND, rule.ask)
        one = _with(rule, answer, by_code.get(rule.code), facts)
        before = [it.told for it in undone if it.found.code == rule.code]
        told = "。".join((one.told, *before))
        judged.append(Judged(rule, one.result, told, one.manual, one.void))
    return Examined(facts.file.code, facts.file.name, tuple(judged), tuple(files))


def _with(rule: CheckRule, answer: Answer, manual: Manual | None, facts: Facts) -> Judged:
    """A check with what a person verified: it stands in for what software cannot tell, and adds what it did not see; what
    software sees wrong no word makes right.
    """
    if manual is None:
        return Judged(rule, answer.result, answer.told)
    void = manual.void(facts.file.documents, facts.lies)
    if void:
        told = f"{answer.told}。{manual.told}，登记为{manual.result}；但{void}，不再算数，请重新核验"
        return Judged(rule, answer.result, told, None, void)
    result = Result(manual.result)
    if answer.result is Result.BY_HAND and result is Result.PASSED and rule.how in _BY_NUMBER:
        told = f"{answer.told}。{manual.told}，登记为通过；没有编档号以前，不算数"
        return Judged(rule, answer.result, told)
    if answer.result is Result.BY_HAND or result is Result.FAILED:
        return Judged(rule, result, manual.told, manual)
    if answer.result is Result.FAILED:
        return Judged(rule, Result.FAILED, f"{answer.told}。{manual.told}，登记为通过，与检测结果不符", None)
    return Judged(rule, answer.result, answer.told, manual if answer.result is result else None)


def refused(rule: CheckRule, judged: Judged, result: str) -> str:
    """Why a person may not record this of a check; "" where they may.

    Args:
        judged: what the software alone says of it.
    """
    if result == Result.FAILED.value:
        return ""
    if judged.result is Result.BY_HAND:
        return _unnumbered(rule) if rule.how in _BY_NUMBER else ""
    if judged.result is Result.FAILED:
        return f"{rule.code} {rule.name}检测不通过（{judged.told}），不能登记为通过。请先改正，再检测。"
    if judged.result is Result.NONE:
        return f"{rule.code} {rule.name}不适用（{judged.told}），不用人工核验。"
    return f"{rule.code} {rule.name}已由软件检测通过，不用人工核验。"


def _unnumbered(rule: CheckRule) -> str:
    return f"{rule.code} {rule.name}要看档号，还没有编档号，不能登记为通过。请先编档号，再检测。"
