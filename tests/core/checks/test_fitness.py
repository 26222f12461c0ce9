"""The papers of an item are what it asks for: anything can be dragged into any folder."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from archivist.core.checks.values import Checked, Outcome, ProjectFile
from archivist.core.document import Holding
from archivist.core.model import NO_MARKS, Candidate, Evidence, Seen, Severity, TextSource
from support.checking import held, outcomes, project

NOTHING: dict[str, Any] = {
    "title": None,
    "level": None,
    "facts": (),
    "candidates": (),
    "marks": NO_MARKS,
    "sealed": Seen.UNKNOWN,
    "signed": Seen.UNKNOWN,
    "of_kind": "",
}
"""A paper on which nobody found anything."""


def of(item: int, *documents: Holding) -> Checked:
    return outcomes(ProjectFile("A", "养殖场", "淘汰类", documents))[f"fit-{item}"]


def test_one_paper_of_the_items_kind_is_enough() -> None:
    assert (
        of(4, held(4, "2024-11-01"), held(4, "2024-11-01", 2, of_kind="attachment")).outcome is Outcome.PASSED
    )


@pytest.mark.parametrize("item", [1, 2, 3, 4])
def test_a_townships_minutes_are_no_evidence_of_anything_else(item: int) -> None:
    (finding,) = of(item, held(item, "2024-11-01", of_kind="minutes")).findings

    assert (finding.code, finding.severity) == ("unfit", Severity.ERROR)
    assert "像是第5项“镇街会议纪要”一类的材料" in finding.message


def test_an_invoice_is_of_no_item() -> None:
    (finding,) = of(2, held(2, "2024-11-01", of_kind="invoice")).findings

    assert finding.code == "unfit"
    assert "是别的材料" in finding.message


@pytest.mark.parametrize(("source", "code"), [(TextSource.NONE, "unread"), (TextSource.OCR, "unfit")])
def test_a_paper_that_shows_nothing_at_all_is_no_evidence(source: TextSource, code: str) -> None:
    found = of(5, held(5, None, **{**NOTHING, "text_source": source}))

    assert [(one.code, one.severity) for one in found.findings] == [(code, Severity.ERROR)]
    assert found.outcome is Outcome.BREACHED


@pytest.mark.parametrize(
    "more",
    [
        {"title": "关于大棚的事"},
        {"sealed": Seen.YES},
        {"candidates": (Candidate("A", None, 0.2, (Evidence(1, "青杠村", "村（社区）相符"),)),)},
    ],
)
def test_of_a_paper_that_shows_something_a_person_says_what_it_is(more: dict[str, Any]) -> None:
    found = of(5, held(5, None, **{**NOTHING, "text_source": TextSource.OCR, **more}))

    assert [(one.code, one.severity) for one in found.findings] == [("unfit-unclear", Severity.WARNING)]
    assert found.outcome is Outcome.UNCLEAR


def test_words_of_an_electronic_file_that_mean_nothing_are_told_once_as_a_draft() -> None:
    blank = held(5, None, **{**NOTHING, "text_source": TextSource.NATIVE})
    found = outcomes(ProjectFile("A", "x", "淘汰类", (blank,)))

    assert [one.code for one in found["evidence-5"].findings] == ["draft"]
    assert not found["fit-5"].findings


def test_papers_of_an_edition_that_kept_no_kind_are_taken_as_they_are() -> None:
    assert of(5, held(5, "2024-11-01", of_kind=None)).outcome is Outcome.PASSED


def test_what_nobody_knows_anything_of_is_told_once() -> None:
    blank = held(5, None, **{**NOTHING, "text_source": TextSource.OCR})
    found = outcomes(ProjectFile("A", "x", "淘汰类", (blank,)))

    assert found["fit-5"].findings
    assert not found["names-5"].findings


def test_without_papers_nothing_was_looked_at() -> None:
    assert of(5).outcome is Outcome.NOT_RUN
    assert outcomes(project([], waived={5}))["fit-5"].outcome is Outcome.NOT_NEEDED


def test_a_word_file_of_another_kind_is_told_where_it_is_all_there_is() -> None:
    word = held(1, "2024-11-01", of_kind="minutes")
    word = replace(word, file=replace(word.file, kind="docx", name="纪要.docx"))
    (finding,) = of(1, word).findings

    assert finding.code == "unfit"
    assert "拖到对的那一项的文件夹" in finding.told
    assert of(1, replace(word, of_kind="survey")).outcome is Outcome.NOT_RUN
    assert of(1, word, held(1, "2024-11-01", 2)).outcome is Outcome.PASSED
