"""Seals (印章) on a page image: red rings with writing inside, round or oval.

A seal is told from a red heading, a line, a receipt stamp (收文章) or a fingerprint (手印) by its outline: a thin
closed line of the size of a seal, paper beyond it, writing within. Runs in the warm OCR workers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from archivist.extract.rings import Ellipse, Ink, Ring, measure, propose, settle

_SIDE = 1000
"""The page is looked at this large (longest side): a seal of 40 mm on A4 is then 135 pixels across."""
_DIAMETER = (0.055, 0.30)
"""Smallest and largest seal as a share of the longest side: from 30 mm on a small page in a photo to a close-up."""
_LOW = 0.09
_FEW_RED = 0.0006
_CANDIDATES = 10


@dataclass(frozen=True, slots=True)
class FoundSeal:
    """A seal in pixels of the image looked at, with how sure we are (0..1)."""

    ellipse: Ellipse
    confidence: float

    @property
    def oval(self) -> bool:
        """Whether it is clearly longer than wide."""
        low, high = sorted((self.ellipse.a, self.ellipse.b))
        return low / high < 0.84


def find_seals(pixels: npt.NDArray[np.uint8]) -> tuple[list[FoundSeal], Ink, float]:
    """Return the red seals on an RGB page, in its pixels, with the map of red and the map's scale."""
    ink, scale = red_ink(pixels)
    found = [FoundSeal(ring.ellipse.scaled(1 / scale), sureness(ring)) for ring in rings(ink)]
    return found, ink, scale


def red_ink(pixels: npt.NDArray[np.uint8]) -> tuple[Ink, float]:
    """How much redder than the paper about it each point is, at `_SIDE`; paper and lamp tints are taken out."""
    import cv2

    height, width = pixels.shape[:2]
    scale = min(1.0, _SIDE / max(height, width))
    small = cv2.resize(pixels, (max(round(width * scale), 8), max(round(height * scale), 8)), interpolation=cv2.INTER_AREA)
    coarse = cv2.resize(small, (max(small.shape[1] // 12, 2), max(small.shape[0] // 12, 2)), interpolation=cv2.INTER_AREA)
    paper = cv2.GaussianBlur(cv2.dilate(coarse, np.ones((5, 5), np.uint8)), (0, 0), 2.0)
    paper = cv2.resize(paper, (small.shape[1], small.shape[0]), interpolation=cv2.INTER_LINEAR)
    even = small.astype(np.float32) / np.maximum(paper.astype(np.float32), 40.0)
    red = np.minimum(even[..., 0], 1.0) - np.minimum(np.maximum(even[..., 1], even[..., 2]), 1.0)
    return np.maximum(red, 0.0), scale


def rings(ink: Ink) -> list[Ring]:
    """Return the rings that are outlines of seals, the surest first, none twice."""
    import cv2

    if float((ink > _LOW).mean()) < _FEW_RED:
        return []
    longest = max(ink.shape)
    half = cv2.resize(ink, (ink.shape[1] // 2, ink.shape[0] // 2), interpolation=cv2.INTER_AREA)
    radii = (int(longest * _DIAMETER[0] / 4), int(longest * _DIAMETER[1] / 4))
    starts = [circle.scaled(2.0) for circle in propose(half, 0.6 * _LOW, radii, _CANDIDATES)]
    measured = [measure(ink, settle(ink, start, _LOW), _LOW) for start in starts]
    good = [ring for ring in measured if _is_outline(ring, longest)]
    return _distinct(sorted(good, key=sureness, reverse=True))


def _is_outline(ring: Ring, longest: int) -> bool:
    low, high = sorted((ring.ellipse.a, ring.ellipse.b))
    return (
        _DIAMETER[0] <= 2 * high / longest <= _DIAMETER[1]
        and low / high > 0.6
        and ring.covered >= 0.5
        and ring.quarters >= 3
        and 0.02 < ring.inside < 0.75
        and ring.outside < 0.3
    )


def sureness(ring: Ring) -> float:
    """How sure a ring is a seal's outline (0..1)."""
    return round(float(np.clip(ring.covered * (1 - ring.outside), 0.0, 1.0)), 3)


def _distinct(found: list[Ring]) -> list[Ring]:
    kept: list[Ring] = []
    for ring in found:
        if all(_apart(ring.ellipse, other.ellipse) for other in kept):
            kept.append(ring)
    return kept


def _apart(one: Ellipse, other: Ellipse) -> bool:
    return float(np.hypot(one.x - other.x, one.y - other.y)) > 0.5 * max(one.radius, other.radius)
