"""Find a document's title (题名) on a page and read the kind of document (文种) off its last words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

from rapidfuzz.distance import Levenshtein

from archivist.core.page import Line, Page
from archivist.core.patterns import lazily
from archivist.core.rules import Annex
from archivist.core.text import fold

_TOP_LINES = 16
_TOP_ZONE = 0.56
_MAX_TITLE = 64

# What may follow the kind in a title: issue numbers, drafts, copies.
_TAIL = lazily(
    r"(?:第?[0-9一二三四五六七八九十〇]{1,4}[期次号]|[0-9]{4}年?第?[0-9]{1,4}[期次号]?|复印件|原件|征求意见稿|试行|样表|"
    r"存档|节选|节录|摘要|摘录|摘编|摘抄|副本|正本|草案|讨论稿|送审稿|暂行|扫描件|样本|年度|[0-9]{1,6})$"
)
# Who made the paper, before what it is about: its own trade is not the paper's matter.
_MAKER = lazily(r"^[一-龥a-z0-9]{2,28}?(?:公司|事务所|中心|研究院|评估院|合作社|联合社)(?=.{6})")
# A line of running text, not of a title.
_RUNNING = lazily(r"[，。；！？,;!?]")
_NUMBERED = lazily(r"^\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十0-9]+[）)]|[0-9]+[.、．])")
_ATTACHMENT = lazily(r"^\s*附\s*(?:件|表|录)")
_LABEL = lazily(r"[：:]")
# A document number (发文字号) stands under or behind a title and is no part of it.
_NUMBER = lazily(r"(?:第)?[〔\[［【(（][0-9]{4}[〕\]］】)）]\s*第?\s*[0-9]+\s*[号期次]")


# What stands in brackets behind a title says more of it, but not what it is: 摸底调查表（淘汰类）.
_BEHIND = lazily(r"(?<=[一-龥]{4})\s*[（(][^（）()]{1,14}[）)]\s*$")


def _bare(text: str) -> str:
    """The line without a document number; empty when there is nothing else."""
    return _NUMBER.sub("", text).strip()


@dataclass(frozen=True, slots=True)
class Title:
    """A title found on a page.

    Attributes:
        kind: slug of the kind its last words name.
        strength: 0..1, how much it looks like the title of a document that begins here.
        text: the title as read. above: its first line's index on the page. last: its last line's index.
        heading: folded text of the title and of the large lines above it (the issuing body stands there).
    """

    kind: str
    ending: str
    strength: float
    text: str
    first: int
    last: int
    heading: str


@dataclass(frozen=True, slots=True)
class Ending:
    """A kind's last word, folded."""

    word: str
    kind: str


@lru_cache(maxsize=4)
def endings_of(annex: Annex) -> tuple[Ending, ...]:
    """All endings of all kinds, longest first, so that 资产评估报告 is not taken for 评估报告."""
    words = [Ending(fold(word), kind.slug) for kind in annex.kinds for word in kind.endings]
    return tuple(sorted(words, key=lambda ending: -len(ending.word)))


def find_titles(page: Page, annex: Annex) -> list[Title]:
    """Return the possible titles on the upper part of ``page``, strongest first."""
    lines = page.lines
    if not lines:
        return []
    body = _body_height(lines)
    found = [
        title
        for first, last in _windows(lines)
        if (title := _read_title(lines, first, last, body, annex)) is not None
    ]
    return sorted(found, key=lambda title: (-title.strength, -(title.last - title.first), title.first))


