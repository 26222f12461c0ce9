"""What the papers of a project and its register say alike: one paper that is wrong is one finding, with both quotes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from archivist.core.checks.values import Outcome
from archivist.core.model import Severity, TextSource
from archivist.core.project import Category
from support.papers_together import NAME, REGISTER, checked, codes, paper

SURVEY = "摸底调查表\n投入帮扶资金（万元） 18.30万元"
RECORD = "青杠村会议记录\n该项目2019年投入帮扶资金18.3万元，现已停产。"


def test_a_contract_of_another_sum_is_found_with_both_quotes_and_both_pages() -> None:
    contract = paper(3, "合作协议书\n第一条\f第二条 项目投入帮扶资金21.63万元，形成的资产归甲方所有。")
    found = checked("differs-amount", paper(1, SURVEY), contract, paper(4, RECORD))
    (finding,) = found.findings

    assert (found.outcome, finding.code, finding.item) == (Outcome.BREACHED, "differs-amount", 3)
    assert finding.severity is Severity.WARNING
    assert (finding.document, finding.page) == (contract.id, 2)
    assert "21.63万元" in finding.message
    assert "台账和第1项" in finding.message
    assert "第1页“投入帮扶资金（万元）18.30万元”写的是“18.3万元”" in finding.message
    assert finding.quote is not None
    assert "21.63万元" in finding.quote


def test_without_a_register_the_paper_that_most_contradict_is_the_wrong_one() -> None:
    wrong = paper(2, "核查评估报告\n项目累计投入帮扶资金21.98万元。", number=7)
    found = checked("differs-amount", paper(1, SURVEY), wrong, paper(4, RECORD), register=None)
    (finding,) = found.findings

    assert (finding.document, finding.other_document) == (wrong.id, "D00001")
    assert (finding.other_page, finding.other_quote) == (1, "投入帮扶资金（万元）18.30万元")
    assert "第1页“投入帮扶资金（万元）18.30万元”" in finding.message
    assert finding.record()["other_document"] == "D00001"


def test_a_register_that_all_papers_contradict_is_one_finding() -> None:
    register = replace(REGISTER, amount=Decimal("193000.00"))
    (finding,) = checked("differs-amount", paper(1, SURVEY), paper(4, RECORD), register=register).findings

    assert (finding.document, finding.item) == (None, None)
    assert finding.message.startswith("台账写的投入帮扶资金是“19.3万元”")


@pytest.mark.parametrize(
    "words",
    [
        "投入帮扶资金18.3万元",
        "投入帮扶资金183000元",
        "投入帮扶资金18万元",
        "投入帮扶资金约18.5万元",
        "投入财政衔接资金18.30万元",
        "项目总投资24.42万元，其中投入帮扶资金18.30万元",
        "会议研究了产业发展",
    ],
)
def test_the_same_sum_in_another_unit_rounded_or_beside_another_one_is_no_difference(words: str) -> None:
    found = checked("differs-amount", paper(1, SURVEY), paper(6, f"部门会议纪要\n该项目{words}。"))

    assert (found.outcome, codes(found)) == (Outcome.PASSED, [])


def test_total_investment_is_held_against_total_investment_only() -> None:
    minutes = paper(5, "专题会议纪要\n该项目总投资24.42万元，投入帮扶资金18.30万元。")
    report = paper(2, "核查评估报告\n该项目总投资21.98万元，投入帮扶资金18.30万元。", number=9)

    assert codes(checked("differs-investment", minutes, report)) == ["differs-investment"]
    assert codes(checked("differs-amount", minutes, report)) == []


def test_what_only_one_place_says_and_what_nobody_says_is_not_compared() -> None:
    assert checked("differs-amount", paper(1, SURVEY), register=None).outcome is Outcome.NOT_NEEDED
    assert checked("differs-investment", paper(1, SURVEY)).outcome is Outcome.NOT_NEEDED
    assert checked("differs-amount", register=replace(REGISTER, amount=None)).outcome is Outcome.NOT_NEEDED


def test_what_minutes_of_several_projects_say_of_this_one_outweighs_what_they_say_of_all() -> None:
    minutes = paper(7, "区政府专题会议纪要\n会议听取汇报，投入帮扶资金98.60万元。")
    own = replace(minutes.facts[0], value="183000.00", project="A")
    other = replace(minutes.facts[0], value="5.00", project="B")
    both = replace(minutes, facts=(*minutes.facts, own, other))

    assert codes(checked("differs-amount", both)) == []
    assert codes(checked("differs-amount", minutes)) == ["differs-amount"]


@pytest.mark.parametrize("wrong", [NAME.replace("青杠", "青岗"), NAME.replace("食用菌", "食用茵种")])
def test_a_mistyped_name_of_the_project_is_found(wrong: str) -> None:
    report = paper(2, f"核查评估报告\n受托对{wrong}开展核查评估。")
    found = checked("differs-name", report)

    assert codes(found) == (["differs-name"] if "青岗" in wrong else [])


@pytest.mark.parametrize(
    "words",
    [
        NAME,
        "青杠村食用菌种植基地",
        "青杠村食用菌基地项目",
        "大足区石坝镇青杠村食用菌标准化种植基地建设项目",
        "石坝镇柏杨村柑橘种植园项目",
        "会议研究了产业项目",
    ],
)
def test_an_abbreviated_name_and_that_of_another_project_are_not(words: str) -> None:
    assert codes(checked("differs-name", paper(2, f"核查评估报告\n受托对{words}开展核查评估。"))) == []


def test_a_typed_paper_must_not_call_the_project_wrongly_anywhere_and_a_scan_may_be_misread_once() -> None:
    text = f"会议纪要\n会议听取了{NAME}的汇报。\n同意{NAME.replace('青杠', '青岗')}退出。"

    assert codes(checked("differs-name", paper(6, text))) == []
    assert codes(checked("differs-name", paper(6, text, text_source=TextSource.NATIVE))) == ["differs-name"]


def test_a_scan_that_is_misread_in_two_ways_is_not_written_wrongly() -> None:
    twice = [NAME.replace("青杠", word) for word in ("青岗", "青红")]

    assert (
        codes(
            checked("differs-name", paper(6, f"会议纪要\n会议听取了{twice[0]}的汇报。\n同意{twice[1]}退出。"))
        )
        == []
    )
    assert codes(
        checked("differs-name", paper(6, f"会议纪要\n会议听取了{twice[0]}的汇报。\n同意{twice[0]}退出。"))
    ) == ["differs-name"]


def test_a_register_that_is_mistyped_is_one_finding_and_one_without_a_place_is_taken_as_it_stands() -> None:
    papers = [paper(item, f"会议纪要\n会议听取了{NAME}的汇报。") for item in (5, 6, 7)]
    (finding,) = checked(
        "differs-name", *papers, register=replace(REGISTER, name=NAME.replace("青杠", "青岗"))
    ).findings

    assert finding.item is None
    assert codes(checked("differs-name", *papers, register=replace(REGISTER, name="食用菌基地"))) == []


def test_a_paper_about_another_project_in_full_is_found_once() -> None:
    report = paper(2, "核查评估报告\n项目名称：石坝镇柏杨村柑橘种植园项目")

    assert codes(checked("differs-project", report)) == ["differs-project"]
    assert codes(checked("differs-name", report)) == []
    assert codes(checked("differs-project", paper(1, "摸底调查表\n项目名称 基地项目"))) == []


@pytest.mark.parametrize(
    ("year", "found"), [("2019年", []), ("2018-2019", []), ("不详", []), ("2021年", ["differs-year"])]
)
def test_the_year_it_was_built_is_held_against_the_register(year: str, found: list[str]) -> None:
    assert codes(checked("differs-year", paper(1, f"摸底调查表\n建设年度：{year}"))) == found


def test_categories_that_were_decided_are_compared_and_first_proposals_are_not() -> None:
    first = paper(4, "青杠村会议记录\n会议决议：将该项目初步认定为闲置类。")
    decided = paper(6, "部门会议纪要\n会议决定将该项目认定为闲置类。")

    assert codes(checked("differs-category", first)) == []
    assert codes(checked("differs-category", decided)) == ["differs-category"]


def test_a_district_meeting_that_ruled_another_category_stands_in_the_way() -> None:
    minutes = paper(7, "区政府专题会议纪要\n会议决定将该项目认定为闲置类。")
    (finding,) = checked("differs-ruling", minutes).findings

    assert (finding.code, finding.severity) == ("differs-ruling", Severity.ERROR)
    assert codes(checked("differs-ruling", minutes, register=replace(REGISTER, category=Category.IDLE))) == []


@pytest.mark.parametrize(
    ("party", "found"),
    [
        ("重庆市大足区青杠菌业有限公司", []),
        ("青杠菌业有限公司", []),
        ("谭德贵", []),
        ("重庆市大足区柏杨果业专业合作社", ["differs-operator"]),
    ],
)
def test_who_made_the_contract_is_the_operator_of_the_register(party: str, found: list[str]) -> None:
    contract = paper(3, f"合作协议书\n甲方：石坝镇青杠村民委员会\n乙方：{party}")

    assert codes(checked("differs-operator", contract)) == found
    assert (
        checked("differs-operator", contract, register=replace(REGISTER, operator="")).outcome
        is Outcome.NOT_NEEDED
    )


def test_the_sheets_of_one_paper_are_one_finding() -> None:
    sheets = [
        paper(4, "青杠村会议记录\n投入帮扶资金28.30万元。", number=11),
        paper(4, "投入帮扶资金28.30万元。", number=12, title="青杠村会议记录（第2页）"),
    ]
    apart = [sheets[0], replace(sheets[1], title="青杠村会议记录")]

    assert codes(checked("differs-amount", paper(1, SURVEY), *sheets)) == ["differs-amount"]
    assert codes(checked("differs-amount", paper(1, SURVEY), *apart)) == ["differs-amount"] * 2


REPORT = "核查评估报告\n五、债权债务\n公司欠付土地流转费4.05万元，欠付饲料款1.20万元。"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("公司欠付土地流转费4.05万元，欠付饲料款12000元。", []),
        ("公司欠付土地流转费4.50万元，欠付饲料款1.20万元。", ["differs-debts"]),
        ("公司尚欠土地流转费2.05万元。", []),
        ("公司欠付土地流转费2.05万元，欠付土地流转费2.00万元。", []),
        ("公司欠付苗木款3.00万元。", []),
    ],
)
def test_debts_of_one_kind_are_told_alike(words: str, found: list[str]) -> None:
    result = checked("differs-debts", paper(1, f"摸底调查表\n债权债务：{words}"), paper(2, REPORT))

    assert codes(result) == found
    assert all("土地流转费4.5万元" in one.message for one in result.findings)


def test_the_value_of_the_property_is_told_alike() -> None:
    survey = paper(1, "摸底调查表\n现有大棚12个，账面原值60.10万元。")
    report = paper(2, "核查评估报告\n现有大棚12个，账面原值61.10万元。")
    table = paper(5, "会议纪要\n大棚原值38.40万元，冷库原值11.50万元。")

    assert codes(checked("differs-assets", survey, report)) == ["differs-assets"]
    assert codes(checked("differs-assets", survey, table)) == []
