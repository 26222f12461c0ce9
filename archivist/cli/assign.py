"""``archivist assign``: a person's decision (人工确认)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from archivist.cli.common import decided, workspace
from archivist.cli.parameters import ITEM, examples, known_document, sure_option
from archivist.core.overruling import told_in
from archivist.errors import UsageError
from archivist.questions.register import no_project
from archivist.render.text import plain

if TYPE_CHECKING:
    from archivist.core.document import Document
    from archivist.core.overruling import Sure

_PAGES = re.compile(r"(\d{1,5})(?:\s*-\s*(\d{1,5}))?")


@click.command(
    "assign",
    epilog=examples(
        "archivist assign D00012 --project DZ-2018-0017 --item 4",
        "archivist assign D00012 --project DZ-2018-0017 --item 4 --pages 3-5　　（只取几页）",
        "archivist assign D00012 --project DZ-2018-0018 --item 4 --yes　　（知道别人归到了别处，仍要改）",
    ),
)
@click.argument("document", metavar="材料编号")
@click.option("--project", metavar="项目编号", required=True, help="归到哪个项目。")
@click.option("--item", metavar="序号", type=ITEM, required=True, help="归档目录的第几项。")
@click.option("--pages", metavar="页码", help="只取这几页；其余页仍待确认。")
@sure_option
def command(document: str, project: str, item: int, pages: str | None, yes: bool) -> None:
    """人工确认一份材料属于哪个项目、归档目录的第几项。决定会连同操作人、时间记入日志。

    别人已经决定过的，先说明是谁、什么时候、怎么决定的，确认后才改。
    """
    filed = decided(yes, lambda sure: _assign(document, project, item, pages, sure))
    for line in (told_in(filed.reasons), f"已归档：{filed.path}"):
        if line:
            click.echo(plain(line))


def _assign(document: str, project: str, item: int, pages: str | None, sure: Sure) -> Document:
    from archivist.decisions.desk import at_desk

    opened = workspace()
    with at_desk(opened, "assign") as desk:
        row = known_document(desk.index, document)
        if project not in desk.knowledge.projects:
            raise no_project(desk.index, [project])
        if item not in {rule.number for rule in opened.annex.items}:
            listed = "、".join(f"{rule.number} {rule.short}" for rule in opened.annex.items)
            raise UsageError(f"归档目录没有第{item}项。各项是：{listed}。")
        wanted = _range(row, pages)
        touched = {project, row.project} - {None}
        filed = desk.deciding.assign_pages(row, wanted, project, item, sure)
        desk.refresh_pages({code for code in touched if code})
    return filed


def _range(row: Document, pages: str | None) -> tuple[int, int]:
    if pages is None:
        return row.first, row.last
    match = _PAGES.fullmatch(pages.strip())
    first, last = (int(match.group(1)), int(match.group(2) or match.group(1))) if match else (0, 0)
    if not row.first <= first <= last <= row.last:
        raise UsageError(
            f"页码“{pages}”不对：这份材料是第{row.first}-{row.last}页，请写其中的几页，例如 {row.first}-{row.last}。"
        )
    return first, last
