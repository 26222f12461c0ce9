"""Kind, level and item of a document: off its title, against its words."""

from __future__ import annotations

import pytest

from archivist.core.identify.kind import read_kind
from archivist.core.identify.lessons import Lesson, learned, taught
from archivist.core.identify.titles import find_titles, match_ending
from archivist.core.model import Level
from archivist.core.rules import Annex
from archivist.core.text import fold
from support.read_pages import page, set_page


@pytest.mark.parametrize(
    ("title", "item"),
    [
        ("大足区珠溪镇经营性帮扶产业项目摸底调查表", 1),
        ("帮扶产业项目情况摸底表", 1),
        ("青杠岭村黑山羊养殖场核查评估情况报告", 2),
        ("关于花椒种植园项目的评估论证意见", 2),
        ("产业项目合作协议书", 3),
        ("土地租赁合同（复印件）", 3),
        ("入股协议", 3),
        ("青杠岭村村民代表会议记录", 4),
        ("苇岭社区居民代表会议记录", 4),
        ("青杠岭村村“两委”会议记录", 4),
        ("苇岭社区股份经济合作社成员代表会议记录", 4),
        ("苇岭社区居民委员会会议记录", 4),
        ("珠溪镇人民政府专题会议纪要", 5),
        ("中共大足区珠溪镇委员会会议纪要", 5),
        ("重庆市大足区人民政府棠香街道办事处主任办公会议纪要", 5),
        ("大足区农业农村委员会党组会议纪要（节选）", 6),
        ("大足区林业局局务会议纪要〔2024〕12号", 6),
        ("重庆市大足区人民政府专题会议纪要", 7),
        ("大足区人民政府常务会议纪要（摘录）", 7),
        ("青杠岭村黑山羊养殖场资产处置方案", 8),
        ("退出协议", 8),
        ("关于青杠岭村黑山羊养殖场处置的公示", 8),
        ("资产评估报告", 8),
        ("债权债务清算报告", 8),
        ("项目资产移交清单", 8),
        ("资产价值评估报告书", 8),
        ("解除租赁合同协议书", 8),
        ("债务清偿协议", 8),
        ("退股协议", 8),
        ("不动产权证书", 8),
        ("帮扶产业项目统计调查表", 1),
        ("专家组评审论证意见", 2),
        ("青杠岭村村民大会记录", 4),
        ("第三组社员会记录", 4),
        ("党员群众代表大会记录", 4),
        ("宝顶镇2024年第20次党政班子会议纪要", 5),
        ("区国资委党委会议纪要", 6),
    ],
)
def test_titles_of_life_lead_to_their_item(annex: Annex, title: str, item: int) -> None:
    assert item == read_kind([page(f"{title}\n正文")], annex).item


@pytest.mark.parametrize(
    "title",
    [
        "关于召开专题会议的通知",
        "重庆增值税普通发票",
        "收款收据",
        "2024年乡村振兴工作总结",
        "分类推进帮扶产业提质增效实施方案（试行）",
        "会议签到表",
        "摸底调查情况报告",  # one character away from 核查情况报告
    ],
)
def test_what_is_no_archive_material_has_no_item(annex: Annex, title: str) -> None:
    assert read_kind([page(f"{title}\n正文")], annex).item is None


def test_a_township_record_is_not_the_village_record(annex: Annex) -> None:
    reading = read_kind([page("珠溪镇党委会会议记录\n时间：2024年11月5日")], annex)

    assert reading.item is None
    assert reading.level is Level.TOWNSHIP
    assert reading.doubts


def test_village_minutes_are_doubted_because_the_plan_asks_for_the_record(annex: Annex) -> None:
    reading = read_kind([page("青杠岭村村民代表会议纪要\n会议议定：")], annex)

    assert reading.item is None
    assert any("会议记录" in doubt for doubt in reading.doubts)


def test_a_title_in_two_lines_is_read_whole(annex: Annex) -> None:
    head = set_page(
        [
            ("重庆市大足区农业农村委员会", 0.2, 0.08, 0.03),
            ("会议纪要", 0.41, 0.12, 0.03),
            ("2024年12月6日，区农业农村委召开会议，研究有关事宜。", 0.12, 0.2, 0.02),
            ("会议听取了汇报，会议议定以下事项。", 0.12, 0.24, 0.02),
            ("一、同意认定为淘汰类。", 0.12, 0.28, 0.02),
        ]
    )

    reading = read_kind([head], annex)

    assert reading.item == 6
    assert reading.level is Level.DEPARTMENT


def test_a_sentence_that_ends_like_a_title_is_none(annex: Annex) -> None:
    body = page(
        "经研究，认为该项目继续经营有困难，会议形成一致意见。\n村集体要求解除承包合同。\n双方同意签订补充协议。"
    )

    assert find_titles(body, annex) == []


