"""``archivist export``: projects' papers as packages that prove themselves (移交包)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from archivist.cli.common import print_json, workspace
from archivist.cli.parameters import examples, json_option
from archivist.errors import ArchivistError, ExitCode, UsageError
from archivist.render.text import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.preservation.package.jobs import Exported
    from archivist.workspace.opened import Workspace


@click.command(
    "export",
    epilog=examples(
        "archivist export DZ-2018-0017 -o E:\\移交",
        "archivist export DZ-2018-0017 DZ-2019-0004 -o E:\\移交 --zip",
        "archivist export --all-deregistered -o E:\\移交",
    ),
)
@click.argument("projects", metavar="[项目编号]…", nargs=-1)
@click.option(
    "-o",
    "--output",
    metavar="文件夹",
    required=True,
    type=click.Path(),
    help="导出到哪个文件夹，一个项目一个移交包；不能在档案库里面。",
)
@click.option("--zip", "as_zip", is_flag=True, help="每个移交包存成一个 ZIP 文件。")
@click.option("--township", metavar="镇街", help="这个镇街的全部项目。")
@click.option(
    "--all-deregistered", is_flag=True, help="全部已销号的项目；与 --township 同用则只要这个镇街的。"
)
@json_option
def command(
    projects: tuple[str, ...],
    output: str,
    as_zip: bool,
    township: str | None,
    all_deregistered: bool,
    as_json: bool,
) -> int:
    """导出移交包：项目的全部归档文件、目录、销号决定和证明，带 index.html 和核验工具，离开本软件也能看、能核验。

    没有销号的项目也能导出，包里处处写明“未销号”。已有的移交包不会被覆盖；中断了的，再运行一次接着做。
    """
    from archivist.preservation.package.jobs import Export

    if not output.strip():
        raise UsageError("-o 后面没有写文件夹，没有导出。请写明导出到哪个文件夹；就要当前文件夹的，写 -o .")
    opened = workspace()
    codes = _chosen(opened, projects, township, all_deregistered)
    problems: list[ArchivistError] = []

    def tell(error: ArchivistError) -> None:
        problems.append(error)
        click.echo(plain(f"出错：{error.message}"), err=True)

    done = 0
    for one in Export(opened, Path(output), as_zip).run(codes, tell):
        done += 1
        if as_json:
            print_json([one.record()])
        else:
            _show(one)
    if not as_json and len(codes) > 1:
        click.echo(f"导出了 {done} 个项目，共 {len(codes)} 个。")
    return problems[0].exit_code if problems else ExitCode.OK


def _chosen(
    opened: Workspace, projects: Sequence[str], township: str | None, wound_up: bool
) -> Sequence[str]:
    """The projects that were asked for; UsageError when that says none."""
    if projects and (township or wound_up):
        raise UsageError("项目编号不能和 --township、--all-deregistered 一起写。")
    if projects:
        return list(dict.fromkeys(projects))
    if not township and not wound_up:
        raise UsageError("请写项目编号，或用 --township、--all-deregistered 指定一批项目。")
    from archivist.index.reader import open_reader
    from archivist.questions.missing import EVERY, missing, wanted
    from archivist.workspace.quick import catalogue_items

    asked = wanted(catalogue_items(opened.config.workspace), EVERY, township)
    with open_reader(opened.index_path) as reader:
        found = missing(reader, asked, opened.standard).projects
    codes = [one.project.code for one in found if one.project.deregistered or not wound_up]
    if not codes:
        raise UsageError("没有符合条件的项目，没有导出。用 archivist missing --all 查看项目。")
    return codes


def _show(one: Exported) -> None:
    state = "已销号" if one.wound_up else "未销号（包里处处写明）"
    click.echo(plain(f"{'以前已导出' if one.earlier else '已导出'}：{one.path}"))
    click.echo(f"    {state}，{one.files} 个文件，{one.bytes / 1e6:.1f} 兆字节")
    click.echo(f"    移交包校验值：{one.check}（写在移交单上，核验时对照）")
    for told in one.left:
        click.echo(plain(f"    注意：{told}"), err=True)
    if one.changed:
        click.echo(
            f"    注意：项目 {one.code} 以后有变动，这个包是以前的；要新的，请换一个文件夹重新导出。",
            err=True,
        )
