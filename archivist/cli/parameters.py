"""Options several commands share, and the parameter types whose errors are told in Chinese."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from archivist.errors import BadInputError, UsageError

if TYPE_CHECKING:
    from archivist.core.document import Document
    from archivist.index.writer import Index

    IntParam = click.ParamType[int]
    FloatParam = click.ParamType[float]
    DayParam = click.ParamType[str]
else:
    IntParam = FloatParam = DayParam = click.ParamType  # older click has no type parameter here


class Number(IntParam):
    """A whole number from ``low`` to ``high`` (整数); help shows no formula."""

    name = "整数"

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number, or say what is allowed."""
        text = str(value).strip()
        if text.isdecimal() and len(text) <= 9 and self.low <= int(text) <= self.high:
            return int(text)
        self.fail(f"应为 {self.low} 到 {self.high} 的整数，现为“{text}”", param, ctx)


class Share(FloatParam):
    """A number from 0 to 1 (把握)."""

    name = "数"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number, or say what is allowed."""
        try:
            number = float(str(value).strip())
        except ValueError:
            number = -1.0
        if not 0 <= number <= 1:
            self.fail(f"应为 0 到 1 的数，例如 0.8，现为“{value}”", param, ctx)
        return number


class Day(DayParam):
    """A day (日期), as 2024-11-08."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the day as ISO 8601 has it, or say how it is written."""
        from datetime import date

        text = str(value).strip()
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            self.fail(f"应写成年-月-日，例如 2024-11-08，现为“{value}”", param, ctx)


DAY = Day()
ITEM = Number(1, 99)
"""An item of the catalogue; which ones there are is said by the rules, not here."""


def examples(*commands: str) -> str:
    """Return the end of a help page: one example a line, never broken."""
    return "\b\n例：\n" + "\n".join(f"  {command}" for command in commands)


def json_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="逐行输出 JSON（UTF-8），供其他程序使用。")(
        function
    )


def table_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--json``, ``--format`` and ``--output`` of the commands that print a table."""
    save = click.option(
        "-o",
        "--output",
        metavar="文件",
        type=click.Path(dir_okay=False),
        help="保存为新文件：.xlsx、.csv 或 .txt。",
    )
    forms = click.Choice(["text", "csv", "xlsx"])
    form = click.option(
        "-f", "--format", "form", type=forms, help="输出格式；不写则看文件的扩展名，都没有就显示在屏幕上。"
    )
    return json_option(form(save(function)))


FORMS = ("text", "html", "xlsx", "docx", "pdf", "csv", "json")
"""What a report can be."""


def report_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--format`` and ``--output`` of the commands that give a report."""
    told = "保存为新文件：.html、.xlsx、.docx、.pdf、.csv、.json 或 .txt。"
    return _format_and_output(function, click.Path(dir_okay=False), told)


def report_or_folder_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same where several reports may be given, a file each in a folder."""
    told = "保存为新文件：.html、.xlsx、.docx、.pdf、.csv、.json 或 .txt；evidence 有几个项目的写文件夹，末尾加斜杠。"
    return _format_and_output(function, click.Path(), told)


def _format_and_output(function: Callable[..., Any], place: click.Path, told: str) -> Callable[..., Any]:
    save = click.option("-o", "--output", metavar="文件", type=place, help=told)
    form = click.option(
        "-f",
        "--format",
        "form",
        type=click.Choice(FORMS),
        help="输出格式；不写则看文件的扩展名，都没有就显示在屏幕上。",
    )
    return form(save(function))


def reason_given(reason: str) -> str:
    """A reason people wrote, on one line; UsageError when it says nothing."""
    from archivist.core.words.reasons import cleaned, fault

    if wrong := fault(reason):
        raise UsageError(wrong)
    return cleaned(reason)


def sure_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--yes`` of the commands that may change what somebody else decided."""
    told = "别人已经作过决定的，知道了仍要改：不再询问。"
    return click.option("--yes", is_flag=True, help=told)(function)


def known_document(index: Index, document: str) -> Document:
    """The document people named; BadInputError when there is none."""
    row = index.documents.find(document.strip().upper())
    if row is None:
        raise BadInputError(f"没有编号为“{document}”的材料。请用 archivist documents 查看编号。")
    return row
