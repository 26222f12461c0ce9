"""Dates after today (日期有误), and none at all (日期没有读出)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archivist.core.checks import findings_of, run_checks
from archivist.core.checks.values import Outcome, ProjectFile
from archivist.core.gate import judge
from archivist.core.model import Severity
from support.checking import IN_ORDER, RULES, TODAY, held, outcomes, whole


def test_a_date_after_today_is_an_error_and_today_is_none() -> None:
    days = {**IN_ORDER, 7: "2026-02-01"}
    last = {**IN_ORDER, 7: "2026-01-31"}

    assert [one.code for one in findings_of(whole(days), RULES, TODAY)] == ["future-date"]
    assert findings_of(whole(last), RULES, TODAY) == []


def test_an_undated_agreement_is_told_with_the_command_that_dates_it() -> None:
    file = replace(
        whole(IN_ORDER),
        documents=(
            *whole(IN_ORDER).documents,
            held(3, None, 77, reasons=("日期没有读出：签订日期（年 月 日）空着或看不清，请看原件补记日期",)),
        ),
    )
    (found,) = findings_of(file, RULES, TODAY)

    assert (found.code, found.severity, found.document) == ("undated", Severity.INFO, "D00077")
    assert found.message.startswith("第3项")
    assert (
        "日期没有读出：签订日期（年 月 日）空着或看不清，请看原件，登记日期：archivist date D00077 日期"
        in found.message
    )
    assert outcomes(file)["undated"].outcome is Outcome.UNCLEAR
    assert judge(file, run_checks(file, RULES, TODAY), {}).passes


def test_what_the_order_misses_is_told_once_and_what_need_not_be_there_not_at_all() -> None:
    codes = [one.code for one in findings_of(whole({**IN_ORDER, 5: None}), RULES, TODAY)]
    other = replace(
        whole(IN_ORDER), documents=(*whole(IN_ORDER).documents, held(8, None, 78), held(1, "2024-12-09", 79))
    )

    assert codes == ["order-procedure-not-run"]
    assert findings_of(other, RULES, TODAY) == []


@pytest.mark.parametrize(
    ("reasons", "day", "found"),
    [
        ((), "2024-11-06", []),
        (("日期由 李某 登记为 2024-11-06（原为 不明）",), "2024-11-06", []),
        (("日期由 李某 登记为 2024-11-06（原为 2024-12-20）",), "2024-11-06", ["date-entered"]),
        (
            (
                "日期由 李某 登记为 2024-11-06（原为 2024-12-20）",
                "日期由 王某 登记为 2024-12-20（原为 2024-11-06）",
            ),
            "2024-12-20",
            [],
        ),
    ],
    ids=["read", "entered", "other than read", "put back"],
)
def test_a_date_that_a_person_entered_in_the_place_of_one_that_was_read_asks_why(
    reasons: tuple[str, ...], day: str, found: list[str]
) -> None:
    paper = held(2, day, reasons=reasons)
    checked = outcomes(ProjectFile("A", "养殖场", "淘汰类", (paper,)))["date-entered"]

    assert [one.code for one in checked.findings] == found
    assert checked.outcome is (Outcome.UNCLEAR if found else Outcome.PASSED)
    assert all("2024-12-20" in one.message and "李某" in one.message for one in checked.findings)
