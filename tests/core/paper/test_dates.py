"""Dates in the many ways of official papers."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.paper.dates import dates_in, hanzi_number, written_in

_DIGITS = "〇一二三四五六七八九"


@pytest.mark.parametrize(
    "text",
    [
        "2024年9月5日",
        "2024年09月05日",
        "2024 年 9 月 5 日",
        "2024.9.5",
        "2024-09-05",
        "2024/9/5",
        "２０２４年９月５日".translate({0xFF10 + n: str(n) for n in range(10)}),
        "二〇二四年九月五日",
        "二○二四年九月五日",
        "二零二四年九月五日",
        "二二四年九月五日",
        "2024年9月5号",
        "贰零贰肆年玖月伍日",
        "贰〇贰肆年零玖月零伍日",
        "二O二四年九月五日",
        "2O24年9月5日",
        "2024年九月5日",
        "⼆〇⼆四年九⽉五⽇",
        "2024\u200b年9月5\u00ad日",
        "2024 . 9 . 5",
    ],
)
def test_every_way_of_writing_a_date_is_read(text: str) -> None:
    assert dates_in(f"会议于{text}召开") == ["2024-09-05"]


@pytest.mark.parametrize(
    "text",
    [
        "2024年13月5日",
        "2024年2月30日",
        "第2024号",
        "12024.9.5",
        "二〇二四年",
        "二〇四年九月五日",
        "编号20240905",
        "农历二〇二四年九月初五",
        "农历2024年9月5日",
        "2024年9月",
        "9月5日",
        "2024年11月1",
    ],
)
def test_what_is_no_day_of_the_calendar_is_no_date(text: str) -> None:
    assert dates_in(text) == []


@given(st.dates(date(2013, 1, 1), date(2035, 12, 31)))
def test_printing_and_reading_a_date_is_the_identity(day: date) -> None:
    hanzi = "".join(_DIGITS[int(digit)] for digit in str(day.year))
    written = f"{hanzi}年{_hanzi(day.month)}月{_hanzi(day.day)}日"

    assert [day.isoformat()] == dates_in(f"{day.year}年{day.month}月{day.day}日")
    assert [day.isoformat()] == dates_in(written)


@given(st.integers(1, 99))
def test_hanzi_numbers_are_read_back(number: int) -> None:
    assert number == hanzi_number(_hanzi(number))


@pytest.mark.parametrize(
    ("text", "iso", "blank"),
    [
        ("年 月 日", "", True),
        ("____年__月__日", "", True),
        ("20  年  月  日", "", True),
        ("2024年 月 日", "", True),
        ("2024年12月 日", "2024-12", True),
        ("年12月9日", "--12-09", True),
        ("2024年13月5日", "", False),
        ("2024年1?月9日", "", False),
        ("11月19日", "--11-19", False),
        ("2024年12月", "2024-12", False),
        ("2024年11月1", "2024-11", True),
    ],
)
def test_a_place_for_a_date_is_seen_though_no_date_stands_there(text: str, iso: str, blank: bool) -> None:
    assert [(one.iso, one.blank) for one in written_in(text)] == [(iso, blank)]


def test_run_together_figures_are_a_date_behind_a_label_only() -> None:
    assert dates_in("日期：20240905") == ["2024-09-05"]
    assert dates_in("时 间 20240905") == ["2024-09-05"]
    assert dates_in("20240905") == []


@given(st.text(alphabet="0123456789年月日.-/ 〇一二三四五六七八九十廿壹贰_", max_size=80))
def test_dates_never_overlap_and_lie_within_the_text(text: str) -> None:
    found = written_in(text)
    assert all(one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def _hanzi(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


@pytest.mark.parametrize("text", ["二〇二四年十一十月五日", "二〇二四年一二月五日", "二〇二四年〇月五日"])
def test_hanzi_that_are_no_number_make_no_date(text: str) -> None:
    assert dates_in(text) == []


@pytest.mark.parametrize("text", ["二三十", "十二三", "", "一二"])
def test_what_is_no_number_below_a_hundred_is_none(text: str) -> None:
    assert hanzi_number(text) is None
