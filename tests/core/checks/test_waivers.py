"""Hardly anything may be waived (免交): one item, for a sealed statement."""

from __future__ import annotations

from dataclasses import replace

from archivist.core.catalogue.completeness import Waiver
from archivist.core.checks.values import Outcome, ProjectFile
from support.checking import held, outcomes, project
from support.complete import WAIVABLE

OTHER = 7
STATEMENT = held(8, "2024-10-01", 9, title="合同遗失情况说明")


def waived(item: int, document: str | None, void: bool = False) -> ProjectFile:
    one = Waiver("A", item, "遗失", "李某", "2026-01-01T10:00:00+08:00", document)
    file = replace(project([]), documents=(STATEMENT,))
    return replace(file, void=(one,)) if void else replace(file, waivers={item: one})


def codes(file: ProjectFile) -> list[tuple[int | None, str]]:
    return [(one.item, one.code) for one in outcomes(file)["waivers"].findings]


def test_a_contract_that_was_lost_is_waived_for_a_sealed_statement() -> None:
    checked = outcomes(waived(WAIVABLE, STATEMENT.id))["waivers"]

    assert (checked.outcome, checked.findings) == (Outcome.PASSED, ())


def test_no_other_item_is_waived_whatever_it_rests_on() -> None:
    assert codes(waived(OTHER, STATEMENT.id)) == [(OTHER, "waiver-void")]
    assert "没有免交的规定" in outcomes(waived(OTHER, None, void=True))["waivers"].findings[0].message


def test_a_waiver_without_its_statement_counts_for_nothing() -> None:
    elsewhere = replace(waived(WAIVABLE, STATEMENT.id), documents=(replace(STATEMENT, item=1),))

    other = replace(waived(WAIVABLE, STATEMENT.id), documents=(replace(STATEMENT, title="资产清单"),))
    assert codes(other) == [(WAIVABLE, "waiver-void")]
    assert codes(waived(WAIVABLE, None, void=True)) == [(WAIVABLE, "waiver-void")]
    assert codes(waived(WAIVABLE, "D77777")) == [(WAIVABLE, "waiver-void")]
    assert codes(elsewhere) == [(WAIVABLE, "waiver-void")]


def test_a_waiver_does_not_matter_where_the_papers_are_there() -> None:
    file = waived(OTHER, None, void=True)
    there = replace(file, documents=(STATEMENT, held(OTHER, "2024-11-05")))

    assert outcomes(there)["waivers"].outcome is Outcome.NOT_NEEDED
    assert outcomes(project([]))["waivers"].outcome is Outcome.NOT_NEEDED


def test_a_waiver_of_an_item_the_catalogue_does_not_have_is_nobodys() -> None:
    assert codes(waived(99, None, void=True)) == []
