"""Pages that belong together, from 收件箱 to the folders: photo by photo, scan by scan, at once and one after the other."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from archivist.core.catalogue.completeness import ItemState
from archivist.drafts.drafting import draft_document
from archivist.store.layout import STATUS_PAGE
from archivist.workspace.opened import Workspace
from support import workspaces as w

HEAD = (
    f"{w.SHEEP.township}{w.SHEEP.village}会议记录\n时间：2024年11月9日\n地点：村委会\n主持人：郑某　记录人：王某\n"
    f"应到20人，实到18人\n议题：{w.SHEEP.name}（项目编号：{w.SHEEP.code}）列为淘汰类\n郑某：已经停产，请大家发言。\n"
    "王某：圈舍漏雨，不能再用。\n吴某：债要先还清。\n"
)
TALK = "吴某：设备锈了。\n周某：地要退给农户。\n"
VOTES = "表决：同意18票，反对0票，弃权0票。\n参会人员签字：\n郑某 王某 吴某\n2024年11月9日\n"
FOLDER = f"{w.SHEEP.village}会议记录"
FILED = {ItemState.PRESENT, ItemState.CHECK, ItemState.UNQUALIFIED}
"""Something is filed, whatever it is worth."""


@pytest.fixture
def opened(tmp_path: Path) -> Workspace:
    return w.workspace(tmp_path / "w")


def drop(opened: Workspace, files: dict[str, str]) -> None:
    for name, text in files.items():
        w.pdf(opened.config.inbox / name, text)


def rows(opened: Workspace) -> dict[str, dict[str, Any]]:
    return {row["source"]: row for row in w.documents(opened)}


def state(opened: Workspace, item: int = 4) -> ItemState:
    return w.states(opened, w.SHEEP).state(item)


def test_a_folder_of_photos_is_one_record_in_page_order(opened: Workspace) -> None:
    texts = [HEAD, *[TALK] * 9, VOTES]
    drop(opened, {f"{FOLDER}/{n}.jpg": f"{text}{n}" for n, text in enumerate(texts, 1)})
    w.ingest(opened)

    found = rows(opened)
    assert {(row["status"], row["project"], row["item"]) for row in found.values()} == {
        ("filed", w.SHEEP.code, 4)
    }
    names = [Path(found[f"{FOLDER}/{n}.jpg"]["path"]).stem for n in range(1, 12)]
    assert names[1:] == [f"{names[0]}（第{n}页）" for n in range(2, 12)]
    assert {row["date"] for row in found.values()} == {"2024-11-09"}
    assert state(opened) in FILED
    assert w.disagreements(opened) == []


def test_photos_with_pages_missing_all_wait_with_the_folder_and_the_item_is_not_there(
    opened: Workspace,
) -> None:
    drop(
        opened,
        {f"{FOLDER}/1.jpg": f"{HEAD}1", f"{FOLDER}/2.jpg": f"{TALK}5", f"{FOLDER}/3.jpg": f"{VOTES}11"},
    )
    w.ingest(opened)

    for row in rows(opened).values():
        assert (row["status"], row["project"], row["item"]) == ("review", w.SHEEP.code, 4)
        assert FOLDER in row["reasons"]
        assert "缺第2—4页、第6—10页" in row["reasons"]
    notes = [path.read_text("utf-8-sig") for path in opened.config.review.rglob("2（说明）.txt")]
    assert all("可能是“1.jpg”的第5页" in note for note in notes)
    assert state(opened) is ItemState.REVIEW
    assert w.disagreements(opened) == []


def test_a_page_that_comes_later_goes_with_those_before_it(opened: Workspace) -> None:
    drop(opened, {"记录_1.jpg": HEAD})
    w.ingest(opened)
    drop(opened, {"记录_2.jpg": VOTES})
    w.ingest(opened)

    first, second = rows(opened).values()
    assert (second["status"], second["item"]) == ("filed", 4)
    assert Path(second["path"]).stem == f"{Path(first['path']).stem}（第2页）"
    assert first["signed"] == second["signed"]
    assert w.disagreements(opened) == []


def test_a_later_page_that_does_not_fit_waits_with_the_guess_of_the_first(opened: Workspace) -> None:
    drop(opened, {f"{FOLDER}/1.jpg": f"{HEAD}1"})
    w.ingest(opened)
    drop(opened, {f"{FOLDER}/2.jpg": f"{VOTES}5"})
    w.ingest(opened)

    late = rows(opened)[f"{FOLDER}/2.jpg"]
    assert (late["status"], late["project"], late["item"]) == ("review", w.SHEEP.code, 4)
    assert "可能是“1.jpg”的第5页" in late["reasons"]


def test_a_later_page_follows_a_person_who_filed_the_first(opened: Workspace) -> None:
    drop(opened, {"记录_1.jpg": w.UNSURE})
    w.ingest(opened)
    (first,) = rows(opened).values()
    waiting = opened.store.path(first["path"])
    waiting.rename(w.item_folder(opened, w.LEMON, 4) / waiting.name)
    w.ingest(opened)
    drop(opened, {"记录_2.jpg": TALK})
    w.ingest(opened)

    late = rows(opened)["记录_2.jpg"]
    assert (first["status"], late["status"], late["project"], late["item"]) == (
        "review",
        "filed",
        w.LEMON.code,
        4,
    )
    assert w.disagreements(opened) == []


def test_scans_saved_page_by_page_are_one_record(opened: Workspace) -> None:
    drop(
        opened,
        {"scan0001.pdf": f"{HEAD}- 1 -", "scan0002.pdf": f"{TALK}- 2 -", "scan0003.pdf": f"{VOTES}- 3 -"},
    )
    w.ingest(opened)

    assert {(row["status"], row["item"]) for row in rows(opened).values()} == {("filed", 4)}
    assert w.disagreements(opened) == []


def test_papers_scanned_one_after_the_other_stay_papers_of_their_own(opened: Workspace) -> None:
    drop(
        opened,
        {f"扫描件{n:04}.pdf": w.minutes(one, n) for n, one in enumerate((w.SHEEP, w.LEMON, w.FISH), 1)},
    )
    w.ingest(opened)

    assert sorted((row["status"], row["project"]) for row in rows(opened).values()) == sorted(
        ("filed", one.code) for one in (w.SHEEP, w.LEMON, w.FISH)
    )


def test_a_stack_turned_over_waits_whole_and_counts_for_nothing(opened: Workspace) -> None:
    minutes = w.minutes(w.SHEEP)
    w.pdf(
        opened.config.inbox / "双面.pdf",
        f"{HEAD}1",
        f"{minutes}— 1 —",
        f"二、会议要求抓好落实。\n{w.SHEEP.township}人民政府\n2024年11月20日\n— 2 —",
        f"{VOTES}2",
    )
    w.ingest(opened)

    (row,) = rows(opened).values()
    assert (row["first"], row["last"], row["status"]) == (1, 4, "review")
    assert "1、1、2、2" in row["reasons"]
    assert not FILED & {state(opened, 4), state(opened, 5)}


def test_a_photo_nobody_can_place_is_guessed_by_the_name_of_its_folder(opened: Workspace) -> None:
    drop(opened, {f"{w.SHEEP.name}会议记录/现场.jpg": "各位代表对事情没有别的意见，大家都赞成这样办理。\n"})
    w.ingest(opened)

    (row,) = rows(opened).values()
    assert (row["status"], row["item"]) == ("review", 4)
    assert f"{w.SHEEP.name}会议记录" in row["reasons"]


def test_blank_backs_are_told_beside_the_pages_with_writing(opened: Workspace) -> None:
    w.pdf(opened.config.inbox / "双面.pdf", w.minutes(w.SHEEP), "", "二、会议要求抓好落实，按时报告。\n", "")
    w.ingest(opened)

    (row,) = rows(opened).values()
    page = (w.folder_of(opened, w.SHEEP) / STATUS_PAGE).read_text("utf-8")
    assert (row["first"], row["last"], row["status"]) == (1, 3, "filed")
    assert "2页（另有空白页1页）" in page
    draft_document(opened, "catalogue", w.SHEEP.code, None, (), opened.config.workspace / "目录.docx")
    with zipfile.ZipFile(opened.config.workspace / "目录.docx") as made:
        words = re.sub(r"<[^>]+>", "|", made.read("word/document.xml").decode())
    assert "另有空白页1页" in words
    assert "|2|" in words


def test_pages_saved_one_by_one_are_filed_together_once_the_last_has_come(opened: Workspace) -> None:
    for at, text in enumerate((HEAD, TALK, VOTES), 1):
        drop(opened, {f"记录_{at}.jpg": f"{text}第{at}页 共3页"})
        w.ingest(opened)
        if at < 3:
            assert state(opened) is ItemState.REVIEW

    found = rows(opened)
    assert {(row["status"], row["project"], row["item"]) for row in found.values()} == {
        ("filed", w.SHEEP.code, 4)
    }
    names = [Path(found[f"记录_{at}.jpg"]["path"]).stem for at in (1, 2, 3)]
    assert names[1:] == [f"{names[0]}（第2页）", f"{names[0]}（第3页）"]
    assert w.files(opened.config.review) == {}
    assert w.disagreements(opened) == []


def test_the_last_page_first_is_put_right_when_the_first_comes(opened: Workspace) -> None:
    for at in (3, 2, 1):
        drop(opened, {f"{FOLDER}/{at}.jpg": f"{(HEAD, TALK, VOTES)[at - 1]}{at}"})
        w.ingest(opened)

    assert {(row["status"], row["item"]) for row in rows(opened).values()} == {("filed", 4)}
    assert w.disagreements(opened) == []


def test_what_a_person_decided_is_not_read_again_for_pages_that_come(opened: Workspace) -> None:
    drop(opened, {"记录_1.jpg": f"{HEAD}第1页 共2页"})
    w.ingest(opened)
    (first,) = rows(opened).values()
    waiting = opened.store.path(first["path"])
    waiting.rename(w.item_folder(opened, w.SHEEP, 8) / waiting.name)
    w.ingest(opened)
    drop(opened, {"记录_2.jpg": f"{VOTES}第2页 共2页"})
    w.ingest(opened)

    assert {row["id"]: row["item"] for row in rows(opened).values()}[first["id"]] == 8
    assert w.disagreements(opened) == []
