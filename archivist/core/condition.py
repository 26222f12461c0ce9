"""How the whole is (运行状况): facts about watcher, queue, disk and archive → what is wrong, and how badly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archivist.core.model import Severity
from archivist.core.standing import ALTERED, GONE
from archivist.core.words.copies import what_became


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: an error needs somebody now, a warning soon.

    ``code`` is for programs, ``message`` a Chinese sentence that says what to do.
    """

    severity: Severity
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Bounds:
    """From when on something is a problem (archivist.toml, [status])."""

    min_free_mb: int
    waiting_minutes: int
    silent_minutes: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What was seen. Times are in minutes before now; None where there is none or it cannot be told.

    ``index`` is empty when the database can be read, else says why not; ``last_error`` is the last pass's, empty when
    it went well. ``reopened`` are projects whose 销号 holds no longer, ``lost`` those whose evidence does not stand,
    ``astray`` those whose folder lies under another township than the register says.
    """

    watcher: bool
    silent: float | None
    waiting: int
    oldest: float | None
    failed: int
    altered: int
    gone: int
    troubles: int
    last_error: str
    free_mb: int | None
    index: str
    reopened: int = 0
    lost: int = 0
    astray: int = 0


def problems(facts: Facts, limits: Bounds) -> list[Problem]:
    """What is wrong, the worst first."""
    found = [*_archive(facts), *_running(facts, limits), *_work(facts, limits), *_disk(facts, limits)]
    return sorted(found, key=lambda problem: problem.severity is not Severity.ERROR)


def _archive(facts: Facts) -> Iterator[Problem]:
    if facts.index:
        yield Problem(Severity.ERROR, "index", f"索引数据库用不了：{facts.index}")
    if facts.altered:
        yield Problem(
            Severity.ERROR,
            "altered",
            f"已归档的文件有 {facts.altered} 件{what_became(ALTERED)}了。请查明原因，用 archivist repair 放回收存的原件。",
        )
    if facts.gone:
        yield Problem(
            Severity.ERROR,
            "gone",
            f"已归档的文件有 {facts.gone} 件{what_became(GONE)}了。请用 archivist repair 放回收存的原件。",
        )

    if facts.lost:
        yield Problem(
            Severity.ERROR,
            "lost-evidence",
            f"有 {facts.lost} 个项目的销号不能作数：依据不见了、被改动，或不是本软件办理的。"
            "请用 archivist deregister 项目编号 逐个核对。",
        )


def _running(facts: Facts, limits: Bounds) -> Iterator[Problem]:
    if not facts.watcher:
        yield Problem(
            Severity.WARNING,
            "no-watcher",
            "没有值守程序在运行，放入的文件不会自动处理。请启动 archivist watch，或设为开机自动运行（archivist service）。",
        )
    elif facts.silent is not None and facts.silent > limits.silent_minutes:
        yield Problem(
            Severity.ERROR,
            "silent",
            f"值守程序已经 {facts.silent:.0f} 分钟没有动静，可能卡住了。请停止后重新启动。",
        )
    if facts.last_error:
        yield Problem(Severity.ERROR, "last-pass", f"最近一轮没有做成：{facts.last_error}")


def _work(facts: Facts, limits: Bounds) -> Iterator[Problem]:
    if facts.oldest is not None and facts.oldest > limits.waiting_minutes:
        yield Problem(
            Severity.WARNING,
            "waiting",
            f"收件箱里有文件等了 {facts.oldest:.0f} 分钟还没有处理（共 {facts.waiting} 个）。请看值守程序是否在运行。",
        )
    if facts.failed:
        yield Problem(Severity.WARNING, "failed", f"有 {facts.failed} 个文件处理时出错，会自动再试。")
    if facts.reopened:
        yield Problem(
            Severity.WARNING,
            "reopened",
            f"有 {facts.reopened} 个项目销号后又重新打开了。请用 archivist check 查看原因，解决后重新办理销号。",
        )
    if facts.astray:
        yield Problem(
            Severity.WARNING,
            "folders-astray",
            f"有 {facts.astray} 个项目的文件夹不在台账写的镇街下面。请用 archivist check 查看是哪些，移回去，或改台账。",
        )
    if facts.troubles:
        yield Problem(Severity.WARNING, "troubles", f"有 {facts.troubles} 处没有处理成，需要人看一看。")


def _disk(facts: Facts, limits: Bounds) -> Iterator[Problem]:
    if facts.free_mb is not None and facts.free_mb < limits.min_free_mb:
        yield Problem(
            Severity.ERROR,
            "disk",
            f"档案库所在磁盘只剩 {facts.free_mb} 兆字节，少于 {limits.min_free_mb}。请清理磁盘。",
        )
