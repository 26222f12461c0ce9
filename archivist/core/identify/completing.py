"""Whether a page brings what the page before it lacks: the signatures and the date of its end, the last block of its form.

Names of files say that pages may be one document; this says that they are, or nothing.
"""

from __future__ import annotations

from archivist.core.identify.split import is_attachment
from archivist.core.page import Page
from archivist.core.paper.endings import CLOSED, ending, text_lines
from archivist.core.patterns import lazily
from archivist.core.rules import Annex
from archivist.core.text import fold

_MOST_LINES = 16
_MOST_SENTENCES = 1
_SHORT = 12
_SENTENCE = lazily(r"[。；;！？!?]")
_CAMERA = lazily(r"^(?:拍摄)?(?:时间|地点|日期)\s*[:：]")
_OUTER = lazily(r"重庆市|大足区")
_PLACE = lazily(
    r"([一-龥]{1,3}(?:镇|街道))?([一-龥]{2,4}?(?:村|社区))(?=村民|居民|委员会|股份|党|集体|村委|居委|$)"
)


def completes(before: Page, page: Page, annex: Annex) -> bool:
    """Whether ``page`` is the end that ``before`` lacks, by what stands on the two."""
    return _fills(before, page, annex) or (lacks_end(before, annex) and _closes(before, page, annex))


def lacks_end(page: Page, annex: Annex) -> bool:
    """Whether nothing on ``page`` closes a document: a place to sign or a seal may have more behind it."""
    found = ending(page, annex.signatures)
    return found is None or found.rule not in CLOSED


def _closes(before: Page, page: Page, annex: Annex) -> bool:
    """A page of signatures, bodies and a date, without text of its own, and of no other place than the page before."""
    lines = [line for line in text_lines(page) if not _CAMERA.match(line.text.strip())]
    running = sum(len(line.text) > _SHORT and bool(_SENTENCE.search(line.text)) for line in lines)
    if lacks_end(page, annex) or len(lines) > _MOST_LINES or running > _MOST_SENTENCES:
        return False
    told = "".join(fold(line.text) for line in before.lines)
    places = [place for line in lines for place in _places(line.text)]
    return not is_attachment(page, annex) and all(place in told for place in places)


def _places(text: str) -> list[str]:
    """The township and the village that a body's name on one line begins with."""
    match = _PLACE.match(_OUTER.sub("", fold(text)))
    return [place for place in match.groups() if place] if match else []


def _fills(before: Page, page: Page, annex: Annex) -> bool:
    """The block of a form that the page before lacks, while it has those that come before it (附件2的三栏)."""
    here, there = ("".join(fold(line.text) for line in one.lines) for one in (page, before))
    for item in annex.items:
        filled = [any(fold(label) in there for label in block.labels) for block in item.blocks]
        follows = [any(fold(label) in here for label in block.labels) for block in item.blocks]
        if any(filled) and any(follows) and not any(a and b for a, b in zip(filled, follows, strict=True)):
            return filled.index(True) < follows.index(True)
    return False
