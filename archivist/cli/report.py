"""``archivist report``: reports to print (报表)."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from archivist.cli.parameters import DAY, Number, examples, report_or_folder_options
from archivist.errors import UsageError

if TYPE_CHECKING:
    from archivist.core.reports.report import Report
    from archivist.questions.reports.asked import Asked, Filters

REPORTS = {
    "completeness": ("completeness:completeness", "齐全情况：镇街、项目、归档内容，缺多少、缺什么"),
    "findings": ("findings:findings", "检查发现的问题：按镇街、按规则，逐条列出"),
    "missing": ("missing:missing", "缺件清单，按镇街小计"),
    "activity": ("activity:activity", "经办记录：谁在什么时候做了什么"),
    "evidence": (
        "evidence:evidence",
        "一个项目的归档依据：逐份、逐页，附页面小图，框出印章、签字、日期和引文",
    ),
    "deregistrations": (
        "deregistrations:deregistrations",
        "销号情况：已销号、重新打开、等待确认，依据还在不在",
    ),
    "four-properties": ("fourproperties:four_properties", "四性检测：真实、完整、可用、安全"),
}
"""Name → module:function in `questions.reports`, one line of help. A report is one line here and one file there."""

PLACES = ("township", "project")
EVIDENCE = "evidence"
"""The report that is one project's, and so a file for each of several."""
FILTERS = {
    EVIDENCE: (*PLACES, "pages"),
    "missing": ("township",),
    "activity": (*PLACES, "person", "since", "until"),
}
"""What a report may be narrowed down to, where that is not its `PLACES`."""

_NAMED = {
    "township": "--township",
    "project": "--project",
    "person": "--person",
    "since": "--since",
    "until": "--until",
    "pages": "--pages",
}
_LISTED = "\b\n报表：\n" + "\n".join(f"  {name:<17}{told}" for name, (_, told) in REPORTS.items())


def maker(name: str) -> Callable[[Asked], Report]:
    """The function that makes the report ``name``; KeyError for what is none."""
    module, _, function = REPORTS[name][0].partition(":")
    make: Callable[[Asked], Report] = getattr(
        import_module(f"archivist.questions.reports.{module}"), function
    )
    return make


@click.command(
    "report",
    epilog=_LISTED
    + "\n\n"
    + examples(
        "archivist report completeness",
        "archivist report completeness -f html",
        "archivist report completeness --project DZ-2018-0017 -f docx",
        "archivist report missing -o 缺件.xlsx",
        "archivist report activity --since 2024-11-01 --until 2024-11-30",
        "archivist report evidence DZ-2018-0017 -f html",
        "archivist report evidence --township 珠溪镇 -o 依据/",
    ),
)
@click.argument("name", metavar="报表", type=click.Choice(list(REPORTS)))
@click.argument("projects", metavar="[项目编号]…", nargs=-1)
@click.option("--township", metavar="镇街", help="只看一个镇街（名称写一部分也可以）。")
@click.option("--project", metavar="项目编号", help="只看一个项目。")
@click.option("--person", metavar="姓名", help="只看一个人办的（经办记录；写一部分也可以）。")
@click.option("--since", metavar="日期", type=DAY, help="从这一天起（经办记录），写成 2024-11-08。")
@click.option("--until", metavar="日期", type=DAY, help="到这一天止（经办记录），写成 2024-11-08。")
@click.option(
    "--pages",
    metavar="页数",
    type=Number(0, 100_000),
    help="一个项目最多列出多少页（evidence；不写就是 200 页）。",
)
@report_or_folder_options
def command(
    name: str, projects: tuple[str, ...], form: str | None, output: str | None, **filters: Any
) -> int | None:
    """出报表：给领导、审计看的和打印的。只看，不改动任何东西。

    html、xlsx、docx、pdf 不写 -o 的，存到当前文件夹，用报表的名称和日期作文件名；已有的文件从不覆盖。
    PDF 要装有 LibreOffice。
    """
    from archivist.cli.reporting import form_asked, give
    from archivist.questions.reports.asked import Filters

    allowed = FILTERS.get(name, PLACES)
    for key, value in filters.items():
        if value is not None and key not in allowed:
            raise UsageError(
                f"{name} 不能按 {_NAMED[key]} 筛选。可以用的有：{'、'.join(_NAMED[one] for one in allowed)}。"
            )
    wanted = Filters(**filters)
    _in_order(wanted)
    make: Any = maker(name)
    if name == EVIDENCE:
        from archivist.cli.evidencefolder import give_evidence

        return give_evidence(make, projects, form, output, wanted)
    if projects:
        raise UsageError(f"{name} 不列项目编号；只看一个项目请写 --project {projects[0]}")
    if output is not None and os.path.isdir(output):  # noqa: PTH112  (pathlib is not loaded on this path)
        raise UsageError(f"“{output}”是文件夹。请写明文件名，例如 {os.path.join(output, name)}.html")  # noqa: PTH118
    give(make, form_asked(output, form), output, wanted)
    return None


def _in_order(filters: Filters) -> None:
    if filters.since and filters.until and filters.since > filters.until:
        raise UsageError(f"--since {filters.since} 晚于 --until {filters.until}，中间没有一天。")
