"""A title that names the one project of the register bears out what its wording speaks for, and nothing else."""

from __future__ import annotations

import pytest

from archivist.core.identify.anytitle import NOBODY, ProjectName, spoken_for
from archivist.core.identify.register_index import RegisterIndex
from archivist.core.identify.whole import Thresholds, identify
from archivist.core.page import Extract
from archivist.core.rules import Annex
from archivist.core.text import fold
from support.read_pages import page

CODE, NAME = "DZ-2018-0017", "珠溪镇青杠岭村黑山羊标准化养殖场项目"
ABOUT = f"{NAME}（项目编号{CODE}）"

PAPERS = {
    f"重庆市大足区农业农村委员会\n关于{NAME}退出处置的批复\n珠溪镇人民政府：\n你镇《关于{NAME}退出处置的请示》收悉。"
    f"经研究，批复如下：\n一、同意{ABOUT}退出。\n二、资产按处置方案处置。\n此复。": 8,
    f"关于将{NAME}认定为淘汰类项目的请示\n区农业农村委：\n{ABOUT}停产多年。经村申报、我镇核查，"
    f"拟认定为淘汰类。\n妥否，请批示。": 8,
    f"{NAME}调整退出处置工作方案\n一、基本情况\n项目编号{CODE}。\n二、处置程序\n清产核资；民主决策；公开处置。\n"
    "三、债权债务处理\n无债权债务。\n四、时间安排\n9月30日前全面完成。": 8,
    f"{NAME}现状照片\n项目编号：{CODE} 拍摄人：夏某某": 8,
    f"关于{NAME}核查评估工作情况的汇报\n区委农办：\n我单位抽调专业力量组成核查组，到现场核对账册、走访群众。\n停产原因：疫病。"
    f"\n投入帮扶资金86万元，资产现状：圈舍2栋，产权归村集体。\n无债权债务，群众要求退还土地。"
    f"\n我单位建议该项目认定为淘汰类。": 2,
}

ALIEN = [
    f"关于{NAME}建设用地的批复\n珠溪镇人民政府：\n你镇请示收悉。经研究，同意{ABOUT}使用设施农用地3亩。\n此复。",
    f"关于拨付{NAME}补助资金的请示\n区财政局：\n{ABOUT}已建成，请拨付补助资金30万元。\n妥否，请批示。",
    f"{NAME}喜获丰收\n近日，{ABOUT}出栏黑山羊600只，群众增收。",
    f"{NAME}实施方案\n一、建设内容\n{ABOUT}新建圈舍2栋。\n二、时间安排\n12月底前全面完成。\n三、工作要求\n加强领导。",
    f"关于{NAME}变更实施地点的请示\n{ABOUT}原选址涉及基本农田，拟变更到二组。\n妥否，请批示。",
    f"关于{NAME}恢复生产的批复\n来文收悉。经研究，同意{ABOUT}恢复生产。\n此复。",
    f"关于{NAME}核查评估进场的通知\n请于3月5日前做好准备，派人进场。\n联系人：夏某某",
    f"{NAME}竣工验收报告\n{ABOUT}于2018年12月竣工，验收合格。",
    f"{NAME}培训现场照片说明会通知\n请准时参加。\n特此通知",
]


def identified(text: str, annex: Annex, register: RegisterIndex) -> tuple[list[int | None], str]:
    (part,) = identify(Extract("pdf", (page(text),)), annex, register, Thresholds())
    return [one.item for one in part.decided if one.project == CODE], "；".join(part.reasons)


@pytest.mark.parametrize(("text", "item"), PAPERS.items(), ids=[text[:24] for text in PAPERS])
def test_a_paper_whose_title_names_its_project_and_its_winding_up_is_filed(
    annex: Annex, register: RegisterIndex, text: str, item: int
) -> None:
    items, why = identified(text, annex, register)

    assert items == [item], why


@pytest.mark.parametrize("text", PAPERS, ids=[text[:24] for text in PAPERS])
def test_the_same_paper_about_a_project_that_the_register_does_not_know_waits(
    annex: Annex, register: RegisterIndex, text: str
) -> None:
    unknown = text.replace(NAME, "三驱镇白坡村冷水鱼项目").replace(CODE, "DZ-2031-9999")

    assert identified(unknown, annex, register)[0] == []


@pytest.mark.parametrize("text", ALIEN, ids=[text[:24] for text in ALIEN])
def test_a_title_that_names_a_project_but_no_winding_up_files_nothing(
    annex: Annex, register: RegisterIndex, text: str
) -> None:
    items, _ = identified(text, annex, register)

    assert items == []


def test_words_within_the_name_of_a_project_speak_for_no_kind(annex: Annex) -> None:
    title, project = (
        "长岭村矿山复垦柑橘项目情况说明",
        ProjectName("长岭村矿山复垦柑橘项目", "矿山复垦柑橘项目"),
    )

    assert spoken_for(fold(title), annex) == ("other",)
    assert spoken_for(project.without(fold(title)), annex) == ()


def test_a_name_that_is_only_a_common_word_is_not_found_in_a_title() -> None:
    assert not ProjectName("石桥村项目", "项目").named_in("某项目退出的请示")
    assert not NOBODY.named_in("某项目退出的请示")
    assert ProjectName("石桥村黑山羊养殖项目", "黑山羊养殖项目").named_in("关于黑山羊养殖项目退出的请示")


def test_the_trade_of_the_firm_that_made_a_report_is_not_what_the_report_is_about(
    annex: Annex, register: RegisterIndex
) -> None:
    firm = "重庆某某资产评估房地产土地估价有限公司"
    body = (
        f"{ABOUT}，已完成现场勘查和资料核验。\n1.停滞原因：疫病。\n2.资产现状：残值14.5万元，产权归村集体。\n"
        "3.债权债务：无。\n4.诉求：退还土地。\n综上，我方认为不具备继续经营条件，建议按淘汰类处置。\n评估师：夏某某"
    )

    assert identified(f"{firm}\n关于{NAME}的评估意见书\n{body}", annex, register)[0] == [2]
    assert identified(
        f"{firm}\n{NAME}资产评估报告\n{ABOUT}\n评估基准日：2024年11月30日\n评估值14.5万元", annex, register
    )[0] == [8]


def test_a_title_a_character_off_one_of_what_is_sent_back_decides_nothing(
    annex: Annex, register: RegisterIndex
) -> None:
    report = next(text for text, item in PAPERS.items() if item == 2)
    body = report.partition("\n")[2]

    items, why = identified(f"{NAME}评估论证情况专报\n{body}", annex, register)

    assert items == [2], why


@pytest.mark.parametrize(
    ("title", "item"), [(f"{NAME}拖欠土地租金清偿兑付花名册", 8), ("珠溪镇存量帮扶产业项目清查摸底明细表", 1)]
)
def test_a_list_that_may_be_a_paper_of_its_own_waits_with_the_item_it_may_be(
    annex: Annex, register: RegisterIndex, title: str, item: int
) -> None:
    text = f"{title}\n{ABOUT}已停产退出。\n姓名 金额 签字\n夏某某 1200"
    (part,) = identify(Extract("pdf", (page(text),)), annex, register, Thresholds())

    assert part.decided == ()
    assert (part.candidates[0].project, part.candidates[0].item) == (CODE, item)
