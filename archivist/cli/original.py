"""``archivist original``: a person says whether a document is an original or a copy (原件或复印件)."""

from __future__ import annotations

import click

from archivist.cli.common import workspace
from archivist.cli.parameters import examples
from archivist.core.evidence import COPY
from archivist.core.paper.original import ORIGINAL
from archivist.errors import BadInputError


@click.command(
    "original",
    epilog=examples("archivist original D00012 复印件", "archivist original D00012 原件"),
)
@click.argument("document", metavar="材料编号")
@click.argument("which", metavar="原件|复印件", type=click.Choice([ORIGINAL, COPY]))
def command(document: str, which: str) -> None:
    """登记一份材料是原件还是复印件，归档目录按此填写。决定会连同操作人、时间记入日志。"""
    from dataclasses import replace

    from archivist.decisions.desk import at_desk

    opened = workspace()
    with at_desk(opened, "original") as desk:
        row = desk.index.documents.find(document.upper())
        if row is None:
            raise BadInputError(f"没有编号为“{document}”的材料。请用 archivist documents 查看编号。")
        desk.index.documents.update(
            replace(row, original=which), "described", original=which, before=row.original
        )
        desk.refresh_pages([row.project] if row.project else [])
    click.echo(f"已登记：{row.id} 是{which}。")
