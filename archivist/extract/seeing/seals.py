"""Seals (印章) on a page image: rings with writing inside, round or oval.

A seal is told from a red heading, a line, a receipt stamp (收文章) or a fingerprint (手印) by its outline: a thin
closed line of the size of a seal, paper beyond it, writing within. Runs in the warm OCR workers, on upright pages.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from archivist.extract.seeing.inscriptions import NOTHING, Inscription, inscription
from archivist.extract.seeing.namestamps import find_name_stamps
from archivist.extract.seeing.rings import Ellipse, Ink, Ring, measure, propose, settle, unrolled

Pixels = npt.NDArray[np.uint8]

_SIDE = 1000
"""The page is looked at this large (longest side): a seal of 40 mm on A4 is then 135 pixels across."""
_OVAL = 0.84
_OVAL_COVERED = 0.75
"""An oval fits much that is no seal (words of a red heading): more of its outline must be there."""
_ARC = (0.56, 0.93)
"""Where the words along the arc stand, as shares of the radius."""
_CLOSE = 300
"""Pixels across, at most, when a ring is looked into."""
_FAINT = 0.014
_PATCH = (0.05, 0.45)
"""Size of a patch of red that may be a seal, as shares of the page's longest side."""
_FEW = 4
_LEAST, _LEAST_PLAIN = 0.6, 0.7
"""Outlines of which less is there are suspicions: a frame of straight lines has a ring in it, too."""
_NAME_STAMP = 0.8
_SUSPICION = 0.3
"""How sure a ring is that nothing is written in: below what counts (`core.paper.seals.SURE`)."""


@dataclass(frozen=True, slots=True)
class Look:
    """What counts as a seal's outline in one kind of ink.

    Attributes:
        ink: "red" or "dark", as told to others.
        low: least ink on the line.
        diameter: smallest and largest, as shares of the page's longest side (A4: 40 mm are 0.135; a sheet can be
            small in a photo, or a photo close to the seal).
        covered: least share of the outline that must be there. A mark below `SURE` is only a suspicion.
        quarters: in how many quarters of the outline a fair part must be.
        outside: most ink beyond the line.
        few: share of the page under ink below which there is nothing to look at.
        candidates: how many circles are measured.
    """

    ink: str
    low: float
    diameter: tuple[float, float]
    covered: float
    quarters: int
    outside: float
    few: float
    candidates: int


RED = Look("red", 0.09, (0.055, 0.30), 0.42, 3, 0.3, 0.0006, 10)
DARK = Look("dark", 0.15, (0.11, 0.19), 0.84, 4, 0.25, 0.002, 8)
"""Without colour lettering makes rings of its own: only an unmistakable one counts."""


@dataclass(frozen=True, slots=True)
class FoundSeal:
    """A seal, its outline in pixels of the page, and how sure we are (0..1)."""

    outline: Ellipse
    confidence: float
    ink: str
    words: Inscription
    square: bool = False

    @property
    def legible(self) -> bool:
        """Whether there are words along its arc to be read."""
        return not self.square and self.words.written

    def sure(self, text: str) -> float:
        """How sure it is a seal, its arc read as ``text``: without a star it must say whose it is."""
        plain = not self.square and not self.words.star and not text
        return min(self.confidence, _SUSPICION) if plain else self.confidence

    @property
    def shape(self) -> str:
        """Round, oval, or square: a person's name stamp."""
        if self.square:
            return "square"
        low, high = sorted((self.outline.a, self.outline.b))
        return "oval" if low / high < _OVAL else "round"


def find_seals(pixels: Pixels) -> list[FoundSeal]:
    """Return the seals on a page (RGB or grey), the surest first.

    On an RGB page a black ring is looked for when there is no red one: a copy may have been scanned in colour. What is
    red on it cannot be seen in the red channel. People's name stamps (square) come last.
    """
    if pixels.ndim == 2:
        return _found(pixels, _reduced(pixels), DARK)
    small = _reduced(pixels)
    red = red_ink(small)
    scale = max(pixels.shape[:2]) / max(small.shape[:2])
    found = _found(pixels, red, RED) or _suspected(red, scale)
    if not found:
        found = _found(np.ascontiguousarray(pixels[..., 0]), np.ascontiguousarray(small[..., 0]), DARK)
    return found + _name_stamps(red, scale, found)


