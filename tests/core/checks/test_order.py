"""The order of the procedure (程序) as laws: what was not compared never counts as passed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.checks import findings_of
from archivist.core.checks.order import order
from archivist.core.checks.values import Outcome, ProjectFile
from archivist.core.model import Severity
from archivist.core.rules import OrderRule
from support.checking import CHAIN, DAYS, IN_ORDER, RULES, TODAY, held, outcomes, project, whole

DATED = st.lists(st.tuples(st.sampled_from(CHAIN), st.none() | DAYS), max_size=8)


def test_the_plans_own_order_is_what_the_data_says() -> None:
    procedure, assessment = RULES.procedure.orders

    assert [step.items for step in procedure.steps] == [(4,), (5,), (2, 6), (7,)]
    assert "原则上" in procedure.quote
    assert not procedure.strict
    assert [step.items for step in assessment.steps] == [(2,), (6,)]
    assert "原则上" not in assessment.quote
    assert assessment.strict
    assert RULES.procedure.category == "淘汰类"


def test_steps_in_order_and_on_one_day_are_in_order() -> None:
    one_day = dict.fromkeys(CHAIN, "2024-11-01")
    for days in (IN_ORDER, one_day):
        found = outcomes(whole(days))
        assert found["procedure"].outcome is Outcome.PASSED
        assert found["assessment"].outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("early", "late", "rules"),
    [
        (5, 4, {"order-procedure"}),
        (2, 5, {"order-procedure"}),
        (6, 5, {"order-procedure", "order-assessment"}),
        (7, 6, {"order-procedure"}),
        (7, 2, {"order-procedure"}),
        (6, 2, {"order-assessment"}),
    ],
)
def test_each_pair_out_of_order_is_a_breach_with_evidence(early: int, late: int, rules: set[str]) -> None:
    """Items `early` and `late` are filed the wrong way round, a day apart; all else is in order around them."""
    days = dict.fromkeys(CHAIN[: min(CHAIN.index(early), CHAIN.index(late))], "2024-11-01")
    days |= dict.fromkeys((item for item in CHAIN if item not in days), "2024-11-20")
    days[early] = "2024-11-19"
    if late == 2:
        days |= {5: "2024-11-01", 4: "2024-11-01"}
    found = [one for one in findings_of(whole(days), RULES, TODAY) if one.item == early]

    assert {one.code for one in found} == rules
    for one in found:
        assert (one.document, one.page) == (f"D{early:05d}", 1)
        assert "2024-11-19" in one.message
        assert "2024-11-20" in one.message
        assert one.clause and "正文三（四）“" in one.clause
        strict = one.code == "order-assessment"
        assert one.severity is (Severity.ERROR if strict else Severity.WARNING)
        assert ("原则上" in one.clause) is not strict


@given(DATED, st.sets(st.sampled_from(CHAIN)))
def test_a_rule_passes_only_when_everything_was_there_dated_and_in_order(
    dated: list[tuple[int, str | None]], waived: set[int]
) -> None:
    """Against the definition written down plainly: every pair of steps, every document."""
    file = project(dated, waived)
    for rule, checked in zip(RULES.procedure.orders, order(file, RULES, TODAY), strict=True):
        complete = all(
            item in waived or any(item == one for one, _ in dated)
            for step in rule.steps
            for item in step.items
        )
        known = all(day for item, day in dated if any(item in step.items for step in rule.steps))
        breach = _any_breach(rule, dated)
        if checked.outcome is Outcome.PASSED:
            assert complete and known and not breach
        if complete and known and breach:
            assert checked.outcome is Outcome.BREACHED
        if not known:
            assert checked.outcome in {Outcome.NOT_RUN, Outcome.BREACHED}
            assert any(one.code.endswith("-not-run") for one in checked.findings)


def _any_breach(rule: OrderRule, dated: list[tuple[int, str | None]]) -> bool:
    """Whether any document is dated before all that is dated for an item of any earlier step."""
    days: dict[int, list[str]] = {}
    for item, day in dated:
        if day is not None:
            days.setdefault(item, []).append(day)
    return any(
        min(days[later]) < min(days[earlier])
        for at, step in enumerate(rule.steps)
        for before in rule.steps[:at]
        for earlier in before.items
        for later in step.items
        if earlier in days and later in days
    )


@given(DATED, st.sampled_from(CHAIN))
def test_a_document_without_a_date_never_makes_a_rule_pass(
    dated: list[tuple[int, str | None]], item: int
) -> None:
    file = project([*dated, (item, None)])

    assert all(
        checked.outcome is not Outcome.PASSED
        for rule, checked in zip(RULES.procedure.orders, order(file, RULES, TODAY), strict=True)
        if any(item in step.items for step in rule.steps)
    )


@given(DATED)
def test_the_order_of_documents_in_the_file_changes_nothing(dated: list[tuple[int, str | None]]) -> None:
    there, back = project(dated), project(dated[::-1])

    def told(file: ProjectFile) -> list[tuple[str, Outcome, int]]:
        return [(one.rule, one.outcome, len(one.findings)) for one in order(file, RULES, TODAY)]

    assert told(there) == told(back)


def test_a_second_meeting_later_on_breaks_nothing_and_an_older_one_does() -> None:
    days = whole(IN_ORDER).documents
    again = held(4, "2025-01-01", 20)
    older = held(5, "2024-10-01", 21)
    base = whole(IN_ORDER)

    assert outcomes(ProjectFile("A", "x", "淘汰类", (*days, again)))["procedure"].outcome is Outcome.PASSED
    found = outcomes(ProjectFile("A", "x", "淘汰类", (*base.documents, older)))["procedure"]
    assert [(one.document, one.item) for one in found.findings] == [("D00021", 5)]


def test_a_step_that_need_not_be_there_is_passed_over_and_the_one_before_it_counts() -> None:
    late = project([(4, "2024-11-20"), (2, "2024-11-01"), (6, "2024-11-21"), (7, "2024-11-22")], {5})
    fine = project([(4, "2024-11-01"), (2, "2024-11-02"), (6, "2024-11-03"), (7, "2024-11-04")], {5})

    assert [(one.item, one.code) for one in outcomes(late)["procedure"].findings] == [(2, "order-procedure")]
    assert outcomes(fine)["procedure"].outcome is Outcome.PASSED
    assert "第5项 免交" in outcomes(fine)["procedure"].told


def test_a_rule_with_a_missing_step_was_not_checked_and_says_so() -> None:
    found = outcomes(project([(4, "2024-11-01"), (5, "2024-11-02")]))["procedure"]

    assert found.outcome is Outcome.NOT_RUN
    assert "第7项 缺件，没有比较" in found.told


def test_a_document_whose_date_nobody_knows_is_an_error_of_its_own() -> None:
    found = [one for one in findings_of(whole({**IN_ORDER, 2: None}), RULES, TODAY) if one.item == 2]

    assert {one.code for one in found} == {"order-procedure-not-run", "order-assessment-not-run"}
    assert {one.severity for one in found} == {Severity.ERROR}
