"""``archivist missing``: the projects missing documents, and which (缺件清单). The light path: no heavy imports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from archivist.cli.common import form_of, print_json, show_table
from archivist.cli.looking import catalogue_items, index_path
from archivist.cli.parameters import ITEM, examples, table_options
from archivist.core.catalogue.completeness import Completeness, completeness
from archivist.core.reports.listings import ItemName, ProjectLine, missing_sheet, missing_table
from archivist.errors import UsageError
from archivist.index.reader import open_reader

if TYPE_CHECKING:
    from sqlite3 import Row

    from archivist.core.reports.table import Table

ELIMINATED, EVERY = "淘汰类", "全部"
_FILTERS = {"township": "镇街", "village": "村（社区）", "department": "主管部门"}


@click.command(
    "missing",
    epilog=examples(
        "archivist missing --township 珠溪镇",
        "archivist missing --item 4",
        "archivist missing --all -o 缺件清单.xlsx",
    ),
)
@click.option("--township", metavar="镇街", help="只看一个镇街（名称写一部分也可以）。")
@click.option("--village", metavar="村", help="只看一个村（社区）。")
@click.option("--department", metavar="部门", help="只看一个主管部门的项目。")
@click.option("--category", metavar="类别", default=ELIMINATED, help="项目类别，默认淘汰类；写“全部”则不限。")
@click.option("--item", metavar="序号", type=ITEM, help="只看缺少这一项（归档目录的序号）的项目。")
@click.option("--all", "show_all", is_flag=True, help="齐全的项目也列出。")
@table_options
def command(
    township: str | None,
    village: str | None,
    department: str | None,
    category: str,
    item: int | None,
    show_all: bool,
    as_json: bool,
    form: str | None,
    output: str | None,
) -> None:
    """列出缺件的淘汰类项目，以及各缺归档目录（附件4）的哪几项。

    屏幕上一项一个记号；存成 .xlsx、.csv 时写出所缺内容的名称。--json 总是列出全部项目，齐全的也在内。
    """
    wanted_form = form_of(output, form, as_json)
    items = catalogue_items()
    if item is not None and item not in [known.number for known in items]:
        listed = "、".join(f"{known.number} {known.short}" for known in items)
        raise UsageError(f"归档目录没有第{item}项。各项是：{listed}。")
    with open_reader(index_path()) as index:
        rows = _chosen(
            index.projects.all(),
            category,
            {"township": township, "village": village, "department": department},
        )
        counts = index.items.counts()
        free = index.waivers.all()
    found = completeness(list(rows), counts, [known.number for known in items if known.required], free)
    if item is not None:
        found = [state for state in found if item in state.missing]
    if wanted_form == "json":
        print_json(record(state, rows[state.project]) for state in found)
        return
    if not rows and wanted_form == "text" and output is None:
        click.echo(f"没有符合条件的{'' if category == EVERY else category}项目。{_NO_PROJECT}")
        return
    show_table(lambda form: _table(form, found, rows, items, show_all), wanted_form, output)


_NO_PROJECT = "用 archivist register list 查看台账；台账还没有导入的，用 archivist register import 导入。"


def _chosen(rows: Sequence[Row], category: str, filters: dict[str, str | None]) -> dict[str, Row]:
    """Projects of ``category`` that the filters let through; a filter that fits nothing at all is a slip of the pen."""
    of_category = [row for row in rows if category in (row["category"], EVERY)]
    if rows and not of_category and category != ELIMINATED:
        listed = "、".join(sorted({str(row["category"]) for row in rows if row["category"]}))
        raise UsageError(f"台账里没有类别“{category}”的项目。现有类别：{listed or '无'}。")
    for column, value in filters.items():
        if value is not None and not any(value in row[column] for row in rows):
            raise UsageError(
                f"台账里没有{_FILTERS[column]}含“{value}”的项目。请用 archivist register list 查看写法。"
            )
    return {
        row["code"]: row
        for row in of_category
        if all(value is None or value in row[column] for column, value in filters.items())
    }


def record(state: Completeness, row: Row) -> dict[str, Any]:
    """One line of ``--json``, as schemas/output/missing.schema.json describes it."""
    return {
        "project": state.project,
        "name": row["name"],
        "township": row["township"],
        "village": row["village"],
        "department": row["department"],
        "missing": list(state.missing),
        "unqualified": list(state.unqualified),
        "review": list(state.review),
        "waived": list(state.waived),
        "complete": state.complete,
        "deregistered": row["deregistered"],
    }


def _table(
    form: str, found: list[Completeness], rows: dict[str, Row], items: Sequence[ItemName], show_all: bool
) -> Table:
    listed = found if show_all else [state for state in found if not state.complete]
    about = {
        code: ProjectLine(
            row["name"], row["township"], row["village"], row["department"], (row["deregistered"] or "")[:10]
        )
        for code, row in rows.items()
    }
    return (missing_table if form == "text" else missing_sheet)(found, listed, about, items)
