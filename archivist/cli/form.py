"""``archivist form``: a workbook to fill in for a kind of document (填写表)."""

from __future__ import annotations

import click

from archivist.cli.common import save_new, workspace
from archivist.cli.parameters import examples
from archivist.errors import UsageError


@click.command(
    "form",
    epilog=examples(
        "archivist form 村会议记录 DZ-2018-0017 -o 会议.xlsx",
        "archivist form 资产处置方案 --township 珠溪镇 -o 珠溪镇处置方案.xlsx",
    ),
)
@click.argument("kind", metavar="文种")
@click.argument("projects", metavar="项目编号", nargs=-1)
@click.option("--township", metavar="镇街", help="这个镇街的全部项目；写一部分名称即可。")
@click.option(
    "-o", "--output", metavar="文件", type=click.Path(dir_okay=False), help="保存为新的 .xlsx 文件。"
)
def command(kind: str, projects: tuple[str, ...], township: str | None, output: str | None) -> None:
    """给出一张 Excel 填写表，一个项目一行：台账里有的已经填好、锁住，有选项的从下拉里选，表头的批注说明怎么填。

    填好以后，用 archivist generate 文种 --data 表.xlsx 一次生成；也可以放进“收件箱”或“公文/填好的表”。
    文种不适用的项目（例如优势类项目的处置方案）不列进去，并会说明。已有的文件不会被覆盖。
    """
    from datetime import datetime

    from archivist.core.naming import safe_name
    from archivist.drafts import find_kind, load_kinds
    from archivist.drafts.forms.known import chosen_projects, known_rows, number_of
    from archivist.drafts.forms.workbook import form_workbook
    from archivist.index.reader import open_reader

    if not projects and township is None:
        raise UsageError("请写明给哪些项目填：项目编号（可写几个），或 --township 镇街。")
    opened = workspace()
    wanted = find_kind(load_kinds(opened.data("schemas"), opened.data("doc_templates")), kind)
    today = datetime.now().astimezone().date()
    with open_reader(opened.index_path) as index:
        chosen = chosen_projects(index, projects, township)
        number = number_of(wanted, index, today)
    fitting = [one for one in chosen if wanted.fits(one)]
    left_out = [one.code for one in chosen if not wanted.fits(one)]
    if left_out:
        only = f"“{wanted.name}”只用于{'、'.join(wanted.categories)}项目"
        click.echo(f"注意：{only}，没有列进 {len(left_out)} 个：{'、'.join(left_out)}", err=True)
    if not fitting:
        raise UsageError(f"没有可以填“{wanted.name}”的项目。")
    data = form_workbook(wanted, known_rows(opened, wanted, fitting, today), number, today)
    save_new(output or f"{safe_name(wanted.name)}填写表.xlsx", data)
    click.echo(f"表里有 {len(fitting)} 个项目。填好后：archivist generate {wanted.name} --data 表.xlsx")
