"""Where documents are planned to stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from archivist.core.filing import Decision, Folders, Planned, plan_filing, waiting_name
from archivist.core.model import Candidate, Evidence, Identification, Status
from archivist.resources import data_folder
from archivist.schemas import load_annex

ANNEX = load_annex(data_folder("schemas"))
FOLDERS = Folders("待确认", "项目档案", "退回")
PLACES = {code: ("项目档案", "石坝镇", f"{code} 羊场") for code in ("A", "B")}
EVIDENCE = (Evidence(2, "羊场", "项目名称相符"),)


def plan(
    *found: Identification, decision: Decision | None = None, name: str = "夹/扫描.PDF"
) -> list[Planned]:
    return plan_filing(found, name, PLACES, FOLDERS, ANNEX, decision)


def sure(project: str, item: int, first: int = 1, last: int = 1) -> Identification:
    winner = Candidate(project, item, 0.95, EVIDENCE)
    return Identification(first, last, (winner,), (winner,), title="专题会议纪要", date="2024-11-19")


def test_a_clear_winner_stands_in_its_items_folder_under_its_clear_name() -> None:
    (planned,) = plan(sure("A", 5))
    assert (planned.status, planned.folder[-1], planned.whole) == (Status.FILED, "05 镇街会议纪要", True)
    assert planned.name == "05 2024-11-19 专题会议纪要.pdf"


def test_joint_minutes_stand_in_each_projects_folder_with_its_own_evidence() -> None:
    winners = (Candidate("A", 5, 0.9, EVIDENCE), Candidate("B", 5, 0.9, EVIDENCE))
    planned = plan(Identification(1, 1, winners, winners))
    assert [one.project for one in planned] == ["A", "B"]
    assert all("第2页：项目名称相符" in one.reasons[-1] for one in planned)


def test_what_is_unsure_waits_under_its_own_name_with_the_best_guess() -> None:
    (planned,) = plan(Identification(1, 1, (Candidate("A", 4, 0.6),)))
    assert (planned.status, planned.folder, planned.name) == (Status.REVIEW, ("待确认",), "扫描.pdf")
    assert (planned.project, planned.item) == ("A", 4)


def test_only_a_whole_file_is_sent_back() -> None:
    stray = Identification(1, 1, (Candidate("A", 4, 0.6),), archival=False)
    (whole,) = plan(stray)
    assert (whole.status, whole.folder, whole.project) == (Status.REJECTED, ("退回",), None)
    parts = plan(stray, sure("A", 5, 2, 2))
    assert [part.status for part in parts] == [Status.REVIEW, Status.FILED]
    assert parts[0].name == "扫描 第1页.pdf"


def test_an_item_folder_decides_everything_and_what_was_read_is_advice() -> None:
    found = (sure("B", 5), sure("A", 4, 2, 3))
    (planned,) = plan(*found, decision=Decision("A", 5, "何某"))
    assert (planned.project, planned.item, planned.decided_by) == ("A", 5, "何某")
    assert (planned.found.first, planned.found.last, planned.whole) == (1, 3, True)
    assert any("像项目 B" in reason for reason in planned.reasons)
    assert any("像第4项" in reason for reason in planned.reasons)


@pytest.mark.parametrize(
    ("read", "status", "project", "item"),
    [
        (sure("A", 5), Status.FILED, "A", 5),
        (sure("B", 5), Status.REVIEW, "A", 5),
        (Identification(1, 1, (Candidate(None, 4, 0.5),)), Status.REVIEW, "A", 4),
        (Identification(1, 1), Status.REVIEW, "A", None),
    ],
)  # fmt: skip
def test_a_projects_folder_decides_the_project_and_a_contradiction_waits(
    read: Identification, status: Status, project: str, item: int | None
) -> None:
    (planned,) = plan(read, decision=Decision("A", None, "何某"))
    assert (planned.status, planned.project, planned.item) == (status, project, item)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("材料.zip!/里面\\会议.docx", "会议 第2-3页.docx"), ("../../etc/passwd", "passwd 第2-3页"),
        ("长" * 200 + ".pdf", "长" * 66 + " 第2-3页.pdf"), ("...", "_ 第2-3页"),
    ],
)  # fmt: skip
def test_a_waiting_name_is_the_files_own_and_safe(source: str, name: str) -> None:
    assert waiting_name(source, (2, 3)) == name
    assert Path(waiting_name(source, (2, 3))).name == waiting_name(source, (2, 3))
