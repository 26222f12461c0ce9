"""Whether the steps of a procedure (程序) follow one another by the dates of their documents.

A document of a step is in order when something of each item of the step before it is dated on or before its day: a
second meeting later on breaks nothing. A step all of whose items need not be handed in (免交) is passed over, and the
step before it counts. Where a date is not known nothing is taken for granted: the comparison was not made.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules, cited
from archivist.core.document import Holding
from archivist.core.model import Severity
from archivist.core.rules import OrderRule, Step
from archivist.core.words.doing import enter_date

CODES = ("order-*", "order-*-not-run")
"""* stands for the rule's slug in procedure.toml."""


def order(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """One for each order rule."""
    for rule in rules.procedure.orders:
        yield _checked(file, rules, rule)


def _checked(file: ProjectFile, rules: Rules, rule: OrderRule) -> Checked:
    breaches: list[Finding] = []
    undated = list(_undated(file, rules, rule))
    missing = [item for step in rule.steps for item in _absent(file, step)]
    before: Step | None = None
    compared = 0
    for step in rule.steps:
        if not any(one.date for item in step.items for one in file.papers(item)):
            continue
        if before is not None:
            compared += 1
            breaches += _breaches(file, rule, before, step)
        before = step
    findings = (*breaches, *undated)
    if breaches:
        outcome = Outcome.BREACHED
    elif undated or missing:
        outcome = Outcome.NOT_RUN
    else:
        outcome = Outcome.PASSED if compared else Outcome.NOT_NEEDED
    clause = cited(rule)
    return Checked(rule.slug, rule.name, clause, outcome, _compared(file, rule, missing), findings)


def _absent(file: ProjectFile, step: Step) -> Iterator[int]:
    """Items of a step that should be there and are not."""
    for item in step.items:
        if not file.papers(item) and item not in file.waivers:
            yield item


def _breaches(file: ProjectFile, rule: OrderRule, before: Step, step: Step) -> Iterator[Finding]:
    for earlier in before.items:
        dated = [one for one in file.papers(earlier) if one.date]
        if not dated:
            continue
        first = min(dated, key=lambda one: one.date or "")
        for item in step.items:
            for one in file.papers(item):
                if one.date and first.date and one.date < first.date:
                    yield _breach(file, rule, (before, first), (step, one))


def _breach(
    file: ProjectFile, rule: OrderRule, first: tuple[Step, Holding], then: tuple[Step, Holding]
) -> Finding:
    (before, earlier), (step, later) = first, then
    message = (
        f"顺序不对：{step.name}（第{later.item}项{later.called}，{later.date}）"
        f"早于{before.name}（第{earlier.item}项{earlier.called}，{earlier.date}）。"
        + ("" if rule.strict else "方案写的是“原则上”，确有原因的要写明理由。")
    )
    return Finding(
        file.code,
        later.item,
        f"order-{rule.slug}",
        Severity.ERROR if rule.strict else Severity.WARNING,
        message,
        later.id,
        later.marks.dated.page if later.marks.dated else later.pages[0],
        later.marks.dated.quote if later.marks.dated else None,
        cited(rule),
    )


def _undated(file: ProjectFile, rules: Rules, rule: OrderRule) -> Iterator[Finding]:
    """Documents that could not be compared for want of a date: that is no pass."""
    for step in rule.steps:
        for item in step.items:
            for one in file.papers(item):
                if one.date is None:
                    what = f"没有检查：第{item}项{one.called}看不出日期，不能与前后各步比较。"
                    do = enter_date(one.id)
                    yield Finding(
                        file.code,
                        item,
                        f"order-{rule.slug}-not-run",
                        Severity.ERROR,
                        what + do.command,
                        one.id,
                        one.pages[0],
                        None,
                        cited(rule),
                        in_folder=what + do.folder,
                    )


def _compared(file: ProjectFile, rule: OrderRule, missing: list[int]) -> str:
    """The dates that were compared, step by step."""
    steps = []
    for step in rule.steps:
        parts = []
        for item in step.items:
            held = file.papers(item)
            days = "、".join(sorted({one.date or "日期不明" for one in held}))
            state = days or ("缺件，没有比较" if item in missing else "免交")
            parts.append(f"第{item}项 {state}")
        steps.append(f"{step.name}（{'；'.join(parts)}）")
    return " → ".join(steps)
