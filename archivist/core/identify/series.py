"""Files that hold a page each and are one document together: photos taken page by page, scans saved one by one.

The whole is identified from all its pages, in the order of their printed numbers or else of their names. It is filed
only when what joins the pages is more than their names, and nothing of it is missing; else every page waits, told which
page of which file it may be.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from archivist.core.filing import likely
from archivist.core.identification import Identification
from archivist.core.identify.completing import completes
from archivist.core.identify.naming import InSeries, apart, folder_of, short
from archivist.core.identify.order import sheaves
from archivist.core.identify.split import begins, is_attachment
from archivist.core.identify.titles import match_ending
from archivist.core.model import Candidate, Evidence
from archivist.core.page import Page
from archivist.core.paper.endings import breaks_off, ending, text_lines
from archivist.core.paper.pagenumbers import page_number
from archivist.core.patterns import lazily
from archivist.core.rules import Annex
from archivist.core.text import fold
from archivist.core.words.evidence import JOINED

_OTHER_PROJECT, _SAME_PROJECT = 0.75, 0.5
_SURE = 2
_COUNTED = lazily(r"^\s*[（(]?([一二三四五六七八九十]{1,3})[)）]?\s*[、，.．]")
_NUMERALS = {numeral: value for value, numeral in enumerate("一二三四五六七八九十", 1)}


@dataclass(frozen=True, slots=True)
class Leaf:
    """A file that holds one page.

    Attributes:
        name: as dropped. place: its place in the series. page: what was read. found: what it was taken to be by itself.
        doubt: why a person must look at it however clear it seems, Chinese.
    """

    name: str
    place: InSeries
    page: Page
    found: Identification
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a leaf is as a page of a document: its ``number``th of ``leaves``, in page order.

    ``sure`` says that the pages are one document and all there, whether or not it is clear of which project and kind.
    """

    found: Identification
    number: int
    leaves: tuple[str, ...]
    sure: bool = False


Identify = Callable[[Sequence[Page]], Identification]
"""Identifies pages as one document."""


def judged(leaves: Sequence[Leaf], annex: Annex, identify: Identify) -> dict[str, Verdict]:
    """Return what becomes of the files that are a page of something larger, by name; the others go their own way.

    Args:
        leaves: of one series, in the order of their names.
    """
    verdicts: dict[str, Verdict] = {}
    for run in _runs(leaves, annex):
        if len(run) > 1:
            verdicts |= _whole(run, annex, identify)
    return verdicts


def _runs(leaves: Sequence[Leaf], annex: Annex) -> list[list[Leaf]]:
    """The documents that the pages may be: each from a page that begins one up to the next."""
    if (
        len(leaves) > 1
        and _each_once(leaves)
        and not any(begins(one.page, annex) for one in _by_number(leaves)[1:])
    ):
        return [list(leaves)]
    runs: list[list[Leaf]] = []
    for leaf in leaves:
        if runs and _may_follow(leaf, runs[-1], annex):
            runs[-1].append(leaf)
        else:
            runs.append([leaf])
    return runs


def _may_follow(leaf: Leaf, run: Sequence[Leaf], annex: Annex) -> bool:
    if apart(leaf.place, run[-1].place) > 1 or not leaf.found.archival or not run[0].found.archival:
        return False
    if leaf.found.decided and leaf.found.title is not None and not leaf.found.attached:
        return False
    if begins(leaf.page, annex) or (_printed(leaf) == 1 and not is_attachment(leaf.page, annex)):
        return False
    theirs = {project for one in run for project in _projects(one, _SAME_PROJECT)}
    mine = _projects(leaf, _OTHER_PROJECT)
    return not theirs or not mine or bool(theirs & mine)


def _projects(leaf: Leaf, least: float) -> set[str]:
    """The projects a page by itself is likely of."""
    return {c.project for c in leaf.found.candidates if c.project is not None and likely(c, least)}


def _printed(leaf: Leaf) -> int:
    number = page_number(leaf.page)
    return 0 if number is None or number.corner else number.number


def _each_once(leaves: Sequence[Leaf]) -> bool:
    """Whether the printed numbers are 1 to the last, each once, and the names hang together."""
    near = all(apart(a.place, b.place) <= 1 for a, b in itertools.pairwise(leaves))
    return near and sorted(map(_printed, leaves)) == [*range(1, len(leaves) + 1)]


def _by_number(leaves: Sequence[Leaf]) -> list[Leaf]:
    numbers = list(map(_printed, leaves))
    if all(numbers) and len(set(numbers)) == len(numbers):
        return sorted(leaves, key=_printed)
    return list(leaves)


def _whole(run: Sequence[Leaf], annex: Annex, identify: Identify) -> dict[str, Verdict]:
    """What becomes of the pages of one document, or of what may be one."""
    ordered = _by_number(run)
    doubtful = _first_doubtful(ordered, annex)
    if doubtful is not None and _stands_alone(ordered[:doubtful], annex):
        return _apart_from(ordered, doubtful, annex, identify)
    pages = _as_one(ordered)
    found = identify(pages)
    whole = sheaves(pages, annex)
    doubts = [
        *(one.doubt for one in ordered if one.doubt),
        *(doubt for part in whole for doubt in part.doubts),
    ]
    if len(whole) > 1:
        doubts.append("这几页像是不止一份材料")
    if doubtful is not None:
        doubts.append(f"不能确定“{short(ordered[doubtful].name)}”和前面的是不是同一份材料")
    names = tuple(one.name for one in ordered)
    told: dict[str, Verdict] = {}
    for at, one in enumerate(ordered, 1):
        clear = bool(found.decided) and not doubts
        own = _filed(one, at, found, names) if clear else _waiting(one, at, found, doubts, names)
        told[one.name] = Verdict(own, at, names, not doubts)
    return told


