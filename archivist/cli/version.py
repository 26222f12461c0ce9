"""``archivist version``: a person says which of several versions of a document counts (版本)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archivist.cli.common import tell_in_folders, workspace
from archivist.cli.parameters import examples
from archivist.errors import BadInputError, UsageError

if TYPE_CHECKING:
    from archivist.core.document import Document
    from archivist.index.writer import Index


@click.command(
    "version",
    epilog=examples(
        "archivist version D00040 --replaces D00012　　（以 D00040 为准）",
        "archivist version D00012 --separate　　（D00012 单独作数，不是旧版）",
    ),
)
@click.argument("document", metavar="材料编号")
@click.option("--replaces", "old", metavar="材料编号", help="它代替哪一份：那一份成为旧版，仍保留在原处。")
@click.option("--separate", is_flag=True, help="它不是旧版，单独作数。")
def command(document: str, old: str | None, separate: bool) -> None:
    """同一份文件收到几个版本（重新扫描、更换的合同）时，指定以哪一份为准。旧版仍归档在原处，注明以哪份为准。"""
    from archivist.filing.versions import decide
    from archivist.filing.versions import separate as separated

    if (old is None) == (not separate):
        raise UsageError("请写 --replaces 材料编号，或 --separate，二者选一。")
    opened = workspace()
    with opened.writing("version") as index:
        row = _row(index, document)
        if old is None:
            done = separated(index, row)
            said = f"{row.id} 单独作数。" if done else f"{row.id} 本来就不是旧版。"
        else:
            other = _row(index, old)
            decide(index, row, other)
            said = f"以 {row.id} 为准，{other.id} 保留为旧版。"
        tell_in_folders(opened, index, index.projects.stale())
    click.echo(said)


def _row(index: Index, identity: str) -> Document:
    row = index.documents.find(identity.upper())
    if row is None:
        raise BadInputError(f"没有编号为“{identity}”的材料。请用 archivist documents 查看编号。")
    return row
