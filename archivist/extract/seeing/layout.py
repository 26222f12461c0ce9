"""Reading order of boxes on an upright page: rows by vertical overlap, then left to right. Pure geometry."""

from __future__ import annotations

from collections.abc import Sequence

Rect = tuple[float, float, float, float]
"""(left, top, right, bottom) in any one unit, y growing downwards."""


def reading_order(rects: Sequence[Rect], slope: float = 0.0) -> list[int]:
    """Return the indices of ``rects`` in reading order.

    Args:
        rects: boxes of an upright page.
        slope: rise of the lines of text, dy/dx, of a page scanned askew; taken out before rows are compared.
    """
    level = [_levelled(rect, slope) for rect in rects]
    rows: list[list[int]] = []
    for index in sorted(range(len(level)), key=lambda i: (level[i][0] + level[i][1], rects[i][0])):
        row = _row_of(index, rows, level)
        if row is None:
            rows.append([index])
        else:
            row.append(index)
    rows.sort(key=lambda row: min(level[i][0] + level[i][1] for i in row))
    return [index for row in rows for index in sorted(row, key=lambda i: rects[i][0])]


def _levelled(rect: Rect, slope: float) -> tuple[float, float]:
    """Top and bottom after taking out the skew; the box of a sloping line is taller than the line itself."""
    left, top, right, bottom = rect
    rise = abs(slope) * (right - left)
    height = max(bottom - top - rise, (bottom - top) * 0.4)
    centre = (top + bottom) / 2 - slope * (left + right) / 2
    return centre - height / 2, centre + height / 2


def _row_of(index: int, rows: list[list[int]], level: list[tuple[float, float]]) -> list[int] | None:
    top, bottom = level[index]
    for row in rows[-3:][::-1]:
        if all(_same_row((top, bottom), level[other]) for other in row):
            return row
    return None


def _same_row(one: tuple[float, float], other: tuple[float, float]) -> bool:
    overlap = min(one[1], other[1]) - max(one[0], other[0])
    return overlap > 0.5 * min(one[1] - one[0], other[1] - other[0])


def overlap_share(rect: Rect, others: Sequence[Rect]) -> float:
    """Return the largest share of ``rect`` that one of ``others`` covers."""
    left, top, right, bottom = rect
    area = max((right - left) * (bottom - top), 1e-9)
    best = 0.0
    for other in others:
        width = min(right, other[2]) - max(left, other[0])
        height = min(bottom, other[3]) - max(top, other[1])
        if width > 0 and height > 0:
            best = max(best, width * height / area)
    return best


def turned_box(box: Rect, clockwise: int) -> Rect:
    """Return where a box (fractions of a page) is after the page was turned by 0, 90, 180 or 270 degrees."""
    left, top, right, bottom = box
    return {
        0: box,
        90: (1 - bottom, left, 1 - top, right),
        180: (1 - right, 1 - bottom, 1 - left, 1 - top),
        270: (top, 1 - right, bottom, 1 - left),
    }[clockwise % 360]
