"""``archivist demo [DIR]``: the whole job on shipped samples, nothing precomputed (演示)."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archivist.cli.parameters import examples
from archivist.errors import BadInputError, StoreError

if TYPE_CHECKING:
    from archivist.workspace.opened import Workspace

PROJECT, READY = "DZ-2018-0017", "DZ-2019-0042"
KINDS = ("department-minutes", "disposal-plan", "catalogue")
"""What the demo drafts for its main project: the minutes it still lacks, the plan, and the catalogue."""


@click.command("demo", epilog=examples("archivist demo", "archivist demo D:\\试用"))
@click.argument(
    "folder", metavar="文件夹", type=click.Path(path_type=Path, file_okay=False), default=Path("演示工作区")
)
def command(folder: Path) -> None:
    """用附带的样本走一遍全过程：导入台账、识别归档、列出缺件、生成公文。样本中的人名、村名均为虚构。"""
    from archivist.cli.ingest import run_pass, tell
    from archivist.cli.init import make_workspace
    from archivist.cli.register import import_register
    from archivist.workspace.resources import data_folder

    samples = data_folder("samples")
    if folder.exists() and any(folder.iterdir()):
        raise BadInputError(f"“{folder}”里已有文件，没有动它。请换一个文件夹：archivist demo 文件夹名")
    make_workspace(folder)
    opened = _open(folder)
    click.echo(f"一、工作区：{folder.absolute()}")
    diff = import_register(opened, samples / "登记" / "项目台账.xlsx").diff
    click.echo(f"二、导入项目台账：{len(diff.added)} 个项目")
    count = _drop(samples / "收件箱", opened.config.inbox)
    click.echo(f"三、把 {count} 个样本文件放入“收件箱”，逐页识别（扫描件、照片、Word、压缩包……）")
    tell(run_pass(opened, "demo", show=True))
    click.echo("四、缺件清单")
    _missing(opened)
    click.echo("五、生成公文")
    made = _generate(opened, folder)
    _goodbye(opened, folder, made)


def _open(folder: Path) -> Workspace:
    from archivist.workspace.opened import open_workspace

    return open_workspace(folder.absolute(), click.get_current_context().find_root().obj["actor"])


def _drop(samples: Path, inbox: Path) -> int:
    """Copy the samples into the inbox, as a person would."""
    try:
        shutil.copytree(samples, inbox, dirs_exist_ok=True)
    except OSError as error:
        raise StoreError(f"样本复制到“{inbox}”失败（{error}）。请检查磁盘空间和权限。") from error
    return sum(path.is_file() for path in samples.rglob("*"))


def _missing(opened: Workspace) -> None:
    from archivist.cli.missing import command as missing

    context = click.get_current_context()
    context.find_root().obj["workspace"] = opened.config.workspace
    context.invoke(missing, category="淘汰类", show_all=True)


def _generate(opened: Workspace, folder: Path) -> list[Path]:
    from archivist.drafts.drafting import draft_document
    from archivist.workspace.resources import data_folder

    made = []
    for kind in KINDS:
        path = draft_document(
            opened, kind, PROJECT, data_folder("examples") / f"{kind}.yaml", (), folder.absolute()
        ).path
        click.echo(f"  {path.name}")
        made.append(path)
    return made


def _goodbye(opened: Workspace, folder: Path, made: list[Path]) -> None:
    from archivist.index.reader import open_reader
    from archivist.store.layout import GUIDE, RECENT, STATUS_PAGE
    from archivist.workspace.resources import data_folder

    with open_reader(opened.index_path) as index:
        row = index.projects.find(PROJECT)
    assert row is not None
    status = opened.config.store_root / row["folder"] / STATUS_PAGE
    click.echo("\n完成。可以打开看看：")
    click.echo(f"  使用说明：{opened.config.store_root / GUIDE}")
    click.echo(f"  归档状态：{status}")
    click.echo(f"  最近处理：{opened.config.inbox / RECENT}")
    click.echo(f"  待确认的材料和说明：{opened.config.review}")
    click.echo(f"  退回的文件和原因：{opened.config.rejected}")
    for path in made:
        click.echo(f"  公文：{path}")
    copies = opened.config.store_root / opened.config.store.copies
    copy = next(iter(sorted(copies.rglob("*.pdf"))), None)
    if copy is not None:
        click.echo(f"  可检索副本（能选字、能查找的扫描件）：{copy}")
    at = f'"{folder}"' if " " in str(folder) else folder
    click.echo(f"\n接着试试：archivist -w {at} review　　archivist -w {at} search 债权债务")
    click.echo(f"　　　　　archivist -w {at} check　　archivist -w {at} deregister {READY} --dry-run")
    people = data_folder("samples") / "登记" / "人员名册.xlsx"
    click.echo(
        "现在没有人员名册，由一人使用。要试两个人销号（一人提请，另一人用自己的系统账号确认），先导入样例名册："
        f'\n　　　　　archivist -w {at} people import "{people}"　　archivist -w {at} people list'
    )
