"""Sentences about a matter, papers that settle, meetings and periods that are told of."""

from __future__ import annotations

import pytest

from archivist.core.model import Fact
from archivist.core.page import Line, Page
from archivist.core.paper.facts import read_facts
from archivist.workspace.resources import data_folder
from archivist.workspace.rulebook import load_annex

ANNEX = load_annex(data_folder("schemas"))


def facts(name: str, kind: str, text: str, title: str = "") -> list[Fact]:
    pages = [
        Page(at, tuple(Line(line) for line in part.splitlines()))
        for at, part in enumerate(text.split("\f"), 1)
    ]
    return [
        one for one in read_facts(kind, pages, ANNEX.facts, ANNEX.sayings, title=title) if one.name == name
    ]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("六、利益相关方诉求\n流转户要求收回土地。", ["流转户要求收回土地。"]),
        ("六、利益相关方诉求", []),
        ("六、利益相关方诉求\n【待填】", []),
        ("群众的诉求是收回土地。", ["群众的诉求是收回土地。"]),
    ],
)
def test_a_matter_is_told_by_a_sentence_and_never_by_a_heading_alone(text: str, values: list[str]) -> None:
    assert [fact.value for fact in facts("利益诉求", "assessment", f"核查评估报告\n{text}")] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("四、土地已退还农户，恢复种粮。\n债权人代表：胡某", ["四、土地已退还农户，恢复种粮。"]),
        ("（四）恢复耕种。由村集体组织。\n春季已播种。", ["由村集体组织。", "春季已播种。"]),
        ("四、恢复耕种情况\n春季已播种。", ["春季已播种。"]),
    ],
)
def test_a_numbered_sentence_is_no_heading_of_what_stands_below(text: str, values: list[str]) -> None:
    assert [fact.value for fact in facts("恢复耕种", "other", f"情况说明\n{text}")] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("收据\n今收到饲料款1.20万元。", ["12000.00"]),
        ("收 据\n今收到饲料款12,000元整。\f土地流转费4.05万元", ["12000.00", "40500.00"]),
        ("债权债务清算报告\n另附明细。", ["0.00"]),
        ("资产处置方案\n饲料款1.20万元已付清。", []),
        ("土地流转费兑付花名册\n每亩租金500元/亩", ["0.00"]),
    ],
)
def test_a_paper_made_to_settle_gives_its_sums(text: str, values: list[str]) -> None:
    assert [fact.value for fact in facts("清偿凭证", "other", text)] == values


def test_a_paper_is_made_to_settle_by_its_title_too() -> None:
    found = facts("清偿凭证", "other", "", title="银行回单")

    assert [(fact.value, fact.quote) for fact in found] == [("0.00", "银行回单")]


def test_the_day_and_the_counts_of_a_meeting_are_told_together() -> None:
    (fact,) = facts(
        "村民会议日期",
        "other",
        "公示\n青杠村于2024年11月11日召开村民代表会议，会议应到45人、实到39人，同意37人。",
    )

    assert (fact.value, fact.detail) == ("2024-11-11", "应到45、实到39、同意37")


@pytest.mark.parametrize(
    "words", ["2024年13月41日召开村民代表会议", "2024年11月11日下发通知。召开村民代表会议"]
)
def test_no_day_and_another_sentences_day_are_no_meetings(words: str) -> None:
    assert facts("村民会议日期", "other", f"公示\n{words}。") == []


@pytest.mark.parametrize(
    ("words", "value", "days"),
    [
        ("公示时间为2024年11月10日至2024年11月23日。", "2024-11-10/2024-11-23", ""),
        ("公示期为七天，公示时间：2024年11月10日至16日。", "2024-11-10/2024-11-16", "7"),
        ("公示期10个工作日，公示自2024年11月10日起至11月24日止。", "2024-11-10/2024-11-24", "10"),
    ],
)
def test_the_period_of_a_notice_is_read_with_the_days_it_says(words: str, value: str, days: str) -> None:
    (fact,) = facts("公示期", "other", f"公示\n{words}")

    assert (fact.value, fact.detail) == (value, days)


@pytest.mark.parametrize(
    "words", ["公示期内无异议。", "公示时间为11月10日至11日。", "公示时间为2024年11月10日。"]
)
def test_a_period_without_two_days_is_none(words: str) -> None:
    assert facts("公示期", "other", f"公示\n{words}") == []
