"""Every page in every state, from made-up values: whole, self-contained, and with hostile words nothing but words."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

import archivist.pages
from archivist.pages.html import TemplateFault, fill, fill_text
from support.page_stories import COMPLETE, HOSTILE, PAGES, SHOWN

VOID = {"meta", "br"}
FOLDER = Path(archivist.pages.__file__).parent / "templates"
TEMPLATES = sorted(path.name for path in FOLDER.glob("*.html") if path.stem != "macros")


class Read(HTMLParser):
    """A page as a browser takes it apart; AssertionError where an element is not closed in its turn."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.words = ""
        self.open: list[str] = []
        self.feed(page.decode("utf-8"))
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.words += data


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_and_has_its_landmarks(name: str) -> None:
    page = PAGES[name]()
    read = Read(page)

    assert page.startswith(b"<!doctype html>\n")
    assert ("html", "lang", "zh-CN") in read.attributes
    for tag in ("title", "h1", "header", "main", "footer"):
        assert read.tags.count(tag) == 1, tag
    assert read.tags.count("th") == sum(tag == "th" and name == "scope" for tag, name, _ in read.attributes)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_needs_nothing_but_itself_and_runs_nothing(name: str) -> None:
    read = Read(PAGES[name]())

    assert {"script", "link", "img", "iframe", "object", "form", "base"} & set(read.tags) == set()
    assert {attribute for _, attribute, _ in read.attributes if attribute.startswith("on")} == set()
    for tag, attribute, value in read.attributes:
        if attribute in {"href", "src"}:
            assert (tag, attribute) == ("a", "href")
            assert value.startswith(("./", "../"))
            assert value.isascii()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_no_nothing(name: str) -> None:
    words = Read(PAGES[name]()).words

    assert "None" not in words
    assert "Undefined" not in words
    assert "\x00" not in words


@pytest.mark.parametrize("name", [name for name in PAGES if name.endswith("hostile")])
def test_hostile_words_are_shown_as_they_are_but_for_what_cannot_be_seen(name: str) -> None:
    read = Read(PAGES[name]())

    assert SHOWN in read.words
    assert not any(sign in read.words for sign in "\u202e\x00")
    assert not any("\u202e" in value or "\x00" in value for _, _, value in read.attributes)


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_that_is_not_given_what_it_asks_for_makes_no_page(template: str) -> None:
    from jinja2 import TemplateRuntimeError

    with pytest.raises(TemplateRuntimeError):
        fill(template)


@pytest.mark.parametrize(
    "text",
    [
        "{{ nothing }}",
        "{{ page.nmae }}",
        "{% if page.nmae %}{% endif %}",
        "{% for one in nothing %}{% endfor %}",
        "{{ page.gate }}",
        "{{ page.name",
        "{% extends '../html.py' %}",
        "{{ page.name.__class__.__mro__ }}",
        "{{ range(9) }}",
        "{{ cycler }}",
        "{{ 1 // 0 }}",
    ],
)
def test_what_is_missing_nothing_or_out_of_bounds_is_a_fault(text: str) -> None:
    with pytest.raises(TemplateFault):
        fill_text(text, page=COMPLETE)


def test_a_fault_says_its_line() -> None:
    with pytest.raises(TemplateFault) as caught:
        fill_text("一\n二 {% if %}", page=COMPLETE)

    assert caught.value.line == 2


def test_what_a_template_prints_is_escaped_without_its_asking() -> None:
    said = fill_text('<p title="{{ word }}">{{ word }}</p>', word=HOSTILE)
    read = Read(said.encode())

    assert (read.tags, read.words, read.attributes) == (["p"], SHOWN, [("p", "title", SHOWN)])
