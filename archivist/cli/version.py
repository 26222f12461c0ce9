"""``archivist version``: a person says which of several versions of a document counts (版本)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archivist.cli.common import decided, tell_in_folders, workspace
from archivist.cli.parameters import examples, known_document, sure_option
from archivist.core.overruling import told_in
from archivist.errors import UsageError
from archivist.render.text import plain

if TYPE_CHECKING:
    from archivist.core.overruling import Sure


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
@sure_option
def command(document: str, old: str | None, separate: bool, yes: bool) -> None:
    """同一份文件收到几个版本（重新扫描、更换的合同）时，指定以哪一份为准。旧版仍归档在原处，注明以哪份为准。

    别人指定过另一份的，先说明是谁、什么时候指定的，确认后才改。
    """
    if (old is None) == (not separate):
        raise UsageError("请写 --replaces 材料编号，或 --separate，二者选一。")
    for line in decided(yes, lambda sure: _decide(document, old, sure)):
        if line:
            click.echo(plain(line))


def _decide(document: str, old: str | None, sure: Sure) -> tuple[str, str]:
    """What was changed of others' decisions, and what counts now."""
    from archivist.filing.versions import decide
    from archivist.filing.versions import separate as separated

    opened = workspace()
    with opened.writing("version") as index:
        row = known_document(index, document)
        if old is None:
            done = separated(index, row, sure)
            said = f"{row.id} 单独作数。" if done else f"{row.id} 本来就不是旧版。"
        else:
            other = known_document(index, old)
            decide(index, row, other, sure)
            said = f"以 {row.id} 为准，{other.id} 保留为旧版。"
        now = known_document(index, row.id)
        tell_in_folders(opened, index, index.projects.stale())
    return told_in(now.reasons[len(row.reasons) :]), said