def test_a_title_that_its_words_contradict_is_doubted(annex: Annex) -> None:
    words = "应到：45人 实到：39人\n记录人：甲\n主持人：乙\n议题：处置\n发言\n表决：同意37人\n散会"

    reading = read_kind([page(f"珠溪镇人民政府会议纪要\n{words}")], annex)

    assert any("会议记录" in doubt for doubt in reading.doubts)


@pytest.mark.parametrize("title", ["产业项目合作协议节", "会议纪耍"])
def test_short_endings_are_not_guessed(annex: Annex, title: str) -> None:
    match = match_ending(fold(title), annex)

    assert match is None or not match[1]


def test_one_misread_character_in_a_long_ending_is_forgiven(annex: Annex) -> None:
    match = match_ending(fold("经营性帮扶产业项目摸底调査表"), annex)

    assert match is not None
    assert match[0].kind == "survey"


def test_what_a_meeting_was_about_does_not_tell_who_met(annex: Annex) -> None:
    head = "重庆市大足区农业农村委员会\n研究中敖镇有关帮扶产业项目认定工作的会议纪要\n2024年11月14日"

    assert read_kind([page(head)], annex).level is Level.DEPARTMENT


def test_a_meeting_on_the_building_of_a_project_is_left_to_a_person(annex: Annex) -> None:
    about = "珠溪镇人民政府专题会议纪要\n会议听取了黑山羊养殖场项目{}情况汇报，会议议定如下事项。"

    assert read_kind([page(about.format("招标和施工进度"))], annex).doubts
    assert not read_kind([page(about.format("退出和资产处置"))], annex).doubts


def test_a_plain_record_is_the_villages_only_when_nobody_else_met(annex: Annex) -> None:
    village = "会议记录\n时间：2024年11月8日\n地点：村委会会议室\n应到 实到 记录人\n研究项目退出"
    township = village.replace("村委会会议室", "镇政府三楼，村委会主任列席")

    assert read_kind([page(village)], annex).item == 4
    assert read_kind([page(township)], annex).item is None


RECORD_BODY = """时间：2024年11月11日 地点：村委会
主持人：某某 记录人：某某
应到45人 实到39人
表决情况：同意37人，反对1人，弃权1人
村民代表发言 一致同意 散会"""


def test_a_page_that_lost_its_title_is_guessed_from_its_words_and_left_to_a_person(annex: Annex) -> None:
    reading = read_kind([page(RECORD_BODY)], annex)

    assert (reading.kind, reading.title) == ("record", None)
    assert reading.doubts
    assert all("没有找到清楚的题名" in doubt or "会议记录" in doubt for doubt in reading.doubts)
    assert reading.evidence[0].rule == "内容用语像“会议记录”"


def test_words_that_fit_no_kind_are_no_kind(annex: Annex) -> None:
    reading = read_kind([page("今天天气很好")], annex)

    assert (reading.kind, reading.item, reading.reject) == (None, None, "")
    assert reading.doubts == ("看不出是哪一类材料：没有找到题名",)
    assert read_kind([], annex).kind is None


def test_a_faint_title_that_its_body_does_not_bear_out_is_doubted(annex: Annex) -> None:
    rows = [(f"正文第{n}行，说的是别的事情", 0.1, 0.05 + 0.03 * n, 0.02) for n in range(7)]
    reading = read_kind([set_page([*rows, ("青杠岭村会议记录", 0.1, 0.26, 0.02)])], annex)

    assert (reading.kind, reading.item) == ("record", 4)
    assert "题名“青杠岭村会议记录”不够明显，内容中也很少见“会议记录”的用语" in reading.doubts


def test_without_a_title_the_level_of_a_meeting_is_guessed_from_who_chaired_and_said_to_be(
    annex: Annex,
) -> None:
    reading = read_kind(
        [page(f"主持人：村党支部书记某某\n{RECORD_BODY}\n议题 弃权 发言 缺席 参会人员")], annex
    )

    assert (reading.kind, reading.item, reading.level) == ("record", 4, Level.VILLAGE)
    assert reading.doubts == ("没有找到清楚的题名，会议的层级是按开头的文字推测的",)


def test_a_learned_title_is_not_believed_over_the_body_of_an_invoice(annex: Annex) -> None:
    wiser = taught(annex, learned([Lesson("羊事流水单", item=8)]))
    body = "发票代码 发票号码 价税合计 购买方 销售方 税率 税额 开票人"
    reading = read_kind([page(f"羊事流水单\n{body}")], wiser)

    assert any("是从人工确认学来的，内容却像" in doubt for doubt in reading.doubts), reading.doubts
    assert not read_kind([page("羊事流水单\n结清确认")], wiser).doubts
