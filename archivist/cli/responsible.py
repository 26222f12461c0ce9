"""``archivist responsible``: a person says who is responsible for a document (责任者)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archivist.cli.common import decided, workspace
from archivist.cli.parameters import examples, known_document, sure_option
from archivist.core.overruling import told_in
from archivist.errors import UsageError
from archivist.render.text import plain

if TYPE_CHECKING:
    from archivist.core.document import Document
    from archivist.core.overruling import Sure


@click.command(
    "responsible",
    epilog=examples(
        "archivist responsible D00012 重庆市大足区珠溪镇人民政府",
        "archivist responsible D00015 区农业农村委；区财政局",
    ),
)
@click.argument("document", metavar="材料编号")
@click.argument("body", metavar="责任者")
@sure_option
def command(document: str, body: str, yes: bool) -> None:
    """登记一份材料的责任者（形成材料的单位或个人），用全称或规范化简称，目录按此填写。决定会连同操作人、时间记入日志。

    软件从材料上看出来的不用登记。别人登记得不一样的，先说明是谁、什么时候登记的，确认后才改。
    """
    from archivist.core.words.bodies import cleaned, fault

    if wrong := fault(body):
        raise UsageError(wrong)
    row = decided(yes, lambda sure: _enter(document, cleaned(body), sure))
    if changed := told_in(row.reasons[-1:]):
        click.echo(plain(changed))
    click.echo(plain(f"已登记：{row.id} 的责任者是{row.responsible}。"))


def _enter(document: str, body: str, sure: Sure) -> Document:
    from archivist.decisions.describing import answered_for
    from archivist.decisions.desk import at_desk

    with at_desk(workspace(), "responsible") as desk:
        row = answered_for(desk.index, known_document(desk.index, document), body, sure)
        desk.refresh_pages([row.project] if row.project else [])
    return row
