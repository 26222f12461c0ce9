"""Debts (债权债务): the latest paper that says either way counts."""

from __future__ import annotations

import pytest

from archivist.core.checks.values import Outcome, ProjectFile
from archivist.core.document import Holding
from archivist.core.model import Fact, Severity
from support.checking import held, outcomes

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
        ([(2, "2024-11-01", OPEN), (8, "2025-03-01", SETTLED)], "", Outcome.PASSED),
        ([(2, "2024-11-01", OPEN), (8, None, SETTLED)], "", Outcome.BREACHED),
        ([(2, None, OPEN), (8, "2025-03-01", SETTLED)], "", Outcome.BREACHED),
        ([(2, "2024-11-01", OPEN), (8, "2024-11-01", SETTLED)], "", Outcome.BREACHED),
        ([(8, "2025-03-01", SETTLED), (4, "2025-04-01", NEITHER)], "欠款", Outcome.PASSED),
        ([(4, "2024-11-01", NEITHER)], "", Outcome.NOT_NEEDED),
    ],
)
def test_a_debt_that_the_latest_paper_tells_of_needs_a_reason(
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
        (("已结清", "已结清"), Outcome.PASSED),
        (("已结清", ""), Outcome.NOT_NEEDED),
        (("",), Outcome.NOT_NEEDED),
    ],
)
def test_sums_tell_of_debts_by_their_states_and_one_that_is_silent_settles_nothing(
    states: tuple[str, ...], outcome: Outcome
) -> None:
    file = ProjectFile("A", "x", "淘汰类", (amounts(*states),))

    assert outcomes(file)["debts"].outcome is outcome
