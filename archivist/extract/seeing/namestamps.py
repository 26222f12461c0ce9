"""People's name stamps (私章、方章) on a page image: small red squares with characters in them.

They sign; they seal nothing.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from archivist.extract.seeing.rings import Ink

_SIDES = (0.024, 0.085)
"""Length of a side, as shares of the page's longest side: 7 to 25 mm on A4."""
_LOW = 0.12
_FRAMED = 0.62
_FILLED = (0.22, 0.85)
_MOST = 6


def find_name_stamps(ink: Ink) -> list[tuple[float, float, float, float]]:
    """Return the boxes (pixels of ``ink``, the red ink of a page, 0..1) of square name stamps."""
    import cv2

    red = np.asarray(ink > _LOW, np.uint8)
    joined = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    low, high = (share * max(ink.shape) for share in _SIDES)
    found = []
    for left, top, wide, tall, _ in stats[1:count]:
        square = (
            low <= min(wide, tall) and max(wide, tall) <= high and min(wide, tall) >= 0.72 * max(wide, tall)
        )
        if square and _is_stamp(red[top : top + tall, left : left + wide]):
            found.append((float(left), float(top), float(left + wide), float(top + tall)))
    return found[:_MOST]


def _is_stamp(part: npt.NDArray[np.uint8]) -> bool:
    """A frame on all four sides, and strokes across within."""
    edge = max(round(0.16 * min(part.shape)), 2)
    frame = (
        part[:edge].max(axis=0),
        part[-edge:].max(axis=0),
        part[:, :edge].max(axis=1),
        part[:, -edge:].max(axis=1),
    )
    inner = part[edge:-edge, edge:-edge]
    corners = (part[:edge, :edge], part[:edge, -edge:], part[-edge:, :edge], part[-edge:, -edge:])
    if inner.size == 0 or sum(bool(corner.any()) for corner in corners) < 3:
        return False  # round: a fingerprint, a sign
    if min(float(side.mean()) for side in frame) < _FRAMED:
        return False
    crossed = np.median(np.count_nonzero(np.diff(inner.astype(np.int8), axis=1) > 0, axis=1))
    return _FILLED[0] <= float(part.mean()) <= _FILLED[1] and float(crossed) >= 1.5
