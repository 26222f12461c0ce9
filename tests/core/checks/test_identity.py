"""Papers about one project name this one (项目不符)."""

from __future__ import annotations

import pytest

from archivist.core.checks.values import Outcome, ProjectFile
from archivist.core.model import Fact
from support.checking import held, outcomes


@pytest.mark.parametrize(
    ("item", "said", "outcome"),
    [
        (1, "DZ-2018-0017", Outcome.PASSED),
        (1, "dz—2018—OO17", Outcome.PASSED),
        (2, "DZ-2018-0018", Outcome.BREACHED),
        (5, "DZ-2018-0018", Outcome.NOT_NEEDED),
        (1, None, Outcome.NOT_NEEDED),
    ],
)
def test_a_paper_about_one_project_that_names_another_is_told(
    item: int, said: str | None, outcome: Outcome
) -> None:
    facts = () if said is None else (Fact("项目编号", said, 1, f"编号：{said}"),)
    file = ProjectFile("DZ-2018-0017", "x", "淘汰类", (held(item, "2024-11-01", facts=facts),))
    found = outcomes(file)["identity"]

    assert found.outcome is outcome
    assert [one.quote for one in found.findings] == ([f"编号：{said}"] if outcome is Outcome.BREACHED else [])
    assert {one.code for one in found.findings} <= {"other-project"}
