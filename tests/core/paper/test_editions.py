"""Where two editions of a paper part, kept with the page and words of each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.paper.editions import correction, edition, is_correction, other_place, parting

FIRST = [(1, "石坝镇人民政府专题会议纪要"), (1, "会议议定补偿30万元"), (2, "由镇农业服务中心负责落实")]


def test_the_lines_with_another_number_are_quoted_first() -> None:
    second = [(1, "石坝镇人民政府专题会议纪要"), (2, "会议议定补偿38万元"), (3, "由镇农业服务中心落实")]
    assert parting(second, FIRST) == ((2, "会议议定补偿38万元"), (1, "会议议定补偿30万元"))


def test_a_line_that_only_one_has_stands_beside_where_it_would_stand() -> None:
    more = [*FIRST, (3, "另付青苗费2万元")]
    assert parting(more, FIRST) == ((3, "另付青苗费2万元"), (2, "由镇农业服务中心负责落实"))


def test_the_fact_keeps_both_places() -> None:
    fact = edition("D00001", "数字不同", True, [(4, "同意17票")], [(2, "同意11票")])
    assert (fact.value, fact.page, fact.quote, fact.party) == ("D00001", 4, "同意17票", "数字不同")
    assert other_place(fact) == (2, "同意11票")


@given(
    st.lists(st.tuples(st.integers(1, 9), st.text(max_size=30))),
    st.lists(st.tuples(st.integers(1, 9), st.text(max_size=30))),
)
def test_whatever_is_written_both_places_can_be_told_again(
    one: list[tuple[int, str]], other: list[tuple[int, str]]
) -> None:
    fact = edition("D00001", "文字不完全一样", False, one, other)
    assert other_place(fact) is not None


@pytest.mark.parametrize("title", ["关于更正专题会议纪要的通知", "会议记录勘误", "补正说明"])
def test_a_paper_that_corrects_another_says_so_in_its_title(title: str) -> None:
    assert is_correction(title)
    assert (correction(title, 3).page, correction(title, 3).value) == (3, "")
    assert not is_correction("石坝镇人民政府专题会议纪要") and not is_correction(None)
