"""Only projects of the category that is wound up (淘汰类)."""

from __future__ import annotations

import pytest

from archivist.core.checks.values import Outcome
from archivist.core.model import Severity
from support.checking import RULES, outcomes, project


@pytest.mark.parametrize("named", ["闲置类", None])
def test_a_project_of_another_category_or_of_none_is_an_error(named: str | None) -> None:
    found = outcomes(project([], category=named))["category"]

    assert [(one.key, one.severity) for one in found.findings] == [("category", Severity.ERROR)]
    assert (named or "没有填") in found.findings[0].message


def test_one_of_the_category_that_the_rules_name_passes() -> None:
    found = outcomes(project([], category=RULES.procedure.category))["category"]

    assert (found.outcome, found.findings) == (Outcome.PASSED, ())
