"""Ink on a page image that recognition did not read as text: pieces of handwriting, where signatures (签字) are.

Ruled lines, seals, scanner edges and dust are left out. What stands where a name is asked for, the core decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from archivist.extract.seeing.layout import Rect
from archivist.extract.seeing.seals import FoundSeal, Pixels, dark_ink

_SIDE = 1000
_DARK = 0.22
_RULE = 45
"""Pixels (of a page looked at `_SIDE` large): straight lines at least this long are ruled, not written."""
_MOST = 60


def find_strokes(grey: Pixels, read: Sequence[Rect], seals: Sequence[FoundSeal]) -> list[Rect]:
    """Return boxes (pixels) of unread ink on ``grey``, a page with the red taken out.

    Args:
        read: boxes of the lines that were read. seals: in dark ink they are covered up.
    """
    import cv2

    if not read:
        return []
    scale = min(1.0, _SIDE / max(grey.shape))
    size = (max(round(grey.shape[1] * scale), 8), max(round(grey.shape[0] * scale), 8))
    small = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
    ink = (dark_ink(small) > _DARK).astype(np.uint8)
    _rub_out(ink, read, seals, scale)
    joined = np.asarray(cv2.morphologyEx(_unruled(ink), cv2.MORPH_CLOSE, np.ones((5, 9), np.uint8)), np.uint8)
    found = [(a, b, c, d) for a, b, c, d in _pieces(joined, ink) if _within((a, b, c, d), read, scale)]
    return [(a / scale, b / scale, c / scale, d / scale) for a, b, c, d in found[:_MOST]]


def _rub_out(
    ink: npt.NDArray[np.uint8], read: Sequence[Rect], seals: Sequence[FoundSeal], scale: float
) -> None:
    import cv2

    for left, top, right, bottom in read:
        more = 0.12 * (bottom - top)
        corners = [round(side * scale) for side in (left - more, top - more, right + more, bottom + more)]
        ink[max(corners[1], 0) : corners[3] + 1, max(corners[0], 0) : corners[2] + 1] = 0
    for seal in seals:
        if seal.ink == "dark":
            own = seal.outline.scaled(scale)
            axes = (2.12 * own.a, 2.12 * own.b)
            cv2.ellipse(ink, ((own.x, own.y), axes, float(np.degrees(own.turn))), (0,), -1)


def _unruled(ink: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Take out straight lines; slightly slanted ones fall into straight pieces."""
    import cv2

    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, _RULE), np.uint8))
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((_RULE, 1), np.uint8))
    ruled = cv2.dilate(cv2.max(across, down), np.ones((3, 3), np.uint8))
    ink[ruled > 0] = 0
    return ink


def _pieces(joined: npt.NDArray[np.uint8], ink: npt.NDArray[np.uint8]) -> Iterator[tuple[int, int, int, int]]:
    import cv2

    height, width = joined.shape
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    weights = np.bincount(labels[ink > 0], minlength=count)
    for index in np.argsort(-weights):
        left, top, wide, high = (int(v) for v in stats[index][:4])
        if index == 0 or weights[index] < 25 or high < 8 or wide < 6:
            continue
        at_edge = left < 3 or top < 3 or left + wide > width - 3 or top + high > height - 3
        if at_edge or wide > 0.6 * width or high > 0.15 * height:
            continue
        yield left, top, left + wide, top + high


def _within(box: tuple[int, int, int, int], read: Sequence[Rect], scale: float) -> bool:
    """Whether a piece lies on the written part of the sheet (not on the desk about it)."""
    left = min(rect[0] for rect in read) * scale
    right = max(rect[2] for rect in read) * scale
    top = min(rect[1] for rect in read) * scale
    bottom = max(rect[3] for rect in read) * scale
    wide, high = right - left, bottom - top
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    more = max(wide, high) * 0.12
    return left - more < middle[0] < right + more and top - more < middle[1] < bottom + more
