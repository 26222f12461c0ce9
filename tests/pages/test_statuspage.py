"""归档状态.html: every word from outside escaped, files that open when clicked, nothing from the network."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import unquote

from archivist.core.catalogue.completeness import ItemState
from archivist.pages.statuspage import FileLine, ItemLine, StatusPage, status_html

HOSTILE = "<script>alert('x')</script>&\"羊场"


class Seen(HTMLParser):
    """Collects tags, links and words."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.words = ""
        self.feed(page.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]

    def handle_data(self, data: str) -> None:
        self.words += data


def page(*files: FileLine) -> Seen:
    state = ItemState.PRESENT if files else ItemState.MISSING
    line = ItemLine(1, HOSTILE, HOSTILE, state, files, HOSTILE)
    return Seen(status_html(StatusPage(HOSTILE, HOSTILE, HOSTILE, (line,), HOSTILE, HOSTILE)))


def test_names_from_outside_are_words_and_never_markup() -> None:
    seen = page(FileLine(HOSTILE, HOSTILE))
    assert "script" not in seen.tags
    assert seen.words.count(HOSTILE) == 10


def test_links_lead_to_files_beside_the_page_whatever_their_names() -> None:
    names = ["04 会议记录/a#1?b=%20.pdf", "javascript:alert(1)", "//host/x.pdf"]
    seen = page(*(FileLine(name, name) for name in names))
    assert [unquote(link) for link in seen.links] == [f"./{name}" for name in names]
    assert all(link.isascii() and "#" not in link and "?" not in link for link in seen.links)


def test_many_files_of_one_item_are_cut_short_so_that_the_page_prints_on_one_sheet() -> None:
    seen = page(*(FileLine(f"{number}.pdf") for number in range(30)))
    assert "另有 18 件" in seen.words
    assert seen.links == []


def told(page: StatusPage) -> tuple[str, str]:
    """The words of the page on a screen, and on paper."""
    html = status_html(page).decode()
    screen, paper = (
        re.sub(rf'<(li|small|ul|span) class="{other}">.*?</\1>', "", html, flags=re.DOTALL)
        for other in ("paper", "screen")
    )
    return Seen(screen.encode()).words, Seen(paper.encode()).words


def test_all_that_checks_found_stands_on_the_screen_and_paper_says_how_much_more_there_is() -> None:
    found = tuple(f"第{number}处对不上。" for number in range(5))
    line = ItemLine(1, "表", "", ItemState.UNQUALIFIED, (), "重新盖章。", ("未盖章",), found)
    screen, paper = told(
        StatusPage("P", "羊场", "镇", (line,), "不合格", "今天", notes=tuple(f"甲{one}" for one in found))
    )

    assert all(screen.count(one) == 2 and f"甲{one}" in screen for one in found)
    assert "见网页" not in screen
    assert [f"甲{one}" in paper for one in found] == [True, True, False, False, False]
    assert "另有 3 处，见网页。" in paper
    assert "重新盖章。（还有 5 处，见网页）" in paper


def test_more_than_a_screen_holds_is_counted() -> None:
    found = tuple(f"第{number}处。" for number in range(30))
    line = ItemLine(1, "表", "", ItemState.CHECK, (), "看原件。", (), found)
    screen, _ = told(StatusPage("P", "羊场", "镇", (line,), "待核", "今天", notes=found))

    assert [screen.count(one) for one in found] == [2] * 12 + [0] * 18
    assert screen.count("还有 18 处，先解决这些。") == 2
