"""The auditor's sheet of evidence as values: what the project is, its papers, what was found, which pages are shown."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from archivist.core.catalogue.completeness import Waiver
from archivist.core.catalogue.states import states_of
from archivist.core.checks.values import Finding, ProjectFile
from archivist.core.decision import Deregistration
from archivist.core.model import Box, Severity
from archivist.core.override import Override
from archivist.core.page import Line, Page
from archivist.core.project import Category, Project
from archivist.core.proposal import Hand, Proposal
from archivist.core.reports.evidence import (
    NOTHING_SEEN,
    PaperPage,
    about,
    chosen,
    found,
    in_short,
    left_out,
    of_item,
    on_pages_laid_out,
    papers,
    ranges,
    title_of,
    void_overrides,
)
from archivist.core.reports.spots import Kind, Spot
from support.checking import IN_ORDER, RULES, TODAY, decided, held, whole

LIMING = Hand("李某", "区农业农村委", "district", "u")
BOX: Box = (0.7, 0.8, 0.9, 0.9)
SEAL = Spot(Kind.SEAL, 1, "印章", "石坝镇人民政府", boxes=(BOX,), number=1)
REGISTER = Project(
    "A",
    "养殖场",
    "石坝镇",
    "青杠村",
    Category.ELIMINATED,
    year="2018",
    amount=Decimal("183000.00"),
    department="区水利局",
)


def _over(**more: Any) -> Override:
    fields = {
        "document": "D00001",
        "sha256": "0" * 64,
        "message": "m",
        "reason": "看过原件",
        "by": LIMING,
        **more,
    }
    return Override("A", "x-4", "x", 4, at="2026-01-02T10:00:00+08:00", **fields)


def _finding(severity: Severity, **more: Any) -> Finding:
    return Finding("A", 4, "x", severity, "有问题。", **more)


def _page(number: int = 1, *spots: Spot, item: int = 4, **more: Any) -> PaperPage:
    return PaperPage(held(item, "2024-11-02"), number, spots, **more)


def _lines(file: ProjectFile, unit: str = "") -> dict[str, str]:
    return dict(about(file, unit).lines)


def test_a_project_is_told_by_its_register_and_what_that_does_not_say_is_left_out() -> None:
    told = _lines(
        replace(whole(IN_ORDER), register=REGISTER, formerly=(("B-1", "旧名"),), retired=True), "区农业农村委"
    )

    assert told["投入帮扶资金"] == "183000.00 元"
    assert told["曾用编号、名称"] == "B-1 旧名"
    assert told["台账"] == "已移出台账"
    assert told["制表单位"] == "区农业农村委"
    assert "经营主体" not in told


def test_a_project_that_no_register_tells_of_has_number_name_and_standing() -> None:
    assert set(_lines(replace(whole(IN_ORDER), category=None))) == {
        "项目编号",
        "项目名称",
        "项目类别",
        "销号",
    }


def test_an_amount_that_the_register_does_not_say_is_not_told() -> None:
    assert "投入帮扶资金" not in _lines(replace(whole(IN_ORDER), register=replace(REGISTER, amount=None)))


def _gate(**more: Any) -> Deregistration:
    fields: dict[str, Any] = {"decision": decided("D1"), "at": "2025-01-01T10:00:00+08:00", **more}
    return Deregistration(**{"project": "A", "actor": "李某", **fields})


def test_whether_a_project_is_wound_up_is_told_with_the_day() -> None:
    file = whole(IN_ORDER)
    proposal = Proposal("A", "2025-02-01T10:00:00+08:00", LIMING, {}, {}, "0" * 64)

    assert _lines(replace(file, gate=_gate()))["销号"] == "已销号（2025-01-01）"
    assert _lines(replace(file, gate=_gate(decision=None)))["销号"] == "已销号"
    assert "重新打开" in _lines(replace(file, gate=_gate(reopened="2025-03-01T10:00:00+08:00")))["销号"]
    assert "李某" in _lines(replace(file, proposal=proposal))["销号"]
    assert _lines(file)["销号"] == "没有销号"


def test_an_item_is_told_with_its_state_waiver_what_waits_and_its_clause() -> None:
    waiver = Waiver("A", 3, "水灾遗失", "李某", "2025-01-01T10:00:00+08:00", "D9")
    waiting = held(3, None, 9)
    file = replace(
        whole(IN_ORDER), register=REGISTER, waivers={3: waiver}, void=(waiver,), waiting=(waiting,)
    )
    words = of_item(file, RULES.item(3), states_of(file, RULES, TODAY))

    told = "\n".join(words.lines)
    assert "水灾遗失（李某，2025-01-01），以 D9 为凭" in told
    assert "免交已经失效" in told
    assert "还没有归档，不作为依据" in told
    assert "附件4第3项" in told
    assert words.heading.startswith("第3项")


def test_an_item_of_a_project_without_a_register_has_the_plans_words() -> None:
    file = whole(IN_ORDER)
    words = of_item(file, RULES.item(1), states_of(file, RULES, TODAY))

    assert RULES.item(1).name in words.heading
    assert len(words.lines) == 2


def test_papers_are_listed_with_who_decided_and_what_is_not_known() -> None:
    one = replace(held(4, None), decided_by="李某", path_sha256="ab" * 32, original=None)
    (row,) = papers([one], {}, 4).table.rows

    assert row[2:4] == ("日期没有读出", "没有写明")
    assert row[-2:] == ("李某", "abababababab")
    assert papers([one], {}, None).table.rows[0] == (4, *row)
    assert len(papers([one], {}, None).table.columns) == len(row) + 1


def test_a_paper_that_is_not_shown_as_evidence_says_why_in_place_of_its_worth() -> None:
    one = held(4, "2024-11-02")

    (row,) = papers([one], {one.id: "归档的文件不见了"}, 4).table.rows
    assert row[4] == "归档的文件不见了"
    assert papers([one], {}, 4).table.rows[0][4] == "签章件"
    assert papers([one], {}, 4).table.rows[0][5] == "软件按规则归档"


def test_findings_are_listed_the_gravest_first_and_overrides_say_by_whom() -> None:
    judged = [
        (_finding(Severity.INFO), None),
        (_finding(Severity.WARNING, quote="同意"), None),
        (_finding(Severity.ERROR), _over()),
    ]
    table = found(judged).table

    assert [row[0] for row in table.rows] == ["负责人核定", "提醒", "知悉"]
    assert "看过原件" in str(table.rows[0][2])
    assert table.rows[1][2] == "有问题。原文“同意”。"
    assert table.summary == "共 3 处；页是在收到的文件里的页。"


def test_an_override_that_holds_no_longer_is_told() -> None:
    file = replace(whole(IN_ORDER), overrides=(_over(document="D99"),))

    (told,) = void_overrides(file)
    assert "D99 不再是第4项归档的材料" in told


def test_an_override_that_holds_is_not_told_as_void() -> None:
    one = replace(held(4, "2024-11-02"), path_sha256="0" * 64)
    file = ProjectFile("A", "x", "淘汰类", (one,), overrides=(_over(document=one.id),))

    assert list(void_overrides(file)) == []


def test_the_answer_counts_what_nobody_overrode() -> None:
    judged = [(_finding(Severity.ERROR), _over()), (_finding(Severity.WARNING), None)]
    stands = states_of(whole(IN_ORDER), RULES, TODAY)

    assert in_short(judged, stands, 8, 5)[1:] == (
        "检查发现错误 0 处、提醒 1 处，负责人核定 1 处。",
        "归档材料共 8 页，列出 5 页。",
    )
    assert in_short([], stands, 8, 8)[1:] == ("检查发现错误 0 处、提醒 0 处。", "归档材料共 8 页，全部列出。")


@pytest.mark.parametrize(("items", "words"), [({4}, "还没有齐全"), (set(), "还没有齐全")])
def test_what_is_not_complete_is_not_called_so(items: set[int], words: str) -> None:
    file = ProjectFile("A", "x", "淘汰类", tuple(held(item, "2024-11-02") for item in items))

    assert words in in_short([], states_of(file, RULES, TODAY), 0, 0)[0]


def test_what_is_complete_is_called_so() -> None:
    stands = states_of(whole(IN_ORDER), RULES, TODAY)
    good = stands._replace(items=tuple(one._replace(required=False) for one in stands.items))

    assert "全部齐全" in in_short([], good, 0, 0)[0]


def test_pages_on_which_something_was_found_are_shown_before_others_in_their_order() -> None:
    pages = [_page(1), _page(2, SEAL), _page(3), _page(4, SEAL)]

    assert chosen(pages, 9) == pages
    assert [page.number for page in chosen(pages, 3)] == [1, 2, 4]
    assert [page.number for page in chosen(pages, 1)] == [2]
    assert chosen(pages, 0) == chosen(pages, -1) == []


def test_pages_that_are_left_out_are_told_paper_by_paper() -> None:
    pages = [_page(number) for number in (1, 2, 3, 5)]

    assert left_out(pages, pages) == ()
    assert left_out(pages, pages[:1]) == ("D00001：第 2—3、5 页没有列出，共 3 页。",)


def test_runs_of_numbers_are_told_together() -> None:
    assert ranges([5, 1, 2, 3, 9, 8]) == "1—3、5、8—9"


def test_a_caption_counts_pages_within_the_paper_and_says_where_a_scan_has_them() -> None:
    one = replace(held(4, "2024-11-02"), title="会议记录")
    cut = PaperPage(replace(one, first=3, last=5), 4, ())

    assert PaperPage(one, 1, ()).caption == "A　D00001《会议记录》　第 1 页（共 2 页）"
    assert cut.place == "第 2 页（共 3 页；在收到的文件里是第 4 页）"
    assert PaperPage(replace(one, project=None), 1, ()).caption.startswith("　")


def test_a_long_title_is_shortened_and_a_paper_without_one_goes_by_its_name() -> None:
    assert title_of(replace(held(4, None), title="长" * 300)) == "长" * 39 + "…"
    assert title_of(held(4, None)) == "4.pdf"


def test_what_a_picture_shows_is_told_for_who_cannot_see_it() -> None:
    unplaced = Spot(Kind.QUOTE, 1, "债务", "x", number=2)

    assert "框出：1 印章（右下）" in _page(1, SEAL, unplaced).alt
    assert "债务" not in _page(1, SEAL, unplaced).alt
    assert "没有框出什么" in _page(1, unplaced).alt


def test_a_page_on_which_nothing_was_found_says_so() -> None:
    assert _page().lines(True) == (("", NOTHING_SEEN),)
    assert _page(1, SEAL).lines(True)[0][0] == "1 印章"


def test_the_record_of_a_page_has_both_its_numbers_and_why_it_is_not_shown() -> None:
    paper = replace(held(4, "2024-11-02"), first=3, last=5)
    record = PaperPage(paper, 4, (SEAL,), "归档的文件不见了").record()

    assert (record["page"], record["source_page"], record["refused"]) == (2, 4, "归档的文件不见了")
    assert record["spots"][0]["boxes"] == [list(BOX)]


def test_words_of_a_file_without_pages_are_found_on_those_it_was_laid_out_on() -> None:
    quote = Spot(Kind.QUOTE, 1, "会议意见", "同意", "同意退出", number=1)
    lost = Spot(Kind.SEAL, 1, "印章", "x", number=2)
    laid_out = [
        Page(1, (Line("会议记录", BOX),)),
        Page(2, (Line("同意退出", BOX),)),
        Page(3, (Line("同意退出", BOX),)),
    ]

    first, second = on_pages_laid_out([_page(1, quote, lost)], laid_out, 2)

    assert [(spot.label, spot.number, spot.boxes) for spot in first.spots] == [("印章", 1, ())]
    assert second.spots[0].label == "会议意见"
    assert second.spots[0].boxes
    assert second.place == "第 2 页（共 3 页；由软件排版，分页可能与原件不同）"
