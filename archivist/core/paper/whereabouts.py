"""Where on a page the words stand that something rests on (所在位置), and the ink where a name is asked for.

What checks keep is page and quote; the boxes are found again in what was read of the page. Nothing is guessed: words that
are not found as they were quoted have no box.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archivist.core.model import Box, SignaturePlace
from archivist.core.page import Line, Page
from archivist.core.paper.signatures import DOUBTFUL, NAME_STAMP, fields_of, weight
from archivist.core.paper.unlabelled import UNLABELLED, meet, written_at_end
from archivist.core.text import fold

_CUT = "……"
_LEAST = 4
"""Folded characters: shorter pieces of a quote stand anywhere."""
_MOST_MISSED = 0.4
"""How much of a quote that is put together of cells may not be found again."""
_LABEL = 3
_LISTED = 3
"""So many names below a label, and all of them are what it asks for."""
_ROWS, _APART = 0.25, 0.05
"""How far below a label names are listed, and how far from it the next one stands (of the page)."""
_PROSE, _BY_HAND = 10, 0.5
"""Characters of a line that is no name, and from which sureness on it is a hand's."""


def where_quoted(page: Page, quote: str, latest: bool = False) -> tuple[Box, ...]:
    """Where ``quote`` stands on ``page``, a box a line; nothing when it is not found or its lines have no place.

    Args:
        latest: of several places the last is meant (a date at the end), else the first.
    """
    wanted = fold(quote.removesuffix(_CUT))
    if not wanted:
        return ()
    spans = [_Spans(line) for line in page.lines]
    inside = [found for one in spans if (found := one.whole(wanted)) is not None]
    if inside:
        return (inside[-1 if latest else 0],)
    return _running(spans, wanted) or _pieces(spans, wanted)


def where_signed(page: Page, place: SignaturePlace, earlier: int = 0) -> tuple[Box, ...]:
    """Where ``place`` asks for a name on ``page``: the label with the ink beside or below it; for names by hand at the
    end of a record, the names.

    Args:
        earlier: how many places before it on the page ask in the same words (代表人（签字）： for each party).
    """
    if place.label == UNLABELLED:
        return written_at_end(page)
    asking = list(_asking(page, place))
    if not asking:
        return ()
    line, spans = asking[min(earlier, len(asking) - 1)]
    if line.box is None:
        return ()
    own_box = _along(line.text, line.box, spans[0], spans[2])
    ink = [hand.box for hand in page.hands or () if hand.sure >= DOUBTFUL]
    ink += [seal.box for seal in page.seals if seal.shape == NAME_STAMP]
    beside, below = fields_of(line, spans, False, 0.0)
    beside = (*beside[:2], min(beside[2], _next_label(page, own_box)), beside[3])
    listed = [box for box in ink if meet(box, _rows_below(page, own_box))]
    if len(listed) >= _LISTED:
        return (around([own_box, *listed]),)
    own: list[Box] = []
    for field in (beside, below):
        own = own or [_within(box, field) for box in ink if meet(box, field)]
    return (around([own_box, *own]),)


def _next_label(page: Page, box: Box) -> float:
    """Where on the row of ``box``, to the right of it, something else is asked for; 1.0 where nothing is."""
    row = [
        line.box[0]
        for line in page.lines
        if line.box is not None
        and line.box[0] > box[0] + _APART
        and line.box[1] < (box[1] + box[3]) / 2 < line.box[3]
        and any(mark in line.text for mark in "：:")
    ]
    return min(row, default=1.0)


def _rows_below(page: Page, box: Box) -> Box:
    """The rows below a label, down to where print goes on."""
    end = box[3] + _ROWS
    print_ = [
        line.box[1]
        for line in page.lines
        if line.box is not None
        and line.box[1] >= box[3]
        and len(line.text) >= _PROSE
        and (line.hand or 0.0) < _BY_HAND
    ]
    return 0.0, box[1], 1.0, min([end, *print_])


