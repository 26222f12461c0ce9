"""Papers with titles nobody listed (tests/bench/titles): none filed wrongly, nothing sent back that names a project."""

from __future__ import annotations

import pytest

from archivist.core.rules import Annex
from tests.bench.titles.papers import LEARN, REPORT, papers
from tests.bench.titles.score import score


def test_the_bench_has_two_hundred_titles_and_its_halves_share_none() -> None:
    halves = {half: {paper.words for paper in papers() if paper.half == half} for half in (LEARN, REPORT)}

    assert not halves[LEARN] & halves[REPORT]
    assert sum(map(len, halves.values())) >= 200


def test_no_title_of_an_item_is_one_the_rules_list(annex: Annex) -> None:
    listed = {ending for kind in annex.kinds for ending in kind.endings}
    words = {paper.title for paper in papers() if paper.item}

    assert sum(title in listed for title in words) <= len(words) // 20


@pytest.mark.parametrize("half", [LEARN, REPORT])
def test_unknown_titles_are_filed_by_what_the_paper_is_or_wait_with_the_right_guess(
    annex: Annex, half: str
) -> None:
    found = score((paper for paper in papers() if paper.half == half), annex)

    assert [line for line in found.told if line.startswith("WRONG")] == []
    assert found.share("negatives not filed") == 1
    assert found.share("named, not sent back") == 1
    assert found.share("named, told at its project") == 1
    assert found.share("best candidate") >= 0.95
    assert found.share("coverage") >= 0.8
