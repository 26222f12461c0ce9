"""``archivist status``: what runs, what waits, what failed and when it is tried again (运行状态). Reads, never writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archivist.cli.common import folder_asked, print_json
from archivist.cli.parameters import examples, json_option
from archivist.core.catalogue.completeness import OVERRIDDEN, ItemState
from archivist.core.catalogue.tally import COMPLETE
from archivist.core.model import Severity
from archivist.core.words.copies import put_back, what_became
from archivist.core.words.times import second
from archivist.errors import ExitCode
from archivist.questions.evidence import advice
from archivist.render.text import plain

if TYPE_CHECKING:
    from archivist.core.catalogue.tally import Tally
    from archivist.questions.status import Health, WrongCopy
    from archivist.system.liveness import Holder
    from archivist.workspace.config import Config

_MOST = 10


@click.command(
    "status",
    epilog=examples(
        "archivist status",
        "archivist status --fail-on error　　（供监控：有严重问题时退出码为 1）",
        "archivist status --json",
    ),
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    help="有这一级（或更严重）的问题时退出码为 1：error 严重问题，warning 一般问题。",
)
@json_option
def command(fail_on: str | None, as_json: bool) -> int:
    """显示运行状态：值守程序、等待的文件、待确认、出错和重试、磁盘空间、被改动的归档文件。只看，不改动任何东西。"""
    from archivist.questions.status import look

    health = look(_config())
    if as_json:
        print_json([health.record()])
    else:
        for line in _lines(health):
            click.echo(plain(line))
    levels = {"error": {Severity.ERROR}, "warning": {Severity.ERROR, Severity.WARNING}, None: set[Severity]()}
    bad = any(problem.severity in levels[fail_on] for problem in health.problems)
    return ExitCode.FINDINGS if bad else ExitCode.OK


def _config() -> Config:
    """The workspace's settings, without opening anything."""
    import os
    from pathlib import Path

    from archivist.workspace.config import find_workspace, load_config

    asked = folder_asked()
    return load_config(find_workspace(Path(asked) if asked else None, os.environ, Path.cwd()))


def _lines(health: Health) -> list[str]:
    known = health.known
    oldest = health.oldest
    lines = [
        f"值守程序　{_watching(health.watcher)}",
        f"最近一轮　{_last(health)}",
        f"等待处理　收件箱 {health.inbox} 个，已收下未做完 {known.unfinished} 个"
        + (f"；最早的 {oldest.name}（{second(oldest.since)}）" if oldest else ""),
        f"待确认　　{known.review} 件"
        + (f"，其中 {known.unsorted} 件看得出项目、看不出是哪一项" if known.unsorted else "")
        + (
            f"；最早的 {known.oldest_review.document}（{second(known.oldest_review.since)}）"
            if known.oldest_review
            else ""
        ),
        f"退回　　　{known.rejected} 件",
        f"淘汰类　　{_projects(known.sums)}",
        f"已销号　　{known.holding} 个项目",
        f"磁盘　　　剩余 {_size(health.free_mb)}，共 {_size(health.total_mb)}"
        f"（少于 {_size(health.limit_mb)} 时提醒）",
        f"索引　　　{known.problem or f'正常，材料 {known.documents} 件，事件 {known.events} 条'}",
    ]
    lines += _section(
        "出错的文件（自动再试）",
        [
            f"{one.source}：{one.error}（已试 {one.attempts} 次，{second(one.next)} 再试）"
            for one in known.failures
        ],
    )
    lines += _section("没有处理成的", [f"{one.message}（{second(one.since)} 起）" for one in known.troubles])
    lines += _section("被改动、被删除的归档文件", [_wrong(one) for one in known.wrong])
    lines += _section(
        "销号不能作数的项目", [f"{one.project}：{one.problem}。{advice(one.project)}" for one in known.lost]
    )
    lines += _section(
        "已销号又重新打开的项目",
        [f"{one.project} {one.name}：{one.reason}（{second(one.since)}）" for one in known.reopened],
    )
    lines += _section(
        "已提请销号、等待另一人确认的项目",
        [f"{one.project} {one.name}：{one.actor}（{second(one.since)} 提请）" for one in known.proposed],
    )
    lines.append("")
    marks = {Severity.ERROR: "严重", Severity.WARNING: "提醒"}
    lines += [f"【{marks[one.severity]}】{one.message}" for one in health.problems]
    return lines if health.problems else [*lines, "一切正常。"]


def _projects(sums: Tally | None) -> str:
    if sums is None:
        return "各项目的归档状态还没有算好，值守程序或下一次 archivist ingest 会算"
    shown = (ItemState.MISSING, ItemState.REVIEW, ItemState.UNQUALIFIED, ItemState.CHECK)
    told = "，".join(f"{state.value} {sums.of(state.value)} 个" for state in shown)
    over = f"；有负责人核定的 {sums.of(OVERRIDDEN)} 个" if sums.of(OVERRIDDEN) else ""
    return f"{sums.projects} 个项目：材料齐全 {sums.of(COMPLETE)} 个，{told}{over}"


def _wrong(one: WrongCopy) -> str:
    what, how = what_became(one.state), put_back(one.document)
    return f"{one.path}：{what}（{second(one.since)} 发现）　放回：{how}"


def _section(title: str, rows: list[str]) -> list[str]:
    if not rows:
        return []
    left = [f"  ……另有 {len(rows) - _MOST} 条，用 --json 看全部"] if len(rows) > _MOST else []
    return ["", f"{title}：", *(f"  · {row}" for row in rows[:_MOST]), *left]


def _watching(found: Holder | None) -> str:
    if found is None:
        return "没有运行"
    sure = "" if found.alive else "，在另一台电脑上，这里不能核实"
    return f"正在运行（进程号 {found.pid}，{found.host}，{found.user}，自 {second(found.since)} 起{sure}）"


def _last(health: Health) -> str:
    if health.last is None or health.beat is None:
        return "还没有处理过"
    if health.last.error:
        again = f"，{second(health.last.next)} 自动再试" if health.last.next and health.watcher else ""
        return f"{second(health.beat)} 没有做成：{health.last.error}{again}"
    return f"{second(health.beat)} 正常结束"


def _size(mb: int | None) -> str:
    if mb is None:
        return "不明"
    return f"{mb / 1024:.1f} GB" if mb >= 1024 else f"{mb} MB"
