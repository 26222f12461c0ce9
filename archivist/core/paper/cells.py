"""Facts that stand behind a label: in its line, in the cell right of it, or in its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from archivist.core.model import Fact
from archivist.core.page import Line
from archivist.core.paper.reading import Reading
from archivist.core.patterns import lazily
from archivist.core.rules import FactRule

MOST_QUOTE = 80
_SEPARATOR = r"\s*[：:]?\s*"
_NUMBER = lazily(r"([一-龥]{2,14}[〔\[［【(（](?:19|20)[0-9]{2}[〕\]］】)）]\s*第?\s*[0-9]+\s*号)")
_BARE_NUMBER = lazily(r"([〔\[［【](?:19|20)[0-9]{2}[〕\]］】]\s*第?\s*[0-9]+\s*号)")
_ISSUE = lazily(
    r"\s*[（(〔\[【]?\s*((?:(?:19|20)[0-9]{2}年?\s*)?第\s*[0-9〇零一二三四五六七八九十百]{1,5}\s*期)"
    r"(?:\s*[（(]?总第?\s*[0-9]+\s*期[）)]?)?\s*[）)〕\]】]?\s*"
)
"""The number of an issue (第19期), which stands in a line of its own: 第二期 in a line is a project's."""
_YEAR = lazily(r"[〔\[［【(（]((?:19|20)[0-9]{2})[〕\]］】)）]")
"""The year of a number, in the brackets that recognition made of the only right ones: 〔2024〕 (GB/T 9704 7.2.5)."""
_CODE = lazily(r"[A-Za-z0-9][A-Za-z0-9\-—－_/.]{3,30}")
_NEXT_LABEL = lazily(r"\s{2,}|[（(]?(?:以下简称|盖章|签字|公章)|[，。；;]")
_LINES_OF_HEAD = 9


def text(rule: FactRule, one: Reading) -> list[Fact]:
    """The words behind a label, up to the next."""
    return _first(rule, ((line, page, _text(rule, lines, at)) for page, lines, at, line in each(one)))


def code(rule: FactRule, one: Reading) -> list[Fact]:
    """A number of letters and digits behind a label."""
    return _first(rule, ((line, page, _code(rule, lines, at)) for page, lines, at, line in each(one)))


def number(rule: FactRule, one: Reading) -> list[Fact]:
    """The paper's own number (发文字号、期号), in its first lines."""
    return _first(rule, ((line, page, _number(line, at)) for page, _, at, line in each(one)))


def sentence(rule: FactRule, one: Reading) -> list[Fact]:
    """The sentence that holds a label."""
    return _first(rule, ((line, page, _sentence(rule, lines, at)) for page, lines, at, line in each(one)))


def each(one: Reading) -> Iterator[tuple[int, Sequence[Line], int, Line]]:
    """Each line of a paper: its page, that page's lines, its place among them, itself."""
    for page in one.pages:
        for at, line in enumerate(page.lines):
            yield page.number, page.lines, at, line


def _first(rule: FactRule, found: Iterator[tuple[Line, int, str | None]]) -> list[Fact]:
    for line, page, value in found:
        if value:
            return [Fact(rule.name, value, page, line.text.strip()[:MOST_QUOTE])]
    return []


def after_label(rule: FactRule, words: str) -> str | None:
    """The words behind the first label in a line, or None when the line has none."""
    for label in rule.labels:
        match = _label(label).search(words) if label[:1] in words else None
        if match:
            return words[match.end() :]
    return None


@lru_cache(maxsize=1024)
def _label(label: str) -> re.Pattern[str]:
    spaced = r"\s*".join(map(re.escape, label))
    return re.compile(rf"{spaced}(?:[（(][^）)]{{0,40}}[）)])?{_SEPARATOR}")


def beside(lines: Sequence[Line], at: int) -> str:
    """The words in the cell right of a label: the nearest line on the same height."""
    box = lines[at].box
    if box is None:
        return lines[at + 1].text if at + 1 < len(lines) else ""
    middle = (box[1] + box[3]) / 2
    right = [
        (other.box[0], other.text)
        for other in lines
        if other.box is not None and other.box[1] <= middle <= other.box[3] and other.box[0] >= box[2] - 0.01
    ]
    return min(right)[1] if right else ""


def _text(rule: FactRule, lines: Sequence[Line], at: int) -> str | None:
    words = after_label(rule, lines[at].text)
    if words is None:
        return None
    if not words.strip():
        words = beside(lines, at)
    value = _NEXT_LABEL.split(words.strip(), maxsplit=1)[0].strip(" ：:“”\"'《》")
    return value if len(value) >= 2 else None


def _code(rule: FactRule, lines: Sequence[Line], at: int) -> str | None:
    words = after_label(rule, lines[at].text)
    if words is None:
        return None
    match = _CODE.match(words.strip()) or _CODE.match(beside(lines, at).strip())
    return match.group() if match and any(char.isdigit() for char in match.group()) else None


def _number(line: Line, at: int) -> str | None:
    if at >= _LINES_OF_HEAD:
        return None
    match = _NUMBER.search(line.text) or _BARE_NUMBER.search(line.text) or _ISSUE.fullmatch(line.text)
    return _YEAR.sub(r"〔\1〕", re.sub(r"\s", "", match.group(1))) if match else None


def _sentence(rule: FactRule, lines: Sequence[Line], at: int) -> str | None:
    if not any(label in lines[at].text for label in rule.labels):
        return None
    joined = "".join(line.text.strip() for line in lines[at : at + 4])
    start = min(joined.find(label) for label in rule.labels if label in joined)
    words = re.split(r"[。！；]", joined[start:], maxsplit=1)[0]
    return words[:160] if len(words) >= 8 else None
