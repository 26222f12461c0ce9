"""Sealed, and by whom: decided from what was seen of seals."""

from __future__ import annotations

from archivist.core.model import Seen, TextSource
from archivist.core.page import Line, Page, SealMark
from archivist.core.paper.seals import SURE, likeness, owner_of, sealed, sealed_by, seals_of

TOWN, VILLAGE = "大足区珠溪镇人民政府", "青杠岭村民委员会"


def mark(text: str = "", confidence: float = 0.9, text_confidence: float = 0.9) -> SealMark:
    return SealMark((0.5, 0.8, 0.7, 0.95), confidence, text=text, text_confidence=text_confidence)


def scanned(*marks: SealMark, colour: str = "colour", looked: bool = True) -> Page:
    return Page(1, (Line("同意"),), TextSource.OCR, seals=marks, colour=colour, looked=looked)


def test_a_receipt_stamp_and_a_suspicion_seal_nothing() -> None:
    pages = [scanned(mark("收文专用章"), mark("", SURE - 0.1))]

    assert seals_of(pages) == ()
    assert sealed(pages) is Seen.UNKNOWN


def test_no_seal_is_certain_only_where_every_written_page_would_show_one() -> None:
    blank = Page(2, blank=True)

    assert sealed([scanned(mark())]) is Seen.YES
    assert sealed([scanned(), blank]) is Seen.NO
    assert sealed([scanned(), scanned(colour="grey")]) is Seen.UNKNOWN
    assert sealed([scanned(looked=False)]) is Seen.UNKNOWN
    assert sealed([blank]) is Seen.UNKNOWN


def test_who_sealed_is_told_by_likeness_and_denied_only_when_all_was_read_well() -> None:
    assert sealed_by([scanned(mark("珠溪镇人民政府"))], [TOWN]) is Seen.YES
    assert sealed_by([scanned(mark("人民政府珠溪镇"))], [TOWN]) is Seen.YES
    assert sealed_by([scanned(mark("岭上牧业专业合作社"))], [TOWN]) is Seen.NO
    assert sealed_by([scanned(mark("岭上牧业专业合作社", text_confidence=0.2))], [TOWN]) is Seen.UNKNOWN
    assert sealed_by([scanned(mark("岭上"))], [TOWN]) is Seen.UNKNOWN


def test_without_seals_or_names_nobody_can_tell_who_sealed() -> None:
    assert sealed_by([scanned()], [TOWN]) is Seen.UNKNOWN
    assert sealed_by([scanned(mark("珠溪镇人民政府"))], ["", "大足区"]) is Seen.UNKNOWN


def test_a_seal_is_owned_by_the_name_it_is_most_like_or_by_none() -> None:
    assert owner_of(mark("青杠岭村民委员"), [TOWN, VILLAGE]) == VILLAGE
    assert owner_of(mark("某某公司"), [TOWN, VILLAGE]) == ""
    assert owner_of(mark("某某公司"), []) == ""


def test_an_unread_seal_is_like_no_name() -> None:
    assert likeness("", TOWN) == 0.0
    assert likeness("大足区", TOWN) == 0.0
