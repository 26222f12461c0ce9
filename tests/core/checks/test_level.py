"""Minutes and records of the level (层级) that must have met."""

from __future__ import annotations

import pytest

from archivist.core.checks.values import Outcome, ProjectFile
from archivist.core.model import Level
from support.checking import held, outcomes


@pytest.mark.parametrize(
    ("levels", "outcome", "code"),
    [
        ([Level.TOWNSHIP], Outcome.PASSED, None),
        ([Level.TOWNSHIP, None], Outcome.PASSED, None),
        ([Level.TOWNSHIP, Level.VILLAGE], Outcome.BREACHED, "level-wrong"),
        ([Level.VILLAGE], Outcome.BREACHED, "level-wrong"),
        ([None, None], Outcome.UNCLEAR, "level-unclear"),
        ([], Outcome.NOT_RUN, None),
    ],
)
def test_minutes_of_another_level_are_told(
    levels: list[Level | None], outcome: Outcome, code: str | None
) -> None:
    documents = tuple(held(5, "2024-11-01", at, level=one) for at, one in enumerate(levels, 1))
    found = outcomes(ProjectFile("A", "x", "淘汰类", documents))["level-5"]

    assert found.outcome is outcome
    assert [one.key for one in found.findings] == ([] if code is None else [f"{code}-5"])
