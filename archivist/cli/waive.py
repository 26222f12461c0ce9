"""``archivist waive``: an item a project need not hand in (免交), decided by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archivist.cli.common import folder_asked, tell_in_folders, workspace
from archivist.cli.parameters import ITEM, examples, reason_given
from archivist.errors import BadInputError, UsageError
from archivist.index.reader import open_reader
from archivist.render.text import plain
from archivist.workspace.quick import index_path

if TYPE_CHECKING:
    from archivist.core.rules import ItemRule
    from archivist.index.writer import Index
    from archivist.workspace.opened import Workspace


@click.command(
    "waive",
    epilog=examples(
        'archivist waive DZ-2018-0017 --item 2 --reason "2019年已整体拆除，无需核查评估"',
        'archivist waive DZ-2018-0017 --item 2 --withdraw --reason "已补做评估"',
        "archivist waive --list　　（列出全部免交决定）",
    ),
)
@click.argument("project", metavar="[项目编号]", required=False)
@click.option("--item", metavar="序号", type=ITEM, help="归档目录的第几项。")
@click.option("--reason", metavar="理由", help="为什么免交（或为什么取消），记入日志和归档目录。")
@click.option("--withdraw", is_flag=True, help="取消免交，这一项照常要交。")
@click.option("--list", "show", is_flag=True, help="列出全部免交决定。")
def command(project: str | None, item: int | None, reason: str | None, withdraw: bool, show: bool) -> None:
    """定为免交：这个项目的这一项不用交，不算缺件。谁定的、何时、理由都记入日志，写进归档状态和归档目录。"""
    if show:
        _list()
        return
    if project is None or item is None:
        raise UsageError("请写明项目编号和 --item 序号；要看已有的免交决定请用 archivist waive --list。")
    if reason is None and not withdraw:
        raise UsageError("免交要写明理由：--reason 理由。")
    words = reason_given(reason) if reason is not None else ""
    opened = workspace()
    with opened.writing("waive") as index:
        rule = _rule(opened, index, project, item)
        told = _withdraw(index, project, rule, words) if withdraw else _waive(index, project, rule, words)
        tell_in_folders(opened, index, [project])
    for line in told.splitlines():
        click.echo(plain(line))


def _rule(opened: Workspace, index: Index, project: str, item: int) -> ItemRule:
    if index.projects.find(project) is None:
        raise UsageError(f"台账里没有项目编号“{project}”。请用 archivist register list 查看编号。")
    rules = opened.annex.items
    rule = next((one for one in rules if one.number == item), None)
    if rule is None:
        listed = "、".join(f"{one.number} {one.short}" for one in rules)
        raise UsageError(f"归档目录没有第{item}项。各项是：{listed}。")
    if not rule.required:
        raise UsageError(f"第{item}项“{rule.short}”可有可无，本来就不计缺件，不用免交。")
    return rule


def _waive(index: Index, project: str, rule: ItemRule, reason: str) -> str:
    from archivist.core.model import Status

    before = index.waivers.of(project).get(rule.number)
    index.waivers.grant(project, rule.number, reason)
    told = f"{project} 第{rule.number}项“{rule.short}”已定为免交：{reason}"
    if before is not None:
        told += f"\n原来的免交理由“{before.told}”由这次的代替，日志里都留着。"
    filed = sum(row.item == rule.number and row.status is Status.FILED for row in index.holdings.of(project))
    if filed:
        told += f"\n提醒：这一项已有 {filed} 件归档材料，免交只作备注，材料照样算数。"
    return told


def _withdraw(index: Index, project: str, rule: ItemRule, reason: str) -> str:

    if not index.waivers.withdraw(project, rule.number, reason):
        raise BadInputError(f"{project} 第{rule.number}项“{rule.short}”没有定为免交，不用取消。")
    return f"{project} 第{rule.number}项“{rule.short}”的免交已取消，照常要交。"


def _list() -> None:
    with open_reader(index_path(folder_asked())) as index:
        found = index.waivers.all()
        names = {row["code"]: row["name"] for row in index.projects.all()}
    for one in found:
        click.echo(plain(f"{one.project} {names.get(one.project, '')}　第{one.item}项　{one.told}"))
    click.echo(f"共 {len(found)} 项免交。" if found else "没有免交决定。")
