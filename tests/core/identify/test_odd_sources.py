"""Sources that are hardly papers: blank, broken off, of two documents without a proof of where one ends."""

from __future__ import annotations

from dataclasses import replace

from archivist.core.identify.register_index import RegisterIndex
from archivist.core.identify.titles import find_titles
from archivist.core.identify.whole import Thresholds, identify
from archivist.core.model import TextSource
from archivist.core.page import Extract, Line, Page
from archivist.core.paper.spread import unfolded
from archivist.core.rules import Annex

BLANK = Page(1, blank=True)


def told(annex: Annex, register: RegisterIndex, *pages: Page, doubt: str = "") -> list[str]:
    found = identify(Extract("pdf", pages, doubt=doubt), annex, register, Thresholds())
    assert not any(one.decided for one in found)
    return ["；".join(one.reasons) for one in found]


def lines(number: int, *texts: str) -> Page:
    return Page(
        number,
        tuple(Line(text, (0.1, 0.1 + 0.03 * at, 0.9, 0.12 + 0.03 * at)) for at, text in enumerate(texts)),
        TextSource.OCR,
    )


def numbered(page: Page) -> Page:
    """The page with its number in the lower margin."""
    foot = Line(f"— {page.number} —", (0.45, 0.94, 0.55, 0.955))
    return replace(page, lines=(*page.lines, foot))


def test_a_source_of_blank_pages_says_so(annex: Annex, register: RegisterIndex) -> None:
    (reason,) = told(annex, register, BLANK, Page(2, blank=True))

    assert "全部是空白页" in reason
    assert find_titles(BLANK, annex) == []
    assert unfolded(Extract("pdf", (BLANK,))).pages == (BLANK,)


def test_a_source_that_was_mended_is_left_to_a_person(annex: Annex, register: RegisterIndex) -> None:
    (reason,) = told(
        annex, register, lines(1, "珠溪镇人民政府会议纪要", "会议议定事项。"), doubt="文件有损坏，请核对"
    )

    assert "文件有损坏，请核对" in reason


def test_a_last_page_that_breaks_off_is_told(annex: Annex, register: RegisterIndex) -> None:
    body = "会议认为该项目长期停产。资产闲置，需要按照程序清算处置，同时做好债权债务"
    first = numbered(lines(1, "珠溪镇人民政府会议纪要", *[body] * 22))
    second = numbered(lines(2, *[body] * 22))
    (reason,) = told(annex, register, first, second)

    assert "没有写完" in reason
