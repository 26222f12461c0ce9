"""A copy is one that says so: a stamp or line of its own, or the file's name; a mention of copies is none."""

from __future__ import annotations

import pytest

from archivist.core.page import Line, Page
from archivist.core.paper.original import copy_fact


def page(*lines: str) -> Page:
    return Page(3, tuple(Line(line) for line in lines))


@pytest.mark.parametrize(
    "line",
    ["复印件", "（复印件）", "与原件核对无误", "经核对，与原件一致。", "此件系复印件", "复印件与原件相符"],
)
def test_a_stamp_or_line_of_its_own_makes_a_copy_with_its_page(line: str) -> None:
    fact = copy_fact("扫描件0001.pdf", [page("产业项目合作协议书", line)])

    assert fact is not None
    assert (fact.value, fact.page, fact.quote) == ("复印件", 3, line)


@pytest.mark.parametrize(
    "line",
    [
        "附：营业执照复印件",
        "身份证复印件一份",
        "原件由区档案馆保存",
        "原件与复印件各一份",
        "本协议一式四份，复印件无效",
    ],
)
def test_a_mention_of_copies_says_nothing_of_the_document(line: str) -> None:
    assert copy_fact("扫描件0001.pdf", [page(line)]) is None


def test_a_name_that_says_copy_is_believed_but_not_its_folder_nor_the_word_original() -> None:
    fact = copy_fact("材料.zip!/协议 复印件.pdf", [page("协议书")])

    assert fact is not None and fact.quote == "文件名：协议 复印件.pdf"
    assert copy_fact("复印件/协议.pdf", [page("协议书")]) is None
    assert copy_fact("扫描原件.pdf", [page("协议书")]) is None
