"""Whether documents are dated: not in the future (日期有误), and at all, where no order rule asks (日期没有读出)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules
from archivist.core.document import Holding
from archivist.core.model import Severity
from archivist.core.paper.dating import UNREAD
from archivist.core.patterns import lazily
from archivist.core.words.doing import enter_date

CODES = ("future-date", "undated", "date-entered")

_ENTERED = lazily(r"^日期由 (?P<who>.+) 登记为 (?P<day>\d{4}-\d\d-\d\d)（原为 (?P<read>\d{4}-\d\d-\d\d)）")


def dates(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """All documents that are dated, of every item; and those of items that must be there that are not."""
    dated = [one for one in file.documents if one.date]
    found = tuple(
        Finding(
            file.code,
            one.item,
            "future-date",
            Severity.ERROR,
            f"{_ahead(one, today)}请看原件；读错了的，用 archivist date {one.id} 日期 更正。",
            one.id,
            one.marks.dated.page if one.marks.dated else None,
            one.marks.dated.quote if one.marks.dated else None,
            rules.item(one.item).clause,
            in_folder=_ahead(one, today) + enter_date(one.id).folder,
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
    entered = tuple(_entered(file, rules))
    told = f"{len(required)} 件必须有的材料，{len(entered)} 件的日期由人登记，与软件读出的不同"
    outcome = Outcome.UNCLEAR if entered else Outcome.PASSED if required else Outcome.NOT_NEEDED
    yield Checked("date-entered", "由人登记的日期与材料上读出的一致", "附件4", outcome, told, entered)


def _entered(file: ProjectFile, rules: Rules) -> Iterator[Finding]:
    """Dates that a person put in the place of one that was read: whoever lets the project go says why."""
    for one in file.documents:
        rule = rules.item(one.item)
        said = [match for reason in one.reasons if (match := _ENTERED.search(reason))]
        if not rule.required or not said or said[0]["read"] == one.date:
            continue
        message = (
            f"第{one.item}项{one.called}上读出的日期是 {said[0]['read']}，由 {said[-1]['who']} 登记为 {one.date}。"
            "请看原件，把核对情况写作理由。"
        )
        yield Finding(
            file.code,
            one.item,
            "date-entered",
            Severity.WARNING,
            message,
            one.id,
            one.pages[0],
            None,
            rule.clause,
        )


def _undated(file: ProjectFile, rules: Rules) -> Iterator[Finding]:
    """What no order rule misses the date of: those say it themselves, and that they could not compare."""
    ordered = {number for rule in rules.procedure.orders for step in rule.steps for number in step.items}
    for one in file.documents:
        rule = rules.item(one.item)
        if one.date is None and rule.required and one.item not in ordered:
            what, do = f"第{one.item}项{one.called}{_why(one)}，", enter_date(one.id)
            yield Finding(
                file.code,
                one.item,
                "undated",
                Severity.INFO,
                what + do.command,
                one.id,
                one.pages[0],
                None,
                rule.clause,
                in_folder=what + do.folder,
            )


def _ahead(one: Holding, today: date) -> str:
    return f"{one.called}的日期 {one.date} 晚于今天（{today.isoformat()}）。"


def _why(one: Holding) -> str:
    said = next((reason for reason in one.reasons if reason.startswith(UNREAD)), UNREAD)
    return said.partition("，请看原件")[0]
