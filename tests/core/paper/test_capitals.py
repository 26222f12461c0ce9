"""Amounts in figures and capitals, each in yuan."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.paper.amounts import amounts, number_of

CAPITALS, PLAIN = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟万亿"), ("零一二三四五六七八九", "十百千万亿")


def spelled(number: int, signs: tuple[str, str] = CAPITALS) -> str:
    """Chinese numerals for a number below 10^12, as receipts write them (人民币大写, 整 left out)."""
    digits, units = signs
    if not number:
        return digits[0]
    out, zero = "", False
    for great, name in ((10**8, units[4]), (10**4, units[3]), (1, "")):
        part, number = divmod(number, great)
        if not part:
            zero = bool(out)
            continue
        words = ""
        for ten, unit in ((1000, units[2]), (100, units[1]), (10, units[0]), (1, "")):
            digit, part = divmod(part, ten)
            if digit:
                words += (digits[0] if zero and (out or words) else "") + digits[digit] + unit
                zero = False
            else:
                zero = zero or bool(out or words)
        out += words + name
    return out


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("86.5万元", ["865000.00"]),
        ("1,980,100元", ["1980100.00"]),
        ("１．２亿元", []),
        ("1.2亿元", ["120000000.00"]),
        ("86．50 万元", ["865000.00"]),
        ("￥500", ["500.00"]),
        ("¥216,300.00", ["216300.00"]),
        ("贰拾壹万陆仟叁佰元整", ["216300.00"]),
        ("人民币贰拾壹万陆仟叁佰元整（¥216,300.00）", ["216300.00"]),
        ("壹拾万柒仟元零伍角叁分", ["107000.53"]),
        ("壹拾万零柒仟元伍角叁分", ["107000.53"]),
        ("壹仟肆佰零玖元伍角", ["1409.50"]),
        ("陆仟零柒元壹角肆分", ["6007.14"]),
        ("壹亿贰仟万元整", ["120000000.00"]),
        ("三万二千元", ["32000.00"]),
        ("二十一万元", ["210000.00"]),
        ("十万元", ["100000.00"]),
        ("一百零五元", ["105.00"]),
        ("216300元", ["216300.00"]),
        ("5.04万元，其中3.2万元、1.84万元", ["50400.00", "32000.00", "18400.00"]),
        ("5-8万元", []),
        ("3万只", []),
        ("2024年", []),
        ("30%", []),
        ("一百五元", []),
        ("三三十元", []),
    ],
)
def test_amounts_are_read_in_yuan(text: str, values: list[str]) -> None:
    assert [one.value for one in amounts(text)] == values


def test_about_and_each_are_told() -> None:
    assert amounts("约5万元")[0].about
    assert amounts("每亩500元")[0].each and amounts("500元/亩")[0].each


def test_bare_figures_are_amounts_only_where_a_unit_is_known() -> None:
    assert not amounts("86.50")
    assert amounts("86.50", "万元")[0].value == "865000.00"


@given(st.integers(0, 10**12 - 1), st.sampled_from([CAPITALS, PLAIN]))
def test_numerals_give_the_number_they_were_written_for(number: int, signs: tuple[str, str]) -> None:
    assert number_of(spelled(number, signs)) == number


@given(st.integers(1, 10**10))
def test_capitals_and_figures_of_one_amount_are_one(number: int) -> None:
    text = f"人民币{spelled(number)}元整（¥{number:,}.00）"

    assert [one.value for one in amounts(text)] == [f"{number}.00"]


@given(st.text(alphabet="零壹贰叁拾佰仟万亿元角分整0123456789.,，¥约余每", max_size=60))
def test_whatever_is_written_amounts_stand_where_they_say_and_do_not_overlap(text: str) -> None:
    found = amounts(text, "万元")

    assert all(0 <= one.start < one.end <= len(text) and one.yuan >= 0 for one in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
