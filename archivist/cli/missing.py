"""``archivist missing``: the projects missing documents, and which (缺件清单). The light path: no heavy imports."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import click

from archivist.cli.common import form_of, print_json, workspace, write_table
from archivist.core.checklist import Completeness, ItemCount, completeness
from archivist.core.reports import missing_summary, missing_table
from archivist.core.table import Table
from archivist.errors import UsageError
from archivist.index.reader import Row, item_states, open_reader, projects

ELIMINATED = "淘汰类"


@click.command(
    "missing",
    epilog="例：archivist missing --township 珠溪镇　　archivist missing --item 4　　archivist missing -o 缺件清单.xlsx",
)
@click.option("--township", metavar="镇街", help="只看一个镇街。")
@click.option("--village", metavar="村", help="只看一个村（社区）。")
@click.option("--department", metavar="部门", help="只看一个主管部门的项目。")
@click.option("--category", metavar="类别", default=ELIMINATED, help="项目类别，默认淘汰类；写“全部”则不限。")
@click.option("--item", metavar="序号", type=click.IntRange(1, 8), help="只看缺少这一项的项目。")
@click.option("--all", "show_all", is_flag=True, help="齐全的项目也列出。")
@click.option("--json", "as_json", is_flag=True, help="逐行输出 JSON（齐全的项目也在内）。")
@click.option("-f", "--format", "form", type=click.Choice(["text", "csv", "xlsx"]), help="输出格式（默认按文件名，否则显示在屏幕上）。")
@click.option("-o", "--output", metavar="文件", type=click.Path(path_type=Path, dir_okay=False), help="保存到文件。")
def command(
    township: str | None,
    village: str | None,
    department: str | None,
    category: str,
    item: int | None,
    show_all: bool,
    as_json: bool,
    form: str | None,
    output: Path | None,
) -> None:
    """列出缺件的淘汰类项目，以及各缺归档目录（附件4）的哪几项。"""
    opened = workspace()
    with open_reader(opened.index_path) as connection:
        about = _wanted(connection, township, village, department, category)
        rules = _rules(opened)
        found = _states(connection, about, tuple(number for number, _, required in rules if required))
    if item is not None:
        found = [state for state in found if item in state.missing]
    if as_json:
        print_json(_record(state, about[state.project]) for state in found)
        return
    table = _table(found, about, {number: short for number, short, _ in rules}, show_all)
    write_table(table, form_of(output, form), output)


def _rules(opened: Any) -> list[tuple[int, str, bool]]:
    from archivist.schemas import load_items

    return [(rule.number, rule.short, rule.required) for rule in load_items(opened.data("schemas"))]


def _wanted(
    connection: sqlite3.Connection,
    township: str | None,
    village: str | None,
    department: str | None,
    category: str,
) -> dict[str, Row]:
    rows = projects(connection) if category == "全部" else projects(connection, "category = ?", [category])
    known = {row["category"] for row in projects(connection)} if not rows else set()
    if known and category not in known:
        listed = "、".join(sorted(str(name) for name in known if name))
        raise UsageError(f"台账里没有类别“{category}”。现有类别：{listed or '无'}。")
    kept = {}
    for row in rows:
        wanted = (township, "township"), (village, "village"), (department, "department")
        if all(value is None or value in row[column] for value, column in wanted):
            kept[row["code"]] = row
    return kept


def _states(connection: sqlite3.Connection, about: dict[str, Row], required: tuple[int, ...]) -> list[Completeness]:
    counts = [ItemCount(row["project"], row["item"], row["filed"], row["review"]) for row in item_states(connection)]
    return completeness(list(about), counts, required)


def _record(state: Completeness, row: Row) -> dict[str, Any]:
    """As schemas/output/missing.schema.json describes it."""
    return {
        "project": state.project,
        "name": row["name"],
        "township": row["township"],
        "village": row["village"],
        "missing": list(state.missing),
        "unqualified": [],
        "review": list(state.review),
        "waived": [],
        "complete": state.complete,
    }


def _table(found: list[Completeness], about: dict[str, Row], shorts: dict[int, str], show_all: bool) -> Table:
    listed = found if show_all else [state for state in found if not state.complete]
    places = {code: (row["name"], row["township"], row["village"]) for code, row in about.items()}
    table = missing_table(listed, places, shorts)
    return Table(table.title, table.columns, table.rows, missing_summary(found))
