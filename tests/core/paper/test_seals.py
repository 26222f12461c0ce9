"""Sealed, and by whom: decided from what was seen of seals."""

from __future__ import annotations

from archivist.core.model import Seen, TextSource
from archivist.core.page import Line, Page, SealMark
from archivist.core.paper.seals import SURE, likeness, sealed, seals_of

TOWN = "大足区珠溪镇人民政府"


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


def test_an_unread_seal_is_like_no_name() -> None:
    assert likeness("", TOWN) == 0.0
    assert likeness("大足区", TOWN) == 0.0
