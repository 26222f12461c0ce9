"""What a dossier may hold is data: a mistake in it is told with file and key, and an older workspace goes by the shipped."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from archivist.core.authority import ACTS, LATER
from archivist.errors import SettingsError
from archivist.workspace.authoritybook import load_authority
from archivist.workspace.dossierbook import load_dossier_book
from support.dossiers import BOOK, VOTES
from support.places import SCHEMAS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("dossier.schema.json", "dossier.toml", "authority.toml"):
        shutil.copy(SCHEMAS / name, tmp_path)
    return tmp_path


def refusal(folder: Path) -> str:
    with pytest.raises(SettingsError) as caught:
        load_dossier_book(folder / "dossier.schema.json", folder / "dossier.toml")
    return caught.value.message


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_every_section_is_a_table_with_a_key_of_its_own_and_words_for_people() -> None:
    for section in BOOK.kind.fields:
        key = BOOK.key(section.name)
        assert key == section.columns[0].name
        assert all(column.title and column.description for column in section.columns)
    assert BOOK.votes == VOTES
    assert all(rule.told and rule.basis for rule in BOOK.rules)


def test_clauses_that_a_rule_quotes_are_the_plans_words_as_other_rules_quote_them() -> None:
    procedure = (SCHEMAS / "procedure.toml").read_text("utf-8")
    quoted = [
        rule.basis.partition("“")[2].rstrip("”") for rule in BOOK.rules if rule.basis.startswith("正文")
    ]

    assert quoted
    assert [quote for quote in quoted if quote not in procedure] == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            'form = "unique"',
            'form = "uniq"',
            "rule 同一笔账写了两次；是两笔的，在“事由”里分开写.form 应为 unique、",
        ),
        ('smaller = "已结清金额"', 'smaller = "结清"', "smaller 应为 编号、类型、"),
        ('needs = ["结清凭证"]', 'needs = ["收据"]', "needs 中的 '收据' 没有对应的 字段"),
        ('to_field = "资产编号"', 'to_field = "资产号"', "to_field 应为 "),
        ('later = "处置日期"', 'later = "报告日期"', "later 应为 资产编号、处置方式、"),
        (
            '[[section]]\nname = "公示"\nkey = "编号"\ncounted = true\n',
            "",
            "section 要和 dossier.schema.json 的各部分一一对应",
        ),
        ('key = "资产编号"\ncounted = true', 'key = "资产编号"\ncounted = 1', "counted 应为 true 或 false"),
        ("schema = 1", "schema = 1\nother = 2", "other ：没有这一项设置"),
    ],
)
def test_a_mistake_in_the_rules_is_told_with_its_key(folder: Path, old: str, new: str, told: str) -> None:
    change(folder / "dossier.toml", old, new)

    message = refusal(folder)

    assert "dossier.toml" in message
    assert told.replace(" ：", "：") in message.replace(" ：", "：")


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (lambda data: data.update(properties=3), "不符合 JSON Schema"),
        (lambda data: data.pop("properties"), "缺少 title 或 properties"),
        (lambda data: data["properties"].update(备注={"type": "string"}), "备注 应为表格"),
        (lambda data: data["properties"]["资产"].update({"x-key": 1}), "资产.x-key：没有这个写法"),
    ],
)
def test_a_mistake_in_the_fields_is_told_with_its_key(
    folder: Path, edit: Callable[[dict[str, object]], object], told: str
) -> None:
    path = folder / "dossier.schema.json"
    data = json.loads(path.read_text("utf-8"))
    edit(data)
    path.write_text(json.dumps(data), "utf-8")

    assert told in refusal(folder)


def test_a_workspaces_own_older_rules_of_authority_take_later_acts_from_the_shipped_ones(
    folder: Path,
) -> None:
    own = folder / "authority.toml"
    text = own.read_text("utf-8")
    own.write_text(text[: text.index('[[act]]\nslug = "dossier"')], "utf-8")

    rules = load_authority(own)

    assert set(rules.acts) == set(ACTS)
    assert rules.act("dossier") == load_authority(SCHEMAS / "authority.toml").act("dossier")
    assert "dossier" in LATER


def test_a_workspaces_own_word_on_who_may_wins(folder: Path) -> None:
    change(folder / "authority.toml", 'name = "填写、更正项目底册"', 'name = "登记底册"')

    assert load_authority(folder / "authority.toml").act("dossier").name == "登记底册"
