"""Whether the pages of a source lie in order and are all there, by the numbers printed on them and by how they end.

What was scanned in the wrong order is not filed: a person is told the numbers as they run, and the best guess is made
from the pages in their right order. No page is ever filed with another document's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from archivist.core.identify.split import Part, cut, is_attachment, is_empty, start_title
from archivist.core.page import Page
from archivist.core.paper.endings import SIGNED_ELSEWHERE, breaks_off, ending
from archivist.core.paper.pagenumbers import PageNumber, page_number
from archivist.core.paper.spread import faces
from archivist.core.rules import Annex

_RESCAN = "请按页码顺序重新扫描后放入，或打开文件看清以后人工归档"


@dataclass(frozen=True, slots=True)
class Sheaf:
    """Pages ``first``..``last`` of a source that are looked at together.

    Attributes:
        readings: the documents to be guessed from, each with its pages in their right order; more than one only where
            several lie mixed up. doubts: why a person must look, Chinese.
    """

    first: int
    last: int
    readings: tuple[tuple[Page, ...], ...]
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A page that is not empty, with its printed number, if one counts here; ``at`` is its place among such pages."""

    page: Page
    at: int
    number: PageNumber | None

    @property
    def value(self) -> int:
        return self.number.number if self.number else 0


def sheaves(pages: Sequence[Page], annex: Annex) -> list[Sheaf]:
    """Return the documents of a source, cut, in order, each with what is wrong with the order of its pages."""
    sides = [face for page in pages for face in faces(page)]
    parts = cut(sides, annex)
    if not parts:
        return []
    mixed = _backwards(sides, annex) or _mixed(parts, annex) or _halved(parts)
    if mixed is not None:
        return [mixed]
    found = [_checked(part, annex) for part in parts]
    return found if len(sides) == len(pages) else [_on_sheets(sheaf, pages) for sheaf in found]


def _halved(parts: Sequence[Part]) -> Sheaf | None:
    """Two documents on one sheet (两页并排) cannot be cut apart: the whole waits."""
    shared = [
        one.pages[-1].number
        for one, other in pairwise(parts)
        if one.pages[-1].number == other.pages[0].number
    ]
    if not shared:
        return None
    told = f"第{shared[0]}页是两页并排的大幅面，左右两半像是两份材料，软件分不开。{_RESCAN}"
    last = parts[-1].pages[-1].number
    return Sheaf(parts[0].pages[0].number, last, tuple(part.pages for part in parts), (told,))


def _on_sheets(sheaf: Sheaf, pages: Sequence[Page]) -> Sheaf:
    """The same documents made of whole sheets, where nothing is wrong with them: their marks have places on sheets."""
    if sheaf.doubts:
        return sheaf
    whole = {page.number: page for page in pages}
    sheets = tuple(
        tuple(whole[number] for number in dict.fromkeys(page.number for page in reading))
        for reading in sheaf.readings
    )
    return replace(sheaf, readings=sheets)


def missing_pages(numbers: Iterable[int], total: int | None = None) -> str:
    """The pages lacking between 1 and the last: 第3页, 第6—10页; "" when none is."""
    have = set(numbers)
    last = max([*have, total or 0])
    gaps: list[list[int]] = []
    for number in range(1, last + 1):
        if number in have:
            continue
        if gaps and gaps[-1][1] == number - 1:
            gaps[-1][1] = number
        else:
            gaps.append([number, number])
    return "、".join(f"第{a}页" if a == b else f"第{a}—{b}页" for a, b in gaps)


def numbered(pages: Iterable[Page]) -> list[_Numbered]:
    """The pages that are not empty, with their printed numbers; those in corners are a volume's (编页)."""
    told = [page for page in pages if not is_empty(page)]
    found = [page_number(page) for page in told]
    return [
        _Numbered(page, at, None if number is None or number.corner else number)
        for at, (page, number) in enumerate(zip(told, found, strict=True))
    ]


