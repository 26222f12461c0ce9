"""``archivist restore``: a workspace out of a backup (恢复)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from archivist.cli.parameters import examples
from archivist.errors import ExitCode, UsageError
from archivist.render.text import plain

if TYPE_CHECKING:
    from archivist.preservation.recovery.restore import Restored


@click.command(
    "restore",
    epilog=examples(
        "archivist restore E:\\档案备份 --to D:\\归档恢复",
        "archivist restore E:\\档案备份 --check　　（只检查备份是否完好）",
    ),
)
@click.argument("folder", metavar="备份文件夹", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--to",
    "target",
    metavar="新文件夹",
    type=click.Path(path_type=Path),
    help="恢复到哪里：新的或空的文件夹。",
)
@click.option("--at", "name", metavar="时间", help="用哪一次备份（清单的文件名）；不写则用最新的。")
@click.option("--check", "only_check", is_flag=True, help="只把备份重新校验一遍，不恢复。")
@click.option("--partial", is_flag=True, help="备份有损坏时，只恢复完好的。")
def command(folder: Path, target: Path | None, name: str | None, only_check: bool, partial: bool) -> int:
    """从备份恢复出一个新的工作区。先把备份里的全部内容校验一遍，有一个不完好就什么都不写；绝不覆盖已有的文件。"""
    from archivist.preservation.recovery.restore import check_backup, choose_backup, restore

    if (target is None) == (not only_check):
        raise UsageError("请写 --to 新文件夹（恢复），或 --check（只检查），二者选一。")
    manifest = choose_backup(folder, name)
    if target is None:
        return _show(check_backup(folder, manifest))
    restored = restore(folder, target, manifest, partial)
    if not restored.with_database:
        _rebuild(target)
    code = _show(restored)
    click.echo(f"已恢复到 {target}。下一步：archivist -w {target} verify")
    return code


def _rebuild(target: Path) -> None:
    """A backup whose database is gone or damaged has the log."""
    from archivist.cli.reindex import Again
    from archivist.preservation.recovery.reindex import reindex
    from archivist.workspace.opened import open_workspace

    opened = open_workspace(target, click.get_current_context().find_root().obj["actor"])
    with Again(opened) as again:
        reindex(opened, again.read)
    click.echo("备份里没有完好的索引数据库，已按事件日志重建。")


def _show(restored: Restored) -> int:
    for one in restored.damaged:
        click.echo(plain(f"损坏：{one}。"))
    click.echo(
        f"备份 {restored.manifest.name}（{restored.manifest.at}，事件记录末端第 {restored.manifest.head['seq']} 条）："
        f"{restored.files} 个文件，{restored.bytes / 1e6:.1f} 兆字节，"
        + (f"{len(restored.damaged)} 个不完好。" if restored.damaged else "全部完好。")
    )
    return ExitCode.FIXITY if restored.damaged else ExitCode.OK
