"""Dates in the many ways of official papers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.paper.dates import dates_in, hanzi_number

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
    ],
)
def test_every_way_of_writing_a_date_is_read(text: str) -> None:
    assert dates_in(f"会议于{text}召开") == ["2024-09-05"]


@pytest.mark.parametrize("text", ["2024年13月5日", "2024年2月30日", "第2024号", "12024.9.5", "二〇二四年"])
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
