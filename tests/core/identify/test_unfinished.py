"""What is a draft is no evidence: places left open, and Word files of this software that nobody printed and signed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archivist.core.drafts.mark import FACT, keywords, made_here
from archivist.core.identify.register_index import RegisterIndex
from archivist.core.identify.unfinished import being_written, headed, left_open, unprinted, unsettled
from archivist.core.identify.whole import Thresholds, identify
from archivist.core.model import TextSource
from archivist.core.page import COMMENTED, REVISED, Extract, Line, Page, SealMark
from archivist.core.rules import Annex
from support.read_pages import page

CODE, NAME = "DZ-2018-0017", "珠溪镇青杠岭村黑山羊标准化养殖场项目"
MINUTES = f"""珠溪镇人民政府专题会议纪要
2024年11月19日，镇长主持召开专题会议，研究{NAME}（项目编号{CODE}）退出事宜。
会议听取了情况汇报，会议认为该项目不具备继续经营条件。
会议议定：同意{NAME}认定为淘汰类。
珠溪镇人民政府
2024年11月20日"""
MARK = {"keywords": keywords(CODE, 5, "township-minutes", "a1b2c3")}


def found(
    extract: Extract, annex: Annex, register: RegisterIndex
) -> tuple[list[int | None], int | None, str]:
    (part,) = identify(extract, annex, register, Thresholds())
    return [one.item for one in part.decided], part.candidates[0].item, "；".join(part.reasons)


def test_the_signed_scan_of_minutes_is_evidence(annex: Annex, register: RegisterIndex) -> None:
    assert found(Extract("pdf", (page(MINUTES),)), annex, register)[0] == [5]


@pytest.mark.parametrize("left", ["【待填】", "[待填]", "【待填：列席人员】"])
def test_a_paper_with_places_left_open_waits_with_its_item_and_their_number(
    annex: Annex, register: RegisterIndex, left: str
) -> None:
    text = f"{MINUTES}\n出席：{left}\n列席：{left}"
    decided, guess, why = found(Extract("docx", (page(text),)), annex, register)

    assert (decided, guess) == ([], 5)
    assert "还有 2 处【待填】" in why
    assert "扫描件" in why


def test_a_draft_of_this_software_waits_until_it_was_printed_and_signed(
    annex: Annex, register: RegisterIndex
) -> None:
    typed = replace(page(MINUTES), text_source=TextSource.NATIVE)

    decided, guess, why = found(Extract("docx", (typed,), MARK), annex, register)
    assert (decided, guess) == ([], 5)
    assert "软件生成的公文草稿" in why
    assert found(Extract("docx", (typed,)), annex, register)[0] == [5]


def test_what_was_printed_scanned_or_sealed_is_no_draft_any_more() -> None:
    typed = replace(page(MINUTES), text_source=TextSource.NATIVE)
    sealed = replace(typed, seals=(SealMark((0.6, 0.7, 0.8, 0.85), 0.95),))
    scanned = replace(typed, text_source=TextSource.OCR)

    assert unprinted(MARK, [typed])
    assert unprinted(MARK, [sealed]) is None
    assert unprinted(MARK, [scanned]) is None
    assert unprinted(MARK, []) is None


def test_the_mark_is_known_again_however_the_property_is_called() -> None:
    assert made_here({"Keywords": MARK["keywords"]})
    assert not made_here({"keywords": "archivist; draft="})
    assert not made_here({"keywords": "会议纪要", "subject": MARK["keywords"]})


def test_a_sentence_about_what_is_to_be_filled_in_is_no_open_place() -> None:
    told = page("填表说明：表中待填的内容由村（社区）填写。")

    assert left_open([told]) is None


def test_a_draft_says_what_it_is_as_a_fact_with_page_and_quote(annex: Annex, register: RegisterIndex) -> None:
    typed = replace(page(f"{MINUTES}\n出席：【待填】"), text_source=TextSource.NATIVE)
    (part,) = identify(Extract("docx", (typed,), MARK), annex, register, Thresholds())

    told = [fact for fact in part.facts if fact.name == FACT]
    assert [(fact.value, fact.page, fact.quote) for fact in told] == [
        ("还有 1 处【待填】没有填写", 1, "出席：【待填】")
    ]


@pytest.mark.parametrize("head", ["（讨论稿）", "征求意见稿", "【送审稿】"])
def test_a_paper_that_says_it_is_a_draft_is_filed_where_it_belongs_and_says_so(
    annex: Annex, register: RegisterIndex, head: str
) -> None:
    (title, *rest) = MINUTES.splitlines()
    beside = page("\n".join((title, head, *rest)))
    behind = page("\n".join((f"{title}（讨论稿）", *rest)))

    for one in (beside, behind):
        (part,) = identify(Extract("pdf", (one,)), annex, register, Thresholds())
        assert [guess.item for guess in part.decided] == [5]
        assert [fact.value for fact in part.facts if fact.name == FACT]


def test_a_sentence_that_cites_another_papers_draft_makes_none(annex: Annex, register: RegisterIndex) -> None:
    cites = f"{MINUTES}\n根据《实施方案（试行）（征求意见稿）》的要求办理。"
    (part,) = identify(Extract("pdf", (page(cites),)), annex, register, Thresholds())

    assert [fact for fact in part.facts if fact.name == FACT] == []
    assert headed((), "纪要（讨论稿）", annex.draft_words) is None
    assert headed((page(MINUTES),), "纪要（讨论稿）", ()) is None


def test_a_paper_left_open_and_headed_a_draft_says_it_once(annex: Annex, register: RegisterIndex) -> None:
    (title, *rest) = MINUTES.splitlines()
    text = "\n".join((title, "（讨论稿）", *rest, "出席：【待填】"))
    (part,) = identify(Extract("docx", (page(text),)), annex, register, Thresholds())

    assert len([fact for fact in part.facts if fact.name == FACT]) == 1


def test_a_word_file_with_changes_nobody_accepted_is_no_final_paper_and_says_what_was_changed() -> None:
    page = Page(3, (Line("会议记录"),), TextSource.NATIVE)
    draft = unsettled({REVISED: "删除 1 处“不同意”"}, [page])

    assert draft is not None
    assert (draft.fact.name, draft.fact.page, draft.fact.quote) == (FACT, 3, "会议记录")
    assert "删除 1 处“不同意”" in draft.doubt and "不是定稿" in draft.doubt
    assert unsettled({COMMENTED: "2 条批注"}, [page]) is None
    assert unsettled({REVISED: "删除 1 处"}, []) is None


def test_comments_are_told_beside_changes_and_a_final_file_says_nothing() -> None:
    told = being_written({REVISED: "插入 1 处", COMMENTED: "2 条批注"})
    assert len(told) == 2 and "2 条批注" in told[1]
    assert being_written({"title": "会议记录"}) == ()
