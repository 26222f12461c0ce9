"""Numbers as people read them."""

from __future__ import annotations

import pytest

from archivist.core.words.numbers import in_words, items_in_words
from support.catalogue import ITEMS


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (8, "八"),
        (9, "九"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (99, "九十九"),
        (100, "100"),
        (0, "0"),
    ],
)
def test_a_count_is_written_in_chinese(number: int, words: str) -> None:
    assert in_words(number) == words


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((1, 2, 3, 4, 5, 6, 7), "第1至7项"),
        ((1, 2, 3, 4, 5, 6, 7, 9), "第1至7、9项"),
        ((1, 2), "第1、2项"),
        ((3,), "第3项"),
        ((9, 1, 5, 6, 7), "第1、5至7、9项"),
    ],
)
def test_items_that_follow_one_another_are_drawn_together(numbers: tuple[int, ...], words: str) -> None:
    assert items_in_words(numbers) == words


def test_the_plans_eight_are_told_as_the_plan_tells_them() -> None:
    plan = ITEMS[:8]

    assert in_words(len(plan)) == "八"
    assert items_in_words(rule.number for rule in plan if rule.required) == "第1至7项"
