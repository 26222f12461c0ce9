"""The three blocks of the survey form (附件2): which is sealed, and by whom."""

from __future__ import annotations

from archivist.core.model import BlockSealed, Box, Marks, Seen, TextSource
from archivist.core.page import Line, Page, SealMark
from archivist.core.paper.marks import asked_blocks, joined_marks, read_marks, sealers
from archivist.core.project import Project
from support.drafting import ANNEX

PROJECT = Project("DZ-1", "石梯村冬菜厂项目", "宝顶镇", "石梯村", department="区农业农村委")
HEADINGS = (
    ("村级初", 0.30),
    ("步认定", 0.33),
    ("镇街认定", 0.45),
    ("导致产业项目闲置或淘汰的主要原因", 0.56),
    ("主管部门认定情况及工作建议", 0.88),
)
VILLAGE, TOWN = "大足区宝顶镇石梯村村民委员会", "重庆市大足区宝顶镇人民政府"
DEPARTMENT = "重庆市大足区农业农村委员会"


def mark(middle: float, text: str, ink: str = "red", confidence: float = 0.9) -> SealMark:
    box: Box = (0.6, middle - 0.07, 0.8, middle + 0.07)
    return SealMark(box, confidence, "round", ink, text, 0.95 if text else 0.0)


def form(*seals: SealMark, colour: str = "colour") -> Marks:
    lines = tuple(Line(text, (0.1, top - 0.01, 0.25, top + 0.01)) for text, top in HEADINGS)
    pages = [Page(1, lines, TextSource.OCR, colour=colour, seals=seals, looked=True)]
    rule = ANNEX.item(1)
    bodies, blocks = sealers(rule, PROJECT, None), asked_blocks(rule, PROJECT, None)
    return read_marks(pages, (), None, bodies, ANNEX.bodies, blocks)


def answers(marks: Marks) -> list[tuple[str, Seen, str]]:
    return [(block.name, block.sealed, block.owner) for block in marks.blocks]


def test_each_block_says_whether_it_is_sealed_and_by_whom() -> None:
    marks = form(mark(0.31, VILLAGE), mark(0.46, TOWN), mark(0.88, DEPARTMENT))

    assert [seal.block for seal in marks.seals] == ["村（社区）", "镇街", "主管部门"]
    assert answers(marks) == [
        ("村（社区）", Seen.YES, "宝顶镇石梯村村民委员会"),
        ("镇街", Seen.YES, "宝顶镇人民政府"),
        ("主管部门", Seen.YES, "区农业农村委"),
    ]


def test_a_block_without_a_seal_is_told_where_every_seal_would_be_seen() -> None:
    assert answers(form(mark(0.31, VILLAGE), mark(0.88, DEPARTMENT)))[1] == ("镇街", Seen.NO, "")
    assert answers(form(mark(0.31, VILLAGE), colour="grey"))[1] == ("镇街", Seen.UNKNOWN, "")
    suspicion = mark(0.46, "", confidence=0.3)
    assert answers(form(mark(0.31, VILLAGE), suspicion))[1] == ("镇街", Seen.UNKNOWN, "")


def test_the_words_round_a_seal_outweigh_the_cell_it_hangs_into() -> None:
    assert [seal.block for seal in form(mark(0.41, VILLAGE)).seals] == ["村（社区）"]


def test_an_unread_seal_is_told_by_its_place_and_not_at_all_between_two_headings() -> None:
    assert [seal.block for seal in form(mark(0.45, "")).seals] == ["镇街"]
    assert [seal.block for seal in form(mark(0.38, "")).seals] == [""]
    assert [seal.block for seal in form(mark(0.57, "")).seals] == [""]


def test_the_copy_of_a_seal_leaves_its_block_open() -> None:
    assert answers(form(mark(0.31, VILLAGE, ink="dark")))[0] == ("村（社区）", Seen.UNKNOWN, "")


def test_other_items_have_no_blocks() -> None:
    assert asked_blocks(ANNEX.item(2), PROJECT, None) == ()
    assert asked_blocks(None, PROJECT, None) == ()


def test_of_parts_taken_for_one_document_the_best_answer_of_each_block_counts() -> None:
    front = Marks(blocks=(BlockSealed("镇街", Seen.NO), BlockSealed("主管部门", Seen.UNKNOWN)))
    back = Marks(blocks=(BlockSealed("镇街", Seen.YES, "宝顶镇人民政府"),))

    assert joined_marks([front, back]).blocks == (
        BlockSealed("镇街", Seen.YES, "宝顶镇人民政府"),
        BlockSealed("主管部门", Seen.UNKNOWN),
    )
