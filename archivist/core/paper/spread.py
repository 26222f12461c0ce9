"""Two pages side by side on one sheet (A3 横放, 两页并排): told from one wide page, and read page by page in order.

Recognition reads a wide sheet row by row, across both pages. A sheet is taken for two pages only where a gutter that no
line crosses parts two columns of running text, and both columns look like pages of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from archivist.core.model import Box
from archivist.core.page import Extract, Line, Page
from archivist.core.paper.pagenumbers import page_number
from archivist.core.text import fold

_LEAST_LINES, _LONG_LINES, _LONG = 5, 4, 10
_MIDDLE, _GUTTER = (0.42, 0.58), 0.025
_WIDE = 1.15
"""Width of the sheet by its height, as the characters (which are square) tell it; A4 upright is 0.71, A3 turned 1.41."""
_OF_COLUMN = 0.6
_PROVEN = 2


def faces(page: Page) -> tuple[Page, ...]:
    """The pages on a sheet, left before right: ``page`` itself, or its two halves with boxes of their own."""
    gutter = _gutter(page)
    if gutter is None:
        return (page,)
    return (_half(page, 0.0, gutter), _half(page, gutter, 1.0))


def unfolded(extract: Extract) -> Extract:
    """The same with the lines of sheets that hold two pages in the order they are read in: all of the left page first."""
    pages = tuple(_in_order(page) for page in extract.pages)
    return extract if pages == extract.pages else replace(extract, pages=pages)


def _in_order(page: Page) -> Page:
    gutter = _gutter(page)
    if gutter is None:
        return page
    left = [line for line in page.lines if line.box is not None and line.box[2] <= gutter]
    right = [line for line in page.lines if line.box is not None and line.box[0] >= gutter]
    return replace(page, lines=(*left, *right))


def _gutter(page: Page) -> float | None:
    """Where the middle of the gutter between two pages is (fraction of the width), or None for one page."""
    boxes = [line.box for line in page.lines if line.box is not None]
    if len(boxes) < 2 * _LEAST_LINES or len(boxes) < len(page.lines) or _width(page.lines) < _WIDE:
        return None
    middle = _free_strip(boxes)
    if middle is None:
        return None
    halves = _half(page, 0.0, middle), _half(page, middle, 1.0)
    if any(len(half.lines) < _LEAST_LINES for half in halves):
        return None
    numbered = sum(page_number(half) is not None for half in halves)
    signs = numbered + all(_running(half) for half in halves) + any(_headed(half) for half in halves[1:])
    return middle if signs >= _PROVEN else None


def _width(lines: Sequence[Line]) -> float:
    """The sheet's width by its height, judged by long lines: characters are as wide as they are high."""
    ratios = [
        len(fold(line.text)) * (line.box[3] - line.box[1]) / (line.box[2] - line.box[0])
        for line in lines
        if line.box is not None and len(fold(line.text)) >= _LONG and line.box[2] > line.box[0]
    ]
    return median(ratios) if ratios else 0.0


def _free_strip(boxes: Sequence[Box]) -> float | None:
    """The middle of the widest strip about the middle of the sheet that no line reaches into."""
    low, high = _MIDDLE
    if any(box[0] < low and box[2] > high for box in boxes):
        return None
    rights = [box[2] for box in boxes if (box[0] + box[2]) / 2 < 0.5]
    lefts = [box[0] for box in boxes if (box[0] + box[2]) / 2 >= 0.5]
    if not rights or not lefts:
        return None
    left, right = max(rights), min(lefts)
    middle = (left + right) / 2
    return middle if right - left >= _GUTTER and low <= middle <= high else None


def _running(half: Page) -> bool:
    """Whether a half is a column of text: enough lines that fill most of its width."""
    boxes = [line.box for line in half.lines if line.box is not None and len(fold(line.text)) >= _LONG]
    return sum(box[2] - box[0] >= _OF_COLUMN for box in boxes) >= _LONG_LINES


def _headed(half: Page) -> bool:
    """Whether the first line of a half stands in its middle, larger than its text, as a title does."""
    boxes = [line.box for line in half.lines if line.box is not None]
    first, height = boxes[0], median(box[3] - box[1] for box in boxes)
    return abs((first[0] + first[2]) / 2 - 0.5) < 0.1 and first[3] - first[1] >= 1.12 * height


def _half(page: Page, left: float, right: float) -> Page:
    """The part of a sheet between two verticals as a page of its own."""
    width = right - left

    def inside(box: Box) -> bool:
        return left <= (box[0] + box[2]) / 2 < right or (right == 1.0 and (box[0] + box[2]) / 2 == right)

    def placed(box: Box) -> Box:
        return (max(0.0, (box[0] - left) / width), box[1], min(1.0, (box[2] - left) / width), box[3])

    return replace(
        page,
        lines=tuple(
            replace(line, box=placed(line.box)) for line in page.lines if line.box and inside(line.box)
        ),
        seals=tuple(replace(seal, box=placed(seal.box)) for seal in page.seals if inside(seal.box)),
        strokes=tuple(placed(box) for box in page.strokes if inside(box)),
    )
