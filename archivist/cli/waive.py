"""``archivist waive``: an item a project need not hand in (免交), decided by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archivist.cli.common import folder_asked, tell_in_folders, workspace
from archivist.cli.parameters import ITEM, examples, known_document, reason_given
from archivist.errors import BadInputError, RefusedError, UsageError
from archivist.index.reader import open_reader
from archivist.questions.register import no_project
from archivist.render.text import plain
from archivist.workspace.quick import index_path

if TYPE_CHECKING:
    from archivist.core.rules import ItemRule
    from archivist.index.writer import Index
    from archivist.workspace.opened import Workspace


@click.command(
    "waive",
    epilog=examples(
        'archivist waive DZ-2018-0017 --item 3 --document D00031 --reason "合同2019年水灾中遗失，镇档案室也没有"',
        'archivist waive DZ-2018-0017 --item 3 --withdraw --reason "已找到合同复印件"',
        "archivist waive --list　　（列出全部免交决定）",
    ),
)
@click.argument("project", metavar="[项目编号]", required=False)
@click.option("--item", metavar="序号", type=ITEM, help="归档目录的第几项。")
@click.option("--document", metavar="材料编号", help="作为依据的情况说明：已归档在本项目、盖了章的一份材料。")
@click.option("--reason", metavar="理由", help="为什么免交（或为什么取消），记入日志和归档目录。")
@click.option("--withdraw", is_flag=True, help="取消免交，这一项照常要交。")
@click.option("--list", "show", is_flag=True, help="列出全部免交决定。")
def command(
    project: str | None,
    item: int | None,
    document: str | None,
    reason: str | None,
    withdraw: bool,
    show: bool,
) -> None:
    """定为免交：方案没有免交的规定，只有确已遗失、有盖章情况说明的协议书或合同书可以定为免交，其他各项都要交。

    谁定的、何时、凭哪份情况说明、理由都记入日志，写进归档状态和归档目录。情况说明不在了，免交就不算数。
    """
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
        told = (
            _withdraw(index, project, rule, words)
            if withdraw
            else _waive(index, project, rule, words, document)
        )
        tell_in_folders(opened, index, [project])
    for line in told.splitlines():
        click.echo(plain(line))


def _rule(opened: Workspace, index: Index, project: str, item: int) -> ItemRule:
    if index.projects.find(project) is None:
        raise no_project(index, [project])
    index.may_touch(project)
    rules = opened.annex.items
    rule = next((one for one in rules if one.number == item), None)
    if rule is None:
        listed = "、".join(f"{one.number} {one.short}" for one in rules)
        raise UsageError(f"归档目录没有第{item}项。各项是：{listed}。")
    if not rule.required:
        raise UsageError(f"第{item}项“{rule.short}”可有可无，本来就不计缺件，不用免交。")
    return rule


def _statement(index: Index, project: str, rule: ItemRule, document: str | None) -> str:
    """The number of the sealed statement that a waiver rests on; RefusedError where the item or the paper allows none."""
    from archivist.core.model import Seen, Status

    waiver, what = rule.waiver, f"第{rule.number}项“{rule.short}”"
    if waiver is None:
        raise RefusedError(
            f"{what}不能免交：{rule.clause}，方案没有免交的规定，这一项要有材料。没有记下任何决定。"
        )
    if document is None:
        raise UsageError(f"{what}免交要有依据（{waiver.when}）：请写 --document 材料编号。")
    row = known_document(index, document)
    places = "、".join(f"第{number}项" for number in waiver.items)
    if row.status is not Status.FILED or row.project != project or row.item not in waiver.items:
        raise RefusedError(
            f"{row.id} 没有归档在 {project} 的{places}，不能作免交的依据。请先把情况说明归档到{places}。"
        )
    if not waiver.called_so(row.title, row.path):
        raise RefusedError(
            f"{row.id} 的题名是“{row.title or '没有读出'}”，不像情况说明，不能作免交的依据（{waiver.when}）。"
        )
    text = "\n".join(page.text for page in index.pages.of(row.source, row.first, row.last))
    if not waiver.said_in(text):
        raise RefusedError(f"{row.id} 里没有写{rule.short}遗失、找不到，不能作免交的依据（{waiver.when}）。")
    if row.sealed is not Seen.YES:
        raise RefusedError(
            f"{row.id} 上没有看到印章，不能作免交的依据（{waiver.when}）。请换成盖了章的扫描件。"
        )
    return row.id


def _waive(index: Index, project: str, rule: ItemRule, reason: str, document: str | None) -> str:
    from archivist.core.model import Status

    statement = _statement(index, project, rule, document)
    assert rule.waiver is not None
    before = index.waivers.of(project).get(rule.number)
    index.waivers.grant(project, rule.number, reason, statement)
    told = f"{project} 第{rule.number}项“{rule.short}”已定为免交：{reason}\n依据：{statement}。{rule.waiver.basis}。"
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
        found, void = index.waivers.all(), index.waivers.void()
        names = {row["code"]: row["name"] for row in index.projects.all()}
    for one in (*found, *void):
        basis = f"　依据 {one.document}" if one in found else "　不算数：没有盖章的情况说明作依据"
        click.echo(plain(f"{one.project} {names.get(one.project, '')}　第{one.item}项　{one.told}{basis}"))
    lost = f"另有 {len(void)} 项不算数。" if void else ""
    click.echo(f"共 {len(found)} 项免交。{lost}" if found else f"没有免交决定。{lost}")
