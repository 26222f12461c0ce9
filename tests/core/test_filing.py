"""Where documents are planned to stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from archivist.core.filing import (
    TOGETHER,
    FilingPlan,
    FolderDecision,
    Folders,
    plan_filing,
    project_path,
    waiting_folder,
    waiting_name,
)
from archivist.core.identification import Identification
from archivist.core.model import Candidate, Evidence, Status
from archivist.core.naming import archival_name, unused
from archivist.core.project import Project
from archivist.preservation.searchable import MARK
from archivist.workspace.resources import data_folder
from archivist.workspace.rulebook import load_annex

ANNEX = load_annex(data_folder("schemas"))
FOLDERS = Folders("待确认", "项目档案", "退回")
PLACES = {code: ("项目档案", "石坝镇", f"{code} 羊场") for code in ("A", "B")}
EVIDENCE = (Evidence(2, "羊场", "项目名称相符"),)


def plan(
    *found: Identification, decision: FolderDecision | None = None, name: str = "夹/扫描.PDF"
) -> list[FilingPlan]:
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
    assert (planned.status, planned.folder, planned.name) == (Status.REVIEW, ("待确认", "石坝镇"), "扫描.pdf")
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
    (planned,) = plan(*found, decision=FolderDecision("A", 5, "何某"))
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
)
def test_a_projects_folder_decides_the_project_and_a_contradiction_waits(
    read: Identification, status: Status, project: str, item: int | None
) -> None:
    (planned,) = plan(read, decision=FolderDecision("A", None, "何某"))
    assert (planned.status, planned.project, planned.item) == (status, project, item)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("材料.zip!/里面\\会议.docx", "会议 第2-3页.docx"),
        ("../../etc/passwd", "passwd 第2-3页"),
        ("长" * 200 + ".pdf", "长" * 66 + " 第2-3页.pdf"),
        ("...", "_ 第2-3页"),
    ],
)
def test_a_waiting_name_is_the_files_own_and_safe(source: str, name: str) -> None:
    assert waiting_name(source, (2, 3)) == name
    assert Path(waiting_name(source, (2, 3))).name == waiting_name(source, (2, 3))


def test_a_weak_guess_counts_for_no_project_and_stays_among_the_candidates() -> None:
    weak, sound = (
        Identification(1, 1, (Candidate("A", 1, score),), reasons=("可能是空白表",)) for score in (0.21, 0.5)
    )
    (blank,) = plan_filing([weak], "空表.docx", PLACES, FOLDERS, ANNEX, None, 0.5)
    (likely,) = plan_filing([sound], "表.docx", PLACES, FOLDERS, ANNEX, None, 0.5)

    assert (blank.project, blank.item, blank.found.candidates[0].project) == (None, 1, "A")
    assert (likely.project, likely.item) == ("A", 1)


def test_the_project_a_person_chose_is_no_weak_guess() -> None:
    weak = Identification(1, 1, (Candidate("A", 1, 0.2),))
    (planned,) = plan_filing(
        [weak], "表.docx", PLACES, FOLDERS, ANNEX, FolderDecision("A", None, "王某"), 0.5
    )

    assert planned.project == "A"


def test_no_path_below_the_store_is_longer_than_windows_bears() -> None:
    """200 characters leave 60 for the share and the folders above (MAX_PATH is 260)."""
    long = "长" * 300
    for code, name in (("DZ-2018-0017", long), ("x" * 40, "y" * 300)):
        project = Project(code, name, name, name)
        for rule in ANNEX.items:
            for title in (long, "t" * 300):
                file = archival_name(rule.number, rule.short, "2024-11-19", title, ".jpeg")
                parts = [*project_path(FOLDERS, project), rule.folder, unused(file, {file}.__contains__)]
                together = waiting_name(f"{title}.jpeg", None)
                kept = [*project_path(FOLDERS, project), TOGETHER, unused(together, {together}.__contains__)]
                copy = parts[-1] + MARK
                for path in (parts, kept, ["可检索副本", *parts[1:-1], unused(copy, {copy}.__contains__)]):
                    assert len("/".join(path)) <= 200
                    assert all(len((part + "（说明）.txt").encode()) <= 255 for part in path)


@pytest.mark.parametrize(
    ("project", "name", "folder"),
    [
        ("A", "旧信件/来信.pdf", ("待确认", "石坝镇")),
        ("B", "来信.pdf", ("待确认",)),
        (None, "来信.pdf", ("待确认",)),
        (None, "旧信件/2018/来信.pdf", ("待确认", "旧信件")),
        (None, "旧档案/石坝镇/2018/来信.pdf", ("待确认", "石坝镇")),
        (None, "石坝镇2019年旧材料/来信.pdf", ("待确认", "石坝镇")),
        (None, "一包.zip!/甲/来信.pdf", ("待确认", "一包.zip")),
        (None, "项目档案/龙井镇/来信.pdf", ("待确认", "龙井镇")),
        (None, "待确认/来信.pdf", ("待确认",)),
        (None, "待确认/会议记录/来信.pdf", ("待确认", "会议记录")),
        (None, "../..\\逃/来信.pdf", ("待确认", "_")),
    ],
)
def test_what_waits_lies_by_township_or_in_the_folder_it_came_in(
    project: str | None, name: str, folder: tuple[str, ...]
) -> None:
    places = {"A": ("项目档案", "石坝镇", "A 养殖场"), "B": ("项目档案", "B 移上来的")}
    assert waiting_folder(Folders("待确认", "项目档案", "退回"), project, name, places) == folder
