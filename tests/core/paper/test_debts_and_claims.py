"""Debts, claims and properties: how much, settled or open, whose; a sum and its parts are never counted twice."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.page import Line, Page
from archivist.core.paper.statements import statements
from archivist.core.paper.sums import Sum, sums
from archivist.workspace.resources import data_folder
from archivist.workspace.rulebook import load_annex

RULES = load_annex(data_folder("schemas")).sayings.sums


def told(text: str) -> tuple[Sum, ...]:
    return sums(statements([Page(1, tuple(Line(line) for line in text.splitlines()))]), RULES)


def brief(text: str) -> list[tuple[str, int, str]]:
    """Name (a part's in brackets), yuan and state."""
    return [(f"（{one.name}）" if one.part else one.name, int(one.yuan), one.state) for one in told(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "债务5.04万元，其中应付工程款3.2万元、应付租金1.84万元。",
            [("债务", 50400, ""), ("（债务）", 32000, ""), ("（债务）", 18400, "")],
        ),
        (
            "债务5.04万元，已结清3.2万元，尚欠1.84万元。",
            [("债务", 50400, "未结清"), ("（债务）", 32000, "已结清"), ("（债务）", 18400, "未结清")],
        ),
        (
            "债务共计12万元（其中：工程款8万元，劳务费4万元），均未清偿。",
            [("债务", 120000, "未结清"), ("（债务）", 80000, "未结清"), ("（债务）", 40000, "未结清")],
        ),
        (
            "债务5万元，其中工程款3万元、租金2万元，目前已全部结清。",
            [("债务", 50000, "已结清"), ("（债务）", 30000, "已结清"), ("（债务）", 20000, "已结清")],
        ),
        ("债权2万元，债务3万元，均已结清。", [("债权", 20000, "已结清"), ("债务", 30000, "已结清")]),
        (
            "债务3万元，债权1.5万元，债务已结清，债权尚未收回。",
            [("债务", 30000, "已结清"), ("债权", 15000, "未结清")],
        ),
        (
            "欠付饲料款3.2万元，尚未支付；应收货款1.2万元，已全部收回。",
            [("债务", 32000, "未结清"), ("债权", 12000, "已结清")],
        ),
        ("应付工程款3.2万元有争议，正在诉讼。", [("债务", 32000, "有争议")]),
        ("现有债务6万元，无争议，已全部清偿。", [("债务", 60000, "已结清")]),
        ("债务5万元尚未全部结清。", [("债务", 50000, "未结清")]),
        ("欠农户土地租金1.84万元已全部付清。", [("债务", 18400, "已结清")]),
        ("二期欠付苗种款1.90万元，土地流转费已结清至2023年底。", [("债务", 19000, "未结清")]),
        (
            "欠缴2021年、2022年土地流转费3.84万元，欠付饲料款1.20万元。",
            [("债务", 38400, "未结清"), ("债务", 12000, "未结清")],
        ),
        (
            "拖欠工资2.36万元（已由镇里督促付清）、土地流转费4.05万元。",
            [("债务", 23600, "已结清"), ("债务", 40500, "未结清")],
        ),
        ("欠工程款3万元，该款已付清。", [("债务", 30000, "已结清")]),
        ("债务人民币伍万零肆佰元整，尚未偿还。", [("债务", 50400, "未结清")]),
        ("债权债务情况：应收款2万元，应付款3万元。", [("债权", 20000, ""), ("债务", 30000, "")]),
        (
            "四、债权债务情况\n项目欠付村集体租金2万元。应收货款1万元。",
            [("债务", 20000, "未结清"), ("债权", 10000, "")],
        ),
        ("项目资产原值86.5万元，评估值21.63万元。", [("资产", 865000, ""), ("资产", 216300, "")]),
        ("投入帮扶资金86.5万元，形成资产60万元。", [("资产", 600000, "")]),
        ("该项目无债权债务。", [("债权", 0, "已结清"), ("债务", 0, "已结清")]),
        ("债务：零", [("债务", 0, "已结清")]),
        ("不欠任何款项。", [("债务", 0, "已结清")]),
        # none
        ("不存在债权债务纠纷。", []),
        ("除上述外无其他债务。", []),
        ("会议要求及时清算债权债务。", []),
        ("清算后债务由合作社承担。", []),
        ("应付租金每亩500元。", []),
        ("总投资120万元，年产值30万元。", []),
        ("是否无债权债务，请核实。", []),
    ],
)
def test_sums_are_told_with_their_state_and_parts(text: str, found: list[tuple[str, int, str]]) -> None:
    assert brief(text) == found


@pytest.mark.parametrize(
    ("text", "party", "what"),
    [
        ("欠付重庆某建筑公司工程款3.2万元，尚未支付。", "重庆某建筑公司", "工程款"),
        ("欠农商行贷款12.00万元。", "农商行", "贷款"),
        ("欠农户土地租金1.84万元。", "农户", "土地租金"),
        ("债务3万元，债权人为李某，尚未偿还。", "李某", ""),
        ("欠付饲料款1.2万元。", "", "饲料款"),
    ],
)
def test_whom_it_is_owed_to_and_what_for_is_told_where_it_is_said(text: str, party: str, what: str) -> None:
    (one,) = told(text)

    assert (one.party, one.what) == (party, what)


def test_a_sum_that_is_told_again_comes_once() -> None:
    (one,) = told("债务5万元。\n上述债务5万元已结清。")

    assert (one.yuan, one.state) == (Decimal(50000), "已结清")


@given(st.lists(st.integers(1, 9000), min_size=1, max_size=6))
def test_a_whole_and_its_parts_come_back_as_they_were_written(parts: list[int]) -> None:
    listed = "、".join(f"应付款项{part}元" for part in parts)
    found = told(f"债务{sum(parts)}元，其中{listed}。")

    assert found[0].yuan == sum(parts) and not found[0].part
    assert all(one.part for one in found[1:])
    assert sum(one.yuan for one in found if not one.part) == sum(parts)
