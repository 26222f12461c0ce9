"""What papers tell of and others must show to be settled: property, land, what comes in a project's place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archivist.core.checks.values import Outcome
from archivist.core.document import Holding
from archivist.core.model import Severity
from support.papers_together import REGISTER, checked, codes, paper

ASSETS = "核查评估报告\n四、资产\n现有大棚12个，账面原值16.10万元。"


def other(title: str, text: str = "") -> Holding:
    return paper(8, f"{title}\n{text}", "2025-03-01")


def test_property_whose_owner_no_paper_names_is_asked_for_with_what_told_of_it() -> None:
    report = paper(2, ASSETS)
    (finding,) = checked("matter-title", report).findings

    assert (finding.code, finding.severity, finding.document) == ("matter-title", Severity.WARNING, report.id)
    assert finding.quote is not None
    assert "16.10万元" in finding.quote


@pytest.mark.parametrize(
    ("papers", "found"),
    [
        ([paper(2, f"{ASSETS}\n权属归青杠村集体，已完成确权登记。")], []),
        ([paper(2, ASSETS), other("资产产权登记表")], []),
        ([paper(2, ASSETS), other("情况说明", "资产尚未确权。")], ["matter-title"]),
        ([paper(2, "核查评估报告\n没有形成资产。")], []),
    ],
)
def test_a_statement_or_a_paper_of_registration_meets_it_and_a_plan_does_not(
    papers: list[Holding], found: list[str]
) -> None:
    assert codes(checked("matter-title", *papers)) == found


@pytest.mark.parametrize(
    ("ownership", "title", "found"),
    [
        ("村集体", "", ["matter-disposal"]),
        ("国有", "", ["matter-disposal"]),
        ("村集体", "资产处置方案", []),
        ("村集体", "资产评估报告", []),
        ("企业", "", []),
        ("", "", []),
    ],
)
def test_state_and_collective_property_is_disposed_of_by_procedure(
    ownership: str, title: str, found: list[str]
) -> None:
    papers = [paper(2, ASSETS), *([other(title)] if title else [])]

    assert (
        codes(checked("matter-disposal", *papers, register=replace(REGISTER, ownership=ownership))) == found
    )


@pytest.mark.parametrize(
    ("told", "answer", "found"),
    [
        ("项目用地涉及耕地“非粮化”12亩。", "", ["matter-land"]),
        ("项目用地涉及耕地“非粮化”12亩。", "建议拆除后恢复耕种。", ["matter-land"]),
        ("项目用地涉及耕地“非粮化”12亩。", "12亩土地已恢复耕种，种植水稻。", []),
        ("项目用地不涉及耕地“非粮化”“非农化”。", "", []),
        ("项目停产。", "", []),
    ],
)
def test_land_that_grew_no_grain_is_restored(told: str, answer: str, found: list[str]) -> None:
    papers = [paper(2, f"核查评估报告\n{told}"), *([other("情况说明", answer)] if answer else [])]

    assert codes(checked("matter-land", *papers)) == found
    if found:
        proposed = paper(1, f"摸底调查表\n{told}解除合同，土地退还农户恢复种粮。")
        assert codes(checked("matter-land", *papers, proposed)) == found, "what is proposed is not done"
    assert codes(checked("matter-land", *papers, other("土地复垦验收意见"))) == []


def test_a_replacement_project_has_its_agreement_and_its_title() -> None:
    plan = other("资产处置方案", "在原址引入替代项目蔬菜大棚。")
    agreement, title = other("替代项目合作协议书"), other("替代项目资产确权登记表")

    assert codes(checked("matter-replacement-agreement", plan)) == ["matter-replacement-agreement"]
    assert codes(checked("matter-replacement-title", plan)) == ["matter-replacement-title"]
    assert checked("matter-replacement-agreement", plan, agreement).outcome is Outcome.PASSED
    assert checked("matter-replacement-title", plan, title).outcome is Outcome.PASSED
    none = other("资产处置方案", "暂无替代项目。")
    assert checked("matter-replacement-agreement", none).outcome is Outcome.NOT_NEEDED
