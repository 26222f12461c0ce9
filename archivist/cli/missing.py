"""``archivist missing``: the projects missing documents, and which (缺件清单). The light path: no heavy imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archivist.cli.common import folder_asked, form_of, print_lines, show_table, tell_asked
from archivist.cli.parameters import ITEM, Number, examples, table_options
from archivist.core.reports.listings import missing_sheet, missing_table
from archivist.index.reader import open_reader
from archivist.questions.evidence import advice
from archivist.questions.missing import ELIMINATED, EVERY, lines, missing, wanted
from archivist.render.text import plain
from archivist.workspace.quick import catalogue_items, index_path, standard

if TYPE_CHECKING:
    from archivist.core.reports.table import Table
    from archivist.questions.missing import Answer, Wanted


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
@click.option("--limit", metavar="个数", type=Number(1, 1_000_000), help="最多列出几个项目；合计仍是全部的。")
@click.option("--all", "show_all", is_flag=True, help="齐全的项目也列出。")
@table_options
def command(
    township: str | None,
    village: str | None,
    department: str | None,
    category: str,
    item: int | None,
    limit: int | None,
    show_all: bool,
    as_json: bool,
    form: str | None,
    output: str | None,
) -> None:
    """列出缺件的淘汰类项目，以及各缺归档目录（附件4）的哪几项。

    屏幕上一项一个记号；存成 .xlsx、.csv 时写出所缺内容的名称。--json 总是列出全部项目，齐全的也在内。
    """
    wanted_form = form_of(output, form, as_json)
    asked = wanted(catalogue_items(folder_asked()), category, township, village, department, item)
    most = -1 if limit is None else limit
    with open_reader(index_path(folder_asked())) as reader:
        if wanted_form == "json":
            print_lines(lines(reader, asked, standard(folder_asked()), most))
            return
        answer = missing(reader, asked, standard(folder_asked()), not show_all, most)
        tell_asked(reader)
    for code, why in answer.lost.items():
        click.echo(plain(f"注意：项目 {code} {why}，不算已销号。{advice(code)}"), err=True)
    if not answer.fitting and wanted_form == "text" and output is None:
        click.echo(f"没有符合条件的{'' if category == EVERY else category}项目。{_NO_PROJECT}")
        return
    show_table(lambda form: _table(form, answer, asked), wanted_form, output)


_NO_PROJECT = "用 archivist register list 查看台账；台账还没有导入的，用 archivist register import 导入。"


def _table(form: str, answer: Answer, asked: Wanted) -> Table:
    listed = [one.state for one in answer.projects]
    about = {one.project.code: one.line for one in answer.projects}
    unsorted = {one.project.code: len(one.unsorted) for one in answer.projects}
    return (missing_table if form == "text" else missing_sheet)(
        answer.sums, listed, about, asked.items, unsorted
    )
