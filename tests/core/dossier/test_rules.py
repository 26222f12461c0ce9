"""What must hold between the cells of a dossier, by the shipped rules: each breach is told, and nothing that is in order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archivist.core.dossier.reading import read
from archivist.core.dossier.rules import FORMS, breaches
from archivist.core.dossier.values import EMPTY
from support.dossiers import BOOK, DEBT, MEETING, SHED, Rows, dossier, given

PAID = {**DEBT, "是否结清": "已结清", "结清凭证": "收据3号"}
NOTICE = {"公示内容": "处置方案", "开始日期": "2024年11月1日", "截止日期": "2024年11月7日"}
OUT = {"资产编号": "1", "处置方式": "拍卖", "处置价格": "3", "处置日期": "2024年12月1日"}


@pytest.mark.parametrize(
    ("sections", "told"),
    [
        ({"债权债务": [DEBT, DEBT]}, "同一笔账写了两次"),
        ({"会议": [MEETING, MEETING]}, "同一次会议写了两次"),
        ({"确权": [{"确权登记编号": "甲"}, {"确权登记编号": "甲"}]}, "同一份确权登记写了两次"),
        ({"经营主体": [{"名称": "甲社"}, {"名称": "甲社"}]}, "同一个经营主体写了两次"),
        ({"处置结果": [OUT]}, "“资产”里没有这个资产编号：1"),
        ({"资产": [SHED], "确权": [{"确权登记编号": "甲", "资产编号": "7"}]}, "“资产”里没有这个资产编号：7"),
        ({"债权债务": [{**DEBT, "已结清金额": "6"}]}, "已结清的比这笔账还多：已结清金额 6，金额 5.04"),
        ({"债权债务": [{**PAID, "已结清金额": "5"}]}, "写着已结清，已结清金额却和金额不同"),
        ({"债权债务": [{**DEBT, "已结清金额": "5.04"}]}, "已结清金额和金额相同，却写着未结清"),
        ({"债权债务": [{**DEBT, "是否结清": "已结清"}]}, "写着已结清，要写明结清凭证"),
        ({"债权债务": [{**DEBT, "结清日期": "2024年1月1日"}]}, "写着未结清，不会有结清日期"),
        ({"会议": [{**MEETING, "应到人数": 29}]}, "实到的比应到的多"),
        (
            {"会议": [{**MEETING, "反对人数": 2}]},
            "同意、反对、弃权加起来不等于实到：28 + 2 + 1 = 31，实到人数 30",
        ),
        ({"会议": [{**MEETING, "应到人数": 46}]}, "到会的不够，会议的决定不算数"),
        ({"会议": [{**MEETING, "同意人数": 4, "反对人数": 25}]}, "实到 30 人、同意 4 人，没有通过"),
        (
            {"经营主体": [{"名称": "甲", "合同开始日期": "2020年1月1日", "合同终止日期": "2019年1月1日"}]},
            "合同终止早于开始",
        ),
        ({"评估": [{"评估基准日": "2024年10月31日", "报告日期": "2024年10月1日"}]}, "评估报告早于评估基准日"),
        ({"资产": [SHED], "处置结果": [{**OUT, "入账日期": "2024年11月1日"}]}, "入账早于处置"),
        (
            {"资产": [SHED], "处置结果": [OUT], "评估": [{"评估基准日": "2024年12月2日"}]},
            "资产处置早于评估基准日",
        ),
        ({"资产": [SHED], "处置结果": [{"资产编号": "1", "处置方式": "转让"}]}, "拍卖、转让要写明处置价格"),
        ({"公示": [{**NOTICE, "截止日期": "2024年10月7日"}]}, "公示截止早于开始"),
        ({"公示": [{**NOTICE, "公示天数": 10}]}, "写着 10 天，从2024年11月1日到2024年11月7日是 7 天"),
        ({"公示": [{**NOTICE, "异议情况": "有异议"}]}, "有异议的要写明怎样处理的"),
        ({"土地": [{"地块": "甲", "恢复凭证": "验收表"}]}, "写了恢复凭证，要写明恢复耕种日期"),
    ],
)
def test_a_breach_is_told_with_what_it_rests_on(sections: dict[str, Rows], told: str) -> None:
    (problem,) = given(**sections).problems

    assert told in problem
    assert "（依据：" in problem


@pytest.mark.parametrize(
    "sections",
    [
        {"会议": [MEETING, {**MEETING, "会议日期": "2024年11月6日"}]},
        {"会议": [{**MEETING, "应到人数": 46, "会议意见": "不同意"}]},
        {"会议": [{**MEETING, "层级": "部门", "应到人数": 46}]},
        {"会议": [{"层级": "村（社区）", "会议日期": "2024年11月5日", "会议意见": "同意"}]},
        {"债权债务": [PAID, {**PAID, "事由": "运费", "已结清金额": "5.04", "结清日期": "2024年1月1日"}]},
        {"债权债务": [{**DEBT, "已结清金额": "5"}]},
        {"评估": [{}], "公示": [{**NOTICE, "公示天数": 7, "异议情况": "无异议"}]},
        {
            "资产": [SHED],
            "处置结果": [{**OUT, "入账日期": "2024年12月1日"}],
            "评估": [{"评估基准日": "2024年12月1日"}],
        },
        {"确权": [{"确权登记编号": "甲"}, {"确权登记编号": "乙"}]},
        {"土地": [{"地块": "甲"}]},
    ],
)
def test_what_is_in_order_is_told_nothing(sections: dict[str, Rows]) -> None:
    assert given(**sections).problems == ()


def test_a_vote_is_not_judged_without_rules_for_votes() -> None:
    without = replace(BOOK, votes=())
    made = read(without, {"会议": [("第1行", {**MEETING, "应到人数": 46})]}, EMPTY)

    assert made.problems == ()


def test_rows_without_any_of_the_fields_are_not_alike() -> None:
    rule = next(one for one in BOOK.rules if one.form == "unique")
    made = dossier(资产=[SHED, {"资产名称": "泵"}])
    bare = replace(rule, section="资产", fields=("规格型号",))

    assert list(breaches(replace(BOOK, rules=(bare,)), made)) == []


def test_every_form_is_used_by_the_shipped_rules() -> None:
    assert {rule.form for rule in BOOK.rules} == set(FORMS)
