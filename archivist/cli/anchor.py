"""``archivist anchor``: keep the head of the event log outside (锚)."""

from __future__ import annotations

import click

from archivist.cli.common import save_new, workspace
from archivist.cli.parameters import examples
from archivist.errors import ExitCode


@click.command("anchor", epilog=examples("archivist anchor -o E:\\锚\\20241120.json"))
@click.option(
    "-o",
    "--output",
    metavar="文件",
    required=True,
    type=click.Path(dir_okay=False),
    help="保存到哪里：另一块盘，或打印、发给别人保管。",
)
def command(output: str) -> int:
    """把事件记录的末端（序号和校验值）保存到档案库外面；设了可信时间戳服务的，同时取时间戳。

    以后 archivist verify --anchor 对照它，事件记录被截短或重写就瞒不住。
    """
    from pathlib import Path

    from archivist.preservation.fixity.anchor import anchor, remember

    opened = workspace()
    with opened.writing("anchor") as index:
        data, problem, told = anchor(index, opened.config)
        save_new(output, data)
        remember(Path(output), opened.config)
        time = told["timestamp"]["time"] if told["timestamp"] else None
        with index.change():
            index.event("anchored", output, seq=told["seq"], hash=told["hash"], stamped=time)
    click.echo(f"事件记录的末端：第 {told['seq']} 条，{told['hash']}")
    if time:
        click.echo(f"可信时间戳：{time}")
    if problem:
        click.echo(f"没有取得可信时间戳：{problem}。锚已保存，可以稍后再做一个。", err=True)
    return ExitCode.PARTIAL if problem else ExitCode.OK
