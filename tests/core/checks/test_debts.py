"""Debts and claims (债权债务): each open one is settled by a paper of its own, never by a sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archivist.core.checks.debts import debts
from archivist.core.checks.values import Outcome, ProjectFile
from archivist.core.document import Holding
from archivist.core.model import Fact, Seen, Severity
from support.checking import RULES, TODAY, held, outcomes
from support.papers_together import REGISTER, checked, paper

OPEN, SETTLED, NEITHER = (
    "债权债务：经营主体欠付饲料款1.20万元",
    "债权债务均已结清，无其他纠纷",
    "债权债务，再公开处置，结果要公示",
)


def says(item: int, day: str | None, words: str, number: int) -> Holding:
    return held(item, day, number, facts=(Fact("债权债务", words, 2, words),))


@pytest.mark.parametrize(
    ("documents", "register", "outcome"),
    [
        ([], "", Outcome.NOT_NEEDED),
        ([], "欠村集体分红5.84万元", Outcome.BREACHED),
        ([], "无债权债务纠纷", Outcome.PASSED),
        ([(2, "2024-11-01", OPEN)], "", Outcome.BREACHED),
        ([(2, "2024-11-01", OPEN), (7, "2025-03-01", SETTLED)], "", Outcome.BREACHED),
        ([(2, "2024-11-01", SETTLED), (7, "2025-03-01", SETTLED)], "", Outcome.PASSED),
        ([(8, "2025-03-01", SETTLED), (4, "2025-04-01", NEITHER)], "欠款", Outcome.PASSED),
        ([(4, "2024-11-01", NEITHER)], "", Outcome.NOT_NEEDED),
    ],
)
def test_a_debt_that_is_told_without_a_sum_needs_a_reason_whatever_a_later_sentence_says(
    documents: list[tuple[int, str | None, str]], register: str, outcome: Outcome
) -> None:
    there = tuple(says(*one, number) for number, one in enumerate(documents, 1))
    file = ProjectFile("A", "x", "淘汰类", there, debts=register)
    found = outcomes(file)["debts"]

    assert found.outcome is outcome
    assert [(one.key, one.severity) for one in found.findings] == (
        [("debts", Severity.WARNING)] if outcome is Outcome.BREACHED else []
    )
    assert "及时清算债权债务" in found.clause


@pytest.mark.parametrize(
    ("words", "open_"),
    [
        ("债权债务已全部清算，欠款已结清", False),
        ("欠款部分已结清，尚欠饲料款", True),
        ("未发现拖欠工资", False),
        ("公司欠部分工人工资", True),
    ],
)
def test_words_of_settling_outweigh_a_bare_word_of_owing_and_what_is_still_owed_outweighs_them(
    words: str, open_: bool
) -> None:
    found = outcomes(ProjectFile("A", "x", "淘汰类", (says(2, "2024-11-01", words, 1),)))["debts"]

    assert (found.outcome is Outcome.BREACHED) is open_


REPORT = "核查评估报告\n五、债权债务\n公司欠付土地流转费4.05万元，欠付饲料款1.20万元。"
VOUCHER = "债权债务清算确认表\n土地流转费4.05万元，已付清。\n饲料款12000元，已付清。"


def told(*papers: Holding, rule: str = "debts-sums") -> list[tuple[str, Severity]]:
    return [(one.code, one.severity) for one in checked(rule, *papers).findings]


OPEN_TWICE = [("debts-open", Severity.ERROR)] * 2


def test_an_open_debt_without_a_paper_that_settles_it_stands_in_the_way_once_however_often_it_is_told() -> (
    None
):
    report, minutes = (
        paper(2, REPORT),
        paper(7, REPORT.replace("核查评估报告", "区政府专题会议纪要"), "2025-01-10"),
    )
    found = checked("debts-sums", report, minutes)

    assert told(report, minutes) == OPEN_TWICE
    assert found.findings[0].document == minutes.id
    assert "土地流转费4.05万元" in found.findings[0].message
    assert "清偿的凭证" in found.findings[0].message


@pytest.mark.parametrize(
    ("item", "text"),
    [
        (7, "区政府专题会议纪要\n土地流转费4.05万元、饲料款1.20万元已付清。"),
        (8, "资产处置方案\n土地流转费4.05万元、饲料款1.20万元已付清，债权债务已全部清算，欠款已结清。"),
        (8, "情况说明\n债权债务均已结清。"),
    ],
)
def test_a_sentence_in_minutes_or_in_a_plan_settles_nothing(item: int, text: str) -> None:
    assert told(paper(2, REPORT), paper(item, text, "2025-03-01", 9)) == OPEN_TWICE


@pytest.mark.parametrize(
    "text",
    [
        VOUCHER,
        "收据\n今收到土地流转费4.05万元。\n收据\n今收到饲料款1.20万元。",
        "清算报告\n全部债务5.25万元均已结清。",
        "收据\n今收到土地流转费2.00万元。\n今收到土地流转费2.05万元。\n今收到饲料款1.20万元。",
    ],
)
def test_a_later_signed_or_sealed_paper_that_names_the_sums_settles_them(text: str) -> None:
    assert told(paper(2, REPORT), paper(8, text, "2025-03-01")) == []
    assert checked("debts-sums", paper(2, REPORT), paper(8, text, "2025-03-01")).outcome is Outcome.PASSED


def test_a_paper_that_settles_one_debt_leaves_the_other_open() -> None:
    assert told(paper(2, REPORT), paper(8, "收据\n今收到饲料款1.20万元。", "2025-03-01")) == OPEN_TWICE[:1]
    assert told(paper(2, REPORT), paper(8, "收据\n今收到苗木款0.30万元。", "2025-03-01")) == OPEN_TWICE
    assert told(paper(2, REPORT), paper(8, "收据\n尚欠饲料款1.20万元。", "2025-03-01")) == OPEN_TWICE
    assert told(paper(2, REPORT), paper(8, "债权债务清算报告\n另附明细。", "2025-03-01")) == OPEN_TWICE


def test_a_paper_from_before_the_debt_and_one_that_nobody_signed_settle_nothing() -> None:
    bare = paper(8, VOUCHER, "2025-03-01", sealed=Seen.NO, signed=Seen.NO)

    assert told(paper(2, REPORT), paper(8, VOUCHER, "2024-10-01")) == OPEN_TWICE
    assert told(paper(2, REPORT), bare) == OPEN_TWICE
    assert told(paper(2, REPORT), paper(7, VOUCHER, "2025-03-01", kind="other")) == OPEN_TWICE


@pytest.mark.parametrize(
    ("day", "sealed", "signed"),
    [("2025-03-01", Seen.UNKNOWN, Seen.NO), (None, Seen.YES, Seen.YES)],
)
def test_what_nobody_can_tell_of_a_paper_that_settles_is_looked_at_by_a_person(
    day: str | None, sealed: Seen, signed: Seen
) -> None:
    assert (
        told(paper(2, REPORT), paper(8, VOUCHER, day, sealed=sealed, signed=signed))
        == [("debts", Severity.WARNING)] * 2
    )


def test_a_claim_that_nobody_collected_asks_for_a_reason_and_debts_do_not_answer_for_it() -> None:
    report = paper(2, "核查评估报告\n债权：应收承包户租金3.00万元，尚未收回。")
    voucher = paper(8, "收据\n今收到承包户租金3.00万元。", "2025-03-01")

    assert told(report, rule="claims-sums") == [("claims-open", Severity.WARNING)]
    assert told(report, voucher, rule="claims-sums") == []
    assert checked("debts-sums", report).outcome is Outcome.NOT_NEEDED


def test_a_debt_that_only_words_tell_of_is_settled_by_a_signed_paper() -> None:
    opened = says(2, "2024-11-01", "公司欠部分工人工资", 1)
    register = replace(REGISTER, debts="欠工人工资")
    voucher = paper(8, "工资发放表\n合计2.36万元。", "2025-03-01")

    assert told(opened, rule="debts") == [("debts", Severity.WARNING)]
    assert told(opened, voucher, rule="debts") == []
    assert checked("debts", voucher, register=register).outcome is Outcome.PASSED
    assert checked("debts", register=register).outcome is Outcome.BREACHED


def amounts(*states: str) -> Holding:
    facts = tuple(
        Fact("债务", f"{at}0000.00", 2, f"欠款{at}万元", state=state) for at, state in enumerate(states, 1)
    )
    return held(2, "2024-11-01", 1, facts=facts)


@pytest.mark.parametrize(
    ("states", "outcome"),
    [
        (("未结清",), Outcome.BREACHED),
        (("已结清", "有争议"), Outcome.BREACHED),
        (("已结清", "已结清"), Outcome.NOT_NEEDED),
        (("已结清", ""), Outcome.NOT_NEEDED),
        (("",), Outcome.NOT_NEEDED),
    ],
)
def test_sums_tell_of_debts_by_their_states_and_one_that_is_silent_settles_nothing(
    states: tuple[str, ...], outcome: Outcome
) -> None:
    file = ProjectFile("A", "x", "淘汰类", (amounts(*states),))

    assert outcomes(file)["debts-sums"].outcome is outcome


def test_rules_without_this_part_ask_nothing() -> None:
    rules = replace(RULES, procedure=replace(RULES.procedure, debts=None))

    assert list(debts(ProjectFile("A", "x", "淘汰类", debts="欠款"), rules, TODAY)) == []


def test_two_debts_of_one_sum_are_two_and_a_receipt_for_one_does_not_pay_the_other() -> None:
    report = [paper(at, f"报告\n公司欠付{what}1.20万元。") for at, what in ((1, "饲料款"), (2, "苗木款"))]
    feed = paper(8, "收据\n今收到饲料款1.20万元。", "2025-03-01")
    both = paper(8, "收据\n今收到饲料款1.20万元。\n今收到苗木款1.20万元。", "2025-03-01")

    assert told(*report) == OPEN_TWICE
    assert told(*report, feed) == OPEN_TWICE[:1]
    assert told(*report, both) == []
