"""``archivist documents``: what was received and what became of it (材料清单)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from archivist.cli.common import form_of, print_json, show_table
from archivist.cli.looking import index_path
from archivist.cli.parameters import examples, table_options
from archivist.core.describe import describe
from archivist.core.reports.table import BAD, GOOD, WAIT, Table
from archivist.errors import UsageError
from archivist.index.reader import open_reader

if TYPE_CHECKING:
    from archivist.index.reader import Reader

STATUS_NAMES = {"filed": "已归档", "review": "待确认", "rejected": "退回", "duplicate": "重复"}
_TONES = {"已归档": GOOD, "待确认": WAIT, "退回": BAD}
_SEEN = {"yes": "有", "no": "无", "unknown": "不能判断"}


@click.command(
    "documents",
    epilog=examples(
        "archivist documents --project DZ-2018-0017",
        "archivist documents --status review",
        "archivist documents -o 材料清单.xlsx",
    ),
)
@click.option("--project", metavar="项目编号", help="只看归到这个项目的材料。")
@click.option(
    "--status",
    type=click.Choice(list(STATUS_NAMES)),
    help="只看一种去向：filed 已归档，review 待确认，rejected 退回，duplicate 重复。",
)
@table_options
def command(
    project: str | None, status: str | None, as_json: bool, form: str | None, output: str | None
) -> None:
    """列出收到的每份材料：来源、页码、去向、归到哪个项目第几项。一个文件含几份材料的，每份一行。"""
    wanted_form = form_of(output, form, as_json)
    with open_reader(index_path()) as index:
        if project is not None and not index.projects.find(project):
            raise UsageError(f"台账里没有项目编号“{project}”。请用 archivist register list 查看编号。")
        found = [
            record
            for record in records(index)
            if (project is None or record["project"] == project)
            and (status is None or record["status"] == status)
        ]
    if wanted_form == "json":
        print_json(found)
        return
    show_table(lambda form: _screen(found) if form == "text" else _sheet(found), wanted_form, output)


def records(index: Reader) -> Iterator[dict[str, Any]]:
    """One object per document, as schemas/output/documents.schema.json describes it."""
    return map(describe, index.holdings.all())


def _screen(found: list[dict[str, Any]]) -> Table:
    rows = tuple(
        (
            record["id"],
            record["source"],
            _pages(record["pages"]),
            STATUS_NAMES[record["status"]],
            record["project"],
            record["item"],
            record["date"],
            _what(record),
        )
        for record in found
    )
    columns = ("编号", "来源", "页", "去向", "项目编号", "项", "日期", "题名或原因")
    whole = frozenset(columns) - {"来源", "题名或原因"}
    return Table("", columns, rows, _summary(found), whole=whole)


def _sheet(found: list[dict[str, Any]]) -> Table:
    """Everything a person may want to sort and filter by."""
    rows = tuple(
        (
            record["id"],
            record["source"],
            _pages(record["pages"]),
            STATUS_NAMES[record["status"]],
            record["project"],
            record["item"],
            record["title"],
            record["date"],
            record["issuer"],
            _SEEN[record["sealed"]],
            _SEEN[record["signed"]],
            record["original"],
            record["path"],
            _why(record),
            record["decided_by"] or ("软件" if record["status"] == "filed" else None),
            record["searchable"],
            f"旧版，以 {record['replaced_by']} 为准"
            if record["replaced_by"]
            else " ".join(record["replaces"]),
        )
        for record in found
    )
    columns = (
        *("编号", "来源", "页", "去向", "项目编号", "项", "题名", "日期", "责任者", "印章", "签字"),
        "原件或复印件",
        *("存放位置", "依据或原因", "决定人", "可检索副本", "版本（代替了）"),
    )
    return Table("材料清单", columns, rows, _summary(found), tones=_TONES)


def _what(record: dict[str, Any]) -> str:
    """The title of what is filed; the reason of what is not."""
    reason = record["reasons"][0] if record["reasons"] else ""
    if record["status"] == "filed":
        old = f"【旧版，以 {record['replaced_by']} 为准】" if record["replaced_by"] else ""
        return old + (record["title"] or "（无题名）")
    return reason or record["title"] or ""


def _why(record: dict[str, Any]) -> str:
    """What spoke for it, in the rules' words; the quotes are in ``--json`` and in the event log."""
    rules = [evidence["rule"] for candidate in record["candidates"][:1] for evidence in candidate["evidence"]]
    decided_by_software = record["status"] == "filed" and not record["decided_by"]
    return "；".join(dict.fromkeys(rules) if decided_by_software and rules else record["reasons"])


def _summary(found: list[dict[str, Any]]) -> str:
    counts = "，".join(
        f"{name} {sum(record['status'] == status for record in found)} 件"
        for status, name in STATUS_NAMES.items()
    )
    return f"共 {len(found)} 件：{counts}。"


def _pages(pages: list[int]) -> str:
    return str(pages[0]) if pages[0] == pages[1] else f"{pages[0]}-{pages[1]}"
