"""待确认 by township: whoever brought a paper finds its question where they look, and no folder holds everybody's."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from archivist.workspace.opened import Workspace
from support import workspaces as w


@pytest.fixture
def opened(tmp_path: Path) -> Workspace:
    opened = w.workspace(tmp_path / "w")
    for folder in ("旧信件", "石坝镇"):
        for number in (1, 2):
            w.pdf(opened.config.inbox / folder / f"信{number}.pdf", f"一封来信，{folder}的，第{number}封\n")
    w.ingest(opened)
    return opened


def waiting(opened: Workspace) -> list[str]:
    return sorted(row["path"] for row in w.documents(opened) if row["status"] == "review")


ALL = [f"待确认/{folder}/信{number}.pdf" for folder in ("旧信件", "石坝镇") for number in (1, 2)]


def test_what_waits_lies_in_a_folder_called_as_the_one_it_came_in_with_its_notes(opened: Workspace) -> None:
    assert waiting(opened) == ALL
    assert sorted(path.name for path in (opened.config.review / "旧信件").iterdir()) == [
        "信1.pdf",
        "信1.pdf（说明）.txt",
        "信2.pdf",
        "信2.pdf（说明）.txt",
    ]
    assert w.disagreements(opened) == []


def test_a_folder_of_it_that_is_taken_away_as_a_whole_is_put_back_and_the_others_stay(
    opened: Workspace,
) -> None:
    shutil.rmtree(opened.config.review / "旧信件")
    w.ingest(opened)
    assert waiting(opened) == ALL
    assert w.disagreements(opened) == []


def test_a_folder_of_it_that_is_empty_goes_and_a_persons_own_stays(opened: Workspace) -> None:
    (opened.config.review / "我的").mkdir()
    for number in (1, 2):
        path = opened.config.review / "旧信件" / f"信{number}.pdf"
        path.replace(w.item_folder(opened, w.SHEEP, 8) / path.name)
        w.ingest(opened)
    time.sleep(2 * w.SETTLE)
    w.ingest(opened)
    assert sorted(path.name for path in opened.config.review.iterdir()) == ["我的", "石坝镇"]
    assert w.disagreements(opened) == []
