"""Options several commands share, and the parameter types whose errors are told in Chinese."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    IntParam = click.ParamType[int]
else:
    IntParam = click.ParamType  # older click has no type parameter here


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
