"""How the whole is: each trouble is told with its severity, the worst first; a sound system is not told of."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from archivist.core.condition import Bounds, Facts, problems
from archivist.core.model import Severity

LIMITS = Bounds(min_free_mb=500, waiting_minutes=30, silent_minutes=10)
SOUND = Facts(
    watcher=True,
    silent=1.0,
    waiting=0,
    oldest=None,
    failed=0,
    altered=0,
    gone=0,
    troubles=0,
    last_error="",
    free_mb=501,
    index="",
)


def told(**changed: Any) -> list[tuple[str, Severity]]:
    return [(one.code, one.severity) for one in problems(replace(SOUND, **changed), LIMITS)]


def test_a_sound_system_has_no_problem_and_neither_has_one_that_cannot_tell() -> None:
    assert told() == []
    assert told(silent=None, free_mb=None, oldest=None) == []


def test_at_its_limit_nothing_is_a_problem_yet() -> None:
    assert told(silent=10.0, oldest=30.0, waiting=1, free_mb=500) == []


@pytest.mark.parametrize(
    ("changed", "code", "severity", "words"),
    [
        ({"index": "打不开"}, "index", Severity.ERROR, "索引数据库用不了：打不开"),
        ({"altered": 2}, "altered", Severity.ERROR, "有 2 件被改动"),
        ({"gone": 3}, "gone", Severity.ERROR, "有 3 件被删除"),
        ({"watcher": False, "silent": 99.0}, "no-watcher", Severity.WARNING, "没有值守程序在运行"),
        ({"silent": 10.6}, "silent", Severity.ERROR, "已经 11 分钟没有动静"),
        ({"last_error": "盘满了"}, "last-pass", Severity.ERROR, "最近一轮没有做成：盘满了"),
        ({"oldest": 31.0, "waiting": 4}, "waiting", Severity.WARNING, "等了 31 分钟还没有处理（共 4 个）"),
        ({"failed": 5}, "failed", Severity.WARNING, "有 5 个文件处理时出错"),
        ({"reopened": 6}, "reopened", Severity.WARNING, "有 6 个项目销号后又重新打开了"),
        ({"lost": 8}, "lost-evidence", Severity.ERROR, "有 8 个项目的销号不能作数"),
        ({"troubles": 7}, "troubles", Severity.WARNING, "有 7 处没有处理成"),
        ({"free_mb": 499}, "disk", Severity.ERROR, "只剩 499 兆字节，少于 500"),
    ],
)
def test_each_trouble_is_told_once_with_its_figure(
    changed: dict[str, Any], code: str, severity: Severity, words: str
) -> None:
    (found,) = problems(replace(SOUND, **changed), LIMITS)

    assert (found.code, found.severity) == (code, severity)
    assert words in found.message


def test_errors_come_before_warnings() -> None:
    assert told(failed=1, watcher=False, free_mb=0) == [
        ("disk", Severity.ERROR),
        ("no-watcher", Severity.WARNING),
        ("failed", Severity.WARNING),
    ]
