"""The gate (销号) as a law: what opens it and what never does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archivist.core.checks.values import Checked, Finding, Outcome, keyed
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


GIVEN = st.dictionaries(
    st.sampled_from([f"seal-unclear-{item}" for item in NUMBERS] + ["order-procedure"]),
    st.sampled_from(["看过原件", "另有原因", "看过 原件。"]),
)


@given(st.lists(CHECKED, max_size=5), GIVEN)
def test_the_gate_opens_only_without_errors_with_a_reason_for_each_warning_and_all_checks_made(
    made: list[Checked], by_key: dict[str, str]
) -> None:
    judged = judge(project([]), made, by_key)
    found = [finding for one in made for finding in one.findings]
    errors = any(one.severity is Severity.ERROR for one in found)
    warnings = keyed([one for one in found if one.severity is Severity.WARNING])
    plain = {key: words.replace(" ", "").strip("。") for key, words in by_key.items()}
    said = [plain[key] for key in {key for key, _ in warnings} if key in plain]
    unexplained = any(key not in plain or said.count(plain[key]) > 1 for key, _ in warnings)
    not_made = any(one.outcome is Outcome.NOT_RUN for one in made)
    silent = any(one.outcome in {Outcome.BREACHED, Outcome.UNCLEAR} and not one.findings for one in made)

    assert judged.passes == (not errors and not unexplained and not not_made and not silent)
    assert all(reason.words == by_key[reason.key] for reason in judged.reasons)
    assert len(judged.keys) == len(judged.unexplained)
    assert {reason.key for reason in judged.reasons}.isdisjoint(judged.keys)


def warning(message: str, document: str | None = None, item: int | None = 1) -> Finding:
    return Finding("A", item, "seal-unclear", Severity.WARNING, message, document)


def test_two_findings_of_one_kind_have_keys_of_their_own() -> None:
    alone = keyed([warning("甲"), warning("乙", item=2), warning("丙", item=None)])
    by_document = keyed([warning("甲", "D00001"), warning("乙", "D00002")])
    by_words = keyed([warning("甲", "D00001"), warning("乙", "D00001"), warning("丙")])

    assert [key for key, _ in alone] == ["seal-unclear-1", "seal-unclear-2", "seal-unclear"]
    assert [key for key, _ in by_document] == ["seal-unclear-1-D00001", "seal-unclear-1-D00002"]
    assert len({key for key, _ in by_words}) == 3
    assert [key for key, _ in keyed([warning("丙"), warning("乙", "D00001"), warning("甲", "D00001")])] == [
        key for key, _ in reversed(by_words)
    ]
