"""Page numbers printed on pages (页码): — 1 —, -1-, 第2页 共3页, 1/3 or a bare 2, alone on a line at foot or head.

GB/T 9704-2012 puts `— 1 —` below the text; other papers print what their makers like. Recognition reads the dash as
一, －, - or loses it. A year, an amount or a figure of a table is no page number: the line must stand alone in the
margin, with nothing below it (foot) or above it (head).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archivist.core.model import Box, Evidence
from archivist.core.page import Line, Page
from archivist.core.paper.dates import hanzi_number
from archivist.core.patterns import lazily

_FOOT, _HEAD = 0.8, 0.11
_MOST = 300
"""No paper of the archive has more pages; a larger figure is something else."""
_LONGEST = 24
_NUMERAL = r"([0-9]{1,3}|[一二三四五六七八九十]{1,3})"
_OF = lazily(rf"第{_NUMERAL}页(?:[,，/、]?[(]?(?:共|总){_NUMERAL}页[)]?)?")
_OF_TURNED = lazily(rf"(?:共|总){_NUMERAL}页[,，/、]?第{_NUMERAL}页")
_ENGLISH = lazily(r"(?:page|p\.?)([0-9]{1,3})(?:(?:of|/)([0-9]{1,3}))?", re.IGNORECASE)
_FRACTION = lazily(r"([0-9]{1,3})/([0-9]{1,3})")
_DASH = r"[-—–―‐‑−﹣一_~·•.]{1,3}"
_DASHED = lazily(rf"{_DASH}([0-9]{{1,3}}){_DASH}")
_HALF_DASHED = lazily(rf"{_DASH}([0-9]{{1,3}})|([0-9]{{1,3}}){_DASH}")
_BARE = lazily(r"([1-9][0-9]{0,2})")


@dataclass(frozen=True, slots=True)
class PageNumber:
    """What a page says of its place in its document.

    Attributes:
        number: as printed. total: of how many (共3页, 1/3), None when it does not say.
        evidence: the page and the words. plain: its form can hardly be anything else; a bare figure is not plain.
        corner: it stands in an upper corner, where archives number the sheets of a whole volume (编页, DA/T 22).
    """

    number: int
    total: int | None
    evidence: Evidence
    plain: bool
    corner: bool = False


def page_number(page: Page) -> PageNumber | None:
    """Return the number printed on ``page``, or None where there is none or it is none for certain."""
    found = [one for line in _marginal(page.lines) if (one := _read(line, page.number)) is not None]
    plain = [one for one in found if one.plain]
    return next(iter(plain or found), None)


def reads_as_number(text: str) -> bool:
    """Whether words say a page number and nothing else, wherever they stand."""
    return _read(Line(text), 1) is not None


def is_page_number(line: Line, page: Page) -> bool:
    """Whether ``line`` is the number of ``page`` and no part of its text."""
    number = page_number(page)
    return number is not None and line.text.strip()[:_LONGEST] == number.evidence.quote


def _marginal(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines that may hold a page number: in the margins, alone; the foot before the head."""
    told = [line for line in lines if line.text.strip()]
    boxed = [line for line in told if line.box is not None]
    if not boxed:
        yield from reversed(told[-2:])
        if len(told) > 3:
            yield told[0]
        return
    boxes = [line.box for line in boxed if line.box is not None]
    for line in reversed(boxed):
        assert line.box is not None
        if line.box[1] >= _FOOT and _alone(line.box, boxes) and not _below(line.box, boxes):
            yield line
    for line in boxed:
        assert line.box is not None
        if line.box[3] <= _HEAD and _alone(line.box, boxes) and _topmost(line.box, boxes):
            yield line


def _alone(box: Box, boxes: Sequence[Box]) -> bool:
    """Whether nothing else stands on the same row: the cells of a table do."""
    middle = (box[1] + box[3]) / 2
    return not any(other != box and other[1] <= middle <= other[3] for other in boxes)


def _below(box: Box, boxes: Sequence[Box]) -> bool:
    return any(other[1] >= box[3] - 0.002 for other in boxes if other != box)


def _topmost(box: Box, boxes: Sequence[Box]) -> bool:
    return not any(other[3] <= box[1] + 0.002 for other in boxes if other != box)


def _read(line: Line, page: int) -> PageNumber | None:
    words = line.text.strip()
    if not words or len(words) > _LONGEST:
        return None
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", words))
    head = line.box is not None and line.box[3] <= _HEAD
    corner = head and line.box is not None and not 0.3 < (line.box[0] + line.box[2]) / 2 < 0.7
    for pattern, plain, turned in _FORMS:
        match = pattern.fullmatch(text)
        if match is None:
            continue
        groups = [group for group in match.groups() if group]
        values = [_value(group) for group in (reversed(groups) if turned else groups)]
        return _checked(values, plain, Evidence(page, words, "页码"), corner)
    return None


_FORMS = (
    (_OF, True, False),
    (_OF_TURNED, True, True),
    (_ENGLISH, True, False),
    (_FRACTION, True, False),
    (_DASHED, True, False),
    (_HALF_DASHED, False, False),
    (_BARE, False, False),
)


def _value(digits: str) -> int:
    return int(digits) if digits.isascii() else hanzi_number(digits) or 0


def _checked(values: Sequence[int], plain: bool, evidence: Evidence, corner: bool) -> PageNumber | None:
    number, total = values[0], values[1] if len(values) > 1 else None
    if not 1 <= number <= _MOST or (total is not None and not number <= total <= _MOST):
        return None
    return PageNumber(number, total, evidence, plain, corner)
