"""Pages that are hardly pages, and tables that are hardly tables: read for what they are, and nothing fails."""

from __future__ import annotations

from archivist.core.page import Line, Page
from archivist.core.paper.pagenumbers import page_number, reads_as_number
from archivist.core.paper.spread import _free_strip, faces
from archivist.core.paper.tables import tables
from archivist.core.paper.votes import votes
from archivist.core.text import fold, fold_columns, normal


def typed(*lines: str) -> Page:
    return Page(1, tuple(Line(text) for text in lines))


def test_a_table_without_rows_or_places_is_none() -> None:
    box = (0.1, 0.2, 0.3, 0.22)
    head = (Line("项目名称", box), Line("会议意见", (0.4, 0.2, 0.6, 0.22)))

    assert tables([Page(1, head)]) == ()
    assert tables([typed("项目名称 会议意见")]) == ()


def test_a_table_ends_where_text_begins() -> None:
    lines = (
        Line("项目名称", (0.1, 0.2, 0.3, 0.22)),
        Line("会议意见", (0.4, 0.2, 0.6, 0.22)),
        Line("某村某项目", (0.1, 0.25, 0.3, 0.27)),
        Line("同意", (0.4, 0.25, 0.6, 0.27)),
        Line("附注", (0.9, 0.3, 0.95, 0.32)),
        Line("不属于表", (0.1, 0.35, 0.3, 0.37)),
    )
    (table,) = tables([Page(1, lines)])

    assert [row.cells for row in table.rows] == [{0: "某村某项目", 1: "同意"}]


def test_a_share_of_those_present_is_no_count() -> None:
    assert [one.number for one in votes([typed("会议记录", "实到人数占应到的三分之二以上。")])] == []


def test_sheets_with_one_side_or_lines_across_are_one_page() -> None:
    left = tuple(
        Line("左边一页的正文文字内容", (0.05, 0.04 * at, 0.45, 0.04 * at + 0.02)) for at in range(1, 20)
    )
    across = Line("通栏的一行文字横贯左右两边", (0.3, 0.9, 0.7, 0.92))

    assert faces(Page(1, left)) == (Page(1, left),)
    assert faces(Page(1, (*left, across))) == (Page(1, (*left, across)),)


def test_what_reads_as_a_page_number_is_told_from_a_heading() -> None:
    number = page_number(typed("正文", "— 2 —"))

    assert number is not None
    assert number.number == 2
    assert reads_as_number("— 2 —")
    assert not reads_as_number("第二章")


def test_columns_of_pages_without_places_fold_as_their_lines() -> None:
    assert fold_columns([typed("甲 乙", "丙")]).text == "甲乙丙"


def test_no_gutter_is_free_where_lines_cross_or_one_side_is_empty() -> None:
    assert _free_strip([(0.3, 0.1, 0.7, 0.12)]) is None
    assert _free_strip([(0.1, 0.1, 0.4, 0.12)]) is None
    assert _free_strip([(0.1, 0.1, 0.45, 0.12), (0.55, 0.1, 0.9, 0.12)]) is not None


def test_a_sheet_with_a_few_words_beside_a_page_is_one_page() -> None:
    text = "左边一页的正文文字内容很长很长很长很长很长"
    left = tuple(Line(text, (0.03, 0.03 * at, 0.46, 0.03 * at + 0.02)) for at in range(1, 28))
    beside = tuple(Line("批注", (0.6, 0.1 * at, 0.65, 0.1 * at + 0.02)) for at in (1, 2))

    assert faces(Page(1, (*left, *beside))) == (Page(1, (*left, *beside)),)


def column(left: float, count: int) -> list[Line]:
    text = "一页上面的正文文字内容连着写得很长很长"
    return [Line(text, (left, 0.035 * at, left + 0.42, 0.035 * at + 0.03)) for at in range(1, count)]


def test_two_full_columns_with_a_line_across_or_one_of_them_short_are_one_page() -> None:
    across = Line("通栏的一行文字横贯左右两边", (0.3, 0.95, 0.7, 0.97))
    crossed = Page(1, (*column(0.03, 24), *column(0.55, 24), across))
    short = Page(1, (*column(0.03, 26), *column(0.55, 3)))

    assert faces(crossed) == (crossed,)
    assert faces(short) == (short,)


def test_a_head_of_which_a_part_has_no_place_heads_no_table() -> None:
    placed = Line("项目名称", (0.1, 0.2, 0.3, 0.22))
    lines = (placed, Line("会议意见", (0.4, 0.2, 0.6, 0.22)), Line("√", (0.4, 0.25, 0.6, 0.27)))

    assert tables([Page(1, lines)]) == ()


def test_any_character_however_many_folds_the_same_in_its_normal_form() -> None:
    every = "".join(map(chr, range(0x3400, 0x3400 + 70_000)))

    assert fold(normal(every)) == fold(every)
    assert normal(normal(every)) == normal(every)
