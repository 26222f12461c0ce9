"""Which date is a document's own: only the role that its kind allows, else none, and a person is told why."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivist.core.daterules import DateRole
from archivist.core.model import TextSource
from archivist.core.page import Line, Page, SealMark
from archivist.core.paper.daterole import read_dates
from archivist.core.paper.dates import dates_in
from archivist.core.paper.dating import Dating, document_date
from archivist.core.rules import Annex
from archivist.workspace.resources import data_folder
from archivist.workspace.rulebook import load_annex
from support.dated_papers import PAPERS, DatedPaper
from support.read_pages import page, set_page


@cache
def _annex() -> Annex:
    return load_annex(data_folder("schemas"))


@pytest.fixture
def annex() -> Annex:
    return _annex()


def dated(annex: Annex, kind: str | None, *pages: Page) -> Dating:
    return document_date(annex.kind(kind) if kind else None, pages, annex.dates)


def iso(dating: Dating) -> str | None:
    return dating.when.iso if dating.when else None


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_a_paper_is_dated_by_its_own_date_or_not_at_all(paper: DatedPaper, annex: Annex) -> None:
    dating = dated(annex, paper.kind, page(paper.text))

    assert iso(dating) == paper.date
    assert bool(dating.why) == (paper.date is None)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_boxes_make_no_difference_to_lines_in_reading_order(paper: DatedPaper, annex: Annex) -> None:
    rows = [(line, 0.1, 0.05 + 0.03 * at, 0.018) for at, line in enumerate(paper.text.splitlines())]

    assert iso(dated(annex, paper.kind, set_page(rows))) == paper.date


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_full_width_digits_are_digits(paper: DatedPaper, annex: Annex) -> None:
    wide = paper.text.translate({0x30 + digit: 0xFF10 + digit for digit in range(10)})

    assert iso(dated(annex, paper.kind, page(wide))) == paper.date


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_a_cameras_stamp_never_becomes_the_date(paper: DatedPaper, annex: Annex) -> None:
    stamp = "\n工作记录\n拍摄时间：2026年01月23日 15:22\n地 点：重庆市大足区\n水印相机 已验证照片真实性"
    clock = "\n2026-01-23 15:22:10"

    for more in (stamp, clock):
        assert iso(dated(annex, paper.kind, page(paper.text + more))) != "2026-01-23"


@pytest.mark.parametrize("paper", [one for one in PAPERS if one.date], ids=lambda paper: paper.name)
def test_the_date_is_quoted_from_the_page(paper: DatedPaper, annex: Annex) -> None:
    when = dated(annex, paper.kind, page(paper.text)).when

    assert when is not None
    assert when.whole
    assert when.quote in "".join(paper.text.splitlines()) or when.quote in paper.text
    assert len(when.quote) <= 60


def test_a_long_paragraph_is_quoted_about_its_date(annex: Annex) -> None:
    lead = "镇农业服务中心、镇财政办公室、镇规划建设管理环保办公室和青杠岭村负责人参加会议，" * 3
    text = f"专题会议纪要\n{lead}2024年11月19日，镇长主持召开专题会议，研究处置事项，纪要如下："
    when = dated(annex, "minutes", page(text)).when

    assert when is not None
    assert "2024年11月19日" in when.quote


def test_why_a_document_has_no_date_is_a_sentence_for_people(annex: Annex) -> None:
    minutes = dated(annex, "minutes", page("专题会议纪要\n会议同意。\n珠溪镇人民政府\n2024年11月20日"))
    agreement = dated(annex, "agreement", page("协议书\n甲方（盖章）：\n年 月 日"))

    assert minutes.reasons == (
        "日期没有读出：没有写会议日期，只有印发或落款日期 2024-11-20，请看原件补记日期",
    )
    assert agreement.reasons == ("日期没有读出：签订日期（年 月 日）空着或看不清，请看原件补记日期",)


def test_a_year_taken_from_elsewhere_says_where_from(annex: Annex) -> None:
    text = "专题会议纪要\n〔2024〕31号\n11月19日，镇长主持召开会议，研究处置事项。"
    dating = dated(annex, "minutes", page(text))

    assert iso(dating) == "2024-11-19"
    assert dating.reasons == ("会议日期没有写年份，年份取自“〔2024〕31号”（第1页）",)


BLOCKS = ["摸底调查表", "村级初步认定", "盖章", "2024年11月12日", "镇街认定", "盖章", "2024年11月15日"]
BLOCKS += ["主管部门认定情况及工作建议", "盖章", "2024年11月19日"]


def read_as(lines: list[str], last: float, seals: tuple[SealMark, ...] = ()) -> Page:
    """Lines below each other as recognition gives them, the last one read with this confidence."""
    sure = [0.99] * (len(lines) - 1) + [last]
    boxes = [(0.1, 0.05 + 0.09 * at, 0.5, 0.1 + 0.09 * at) for at in range(len(lines))]
    read = tuple(Line(text, box, share) for text, box, share in zip(lines, boxes, sure, strict=True))
    return Page(1, read, TextSource.OCR, seals=seals)


def test_a_blocks_date_that_was_not_read_surely_is_none(annex: Annex) -> None:
    """It lies under a seal: a misread figure would be a wrong date."""
    seal = SealMark((0.3, 0.6, 0.6, 1.0), 0.9)

    assert iso(dated(annex, "survey", read_as(BLOCKS, 0.8))) == "2024-11-19"
    hidden = dated(annex, "survey", read_as(BLOCKS, 0.8, (seal,)))
    assert (hidden.when, hidden.why) == (None, "最后一栏的日期没有填或看不清")
    assert iso(dated(annex, "survey", read_as(BLOCKS, 0.95, (seal,)))) == "2024-11-19"
    assert iso(dated(annex, "survey", read_as(BLOCKS, 0.7))) is None


def test_a_date_that_recognition_could_not_read_is_none_of_any_role(annex: Annex) -> None:
    report = ["核查评估报告", "核查组认为不具备经营条件。", "大足区农业农村委员会", "2024年12月5日"]

    assert iso(dated(annex, "assessment", read_as(report, 0.7))) == "2024-12-05"
    assert iso(dated(annex, "assessment", read_as(report, 0.5))) is None


def test_pages_are_one_paper(annex: Annex) -> None:
    first = page("村级初步认定\n盖章\n2024年11月12日\n镇街认定\n盖章\n2024年11月19日", 1)
    second = page("主管部门认定情况及工作建议\n盖章\n2024年12月9日", 2)
    cut = page("主管部门认定情况及工作建议\n盖章", 2)

    assert iso(dated(annex, "survey", first, second)) == "2024-12-09"
    assert iso(dated(annex, "survey", first, cut)) is None
    when = dated(annex, "survey", first, second).when
    assert when is not None
    assert when.page == 2


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("出生日期：1968年3月5日", DateRole.BIRTH),
        ("公示时间：2024年11月12日", DateRole.PUBLICITY),
        ("于2025年3月31日前完成处置。", DateRole.DEADLINE),
        ("自2020年5月1日起计算。", DateRole.TERM),
        ("首期款于2021年12月20日付清。", DateRole.PAYMENT),
        ("评估基准日为2024年10月31日。", DateRole.BASE),
        ("截至2024年10月31日，尚欠5.04万元。", DateRole.BASE),
        ("拍摄时间：2024年12月03日 15:22", DateRole.STAMP),
        ("2024-12-03 15:22", DateRole.STAMP),
        ("2024年12月3日 星期二", DateRole.STAMP),
        ("根据2024年10月8日《关于分类处置的通知》要求，", DateRole.LAW),
        ("珠溪镇党政办公室 2024年11月20日印发", DateRole.ISSUED),
        ("该项目2022年9月30日停产，闲置至今。", DateRole.EVENT),
        ("2024年10月8日前往现场核查。", DateRole.EVENT),
        ("发现时间：2024年10月8日", DateRole.EVENT),
        ("签订日期：2020年4月26日", DateRole.SIGNED),
        ("成文日期：2024年12月5日", DateRole.MADE),
        ("会议时间：2024年11月19日", DateRole.MEETING),
    ],
)
def test_every_date_has_a_role(text: str, role: DateRole, annex: Annex) -> None:
    found = read_dates([page(f"有关情况\n{text}")], annex.kind("other"), annex.dates)

    assert [one.role for one in found] == [role]


@given(
    st.lists(
        st.text(alphabet="2024年11月19日前自至《》（）：，。 盖章会议主持召开〔〕-.", max_size=60),
        max_size=12,
    )
)
def test_whatever_is_written_a_date_is_real_and_of_an_allowed_role(lines: list[str]) -> None:
    annex = _annex()
    for kind in (None, "minutes", "agreement", "survey", "assessment"):
        dating = dated(annex, kind, page("\n".join(["题", *lines])))
        assert (dating.when is None) == bool(dating.why)
        assert dating.when is None or re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", dating.when.iso)


OTHERS = [
    "会议要求，于2031年3月31日前完成资产处置。",
    "首期款于2031年12月20日付清。",
    "合作期限自2031年5月1日起至2031年10月30日止。",
    "评估基准日为2031年1月31日。",
    "截至2031年6月30日，尚欠土地流转费3.84万元。",
    "公示时间：2031年11月12日至2031年11月23日",
    "拍摄时间：2031年12月03日 15:22",
    "2031-12-03 15:22",
    "2031年12月3日 星期二 15:22",
    "负责人出生日期：1968年3月5日",
    "根据《重庆市农村集体资产管理条例》（2031年7月30日修订），",
    "珠溪镇党政办公室 2031年11月20日印发",
    "该项目2031年9月30日停产，设施闲置至今。",
    "双方于2031年5月20日签订的《合作协议书》同时废止。",
    "打印时间：2031/3/1",
    "下次会议时间：2031年11月25日",
    "整改时限：2031年6月30日",
    "有效期至2031年6月30日",
]


@pytest.mark.parametrize("other", OTHERS)
def test_a_date_of_another_role_never_becomes_the_papers_own_wherever_it_stands(
    other: str, annex: Annex
) -> None:
    others, wrong = dates_in(other), []
    for paper in PAPERS:
        lines = paper.text.splitlines()
        labels = {
            at for at, line in enumerate(lines, 1) if line == "会议时间"
        }  # nobody could tell behind one
        for at in set(range(1, len(lines) + 1)) - labels:
            when = dated(annex, paper.kind, page("\n".join([*lines[:at], other, *lines[at:]]))).when
            if when is not None and when.iso in others:
                wrong.append((paper.name, at, when.iso))
    assert wrong == []


@pytest.mark.parametrize(
    ("head", "when"),
    [
        ("2024年11月20日召开的党委会议，听取了汇报，现将决定事项通知如下：", "2024-11-20"),
        (
            "2024年11月20日召开的党委会议，听取了分管领导关于该项目\n退出情况的汇报，现将决定\n事项通知如下：",
            "2024-11-20",
        ),
        ("2024年11月20日召开的村民代表会议同意退出，现报镇党委研究。", None),
    ],
)
def test_the_meeting_whose_decisions_are_announced_dates_the_notice(
    annex: Annex, head: str, when: str | None
) -> None:
    text = f"中共回龙镇委员会\n党委会议决定事项通知\n磨盘坪村委会：\n{head}\n一、同意认定。\n中共回龙镇委员会\n2024.11.22"

    assert iso(dated(annex, "minutes", page(text))) == when


def test_a_part_told_in_a_word_has_no_date_of_its_own(annex: Annex) -> None:
    text = "摸底情况统计表\n村级初步认定：淘汰类 镇街认定：淘汰类\n重庆市大足区人民政府双路街道办事处\n2024年11月15日"

    assert iso(dated(annex, "survey", page(text))) == "2024-11-15"


@pytest.mark.parametrize("head", ["【时间】2024年11月4日", "[时间] 2024年11月4日"])
def test_labels_in_brackets_are_labels(annex: Annex, head: str) -> None:
    text = f"前进堰村村民代表会议记录\n{head}\n【地点】村活动室\n经表决，同意25人。"

    assert iso(dated(annex, "record", page(text))) == "2024-11-04"
