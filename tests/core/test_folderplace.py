"""Where a project's folder lies, and what it is called, against the register."""

from __future__ import annotations

import pytest

from archivist.core.folderplace import lies_otherwise

ROOT = "项目档案"


@pytest.mark.parametrize(
    "folder",
    [
        f"{ROOT}/石坝镇/A-1 养殖场",
        f"{ROOT}/石坝镇（2024）/A-1 养殖场",
        f"{ROOT}/石坝/A-1 养殖场",
        f"{ROOT}/各镇/石坝镇/A-1 养殖场",
    ],
)
def test_a_folder_in_its_township_and_called_by_number_and_name_is_not_spoken_of(folder: str) -> None:
    assert lies_otherwise("A-1", "养殖场", "石坝镇", folder) is None


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        (f"{ROOT}/龙井镇/A-1 养殖场", "放在“龙井镇”里"),
        (f"{ROOT}/A-1 养殖场", "没有放在镇街的文件夹里"),
        (f"{ROOT}/龙井镇/羊", "放在“龙井镇”里"),
    ],
)
def test_a_folder_under_another_township_says_where_and_whom_to_ask(folder: str, words: str) -> None:
    found = lies_otherwise("A-1", "养殖场", "石坝镇", folder)

    assert found is not None
    assert found.elsewhere
    assert words in found.what
    assert "拖回“石坝镇”" in found.do.folder
    assert "请管理员改台账" in found.do.folder
    assert "archivist" not in found.do.folder


@pytest.mark.parametrize(("called", "words"), [("羊", "改回“A-1 养殖场”"), ("A-1 羊", "不用改回")])
def test_another_name_is_told_and_is_to_be_taken_back_only_where_the_number_is_lost(
    called: str, words: str
) -> None:
    found = lies_otherwise("A-1", "养殖场", "石坝镇", f"{ROOT}/石坝镇/{called}")

    assert found is not None
    assert not found.elsewhere
    assert words in found.do.folder


def test_where_the_register_names_no_township_any_place_is_right() -> None:
    assert lies_otherwise("A-1", "养殖场", "", f"{ROOT}/镇街不明/A-1 养殖场") is None
