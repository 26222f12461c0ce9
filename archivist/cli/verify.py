"""``archivist verify``: whether every original, copy and record is still what it was (固定性核验)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from archivist.cli.common import print_json, screen_columns, workspace
from archivist.cli.parameters import examples, json_option
from archivist.errors import ExitCode
from archivist.render.text import plain, wrapped

if TYPE_CHECKING:
    from archivist.preservation.fixity.findings import Discrepancy, Report


@click.command(
    "verify",
    epilog=examples("archivist verify", "archivist verify --anchor 事件锚.json", "archivist verify --json"),
)
@json_option
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "none"]),
    default="error",
    help="发现什么时退出码为 6：error 只算错误（不写即是），warning 连提醒也算，none 都不算。",
)
@click.option("--sm3", is_flag=True, help="国密 SM3 校验值也重算一遍（已记过的；慢几倍）。")
@click.option(
    "--anchor",
    "anchors",
    metavar="文件",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="与 archivist anchor 保存在外面的锚对照，可写多个。",
)
def command(as_json: bool, fail_on: str, sm3: bool, anchors: tuple[Path, ...]) -> int:
    """核验：重算全部原件和归档文件的校验值，检查事件记录和索引有没有被改动、删减，逐一指出并说明怎么办。"""
    from archivist.preservation.fixity.anchor import heads_of
    from archivist.preservation.fixity.verify import verify

    opened = workspace()
    heads, wrong_anchors = heads_of(anchors, opened.config)
    report = verify(opened, sm3, heads, wrong_anchors)
    if as_json:
        print_json([report.record()])
    else:
        _show(report)
    wrong = not report.sound if fail_on == "error" else bool(report.findings)
    return ExitCode.FIXITY if wrong and fail_on != "none" else ExitCode.OK


def _show(report: Report) -> None:
    for finding in report.findings:
        for line in discrepancy_lines(finding):
            click.echo(line)
    seq, digest = report.head
    click.echo(
        f"核验了原件 {report.originals} 个、归档和待确认等文件 {report.copies} 个，共 {report.bytes / 1e6:.1f} 兆字节；"
        f"事件 {report.events} 条。"
    )
    click.echo(f"事件记录的末端：第 {seq} 条，{digest}")
    if report.findings:
        errors = sum(finding.severity == "error" for finding in report.findings)
        click.echo(f"发现错误 {errors} 处，提醒 {len(report.findings) - errors} 处。")
    else:
        click.echo("全部完好。")


def discrepancy_lines(finding: Discrepancy) -> list[str]:
    """A finding as lines on the screen."""
    kind = "错误" if finding.severity == "error" else "提醒"
    lines = [f"{kind}：{finding.message}", f"    {finding.advice}"]
    room = screen_columns()
    if room is None:
        return [plain(line) for line in lines]
    return [row for line in lines for row in wrapped(plain(line), max(room, 40), "    ")]
