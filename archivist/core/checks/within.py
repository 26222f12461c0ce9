"""Whether a paper agrees with itself: a public notice (公示) stands as long as it says, parts are not more than a sum."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import takewhile

from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules, cited
from archivist.core.compare.money import told as in_words
from archivist.core.crossrules import InPaperRules
from archivist.core.document import Holding
from archivist.core.model import Fact, Severity
from archivist.core.paper.facts import PART

CODES = ("publicity-short", "publicity-running", "sums-differ")

_CENTS = Decimal(100)
"""Sums of 万元 with two decimals may be off by as much."""


def within(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """The notices, then the sums."""
    rule = rules.procedure.cross.within
    if rule is None:
        return
    notices = [(held, fact) for held in file.documents for fact in held.facts if fact.name == rule.publicity]
    found = [one for held, fact in notices if (one := _notice(file, rule, held, fact, today)) is not None]
    yield _checked("publicity", "公示期和公示写的天数一致，已经结束", rule, len(notices), "件公示", found)
    sums = [(held, *each) for held in file.documents for each in _sums(held, rule)]
    found = [_sum(file, rule, *each) for each in sums if sum(map(_yuan, each[2])) > _yuan(each[1]) + _CENTS]
    yield _checked("sums", "分项之和不超过总数", rule, len(sums), "处有分项的金额", found)


def _checked(
    slug: str, name: str, rule: InPaperRules, looked: int, what: str, found: list[Finding]
) -> Checked:
    outcome = Outcome.BREACHED if found else Outcome.PASSED if looked else Outcome.NOT_NEEDED
    told = f"{looked} {what}" if looked else f"没有读到{what[1:]}"
    return Checked(slug, name, cited(rule), outcome, told, tuple(found))


def _notice(file: ProjectFile, rule: InPaperRules, held: Holding, fact: Fact, today: date) -> Finding | None:
    begins, _, ends = fact.value.partition("/")
    place = f"第{held.item}项{held.called}的公示期是 {begins} 至 {ends}"
    days = (date.fromisoformat(ends) - date.fromisoformat(begins)).days + 1
    if days < int(fact.detail or 1):
        message = f"{place}，共 {max(days, 0)} 天，不够它自己写的 {fact.detail or 1} 天。请看原件，写明理由。"
        return _finding(file, rule, "publicity-short", message, held, fact)
    if date.fromisoformat(ends) >= today:
        message = f"{place}，还没有结束。结束以后再办理；结果有异议的，先处理。"
        return _finding(file, rule, "publicity-running", message, held, fact)
    return None


def _sums(held: Holding, rule: InPaperRules) -> Iterator[tuple[Fact, list[Fact]]]:
    """Each sum with the parts that follow it."""
    for at, fact in enumerate(held.facts):
        if fact.name in rule.sums:
            name = fact.name + PART
            parts = list(takewhile(lambda one, name=name: one.name == name, held.facts[at + 1 :]))  # type: ignore[misc]
            if parts:
                yield fact, parts


def _sum(file: ProjectFile, rule: InPaperRules, held: Holding, whole: Fact, parts: list[Fact]) -> Finding:
    added = in_words(str(sum(map(_yuan, parts))))
    message = (
        f"第{held.item}项{held.called}写的{whole.name}是{in_words(whole.value)}，"
        f"分项加起来是{added}，超过了总数。请看原件：写错的改正；没有错的，写明理由。"
    )
    return _finding(file, rule, "sums-differ", message, held, whole)


def _yuan(fact: Fact) -> Decimal:
    return Decimal(fact.value)


def _finding(
    file: ProjectFile, rule: InPaperRules, code: str, message: str, held: Holding, fact: Fact
) -> Finding:
    return Finding(
        file.code,
        held.item,
        code,
        Severity.WARNING,
        message,
        held.id,
        fact.page,
        fact.quote,
        cited(rule),
    )
