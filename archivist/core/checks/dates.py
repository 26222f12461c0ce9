"""Whether documents are dated: not in the future (日期有误), and at all, where no order rule asks (日期没有读出)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules
from archivist.core.document import Holding
from archivist.core.model import Severity
from archivist.core.paper.dating import UNREAD

CODES = ("future-date", "undated")


def dates(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """All documents that are dated, of every item; and those of items that must be there that are not."""
    dated = [one for one in file.documents if one.date]
    found = tuple(
        Finding(
            file.code,
            one.item,
            "future-date",
            Severity.ERROR,
            f"{one.called}的日期 {one.date} 晚于今天（{today.isoformat()}）。请看原件；"
            f"读错了的，用 archivist date {one.id} 日期 更正。",
            one.id,
            one.marks.dated.page if one.marks.dated else None,
            one.marks.dated.quote if one.marks.dated else None,
            rules.item(one.item).clause,
        )
        for one in dated
        if one.date and one.date > today.isoformat()
    )
    told = f"{len(dated)} 件有日期的材料，与 {today.isoformat()} 比较"
    outcome = Outcome.BREACHED if found else Outcome.PASSED if dated else Outcome.NOT_NEEDED
    yield Checked("future-date", "有日期的材料，日期不晚于今天", "附件4", outcome, told, found)
    undated = tuple(_undated(file, rules))
    required = [one for one in file.documents if rules.item(one.item).required]
    outcome = Outcome.UNCLEAR if undated else Outcome.PASSED if required else Outcome.NOT_NEEDED
    told = f"{len(required)} 件必须有的材料，{sum(one.date is None for one in required)} 件没有日期"
    yield Checked("undated", "必须有的材料都有日期", "附件4", outcome, told, undated)


def _undated(file: ProjectFile, rules: Rules) -> Iterator[Finding]:
    """What no order rule misses the date of: those say it themselves, and that they could not compare."""
    ordered = {number for rule in rules.procedure.orders for step in rule.steps for number in step.items}
    for one in file.documents:
        rule = rules.item(one.item)
        if one.date is None and rule.required and one.item not in ordered:
            message = (
                f"第{one.item}项{one.called}{_why(one)}，请看原件，登记日期：archivist date {one.id} 日期"
            )
            yield Finding(
                file.code,
                one.item,
                "undated",
                Severity.INFO,
                message,
                one.id,
                one.pages[0],
                None,
                rule.clause,
            )


def _why(one: Holding) -> str:
    said = next((reason for reason in one.reasons if reason.startswith(UNREAD)), UNREAD)
    return said.partition("，请看原件")[0]
