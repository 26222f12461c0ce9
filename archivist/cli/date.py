"""``archivist date``: a person says what a document is dated (日期), where it was not read or was misread."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from archivist.cli.common import decided, tell_in_folders, workspace
from archivist.cli.parameters import examples, known_document, sure_option
from archivist.core.overruling import told_in
from archivist.errors import UsageError
from archivist.render.text import plain

if TYPE_CHECKING:
    from archivist.core.document import Document
    from archivist.core.overruling import Sure

_DATE = re.compile(r"(\d{4})[-年./](\d{1,2})[-月./](\d{1,2})日?")


@click.command(
    "date",
    epilog=examples("archivist date D00012 2024-11-20", "archivist date D00012 2024年11月20日"),
)
@click.argument("document", metavar="材料编号")
@click.argument("day", metavar="日期")
@sure_option
def command(document: str, day: str, yes: bool) -> None:
    """登记一份材料的日期：软件没有看出来或看错了的，看着原件更正。会连同操作人、时间记入日志，文件名不变。

    别人登记过另一个日期的，先说明是谁、什么时候登记的，确认后才改。
    """
    iso = _iso(day)
    row = decided(yes, lambda sure: _enter(document, iso, sure))
    if changed := told_in(row.reasons[-1:]):
        click.echo(plain(changed))
    click.echo(f"已登记：{row.id} 的日期是 {iso}。")


def _enter(document: str, iso: str, sure: Sure) -> Document:
    from archivist.decisions.describing import dated

    opened = workspace()
    with opened.writing("date") as index:
        row = dated(index, known_document(index, document), iso, sure)
        tell_in_folders(opened, index, [row.project] if row.project else [])
    return row


def _iso(day: str) -> str:
    from datetime import date

    from archivist.core.paper.dates import written_in
    from archivist.core.text import normal

    words = normal(day).strip()
    match = _DATE.fullmatch(words)
    if match is None:  # 二〇二四年十一月二十日
        whole = [
            one.iso for one in written_in(words) if one.whole and (one.start, one.end) == (0, len(words))
        ]
        return whole[0] if whole else _refuse(day)
    try:
        return date(*map(int, match.groups())).isoformat()
    except ValueError:
        return _refuse(day)


def _refuse(day: str) -> str:
    raise UsageError(f"“{day}”不是日期。请写成 2024-11-20 或 2024年11月20日。")
