"""The order of what waits: laws that hold whatever comes when."""

from __future__ import annotations

from itertools import count, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archivist.core.queueing import Line, is_little, rank, reading_cost

COSTS = st.floats(min_value=0.5, max_value=50)
JOINS = st.lists(st.tuples(st.integers(0, 4), COSTS), min_size=1, max_size=60)


def served(line: Line[int]) -> list[int]:
    found = []
    while (one := line.serve()) is not None:
        found.append(one[1])
    return found


@given(JOINS)
def test_everything_that_joins_is_served_once(joins: list[tuple[int, float]]) -> None:
    line: Line[int] = Line()
    for number, (group, cost) in enumerate(joins):
        line.join(number, group, cost)
    assert sorted(served(line)) == list(range(len(joins)))
    assert not line


@given(JOINS)
def test_what_one_group_brings_keeps_its_order(joins: list[tuple[int, float]]) -> None:
    line: Line[int] = Line()
    for number, (group, cost) in enumerate(joins):
        line.join(number, group, cost)
    order = served(line)
    for group in range(5):
        own = [number for number in order if joins[number][0] == group]
        assert own == sorted(own)


@given(st.integers(2, 400), COSTS, st.integers(0, 399), st.floats(min_value=0.01, max_value=1))
def test_a_newcomers_small_file_waits_for_one_of_a_pile_at_most(
    pile: int, cost: float, before: int, share: float
) -> None:
    line: Line[int] = Line()
    for number in range(pile):
        line.join(number, "pile", cost)
    for _ in range(min(before, pile - 1)):
        line.serve()
    line.join(-1, "newcomer", cost * share)
    order = served(line)
    assert order.index(-1) <= 1


@given(st.integers(1, 300), st.integers(0, 900), st.floats(min_value=0.5, max_value=10))
def test_who_comes_with_little_is_next_however_many_groups_wait(
    groups: int, before: int, cost: float
) -> None:
    line: Line[int] = Line()
    for number in range(4 * groups):
        line.join(number, number % groups, 1)
    for _ in range(min(before, 4 * groups - 1)):
        line.serve()
    line.join_with_little(-1, cost)
    assert served(line)[0] == -1


@given(st.integers(1, 300), st.integers(0, 900))
def test_a_newcomer_waits_for_a_round_of_all_groups_at_most(groups: int, before: int) -> None:
    line: Line[int] = Line()
    for number in range(5 * groups):
        line.join(number, number % groups, 1)
    for _ in range(min(before, 3 * groups)):
        line.serve()
    line.join(-1, "newcomer", 1)
    assert served(line).index(-1) <= 2 * groups


@given(JOINS, COSTS, st.floats(min_value=0.5, max_value=50), st.integers(1, 3))
def test_nobody_starves_though_ever_more_come_with_little(
    joins: list[tuple[int, float]], cost: float, small: float, at_once: int
) -> None:
    line: Line[int] = Line()
    for number, (group, one) in enumerate(joins):
        line.join(number, group, one)
    mark, came = line.join(-1, "patient", cost), 0
    for services in count(1):
        for _ in range(at_once):
            came += 1
            line.join_with_little(-1 - came, small)
        found = line.serve()
        assert found is not None
        if found[1] == -1:
            break
        assert services <= 16 * (mark + 1) / small + 1 + len(joins)


@settings(max_examples=30)
@given(
    JOINS,
    st.floats(min_value=0.5, max_value=8),
    st.floats(min_value=2, max_value=50),
    st.integers(1, 3),
)
def test_nobody_starves_though_ever_new_groups_bring_more_than_can_be_served(
    joins: list[tuple[int, float]], cost: float, small: float, at_once: int
) -> None:
    line: Line[int] = Line()
    for number, (group, one) in enumerate(joins):
        line.join(number, group, one)
    mark = line.join(-1, "patient", cost)
    newcomers, most = 0, at_once * (1024 * mark / small + 2) + len(joins)
    for services in count(1):
        for _ in range(at_once):
            newcomers += 1
            line.join(-1 - newcomers, f"new {newcomers}", small)
        found = line.serve()
        assert found is not None
        if found[1] == -1:
            break
        assert services <= most


@given(st.lists(COSTS, min_size=2, max_size=30), st.lists(COSTS, min_size=2, max_size=30))
def test_groups_that_wait_get_their_share_to_within_one_file(one: list[float], other: list[float]) -> None:
    line: Line[int] = Line()
    for number, cost in enumerate(one):
        line.join(number, "one", cost)
    for number, cost in enumerate(other):
        line.join(1000 + number, "other", cost)
    got, largest = {"one": 0.0, "other": 0.0}, max(one + other)
    left = {"one": len(one), "other": len(other)}
    while left["one"] and left["other"]:
        found = line.serve()
        assert found is not None
        group, cost = ("one", one[found[1]]) if found[1] < 1000 else ("other", other[found[1] - 1000])
        got[group], left[group] = got[group] + cost, left[group] - 1
        assert abs(got["one"] - got["other"]) <= 2 * largest + 1e-6


def test_what_was_only_taken_ahead_lets_a_newcomer_in_before_it() -> None:
    line: Line[int] = Line()
    for number in range(20):
        line.join(number, "pile", 10)
    taken = [found for _ in range(16) if (found := line.take()) is not None]
    line.serves(taken[0][1], taken[0][0])
    assert line.join(-1, "newcomer", 1) < taken[1][0]
    assert line.next() == (11.0, -1)


def test_whoever_left_or_came_back_is_where_they_said() -> None:
    line: Line[int] = Line()
    for number in range(3):
        line.join(number, "g", 1)
    assert line.join(1, "other", 5) == line.join(1, "g", 1)
    line.leave(1)
    assert (1 in line, len(line)) == (False, 2)
    mark, first = line.serve() or (0, -1)
    line.back(first, mark)
    line.back(first, mark)
    assert served(line) == [0, 2]
    assert line.next() is None


@pytest.mark.parametrize(
    "names",
    [
        (("说明.docx", 30_000), ("照片.jpg", 3_000_000), ("扫描.pdf", 6_000_000)),
        (("文字.pdf", 40_000), ("一页.pdf", 200_000), ("十页.pdf", 3_000_000), ("百页.tif", 30_000_000)),
        (("没有扩展名", 10), ("台账.xlsx", 20_000), ("老文件.doc", 50_000), ("怪.bin", 100)),
    ],
)
def test_text_comes_before_recognition_and_small_before_large(names: tuple[tuple[str, int], ...]) -> None:
    costs = [reading_cost(*one) for one in names]
    assert all(one < other for one, other in pairwise(costs))
    assert min(costs) > 0


def test_photos_of_any_size_keep_their_order_and_words_come_first() -> None:
    photos = [
        rank(reading_cost(f"IMG_{number}.jpg", size))
        for number, size in enumerate((900_000, 8_000_000, 2_000))
    ]
    assert set(photos) == {1}
    assert rank(reading_cost("来信.docx", 40_000)) == rank(reading_cost("文字.pdf", 40_000)) == 0
    assert rank(reading_cost("合订本.pdf", 9_000_000)) == 2


@pytest.mark.parametrize(
    ("brought", "in_all", "little"), [(1, 1, True), (4, 64, True), (5, 5, False), (1, 20_000, False)]
)
def test_little_is_a_paper_or_two_of_few_that_came_at_once(brought: int, in_all: int, little: bool) -> None:
    assert is_little(brought, in_all) is little
