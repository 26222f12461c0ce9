"""What filed papers say otherwise than the dossier (项目底册) is found; without a dossier nothing is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from archivist.core.catalogue.reasons import Reason, reason_of
from archivist.core.checks.dossier import dossier as check
from archivist.core.checks.values import Checked, Outcome, ProjectFile
from archivist.core.document import Holding
from archivist.core.dossier.values import Dossier
from archivist.core.model import Fact, Severity
from support.checking import RULES, TODAY, held
from support.dossiers import CLAIM, DEBT, MEETING, SHED, Rows, dossier


def fact(name: str, value: str, quote: str = "", **more: Any) -> Fact:
    return Fact(name, value, 2, quote or f"{name}{value}", **more)


def paper(item: int, *facts: Fact, day: str | None = "2024-11-05", **more: Any) -> Holding:
    return held(item, day, facts=facts, **more)


def outcomes(known: Dossier | None, *papers: Holding) -> dict[str, Checked]:
    file = ProjectFile("A", "养殖场", "淘汰类", papers, dossier=known)
    return {one.rule: one for one in check(file, RULES, TODAY)}


def told(rule: str, papers: list[Holding], **sections: Rows) -> Checked:
    return outcomes(dossier(**sections), *papers)[f"dossier-{rule}"]


def test_a_project_without_a_dossier_or_a_section_is_asked_nothing() -> None:
    debt = paper(2, fact("债务", "50400.00", state="未结清"))

    assert {one.outcome for one in outcomes(None, debt).values()} == {Outcome.NOT_NEEDED}
    assert {one.told for one in outcomes(None, debt).values()} == {"没有项目底册"}
    assert told("debts", [debt], 土地=[]).told == "项目底册没有登记债权债务"
    assert told("debts", [], 债权债务=[DEBT]).outcome is Outcome.NOT_NEEDED


@pytest.mark.parametrize(
    "said",
    [
        fact("债务", "50400.00"),
        fact("债务", "50400.00", party="某某饲料店"),
        fact("债务", "80400.00"),
        fact("债务", "50000.00", "债务5万元", party="别的店"),
        fact("债务", "0.00", "无债务"),
        fact("债务", "99.00", detail="约货款"),
        fact("债务", "99.00", project="B"),
    ],
)
def test_a_debt_that_the_dossier_has_alone_or_with_the_others_is_no_finding(said: Fact) -> None:
    """Rounded as it is written, the whole of all, 0, roughly, another project's."""
    more = {**DEBT, "事由": "运费", "金额": "3", "对方名称": "运输户"}
    rounded = {
        **DEBT,
        "事由": "药费",
        "金额": "5",
        "对方名称": "别的店",
        "是否结清": "已结清",
        "结清凭证": "收据",
    }
    rows = [DEBT, more, rounded] if said.party == "别的店" else [DEBT, more]

    assert told("debts", [paper(2, said)], 债权债务=rows).findings == ()


def test_all_open_or_all_settled_debts_together_are_met() -> None:
    paid = {**DEBT, "事由": "运费", "金额": "3", "是否结清": "已结清", "结清凭证": "收据"}
    rows = [DEBT, {**DEBT, "金额": "1"}, paid, {**paid, "金额": "4"}]

    for yuan in ("60400.00", "70000.00", "130400.00"):
        assert told("debts", [paper(2, fact("债务", yuan))], 债权债务=rows).outcome is Outcome.PASSED


def test_a_debt_of_another_sum_is_told_with_both_and_one_that_is_missing_with_what_it_is() -> None:
    other = told("debts", [paper(2, fact("债务", "56000.00", party="某某饲料店"))], 债权债务=[DEBT])
    missing = told(
        "debts", [paper(2, fact("债务", "12000.00", party="张某", state="未结清"))], 债权债务=[DEBT]
    )
    claim = told("claims", [paper(6, fact("债权", "9000.00"))], 债权债务=[DEBT])

    (found,) = other.findings
    assert (found.code, found.severity, found.item, found.page) == ("dossier-debts", Severity.WARNING, 2, 2)
    assert "“5.6万元”" in found.message and "“5.04万元”" in found.message
    assert found.quote == "债务56000.00" and "债权债务纠纷" in (found.clause or "")
    (found,) = missing.findings
    assert "1.2、张某、未结清），项目底册的“债权债务”里没有" in found.message
    assert [one.code for one in claim.findings] == ["dossier-claims"]
    assert reason_of("dossier-debts") is Reason.CONTENT


def test_a_debt_is_told_as_missing_where_its_party_has_several() -> None:
    rows = [DEBT, {**DEBT, "事由": "运费"}]

    (found,) = told("debts", [paper(2, fact("债务", "1.00", party="某某饲料店"))], 债权债务=rows).findings

    assert "里没有" in found.message


def test_votes_places_and_outcomes_of_the_meeting_of_that_day_are_compared() -> None:
    meeting = {**MEETING, "会议地点": "青杠村村委会会议室"}
    counts = [
        fact("应到", "36"),
        fact("实到", "30"),
        fact("同意", "20"),
        fact("反对", "1"),
        fact("弃权", "1"),
    ]
    record = paper(4, *counts, fact("会议意见", "不同意"), fact("会议地点", "村委会会议室"))

    found = told("village", [record], 会议=[meeting]).findings

    assert [(one.code, one.item) for one in found] == [("dossier-village", 4)] * 2
    assert "同意人数是“20”，项目底册写的是“28”" in found[0].message
    assert "会议意见是“不同意”，项目底册写的是“同意”" in found[1].message


