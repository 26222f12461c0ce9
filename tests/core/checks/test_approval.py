"""The signed form (销号审批表) is for the evidence as it is: the root code it prints is the archive's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archivist.core.checks.approval import approval
from archivist.core.checks.values import Checked, Outcome, ProjectFile, Rules
from archivist.core.document import Holding
from archivist.core.model import Fact, Seen, Severity
from archivist.core.rootcode import FACT, UNREADABLE, RootCode, evidence_root
from archivist.core.rules import ApprovalRule
from support.checking import RULES, TODAY, held

PAPERS = (held(1, "2024-11-01", 1), held(2, "2024-11-02", 2))
ROOT = evidence_root(PAPERS).printed
OTHER = RootCode("a" * 64).printed


def form(*values: str, number: int = 9, sealed: Seen = Seen.YES) -> Holding:
    facts = tuple(Fact(FACT, value, at, f"归档根码：{value}") for at, value in enumerate(values, 1))
    return held(8, "2025-03-04", number, facts=facts, sealed=sealed)


def checked(*forms: Holding, required: bool = False, rule: bool = True) -> list[Checked]:
    own = ApprovalRule("正文三（四）", "程序", required) if rule else None
    rules = Rules(RULES.items, replace(RULES.procedure, approval=own))
    return list(approval(ProjectFile("A", "养殖场", "淘汰类", (*PAPERS, *forms)), rules, TODAY))


@pytest.mark.parametrize(
    ("forms", "outcome", "codes"),
    [
        ([form(ROOT)], Outcome.PASSED, []),
        ([form(OTHER, number=8), form(ROOT)], Outcome.PASSED, []),
        ([form(OTHER)], Outcome.BREACHED, ["approval-changed"]),
        ([form(ROOT, OTHER)], Outcome.BREACHED, ["approval-changed"]),
        ([form(UNREADABLE)], Outcome.UNCLEAR, ["approval-unread"]),
        ([form(ROOT, sealed=Seen.NO)], Outcome.UNCLEAR, ["approval-unsealed"]),
        ([form(ROOT, sealed=Seen.UNKNOWN)], Outcome.UNCLEAR, ["approval-unsealed"]),
    ],
)
def test_a_form_for_other_evidence_stands_in_the_way_and_what_cannot_be_seen_is_asked(
    forms: list[Holding], outcome: Outcome, codes: list[str]
) -> None:
    (found,) = checked(*forms)

    assert found.outcome is outcome
    assert [one.code for one in found.findings] == codes
    assert all(
        (one.document, one.item, one.page is not None) == ("D00009", 8, True) for one in found.findings
    )
    assert ROOT in found.told


def test_without_a_form_nothing_is_compared_and_where_one_is_required_that_stands_in_the_way() -> None:
    (found,) = checked()
    (asked,) = checked(required=True)

    assert (found.outcome, found.findings) == (Outcome.NOT_NEEDED, ())
    assert [(one.code, one.severity) for one in asked.findings] == [("approval-missing", Severity.ERROR)]
    assert asked.outcome is Outcome.BREACHED


def test_a_changed_paper_makes_another_root_and_what_was_signed_is_told_beside_it() -> None:
    changed = (replace(PAPERS[0], path_sha256="f" * 64), PAPERS[1], form(ROOT))
    (found,) = approval(ProjectFile("A", "养殖场", "淘汰类", changed), RULES, TODAY)
    (finding,) = found.findings

    assert (finding.code, finding.quote) == ("approval-changed", f"归档根码：{ROOT}")
    assert ROOT in finding.message and evidence_root(changed).printed in finding.message


def test_a_procedure_that_says_nothing_of_it_asks_nothing() -> None:
    assert checked(form(OTHER), rule=False) == []