def _backwards(pages: Sequence[Page], annex: Annex) -> Sheaf | None:
    """A stack that was scanned from its last page to its first (2, 1): the numbers run rightly only when turned round."""
    told = numbered(pages)
    values = [one.value for one in told]
    if len(values) < 2 or not all(values) or values[0] == 1 or _runs_on(values):
        return None
    if not _runs_on(values[::-1]) or max(values) < 2:
        return None
    turned = [part.pages for part in cut([one.page for one in reversed(told)], annex)]
    return Sheaf(
        1,
        told[-1].page.number,
        tuple(turned),
        (f"页码依次为 {_listed(values)}，像是整叠材料倒着扫的。{_RESCAN}",),
    )


def _runs_on(values: Sequence[int]) -> bool:
    """Whether numbers run 1, 2, 3, once or several times over."""
    return all(
        value in (1, before + 1) and value >= 1
        for before, value in zip([0, *values[:-1]], values, strict=True)
    )


def _mixed(parts: Sequence[Part], annex: Annex) -> Sheaf | None:
    """Pages of several documents lying between one another: no cut is right, so the whole waits."""
    told = [numbered(part.pages) for part in parts]
    doubled = any(_doubled(pages, annex) for pages in told)
    foreign = any(_foreign(pages, told[:at], annex) for at, pages in enumerate(told))
    if not (doubled or foreign or _torn(told, annex)):
        return None
    every = [one for pages in told for one in pages]
    values = [one.value for one in every if one.value]
    if sorted(one.value for one in every) == [*range(1, len(every) + 1)]:
        return _shuffled(every, annex)
    words = f"页码依次为 {_listed(values)}，像是双面材料翻面扫描，" if values else ""
    reason = f"{words}几份材料（或同一份材料）的页混在一起，不能确定哪一页是哪一份的。{_RESCAN}"
    last = told[-1][-1].page.number
    return Sheaf(1, last, tuple(part.pages for part in parts), (reason,))


def _shuffled(every: Sequence[_Numbered], annex: Annex) -> Sheaf:
    """Each number once, but not in order: one document, most likely, guessed from its pages as they are numbered."""
    ranked = sorted(every, key=lambda one: one.value)
    readings = tuple(part.pages for part in cut([one.page for one in ranked], annex))
    told = f"页码依次为 {_listed(one.value for one in every)}，顺序不对。{_RESCAN}"
    return Sheaf(1, max(one.page.number for one in every), readings, (told,))


def _doubled(pages: Sequence[_Numbered], annex: Annex) -> bool:
    """Whether a number comes twice in one document, and not because an annex is numbered by itself."""
    seen: set[int] = set()
    for at, one in enumerate(pages):
        if one.value == 1 and seen and (is_attachment(one.page, annex) or _ended(pages[at - 1], annex)):
            seen = set()
        if one.value and one.value in seen:
            return True
        seen.add(one.value)
    return False


def _ended(one: _Numbered, annex: Annex) -> bool:
    return ending(one.page, annex.signatures) is not None


def _foreign(pages: Sequence[_Numbered], before: Sequence[Sequence[_Numbered]], annex: Annex) -> bool:
    """Whether a second ending follows the first in one document while an earlier one has none: its last page strayed."""
    open_ = [other for other in before if not any(_ended(one, annex) for one in other)]
    if not open_ or len(pages) < 2:
        return False
    ends = [at for at, one in enumerate(pages) if _dated_end(one, annex)]
    later = [at for at in ends[1:] if not is_attachment(pages[at].page, annex)]
    quotes = {_quote(pages[at], annex) for at in ends}
    return bool(later) and len(quotes) > 1 and start_title(pages[later[0]].page, annex) is None


def _dated_end(one: _Numbered, annex: Annex) -> bool:
    found = ending(one.page, annex.signatures)
    return found is not None and found.rule == "落款日期"


