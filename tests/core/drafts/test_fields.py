"""Fields of documents to generate: what officers may write in a schema, and what people may fill in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from archivist.core.drafts.catalogue import WAIVED, CatalogueEntry, catalogue_rows
from archivist.core.drafts.context import build_context
from archivist.core.drafts.figures import sum_problems, tally
from archivist.core.drafts.kinds import DocumentKind, Field, Tally, parse_kind
from archivist.core.drafts.problems import Problem, located
from archivist.core.drafts.values import coerce
from support.drafting import ANNEX, PROJECT, TODAY


def told(problems: Sequence[Problem]) -> list[str]:
    return [one.told for one in problems]


def parsed(properties: dict[str, Any], **more: Any) -> tuple[DocumentKind | None, list[str]]:
    problems: list[str] = []
    schema = {"title": "样件", "type": "object", "properties": properties, **more}
    kind = parse_kind("sample", schema, "sample.schema.json", "sample.docx", ANNEX.required, problems)
    return kind, problems


def kind_of(properties: dict[str, Any], **more: Any) -> DocumentKind:
    kind, problems = parsed(properties, **more)
    assert problems == []
    assert kind is not None
    return kind


TABLE = {"type": "array", "items": {"type": "object", "properties": {"名": {}, "额": {"type": "number"}}}}


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ({"type": "array"}, "甲.type：应为 string、number、integer，或写明 items 的 array"),
        ({"type": "boolean"}, "甲.type：应为 string、number、integer，或写明 items 的 array"),
        ({"type": "array", "items": {"type": "number"}}, "甲.items.type：应为 string 或 object"),
        ({"type": "number", "x-sum": "表"}, "甲.x-sum 或 x-count：应写成"),
        ({"type": "number", "x-sum": {"of": "没有"}}, "甲：要合计的表格“没有”不存在"),
        ({"type": "number", "x-sum": {"of": "表", "column": "列"}}, "甲：表格“表”没有“列”这一列"),
        ({"x-source": "project.nothing"}, "x-source：没有“project.nothing”这个来源"),
    ],
)
def test_what_a_schema_says_wrongly_is_told_with_its_place(field: dict[str, Any], told: str) -> None:
    _, problems = parsed({"甲": field, "表": TABLE})

    assert [problem for problem in problems if told in problem], problems


@pytest.mark.parametrize(
    ("kind", "value", "filled"),
    [
        ("text", True, "是"),
        ("text", False, "否"),
        ("text", 0.1, "0.1"),
        ("text", 3, "3"),
        ("text", date(2024, 9, 5), "2024年9月5日"),
        ("text", None, None),
        ("integer", "12.0", 12),
        ("integer", "12.5", "12.5"),
        ("number", "12.50", Decimal("12.50")),
        ("lines", "甲\n乙", ["甲", "乙"]),
        ("lines", ["甲", "", 1], ["甲", "1"]),
        ("lines", 7, ["7"]),
        ("lines", {"甲": 1}, {"甲": 1}),
        ("table", "甲", "甲"),
        ("table", ["甲"], ["甲"]),
    ],
)
def test_a_value_takes_the_form_of_its_field_or_is_handed_back(
    kind: str, value: object, filled: object
) -> None:
    assert coerce(Field("甲", "甲", "", kind), value) == filled


@pytest.mark.parametrize("written", ["很长" * 20, 20240905, "2024年9月5日至2024年9月6日", "某日"])
def test_what_is_not_one_day_is_left_for_the_schema_to_refuse(written: object) -> None:
    assert coerce(Field("日", "日", "", "text", date=True), written) == str(written)


@pytest.mark.parametrize(
    ("rows", "total"),
    [
        (None, None),
        ("甲", None),
        (["甲"], None),
        ([{"额": Decimal(1)}, {"额": None}], None),
        ([{"额": Decimal(1)}, {"额": Decimal(2)}], Decimal(3)),
        ([], Decimal(0)),
    ],
)
def test_a_total_is_worked_out_only_of_whole_tables(rows: object, total: Decimal | None) -> None:
    assert tally(Field("合计", "合计", "", "number", tally=Tally("表", "额", ())), {"表": rows}) == total


def test_rows_are_counted_only_where_the_column_asked_for_is_filled_in_everywhere() -> None:
    field = Field("笔数", "笔数", "", "integer", tally=Tally("表", "", (("结清", "否"),)))

    assert tally(field, {"表": [{"结清": "否"}, {"结清": "是"}]}) == 1
    assert tally(field, {"表": [{"结清": "否"}, {}]}) is None


def test_parts_that_make_the_total_are_no_problem_and_those_left_open_neither() -> None:
    numbers = {name: {"type": "integer"} for name in ("同意", "反对", "实到")}
    kind = kind_of(numbers, **{"x-checks": [{"sum": ["同意", "反对"], "equals": "实到"}]})

    assert told(sum_problems(kind, {"同意": 3, "反对": 1, "实到": 4})) == []
    assert told(sum_problems(kind, {"同意": 3, "实到": 9})) == []
    assert told(sum_problems(kind, {"同意": 3, "反对": 1, "实到": 9})) == [
        "同意 3 + 反对 1 = 4，与实到 9 不符，请核对"
    ]


def test_a_mistake_that_belongs_to_no_field_is_told_of_the_whole() -> None:
    kind = kind_of({"甲": {"type": "string"}}, minProperties=1, additionalProperties=False)

    assert told(located(kind, {})) == ["填写内容不合要求（minProperties）"]
    (unknown,) = told(located(kind, {"乙": "1"}))
    assert "additionalProperties" in unknown


def test_lists_and_groups_are_told_by_their_size_not_by_their_content() -> None:
    kind = kind_of({"甲": {"type": "string", "description": "应为文字"}})

    assert told(located(kind, {"甲": ["一", "二"]})) == ["“甲”填的是“2 项”，应为文字"]
    assert told(located(kind, {"甲": {"一": 1}})) == ["“甲”填的是“一组内容”，应为文字"]


def test_an_empty_table_prints_open_rows_where_it_is_to_be_filled_in_by_hand() -> None:
    def rows(**more: Any) -> Any:
        kind = kind_of({"表": {**TABLE, **more}, "目": {"type": "array", "items": {"type": "string"}}})
        return build_context(kind, PROJECT, None, {}, TODAY).values["表"]

    assert rows() == []
    assert rows(**{"x-open": True}) == [{"名": "【待填】", "额": "【待填】"}]
    assert rows(**{"x-open": True, "x-open-rows": 2}) == [{"名": "", "额": ""}] * 2


def test_in_the_catalogue_a_waived_item_says_why_and_a_date_that_is_none_stands_as_written() -> None:
    rows = catalogue_rows(ANNEX.items, [CatalogueEntry(1, "调查表", "某年")], PROJECT, {2: "已拆除（李某）"})

    assert rows[0]["材料"][0]["日期"] == "某年"
    assert rows[1]["材料"][0]["题名"] == WAIVED
    assert "已拆除（李某）" in rows[1]["材料"][0]["备注"]
