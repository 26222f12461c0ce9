"""archive.toml: periods and patterns are data, and every mistake in it is told at once, with file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from archivist.errors import SettingsError
from archivist.workspace.archivebook import load_archive
from support.catalogue import NUMBERS
from support.places import SCHEMAS

SHIPPED = (SCHEMAS / "archive.toml").read_text("utf-8")


def written(folder: Path, text: str) -> Path:
    path = folder / "archive.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_shipped_rules_keep_no_evidence_for_ten_years_and_claim_no_standard() -> None:
    rules = load_archive(SCHEMAS / "archive.toml", NUMBERS)

    assert [one.name for one in rules.periods] == ["永久", "30年", "10年"]
    assert {rules.of(item).name for item in NUMBERS} <= {"永久", "30年"}
    assert rules.basis.startswith("软件约定")
    assert "未与标准原文核对" in rules.number_basis
    assert (rules.digits, rules.places) == (4, 3)


def test_an_item_of_another_district_has_the_default_period(tmp_path: Path) -> None:
    rules = load_archive(written(tmp_path, SHIPPED.partition("[[retention.item]]")[0]), NUMBERS)

    assert {rules.of(item) for item in NUMBERS} == {rules.default}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("digits = 4", "digits = 9", "number.digits 应为 4 到 6"),
        ("places = 3", "places = true", "number.places 应为整数"),
        ('code = "Y"', 'code = "永"', "应为 Y 或 D 加年数"),
        ('code = "D30"', 'code = "Y"', "名称和代号都不能重复"),
        ('default = "30年"', 'default = "长期"', "retention.default 应为 永久、30年、10年 之一"),
        ("item = 8", "item = 88", "应为归档目录的序号"),
        ("schema = 1", "schema = 1\nextra = 2", "没有这一项设置"),
        ('basis = "软件约定', 'bases = "软件约定', "retention.basis"),
    ],
)
def test_what_is_wrong_is_told_with_its_key(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in SHIPPED
    with pytest.raises(SettingsError, match=told):
        load_archive(written(tmp_path, SHIPPED.replace(old, new, 1)), NUMBERS)


def test_rules_without_a_period_are_refused(tmp_path: Path) -> None:
    text = 'schema = 1\nperiod = []\n[number]\nbasis = "x"\n[retention]\ndefault = "永久"\nbasis = "x"\n'
    with pytest.raises(SettingsError, match="应有一项以上"):
        load_archive(written(tmp_path, text), NUMBERS)
