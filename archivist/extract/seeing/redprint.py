"""What is printed or written in red (红字): forms, headings, labels, stamps of receiving offices, notes in red pen.

Pages are read from their red channel, in which red seals vanish and the text under them stays. So does other red
disappear. Here it is found again: red ink that belongs to no seal and to no line read lies somewhere on the page, and
is read where it lies, in the darker of red and green. A page that is mostly red is read so as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from archivist.extract.seeing.layout import Rect
from archivist.extract.seeing.lines import (
    MIN_CONFIDENCE,
    Channel,
    Quad,
    ReadLine,
    bounds,
    detected,
    read_line,
)
from archivist.extract.seeing.ocr import DETECTOR_SIDE, OcrEngine, Pixels
from archivist.extract.seeing.seals import FoundSeal, dark_ink, red_ink

Mask = npt.NDArray[np.uint8]
"""Height × width of the page as looked at, 0 or 1."""

_SIDE = 1000
"""Pixels: the page is looked at this large (longest side)."""
_RED, _STRONG = 0.14, 0.45
"""Redness of ink, and of a coloured band; a larger patch of less is skin, brick or wood in a picture."""
_SOLID = 13
"""Pixels: strokes are thinner, bands and pictures are not."""
_RULE = 45
_FORM_SHARE = 0.35
"""Share of all ink above which a page counts as printed in red."""
_SEALED = 1.12
"""How far about a seal's outline its ink may have run."""
_TRUSTED = 0.6
"""How sure a seal must be before ink is taken for its own: words of a form make weak rings."""
_LEAST = 24
"""Pixels of ink: less is dust, or the edge of something else."""
_LOW = 6
"""Pixels: what is lower is no writing (7 points on A4)."""
_MARGIN = 14
_MOST_REGIONS = 5
_FRESH = 0.03
"""Share of a box that must be red ink that nothing read so far explains."""
_SURE = 0.8
"""A line read at least so surely from the red channel explains the red in its box."""
_TILTED = 0.26
"""Slope of a line beyond which it may be part of a seal that was not recognised as one."""
_CERTAIN = 0.9
_WIDE = 2.5


@dataclass(frozen=True, slots=True)
class RedPrint:
    """The red ink of a page, seals apart.

    Attributes:
        ink: where it is, on the page as looked at. scale: size of that to the page's own.
        share: of all ink outside seals.
        darker: the page with red and every other ink dark; within seals the red channel.
    """

    ink: Mask
    scale: float
    share: float
    darker: Channel

    @property
    def is_form(self) -> bool:
        """Whether the page is mostly printed in red."""
        return self.share > _FORM_SHARE


def find_red(pixels: Pixels, seals: Sequence[FoundSeal]) -> RedPrint | None:
    """Return the red print of an RGB page; None without any."""
    import cv2

    # A name stamp (私章) is read as words are: a character of a red heading looks like one.
    seals = [
        seal for seal in seals if seal.ink == "red" and seal.confidence >= _TRUSTED and seal.shape != "square"
    ]
    scale = min(1.0, _SIDE / max(pixels.shape[:2]))
    size = (max(round(pixels.shape[1] * scale), 8), max(round(pixels.shape[0] * scale), 8))
    small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    redness = red_ink(small)
    ink = (redness > _RED).astype(np.uint8)
    if int(ink.sum()) < _LEAST:
        return None
    _cover(ink, seals, scale)
    ink[_patches(ink, redness) > 0] = 0
    ink = _unruled(ink)
    red = int(ink.sum())
    if red < _LEAST:
        return None
    dark = (dark_ink(np.ascontiguousarray(small[..., 1])) > 0.25).astype(np.uint8)
    _cover(dark, seals, scale)
    every = int(_unruled(np.asarray(cv2.max(dark, ink), np.uint8)).sum())
    return RedPrint(ink, scale, red / max(every, 1), _darker(pixels, seals))


def _cover(ink: Mask, seals: Sequence[FoundSeal], scale: float) -> None:
    import cv2

    for seal in seals:
        own = seal.outline.scaled(scale * _SEALED)
        centre = seal.outline.scaled(scale)
        axes = (2 * own.a, 2 * own.b)
        cv2.ellipse(ink, ((centre.x, centre.y), axes, float(np.degrees(own.turn))), (0,), -1)


