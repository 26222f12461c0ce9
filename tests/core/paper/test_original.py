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


FULL = "集、齐全完整、字迹清楚，原件确已遗失的，可以用复印件代替归"


def boxed(*rows: tuple[str, float, float]) -> Page:
    """Lines of a page: their words, left edge and top; a character is 0.026 of the width, a line 0.02 high."""
    return Page(1, tuple(Line(text, (x, y, x + 0.026 * len(text), y + 0.02)) for text, x, y in rows))


BROKEN = [
    ("  三、会议要求，各村和镇级各单位移交的档案材料应当认真收", 0.13, 0.40),
    (FULL, 0.13, 0.44),
    ("档，由经办人员逐页签名，在移交清单上签收后并且清楚地注明", 0.13, 0.48),
    ("与原件核对无误。", 0.13, 0.52),
    ("珠溪镇人民政府", 0.60, 0.60),
    ("2024年11月20日", 0.60, 0.64),
]


def test_the_end_of_a_sentence_that_was_broken_over_lines_is_no_mark() -> None:
    assert copy_fact("纪要.pdf", [boxed(*BROKEN)]) is None
    assert copy_fact("纪要.pdf", [page(*(text for text, _, _ in BROKEN))]) is None


def test_the_same_words_apart_from_the_text_are_a_mark() -> None:
    ended = [("会议到此结束，由镇党政办公室按照规定整理归档并且存放好。", 0.13, 0.40)]

    assert copy_fact("纪要.pdf", [boxed(*ended, ("与原件核对无误。", 0.13, 0.44))]) is not None
    assert copy_fact("纪要.pdf", [boxed(*BROKEN[:3], ("与原件核对无误", 0.55, 0.80))]) is not None
    assert (
        copy_fact("协议.pdf", [boxed(("产业项目合作协议书", 0.35, 0.1), ("复印件", 0.8, 0.04))]) is not None
    )


def test_a_sentence_that_says_the_copies_above_were_compared_is_a_mark() -> None:
    lines = ("全部条款如上，双方各执一份。", "以上复印件与原件核对无误。", "核对人：某某", "2024年11月20日")

    fact = copy_fact("协议.pdf", [page(*lines)])

    assert fact is not None and fact.quote == "以上复印件与原件核对无误。"


def test_a_sentence_broken_over_two_pages_is_no_mark() -> None:
    first = page("第一条", "移交的档案材料应当认真收集，由经办人员在移交清单上签收并注明")

    assert copy_fact("纪要.pdf", [first, page("与原件核对无误。", "散会。")]) is None


def test_a_cell_of_a_list_says_nothing_of_the_list() -> None:
    row = [("1", 0.1, 0.3), ("合作协议书", 0.2, 0.3), ("复印件", 0.7, 0.3)]
    cell = [("营业执照", 0.2, 0.40), ("复印件", 0.2, 0.425)]
    column = [("协议", 0.2, 0.50), ("与原件一致", 0.7, 0.5), ("合同", 0.2, 0.55), ("与原件一致", 0.7, 0.55)]

    assert copy_fact("清单.pdf", [boxed(*row)]) is None
    assert copy_fact("清单.pdf", [boxed(*cell)]) is None
    assert copy_fact("清单.pdf", [boxed(*column)]) is None
