"""``archivist number``: numbers of the archive (档号) for a project's papers, and whether those given are right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from archivist.cli.common import print_json, workspace
from archivist.cli.parameters import Number, examples, json_option, reason_given
from archivist.errors import UsageError
from archivist.render.text import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.decisions.numbering import Numbered
    from archivist.index.reader import IndexReader
    from archivist.workspace.opened import Workspace


@click.command(
    "number",
    epilog=examples(
        "archivist number DZ-2018-0017 --dry-run　　（先看会编什么号）",
        "archivist number DZ-2018-0017 DZ-2019-0042",
        "archivist number --township 珠溪镇",
        "archivist number --check　　（缺号、重号、空号）",
        'archivist number DZ-2018-0017 --renumber --reason "全宗号写错，按档案馆通知改"',
    ),
)
@click.argument("projects", metavar="[项目编号]…", nargs=-1)
@click.option("--township", metavar="镇街", help="给一个镇街的淘汰类项目编号（名称写一部分也可以）。")
@click.option("--year", metavar="年份", type=Number(1949, 2999), help="年度；不写则按材料的日期。")
@click.option("--check", is_flag=True, help="核对已编的号：缺号、重号、空号、不符的，都列出来。")
@click.option("--renumber", is_flag=True, help="重新编号，要写明理由；停用的号不再编给别的材料。")
@click.option("--withdraw", is_flag=True, help="收回编的号，要写明理由；收回的号不再编给别的材料。")
@click.option("--reason", metavar="理由", help="为什么重新编号或收回。")
@click.option("--dry-run", is_flag=True, help="只说会编什么号，不编。")
@json_option
def command(
    projects: tuple[str, ...],
    township: str | None,
    year: int | None,
    check: bool,
    renumber: bool,
    withdraw: bool,
    reason: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """编档号：全宗号-门类·年度-保管期限-机构-件号。编过的不变，后来归档的接着编；草稿和旧版不编。

    全宗号、机构代码和按案卷还是按件，在 archivist.toml 的 [archive] 里写；保管期限在 schemas/archive.toml 里写。
    材料退回、改归以后，它的号空着，用 --check 能看到，不会编给别的材料。
    """
    if sum((check, renumber, withdraw)) > 1:
        raise UsageError("--check、--renumber、--withdraw 只能写一个。")
    opened = workspace()
    if check:
        _check(opened, projects, township, as_json)
        return
    if not projects and township is None:
        raise UsageError("请写明项目编号，或用 --township 写明镇街；核对已编的号用 --check。")
    why = None
    if renumber or withdraw:
        if reason is None:
            raise UsageError(f"{'重新编号' if renumber else '收回档号'}要写明理由：--reason 理由。")
        why = reason_given(reason)
    elif reason is not None:
        raise UsageError("--reason 和 --renumber 或 --withdraw 一起写。")
    if withdraw:
        _withdraw(opened, projects, township, why or "")
        return
    _number(opened, projects, township, year, why, dry_run, as_json)


def _codes(opened: Workspace, index: IndexReader, projects: Sequence[str], township: str | None) -> list[str]:
    """Which projects are asked for; UsageError for what the register does not have."""
    from archivist.questions.register import known_names, known_projects

    townships = None
    if township is not None:
        townships = known_names("township", township, index.projects.values("township"))
    if projects:
        known_projects(index, index.projects.names(projects), projects)
    return index.projects.codes(projects, townships, None if projects else opened.procedure.category)


def _number(
    opened: Workspace,
    projects: Sequence[str],
    township: str | None,
    year: int | None,
    anew: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    from archivist.decisions.numbering import number, ready
    from archivist.pages.project import refresh_stale

    ready(opened)
    count = papers = 0
    with opened.writing("number", looking=dry_run) as index:
        for one in number(opened, index, _codes(opened, index, projects, township), year, anew, dry_run):
            count += bool(one.plan.new)
            papers += sum(bool(new.document) for new in one.plan.new)
            if as_json:
                print_json(_records(one))
            else:
                _tell(one, dry_run)
        if not dry_run:
            refresh_stale(opened, index)
    if not as_json:
        what = "会编" if dry_run else "编了"
        click.echo(f"{count} 个项目{what}档号，共 {papers} 件。" if count else "没有要编号的材料。")


def _tell(one: Numbered, dry_run: bool) -> None:
    what = "会编" if dry_run else "已编"
    again = {new.code for new in one.plan.new}
    for given in one.ended:
        told = f"{'会' if dry_run else ''}停用"
        over = "，顺序号重排" if given.code in again else "，不再编给别的材料"
        click.echo(plain(f"{one.project} {told} {given.code}（{given.document or '案卷'}）{over}"))
    for new in one.plan.new:
        click.echo(plain(f"{one.project} {what} {new.code}　{new.document or f'案卷 {one.name}'}"))
    for left in one.plan.left:
        click.echo(plain(f"{one.project} 没有编号：{left}"))
    if one.plan.new and one.lacks:
        lacks = "、".join(map(str, one.lacks))
        click.echo(plain(f"{one.project} 还缺第{lacks}项的材料，以后归档的接着编。"))


def _records(one: Numbered) -> list[dict[str, Any]]:
    """Lines of ``--json``, as schemas/output/number.schema.json describes them."""
    made = [(new.document, new.code, None) for new in one.plan.new]
    return [
        {"project": one.project, "document": document or None, "number": code, "message": message}
        for document, code, message in [*made, *(("", None, left) for left in one.plan.left)]
    ]


def _withdraw(opened: Workspace, projects: Sequence[str], township: str | None, why: str) -> None:
    from archivist.decisions.numbering import withdraw
    from archivist.pages.project import refresh_stale

    if township is not None:
        raise UsageError("收回档号要逐个写明项目编号，不能用 --township。")
    with opened.writing("number") as index:
        for code in _codes(opened, index, projects, None):
            gone = withdraw(index, code, why)
            click.echo(plain(f"{code} 收回了 {len(gone)} 个号，不再编给别的材料。"))
        refresh_stale(opened, index)


def _check(opened: Workspace, projects: Sequence[str], township: str | None, as_json: bool) -> None:
    from archivist.decisions.numbering import flaws
    from archivist.index.reader import open_reader

    count = 0
    with open_reader(opened.index_path) as index:
        codes = _codes(opened, index, projects, township) if projects or township else []
        found = flaws(opened, index, codes)
        if as_json:
            print_json(one.record() for one in found)
            return
        for one in found:
            count += 1
            click.echo(plain(one.told))
        asked = set(codes)
        numbered = [one for one in index.numbers.projects() if not asked or one in asked]
    if count:
        click.echo(f"核对了档号：{count} 处要看。")
    elif numbered:
        click.echo(f"核对了 {len(numbered)} 个项目的档号：没有缺号、重号、空号。")
    else:
        click.echo("还没有编过档号，没有可核对的。编档号用 archivist number。")
