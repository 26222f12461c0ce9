"""``archivist documents``: what was received and what became of it (材料清单)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from archivist.cli.common import form_of, print_json, workspace, write_table
from archivist.core.table import Table
from archivist.index.reader import Row, documents, open_reader

STATUS_NAMES = {"filed": "已归档", "review": "待确认", "rejected": "退回", "duplicate": "重复"}


@click.command("documents", epilog="例：archivist documents --project DZ-2018-0017　　archivist documents --json")
@click.option("--project", metavar="项目编号", help="只看一个项目。")
@click.option("--status", type=click.Choice(list(STATUS_NAMES)), help="只看一种去向：filed 已归档，review 待确认，rejected 退回，duplicate 重复。")
@click.option("--json", "as_json", is_flag=True, help="逐行输出 JSON。")
@click.option("-f", "--format", "form", type=click.Choice(["text", "csv", "xlsx"]), help="输出格式（默认按文件名，否则显示在屏幕上）。")
@click.option("-o", "--output", metavar="文件", type=click.Path(path_type=Path, dir_okay=False), help="保存到文件。")
def command(project: str | None, status: str | None, as_json: bool, form: str | None, output: Path | None) -> None:
    """列出收到的每份材料：来源、页码、归到哪个项目第几项、依据。"""
    with open_reader(workspace().index_path) as connection:
        found = [
            record
            for record in records(connection)
            if (project is None or record["project"] == project) and (status is None or record["status"] == status)
        ]
    if as_json:
        print_json(found)
        return
    write_table(_table(found), form_of(output, form), output)


def records(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """One object per document, as schemas/output/documents.schema.json describes it."""
    return (record(row) for row in documents(connection))


def record(row: Row) -> dict[str, Any]:
    """A document row as it is printed; what waits for a person has no project yet, only candidates."""
    decided = row["status"] == "filed"
    return {
        "id": row["id"],
        "source": row["source_name"],
        "sha256": row["source_sha256"],
        "pages": [row["first"], row["last"]],
        "status": row["status"],
        "project": row["project"] if decided else None,
        "item": row["item"] if decided else None,
        "confidence": row["confidence"],
        "candidates": json.loads(row["candidates"]),
        "reasons": json.loads(row["reasons"]),
        "title": row["title"],
        "date": row["date"],
        "issuer": row["issuer"],
        "level": row["level"],
        "sealed": row["sealed"],
        "signed": row["signed"],
        "path": row["path"],
        "text_source": row["text_source"],
        "original": row["original"],
        "decided_by": row["decided_by"],
    }


def _table(found: list[dict[str, Any]]) -> Table:
    rows = tuple(
        (
            record["id"],
            record["source"],
            _pages(record["pages"]),
            STATUS_NAMES[record["status"]],
            record["project"],
            record["item"],
            record["date"],
            record["title"] or "；".join(record["reasons"][:1]),
        )
        for record in found
    )
    columns = ("编号", "来源", "页", "去向", "项目编号", "项", "日期", "题名或原因")
    counts = "，".join(
        f"{name} {sum(record['status'] == status for record in found)} 件" for status, name in STATUS_NAMES.items()
    )
    return Table("", columns, rows, f"共 {len(found)} 件：{counts}。")


def _pages(pages: list[int]) -> str:
    return str(pages[0]) if pages[0] == pages[1] else f"{pages[0]}-{pages[1]}"
