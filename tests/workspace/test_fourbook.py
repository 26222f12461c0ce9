"""four-properties.toml: checks are data, and every mistake in it is told at once, with file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from archivist.errors import SettingsError
from archivist.workspace.fourbook import load_four
from support.catalogue import NUMBERS
from support.places import SCHEMAS

SHIPPED = (SCHEMAS / "four-properties.toml").read_text("utf-8")
CODES = (
    *(f"1-{number}" for number in range(1, 15)),
    *(f"2-{number}" for number in range(1, 12)),
    *(f"附-{number}" for number in range(1, 4)),
    *(f"3-{number}" for number in range(1, 9)),
    *(f"4-{number}" for number in range(1, 8)),
)


def written(folder: Path, text: str) -> Path:
    path = folder / "four-properties.toml"
    path.write_text(text, "utf-8")
    return path


def test_every_check_is_there_once_and_none_claims_to_be_the_standards_wording() -> None:
    rules = load_four(SCHEMAS / "four-properties.toml", NUMBERS)

    assert tuple(one.code for one in rules.checks) == CODES
    assert {one.basis for one in rules.checks} == {
        "参照DA/T 70-2018",
        "参照DA/T 70-2018，编号未核对",
        "软件约定",
    }
    assert "没有与标准原文核对过" in rules.told
    assert all(one.ask for one in rules.checks if not one.how)
    assert [one.code for one in rules.checks if not one.how] == ["3-5", "3-6", "3-7", "4-1", "4-2"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('how = "digest"', 'how = "count"', "没有对应的 文件级的检测方法"),
        ('how = "ranges"', 'how = "digest"', "没有对应的 项目级的检测方法"),
        ('property = "真实性"', 'property = "可靠性"', "应为 真实性、完整性、可用性、安全性 之一"),
        ('level = "文件"', 'level = "案卷"', "应为 文件、项目 之一"),
        ('code = "1-2"', 'code = "1-1"', "编号不能重复"),
        ("steps = [4, 5, 6, 7]", "steps = [4, 77]", "应为归档目录的序号"),
        ('elements = ["题名"', 'elements = ["标题"', "'标题' 没有对应的 著录项"),
        ("title = 500", 'title = "长"', "应为整数"),
        ('ask = "用杀毒软件', 'asks = "用杀毒软件', "check 4-2.ask"),
        ("schema = 1", "schema = 1\nextra = 2", "没有这一项设置"),
    ],
)
def test_what_is_wrong_is_told_with_its_key(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in SHIPPED
    with pytest.raises(SettingsError, match=told):
        load_four(written(tmp_path, SHIPPED.replace(old, new, 1)), NUMBERS)