def _patches(ink: Mask, redness: npt.NDArray[np.float32]) -> Mask:
    """Where red covers whole areas without being the red of print."""
    import cv2

    faint = ((ink > 0) & (redness < _STRONG)).astype(np.uint8)
    core = cv2.erode(faint, np.ones((_SOLID, _SOLID), np.uint8))
    if not core.any():
        return np.zeros_like(ink)
    reach = 3 * _SOLID
    return np.asarray(cv2.dilate(core, np.ones((reach, reach), np.uint8)), np.uint8)


def _unruled(ink: Mask) -> Mask:
    """Take out ruled lines."""
    import cv2

    across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, _RULE), np.uint8))
    down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((_RULE, 1), np.uint8))
    thick = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((_SOLID, _SOLID), np.uint8))
    ruled = cv2.dilate(cv2.max(across, down), np.ones((3, 3), np.uint8))
    kept = ink.copy()
    kept[(ruled > 0) & (thick == 0)] = 0  # a band of colour is as long as a line, but no line
    return kept


def _darker(pixels: Pixels, seals: Sequence[FoundSeal]) -> Channel:
    import cv2

    red, green = pixels[..., 0], pixels[..., 1]
    both = np.asarray(cv2.min(red, green), np.uint8)
    if not seals:
        return both
    sealed = np.zeros(both.shape, np.uint8)
    for seal in seals:
        own = seal.outline.scaled(_SEALED)
        axes = (2 * own.a, 2 * own.b)
        angle = float(np.degrees(own.turn))
        cv2.ellipse(sealed, ((seal.outline.x, seal.outline.y), axes, angle), (1,), -1)
    both[sealed > 0] = red[sealed > 0]
    return both


def mended(lines: list[ReadLine], red: RedPrint, plain: Channel, engine: OcrEngine) -> list[ReadLine]:
    """Read doubtful lines of a red form once more from its red channel: a seal nobody saw may lie over them."""
    better = []
    for line in lines:
        other = None
        if line.confidence < _SURE and _share(red.ink, line.quad, red.scale) > _FRESH:
            other = read_line(plain, line.quad, engine)
        better.append(other if other and other.text and other.confidence > line.confidence else line)
    return better


def with_red(lines: list[ReadLine], red: RedPrint, engine: OcrEngine) -> tuple[list[ReadLine], bool]:
    """Add the red print that ``lines``, read from the red channel, do not have.

    Returns the lines, those replaced that were but a part of a line half in red, and whether red print was
    seen that could not be read.
    """
    left = red.ink.copy()
    for line in lines:
        if line.confidence >= _SURE:
            _rub_out(left, bounds(line.quad), red.scale)
    kept, unread = list(lines), False
    for region in _regions(left):
        for quad in _detected_in(region, red, engine):
            if _share(left, quad, red.scale) < _FRESH:
                continue
            line = read_line(red.darker, quad, engine)
            if not _credible(line):
                unread = unread or _looks_like_a_line(quad)
                continue
            placed = _placed(line, kept)
            if placed is not None:
                kept = placed
                _rub_out(left, bounds(quad), red.scale)
    return kept, unread


def _rub_out(ink: Mask, rect: Rect, scale: float) -> None:
    more = 0.1 * (rect[3] - rect[1])
    left, top, right, bottom = (
        round(side * scale) for side in (rect[0] - more, rect[1] - more, rect[2] + more, rect[3] + more)
    )
    ink[max(top, 0) : bottom + 1, max(left, 0) : right + 1] = 0


def _share(ink: Mask, quad: Quad, scale: float) -> float:
    """The share of a box that is ink."""
    import cv2

    corners = quad * scale
    left, top = (max(int(side), 0) for side in corners.min(axis=0))
    part = ink[top : int(corners[:, 1].max()) + 1, left : int(corners[:, 0].max()) + 1]
    if part.size == 0:
        return 0.0
    inside = np.zeros(part.shape, np.uint8)
    cv2.fillConvexPoly(inside, np.round(corners - (left, top)).astype(np.int32), (1,))
    return float(part[inside > 0].mean()) if inside.any() else 0.0


