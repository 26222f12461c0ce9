"""Whether papers that tell of a meeting tell its day and its counts as its own paper does (同一次会议)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules, cited
from archivist.core.crossrules import MeetingRule
from archivist.core.document import Holding
from archivist.core.model import Fact, Severity

CODES = ("meeting-date", "meeting-votes")


def meetings(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """One for each meeting that others tell of."""
    for rule in rules.procedure.cross.meetings:
        yield _checked(file, rule)


def _checked(file: ProjectFile, rule: MeetingRule) -> Checked:
    own = [held for held in file.of(rule.item) if held.date]
    told = [
        (held, fact)
        for held in file.documents
        if held.item != rule.item
        for fact in held.facts
        if fact.name == rule.fact and fact.project in ("", file.code) and _near(own, fact, rule.days)
    ]
    slug, name, clause = (
        f"meeting-{rule.item}",
        f"别的材料写的{rule.name}与记录一致",
        cited(rule),
    )
    if not told:
        return Checked(slug, name, clause, Outcome.NOT_NEEDED, f"别的材料没有写到{rule.name}的日期")
    found = tuple(one for held, fact in told for one in _findings(file, rule, own, held, fact))
    days = "、".join(sorted({fact.value for _, fact in told}))
    outcome = Outcome.BREACHED if found else Outcome.PASSED
    return Checked(slug, name, clause, outcome, f"{len(told)} 处写到：{days}", found)


def _near(own: list[Holding], fact: Fact, days: int) -> bool:
    """Whether it may be this meeting that is told of."""
    day = date.fromisoformat(fact.value)
    return any(abs((date.fromisoformat(held.date) - day).days) <= days for held in own if held.date)


def _findings(
    file: ProjectFile, rule: MeetingRule, own: list[Holding], held: Holding, fact: Fact
) -> Iterator[Finding]:
    """A day that is none of the meeting's papers'; else counts that are not theirs."""
    first = own[0]
    if all(one.date != fact.value for one in own):
        yield _finding(
            file,
            rule,
            "meeting-date",
            (held, fact),
            f"{rule.name}的日期是 {fact.value}",
            first,
            None,
            f"{first.date}",
        )
        return
    counts = {
        one.name: one for record in file.of(rule.item) for one in record.facts if one.name in rule.counts
    }
    for told in fact.detail.split("、"):
        for name, count in counts.items():
            if told.startswith(name) and told.removeprefix(name) != count.value:
                what = f"{rule.name}{told}"
                yield _finding(
                    file, rule, "meeting-votes", (held, fact), what, first, count, f"{name}{count.value}"
                )
                return


def _finding(
    file: ProjectFile,
    rule: MeetingRule,
    code: str,
    where: tuple[Holding, Fact],
    what: str,
    own: Holding,
    count: Fact | None,
    said: str,
) -> Finding:
    held, fact = where
    dated = own.marks.dated
    page, quote = (
        (count.page, count.quote)
        if count
        else (dated.page, dated.quote)
        if dated
        else (own.pages[0], own.title)
    )
    message = (
        f"第{held.item}项{held.called}写的{what}，"
        f"第{own.item}项{own.called}第{page}页“{(quote or '')[:60]}”是{said}，不一致。"
        "请看原件：写错的改正；没有错的，写明理由。"
    )
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
        own.id,
        page,
        quote,
    )
