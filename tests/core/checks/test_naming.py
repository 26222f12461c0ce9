"""The papers of an item name this project, not another one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archivist.core.checks.values import Checked, Outcome, ProjectFile
from archivist.core.document import Holding
from archivist.core.model import Candidate, Evidence, Fact, Severity
from archivist.core.words.evidence import BY_CODE, BY_NAME, JOINED, NEAR_NAME
from support.checking import held, outcomes, project


def of(item: int, *documents: Holding) -> Checked:
    return outcomes(ProjectFile("A", "养殖场", "淘汰类", documents))[f"names-{item}"]


def guess(project: str | None, score: float, *rules: str) -> Candidate:
    return Candidate(project, 4, score, tuple(Evidence(2, f"{project}的羊场", rule) for rule in rules))


DRAGGED = held(4, "2024-11-01", candidates=(guess("B", 0.9, BY_NAME), guess("A", 0.6, NEAR_NAME)))


@pytest.mark.parametrize("rule", [BY_CODE, BY_NAME, JOINED])
def test_a_number_a_name_or_being_a_page_of_such_a_paper_is_enough(rule: str) -> None:
    found = of(4, held(4, "2024-11-01", candidates=(guess("B", 0.95, BY_NAME), guess("A", 0.9, rule))))

    assert found.outcome is Outcome.PASSED


def test_minutes_that_decide_on_it_by_name_name_it() -> None:
    decided = Fact("会议意见", "同意", 1, "同意退出", project="A")
    found = of(7, held(7, "2025-01-08", candidates=(guess("B", 0.9, BY_NAME),), facts=(decided,)))

    assert found.outcome is Outcome.PASSED


def test_another_villages_record_is_that_ones() -> None:
    (finding,) = of(4, DRAGGED).findings

    assert (finding.code, finding.severity) == ("names-other", Severity.ERROR)
    assert (finding.page, finding.quote) == (2, "B的羊场")


def test_a_paper_that_speaks_of_others_too_is_not_theirs() -> None:
    both = held(4, "2024-11-01", candidates=(guess("B", 0.9, BY_CODE), guess("A", 0.8, BY_NAME)))
    likelier = held(4, "2024-11-01", candidates=(guess("A", 0.9, NEAR_NAME), guess("B", 0.8, BY_NAME)))

    assert of(4, both).outcome is Outcome.PASSED
    assert [one.code for one in of(4, likelier).findings] == ["unnamed"]


def test_a_paper_without_any_name_is_left_to_a_person() -> None:
    found = of(5, held(5, "2024-11-20", candidates=(guess(None, 0.4),)))

    assert found.outcome is Outcome.UNCLEAR
    assert [(one.code, one.severity) for one in found.findings] == [("unnamed", Severity.WARNING)]


def test_one_page_that_names_it_is_enough_for_the_item() -> None:
    pages = (held(4, "2024-11-01", candidates=()), held(4, "2024-11-01", 2))

    assert of(4, *pages).outcome is Outcome.PASSED


def test_an_old_contract_need_not_and_without_papers_nothing_was_looked_at() -> None:
    assert of(3, held(3, "2018-05-20", candidates=())).outcome is Outcome.NOT_NEEDED
    assert of(4).outcome is Outcome.NOT_RUN
    assert "names-8" not in outcomes(project([(8, "2024-11-01")]))


def test_another_projects_paper_is_told_where_nothing_is_asked_for_and_where_it_is_a_word_file() -> None:
    elsewhere = replace(DRAGGED, item=8)
    word = replace(DRAGGED, file=replace(DRAGGED.file, kind="docx", name="记录.docx"))

    assert [one.code for one in of(8, elsewhere).findings] == ["names-other"]
    assert [one.code for one in of(4, word).findings] == ["names-other"]


def test_a_word_file_beside_its_paper_is_kept_whatever_it_names() -> None:
    word = replace(DRAGGED, id="D00009", file=replace(DRAGGED.file, kind="docx", name="记录.docx"))

    assert of(4, word, held(4, "2024-11-01", 2)).outcome is Outcome.PASSED


def test_the_folders_are_told_what_to_drag() -> None:
    (finding,) = of(4, DRAGGED).findings

    assert "拖到它自己的项目文件夹里" in finding.told
    assert "写的是 B（第2页“B的羊场”）" in finding.told