def _apart_from(
    ordered: Sequence[Leaf], doubtful: int, annex: Annex, identify: Identify
) -> dict[str, Verdict]:
    """A document that has its end, and pages that may belong to it all the same: only those wait."""
    head = ordered[:doubtful]
    verdicts = _whole(head, annex, identify) if len(head) > 1 else {}
    found = identify(_as_one(head))
    names = tuple(one.name for one in ordered)
    for at, one in enumerate(ordered[doubtful:], doubtful + 1):
        verdicts[one.name] = Verdict(_waiting(one, at, found, (), names), at, names)
    return verdicts


def _stands_alone(head: Sequence[Leaf], annex: Annex) -> bool:
    """Whether what comes before a doubtful page is a document with its end."""
    return begins(head[0].page, annex) and ending(head[-1].page, annex.signatures) is not None


def _as_one(leaves: Sequence[Leaf]) -> list[Page]:
    return [replace(one.page, number=at) for at, one in enumerate(leaves, 1)]


def _first_doubtful(ordered: Sequence[Leaf], annex: Annex) -> int | None:
    """The first page that too little joins to the one before it."""
    folder = _folder_speaks(ordered[0].name, annex)
    for at in range(1, len(ordered)):
        if _bonds(ordered[at - 1], ordered[at], annex) + folder < _SURE:
            return at
    return None


def _folder_speaks(name: str, annex: Annex) -> int:
    """Whether the folder is called as one document is (桐子垭村会议记录)."""
    folder = fold(folder_of(name))
    return int(bool(folder) and match_ending(folder, annex) is not None)


def _bonds(before: Leaf, leaf: Leaf, annex: Annex) -> int:
    """How many independent signs join a page to the one before it, less those against it."""
    printed, earlier = _printed(leaf), _printed(before)
    attached = is_attachment(leaf.page, annex)
    if printed and earlier and printed > earlier:
        return _SURE  # which are missing, and whether they lie in order, is told by `sheaves`
    named = int(leaf.place.photo and (leaf.place.separated or leaf.place.timed))
    same = bool(_projects(before, _SAME_PROJECT) & _projects(leaf, _SAME_PROJECT))
    counted = _counts_on(before.page, leaf.page)
    if breaks_off(before.page, annex.signatures) is not None:
        return named + 2
    if completes(before.page, leaf.page, annex):
        return named + (_SURE if ending(before.page, annex.signatures) is None else 1)
    if not attached and ending(before.page, annex.signatures) is not None:
        return named + same + counted - 2
    return named + same + counted + (1 if attached or leaf.place.photo else 0)


def _counts_on(before: Page, page: Page) -> int:
    """Whether paragraphs are counted on: the last was 二、, the first is 三、."""
    last = [value for line in text_lines(before) if (value := _ordinal(line.text))]
    first = next((value for line in text_lines(page) if (value := _ordinal(line.text))), 0)
    return int(bool(last) and first == last[-1] + 1)


def _ordinal(text: str) -> int:
    match = _COUNTED.match(text)
    return _NUMERALS.get(match.group(1), 0) if match else 0


def nth(number: int) -> str:
    """What tells the further pages of a document by name: its files then lie side by side."""
    return f"（第{number}页）" if number > 1 else ""


def _filed(leaf: Leaf, at: int, whole: Identification, names: Sequence[str]) -> Identification:
    """One page of a document that is filed: what is true of the whole, and how we know."""
    decided = tuple(_own(winner, at, names) for winner in whole.decided)
    rest = tuple(c for c in whole.candidates if c not in whole.decided)
    reasons = (
        whole.reasons
        if at == 1
        else (f"与“{short(names[0])}”是同一份材料，第{at}页（共{len(names)}个文件）",)
    )
    return replace(
        _described(leaf, at, whole), candidates=(*decided, *rest), decided=decided, reasons=reasons
    )


def _own(winner: Candidate, at: int, names: Sequence[str]) -> Candidate:
    """The evidence that stands on this page; for a page without any, that it belongs to the first."""
    own = tuple(replace(one, page=1) for one in winner.evidence if one.page == at)
    joined = Evidence(1, short(names[0]), JOINED)
    return replace(winner, evidence=own or (joined,))


def _described(leaf: Leaf, at: int, whole: Identification) -> Identification:
    return replace(
        leaf.found,
        facts=tuple(replace(fact, page=1) for fact in whole.facts if fact.page == at),
        title=whole.title and f"{whole.title}{nth(at)}",
        date=whole.date,
        issuer=whole.issuer,
        responsible=whole.responsible,
        level=whole.level,
        of_kind=whole.of_kind,
        sealed=whole.sealed,
        signed=whole.signed,
        attached=False,
    )


def _waiting(
    leaf: Leaf, at: int, whole: Identification, doubts: Sequence[str], names: Sequence[str]
) -> Identification:
    """One page of what may be a document: a person is told which, and the same guess for all of them."""
    folder = folder_of(leaf.name)
    where = f"（文件夹“{folder}”）" if folder else ""
    if at == 1:
        told = f"“{short(names[1])}”等 {len(names) - 1} 个文件可能是它后面的页{where}"
    else:
        told = f"可能是“{short(names[0])}”的第{_printed(leaf) or at}页{where}"
    why = doubts or (() if whole.decided else whole.reasons)
    found = leaf.found if not whole.candidates else replace(leaf.found, candidates=whole.candidates)
    return replace(found, archival=True, decided=(), reasons=(told, *why))
