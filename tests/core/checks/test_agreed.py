"""Minutes that refuse, put off or only hear carry no project on (明确意见)."""

from __future__ import annotations

import pytest

from archivist.core.checks.values import Outcome, ProjectFile
from archivist.core.document import Holding
from archivist.core.model import Fact, Severity
from support.checking import held, outcomes


def minutes(day: str | None, number: int, *said: tuple[str, str]) -> Holding:
    """District minutes with these decisions: (project, outcome)."""
    facts = tuple(
        Fact("会议意见", value, 2, f"会议{value}该项目退出。", project=code) for code, value in said
    )
    return held(7, day, number, facts=facts)


def of(*documents: Holding) -> tuple[Outcome, list[str]]:
    found = outcomes(ProjectFile("A", "养殖场", "淘汰类", documents))["agreed-7"]
    return found.outcome, [one.code for one in found.findings]


@pytest.mark.parametrize("word", ["不同意", "暂缓", "另行研究", "退回修改"])
def test_what_was_refused_or_put_off_stands_in_the_way(word: str) -> None:
    paper = minutes("2025-01-10", 1, ("", word))
    found = outcomes(ProjectFile("A", "养殖场", "淘汰类", (paper,)))["agreed-7"]
    (finding,) = found.findings

    assert found.outcome is Outcome.BREACHED
    assert (finding.code, finding.severity) == ("not-agreed", Severity.ERROR)
    assert (finding.document, finding.page, finding.quote) == (paper.id, 2, f"会议{word}该项目退出。")
    assert "未通过" in finding.message


def test_consent_passes_and_conditions_ask_how_they_were_met() -> None:
    condition = Fact("会议意见", "原则同意", 1, "原则同意退出，债务要结清。", detail="债务要结清")

    assert of(minutes("2025-01-10", 1, ("", "同意"))) == (Outcome.PASSED, [])
    assert of(minutes("2025-01-10", 1, ("", "原则同意"))) == (Outcome.PASSED, [])
    assert of(held(7, "2025-01-10", facts=(condition,))) == (Outcome.BREACHED, ["agreed-conditional"])


@pytest.mark.parametrize("said", [(), (("", "听取"),), (("", "看不准"),), (("B", "同意"),)])
def test_what_decides_nothing_on_the_project_is_looked_at_by_a_person(
    said: tuple[tuple[str, str], ...],
) -> None:
    assert of(minutes("2025-01-10", 1, *said)) == (Outcome.UNCLEAR, ["agreed-unclear"])


def test_what_is_said_of_the_project_by_name_outweighs_what_is_said_of_all() -> None:
    assert of(minutes("2025-01-10", 1, ("", "同意"), ("A", "暂缓")))[1] == ["not-agreed"]
    assert of(minutes("2025-01-10", 1, ("", "暂缓"), ("A", "同意")))[0] is Outcome.PASSED
    assert of(minutes("2025-01-10", 1, ("A", "同意"), ("A", "不同意")))[1] == ["not-agreed"]


def test_a_later_meeting_that_agrees_takes_a_refusal_back_and_an_earlier_one_does_not() -> None:
    refused, agreed = minutes("2025-01-10", 1, ("", "暂缓")), minutes("2025-02-20", 2, ("", "同意"))

    assert of(refused, agreed)[0] is Outcome.PASSED
    assert of(agreed, minutes("2025-03-01", 3, ("", "不同意")))[1] == ["not-agreed"]


@pytest.mark.parametrize("day", [None, "2025-02-20"])
def test_a_refusal_without_a_date_or_of_the_same_day_stands(day: str | None) -> None:
    assert of(minutes(day, 1, ("", "不同意")), minutes("2025-02-20", 2, ("", "同意")))[1] == ["not-agreed"]


def test_without_a_paper_nothing_was_compared() -> None:
    assert of()[0] is Outcome.NOT_RUN


def saying(words: str, value: str = "同意") -> tuple[Outcome, list[str]]:
    return of(held(7, "2025-01-10", facts=(Fact("会议意见", value, 1, words),)))


@pytest.mark.parametrize(
    "words",
    [
        "同意追加养殖场投资20万元。",
        "同意养殖场盘活利用，引进新的市场主体。",
        "除养殖场外，同意其余项目退出。",
        "同意全区12个项目退出（养殖场除外）。",
        "同意不将养殖场列入退出。",
        "同意撤销对养殖场退出的决定。",
        "部分同意养殖场退出，区财政局不同意。",
        "同意关于养殖场的工作汇报。",
    ],
)
def test_consent_to_something_else_is_for_a_person_to_read(words: str) -> None:
    assert saying(words) == (Outcome.UNCLEAR, ["agreed-unclear"])


@pytest.mark.parametrize(
    "words",
    [
        "同意养殖场在债务全部清偿后退出。",
        "在落实债务清偿的前提下，同意养殖场退出。",
        "同意养殖场处置方案，报市里审批后执行。",
    ],
)
def test_consent_under_conditions_asks_how_they_were_met(words: str) -> None:
    assert saying(words) == (Outcome.BREACHED, ["agreed-conditional"])


def test_a_refusal_of_other_things_beside_consent_is_no_refusal() -> None:
    both = (
        Fact("会议意见", "不同意", 1, "会议强调，不同意以任何名义新增债务。"),
        Fact("会议意见", "同意", 1, "同意养殖场退出。"),
    )

    assert of(held(7, "2025-01-10", facts=both)) == (Outcome.PASSED, [])
    assert of(held(7, "2025-01-10", facts=both[:1])) == (Outcome.UNCLEAR, ["agreed-unclear"])


def elsewhere(*documents: Holding) -> tuple[Outcome, list[str]]:
    found = outcomes(ProjectFile("A", "养殖场", "淘汰类", documents))["agreed-elsewhere"]
    return found.outcome, [f"{one.code}-{one.item}" for one in found.findings]


def test_a_refusal_under_another_item_stands_until_a_later_meeting_agrees() -> None:
    refusal = (Fact("会议意见", "不同意", 1, "不同意养殖场退出，暂不予销号。"),)
    agreed = minutes("2025-01-10", 1, ("", "同意"))

    assert elsewhere(agreed, held(8, "2025-02-20", 2, facts=refusal)) == (Outcome.BREACHED, ["not-agreed-8"])
    assert elsewhere(agreed, held(8, None, 2, facts=refusal)) == (Outcome.BREACHED, ["not-agreed-8"])
    assert elsewhere(agreed, held(8, "2025-01-01", 2, facts=refusal)) == (Outcome.PASSED, [])
    assert elsewhere(agreed, held(8, "2025-02-20", 2, facts=())) == (Outcome.NOT_NEEDED, [])
