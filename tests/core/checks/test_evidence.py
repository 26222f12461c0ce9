"""What is filed is admissible as evidence: no draft (草稿), no copy where the original is asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archivist.core.checks.evidence import evidence
from archivist.core.checks.values import Checked, Outcome, ProjectFile
from archivist.core.document import Holding
from archivist.core.drafts.mark import FACT
from archivist.core.model import Fact, Seen, Severity, TextSource
from support.checking import RULES, TODAY, held, outcomes, project

OPEN = Fact(FACT, "还有 12 处【待填】没有填写", 1, "出席：【待填】")


def word(item: int, number: int = 9, **more: object) -> Holding:
    """A Word file that lies filed under an item."""
    one = held(item, "2025-01-10", number, sealed=Seen.UNKNOWN, signed=Seen.UNKNOWN, **more)
    return replace(one, file=replace(one.file, name="纪要.docx", kind="docx"))


def of(item: int, *documents: Holding) -> Checked:
    return outcomes(ProjectFile("A", "养殖场", "淘汰类", documents))[f"evidence-{item}"]


def test_a_draft_that_a_person_filed_stands_in_the_way() -> None:
    draft = held(6, "2025-01-10", 2, facts=(OPEN,))
    found = of(6, held(7, "2025-01-18"), draft)
    (finding,) = found.findings

    assert found.outcome is Outcome.BREACHED
    assert (finding.code, finding.item, finding.severity) == ("draft", 6, Severity.ERROR)
    assert (finding.document, finding.page, finding.quote) == (draft.id, 1, "出席：【待填】")


def test_a_word_file_is_a_draft_whoever_made_it_and_one_finding_tells_of_all() -> None:
    found = of(5, *(word(5, number) for number in range(1, 6)))

    assert [one.code for one in found.findings] == ["draft"]
    assert "等 5 件" in found.findings[0].message
    assert "扫描" in found.findings[0].message


def test_a_draft_beside_the_signed_scan_is_only_kept() -> None:
    found = of(5, held(5, "2025-01-10"), word(5))

    assert found.outcome is Outcome.PASSED
    assert [(one.code, one.severity) for one in found.findings] == [("draft-kept", Severity.INFO)]
    assert found.told == "草稿 1 件、签章件 1 件"


def test_a_draft_speaks_for_nothing_beside_the_paper_that_was_signed() -> None:
    """A Word file that says 同意 does not outvote the signed minutes that refuse."""
    agreed = RULES.procedure.agreed
    assert agreed is not None
    refused = held(7, "2025-01-10", facts=(Fact(agreed.fact, agreed.no[0], 1, "会议不同意退出。"),))
    file = ProjectFile("A", "养殖场", "淘汰类", (refused, replace(word(7), date="2025-02-01")))

    assert [one.code for one in outcomes(file)["agreed-7"].findings] == ["not-agreed"]


def test_drafts_alone_leave_nothing_for_the_other_checks_to_look_at() -> None:
    found = outcomes(ProjectFile("A", "养殖场", "淘汰类", (word(4),)))
    about = [rule for rule, one in found.items() if any(finding.item == 4 for finding in one.findings)]

    assert about == ["evidence-4"]
    assert found["signature-4"].outcome is Outcome.NOT_RUN


@pytest.mark.parametrize(("item", "codes"), [(1, ["copy"]), (7, ["copy"]), (3, [])])
def test_a_copy_is_enough_only_where_the_catalogue_says_so(item: int, codes: list[str]) -> None:
    found = of(item, held(item, "2025-01-10", original="复印件"))

    assert [one.code for one in found.findings] == codes
    assert all(one.severity is Severity.WARNING for one in found.findings)


def test_whether_the_agreement_is_an_original_is_asked_for_and_stops_nobody() -> None:
    found = of(3, held(3, "2018-05-20", original=None))

    assert found.outcome is Outcome.PASSED
    assert [(one.code, one.severity) for one in found.findings] == [("original-unknown", Severity.INFO)]
    assert "archivist original D00001 原件" in found.findings[0].message


def test_what_is_printed_and_unsigned_is_told_once_by_the_check_of_seals() -> None:
    paper = held(2, "2025-01-10", sealed=Seen.NO, signed=Seen.NO, text_source=TextSource.OCR)
    found = outcomes(ProjectFile("A", "养殖场", "淘汰类", (paper,)))

    assert found["evidence-2"].findings == ()
    assert [one.code for one in found["seal-2"].findings] == ["seal-absent"]


def test_an_item_that_asks_for_signed_papers_and_no_certain_mark_says_it_itself() -> None:
    rules = replace(
        RULES, items=tuple(replace(rule, seal=False, signature=False, blocks=()) for rule in RULES.items)
    )
    paper = held(2, "2025-01-10", sealed=Seen.NO, signed=Seen.NO, text_source=TextSource.OCR)
    checked = {one.rule: one for one in evidence(ProjectFile("A", "x", "淘汰类", (paper,)), rules, TODAY)}

    assert [one.code for one in checked["evidence-2"].findings] == ["unsigned"]


def test_other_materials_may_be_anything_and_without_papers_nothing_is_looked_at() -> None:
    assert "evidence-8" not in outcomes(project([(8, "2025-01-18")]))
    assert of(5).outcome is Outcome.NOT_RUN
    assert outcomes(project([], waived={5}))["evidence-5"].outcome is Outcome.NOT_NEEDED