def _name_stamps(red: Ink, scale: float, taken: list[FoundSeal]) -> list[FoundSeal]:
    found = []
    for left, top, right, bottom in find_name_stamps(red):
        place = Ellipse((left + right) / 2, (top + bottom) / 2, (right - left) / 2, (bottom - top) / 2)
        outline = place.scaled(scale)
        if all(_apart(outline, seal.outline) for seal in taken if seal.confidence > _SUSPICION):
            found.append(FoundSeal(outline, _NAME_STAMP, "red", NOTHING, square=True))
    return found


def _suspected(red: Ink, scale: float) -> list[FoundSeal]:
    """A round patch of red that gave no outline: faint, brown, cut off, too large. Somebody should look."""
    import cv2

    soft = cv2.GaussianBlur(_half(red), (0, 0), 1.25)
    there = (soft > max(_FAINT, 4 * float(np.median(soft)))).astype(np.uint8)
    joined = cv2.morphologyEx(there, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    weights = np.bincount(labels[there > 0], minlength=count)
    found = []
    for index in range(1, count):
        left, top, wide, high = (int(side) for side in stats[index][:4])
        if not _patch(wide, high, int(weights[index]), (left, top, *there.shape[::-1])):
            continue
        around = Ellipse(left + wide / 2, top + high / 2, wide / 2, high / 2).scaled(2 * scale)
        found.append(FoundSeal(around, _SUSPICION, "red", NOTHING))
    return found[:_FEW]


def _patch(wide: int, high: int, weight: int, place: tuple[int, int, int, int]) -> bool:
    """Whether a patch of red has the size, the form and the filling of a seal; at the edge it may be a part of one."""
    left, top, width, height = place
    longest, low, large = max(width, height), min(wide, high), max(wide, high)
    cut = left < 3 or top < 3 or left + wide > width - 3 or top + high > height - 3
    return (
        _PATCH[0] <= large / longest <= _PATCH[1]
        and low / large >= (0.25 if cut else 0.6)
        and low >= 0.02 * longest
        and 0.05 <= weight / (wide * high) <= 0.97
    )


def _found(pixels: Pixels, small: Any, look: Look) -> list[FoundSeal]:
    """``small`` is the page reduced: its red ink, or in grey."""
    scale = max(pixels.shape[:2]) / max(small.shape[:2])
    ink = small if look.ink == "red" else dark_ink(small)
    return [_judged(pixels, ring, scale, look.ink) for ring in outlines(ink, look)]


def _reduced(pixels: Pixels) -> Pixels:
    scale = min(1.0, _SIDE / max(pixels.shape[:2]))
    return _resized(pixels, pixels.shape[1] * scale, pixels.shape[0] * scale)


def _judged(pixels: Pixels, ring: Ring, scale: float, ink: str) -> FoundSeal:
    """An outline without words or a star in it is a suspicion only: a pen draws rings, too."""
    outline = ring.ellipse.scaled(scale)
    words = inscription(*_cut(pixels, outline, ink, _CLOSE), ring.visible)
    sure = sureness(ring)
    said = words.seal if ink == "red" else words.plain_to_see
    enough = sure >= (_LEAST if words.star else _LEAST_PLAIN)
    return FoundSeal(outline, sure if said and enough else min(sure, _SUSPICION), ink, words)


def red_ink(pixels: Pixels) -> Ink:
    """How much redder than the paper about it each point is; tints of paper and lamp are taken out."""
    import cv2

    red, green, blue = cv2.split(cv2.divide(pixels, _paper(pixels), scale=255.0))
    return np.asarray(cv2.subtract(red, cv2.max(green, blue)), np.float32) / np.float32(255)


def dark_ink(pixels: Pixels) -> Ink:
    """How much darker than the paper about it each point of a grey image is."""
    import cv2

    even = cv2.divide(pixels, _paper(pixels), scale=255.0)
    return np.asarray(255 - even, np.float32) / np.float32(255)


def _paper(pixels: Pixels) -> Pixels:
    """The brightness of the empty sheet at each point: shadows and lamps included, writing not."""
    import cv2

    height, width = pixels.shape[:2]
    coarse = cv2.dilate(_resized(pixels, width / 12, height / 12), np.ones((5, 5), np.uint8))
    soft = np.maximum(cv2.GaussianBlur(coarse, (0, 0), 2.0), 40)
    return np.asarray(cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def _resized(pixels: Pixels, width: float, height: float) -> Pixels:
    import cv2

    size = (max(round(width), 8), max(round(height), 8))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def outlines(ink: Ink, look: Look) -> list[Ring]:
    """Return the rings that are outlines of seals, the surest first, none twice."""
    if float((ink > look.low).mean()) < look.few:
        return []
    longest = max(ink.shape)
    half = np.asarray(_half(ink), np.float32)
    radii = (int(longest * look.diameter[0] / 4), int(longest * look.diameter[1] / 4))
    starts = [circle.scaled(2.0) for circle in propose(half, 0.6 * look.low, radii, look.candidates)]
    measured = [measure(ink, settle(ink, start, look.low), look.low) for start in starts]
    good = [ring for ring in measured if _is_outline(ring, longest, look)]
    return _distinct(sorted(good, key=sureness, reverse=True))


def _half(ink: Ink) -> npt.NDArray[np.float32]:
    import cv2

    size = (max(ink.shape[1] // 2, 1), max(ink.shape[0] // 2, 1))
    return np.asarray(cv2.resize(ink, size, interpolation=cv2.INTER_AREA), np.float32)


def _is_outline(ring: Ring, longest: int, look: Look) -> bool:
    low, high = sorted((ring.ellipse.a, ring.ellipse.b))
    return (
        look.diameter[0] <= 2 * high / longest <= look.diameter[1]
        and low / high > 0.6
        and ring.visible >= 0.35
        and ring.covered >= (look.covered if low / high >= _OVAL else max(look.covered, _OVAL_COVERED))
        and ring.quarters >= min(look.quarters, round(4 * ring.visible))
        and 0.02 < ring.inside < 0.75
        and ring.outside < look.outside
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


def arc_line(pixels: Pixels, seal: FoundSeal) -> Pixels:
    """Lay the words along a seal's arc out as one line, dark on white, three equal channels."""
    band = unrolled(*_cut(pixels, seal.outline, seal.ink), *_ARC)
    full = max(float(np.percentile(band, 96)), 0.1)
    line = (255 - 235 * np.clip(band / full, 0, 1)).astype(np.uint8)
    return np.repeat(_trimmed(line, band > 0.4 * full)[..., None], 3, axis=2)


def _cut(pixels: Pixels, outline: Ellipse, ink: str, most: float = 0.0) -> tuple[Ink, Ellipse]:
    """The ink about a seal and the seal's outline there; reduced so that its diameter is ``most`` pixels or less."""
    left, top, right, bottom = outline.bounds
    x, y = max(int(left) - 4, 0), max(int(top) - 4, 0)
    cut = np.ascontiguousarray(pixels[y : int(bottom) + 5, x : int(right) + 5])
    own = replace(outline, x=outline.x - x, y=outline.y - y)
    if most and 2 * outline.radius > most:
        scale = most / (2 * outline.radius)
        cut, own = _resized(cut, cut.shape[1] * scale, cut.shape[0] * scale), own.scaled(scale)
    return (red_ink(cut) if ink == "red" else dark_ink(cut if cut.ndim == 2 else cut[..., 1].copy())), own


def _trimmed(line: Pixels, ink: npt.NDArray[np.bool_]) -> Pixels:
    """Cut the empty ends off, a little paper left."""
    columns = np.flatnonzero(ink.mean(axis=0) > 0.08)
    if columns.size == 0:
        return line
    margin = line.shape[0] // 3
    return line[:, max(int(columns[0]) - margin, 0) : int(columns[-1]) + margin + 1]