def _within(box: Box, field: Box) -> Box:
    """What of ``box`` lies in ``field`` or right beside it: ink that was joined with a seal's reaches far beyond a name."""
    more = (field[3] - field[1]) / 4
    left, top = max(box[0], field[0] - more), max(box[1], field[1] - more)
    return left, top, min(box[2], field[2] + more), min(box[3], field[3] + more)


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds all of ``boxes``."""
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def part_of_page(box: Box) -> str:
    """Where a box lies, in words, for who cannot see the picture."""
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    side = "左" if across < 1 / 3 else "右" if across > 2 / 3 else "中"
    height = "上" if down < 1 / 3 else "下" if down > 2 / 3 else "中"
    return "正中" if side == height == "中" else f"{side}{height}" if side != "中" else f"中间靠{height}"


def _asking(page: Page, place: SignaturePlace) -> Iterator[tuple[Line, tuple[int, int, int]]]:
    """The lines that ask in the words of ``place``, each with the offsets where its label starts, where it ends and where
    the next begins. Of a label that wraps in a cell, the line it begins on.
    """
    lines = [line for line in page.lines if not place.quote or line.text[:40] == place.quote]
    found = [(line, at) for line in lines for at in _all(line.text, place.label)]
    for order, (line, at) in enumerate(found):
        stop = (
            found[order + 1][1] if order + 1 < len(found) and found[order + 1][0] is line else len(line.text)
        )
        yield line, (at, at + len(place.label), stop)
    if not found:
        label = fold(place.label)
        holds = [line for line in page.lines if label and label in fold(line.text)]
        begins = [
            line for line in page.lines if len(words := fold(line.text)) >= _LABEL and label.startswith(words)
        ]
        yield from ((line, (0, len(line.text), len(line.text))) for line in holds or begins)


def _all(text: str, word: str) -> Iterator[int]:
    """Where ``word`` begins in ``text``."""
    at = text.find(word) if word else -1
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _along(text: str, box: Box, start: int, end: int) -> Box:
    """Where the characters ``start``..``end`` of a line stand: as far along its box as they are along its text."""
    left, top, right, bottom = box
    wide = (right - left) / (weight(text) or 1.0)
    return left + wide * weight(text[:start]), top, left + wide * weight(text[:end]), bottom


class _Spans:
    """A line with its folded text, and which of its characters each folded one comes from."""

    def __init__(self, line: Line) -> None:
        self.line = line
        letters = [(letter, at) for at, char in enumerate(line.text) for letter in fold(char)]
        self.text = "".join(letter for letter, _ in letters)
        self._from = [at for _, at in letters]

    def whole(self, wanted: str) -> Box | None:
        """Where the line holds all of ``wanted``."""
        start = self.text.find(wanted)
        return None if start < 0 else self.part(start, start + len(wanted))

    def part(self, start: int, end: int) -> Box | None:
        """Where the folded characters ``start``..``end`` stand: as far along the line as they are along its text."""
        if self.line.box is None or end <= start:
            return None
        return _along(self.line.text, self.line.box, self._from[start], self._from[end - 1] + 1)


def _running(spans: Sequence[_Spans], wanted: str) -> tuple[Box, ...]:
    """Words that run over several lines, one after another."""
    start = "".join(one.text for one in spans).find(wanted)
    if start < 0:
        return ()
    end, at, found = start + len(wanted), 0, []
    for one in spans:
        low, high = max(start - at, 0), min(end - at, len(one.text))
        at += len(one.text)
        found.append(one.part(low, high))
    return tuple(box for box in found if box is not None)


def _pieces(spans: Sequence[_Spans], wanted: str) -> tuple[Box, ...]:
    """A quote put together of cells: the lines that are pieces of it, if they are most of it."""
    covered, found = bytearray(len(wanted)), []
    for order, start, at, size in sorted(_shared(spans, wanted), key=lambda piece: piece[3], reverse=True):
        box = spans[order].part(start, start + size)
        if box is not None and not any(covered[at : at + size]):
            covered[at : at + size] = b"\1" * size
            found.append((order, box))
    return tuple(box for _, box in sorted(found)) if sum(covered) >= (1 - _MOST_MISSED) * len(wanted) else ()


def _shared(spans: Sequence[_Spans], wanted: str) -> Iterator[tuple[int, int, int, int]]:
    """(line, offset in it, in the quote, characters): lines that are within the quote, and those it begins or ends in."""
    for order, one in enumerate(spans):
        at = wanted.find(one.text)
        if at >= 0 and len(one.text) >= _LEAST:
            yield order, 0, at, len(one.text)
            continue
        sizes = range(min(len(one.text), len(wanted)) - 1, _LEAST - 1, -1)
        begins = next((size for size in sizes if one.text.endswith(wanted[:size])), 0)
        ends = next((size for size in sizes if one.text.startswith(wanted[-size:])), 0)
        if begins:
            yield order, len(one.text) - begins, 0, begins
        if ends:
            yield order, 0, len(wanted) - ends, ends
