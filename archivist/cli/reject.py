"""``archivist reject``: a person sends a document back (退回)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archivist.cli.common import decided, workspace
from archivist.cli.parameters import examples, known_document, reason_given, sure_option
from archivist.core.overruling import told_in
from archivist.render.text import plain

if TYPE_CHECKING:
    from archivist.core.document import Document
    from archivist.core.overruling import Sure


@click.command(
    "reject",
    epilog=examples('archivist reject D00012 --reason "没有盖章，请盖章后重新扫描"'),
)
@click.argument("document", metavar="材料编号")
@click.option("--reason", metavar="理由", required=True, help="为什么退回，写进说明里给镇街看。")
@sure_option
def command(document: str, reason: str, yes: bool) -> None:
    """退回一份材料：移到“退回”文件夹，旁边附上写明理由的说明。收到的原件不受影响，可以用 undo 撤销。

    别人已经归档的，先说明是谁、什么时候归到哪里，确认后才退回。
    """
    words = reason_given(reason)
    gone = decided(yes, lambda sure: _reject(document, words, sure))
    if changed := told_in(gone.reasons):
        click.echo(plain(changed))
    click.echo(f"已退回：{gone.path}（理由写在旁边的说明里；撤销：archivist undo {gone.id}）")


def _reject(document: str, words: str, sure: Sure) -> Document:
    from archivist.decisions.desk import at_desk

    with at_desk(workspace(), "reject") as desk:
        gone = desk.deciding.reject(known_document(desk.index, document), words, sure)
        desk.refresh_pages()
    return gone
