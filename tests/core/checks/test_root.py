"""A signed form (销号审批表) is for the evidence as it is: the root code it prints is the archive's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archivist.core.checks.root import root
from archivist.core.checks.values import Checked, Outcome, ProjectFile, Rules
from archivist.core.document import Holding
from archivist.core.model import Fact
from archivist.core.rootcode import FACT, UNREADABLE, RootCode, evidence_root
from support.checking import RULES, TODAY, held

PAPERS = (held(1, "2024-11-01", 1), held(2, "2024-11-02", 2))
ROOT = evidence_root(PAPERS).printed
OTHER = RootCode("a" * 64).printed


def form(*values: str, number: int = 9) -> Holding:
    facts = tuple(Fact(FACT, value, at, f"归档根码：{value}") for at, value in enumerate(values, 1))
    return held(8, "2025-03-04", number, facts=facts)


def checked(*forms: Holding, rule: bool = True) -> list[Checked]:
    rules = RULES if rule else Rules(RULES.items, replace(RULES.procedure, root=None))
    return list(root(ProjectFile("A", "养殖场", "淘汰类", (*PAPERS, *forms)), rules, TODAY))


@pytest.mark.parametrize(
    ("forms", "outcome", "codes"),
    [
        ([form(ROOT)], Outcome.PASSED, []),
        ([form(OTHER, number=8), form(ROOT)], Outcome.PASSED, []),
        ([form(OTHER)], Outcome.BREACHED, ["root-changed"]),
        ([form(ROOT, OTHER)], Outcome.BREACHED, ["root-changed"]),
        ([form(UNREADABLE)], Outcome.UNCLEAR, ["root-unread"]),
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


def test_without_a_form_nothing_is_compared() -> None:
    (found,) = checked()

    assert (found.outcome, found.findings) == (Outcome.NOT_NEEDED, ())
    assert ROOT in found.told


def test_a_changed_paper_makes_another_root_and_what_was_signed_is_told_beside_it() -> None:
    changed = (replace(PAPERS[0], path_sha256="f" * 64), PAPERS[1], form(ROOT))
    (found,) = root(ProjectFile("A", "养殖场", "淘汰类", changed), RULES, TODAY)
    (finding,) = found.findings

    assert (finding.code, finding.quote) == ("root-changed", f"归档根码：{ROOT}")
    assert ROOT in finding.message and evidence_root(changed).printed in finding.message


def test_a_procedure_that_says_nothing_of_it_asks_nothing() -> None:
    assert checked(form(OTHER), rule=False) == []