def title_windows(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Runs of one to three consecutive lines of the title zone, none of them running text, as (first, last)."""
    for first, last in _windows(lines):
        if not any(_is_running(line.text) for line in lines[first : last + 1]):
            yield first, last


def windows_shape(lines: Sequence[Line], first: int, last: int) -> float:
    """How much the lines ``first``..``last`` look set as a title (0..1)."""
    return _shape(lines, first, last, _body_height(lines))


def heading_of(lines: Sequence[Line], first: int) -> str:
    """The folded lines above a title that begins with line ``first`` and that belong to it."""
    return _heading(lines, first, _body_height(lines))


def _windows(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Runs of one to three consecutive lines in the title zone."""
    top = []
    for index, line in enumerate(lines[:_TOP_LINES]):
        if line.box is not None and line.box[1] >= _TOP_ZONE:
            continue
        top.append(index)
        if _is_sentence(line.text) and sum(_is_sentence(other.text) for other in lines[:index]):
            break  # running text has begun: no title comes after it
    for index in top:
        for length in (1, 2, 3):
            if index + length - 1 in top:
                yield index, index + length - 1


def _read_title(lines: Sequence[Line], first: int, last: int, body: float, annex: Annex) -> Title | None:
    window = lines[first : last + 1]
    if any(_is_running(line.text) for line in window):
        return None
    joined = fold(_BEHIND.sub("", "".join(_bare(line.text) for line in window)))
    if not 2 <= len(joined) <= _MAX_TITLE:
        return None
    match = match_ending(joined, annex)
    if match is None:
        return None
    ending, exact = match
    shape = _shape(lines, first, last, body)
    strength = shape * (1.0 if exact else 0.85)
    if strength < 0.3:
        return None
    text = "".join(line.text.strip() for line in window)
    heading = _heading(lines, first, body) + joined
    begun = heading.rfind("关于")  # what it is about may begin a line above: 关于提前终止 / …合作的协议
    matter = heading[begun:] if 0 <= begun < len(heading) - len(joined) else joined
    return Title(
        _handed_over(ending, matter, annex), ending.word, round(strength, 3), text, first, last, heading
    )


def _is_sentence(text: str) -> bool:
    """A line of running text: long, with the punctuation of sentences."""
    return len(text) >= 16 and bool(_RUNNING.search(text))


def _is_running(text: str) -> bool:
    if _RUNNING.search(text.strip()) or not _bare(text):
        return True
    return bool(_NUMBERED.match(text) or _ATTACHMENT.match(text) or _LABEL.search(text.strip()))


def match_ending(folded: str, annex: Annex) -> tuple[Ending, bool] | None:
    """Return the kind's last word that ``folded`` ends with, and whether it is there letter for letter.

    Misread characters are forgiven one in words of four to seven, two in longer ones (third-generation copies).
    """
    stem, endings = strip_tail(folded), endings_of(annex)
    for ending in endings:
        if stem.endswith(ending.word):
            return ending, True
    for ending in endings:
        allowed = 0 if len(ending.word) < 4 else 1 if len(ending.word) < 8 else 2
        tail = stem[-len(ending.word) :]
        if allowed and len(tail) == len(ending.word) and Levenshtein.distance(tail, ending.word) <= allowed:
            return ending, False
    return None


def _handed_over(ending: Ending, folded: str, annex: Annex) -> str:
    """The kind that a word in the title hands it over to (退出…协议, 资产评估报告); else the ending's own.

    An ending that a person's decision taught means what that person said.
    """
    rule = annex.kind(ending.kind)
    words = () if ending.word in rule.learned else rule.handed
    matter = without_maker(folded)
    return next((other for word, other in words if word in matter), rule.slug)


def without_maker(folded: str) -> str:
    """A folded title without the firm or body that made the paper: 某某资产评估公司关于…的评估意见书 is of no 资产评估."""
    return _MAKER.sub("", folded)


def strip_tail(folded: str) -> str:
    """Cut issue numbers and marks such as 复印件 off the end of a folded title."""
    while True:
        shorter = _TAIL.sub("", folded)
        if shorter == folded or len(shorter) < 2:
            return folded
        folded = shorter


def _body_height(lines: Sequence[Line]) -> float:
    heights = [line.box[3] - line.box[1] for line in lines if line.box is not None]
    return median(heights) if heights else 0.0


def _shape(lines: Sequence[Line], first: int, last: int, body: float) -> float:
    """How much the lines look set as a title: larger than the text, centred, near the top (0..1)."""
    window = lines[first : last + 1]
    boxes = [line.box for line in window if line.box is not None]
    if not boxes:
        return (0.95 if first <= 3 else 0.7 if first <= 6 else 0.4) - 0.05 * (last - first)
    size = min(box[3] - box[1] for box in boxes) / body if body else 1.0
    largest = max(box[3] - box[1] for box in boxes)
    if min(box[3] - box[1] for box in boxes) < 0.6 * largest:
        return 0.0
    centred = all(abs((box[0] + box[2]) / 2 - 0.5) < 0.13 for box in boxes)
    high = boxes[0][1] < 0.3
    score = 0.25
    score += 0.35 if size >= 1.3 else 0.25 if size >= 1.12 else 0.1 if size >= 1.0 else 0.0
    score += 0.25 if centred else 0.0
    score += 0.1 if high else 0.0
    score += 0.1 if first <= 2 else 0.0
    return min(score, 1.0)


def _heading(lines: Sequence[Line], first: int, body: float) -> str:
    """The folded lines above a title that belong to it: the issuing body's name in a red head, for example."""
    parts: list[str] = []
    for line in lines[max(0, first - 4) : first]:
        if _RUNNING.search(line.text):
            continue
        if line.box is None or not body or line.box[3] - line.box[1] >= 0.95 * body:
            parts.append(fold(line.text))
    return "".join(parts)
