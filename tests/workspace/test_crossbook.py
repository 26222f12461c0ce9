"""Rules about several papers are data: what they name must be there, and a mistake is told with its key."""

from __future__ import annotations

from pathlib import Path

import pytest

from archivist.errors import SettingsError
from archivist.workspace.rulebook import load_rules
from support.places import SCHEMAS

SHIPPED = (SCHEMAS / "procedure.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('form = "money"', 'form = "gold"', "match amount.form 应为 money、"),
        ('facts = ["投入帮扶资金"]\nregister', 'facts = ["投入资金"]\nregister', "没有对应的 [[fact]]"),
        ('register = ["amount"]', 'register = ["sum"]', "'sum' 没有对应的 台账字段"),
        ("villages = [4]", "villages = [44]", "place.villages 应为归档目录的序号"),
        ('fact = "会议地点"', 'fact = "地方"', "place.fact"),
        ('paid = "清偿凭证"', 'paid = "收据"', "debts.paid"),
        ('advice = "评估建议"', 'advice = "建议"', "assessed.advice"),
        ("item = 4\ndays", "item = 40\ndays", "meeting 村（社区）会议.item 应为归档目录的序号，现为 40"),
        ('fact = "村民会议日期"', 'fact = "会议日"', "meeting 村（社区）会议.fact"),
        ('publicity = "公示期"', 'publicity = "公告"', "within.publicity"),
        ('titles = ["复垦"', 'titles = ["(复垦"', "matter land.titles 中的 '(复垦' 不是正确的匹配式"),
        ('category = "闲置类"\nmajor = true', 'category = "空闲类"\nmajor = true', "scope 空闲类.category"),
        ('slug = "amount"', 'slug = "amount"\nspeed = 1', "match amount.speed ：没有这一项设置"),
    ],
)
def test_a_mistake_is_told_with_its_key(tmp_path: Path, before: str, after: str, told: str) -> None:
    assert before in SHIPPED
    (tmp_path / "procedure.toml").write_text(SHIPPED.replace(before, after, 1), "utf-8")

    with pytest.raises(SettingsError) as wrong:
        load_rules(SCHEMAS, tmp_path)

    assert told.replace(" ：", "：") in wrong.value.message.replace(" ：", "：")


def test_a_file_without_these_parts_is_a_valid_one_and_compares_nothing(tmp_path: Path) -> None:
    begins = SHIPPED.index("[deregistration]")
    (tmp_path / "procedure.toml").write_text(
        SHIPPED[: SHIPPED.index("# Debts are")] + SHIPPED[begins:], "utf-8"
    )
    cross = load_rules(SCHEMAS, tmp_path).procedure.cross

    assert (cross.matches, cross.matters, cross.meetings, cross.scopes) == ((), (), (), ())
    assert (cross.place, cross.assessment, cross.within, dict(cross.confused)) == (None, None, None, {})


def test_an_item_that_nobody_names_is_compared_and_asked_for_too() -> None:
    rules = load_rules(SCHEMAS, SCHEMAS)
    every = tuple(item.number for item in rules.items)
    amount = next(one for one in rules.procedure.cross.matches if one.slug == "amount")
    whole = next(one for one in rules.procedure.cross.scopes if one.major is None)

    assert (amount.items, whole.items) == (every, every)
