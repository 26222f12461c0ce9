"""Is a document (件) sealed (盖章), and by whom? Decided from the seals seen on its pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from archivist.core.model import Seen, TextSource
from archivist.core.page import Page, SealMark
from archivist.core.text import fold

SURE = 0.5
"""Below it a mark is a suspicion: somebody should look, but it counts for nothing."""
CAPTURED_IN_COLOUR = frozenset({"colour", "plain"})
"""Of a page's `colour`: its image would show a red seal in red."""
_RECEIPT = ("收文", "收讫", "收件", "作废", "付讫", "档案室")
"""Words of stamps that note handling: they seal nothing."""


def seals_of(pages: Iterable[Page]) -> tuple[tuple[int, SealMark], ...]:
    """Return the seals on ``pages`` that count, each with its page number, in page order."""
    return tuple((page.number, mark) for page in pages for mark in page.seals if _counts(mark))


def _counts(mark: SealMark) -> bool:
    named = mark.shape == "square"  # a person's stamp (私章) signs, it seals nothing
    return mark.confidence >= SURE and not named and not any(word in mark.text for word in _RECEIPT)


def is_copy(mark: SealMark, page: Page) -> bool:
    """Whether a seal is black on a page that was captured in colour: then it is the copy of one (复印)."""
    return mark.ink == "dark" and page.colour in CAPTURED_IN_COLOUR


def sealed(pages: Sequence[Page]) -> Seen:
    """Tell whether the document made of ``pages`` carries a seal.

    YES with at least one; NO if every page with anything on it was captured in colour and none was seen; UNKNOWN
    otherwise: grey and black-and-white images hide seals, native text shows none, neither a suspicion nor the copy of a
    seal is proof.
    """
    if any(not is_copy(mark, page) for page in pages for _, mark in seals_of([page])):
        return Seen.YES
    if seals_of(pages):
        return Seen.UNKNOWN
    written = [page for page in pages if not page.blank]
    suspected = any(
        mark.confidence < SURE for page in written for mark in page.seals if mark.shape != "square"
    )
    if not written or suspected or not all(map(_would_show, written)):
        return Seen.UNKNOWN
    return Seen.NO


def _would_show(page: Page) -> bool:
    return page.looked and page.colour in CAPTURED_IN_COLOUR and page.text_source is TextSource.OCR


def likeness(text: str, name: str) -> float:
    """Return how much of ``name`` is in ``text`` in order (0..1); where the reading of the arc began is no matter."""
    read, wanted = _core(text), _core(name)
    if not read or not wanted:
        return 0.0
    shared = max(_shared(read, wanted), _shared(read[len(read) // 2 :] + read[: len(read) // 2], wanted))
    return 2 * shared / (len(read) + len(wanted))


def _shared(one: str, other: str) -> int:
    return sum(
        block.size for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    )


def _core(name: str) -> str:
    """A body's name without the parts that seals and documents use or leave out at will."""
    folded = fold(name)
    for prefix in ("中共", "重庆市", "重庆", "大足区"):
        folded = folded.removeprefix(prefix)
    return folded
