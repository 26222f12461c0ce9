"""Titles nobody listed: the body has its say, and nothing that names a project and its matter is sent back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.filing import Folders, plan_filing
from archivist.core.identification import Identification
from archivist.core.identify.anytitle import any_title, spoken_for
from archivist.core.identify.clauses import clauses_of
from archivist.core.identify.kind import read_kind
from archivist.core.identify.register_index import RegisterIndex
from archivist.core.identify.whole import Thresholds, identify
from archivist.core.model import Status
from archivist.core.page import Extract, Page
from archivist.core.rules import Annex
from archivist.core.text import fold, fold_pages
from support.read_pages import page, set_page

CODE, NAME = "DZ-2018-0017", "珠溪镇青杠岭村黑山羊标准化养殖场项目"
REPORT = f"""受区农业农村委员会委托，我公司组成评估组到现场查看，走访农户9户。
一、基本情况。{NAME}由岭上牧业合作社经营。
二、停产原因。饲料涨价，连年亏损。
三、投入帮扶资金86万元；现有资产为圈舍2栋，产权归村集体。
四、债权债务。尚欠租金1.2万元。群众诉求是退还土地。
五、结论。该项目难以为继，建议列入淘汰类退出。
评估人员：甲某 乙某"""


def found(text: str, annex: Annex, register: RegisterIndex) -> Identification:
    (part,) = identify(Extract("pdf", (page(text),)), annex, register, Thresholds())
    return part


def status(part: Identification, annex: Annex) -> Status:
    (plan,) = plan_filing(
        [part], "a.pdf", {CODE: ("项目档案", CODE)}, Folders("待确认", "项目档案", "退回"), annex
    )
    return plan.status


@pytest.mark.parametrize(
    "title", [f"关于{NAME}进行核查评估的情况说明", f"{NAME}评估意见函", f"{NAME}专家会诊结论"]
)
def test_a_report_is_filed_under_any_title_that_its_body_bears_out(
    annex: Annex, register: RegisterIndex, title: str
) -> None:
    part = found(f"{title}\n{REPORT}", annex, register)

    assert [(one.project, one.item) for one in part.decided] == [(CODE, 2)], part.reasons
    assert part.title == title


def test_the_same_title_over_a_body_of_another_matter_decides_nothing(
    annex: Annex, register: RegisterIndex
) -> None:
    part = found(f"关于{NAME}进行核查评估的情况说明\n区里的核查评估已经安排，大家做好接待。", annex, register)

    assert part.decided == ()
    assert part.candidates[0].project == CODE


def test_a_listed_title_over_a_check_of_fire_extinguishers_is_left_to_a_person(
    annex: Annex, register: RegisterIndex
) -> None:
    text = f"{NAME}消防核查意见\n经检查，灭火器3具过期，配电箱没有接地，请一个月内更换。\n2020年6月1日"

    assert found(text, annex, register).decided == ()


def test_a_plan_for_one_project_is_not_sent_back_as_a_policy(annex: Annex, register: RegisterIndex) -> None:
    text = f"{NAME}调整退出处置工作方案\n项目编号{CODE}。\n圈舍移交村集体，设备报废。\n尚欠工资8600元，双方约定3月底前付清。"
    part = found(text, annex, register)

    assert status(part, annex) is not Status.REJECTED
    assert (part.candidates[0].project, part.candidates[0].item) == (CODE, 8)


@pytest.mark.parametrize(
    "text",
    [
        f"关于召开{NAME}退出座谈会的通知\n请准时参加。\n特此通知",
        f"重庆增值税普通发票\n发票代码 发票号码 价税合计 购买方 销售方\n{NAME}处置评估费",
        f"2024年工作总结\n一、工作开展情况\n推进{NAME}退出处置。\n二、存在的问题",
    ],
)
def test_what_names_a_project_and_its_matter_waits_with_project_and_item(
    annex: Annex, register: RegisterIndex, text: str
) -> None:
    part = found(text, annex, register)

    assert status(part, annex) is Status.REVIEW
    assert (part.candidates[0].project, part.candidates[0].item) == (CODE, 8)
    assert any("不退回" in reason or "内容却像" in reason for reason in part.reasons), part.reasons


@pytest.mark.parametrize(
    "text",
    [
        "关于国庆放假的通知\n请安排好值班。\n特此通知",
        "重庆增值税普通发票\n发票代码 发票号码 价税合计 购买方 销售方",
        "分类推进帮扶产业提质增效实施方案\n指导思想 总体要求 保障措施\n淘汰类项目有序退出、处置资产",
    ],
)
def test_what_names_no_project_is_sent_back_as_ever(annex: Annex, register: RegisterIndex, text: str) -> None:
    assert status(found(text, annex, register), annex) is Status.REJECTED


def test_an_agreement_that_ends_a_contract_is_not_the_contract(annex: Annex) -> None:
    terms = "第一条 期限十年，租金每亩400元。\n第二条 违约责任。\n第三条 一式两份，签字后生效。"
    parties = "甲方：青杠岭村民委员会\n乙方：岭上牧业合作社\n"
    ended = read_kind(
        [
            page(
                f"有关事项协议书\n{parties}因项目退出，双方原合同自即日起解除，乙方归还土地，互不追究，欠付租金付清。"
            )
        ],
        annex,
    )
    began = read_kind(
        [page(f"有关事项协议书\n{parties}{terms}")],
        annex,
    )

    assert ended.item == 8 or ended.doubts
    assert (began.item, began.doubts) == (3, ())


def test_a_line_of_running_text_at_the_top_of_a_page_is_no_title(annex: Annex) -> None:
    text = "受区农业农村委员会委托对全部项目进行了核查评估情况"
    head = set_page([(text, 0.1, 0.06, 0.02), *((text[1:], 0.1, 0.1 + 0.03 * n, 0.02) for n in range(8))])

    assert any_title(head, annex) is None


def test_the_noun_alone_speaks_for_nothing(annex: Annex) -> None:
    assert spoken_for(fold("关于天气的情况说明"), annex) == ()
    assert spoken_for(fold("项目核查评估的情况说明"), annex) == ("assessment",)
    assert "assessment" not in spoken_for(fold("项目绩效评价结论"), annex)


@given(
    st.lists(
        st.text(alphabet="一二、（）。，；：甲乙项目同意暂缓123 a\n"[:-1], max_size=30),
        min_size=1,
        max_size=8,
    )
)
def test_clauses_are_the_whole_text_in_order(lines: list[str]) -> None:
    pages = [page("\n".join(lines))] if "\n".join(lines).strip() else [Page(1)]
    clauses = clauses_of(pages)
    whole = fold_pages(pages).text

    assert "".join(clause.words for clause in clauses) == whole
    assert all(whole[clause.start : clause.end] == clause.words for clause in clauses)
