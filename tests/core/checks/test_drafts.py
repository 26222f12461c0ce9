"""What is filed is no draft (草稿)."""

from __future__ import annotations

from archivist.core.checks.values import Outcome, ProjectFile
from archivist.core.drafts.mark import FACT
from archivist.core.model import Fact, Severity
from support.checking import held, outcomes, project

OPEN = Fact(FACT, "还有 12 处【待填】没有填写", 1, "出席：【待填】")


def test_a_draft_that_a_person_filed_stands_in_the_way() -> None:
    documents = (held(7, "2025-01-18"), held(6, "2025-01-10", 2, facts=(OPEN,)))
    found = outcomes(ProjectFile("A", "养殖场", "淘汰类", documents))["draft"]
    (finding,) = found.findings

    assert found.outcome is Outcome.BREACHED
    assert (finding.code, finding.item, finding.severity) == ("draft", 6, Severity.ERROR)
    assert (finding.document, finding.page, finding.quote) == (documents[1].id, 1, "出席：【待填】")


def test_other_materials_may_be_anything_and_without_papers_nothing_is_looked_at() -> None:
    assert outcomes(project([(7, "2025-01-18")]))["draft"].outcome is Outcome.PASSED
    other = ProjectFile("A", "养殖场", "淘汰类", (held(8, "2025-01-18", facts=(OPEN,)),))
    assert outcomes(other)["draft"].outcome is Outcome.NOT_NEEDED
    assert outcomes(ProjectFile("A", "养殖场", "淘汰类"))["draft"].outcome is Outcome.NOT_NEEDED
