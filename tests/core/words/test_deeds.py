"""What an event tells of a deed stands in one line: what was verified, numbered, exported, entered, and why."""

from __future__ import annotations

import pytest

from archivist.core.rootcode import RootCode
from archivist.core.words.deeds import deed


@pytest.mark.parametrize(
    ("act", "told", "line"),
    [
        (
            "verified by hand",
            {"check": "4-2", "result": "不通过", "note": "发现病毒一个"},
            "4-2 不通过：发现病毒一个",
        ),
        ("verification withdrawn", {"check": "4-2", "reason": "扫错了文件夹"}, "4-2：扫错了文件夹"),
        (
            "numbered",
            {"codes": ["Z109-WS·2024-Y-0001", "Z109-WS·2024-Y-0001-001"], "reason": ""},
            "Z109-WS·2024-Y-0001、Z109-WS·2024-Y-0001-001",
        ),
        ("number withdrawn", {"codes": ["A", 7], "reason": "编错了"}, "A：编错了"),
        ("numbered", {"codes": "坏的"}, ""),
        ("numbered", {"codes": None}, ""),
        ("numbered", {"codes": 7}, ""),
        ("described", {"date": "2024-11-08", "responsible": None, "reason": "旧的理由"}, "日期：2024-11-08"),
        ("described", {"responsible": "某单位"}, "责任者：某单位"),
        ("waived", {"reason": "合同遗失"}, "合同遗失"),
        ("exported", {"sha256": None, "reason": None}, ""),
        ("received", {}, ""),
    ],
)
def test_a_deed_is_told_in_a_line(act: str, told: dict[str, object], line: str) -> None:
    assert deed(act, told) == line


def test_a_package_that_was_taken_away_is_told_by_its_check_code() -> None:
    digest = "ab" * 32

    assert deed("exported", {"sha256": digest}) == f"移交包校验值 {RootCode(digest).printed}"
