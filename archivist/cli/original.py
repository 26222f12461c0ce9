"""``archivist original``: a person says whether a document is an original or a copy (原件或复印件)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archivist.cli.common import decided, workspace
from archivist.cli.parameters import examples, known_document, sure_option
from archivist.core.evidence import COPY
from archivist.core.overruling import told_in
from archivist.core.paper.original import ORIGINAL
from archivist.render.text import plain

if TYPE_CHECKING:
    from archivist.core.document import Document
    from archivist.core.overruling import Sure


@click.command(
    "original",
    epilog=examples("archivist original D00012 复印件", "archivist original D00012 原件"),
)
@click.argument("document", metavar="材料编号")
@click.argument("which", metavar="原件|复印件", type=click.Choice([ORIGINAL, COPY]))
@sure_option
def command(document: str, which: str, yes: bool) -> None:
    """登记一份材料是原件还是复印件，归档目录按此填写。决定会连同操作人、时间记入日志。

    别人登记得不一样的，先说明是谁、什么时候登记的，确认后才改。
    """
    row = decided(yes, lambda sure: _enter(document, which, sure))
    if changed := told_in(row.reasons[-1:]):
        click.echo(plain(changed))
    click.echo(f"已登记：{row.id} 是{which}。")


def _enter(document: str, which: str, sure: Sure) -> Document:
    from archivist.decisions.describing import copied
    from archivist.decisions.desk import at_desk

    with at_desk(workspace(), "original") as desk:
        row = copied(desk.index, known_document(desk.index, document), which, sure)
        desk.refresh_pages([row.project] if row.project else [])
    return row
