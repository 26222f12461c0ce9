"""Amounts of money as texts write them; what is no money, and how roughly it is said."""

from __future__ import annotations

from decimal import Decimal

import pytest

from archivist.core.paper.amounts import amounts, number_of, yuan_of


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("投入86.5万元", ["865000"]),
        ("￥8,300.50", ["8300.50"]),
        ("共1,980,100元", ["1980100"]),
        ("捌拾陆万伍仟元整", ["865000"]),
        ("捌仟叁佰元伍角陆分", ["8300.56"]),
        ("1.2亿元", ["120000000"]),
        ("投资5百万元", ["5000000"]),
        ("8300元伍角", ["8300"]),
        ("账面原值50:14万元", ["501400"]),
        ("10:30召开，投入3万元", ["30000"]),
        ("捌仟叁佰元整、壹元伍分", ["8300", "1.05"]),
        ("养殖黑山羊3万只", []),
        ("投资3至5万元", []),
        ("共5.04万元（伍万零肆佰元整）", ["50400"]),
        ("二〇二四年", []),
    ],
)
def test_money_is_read_to_the_cent(text: str, yuan: list[str]) -> None:
    assert [amount.yuan for amount in amounts(text)] == [Decimal(one) for one in yuan]


def test_figures_without_a_unit_take_that_of_their_table() -> None:
    assert [amount.yuan for amount in amounts("86.5", "万元")] == [Decimal(865000)]
    assert amounts("86.5") == []


def test_what_is_no_number_is_no_amount() -> None:
    assert yuan_of("1.2.3", "元") is None
    assert yuan_of("1", "石") is None


@pytest.mark.parametrize("words", ["", "一百二三", "百", "零百", "十百", "万", "一千千", "甲"])
def test_numerals_in_no_order_are_no_number(words: str) -> None:
    assert number_of(words) is None
