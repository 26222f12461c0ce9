"""The state of an item is a projection of what the checks find on it, whatever checks there are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fnmatch import fnmatchcase
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core import checks
from archivist.core.catalogue.completeness import ItemState
from archivist.core.catalogue.reasons import (
    OF_PRESENCE,
    OF_PROJECT,
    ONLY_TOLD,
    REASONS,
    UNDECIDED,
    Reason,
    reason_of,
)
from archivist.core.catalogue.states import completeness, explained_by, states_of, telling
from archivist.core.checks import findings_of
from archivist.core.checks.values import Finding, ProjectFile
from archivist.core.model import BlockSealed, Marks, Seen, Severity, Status
from support.catalogue import NUMBERS, REQUIRED
from support.checking import FILES, GATES, IN_ORDER, RULES, TODAY, decided, held, project, whole

FILED = {ItemState.PRESENT, ItemState.CHECK, ItemState.UNQUALIFIED}
NAMES = [
    path.stem for path in Path(checks.__file__).parent.glob("*.py") if path.stem not in {"__init__", "values"}
]


def found(
    item: int | None, severity: Severity, code: str = "seal-absent", document: str = "D00001"
) -> Finding:
    return Finding("A", item, code, severity, "请看原件。", document)


@given(FILES)
def test_every_item_of_the_catalogue_has_one_state_and_it_is_filed_or_it_is_not(file: ProjectFile) -> None:
    state = states_of(file, RULES, TODAY)

    assert [one.item for one in state.items] == list(NUMBERS)
    for one in state.items:
        assert (one.state in FILED) == bool(file.of(one.item))
        assert bool(one.reasons) <= (one.state in {ItemState.CHECK, ItemState.UNQUALIFIED})
        assert {*one.reasons} <= {reason.value for reason in Reason}
        if one.state is ItemState.WAIVED:
            assert one.item in file.waivers
    lists = [state.present, state.check, state.unqualified, state.review, state.missing, state.waived]
    assert sorted(item for one in lists for item in one) == sorted(
        one.item for one in state.items if one.state is not ItemState.OPTIONAL
    )
    assert state.complete == ({*REQUIRED} <= {*state.present, *state.waived})


@given(FILES)
def test_an_item_is_green_only_where_the_checks_find_nothing_that_anybody_must_look_at(
    file: ProjectFile,
) -> None:
    state = states_of(file, RULES, TODAY)
    told = telling(findings_of(file, RULES, TODAY), explained_by(file))

    assert {one.item for one in told} & {*state.present} == set()


@given(
    st.lists(
        st.builds(
            found,
            st.none() | st.sampled_from(NUMBERS),
            st.sampled_from(list(Severity)),
            st.sampled_from(["seal-absent", "not-heard-of", "order-x", "order-x-not-run"]),
        )
    )
)
def test_the_worst_finding_decides_whatever_its_code(findings: list[Finding]) -> None:
    file = whole(IN_ORDER)
    state = completeness(file, RULES, findings)
    for item in REQUIRED:
        on_it = [one for one in findings if one.item == item]
        errors = [one for one in on_it if one.severity is Severity.ERROR and "not-run" not in one.code]
        looked = [one for one in on_it if one.severity is not Severity.INFO]
        expected = ItemState.UNQUALIFIED if errors else ItemState.CHECK if looked else ItemState.PRESENT
        assert state.state(item) is expected
    assert len(state.of_project) == sum(
        one.item is None and one.severity is not Severity.INFO for one in findings
    )


def test_reasons_are_those_of_what_decided_each_once() -> None:
    findings = [
        found(1, Severity.WARNING, "signature-unclear"),
        found(1, Severity.ERROR, "draft"),
        found(1, Severity.ERROR, "draft", "D00002"),
        found(1, Severity.ERROR, "not-heard-of"),
    ]

    assert completeness(whole({}), RULES, findings).of(1).told == "不合格（草稿）"
    assert completeness(whole({}), RULES, findings[:1]).of(1).told == "待核（未签字）"
    assert completeness(whole({}), RULES, findings[3:]).of(1).told == "不合格"
    with pytest.raises(KeyError):
        completeness(whole({}), RULES, []).of(99)


def test_a_seal_nobody_can_tell_makes_an_item_wait_for_a_person_and_an_altered_file_makes_it_wrong() -> None:
    names = [block.name for block in RULES.item(1).blocks]
    two = Marks(
        blocks=tuple(BlockSealed(name, Seen.UNKNOWN if name == names[-1] else Seen.YES) for name in names)
    )
    unsealed = replace(project([]), documents=(held(1, "2024-10-01", marks=two),))
    altered = replace(project([]), documents=(held(1, "2024-10-01", wrong="altered"),))

    assert states_of(unsealed, RULES, TODAY).of(1).told == "待核（未盖章）"
    assert states_of(altered, RULES, TODAY).of(1).told == "不合格（被改动）"


def test_a_date_that_could_not_be_compared_speaks_against_no_paper() -> None:
    assert states_of(whole({**IN_ORDER, 4: None}), RULES, TODAY).of(4).told == "待核（日期有误）"


def test_what_is_not_filed_is_waived_or_waits_or_is_missing() -> None:
    waiting = replace(held(2, None), status=Status.REVIEW)
    file = replace(project([], {3}), waiting=(waiting, replace(waiting, item=8)))
    state = states_of(file, RULES, TODAY)

    assert [state.state(item) for item in (1, 2, 3, 8)] == [
        ItemState.MISSING,
        ItemState.REVIEW,
        ItemState.WAIVED,
        ItemState.OPTIONAL,
    ]


@given(GATES)
def test_a_warning_explained_at_the_gate_is_looked_at_as_long_as_the_decision_holds(gate) -> None:  # type: ignore[no-untyped-def]
    reason = {**found(1, Severity.WARNING).record(), "reason": "原件上有章"}
    passed = replace(gate, decision=replace(decided("D00001"), reasons=(reason,)))
    file = replace(whole(IN_ORDER), gate=passed)
    findings = [found(1, Severity.WARNING), found(2, Severity.WARNING, document="D00002")]
    state = completeness(file, RULES, findings)

    assert state.state(1) is (ItemState.PRESENT if passed.standing else ItemState.CHECK)
    assert state.state(2) is ItemState.CHECK
    assert completeness(file, RULES, [found(1, Severity.ERROR)]).state(1) is ItemState.UNQUALIFIED
    assert completeness(replace(file, gate=replace(passed, decision=None)), RULES, findings).check == (1, 2)


def test_a_paper_of_an_item_that_the_catalogue_no_longer_has_is_passed_over() -> None:
    fewer = replace(RULES, items=RULES.items[:-1])
    file = replace(whole(IN_ORDER), documents=(*whole(IN_ORDER).documents, held(NUMBERS[-1], "2024-10-01")))

    assert states_of(file, fewer, date(2026, 1, 31)).complete


@pytest.mark.parametrize("name", NAMES)
def test_every_code_has_a_reason_or_is_told_to_need_none(name: str) -> None:
    codes = import_module(f"archivist.core.checks.{name}").CODES
    without = {*OF_PRESENCE, *OF_PROJECT, *ONLY_TOLD}

    assert [code for code in codes if (reason_of(code) is None) != (code in without)] == []


def test_nothing_stands_in_the_vocabulary_that_no_check_says() -> None:
    codes = {code for name in NAMES for code in import_module(f"archivist.core.checks.{name}").CODES}

    for pattern in (*REASONS, *OF_PRESENCE, *OF_PROJECT, *ONLY_TOLD, *UNDECIDED):
        assert any(fnmatchcase(code, pattern) for code in codes), pattern
