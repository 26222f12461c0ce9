"""Page numbers are read in every form they are printed and recognised in; other figures are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.model import TextSource
from archivist.core.page import Line, Page
from archivist.core.paper.pagenumbers import page_number
from support.read_pages import page

BODY = (
    "会议认为，该项目已不具备继续经营的条件。\n会议决定，同意列为淘汰类项目。\n各单位要抓好落实，按时报告。"
)
MIDDLE = (0.46, 0.92, 0.54, 0.94)


def placed(text: str, box: tuple[float, float, float, float], *others: Line) -> Page:
    """A page of running text with one line more, where ``box`` says."""
    lines = [
        Line(words, (0.12, 0.2 + 0.05 * at, 0.88, 0.23 + 0.05 * at))
        for at, words in enumerate(BODY.splitlines())
    ]
    return Page(1, (*lines, *others, Line(text, box)), TextSource.OCR)


@pytest.mark.parametrize(
    ("words", "number", "total"),
    [
        ("— 1 —", 1, None),
        ("-1-", 1, None),
        ("－１－", 1, None),
        ("一1一", 1, None),
        ("1一", 1, None),
        ("-.12-", 12, None),
        ("第2页", 2, None),
        ("第 二 页", 2, None),
        ("第2页 共3页", 2, 3),
        ("第2页/共3页", 2, 3),
        ("共3页，第2页", 2, 3),
        ("第2页（共3页）", 2, 3),
        ("1/3", 1, 3),
        ("2 ／ 11", 2, 11),
        ("Page 2 of 3", 2, 3),
        ("2", 2, None),
    ],
)
def test_a_number_at_the_foot_is_read(words: str, number: int, total: int | None) -> None:
    for one in (placed(words, MIDDLE), page(f"{BODY}\n{words}")):
        found = page_number(one)

        assert found is not None
        assert (found.number, found.total) == (number, total)
        assert (found.evidence.page, found.evidence.quote) == (1, words)


@pytest.mark.parametrize(
    "words",
    [
        "2024",
        "86.5",
        "2024年",
        "11月9日",
        "9/3",
        "0",
        "共3页",
        "第 页",
        "3票",
        "联系电话：13",
        "1-2",
        "500/800",
        "（2）",
    ],
)
def test_other_figures_are_no_page_numbers(words: str) -> None:
    assert page_number(placed(words, MIDDLE)) is None
    assert page_number(page(f"{BODY}\n{words}")) is None


def test_a_figure_of_a_table_is_none() -> None:
    cell = Line("37", (0.6, 0.92, 0.66, 0.94))

    assert page_number(placed("2", (0.2, 0.92, 0.22, 0.94), cell)) is None


def test_a_figure_amid_the_text_is_none() -> None:
    assert page_number(placed("2", (0.46, 0.5, 0.48, 0.52))) is None


def test_what_stands_above_other_words_of_the_foot_is_none() -> None:
    below = Line("抄送：区农业农村委。", (0.12, 0.95, 0.5, 0.97))

    assert page_number(placed("3", (0.46, 0.9, 0.48, 0.92), below)) is None


def test_a_number_in_an_upper_corner_is_that_of_a_volume() -> None:
    found = page_number(placed("23", (0.88, 0.04, 0.92, 0.06)))

    assert found is not None
    assert (found.number, found.corner) == (23, True)


@given(st.integers(1, 300), st.sampled_from(["— {} —", "-{}-", "一{}一", "第{}页", "{}"]))
def test_every_number_comes_back_as_it_was_printed(number: int, form: str) -> None:
    found = page_number(placed(form.format(number), MIDDLE))

    assert found is not None
    assert found.number == number


@given(st.text(max_size=40))
def test_any_words_are_borne(words: str) -> None:
    found = page_number(placed(words, MIDDLE))

    assert found is None or 1 <= found.number <= 300
