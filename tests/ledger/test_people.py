"""people.toml and files of people: rules are data, and every mistake is told at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archivist.core.people.person import Standing
from archivist.core.people.rules import Known
from archivist.errors import BadInputError, SettingsError
from archivist.ledger.people import load_people_rules, read_people_file
from archivist.ledger.reading import RegisterError
from support.people import CLERK, EVERYBODY, HEADER, RULES, cells, csv
from support.places import SCHEMAS

SHIPPED = (SCHEMAS / "people.toml").read_text("utf-8")
PLAN = "区级、镇街、村（社区）原则上各明确专（兼）职系统管理员2名、1名、1名"


def test_the_shipped_rules_quote_the_plan_and_count_as_it_does() -> None:
    wanted = RULES.administrators

    assert (wanted.clause, wanted.quote) == ("正文三（五）", PLAN)
    assert wanted.counts == {Standing.DISTRICT: 2, Standing.TOWNSHIP: 1, Standing.VILLAGE: 1}


def test_what_was_written_is_read_as_it_was(tmp_path: Path) -> None:
    known = Known(frozenset({"石坝镇"}))
    read = read_people_file(csv(tmp_path / "名册.csv", *map(cells, EVERYBODY)), RULES, known)

    assert read.people == EVERYBODY
    assert read.notes == ("第 7 行台账里没有石坝镇青杠村的项目",)


def test_a_ditto_is_what_the_person_above_has_but_for_names_and_accounts(tmp_path: Path) -> None:
    known = Known(frozenset({"石坝镇"}))
    first, second = cells(CLERK), [*cells(CLERK)]
    names = {title: at for at, title in enumerate(HEADER)}
    second[names["姓名"]] = "另一人"
    second[names["系统账号"]] = ""
    for title in ("单位", "层级", "角色"):
        second[names[title]] = "〃"
    one, other = read_people_file(csv(tmp_path / "名册.csv", first, second), RULES, known).people

    assert (other.body, other.level, other.roles) == (one.body, one.level, one.roles)
    third = [*second]
    third[names["姓名"]] = third[names["系统账号"]] = "同上"
    with pytest.raises(RegisterError) as caught:
        read_people_file(csv(tmp_path / "名册.csv", first, third), RULES, known)
    assert [(one.row, one.column) for one in caught.value.problems] == [(3, "姓名"), (3, "系统账号")]
    with pytest.raises(RegisterError):
        read_people_file(csv(tmp_path / "名册.csv", second), RULES, known)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[columns.duty]", "[columns.job]", "没有这个字段"),
        ('variants = ["职务", ', 'variants = ["姓名", ', "列名“姓名”在 columns.name 里已有"),
        ('[level."专班"]', '[level."市"]', "'市' 没有对应的 名称"),
        ('[role."审核"]', '[role."复核"]', "'复核' 没有对应的 名称"),
        ('"监督" = ["区纪委', '"审计" = ["区纪委', "'审计' 没有对应的 名称"),
        ('"镇街" = 1', '"乡" = 1', "'乡' 没有对应的 层级"),
        ("schema = 1", "schema = 1\nextra = 2", "没有这一项设置"),
    ],
)
def test_what_is_wrong_in_the_rules_is_told_with_its_key(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert old in SHIPPED
    (tmp_path / "people.toml").write_text(SHIPPED.replace(old, new, 1), "utf-8")
    with pytest.raises(SettingsError, match=told):
        load_people_rules(tmp_path, SCHEMAS)


def test_a_column_nobody_can_do_without_is_missing(tmp_path: Path) -> None:
    text = SHIPPED.replace("[columns.level]", "[columns.duty2]", 1)
    (tmp_path / "people.toml").write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=r"缺少 columns\.level"):
        load_people_rules(tmp_path, SCHEMAS)


@pytest.mark.parametrize(
    ("data", "told"), [(b"", "是空文件"), (b"%PDF-1.7", "是 PDF 文件"), (b"a\nb\n", "找不到表头")]
)
def test_what_is_no_register_of_people_is_refused(tmp_path: Path, data: bytes, told: str) -> None:
    (tmp_path / "名册.csv").write_bytes(data)
    with pytest.raises(BadInputError, match=told):
        read_people_file(tmp_path / "名册.csv", RULES, Known())


def test_problems_stand_in_the_files_order(tmp_path: Path) -> None:
    rows = [
        cells(EVERYBODY[0]),
        ("", "区水利局", "部门", "经办"),
        cells(EVERYBODY[0]),
        ("张某", "", "部门", ""),
    ]
    with pytest.raises(RegisterError) as refused:
        read_people_file(csv(tmp_path / "名册.csv", *rows), RULES, Known())

    assert [one.row for one in refused.value.problems] == [3, 4, 5, 5]


def test_a_workspace_with_older_rules_of_its_own_goes_by_the_shipped_ones(tmp_path: Path) -> None:
    own = Path(shutil.copytree(SCHEMAS, tmp_path / "schemas"))
    (own / "people.toml").unlink()

    assert load_people_rules(SCHEMAS, own).levels == RULES.levels
