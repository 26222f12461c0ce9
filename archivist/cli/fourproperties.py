"""``archivist four-properties``: a project's four properties (四性检测), and what people verified by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archivist.cli.common import decided, print_json, screen_columns, workspace
from archivist.cli.parameters import examples, json_option, reason_given, sure_option
from archivist.core.fourproperties.values import PROPERTIES, RECORDABLE, Result
from archivist.errors import BadInputError, UsageError
from archivist.render.text import plain, wrapped

if TYPE_CHECKING:
    from archivist.core.fourproperties.values import Examined, Judged
    from archivist.core.overruling import Sure
    from archivist.workspace.opened import Workspace


@click.command(
    "four-properties",
    epilog=examples(
        "archivist four-properties DZ-2018-0017",
        'archivist --as 冯某 four-properties DZ-2018-0017 --record 4-2 --result 通过 --note "病毒库11月28日，没有发现"',
        'archivist four-properties DZ-2018-0017 --record 4-2 --withdraw --note "扫错了文件夹"',
        "archivist report four-properties --project DZ-2018-0017 -f docx　　（打印检测报告）",
    ),
)
@click.argument("project", metavar="项目编号")
@click.option("--record", "check", metavar="编号", help="登记人工核验：检测项的编号，如 4-2。")
@click.option("--result", type=click.Choice(RECORDABLE), help="核验的结果。")
@click.option("--note", metavar="说明", help="看了什么、怎么看的（或为什么取消），报告里写明。")
@click.option("--withdraw", is_flag=True, help="取消登记的核验，回到软件检测的结果。")
@sure_option
@json_option
def command(
    project: str,
    check: str | None,
    result: str | None,
    note: str | None,
    withdraw: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """四性检测：真实性、完整性、可用性、安全性，逐项检测，逐份重新读取文件。只看，不改动任何文件。

    结果是通过、不通过、待人工核验、不适用；没有检测的，从来不写通过。病毒检测等由人核验，用 --record 登记。
    登记以后材料有增减、改动的，登记的核验不再算数，要重新核验。
    别人登记过另一种结果的，改登记或者取消以前，先说明是谁、什么时候登记的，确认后才改；报告里写明取消了谁的不通过。
    检测项在 schemas/four-properties.toml 里。
    """
    opened = workspace()
    if check is None:
        if result or note or withdraw or yes:
            raise UsageError("--result、--note、--withdraw、--yes 要和 --record 编号 一起写。")
        _show(opened, project, as_json)
        return
    if as_json:
        raise UsageError("--json 用来看结果，不能和 --record 一起用。")
    if withdraw == (result is not None):
        raise UsageError("请写 --result 通过（或 不通过）登记核验；要取消的，只写 --withdraw。")
    if note is None:
        raise UsageError(f"{'取消核验' if withdraw else '登记核验'}要写明看了什么：--note 说明。")
    reason = reason_given(note)
    told = decided(yes, lambda sure: _record(opened, project, check, result, reason, sure))
    for line in told.splitlines():
        click.echo(plain(line))


def _record(opened: Workspace, project: str, check: str, result: str | None, note: str, sure: Sure) -> str:
    """Record it or withdraw it; what there is to tell of that."""
    from archivist.decisions.verifying import take_back, verify_by_hand

    with opened.writing("four-properties") as index:
        if result is None:
            if not take_back(opened, index, project, check, note, sure):
                raise BadInputError(f"{project} 的 {check} 没有登记过人工核验。")
            return f"{project} 的 {check} 取消了人工核验，回到软件检测的结果。"
        made, judged, change = verify_by_hand(opened, index, project, check, result, note, sure)
    changed = f"{change.told}\n" if change is not None else ""
    return (
        f"{changed}已登记：{project} 的 {check} {judged.rule.name}，{made.result}。{made.told}\n"
        f"只对现在的 {len(made.basis)} 份材料算数；材料有增减、改动的，要重新核验。"
    )


def _show(opened: Workspace, project: str, as_json: bool) -> None:
    from datetime import datetime

    from archivist.index.reader import open_reader
    from archivist.questions.fourproperties import Examining, chain_told
    from archivist.questions.register import known_projects

    today = datetime.now().astimezone().date()
    with open_reader(opened.index_path) as index:
        known_projects(index, index.projects.names([project]), [project])
        ((_, found),) = Examining(opened, index, today, chain=chain_told(index)).each([project])
    if as_json:
        print_json(found.records())
        return
    _tell(found, opened.four.told)


def _tell(found: Examined, told: str) -> None:
    click.echo(plain(f"{found.project} {found.name}"))
    for name in PROPERTIES:
        click.echo(name)
        for one in found.judged:
            if one.rule.property == name:
                for line in _lines(one):
                    click.echo(line)
    counts = "，".join(f"{result.value} {found.count(result)} 项" for result in Result)
    click.echo(f"{counts}。{told}。")


def _lines(one: Judged) -> list[str]:
    text = plain(f"  {one.result.value}　{one.rule.code} {one.rule.name}：{one.told}")
    room = screen_columns()
    return [text] if room is None else list(wrapped(text, max(room, 40), "        "))
