"""``archivist backup``: a consistent copy of the whole archive, incremental (备份)."""

from __future__ import annotations

from pathlib import Path

import click

from archivist.cli.common import workspace
from archivist.cli.parameters import examples
from archivist.errors import ExitCode
from archivist.render.text import plain


@click.command("backup", epilog=examples("archivist backup E:\\档案备份"))
@click.argument("folder", metavar="文件夹", type=click.Path(file_okay=False, path_type=Path))
@click.option("--full", is_flag=True, help="每个文件都重新读一遍，不看它上次备份以后有没有变。")
def command(folder: Path, full: bool) -> int:
    """把整个档案库备份到另一块盘：原件、归档文件、索引、事件日志和设置。值守时也可以备份；只复制上次以后新增的内容，以前的备份都保留。"""
    from archivist.preservation.recovery.backup import Backup

    done = Backup(workspace(), folder, full).run()
    for problem in done.problems:
        click.echo(plain(problem), err=True)
    assert done.manifest is not None
    click.echo(
        f"已备份 {done.files} 个文件，其中新复制 {done.copied} 个内容（{done.bytes / 1e6:.1f} 兆字节）。"
        f"清单：{done.manifest}"
    )
    click.echo(f"检查备份：archivist restore {folder} --check")
    return ExitCode.PARTIAL if done.problems else ExitCode.OK
