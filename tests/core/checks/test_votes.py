"""The vote of a village's record carries what the record says: quorum and majority."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.checks.values import Checked, Outcome, ProjectFile
from archivist.core.checks.votes import votes
from archivist.core.document import Holding
from archivist.core.model import Fact, Severity
from support.checking import RULES, TODAY, held, outcomes, project

NAMES = ("应到", "实到", "同意", "反对", "弃权")


def counted(*numbers: int | None) -> tuple[Fact, ...]:
    """The numbers in the order of `NAMES`; None is one that was not read."""
    found = zip(NAMES, numbers, strict=False)
    return tuple(
        Fact(name, str(number), 2, f"{name}{number}人") for name, number in found if number is not None
    )


def record(facts: tuple[Fact, ...], number: int = 1, day: str = "2024-11-01", **more: object) -> Holding:
    return held(4, day, number, facts=facts, **more)


def of(*documents: Holding) -> Checked:
    return outcomes(ProjectFile("A", "养殖场", "淘汰类", documents))["vote-4"]


@pytest.mark.parametrize(
    ("numbers", "code", "severity"),
    [
        ((20, 18, 17, 0, 1), None, None),
        ((36, 24, 13, 11, 0), None, None),  # just enough of both
        ((36, 15, 15, 0, 0), "vote-quorum", Severity.ERROR),
        ((20, 14, 4, 10, 0), "vote-failed", Severity.ERROR),
        ((20, 14, 7, 7, 0), "vote-failed", Severity.ERROR),  # half is no majority
        ((20, 18, 17, 3, 1), "vote-numbers", Severity.WARNING),
        ((20, 18, 12, 0, 1), "vote-numbers", Severity.WARNING),
        ((16, 18, 17, 0, 1), "vote-numbers", Severity.WARNING),
        ((20, 18, 17, None, None), None, None),
        ((20, 18, 8, None, None), "vote-failed", Severity.ERROR),
        ((None, 18, 17, 0, 1), "vote-unclear", Severity.WARNING),
        ((20, 18, None, 0, 1), "vote-unclear", Severity.WARNING),
        ((), "vote-unclear", Severity.WARNING),
    ],
)
def test_a_vote_carries_by_two_thirds_present_and_more_than_half_of_them(
    numbers: tuple[int | None, ...], code: str | None, severity: Severity | None
) -> None:
    found = [(one.code, one.severity) for one in of(record(counted(*numbers))).findings]

    assert found == ([] if code is None else [(code, severity)])


def test_the_finding_says_which_numbers_and_where_they_stand() -> None:
    found = of(record(counted(20, 14, 4, 10, 0)))
    (finding,) = found.findings

    assert (finding.page, finding.quote) == (2, "同意4人")
    assert "未通过：实到 14 人，同意 4 票，反对 10 票" in finding.message
    assert found.outcome is Outcome.BREACHED
    assert found.told == "应到 20，实到 14，同意 4，反对 10，弃权 0"


@pytest.mark.parametrize("said", ["同意", "不同意", "看不准"])
def test_a_vote_that_failed_is_told_once_whatever_the_record_says(said: str) -> None:
    outcome = Fact("会议意见", said, 1, f"会议{said}退出。")
    file = ProjectFile("A", "养殖场", "淘汰类", (record((*counted(20, 14, 4, 10, 0), outcome)),))
    found = [finding.code for one in outcomes(file).values() for finding in one.findings if finding.item == 4]

    assert found == ["vote-failed"]


def test_pages_of_one_meeting_are_read_together_and_a_later_meeting_counts() -> None:
    pages = (record(counted(20, 18)), record(counted(None, None, 17, 0, 1), 2))
    failed = (record(counted(20, 14, 4, 10, 0)), record(counted(20, 18, 17, 0, 1), 2, "2024-12-01"))

    assert of(*pages).outcome is Outcome.PASSED
    assert of(*failed).outcome is Outcome.PASSED
    assert of(*pages, record((), 3, "2025-01-01")).outcome is Outcome.PASSED


def test_of_several_votes_in_one_meeting_a_person_must_say_which_is_the_projects() -> None:
    two = (*counted(20, 18, 17, 0, 1), Fact("同意", "3", 3, "同意3票", detail="换届"))
    found = of(record(two))

    assert found.outcome is Outcome.UNCLEAR
    assert [one.code for one in found.findings] == ["vote-unclear"]


def test_another_kind_of_meeting_may_have_a_rule_of_its_own() -> None:
    """农村集体经济组织 成员代表大会, for instance; the data says it."""
    item = RULES.item(4)
    (usual,) = item.evidence.votes
    strict = replace(usual, titles=("成员代表大会",), majority=(2, 3))
    own = replace(item, evidence=replace(item.evidence, votes=(strict, usual)))
    rules = replace(RULES, items=tuple(own if rule.number == 4 else rule for rule in RULES.items))

    def codes(title: str) -> list[str]:
        file = ProjectFile("A", "x", "淘汰类", (record(counted(30, 30, 18, 12, 0), title=title),))
        return [finding.code for one in votes(file, rules, TODAY) for finding in one.findings]

    assert codes("青杠村成员代表大会会议记录") == ["vote-failed"]
    assert codes("青杠村村民代表会议记录") == []


@given(st.tuples(*[st.integers(0, 60)] * 5))
def test_nothing_passes_that_misses_quorum_or_majority(numbers: tuple[int, ...]) -> None:
    due, there, yes, no, abstain = numbers
    passed = of(record(counted(*numbers))).outcome is Outcome.PASSED

    assert passed == (
        there * 3 >= due * 2 and yes * 2 > there and yes + no + abstain == there and there <= due
    )


def test_only_records_are_asked_and_without_papers_nothing_was_looked_at() -> None:
    assert [rule for rule in outcomes(project([(5, "2024-11-20")])) if rule.startswith("vote")] == ["vote-4"]
    assert of().outcome is Outcome.NOT_RUN
