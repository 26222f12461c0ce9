"""One paper copied into many items, or into another project, passes no gate (销号); joint minutes do."""

from __future__ import annotations

from pathlib import Path

from archivist.index.reader import open_reader
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.catalogue import REQUIRED
from support.gating import CODE, ask, obstacles, passable


def papers(opened: Workspace) -> list[tuple[str, int | None]]:
    return [one for one in obstacles(opened) if one[0] == "same-paper"]


def test_one_township_minute_copied_into_all_items_of_a_project_without_a_paper(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path / "w")
    for item in REQUIRED:
        w.pdf(w.item_folder(opened, w.SHEEP, item) / f"纪要{item}.pdf", w.minutes(w.SHEEP, 5))
    w.ingest(opened)

    filed = [row["item"] for row in w.documents(opened) if row["status"] == "filed"]
    assert sorted(filed) == list(REQUIRED)
    assert papers(opened) == [("same-paper", item) for item in REQUIRED]
    assert ask(opened).decision is None


def test_a_record_that_another_project_rests_on_is_told_with_that_project(tmp_path: Path) -> None:
    opened = passable(tmp_path / "w")
    w.pdf(w.item_folder(opened, w.LEMON, 4) / "记录.pdf", w.record(w.SHEEP, 2), sealed=True)
    w.ingest(opened)
    (finding,) = [one for one in ask(opened).judged.obstacles if one.code == "same-paper"]

    assert finding.item == 4
    assert f"项目 {w.LEMON.code} 的第4项" in finding.message


def test_minutes_that_decide_on_several_projects_serve_each_of_them(tmp_path: Path) -> None:
    opened = passable(tmp_path / "w")
    w.pdf(w.item_folder(opened, w.LEMON, 5) / "纪要.pdf", w.minutes(w.SHEEP, 5), sealed=True)
    w.ingest(opened)
    with open_reader(opened.index_path) as index:
        (file,) = index.project_files.of([CODE])

    assert [place.project for places in file.elsewhere.values() for place in places] == [w.LEMON.code]
    assert ask(opened).decision is not None


def test_what_a_newer_version_took_the_place_of_counts_for_nobody(tmp_path: Path) -> None:
    opened = passable(tmp_path / "w")
    w.pdf(w.item_folder(opened, w.LEMON, 4) / "旧记录.pdf", w.record(w.SHEEP, 2), sealed=True)
    w.pdf(w.item_folder(opened, w.LEMON, 4) / "较新记录.pdf", w.record(w.LEMON, 6))
    w.ingest(opened)
    with opened.writing("assign", wait=10) as index:
        older, newer = [
            one["id"] for one in w.documents(opened) if (one["project"], one["item"]) == (w.LEMON.code, 4)
        ]
        with index.change():
            index.insert(
                "versions", {"document": older, "replaced_by": newer, "by": "测试员", "reason": "新的"}
            )
            index.event("superseded", older)

    assert papers(opened) == []