def _quote(one: _Numbered, annex: Annex) -> str:
    found = ending(one.page, annex.signatures)
    return found.quote if found else ""


def _torn(told: Sequence[Sequence[_Numbered]], annex: Annex) -> bool:
    """Whether one document begins with a page that another one lacks: 2 without a title, where a 1 has no 2 or no end."""
    for at, pages in enumerate(told):
        first = pages[0]
        if first.value < 2 or start_title(first.page, annex) is not None:
            continue
        others = [other for place, other in enumerate(told) if place != at]
        if any(_wants(other, first.value, annex) for other in others):
            return True
    return False


def _wants(pages: Sequence[_Numbered], number: int, annex: Annex) -> bool:
    """Whether a document has a page before ``number``, and lacks that page."""
    have = {one.value for one in pages if one.value}
    if number in have or number - 1 not in have:
        return False
    return max(have) > number or not _ended(pages[-1], annex)


def _checked(part: Part, annex: Annex) -> Sheaf:
    """One document: its pages in their printed order, and what is wrong with it."""
    told = numbered(part.pages)
    first, last = part.pages[0].number, part.pages[-1].number
    doubts = list(part.doubts)
    values = [one.value for one in told if one.value]
    pages = part.pages
    if len(values) > 1 and values != sorted(values) and not _restarts(told, annex):
        doubts.append(f"页码依次为 {_listed(values)}，顺序不对。{_RESCAN}")
        ranked = sorted(told, key=lambda one: (one.value == 0, one.value))
        pages = tuple(one.page for one in ranked) if all(one.value for one in told) else pages
    doubts += _lacking(told, annex)
    return Sheaf(first, last, (pages,), tuple(dict.fromkeys(doubts)))


def _restarts(told: Sequence[_Numbered], annex: Annex) -> bool:
    """Whether numbers fall only where they begin anew at 1, as those of an annex do."""
    return all(
        one.value > before or one.value in (0, 1)
        for before, one in zip([0, *(one.value for one in told)], told, strict=False)
    )


def _lacking(told: Sequence[_Numbered], annex: Annex) -> list[str]:
    """What a document plainly lacks: pages before it, between its pages, or behind them."""
    doubts = []
    run = _first_run(told)
    have = [one.value for one in run if one.value]
    totals = {one.number.total for one in run if one.number and one.number.total}
    total = totals.pop() if len(totals) == 1 else None
    unnumbered = len(run) - len(have)
    titled = start_title(told[0].page, annex) is not None
    if have and not unnumbered:
        first = min(have)
        known = have if not titled or first == 1 else [*range(1, first), *have]
        gap = missing_pages(known, total)
        sure = len(have) > 1 or total is not None or any(one.number and one.number.plain for one in run)
        if gap and sure:
            of = f"，共{total}页" if total else ""
            doubts.append(f"缺页：印的页码是 {_listed(have)}{of}，缺{gap}")
    elif total is not None and len(run) < total:
        doubts.append(f"缺页：印着共{total}页，这里只有{len(run)}页")
    broken = breaks_off(told[-1].page, annex.signatures)
    if broken is not None and broken.rule == SIGNED_ELSEWHERE:
        doubts.append(f"缺页：写着“{broken.quote}”，后面的签署页（签字盖章的那一页）没有")
    elif broken is not None:
        doubts.append(f"缺页：最后一页的文字没有写完（“……{broken.quote}”），可能缺后面的页")
    return doubts


def _first_run(told: Sequence[_Numbered]) -> list[_Numbered]:
    """The pages up to where numbers begin anew (an annex)."""
    run: list[_Numbered] = []
    for one in told:
        if one.value == 1 and any(other.value for other in run):
            break
        run.append(one)
    return run


def _listed(values: Iterable[int]) -> str:
    told = [str(value) for value in values]
    return "、".join(told if len(told) <= 24 else [*told[:24], "……"])
