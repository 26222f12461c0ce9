"""Whether documents are dated in the future: then the date is wrong, or was read wrongly (日期有误)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules
from archivist.core.model import Severity

CODES = ("future-date",)


def dates(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """All documents that are dated, of every item."""
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
