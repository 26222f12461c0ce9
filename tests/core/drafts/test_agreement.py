"""Dates, days and rows of one paper that disagree are refused (公示、印发、清偿), and what agrees passes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from archivist.core.drafts.context import build_context
from archivist.core.drafts.kinds import parse_kind
from archivist.drafts import find_kind, read_data
from archivist.errors import BadInputError
from support.drafting import ANNEX, EXAMPLES, KINDS, PROJECT, TODAY

NOTICE = {"公示开始日期": "2024年12月20日", "公示截止日期": "2024年12月30日"}
PAID = {"类型": "债务", "对方名称": "甲", "应清金额": 3, "已清金额": 3, "凭证名称和编号": "收据1"}


def drafted(slug: str, data: Mapping[str, object]) -> Mapping[str, Any]:
    return build_context(find_kind(KINDS, slug), PROJECT, None, data, TODAY).values


def refusal(slug: str, data: Mapping[str, object]) -> str:
    with pytest.raises(BadInputError) as refused:
        drafted(slug, data)
    return refused.value.message


@pytest.mark.parametrize(
    ("slug", "data", "said"),
    [
        (
            "no-objection",
            {"公示开始日期": "2024-12-20", "公示截止日期": "2024-12-10"},
            "“公示截止日期”是2024年12月10日，早于“公示开始日期”2024年12月20日，请核对",
        ),
        (
            "no-objection",
            {**NOTICE, "成文日期": "2024-12-29"},
            "“出具日期”是2024年12月29日，早于“公示截止日期”",
        ),
        ("no-objection", {"公示开始日期": "2024-12-20", "成文日期": "2024-12-1"}, "早于“公示开始日期”"),
        (
            "no-objection",
            {**NOTICE, "公示天数": 7},
            "“公示天数”填的是 7，从2024年12月20日到2024年12月30日是 11 天",
        ),
        ("disposal-notice", {**NOTICE, "公示天数": 12}, "“公示天数”填的是 12"),
        ("disposal-notice", {**NOTICE, "公示截止日期": "2024-12-19"}, "早于“公示开始日期”"),
        (
            "assessment-report",
            {"核查时间": "2024年12月5日至12月2日"},
            "“核查时间”从2024年12月5日到2024年12月2日，截止早于开始",
        ),
        (
            "assessment-report",
            {"核查时间": "2024年12月2日至5日", "成文日期": "2024-12-04"},
            "“报告日期”是2024年12月4日，早于“核查时间”2024年12月5日",
        ),
        *(
            (
                f"{level}-minutes",
                {"会议日期": "2024-11-18", "印发日期": "2024-11-17"},
                "“印发日期”是2024年11月17日",
            )
            for level in ("township", "department", "district", "collective")
        ),
        ("replacement-agreement", {"开始日期": "2025-2-1", "截止日期": "2025-1-1"}, "2025年1月1日，早于"),
        ("exit-agreement", {"原协议日期": "2025-2-1", "签订日期": "2025-1-1"}, "“签订日期”是2025年1月1日"),
        ("disposal-request", {"成文日期": "2025-2-1", "印发日期": "2025-1-1"}, "“印发日期”是2025年1月1日"),
        (
            "settlement-vouchers",
            {"截至日期": "2024-12-1", "凭证清单": [PAID, {**PAID, "清偿日期": "2024-12-2"}]},
            "“截至日期”是2024年12月1日，早于“凭证清单”第 2 行“清偿日期”2024年12月2日",
        ),
        (
            "settlement-vouchers",
            {"凭证清单": [{**PAID, "已清金额": "2.5", "是否结清": "已结清"}]},
            "“凭证清单”第 1 行写着“已结清”，但已清金额（万元） 2.50 少于应清金额（万元） 3.00，请核对",
        ),
        (
            "settlement-vouchers",
            {"凭证清单": [{**PAID, "已清金额": 4, "是否结清": "未结清"}]},
            "已清金额（万元） 4.00 多于应清金额（万元） 3.00",
        ),
        (
            "settlement-vouchers",
            {"凭证清单": [{**PAID, "凭证名称和编号": "", "是否结清": "已结清"}]},
            "第 1 行写着“已结清”，但没有填“凭证名称和编号”",
        ),
    ],
)
def test_what_disagrees_within_a_paper_is_refused_with_both_sides(
    slug: str, data: Mapping[str, object], said: str
) -> None:
    assert said in refusal(slug, data)


@pytest.mark.parametrize("days", [10, 11])
def test_days_count_with_or_without_the_first(days: int) -> None:
    assert drafted("no-objection", {**NOTICE, "公示天数": days, "成文日期": "2024-12-30"})["公示天数"] == str(
        days
    )


@pytest.mark.parametrize(
    ("slug", "data"),
    [
        ("no-objection", {"公示截止日期": "2024-12-10", "公示天数": 90}),
        ("assessment-report", {"核查时间": "2024年12月", "成文日期": "2024-12-01"}),
        ("assessment-report", {"核查时间": "2024年13月1日", "成文日期": "2024-12-01"}),
        ("assessment-report", {"核查时间": "2024年12月2日至12月40日", "成文日期": "2024-12-02"}),
        ("assessment-report", {"核查时间": "2024年12月2日，历时3日", "成文日期": "2024-12-02"}),
        ("settlement-vouchers", {"凭证清单": [{"对方名称": "甲", "应清金额": 3, "是否结清": "未结清"}]}),
        ("settlement-vouchers", {"凭证清单": [{**PAID, "已清金额": 2, "是否结清": "未结清"}]}),
    ],
)
def test_what_is_open_or_says_no_day_is_not_held_against_a_paper(
    slug: str, data: Mapping[str, object]
) -> None:
    assert drafted(slug, data)


@pytest.mark.parametrize("slug", [kind.slug for kind in KINDS if kind.orders or kind.rows])
def test_the_examples_agree_with_themselves(slug: str) -> None:
    assert drafted(slug, read_data(EXAMPLES / f"{slug}.yaml"))


def test_rules_that_name_no_field_or_column_are_told_by_the_schema() -> None:
    problems: list[str] = []
    schema = {
        "title": "样件",
        "x-order": [["甲", "没有", "表.没有"]],
        "x-days": [{"first": "甲", "last": "甲", "days": "没有"}],
        "x-rows": [{"of": "表", "needs": "没有"}, {"of": "表", "compare": ["列"]}, {"of": "表"}],
        "properties": {
            "甲": {"type": "string"},
            "表": {"type": "array", "items": {"type": "object", "properties": {"列": {"type": "number"}}}},
        },
    }
    parse_kind("x", schema, "x.schema.json", "x.docx", ANNEX.required, problems)

    assert problems == [
        "x-order：“没有”不是已有的字段（表格里的写成 表格.列）",
        "x-order：“表.没有”不是已有的字段（表格里的写成 表格.列）",
        "x-days：“没有”不是已有的字段",
        "x-rows：表格“表”没有“没有”这一列",
        "x-rows：应写明 needs（要填的列），或 compare（两个数字列），只写一样",
        "x-rows：应写明 needs（要填的列），或 compare（两个数字列），只写一样",
    ]