def _regions(ink: Mask) -> list[tuple[int, int, int, int]]:
    """Boxes about the ink left, with paper about them; close ones are one, many are one, too."""
    import cv2

    joined = cv2.dilate(ink, np.ones((9, 31), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    boxes = []
    for left, top, wide, high in (stats[i][:4].tolist() for i in range(1, count)):
        part = ink[top : top + high, left : left + wide]
        if int(part.sum()) >= _LEAST and int(part.any(axis=1).sum()) >= _LOW:
            boxes.append((left - _MARGIN, top - _MARGIN, left + wide + _MARGIN, top + high + _MARGIN))
    boxes = _united(boxes)
    return boxes if len(boxes) <= _MOST_REGIONS else [_about(boxes)]


def _united(boxes: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Join boxes until none overlap."""
    apart: list[tuple[int, int, int, int]] = []
    for box in boxes:
        current = box
        while touching := [b for b in apart if _overlap(b, current)]:
            apart = [b for b in apart if b not in touching]
            current = _about([current, *touching])
        apart.append(current)
    return apart


def _overlap(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _about(boxes: Sequence[tuple[int, int, int, int]]) -> tuple[int, int, int, int]:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _detected_in(region: tuple[int, int, int, int], red: RedPrint, engine: OcrEngine) -> list[Quad]:
    """Boxes of lines in a region, looked at as large as the detector looks at a whole page: less work, no less found."""
    import cv2

    height, width = red.darker.shape
    left, top = max(int(region[0] / red.scale), 0), max(int(region[1] / red.scale), 0)
    right, bottom = min(int(region[2] / red.scale), width), min(int(region[3] / red.scale), height)
    cut = red.darker[top:bottom, left:right]
    if cut.size == 0:
        return []
    factor = min(DETECTOR_SIDE / max(height, width), 1.0)
    size = (max(round(cut.shape[1] * factor), 32), max(round(cut.shape[0] * factor), 32))
    quads = detected(np.asarray(cv2.resize(cut, size, interpolation=cv2.INTER_LINEAR), np.uint8), engine)
    back = np.array([cut.shape[1] / size[0], cut.shape[0] / size[1]], np.float32)
    return [np.asarray(quad * back + (left, top), np.float32) for quad in quads]


def _credible(line: ReadLine) -> bool:
    """Pieces of seals that were not recognised as such read badly and lie askew."""
    if not line.text:
        return False
    across = line.quad[1] - line.quad[0]
    tilted = abs(float(across[1])) > _TILTED * abs(float(across[0]))
    return line.confidence >= (_CERTAIN if tilted else MIN_CONFIDENCE + 0.1)


def _looks_like_a_line(quad: Quad) -> bool:
    across, down = quad[1] - quad[0], quad[3] - quad[0]
    flat = abs(float(across[1])) <= _TILTED * abs(float(across[0]))
    return flat and float(np.hypot(*across)) > _WIDE * float(np.hypot(*down))


def _placed(line: ReadLine, lines: list[ReadLine]) -> list[ReadLine] | None:
    """Put a line among the others; parts of it read before give way, one that says more stays: then None."""
    own = bounds(line.quad)
    within = [other for other in lines if _covered(bounds(other.quad), own) > 0.7]
    crossed = sum(_covered(own, bounds(other.quad)) for other in lines if other not in within)
    if crossed > 0.4 or sum(len(other.text) for other in within) > len(line.text):
        return None
    return [other for other in lines if other not in within] + [line]


def _covered(rect: Rect, by: Rect) -> float:
    """The share of ``rect`` that lies within ``by``."""
    width = min(rect[2], by[2]) - max(rect[0], by[0])
    height = min(rect[3], by[3]) - max(rect[1], by[1])
    area = max((rect[2] - rect[0]) * (rect[3] - rect[1]), 1e-9)
    return width * height / area if width > 0 and height > 0 else 0.0
