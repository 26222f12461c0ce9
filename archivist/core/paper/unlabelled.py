"""Where people sign without being asked in one line: labels that wrap in a cell, names by hand at the end of a record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from archivist.core.model import Box, Seen, SignaturePlace
from archivist.core.page import Hand, Line, Page
from archivist.core.patterns import lazily

UNLABELLED = "文末手写"
"""What such a place is called: nothing is printed there."""
_SURE = 0.99
_SEVERAL, _LIKELY, _MEAN = 3, 0.9, 0.25
"""So many names, the surest of them and their mean from which on they are a hand's together."""
_PRINTED = 0.1
"""Below it every one of several names is print."""
_NAME = lazily(r"[一-龥·]{2,4}")
_SHORT = 8
_MOST_ROWS = 4
_LONG = 15
_NUMBER = lazily(r"[\d\s年月日.\-—/第页共]*")


def stacked(page: Page, asks: re.Pattern[str]) -> Page:
    """The page with labels put together that wrap in a narrow cell (核查评估人员 / 签字)."""
    lines = list(page.lines)
    at = 0
    while at < len(lines):
        rows = list(_rows(lines, at))
        for count in range(len(rows), 1, -1):
            text = "".join(lines[row].text.strip() for row in rows[:count])
            last = lines[rows[count - 1]].text.strip()
            if asks.fullmatch(text) and not asks.fullmatch("".join(text[: -len(last)])):
                lines[at] = replace(lines[at], text=text, box=_around([lines[row] for row in rows[:count]]))
                for row in sorted(rows[1:count], reverse=True):
                    del lines[row]
                break
        at += 1
    return page if len(lines) == len(page.lines) else replace(page, lines=tuple(lines))


def _rows(lines: Sequence[Line], at: int) -> Iterator[int]:
    """The line ``at`` and the short ones right below it in its column."""
    above, box = lines[at], lines[at].box
    if box is None or len(above.text.strip()) > _SHORT:
        return
    yield at
    found = 1
    for row in range(at + 1, min(at + 9, len(lines))):
        other = lines[row].box
        if other is None or len(lines[row].text.strip()) > _SHORT or found == _MOST_ROWS:
            continue
        high = box[3] - box[1]
        shared = min(box[2], other[2]) - max(box[0], other[0])
        if (
            shared > 0.6 * min(box[2] - box[0], other[2] - other[0])
            and -0.6 * high < other[1] - box[3] < 0.8 * high
        ):
            yield row
            found, box = found + 1, other


def _around(lines: Sequence[Line]) -> tuple[float, float, float, float]:
    boxes = [line.box for line in lines if line.box is not None]
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def meet(box: Box, field: Box, least: float = 0.3) -> bool:
    """Whether a fair part (``least``) of ``box`` lies in ``field``."""
    wide = min(box[2], field[2]) - max(box[0], field[0])
    high = min(box[3], field[3]) - max(box[1], field[1])
    size = max((box[2] - box[0]) * (box[3] - box[1]), 1e-9)
    return wide > 0 and high > 0 and wide * high > least * size


def together(sures: Sequence[float]) -> bool:
    """Whether several names side by side are a hand's, though of few of them alone one could swear to it."""
    return len(sures) >= _SEVERAL and max(sures) >= _LIKELY and sum(sures) / len(sures) >= _MEAN


def unlabelled(pages: Sequence[Page]) -> list[SignaturePlace]:
    """Names by hand at the end of a record: a place to sign though nothing asks for one.

    Below its last print; or a list of names that ends it and is, taken together, by hand: or plainly is not.
    """
    listed = [_sureness(page, name) for page in pages for name in _listed(page)]
    if len(listed) >= _SEVERAL and all(page.hands is not None for page in pages):
        seen = Seen.YES if together(listed) else Seen.NO if max(listed) < _PRINTED else Seen.UNKNOWN
        if seen is not Seen.UNKNOWN:
            return [SignaturePlace(pages[-1].number, UNLABELLED, seen)]
    page = next((page for page in reversed(pages) if page.lines or page.hands), None)
    if page is None or not _hands_at_end(page):
        return []
    return [SignaturePlace(page.number, UNLABELLED, Seen.YES)]


def written_at_end(page: Page) -> tuple[Box, ...]:
    """Where the names stand that end a record on ``page``: those listed, or what a hand wrote below its last print."""
    listed = [line.box for line in _listed(page) if line.box is not None]
    return (
        tuple(reversed(listed))
        if len(listed) >= _SEVERAL
        else tuple(hand.box for hand in _hands_at_end(page))
    )


def _hands_at_end(page: Page) -> list[Hand]:
    """What a hand surely wrote below the last print of a page."""
    print_ = [
        line.box[3]
        for line in page.lines
        if line.box and (line.hand or 0.0) < 0.5 and not _NUMBER.fullmatch(line.text)
    ]
    if not print_:
        return []  # all of it is written by hand: what is a name there, its words must say
    end = max(print_)
    return [
        hand
        for hand in page.hands or ()
        if hand.sure >= _SURE and _below(hand, end) and not _number(page, hand)
    ]


def _listed(page: Page) -> list[Line]:
    """The names in short cells that stand last on a page, above nothing but who issued it and a date."""
    found: list[Line] = []
    for line in reversed(page.lines):
        text = line.text.strip()
        if line.box is not None and _NAME.fullmatch(text):
            found.append(line)
        elif found and not _NUMBER.fullmatch(text) and (line.hand or 0.0) < _PRINTED:
            break
    return found


def _sureness(page: Page, line: Line) -> float:
    """How surely a name was written by hand: as its line was judged, or ink over it."""
    inked = [hand.sure for hand in page.hands or () if line.box is not None and meet(hand.box, line.box)]
    return max([line.hand or 0.0, *inked])


def _below(hand: Hand, end: float) -> bool:
    left, top, right, bottom = hand.box
    sized = right - left >= 0.03 and 0.008 <= bottom - top <= 0.1 and right - left <= 0.5
    return sized and (top + bottom) / 2 > end and 0.06 < (left + right) / 2 < 0.96 and bottom < 0.97


def _number(page: Page, hand: Hand) -> bool:
    """Whether what was read there is a number, a date or a whole sentence."""
    middle = (hand.box[1] + hand.box[3]) / 2
    words = [
        line.text
        for line in page.lines
        if line.box
        and line.box[1] <= middle <= line.box[3]
        and line.box[0] < hand.box[2]
        and hand.box[0] < line.box[2]
    ]
    return any(_NUMBER.fullmatch(word) or len(word) > _LONG for word in words)
