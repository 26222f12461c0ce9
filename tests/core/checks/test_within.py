"""A public notice stands as long as it says and is over; the parts of a sum are not more than the whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archivist.core.checks.values import Outcome, ProjectFile
from archivist.core.checks.within import within
from archivist.core.model import Fact
from support.checking import RULES, TODAY, held
from support.papers_together import checked, codes, paper


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("公示时间为2024年11月10日至2024年11月23日", []),
        ("公示期7天，公示时间为2024年11月10日至11月16日", []),
        ("公示期七天，公示时间为2024年11月10日至13日", ["publicity-short"]),
        ("公示期为10个工作日，公示时间为2024年11月10日至11月16日", ["publicity-short"]),
        ("公示时间为2024年11月16日至2024年11月10日", ["publicity-short"]),
        ("公示时间为2026年1月28日至2026年2月6日", ["publicity-running"]),
    ],
)
def test_a_notice_stands_as_long_as_it_says_and_is_over(words: str, found: list[str]) -> None:
    notice = paper(8, f"公示\n{words}，如有异议请反映。", "2024-11-10")

    assert codes(checked("publicity", notice)) == found


def test_a_paper_without_a_period_is_not_compared() -> None:
    assert (
        checked("publicity", paper(8, "公示\n公示期内无异议。", "2024-11-10")).outcome is Outcome.NOT_NEEDED
    )


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        (("30000.00", "20000.00"), []),
        (("30000.00", "20050.00"), []),
        (("40000.00", "20000.00"), ["sums-differ"]),
        ((), []),
    ],
)
def test_parts_are_not_more_than_the_whole(parts: tuple[str, ...], found: list[str]) -> None:
    facts = (
        Fact("债务", "50000.00", 1, "债务5万元"),
        *(Fact("债务（其中）", part, 1, "其中") for part in parts),
        Fact("债务", "10000.00", 1, "另欠1万元"),
    )
    result = checked("sums", held(2, "2024-11-01", facts=facts))

    assert codes(result) == found
    assert result.outcome is (Outcome.BREACHED if found else Outcome.PASSED if parts else Outcome.NOT_NEEDED)


def test_rules_without_this_part_ask_nothing() -> None:
    cross = replace(RULES.procedure.cross, within=None)
    rules = replace(RULES, procedure=replace(RULES.procedure, cross=cross))

    assert list(within(ProjectFile("A", "x", "淘汰类"), rules, TODAY)) == []
