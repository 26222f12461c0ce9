"""Photos of one document, page by page: filed together, and every one says what is true of the whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from archivist.workspace.opened import Workspace
from support import workspaces as w


@pytest.fixture
def opened(tmp_path: Path) -> Workspace:
    return w.workspace(tmp_path / "w")


def test_further_photos_go_with_the_first_and_lie_beside_it(opened: Workspace) -> None:
    inbox = opened.config.inbox
    w.pdf(inbox / "微信图片_1.jpg", w.minutes(w.SHEEP))
    w.pdf(
        inbox / "微信图片_2.jpg",
        "三、有关部门要配合做好资产清点，明确专人，确保资产不流失。\n四、按程序上报。\n",
    )
    w.pdf(inbox / "微信图片_3.jpg", "五、其他事项由分管负责同志牵头落实，年底前完成并报告结果。\n")
    w.ingest(opened)

    rows = sorted(w.documents(opened), key=lambda row: row["source"])
    assert [(row["status"], row["project"], row["item"]) for row in rows] == [("filed", w.SHEEP.code, 5)] * 3
    assert len({row["date"] for row in rows}) == 1
    assert rows[0]["date"] is not None
    names = [Path(row["path"]).stem for row in rows]
    assert names[1] == f"{names[0]}（第2页）"
    assert names[2] == f"{names[0]}（第3页）"
    assert w.disagreements(opened) == []


def test_a_photo_of_another_project_is_not_drawn_along(opened: Workspace) -> None:
    inbox = opened.config.inbox
    w.pdf(inbox / "微信图片_1.jpg", w.minutes(w.SHEEP))
    w.pdf(inbox / "微信图片_2.jpg", w.minutes(w.FISH, 3))
    w.ingest(opened)

    assert sorted(row["project"] for row in w.documents(opened)) == sorted([w.SHEEP.code, w.FISH.code])
