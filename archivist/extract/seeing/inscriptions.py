"""What stands within a ring: words along the arc (环上的字), a star or an emblem in the middle. Without, it is no seal.

A ring drawn with a pen, a round sign, a wheel have an outline like a seal's; a seal says whose it is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from archivist.extract.seeing.rings import Ellipse, Ink, unrolled

_BAND = (0.60, 0.90)
"""Where words along the arc stand, as shares of the radius; narrower than what is read, so that no outline is in it."""
_ROWS = (0.25, 0.45, 0.65, 0.85)
"""Heights of the band at which strokes are counted, from its outer side."""
_FEW_STROKES = 11.0
_FEW_TURNS = 0.24
_MOST_OF_PRINT = 0.42
_PLAIN = 0.86
_MIDDLE = 0.34
_STAR_SOLID = (0.34, 0.80)
_STAR_REACH = (0.10, 0.34)


@dataclass(frozen=True, slots=True)
class Inscription:
    """What was found within a ring.

    Attributes:
        strokes: how many strokes of writing a walk around the band crosses (a seal of eight characters: 20 to 40).
        turn: the share of the way around on which there is writing.
        star: whether a solid piece with points, or an emblem, is in the middle.
    """

    strokes: float
    turn: float
    star: bool

    @property
    def written(self) -> bool:
        """Whether there are words along the arc."""
        return self.strokes >= _FEW_STROKES and self.turn >= _FEW_TURNS

    @property
    def seal(self) -> bool:
        """Whether the ring is a seal's. A star alone is drawn on much that seals nothing: some writing goes with it."""
        return self.written or (self.star and self.strokes >= 0.5 * _FEW_STROKES)

    @property
    def plain_to_see(self) -> bool:
        """Whether words go so far around that print which runs through a drawn ring is none."""
        return self.strokes >= _FEW_STROKES and self.turn >= _MOST_OF_PRINT


NOTHING = Inscription(0.0, 0.0, False)


def inscription(ink: Ink, ring: Ellipse, visible: float = 1.0) -> Inscription:
    """Look at what stands within ``ring``, of which the share ``visible`` is on the page, on ``ink`` (0..1)."""
    band = unrolled(ink, ring, *_BAND)
    full = float(np.percentile(unrolled(ink, ring, 0.45, 1.06), 95))
    there = band > max(0.42 * full, 0.05)
    strokes, turn = _writing(there)
    return Inscription(
        strokes / max(visible, 0.3), turn / max(visible, 0.3), _has_star(ink, ring, max(0.42 * full, 0.05))
    )


def _writing(there: npt.NDArray[np.bool_]) -> tuple[float, float]:
    """Strokes crossed on the way around, and on how much of the way there is writing."""
    rows = [there[min(int(there.shape[0] * at), there.shape[0] - 1)] for at in _ROWS]
    crossed = [int(np.count_nonzero(row & ~np.roll(row, 1))) for row in rows]
    filled = there.mean(axis=0)
    window = max(there.shape[1] // 48, 1)
    parts = filled[: len(filled) // window * window].reshape(-1, window)
    # A line that runs around (a second ring) fills every part alike and a bar across fills a part whole.
    written = (parts.mean(axis=1) > 0.08) & (parts.max(axis=1) < _PLAIN) & (parts.std(axis=1) > 0.02)
    return float(np.median(crossed)), float(written.mean())


def _has_star(ink: Ink, ring: Ellipse, low: float) -> bool:
    """Whether the middle holds one solid piece that is neither a dot nor a disc nor a letter's thin strokes."""
    import cv2

    reach = ring.radius * _MIDDLE
    left, top = max(int(ring.x - reach), 0), max(int(ring.y - reach), 0)
    part = ink[top : int(ring.y + reach) + 1, left : int(ring.x + reach) + 1] > low
    if part.size < 64:
        return False
    pieces, _ = cv2.findContours(
        np.ascontiguousarray(part, np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE
    )
    if not pieces:
        return False
    largest = max(pieces, key=cv2.contourArea)
    area, hull = float(cv2.contourArea(largest)), float(cv2.contourArea(cv2.convexHull(largest)))
    far = float(np.sqrt(max(hull, 1.0) / np.pi)) / ring.radius
    return (
        hull > 0
        and _STAR_SOLID[0] <= area / hull <= _STAR_SOLID[1]
        and _STAR_REACH[0] <= far <= _STAR_REACH[1]
    )
