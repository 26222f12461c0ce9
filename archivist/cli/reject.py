"""``archivist reject``: a person sends a document back (退回)."""

from __future__ import annotations

import click

from archivist.cli.common import workspace
from archivist.cli.parameters import examples, known_document, reason_given


@click.command(
    "reject",
    epilog=examples('archivist reject D00012 --reason "没有盖章，请盖章后重新扫描"'),
)
@click.argument("document", metavar="材料编号")
@click.option("--reason", metavar="理由", required=True, help="为什么退回，写进说明里给镇街看。")
def command(document: str, reason: str) -> None:
    """退回一份材料：移到“退回”文件夹，旁边附上写明理由的说明。收到的原件不受影响，可以用 undo 撤销。"""
    from archivist.decisions.desk import at_desk

    words = reason_given(reason)
    opened = workspace()
    with at_desk(opened, "reject") as desk:
        row = known_document(desk.index, document)
        gone = desk.deciding.reject(row, words)
        desk.refresh_pages()
    click.echo(f"已退回：{gone.path}（理由写在旁边的说明里；撤销：archivist undo {gone.id}）")
