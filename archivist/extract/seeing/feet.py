"""The page number (页码) that the detector overlooked: small ink alone in the lower margin, read where it stands.

The detector looks at a small picture of the page, on which `— 2 —` is three specks. The margin below the last line is
looked at as it is; what stands there alone and reads as a page number is one, anything else is left out.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

_TOP, _BOTTOM, _SIDES = 0.84, 0.985, 0.06
_WIDEST, _LOWEST, _HIGHEST = 0.22, 0.005, 0.035
_GAP = 0.008
_DARKER, _SPECK = 70, 2
_FILLED = 0.55
_PAD = 0.6

Pixels = npt.NDArray[np.uint8]
Bounds = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""


def foot_ink(grey: Pixels, below: float) -> Bounds | None:
    """Where a single small piece of writing stands alone in the lower margin; None when there is none or more.

    Args:
        grey: the upright page. below: the bottom of the last line that was read, in pixels.
    """
    height, width = grey.shape
    top, bottom = int(max(_TOP * height, below + 0.004 * height)), int(_BOTTOM * height)
    left, right = int(_SIDES * width), int((1 - _SIDES) * width)
    if bottom - top < _LOWEST * height or right <= left:
        return None
    strip = grey[top:bottom, left:right].astype(np.int16)
    ink = strip < np.median(strip) - _DARKER
    rows = np.flatnonzero(ink.sum(axis=1) >= _SPECK)
    if len(rows) == 0 or np.diff(rows).max(initial=0) > _GAP * height:
        return None
    columns = np.flatnonzero(ink[rows[0] : rows[-1] + 1].any(axis=0))
    box = (left + int(columns[0]), top + int(rows[0]), left + int(columns[-1]) + 1, top + int(rows[-1]) + 1)
    return box if _is_small(box, width, height, ink) else None


def _is_small(box: Bounds, width: int, height: int, ink: npt.NDArray[Any]) -> bool:
    """Whether it is as large as a page number, and no bar or blot."""
    wide, high = box[2] - box[0], box[3] - box[1]
    filled = float(ink.sum()) / max(1, wide * high)
    return wide <= _WIDEST * width and _LOWEST * height <= high <= _HIGHEST * height and filled <= _FILLED


def padded(box: Bounds, width: int, height: int) -> Bounds:
    """The box with room about it, as the recogniser likes it."""
    room = int(_PAD * (box[3] - box[1])) + 2
    return (
        max(0, box[0] - room),
        max(0, box[1] - room),
        min(width, box[2] + room),
        min(height, box[3] + room),
    )
