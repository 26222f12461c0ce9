"""Whole sources: cut where documents begin, decided only where nothing speaks against it."""

from __future__ import annotations

from archivist.core.identification import Identification
from archivist.core.identify.register_index import RegisterIndex, build_index
from archivist.core.identify.split import cut
from archivist.core.identify.whole import Thresholds, identify
from archivist.core.model import TextSource
from archivist.core.page import Extract, Line, Page
from archivist.core.project import Category, Project
from archivist.core.rules import Annex
from support.read_pages import page

NAME = "珠溪镇青杠岭村黑山羊标准化养殖场项目"
RECORD = f"""青杠岭村村民代表会议记录
时间：2024年11月11日
应到：45人 实到：39人
议题：{NAME}认定为淘汰类
表决情况：同意37人，反对1人，弃权1人
记录人：邓小琴
散会"""
CONTRACT = f"""产业项目合作协议书
甲方：珠溪镇青杠岭村民委员会
乙方：岭上牧业专业合作社
就{NAME}达成如下协议
违约责任
2018年5月20日"""


def found(pages: list[str | Page], annex: Annex, register: RegisterIndex) -> list[Identification]:
    made = [page(text, at) if isinstance(text, str) else text for at, text in enumerate(pages, start=1)]
    return identify(Extract("pdf", tuple(made)), annex, register, Thresholds())


def test_a_combined_scan_is_cut_at_its_titles(annex: Annex, register: RegisterIndex) -> None:
    parts = found([RECORD, "续页\n签字", CONTRACT], annex, register)

    assert [(part.first, part.last) for part in parts] == [(1, 2), (3, 3)]
    assert [part.decided[0].item for part in parts] == [4, 3]


def test_blank_pages_separate_and_belong_to_nobody(annex: Annex, register: RegisterIndex) -> None:
    parts = found([RECORD, Page(2, blank=True), CONTRACT, Page(4, blank=True)], annex, register)

    assert [(part.first, part.last) for part in parts] == [(1, 1), (3, 3)]


def test_attachments_and_attendance_lists_stay_with_their_document(annex: Annex) -> None:
    pages = [
        page(RECORD, 1),
        page("附件1\n资产清单\n羊舍 2栋", 2),
        page("会议签到表\n张三", 3),
        page(CONTRACT, 4),
    ]

    parts = cut(pages, annex)

    assert [[p.number for p in part.pages] for part in parts] == [[1, 2, 3], [4]]


def test_a_bad_part_does_not_sink_its_neighbours(annex: Annex, register: RegisterIndex) -> None:
    parts = found([RECORD, "重庆增值税普通发票\n发票代码 发票号码 价税合计", CONTRACT], annex, register)

    assert [part.decided[0].item if part.decided else None for part in parts] == [4, None, 3]
    assert not parts[1].archival


def test_what_was_read_with_doubt_is_guessed_and_left_to_a_person(
    annex: Annex, register: RegisterIndex
) -> None:
    invoice = page("重庆增值税普通发票\n发票代码 发票号码 价税合计", 2)
    doubted = Extract("pdf", (page(RECORD, 1), invoice), doubt="修补后才读出来")

    record, paid = identify(doubted, annex, register, Thresholds())

    assert (record.decided, record.candidates[0].item, record.reasons) == ((), 4, ("修补后才读出来",))
    assert not paid.archival


def test_dates_are_the_documents_own(annex: Annex, register: RegisterIndex) -> None:
    parts = found([RECORD, CONTRACT], annex, register)

    assert [part.date for part in parts] == ["2024-11-11", "2018-05-20"]


def test_projects_of_other_categories_are_not_filed_by_themselves(annex: Annex) -> None:
    register = build_index([Project("A-1001", NAME, "珠溪镇", "青杠岭村", Category.WEAK)])

    (part,) = found([RECORD], annex, register)

    assert not part.decided
    assert any("薄弱类" in reason for reason in part.reasons)


def test_joint_minutes_count_for_each_project_they_decide_on(annex: Annex, register: RegisterIndex) -> None:
    text = f"""大足区人民政府专题会议纪要
2024年12月18日，区政府召开专题会议。会议议定：
一、同意认定{NAME}为淘汰类，按程序销号退出。
二、同意认定宝兴镇响水岩村花椒种植园项目为淘汰类，按程序销号退出。"""

    (part,) = found([text], annex, register)

    assert {("DZ-2018-0017", 7), ("DZ-2017-0031", 7)} == {(c.project, c.item) for c in part.decided}


def test_a_mere_mention_in_minutes_does_not_count(annex: Annex, register: RegisterIndex) -> None:
    text = f"""大足区人民政府专题会议纪要
2024年12月18日，区政府召开专题会议。会议议定：
一、同意认定{NAME}为淘汰类，按程序销号退出。
二、会议要求，各镇街抓好后续工作，严格资金管理，确保群众利益不受损，各部门要加强指导，按月报送进展情况。
三、参照宝兴镇响水岩村花椒种植园项目的做法做好土地复垦。"""

    (part,) = found([text], annex, register)

    assert [(c.project, c.item) for c in part.decided] == [("DZ-2018-0017", 7)]


def test_a_blank_form_is_not_filed(annex: Annex, register: RegisterIndex) -> None:
    form = """大足区帮扶产业项目摸底调查表
项目名称
项目编号
项目地点 大足区 镇（街道） 村（社区）
村级初步认定
镇街认定
填表说明"""

    (part,) = found([form], annex, register)

    assert not part.decided
    assert any("空白表" in reason for reason in part.reasons)


def test_every_filed_document_tells_page_and_quote(annex: Annex, register: RegisterIndex) -> None:
    (part,) = found([RECORD], annex, register)

    assert part.decided[0].evidence
    assert all(e.page == 1 and e.quote for e in part.decided[0].evidence)
    assert all("第1页" in reason for reason in part.reasons)


def test_the_survey_form_begins_a_document_though_it_calls_itself_an_annex(annex: Annex) -> None:
    pages = [
        page(RECORD, 1),
        page("附件2\n大足区帮扶产业项目摸底调查表\n项目名称", 2),
        page("附件3\n资产清单", 3),
    ]

    assert [[p.number for p in part.pages] for part in cut(pages, annex)] == [[1], [2, 3]]


def test_a_sheet_with_nothing_but_punch_holes_separates(annex: Annex) -> None:
    holes = Page(2, (Line("●", (0.01, 0.3, 0.04, 0.32)), Line("●", (0.01, 0.64, 0.04, 0.66))), TextSource.OCR)
    speck = Page(2, (Line("●", (0.4, 0.3, 0.44, 0.32)),), TextSource.OCR)

    for middle, expected in ((holes, [[1], [3]]), (speck, [[1, 2], [3]])):
        parts = cut([page(RECORD, 1), middle, page(CONTRACT, 3)], annex)
        assert [[p.number for p in part.pages] for part in parts] == expected
