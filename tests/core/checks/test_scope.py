"""附件4 is for 淘汰类; a 重大闲置类 project goes the four steps, and of any other nothing of it is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from archivist.core.checks import run_checks
from archivist.core.checks.scope import scoped
from archivist.core.checks.values import Finding, Outcome, ProjectFile
from archivist.core.crossrules import NO_CROSS_RULES
from archivist.core.model import Severity
from archivist.core.project import Category
from support.checking import IN_ORDER, RULES, TODAY, held, outcomes
from support.papers_together import REGISTER


def idle(major: bool | None, *documents: Any, category: Category | None = Category.IDLE) -> ProjectFile:
    register = replace(REGISTER, category=category, major_idle=major)
    return ProjectFile("A", "养殖场", category, tuple(documents), register=register)


def found(file: ProjectFile) -> list[Finding]:
    return [finding for checked in run_checks(file, RULES, TODAY) for finding in checked.findings]


def missing(file: ProjectFile) -> list[int | None]:
    return [finding.item for finding in found(file) if finding.code == "missing"]


def test_a_project_that_goes_lacks_all_seven_items_and_a_grave_idle_one_those_of_the_four_steps() -> None:
    assert missing(idle(None, category=Category.ELIMINATED)) == [1, 2, 3, 4, 5, 6, 7]
    assert missing(idle(True)) == [2, 4, 5, 6, 7]
    assert {one.clause for one in found(idle(True)) if one.code == "missing"} == {"正文三（四）"}


@pytest.mark.parametrize(
    ("category", "major"),
    [
        (Category.IDLE, False),
        (Category.IDLE, None),
        (Category.STRONG, None),
        (Category.WEAK, None),
        (None, None),
    ],
)
def test_of_any_other_project_no_item_of_the_catalogue_is_missed(
    category: Category | None, major: bool | None
) -> None:
    file = idle(major, category=category)

    assert missing(file) == []
    assert [one.code for one in found(file) if one.severity is Severity.ERROR] == ["category"]


def test_a_register_that_does_not_say_whether_it_is_grave_is_told() -> None:
    (finding,) = outcomes(idle(None))["scope"].findings

    assert (finding.code, finding.severity) == ("scope-unclear", Severity.WARNING)
    assert outcomes(idle(True))["scope"].outcome is Outcome.PASSED
    assert "不销号" in outcomes(idle(False))["scope"].told
    assert outcomes(idle(None, category=Category.STRONG))["scope"].outcome is Outcome.NOT_NEEDED


def test_the_order_of_the_steps_is_asked_of_grave_idle_projects_and_not_of_others() -> None:
    days = {**IN_ORDER, 7: "2024-10-01"}
    papers = [held(item, day, number) for number, (item, day) in enumerate(days.items(), 1)]

    assert outcomes(idle(True, *papers))["procedure"].outcome is Outcome.BREACHED
    assert "procedure" not in outcomes(idle(False, *papers))
    assert "advice" not in outcomes(idle(False, *papers))
    assert "agreed-7" in outcomes(idle(True, *papers))
    assert "agreed-7" not in outcomes(idle(False, *papers))


def test_rules_without_scopes_ask_the_same_of_all() -> None:
    procedure = replace(RULES.procedure, cross=NO_CROSS_RULES)
    plain = replace(RULES, procedure=procedure)

    assert scoped(idle(False), plain) is plain
    assert "scope" not in {one.rule for one in run_checks(idle(False), plain, TODAY)}
    bare = replace(
        plain,
        procedure=replace(procedure, agreed=None, cross=replace(RULES.procedure.cross, assessment=None)),
    )
    assert scoped(idle(False), bare).procedure.agreed is None
