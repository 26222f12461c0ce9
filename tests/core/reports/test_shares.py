"""Shares are honest: only all is 100 %, only nothing is 0 %."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archivist.core.reports.shares import STEPS, percent, percent_told, step


@given(st.integers(1, 10**6).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_only_all_is_a_hundred_and_only_nothing_is_zero(pair: tuple[int, int]) -> None:
    number, of = pair

    assert (percent(number, of) == 100) == (number == of)
    assert (percent(number, of) == 0) == (number == 0)
    assert abs(percent(number, of) - 100 * number / of) <= 1


@given(st.integers(1, 500), st.integers(0, 500), st.integers(0, 500))
def test_more_is_never_told_as_less(of: int, one: int, other: int) -> None:
    less, more = sorted((min(one, of), min(other, of)))
    steps = step(more, of), step(less, of)

    assert percent(less, of) <= percent(more, of)
    assert steps[0] is not None and steps[1] is not None and steps[0] <= steps[1]


def test_the_steps_are_those_their_names_say() -> None:
    assert [step(number, 8) for number in (8, 7, 6, 5, 4, 3, 2, 1, 0)] == [0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert len(STEPS) == 5


def test_nothing_has_no_share() -> None:
    assert (percent(0, 0), percent_told(0, 0), step(0, 0)) == (0, "—", None)
    assert percent_told(1, 3) == "33%"
