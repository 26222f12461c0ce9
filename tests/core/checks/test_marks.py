"""Seals and signatures that an item asks for: seen, not seen, cannot tell."""

from __future__ import annotations

import pytest

from archivist.core.checks.values import Outcome, ProjectFile
from archivist.core.model import Seen, Severity
from support.catalogue import ITEMS
from support.checking import IN_ORDER, held, outcomes, whole


@pytest.mark.parametrize(
    ("answers", "outcome", "code"),
    [
        ([Seen.YES], Outcome.PASSED, None),
        ([Seen.NO, Seen.YES], Outcome.PASSED, None),
        ([Seen.UNKNOWN, Seen.NO], Outcome.UNCLEAR, "seal-unclear"),
        ([Seen.NO], Outcome.BREACHED, "seal-absent"),
        ([], Outcome.NOT_RUN, None),
    ],
)
def test_a_seal_that_was_not_seen_is_a_warning_and_what_nobody_can_tell_no_pass(
    answers: list[Seen], outcome: Outcome, code: str | None
) -> None:
    documents = tuple(held(2, "2024-11-01", at, sealed=seen) for at, seen in enumerate(answers, 1))
    found = outcomes(ProjectFile("A", "x", "淘汰类", documents))["seal-2"]

    assert found.outcome is outcome
    assert [one.code for one in found.findings] == ([] if code is None else [code])
    assert all(one.severity is Severity.WARNING for one in found.findings)
    assert all("核查评估单位签字盖章确认" in (one.clause or "") for one in found.findings)


@pytest.mark.parametrize(
    ("seen", "codes"),
    [(Seen.YES, []), (Seen.UNKNOWN, ["signature-unclear"]), (Seen.NO, ["signature-absent"])],
)
def test_a_signature_is_told_as_a_seal_is(seen: Seen, codes: list[str]) -> None:
    file = ProjectFile("A", "x", "淘汰类", (held(4, "2024-11-01", signed=seen),))

    assert [one.code for one in outcomes(file)["signature-4"].findings] == codes


def test_only_items_that_ask_for_a_seal_or_signature_are_looked_at() -> None:
    asked = {rule for rule in outcomes(whole(IN_ORDER)) if rule.startswith(("seal", "signature"))}

    assert asked == {
        *(f"seal-{rule.number}" for rule in ITEMS if rule.seal),
        *(f"signature-{rule.number}" for rule in ITEMS if rule.signature),
    }


def test_of_the_plans_eight_two_are_sealed_and_three_signed() -> None:
    assert [rule.number for rule in ITEMS[:8] if rule.seal] == [1, 2]
    assert [rule.number for rule in ITEMS[:8] if rule.signature] == [2, 3, 4]
