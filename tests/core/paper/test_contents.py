"""Money, category, assessor and attachments, as facts with page and words."""

from __future__ import annotations

import pytest

from archivist.core.model import Fact
from archivist.core.page import Line, Page
from archivist.core.paper.facts import read_facts
from archivist.core.paper.versions import by_name
from archivist.workspace.resources import data_folder
from archivist.workspace.rulebook import load_annex

ANNEX = load_annex(data_folder("schemas"))
GOAT = ("DZ-2018-0017", "珠溪镇青杠岭村黑山羊标准化养殖场项目")
CITRUS = ("DZ-2019-0021", "石坝镇龙井村柑橘种植基地项目")


def facts(
    kind: str, pages: list[Page] | str, name: str, *projects: tuple[str, str], issuer: str = ""
) -> list[Fact]:
    if isinstance(pages, str):
        pages = [Page(1, tuple(Line(line) for line in pages.splitlines()))]
    found = read_facts(kind, pages, ANNEX.facts, ANNEX.sayings, projects=projects, issuer=issuer or None)
    return [fact for fact in found if fact.name == name]


def values(kind: str, text: str, name: str) -> list[str]:
    return [fact.value for fact in facts(kind, text, name)]


def boxed(*cells: tuple[str, float, float]) -> list[Page]:
    return [Page(1, tuple(Line(text, (x, y, x + 0.02 * len(text), y + 0.015)) for text, x, y in cells))]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("agreement", "甲方投入帮扶资金人民币贰拾壹万陆仟叁佰元整（¥216,300.00）。", "216300.00"),
        ("agreement", "项目投入帮扶资金52.80万元，用于购建生产设施。", "528000.00"),
        ("minutes", "该项目共投入财政帮扶资金1,980,100元。", "1980100.00"),
        ("record", "这个项目是2018年建的，投入帮扶资金86.50万元。", "865000.00"),
        ("assessment", "项目累计投入帮扶资金64.20万元，与台账一致。", "642000.00"),
        ("survey", "投入帮扶资金（万元） 86.50", "865000.00"),
        ("survey", "投入帮扶资金（万元） 86.50万元", "865000.00"),
        ("other", "投入帮扶资金0.012亿元。", "1200000.00"),
        ("other", "总投资120万元，其中帮扶资金86.5万元。", "865000.00"),
        ("other", "使用财政衔接资金30万元。", "300000.00"),
        ("other", "安排扶贫资金50万元。", "500000.00"),
        ("other", "投入帮扶资金约86万元。", "860000.00"),
        ("other", "财政衔接推进乡村振兴补助资金共计30万元。", "300000.00"),
    ],
)
def test_the_money_invested_is_read_in_every_kind_of_paper(kind: str, text: str, value: str) -> None:
    assert values(kind, text, "投入帮扶资金") == [value]


@pytest.mark.parametrize(
    "text",
    [
        "项目总投资120万元。",
        "收回帮扶资金5万元。",
        "结余帮扶资金5万元。",
        "帮扶资金管理办法第5条",
        "每年使用帮扶资金每亩500元",
        "帮扶资金",
    ],
)
def test_other_money_is_not_what_was_invested(text: str) -> None:
    assert values("other", text, "投入帮扶资金") == []


def test_total_investment_is_a_fact_of_its_own() -> None:
    assert values("other", "项目总投资120万元，其中帮扶资金86.5万元。", "项目总投资") == ["1200000.00"]


def test_the_two_kinds_of_money_the_plan_calls_by_one_name_are_told_apart() -> None:
    found = facts("other", "使用扶贫资金50万元。\n使用衔接资金30万元。", "投入帮扶资金")

    assert [(fact.value, fact.detail) for fact in found] == [
        ("500000.00", "扶贫资金"),
        ("300000.00", "衔接资金"),
    ]


def test_a_label_broken_over_three_lines_of_a_form_gives_the_cell_beside_it() -> None:
    cells = [("投入帮", 0.1, 0.2), ("扶资金", 0.1, 0.217), ("86.50", 0.3, 0.217), ("（万元）", 0.1, 0.234)]

    (fact,) = facts("survey", boxed(*cells), "投入帮扶资金")

    assert fact.value == "865000.00"


def test_a_column_with_its_unit_in_the_head_gives_each_project_its_own() -> None:
    text = f"序号 项目名称 投入帮扶资金（万元） 会议意见\n1 {GOAT[1]} 86.50 同意\n2 {CITRUS[1]} 30 暂缓"

    found = facts("minutes", text, "投入帮扶资金", GOAT, CITRUS)

    assert {fact.project: fact.value for fact in found} == {GOAT[0]: "865000.00", CITRUS[0]: "300000.00"}


