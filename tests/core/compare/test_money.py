"""Two amounts are one in any unit and as roughly as one was written, never otherwise."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.compare.money import alike, told
from archivist.core.model import Fact
from archivist.core.paper.amounts import amounts


def fact(words: str, detail: str = "") -> Fact:
    return Fact("投入帮扶资金", amounts(words)[0].value, 1, words, detail=detail)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("24.42万元", "244200元", True),
        ("24.42万元", "24.4万元", True),
        ("24.42万元", "24万元", True),
        ("24.42万元", "24.40万元", False),
        ("24.42万元", "24.5万元", False),
        ("24.42万元", "25万元", False),
        ("21.63万元", "18.3万元", False),
        ("21.63万元", "21.68万元", False),
        ("1,980,100元", "198.01万元", True),
        ("1,980,149元", "198.01万元", True),
        ("约24.5万元", "24.42万元", True),
        ("约30万元", "24.42万元", False),
        ("贰拾肆万肆仟贰佰元整", "24.42万元", True),
    ],
)
def test_a_sum_is_compared_as_exactly_as_the_rougher_was_written(one: str, other: str, same: bool) -> None:
    assert alike(fact(one), fact(other)) is same
    assert alike(fact(other), fact(one)) is same


def test_the_register_and_columns_count_in_ten_thousands_with_two_decimals() -> None:
    register, column = (
        Fact("帮扶资金", "642000.00", 1, "642000.00"),
        Fact("帮扶资金", "642400.00", 1, "64.24"),
    )

    assert not alike(register, column)
    assert alike(Fact("帮扶资金", "642435.50", 1, "台账"), column)


def test_roughly_may_be_told_beside_the_sum() -> None:
    assert alike(fact("25万元", detail="约"), fact("24.42万元"))


@given(st.integers(1, 10**9), st.integers(0, 2))
def test_a_sum_rounded_to_its_written_digits_is_the_same_sum(cents: int, digits: int) -> None:
    exact = Decimal(cents) / 100
    rounded = f"{exact / 10_000:.{digits}f}万元"
    if Decimal(rounded.removesuffix("万元")):
        # Python rounds half to even, the comparison half up: a half is left to either.
        away = abs(Decimal(rounded.removesuffix("万元")) - exact / 10_000) * 10**digits
        assert alike(fact(rounded), Fact("帮扶资金", f"{exact:.2f}", 1, f"{exact:.2f}元")) or away == Decimal(
            "0.5"
        )


@pytest.mark.parametrize(
    ("yuan", "words"), [("216300.00", "21.63万元"), ("950.00", "950元"), ("100000000.00", "10000万元")]
)
def test_sums_are_told_as_people_say_them(yuan: str, words: str) -> None:
    assert told(yuan) == words
