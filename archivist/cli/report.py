"""``archivist report``: reports to print (报表)."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archivist.core.reports.report import Report
    from archivist.questions.reports.asked import Asked

REPORTS = {
    "completeness": ("completeness:completeness", "齐全情况：镇街、项目、归档内容，缺多少、缺什么"),
    "findings": ("findings:findings", "检查发现的问题：错误、提醒、没有检查成的"),
    "missing": ("missing:missing", "缺件清单，按镇街小计"),
    "activity": ("activity:activity", "经办记录：谁在什么时候做了什么"),
    "deregistrations": ("deregistrations:deregistrations", "销号情况：已销号、重新打开、没有通过、等待确认"),
}
"""Name → module:function in `questions.reports`, one line of help. A report is one line here and one file there."""


def maker(name: str) -> Callable[[Asked], Report]:
    """The function that makes the report ``name``; KeyError for what is none."""
    module, _, function = REPORTS[name][0].partition(":")
    make: Callable[[Asked], Report] = getattr(
        import_module(f"archivist.questions.reports.{module}"), function
    )
    return make
