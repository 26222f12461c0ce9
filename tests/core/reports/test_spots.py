"""What the checks found on each page of a paper and rest on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from archivist.core.checks.values import Finding
from archivist.core.document import Holding
from archivist.core.model import (
    Box,
    Candidate,
    Evidence,
    Fact,
    Marks,
    SealSeen,
    Seen,
    Severity,
    SignaturePlace,
)
from archivist.core.override import Override
from archivist.core.page import Line, Page, SealMark
from archivist.core.proposal import Hand
from archivist.core.reports.spots import Kind, Spot, served_by, shown, spots_of
from support.checking import RULES, held

BOX = (0.6, 0.7, 0.8, 0.85)


def _near(*boxes: Box) -> Any:
    """Boxes to compare with, as near as their decimals tell."""
    return tuple(pytest.approx(box) for box in boxes)


def _one(item: int = 4, **more: Any) -> Holding:
    """A paper on which nothing was found but what is given."""
    return replace(held(item, "2024-11-02"), **{"facts": (), "marks": Marks(), "candidates": (), **more})


def _spots(one: Holding, *pages: Page, findings: tuple[Any, ...] = ()) -> dict[int, tuple[Spot, ...]]:
    assert one.item is not None
    return spots_of(one, pages, RULES.item(one.item), RULES, findings)


def _only(one: Holding, *pages: Page, findings: tuple[Any, ...] = ()) -> Spot:
    ((spot,),) = _spots(one, *pages, findings=findings).values()
    return spot


def _seal(**more: Any) -> Marks:
    return Marks(
        (SealSeen(**{"page": 1, "box": BOX, "shape": "round", "ink": "red", "confidence": 0.9, **more}),)
    )


@pytest.mark.parametrize(
    ("seal", "told"),
    [
        ({"owner": "石坝镇人民政府", "fits": Seen.YES}, "石坝镇人民政府，是应当盖章的单位"),
        ({"text": "某公司", "fits": Seen.NO}, "章上的字读作“某公司”，不是这一项应当盖章的单位"),
        ({"block": "镇街"}, "章上的字没有读出来，盖在“镇街”栏，是不是应当盖章的单位，看不准"),
    ],
)
def test_a_seal_is_told_with_whose_it_is_and_whether_it_is_asked_for(seal: dict[str, Any], told: str) -> None:
    spot = _only(_one(2, marks=_seal(**seal)))

    assert (spot.kind, spot.told, spot.boxes, spot.number) == (Kind.SEAL, told, (BOX,), 1)
    assert "核查评估单位签字盖章确认" in spot.clause


@pytest.mark.parametrize(
    ("colour", "words"),
    [
        ("colour", "是复印的章"),
        ("plain", "是复印的章"),
        ("grey", "看不出是不是红章"),
        ("", "看不出是不是红章"),
    ],
)
def test_a_dark_seal_is_a_copy_only_where_the_picture_has_colours(colour: str, words: str) -> None:
    assert words in _only(_one(marks=_seal(ink="dark")), Page(1, colour=colour)).told


def test_no_clause_is_told_of_a_seal_that_the_item_does_not_ask_for() -> None:
    unasked = next(rule.number for rule in RULES.items if not rule.seal)

    assert _only(_one(unasked, marks=_seal())).clause == ""


def test_what_looks_a_little_like_a_seal_counts_for_nothing_and_is_told_where_no_seal_was_seen() -> None:
    marks = (SealMark(BOX, 0.3), SealMark((0.3, 0.3, 0.4, 0.4), 0.9, "square"))
    pages = (Page(1, seals=marks), Page(9, seals=marks))

    spot = _only(_one(sealed=Seen.UNKNOWN), *pages)
    assert (spot.page, spot.kind, spot.label) == (1, Kind.SEAL, "疑似印章")
    assert _spots(_one(sealed=Seen.YES), *pages) == {}


def test_a_stamp_of_receipt_is_told_and_counts_for_nothing() -> None:
    told = _only(_one(), Page(1, seals=(SealMark(BOX, 0.9, text="收文"),))).told

    assert told == "有像印章的东西，没有算作印章，字读作“收文”"


def test_a_seal_that_counts_is_told_once() -> None:
    assert len(_spots(_one(marks=_seal()), Page(1, seals=(SealMark(BOX, 0.9),)))[1]) == 1


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        (Seen.YES, "“记录人”处看到了签字"),
        (Seen.NO, "“记录人”处没看到签字"),
        (Seen.UNKNOWN, "“记录人”处有没有签字，看不准"),
    ],
)
def test_a_place_to_sign_is_told_with_what_was_seen(seen: Seen, told: str) -> None:
    marks = Marks((), (SignaturePlace(1, "记录人", seen, "记录人："),))
    spot = _only(_one(marks=marks), Page(1, (Line("记录人：", (0.1, 0.8, 0.2, 0.83)),)))

    assert (spot.kind, spot.told) == (Kind.SIGNATURE, told)
    assert spot.boxes
    assert spot.clause


def test_no_clause_is_told_of_a_signature_that_the_item_does_not_ask_for() -> None:
    unasked = next(rule.number for rule in RULES.items if not rule.signature)
    marks = Marks((), (SignaturePlace(1, "记录人", Seen.YES, "记录人："),))

    assert _only(_one(unasked, marks=marks)).clause == ""
    assert _only(_one(unasked, marks=marks)).boxes == ()


def test_a_date_is_told_with_the_order_it_is_compared_by() -> None:
    dated = Marks(dated=Evidence(2, "2024年11月2日", "日期"))
    spot = _only(_one(marks=dated), Page(2, (Line("2024年11月2日", BOX),)))

    assert (spot.kind, spot.page, spot.told) == (Kind.DATE, 2, "这份材料的日期：2024-11-02")
    assert spot.boxes == _near(BOX)
    assert RULES.procedure.orders[0].quote in spot.clause


def test_a_date_that_no_order_asks_for_rests_on_the_item() -> None:
    rule = RULES.items[-1]
    spot = _only(_one(rule.number, date=None, marks=Marks(dated=Evidence(1, "某月", "日期"))))

    assert spot.told == "写着日期，没有读成年月日"
    assert spot.clause.startswith(rule.clause)
    assert spot.boxes == ()


def test_votes_on_the_same_words_are_one_place_and_decide_by_their_clause() -> None:
    facts = tuple(
        Fact(name, number, 1, "应到20人，实到18人") for name, number in (("应到", "20"), ("实到", "18"))
    )
    spot = _only(_one(facts=facts), Page(1, (Line("应到20人，实到18人", BOX),)))

    assert (spot.label, spot.told) == ("应到、实到", "应到：20；实到：18")
    assert spot.clause == RULES.item(4).evidence.votes[0].clause


def test_facts_that_decide_nothing_or_are_about_another_project_are_left_out() -> None:
    facts = (Fact("会议地点", "村委会", 1, "地点"), Fact("应到", "20", 1, "应到20人", project="B"))

    assert _spots(_one(facts=facts)) == {}
    assert "会议地点" not in served_by(RULES).by_fact


def test_an_amount_has_its_unit_whom_it_is_owed_to_and_whether_it_is_settled() -> None:
    debt = Fact("债务", "19000.00", 1, "欠付苗种款1.90万元", state="未结清", party="张某")

    assert _only(_one(facts=(debt,))).told == "债务：1.9万元（张某，未结清）"


def test_what_a_meeting_decided_and_an_assessment_advises_is_told() -> None:
    agreed, assessment = RULES.procedure.agreed, RULES.procedure.cross.assessment
    assert agreed is not None
    assert assessment is not None
    told = served_by(RULES).by_fact

    assert told[agreed.fact][0] == "明确意见"
    assert told[assessment.advice][0] == "评估建议"
    assert "文号" in told


def test_rules_without_meetings_and_assessments_serve_none() -> None:
    cross = replace(RULES.procedure.cross, assessment=None, matches=())
    bare = replace(RULES, procedure=replace(RULES.procedure, agreed=None, cross=cross))

    assert "会议意见" not in served_by(bare).by_fact
    assert "应到" in served_by(bare).by_fact


def _finding(**more: Any) -> Finding:
    fields = {
        "project": "A",
        "item": 4,
        "code": "x",
        "severity": Severity.ERROR,
        "message": "请运行 archivist。",
        **more,
    }
    return Finding(**fields)


OVER = Override(
    "A",
    "x-4",
    "x",
    4,
    "D00001",
    "0" * 64,
    "m",
    "看过原件",
    Hand("李某", "区农业农村委", "district", "u"),
    "2026-01-02T10:00:00+08:00",
)


def test_a_finding_stands_on_its_page_in_the_words_of_the_folders() -> None:
    one = _one()
    finding = _finding(document=one.id, page=2, quote="同意", in_folder="会议没有同意。", clause="三、（二）")
    spot = _only(one, Page(2, (Line("同意", BOX),)), findings=((finding, None),))

    assert (spot.label, spot.told, spot.clause) == ("错误", "会议没有同意。", "三、（二）")
    assert spot.boxes == _near(BOX)


def test_an_overridden_finding_says_by_whom() -> None:
    one = _one()
    spot = _only(one, findings=((_finding(document=one.id, page=1), OVER),))

    assert "李某" in spot.told
    assert "看过原件" in spot.told


def test_a_finding_stands_on_the_paper_that_it_contradicts_too() -> None:
    one = _one()
    finding = _finding(document="D9", page=1, other_document=one.id, other_page=2, other_quote="73.40万元")

    spot = _only(one, findings=((finding, None),))

    assert (spot.page, spot.quote) == (2, "73.40万元")
    assert spot.told.startswith("与这里不一致")


def test_findings_of_other_papers_and_of_none_stand_on_no_page() -> None:
    findings = (
        _finding(),
        _finding(document="D9", page=1),
        _finding(document="D00001"),
        _finding(other_document="D00001"),
    )

    assert _spots(_one(), findings=tuple((one, None) for one in findings)) == {}


def test_two_findings_on_the_same_words_stay_two() -> None:
    one = _one()
    findings = tuple((_finding(document=one.id, page=1, quote="同意", code=code), None) for code in "xy")

    assert [spot.number for spot in _spots(one, findings=findings)[1]] == [1, 2]


def test_why_it_is_taken_for_this_project_is_told_where_the_software_decided_so() -> None:
    proofs = (
        Evidence(1, "黑山羊养殖场", "项目名称相符"),
        Evidence(1, "黑山羊养殖场", "村相符"),
        Evidence(1, "", "只有编号"),
    )
    one = _one(candidates=(Candidate("A", 4, 0.9, proofs),))

    spot = _only(one)

    assert (spot.label, spot.told) == ("归档依据", "项目名称相符；村相符")
    assert _spots(replace(one, item=5)) == {}


def test_what_stands_outside_the_papers_pages_is_not_its_own() -> None:
    assert _spots(_one(facts=(Fact("应到", "20", 9, "应到20人"),))) == {}


def test_words_that_are_not_found_again_have_no_box_and_that_is_said_beside_a_picture() -> None:
    spot = _only(_one(facts=(Fact("应到", "20", 1, "应到20人"),)), Page(1, (Line("别的话", BOX),)))

    assert spot.boxes == ()
    assert "没有框出" in shown(spot, pictured=True)[1]
    assert "没有框出" not in shown(spot)[1]


def test_a_line_tells_number_label_quote_and_clause_and_cuts_a_long_quote() -> None:
    spot = Spot(Kind.QUOTE, 1, "债务", "债务：1万元", "长" * 80, "债务", "正文二", number=3)
    label, words = shown(spot)

    assert label == "3 债务"
    assert words.startswith("债务：1万元。原文“" + "长" * 59 + "…”。")
    assert words.endswith("依据：正文二。")
    assert "原文" not in shown(Spot(Kind.SIGNATURE, 1, "签字", "看到了。", "记录人："))[1]


def test_the_record_has_boxes_as_fractions() -> None:
    spot = Spot(Kind.SEAL, 1, "印章", "x", boxes=((0.123456, 0.2, 0.3, 0.4),), number=1)

    assert spot.record() == {
        "number": 1,
        "kind": "印章",
        "label": "印章",
        "told": "x",
        "quote": None,
        "rule": None,
        "clause": None,
        "boxes": [[0.1235, 0.2, 0.3, 0.4]],
    }