def test_each_project_named_in_a_sentence_has_its_own_money() -> None:
    text = f"认定{GOAT[1]}（投入帮扶资金86.5万元）、{CITRUS[1]}（投入帮扶资金30万元）为淘汰类。"

    found = facts("minutes", text, "投入帮扶资金", GOAT, CITRUS)

    assert {fact.project: fact.value for fact in found} == {GOAT[0]: "865000.00", CITRUS[0]: "300000.00"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("优势类□ 薄弱类□ 闲置类（一般/重大）□ 淘汰类☑", "淘汰类"),
        ("优势类□ 薄弱类√ 闲置类（一般/重大）□ 淘汰类□", "薄弱类"),
        ("□优势类 □薄弱类 □闲置类 ☑淘汰类", "淘汰类"),
        ("□优势类 ■薄弱类 □闲置类 □淘汰类", "薄弱类"),
        ("优势类（ ） 薄弱类（ ） 闲置类（√） 淘汰类（ ）", "闲置类"),
        ("○优势类 ○薄弱类 ○闲置类 ●淘汰类", "淘汰类"),
        ("优势类 薄弱类 闲置类 淘汰类√", "淘汰类"),
        ("优势类□\n薄弱类□\n闲置类□\n淘汰类✓", "淘汰类"),
    ],
)
def test_the_ticked_category_is_told(text: str, value: str) -> None:
    assert values("survey", text, "项目类别") == [value]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("minutes", "会议同意将该项目认定为淘汰类。", "淘汰类"),
        ("minutes", "认定黑山羊养殖场（投入帮扶资金86.5万元）为淘汰类。", "淘汰类"),
        ("minutes", "同意将其列为闲置类。", "闲置类"),
        ("assessment", "建议认定为“淘汰类”。", "淘汰类"),
        ("other", "项目类别：淘汰类", "淘汰类"),
    ],
)
def test_the_concluded_category_is_told(kind: str, text: str, value: str) -> None:
    assert values(kind, text, "项目类别") == [value]


@pytest.mark.parametrize(
    "text",
    [
        "按照优势类、薄弱类、闲置类、淘汰类四类推进。",
        "会议不同意认定为淘汰类。",
        "不应认定为淘汰类。",
        "是否认定为淘汰类，请审议。",
        "原认定为淘汰类的，重新核查。",
        "议题：讨论该项目认定为淘汰类",
        "建议认定为淘汰类。",
        "认定为闲置类、淘汰类的项目要全面核查。",
        "李国华：我看认定为淘汰类就对了",
        "研究淘汰类项目。",
    ],
)
def test_a_category_that_minutes_merely_mention_is_none(text: str) -> None:
    assert values("minutes", text, "项目类别") == []


@pytest.mark.parametrize(
    ("text", "issuer", "value"),
    [
        ("评估单位：重庆衡岳农业咨询有限公司", "", "重庆衡岳农业咨询有限公司"),
        ("核查评估单位（盖章）：大足区农业农村委员会", "", "大足区农业农村委员会"),
        ("受区农业农村委委托重庆明正评估有限公司开展评估。", "", "重庆明正评估有限公司"),
        ("区农业农村委组织专业力量进行了核查。", "", "区农业农村委"),
        ("结论如上。", "大足区林业局", "大足区林业局"),
    ],
)
def test_who_assessed_is_told(text: str, issuer: str, value: str) -> None:
    assert [fact.value for fact in facts("assessment", text, "评估单位", issuer=issuer)] == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("建议认定为淘汰类，完成清算后销号退出。", ["建议退出"]),
        ("建议该项目有序退出。", ["建议退出"]),
        ("不建议退出。", ["不建议退出"]),
        ("该项目不具备退出条件，建议整改。", ["不建议退出"]),
        ("建议盘活利用。", ["建议盘活"]),
        ("建议继续实施。", ["建议继续实施"]),
        ("项目基本情况如下。", []),
    ],
)
def test_what_assessors_advise_is_of_a_closed_vocabulary(text: str, value: list[str]) -> None:
    assert values("assessment", text, "评估建议") == value


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("附件：1.资产清单 2.债权债务清单", ["资产清单", "债权债务清单"]),
        ("附件：1. 资产清单\n2. 债权债务清单\n2024年11月3日", ["资产清单", "债权债务清单"]),
        ("附件：现有资产清单", ["现有资产清单"]),
        ("附：1、会议记录；2、签到表", ["会议记录", "签到表"]),
        ("附件：①评估报告②营业执照", ["评估报告", "营业执照"]),
        ("附件：无", []),
        ("详见附件。", []),
        ("附件1\n资产清单", []),
    ],
)
def test_the_attachments_a_paper_names_are_listed(text: str, names: list[str]) -> None:
    assert values("other", text, "附件") == names


def test_several_facts_of_one_name_are_compared_together() -> None:
    two = [Fact("附件", "甲", 1, "x"), Fact("附件", "乙", 1, "x"), Fact("文号", "1号", 1, "x")]

    assert by_name(two) == {"附件": "甲、乙", "文号": "1号"}
