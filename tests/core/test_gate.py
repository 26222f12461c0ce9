"""The gate (销号) as a law: what opens it and what never does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archivist.core.checks.values import Checked, Finding, Outcome
from archivist.core.gate import judge
from archivist.core.model import Severity
from support.catalogue import NUMBERS
from support.checking import project

FINDINGS = st.builds(
    Finding,
    st.just("A"),
    st.none() | st.sampled_from(NUMBERS),
    st.sampled_from(["order-procedure", "seal-unclear", "missing"]),
    st.sampled_from(list(Severity)),
    st.just("有问题"),
)
CHECKED = st.builds(
    Checked,
    st.just("rule"),
    st.just("规则"),
    st.just("条"),
    st.sampled_from(list(Outcome)),
    st.just("比较了"),
    st.lists(FINDINGS, max_size=3).map(tuple),
)


@given(st.lists(CHECKED, max_size=5), st.sampled_from(["", "有原因"]), st.sets(st.sampled_from(NUMBERS)))
def test_the_gate_opens_only_without_errors_with_all_reasons_and_all_checks_made(
    made: list[Checked], for_all: str, items: set[int]
) -> None:
    by_key = {f"seal-unclear-{item}": "看过" for item in items}
    judged = judge(project([]), made, for_all, by_key)
    found = [finding for one in made for finding in one.findings]
    errors = any(one.severity is Severity.ERROR for one in found)
    unexplained = any(
        one.severity is Severity.WARNING and not for_all and one.key not in by_key for one in found
    )
    not_made = any(one.outcome is Outcome.NOT_RUN for one in made)
    silent = any(one.outcome in {Outcome.BREACHED, Outcome.UNCLEAR} and not one.findings for one in made)

    assert judged.passes == (not errors and not unexplained and not not_made and not silent)
    assert all(reason.words for reason in judged.reasons)
