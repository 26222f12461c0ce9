"""Cut a source into the documents (件) it holds: it stays whole unless a cut is proven by signs that do not hang together.

A title's last words alone prove nothing: a line of running text may end with them (会议听取了…核查评估情况). They count
with how the title is set, with what the page before ends with, and with the page numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from archivist.core.identify.anytitle import AnyTitle, any_title
from archivist.core.identify.titles import Title, find_titles
from archivist.core.model import Box
from archivist.core.page import Page
from archivist.core.paper.endings import CLOSED, breaks_off, ending
from archivist.core.paper.pagenumbers import PageNumber, page_number
from archivist.core.patterns import lazily
from archivist.core.rules import Annex
from archivist.core.text import fold

_START_STRENGTH = 0.6
_PROVEN, _OPEN = 2, 1
_LARGER = 2
_EDGE = 0.08
_ATTACHMENT = lazily(r"^\s*附\s*(?:件|表|录|图|[:：]|$)")
_CONTINUED = lazily(
    r"续\s*表|（续）|\(续\)|接上页|续\s*页|^\s*[（(]?\s*(?:本页|此页)(?:为|系|是|无)|签[署字章]页\s*[）)]?\s*$"
)
_LARGE, _VERY_LARGE = 1.12, 1.3
_OFF_CENTRE, _NARROW, _MARGIN = 0.13, 0.8, 0.05
_HEAD_LABEL = lazily(
    r"^\s*(?:会议)?(?:时\s*间|日\s*期|地\s*点|主\s*持|甲\s*方|乙\s*方|发包方|承包方|出租方|承租方|编\s*号|项目名称|项目编号|议\s*题|"
    r"发票代码|填报|单位名称|评估单位|委托方)"
)
_NUMBERED = lazily(r"[〔\[［【(（]\s*[0-9]{4}\s*[〕\]］】)）]|第\s*[0-9一二三四五六七八九十]+\s*[期次号]")
_DATED = lazily(
    r"^\s*(?:[0-9]{4}|[一二][〇○零0-9一二三四五六七八九]{3})\s*年.{2,8}[日号]\s*(?:[，,]|[上下]午|.{0,24}(?:召开|主持|会议))"
)
_BODY_ABOVE = lazily(r"(?:人民政府|委员会|办事处|党委|党组|局|公司|合作社|联合社|办公室|文件)$")


@dataclass(frozen=True, slots=True)
class Part:
    """Pages that belong together. ``doubts`` say in Chinese why they may be more than one document."""

    pages: tuple[Page, ...]
    doubts: tuple[str, ...] = ()


@dataclass(slots=True)
class _Growing:
    pages: list[Page]
    doubts: list[str] = field(default_factory=list)


def cut(pages: Sequence[Page], annex: Annex) -> list[Part]:
    """Return the parts of a source in order, each with what speaks for another cut without proving it.

    Blank pages between parts belong to none. Lists of who came, licences and the like belong to the document before them
    (DA/T 22: 正文与附件为一件).
    """
    parts: list[_Growing] = []
    before: Page | None = None
    for page in pages:
        if is_empty(page):
            if parts:
                parts[-1].pages.append(page)
            continue
        if before is None:
            parts.append(_Growing([page]))
        else:
            _join(parts, page, before, annex)
        before = page
    return [Part(_without_blank_end(part.pages), tuple(part.doubts)) for part in parts]


def _join(parts: list[_Growing], page: Page, before: Page, annex: Annex) -> None:
    """Put a page behind the one before it, or begin a new part with it."""
    title = start_title(page, annex)
    if title is not None and annex.kind(title.kind).attaches:
        title = None
    proof = _proof(page, before, title, annex)
    if proof >= _PROVEN:
        parts.append(_Growing([page]))
        return
    if proof == _OPEN and title is not None:
        told = f"第{page.number}页开头“{title.text[:30]}”像是另一份材料的题名，但不能确定是不是从这里分开"
        parts[-1].doubts.append(told)
    parts[-1].pages.append(page)


def _proof(page: Page, before: Page, title: Title | None, annex: Annex) -> int:
    """How much shows that a document begins with ``page``: so many signs for it, less those against it."""
    ended = ending(before, annex.signatures) is not None
    number = _numbering(page_number(page), page_number(before))
    if title is None:
        if is_attachment(page, annex):
            return 0
        return _PROVEN if ended and number == 2 else _by_any_title(page, before, number, annex)
    signs = _set_as_title(page, title) + _head_below(page, title) + _body_above(page, title)
    return signs + ended + number - (breaks_off(before, annex.signatures) is not None)


def _by_any_title(page: Page, before: Page, number: int, annex: Annex) -> int:
    """What a title that no kind knows shows: set larger, behind a closed document, over what heads of documents have."""
    closed, found = ending(before, annex.signatures), any_title(page, annex)
    if found is None or closed is None or closed.rule not in CLOSED or number < 0:
        return 0
    if _set_as_title(page, found) < _LARGER:
        return 0
    return _PROVEN if _head_below(page, found) or _body_above(page, found) else 0


def _numbering(here: PageNumber | None, there: PageNumber | None) -> int:
    """What page numbers say: 2 where they begin anew for certain, 1 where they begin, less than 0 where they go on.

    Numbers in the upper corner are those of a volume (编页) and say nothing.
    """
    if here is None or here.corner:
        return 0
    if here.number == 1:
        return 2 if here.plain and there is not None and not there.corner else 1
    if there is not None and not there.corner and here.number == there.number + 1:
        return -2
    return -1


def start_title(page: Page, annex: Annex) -> Title | None:
    """The title that may make ``page`` the first of a document, or None for a continuation or an attachment."""
    first = [line.text for line in page.lines[:3]]
    title = next(iter(find_titles(page, annex)), None)
    if title is None or title.strength < _START_STRENGTH or any(map(_CONTINUED.search, first)):
        return None
    if any(map(_ATTACHMENT.match, first)) and not annex.kind(title.kind).annexed:
        return None
    return title


def begins(page: Page, annex: Annex) -> bool:
    """Whether a page by itself plainly is the first of a document: a title set as one, no number but 1."""
    title, number = start_title(page, annex), page_number(page)
    if title is None or annex.kind(title.kind).attaches:
        return False
    if number is not None and not number.corner and number.number > 1:
        return False
    return _set_as_title(page, title) + _head_below(page, title) + _body_above(page, title) >= 1


def is_attachment(page: Page, annex: Annex) -> bool:
    """Whether a page says itself that it comes with the document before it: 附件, 签到表, 续表."""
    first = [line.text for line in page.lines[:3]]
    if any(_ATTACHMENT.match(text) or _CONTINUED.search(text) for text in first):
        return True
    title = next(iter(find_titles(page, annex)), None)
    return title is not None and annex.kind(title.kind).attaches


def _set_as_title(page: Page, title: Title | AnyTitle) -> int:
    """How a title is set: 2 larger and in the middle or very large; 1 in the middle, with room on both sides or no text
    that goes on below it, or when nobody can see how it is set; 0 as the text is.
    """
    boxes = [line.box for line in page.lines[title.first : title.last + 1] if line.box is not None]
    others = [
        line.box
        for at, line in enumerate(page.lines)
        if line.box is not None and not title.first <= at <= title.last
    ]
    if not boxes:
        return 1
    if len(others) < 2:
        return 1
    height = median(box[3] - box[1] for box in others)
    size = max(box[3] - box[1] for box in boxes) / height if height else 1.0
    left, right = min(box[0] for box in others), max(box[2] for box in others)
    centred = all(abs((box[0] + box[2]) / 2 - 0.5) < _OFF_CENTRE for box in boxes)
    narrow = any(box[2] - box[0] <= _NARROW * (right - left) for box in boxes)
    if size >= _VERY_LARGE or (size >= _LARGE and centred):
        return 2
    return int(centred and (narrow or not _goes_on(page, title, left, right)))


def _goes_on(page: Page, title: Title | AnyTitle, left: float, right: float) -> bool:
    """Whether the line below goes on from the left margin, as within a paragraph; of a title it stands in the middle."""
    after = page.lines[title.last + 1 : title.last + 2]
    if not after or after[0].box is None:
        return True
    start, end = after[0].box[0], after[0].box[2]
    return start - left <= _MARGIN * (right - left) or end - start >= _NARROW * (right - left)


def _head_below(page: Page, title: Title | AnyTitle) -> int:
    """Whether what stands at a document's head follows the title: 时间：, 甲方：, 〔2024〕3号, 第27期."""
    here = page.lines[title.first : title.last + 3]
    below = page.lines[title.last + 1 : title.last + 6]
    numbered = any(len(fold(line.text)) <= 20 and _NUMBERED.search(line.text) for line in here)
    return int(numbered or any(_HEAD_LABEL.match(line.text) or _DATED.match(line.text) for line in below))


def _body_above(page: Page, title: Title | AnyTitle) -> int:
    """Whether the name of a body stands alone above the title or in its first line, as in a red head."""
    above = page.lines[max(0, title.first - 3) : max(title.first, title.last)]
    return int(any(_BODY_ABOVE.search(fold(line.text)) and len(fold(line.text)) <= 24 for line in above))


def _without_blank_end(part: list[Page]) -> tuple[Page, ...]:
    while len(part) > 1 and is_empty(part[-1]):
        part.pop()
    return tuple(part)


def is_empty(page: Page) -> bool:
    """Whether nothing is on a page, or nothing but what punch holes and a copier's edge leave along its sides."""
    if page.blank or page.seals or page.strokes or not page.lines:
        return page.blank
    return all(line.box is not None and _aside(line.box) and not fold(line.text) for line in page.lines)


def _aside(box: Box) -> bool:
    return box[2] < _EDGE or box[0] > 1 - _EDGE or box[3] < _EDGE or box[1] > 1 - _EDGE