def test_a_meeting_on_another_day_is_told_and_one_of_a_level_nobody_entered_is_not() -> None:
    record = paper(4, fact("应到", "36"), day="2024-11-02")
    minutes = paper(5, fact("会议意见", "同意"))

    (found,) = told("village", [record], 会议=[MEETING]).findings

    assert "2024年11月2日" in found.message and "里没有" in found.message
    assert told("township", [minutes], 会议=[MEETING]).outcome is Outcome.NOT_NEEDED


@pytest.mark.parametrize("day", [None, "2024-11", "昨天"])
def test_a_paper_without_a_whole_day_is_held_against_no_meeting(day: str | None) -> None:
    assert told("village", [paper(4, fact("应到", "9"), day=day)], 会议=[MEETING]).findings == ()


def test_what_is_unsure_or_told_twice_over_is_not_compared() -> None:
    unsure = paper(4, fact("会议意见", "看不准"), fact("同意", "3"), fact("同意", "5"))
    own = paper(4, fact("同意", "3"), fact("同意", "28", project="A"))

    assert told("village", [unsure], 会议=[MEETING]).findings == ()
    assert told("village", [own], 会议=[MEETING]).outcome is Outcome.PASSED


def test_a_row_that_does_not_say_how_much_is_not_the_debt_of_a_paper() -> None:
    kept = Dossier({"债权债务": ({"编号": "1", "类型": "债务", "对方名称": "张某"},)})
    said = paper(2, fact("债务", "50400.00", party="张某"))

    (found,) = outcomes(kept, said)["dossier-debts"].findings

    assert "里没有" in found.message


def test_a_draft_is_held_against_nothing() -> None:
    file = replace(held(4, "2024-11-05").file, name="记录.docx", kind="docx")
    draft = replace(paper(4, fact("同意", "3")), file=file)

    assert told("village", [draft], 会议=[MEETING]).findings == ()


def test_the_assessor_and_the_publicity_are_compared() -> None:
    report = paper(2, fact("评估单位", "重庆某某资产评估有限公司"))
    notice = paper(8, fact("公示期", "2024-11-01/2024-11-07", detail="5"))
    other = paper(8, fact("公示期", "2024-10-01/2024-10-07"))
    half = paper(8, fact("公示期", "2024-10/2024-10-07"))
    kept = {"公示内容": "方案", "开始日期": "2024年11月1日", "截止日期": "2024年11月7日", "公示天数": 7}

    assert told("assessor", [report], 评估=[{"评估单位": "某某资产评估有限公司"}]).outcome is Outcome.PASSED
    assert len(told("assessor", [report], 评估=[{"评估单位": "恒信会计师事务所"}]).findings) == 1
    assert told("assessor", [report], 评估=[{"评估值": 3}]).findings == ()
    (found,) = told("publicity", [notice], 公示=[kept]).findings
    assert "公示天数是“5”，项目底册写的是“7”" in found.message
    assert len(told("publicity", [other], 公示=[kept]).findings) == 1
    assert told("publicity", [half], 公示=[kept]).outcome is Outcome.NOT_NEEDED


def test_one_party_of_the_agreement_is_an_operator_of_the_dossier() -> None:
    agreement = paper(3, fact("甲方", "青杠村民委员会"), fact("乙方", "岭上牧业专业合作社"))
    nobody = [{"名称": "别的公司"}, {"名称": "又一家厂"}]

    assert (
        told("operator", [agreement], 经营主体=[*nobody, {"名称": "大足区岭上牧业专业合作社"}]).findings == ()
    )
    (found,) = told("operator", [agreement], 经营主体=nobody).findings
    assert "（青杠村民委员会、岭上牧业专业合作社），项目底册的“经营主体”里没有" in found.message
    assert told("operator", [agreement], 经营主体=[]).outcome is Outcome.NOT_NEEDED
    assert told("operator", [paper(3)], 经营主体=nobody).outcome is Outcome.NOT_NEEDED


def test_the_sum_of_the_assets_is_compared_where_every_one_says_what_it_cost() -> None:
    said = paper(2, fact("资产", "605000.00", detail="原值"))
    wrong = paper(2, fact("资产", "600000.00", "资产原值600000.00元", detail="原值"))
    value = paper(2, fact("资产", "99.00", detail="评估值"))
    about = paper(2, fact("资产", "99.00", detail="约原值"))

    assert told("assets", [said, value, about], 资产=[SHED]).outcome is Outcome.PASSED
    (found,) = told("assets", [wrong], 资产=[SHED]).findings
    assert "“60万元”" in found.message and "“60.5万元”" in found.message
    assert told("assets", [wrong], 资产=[SHED, {"资产名称": "泵"}]).outcome is Outcome.NOT_NEEDED
    assert told("assets", [wrong], 资产=[]).outcome is Outcome.NOT_NEEDED
    assert told("claims", [paper(2, fact("债权", "7200.00"))], 债权债务=[CLAIM]).outcome is Outcome.PASSED


def test_a_rule_that_the_plan_asks_for_outright_stands_in_the_way() -> None:
    strict = tuple(replace(one, strict=True) for one in RULES.procedure.cross.dossiers)
    cross = replace(RULES.procedure.cross, dossiers=strict)
    rules = replace(RULES, procedure=replace(RULES.procedure, cross=cross))
    file = ProjectFile(
        "A", "养殖场", "淘汰类", (paper(4, fact("同意", "3")),), dossier=dossier(会议=[MEETING])
    )

    assert {one.severity for each in check(file, rules, TODAY) for one in each.findings} == {Severity.ERROR}
