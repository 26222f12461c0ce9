"""One page image → lines of text in reading order: turned upright, seals taken out, red headings read apart.

Runs in the warm OCR workers on plain pixel arrays; independent of the engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from archivist.core.page import Hand, Line, SealMark
from archivist.extract.clean import clean
from archivist.extract.seeing.hands import Written, judged, of_lines, told
from archivist.extract.seeing.layout import Rect, overlap_share, reading_order
from archivist.extract.seeing.ocr import OcrEngine, Pixels, Quads
from archivist.extract.seeing.picture import Reading
from archivist.extract.seeing.raster import red_mask
from archivist.extract.seeing.seals import FoundSeal, arc_line, find_seals
from archivist.extract.seeing.signatures import find_strokes

_TALL = 1.5
_VOTERS = 9
_MIN_CONFIDENCE = 0.5
_HEADING_ZONE = 0.45
_HEADING_WIDTH = 0.3


@dataclass(frozen=True, slots=True)
class _Read:
    quad: npt.NDArray[np.float32]
    text: str
    confidence: float


def read_page(pixels: npt.NDArray[np.uint8], engine: OcrEngine) -> Reading:
    """Recognise a page given as grey (h × w) or RGB (h × w × 3) pixels."""
    image = _without_red(pixels)
    quads = engine.detect(image)
    if len(quads) == 0 and pixels.ndim == 2:
        return Reading((), seals=_seal_marks(pixels, find_seals(pixels), engine))
    rotation = _rotation(image, quads, engine)
    if rotation:
        pixels = np.ascontiguousarray(np.rot90(pixels, -rotation // 90))
        image = _without_red(pixels)
        quads = engine.detect(image)
    found = _recognise(image, quads, engine)
    if pixels.ndim == 3:
        found += _red_heading(pixels, [_bounds(item.quad) for item in found], engine)
    seals = find_seals(pixels)
    strokes = find_strokes(image[..., 0], [_bounds(item.quad) for item in found], seals)
    pieces = judged(pixels, [_written(item) for item in found], strokes)
    height, width = pixels.shape[:2]
    return Reading(
        _ordered(found, width, height, of_lines(pieces, len(found))),
        rotation,
        _seal_marks(pixels, seals, engine),
        tuple(_fractions(box, width, height) for box in strokes),
        tuple(Hand(_fractions(piece.box, width, height), piece.hand) for piece in told(pieces)),
    )


def _written(item: _Read) -> Written:
    across = item.quad[1] - item.quad[0]
    slope = float(across[1] / across[0]) if across[0] > 1 else 0.0
    return Written(_bounds(item.quad), slope, item.text, item.confidence)


def _seal_marks(
    pixels: npt.NDArray[np.uint8], seals: list[FoundSeal], engine: OcrEngine
) -> tuple[SealMark, ...]:
    """Read the words along each seal's arc."""
    height, width = pixels.shape[:2]
    marks = []
    for seal in seals:
        text, confidence = engine.recognise(arc_line(pixels, seal)) if seal.legible else ("", 0.0)
        text = simplified(clean(text)) if confidence >= _MIN_CONFIDENCE else ""
        box = _fractions(seal.outline.bounds, width, height)
        sure = round(confidence, 3) if text else 0.0
        marks.append(SealMark(box, seal.sure(text), seal.shape, seal.ink, text, sure))
    return tuple(marks)


def _without_red(pixels: npt.NDArray[np.uint8]) -> Pixels:
    """Three equal channels; of a colour page the red one, in which red seals vanish and the text under them
    stays.
    """
    grey = pixels if pixels.ndim == 2 else pixels[..., 0]
    return np.repeat(grey[..., None], 3, axis=2)


def _crop(image: Pixels, quad: npt.NDArray[np.float32]) -> Pixels:
    """Cut a box out, its slant taken out; a tall one is laid on its left side."""
    import cv2

    width = _longer(quad[0] - quad[1], quad[2] - quad[3])
    height = _longer(quad[0] - quad[3], quad[1] - quad[2])
    square = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(np.ascontiguousarray(quad, np.float32), square)
    cut = cv2.warpPerspective(
        image, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE, flags=cv2.INTER_CUBIC
    )
    if height >= _TALL * width:
        cut = np.rot90(cut)
    return np.ascontiguousarray(cut, np.uint8)


def _longer(one: npt.NDArray[np.float32], other: npt.NDArray[np.float32]) -> int:
    return max(int(np.hypot(*one)), int(np.hypot(*other)), 1)


def _sides(quads: Quads) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    widths = np.linalg.norm(quads[:, 0] - quads[:, 1], axis=1)
    heights = np.linalg.norm(quads[:, 0] - quads[:, 3], axis=1)
    return widths, heights


def _rotation(image: Pixels, quads: Quads, engine: OcrEngine) -> int:
    """Vote: tall boxes say that the page lies on its side, the classifier which side is up.

    Returns the clockwise turn that makes the page upright. Only the longest lines vote: short ones are
    figures.
    """
    if len(quads) == 0:
        return 0
    widths, heights = _sides(quads)
    longest = np.maximum(widths, heights)
    tall = heights > _TALL * widths
    sideways = bool(longest[tall].sum() > 0.5 * longest.sum())
    voters = [int(i) for i in np.argsort(-longest) if bool(tall[i]) == sideways][:_VOTERS]
    against = sum(engine.upside_down(_crop(image, quads[i])) for i in voters)
    inverted = against * 2 > len(voters)
    # A tall crop was laid over counter-clockwise: if it reads so, the page needs a turn of 270° clockwise.
    return (90 if inverted else 270) if sideways else (180 if inverted else 0)


def _recognise(image: Pixels, quads: Quads, engine: OcrEngine) -> list[_Read]:
    found: list[_Read] = []
    for quad in quads:
        text, confidence = engine.recognise(_crop(image, quad))
        text = simplified(clean(text))
        if text and confidence >= _MIN_CONFIDENCE:
            found.append(_Read(quad, text, round(confidence, 3)))
    return found


def _red_heading(pixels: Pixels, taken: list[Rect], engine: OcrEngine) -> list[_Read]:
    """Read the red heading (红头), lost in the red channel, on the green one in which red is dark."""
    band = _heading_band(pixels)
    if band is None:
        return []
    top, bottom = band
    green = np.repeat(pixels[top:bottom, :, 1:2], 3, axis=2)
    quads = engine.detect(green)
    shift = np.array([0, top], np.float32)
    red = red_mask(pixels[top:bottom])
    fresh = [
        quad
        for quad in quads
        if overlap_share(_bounds(quad + shift), taken) < 0.4 and _redness(red, _bounds(quad)) > 0.03
    ]
    return [
        _Read(item.quad + shift, item.text, item.confidence)
        for item in _recognise(green, np.array(fresh), engine)
    ]


def _heading_band(pixels: Pixels) -> tuple[int, int] | None:
    """Rows of the upper part where red is spread as wide as a heading is and a seal is not; None without
    such.
    """
    height, width = pixels.shape[:2]
    red = red_mask(pixels[: int(height * _HEADING_ZONE)])
    if width < 8 or red.size == 0:
        return None
    columns = red.reshape(red.shape[0], -1)[:, : width // 8 * 8].reshape(red.shape[0], -1, width // 8)
    spread = columns.any(axis=2)
    rows = np.flatnonzero(red.any(axis=1))
    if rows.size == 0 or float(red.any(axis=0).mean()) < _HEADING_WIDTH or not spread.any():
        return None
    margin = height // 50
    return max(int(rows[0]) - margin, 0), min(int(rows[-1]) + margin, height)


def _redness(red: npt.NDArray[np.bool_], rect: Rect) -> float:
    left, top, right, bottom = (max(int(side), 0) for side in rect)
    part = red[top:bottom, left:right]
    return float(part.mean()) if part.size else 0.0


def _bounds(quad: npt.NDArray[np.float32]) -> Rect:
    left, top = quad.min(axis=0)
    right, bottom = quad.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def _ordered(found: list[_Read], width: int, height: int, hands: list[float]) -> tuple[Line, ...]:
    rects = [_bounds(item.quad) for item in found]
    order = reading_order(rects, _slope(found))
    return tuple(
        Line(found[i].text, _fractions(rects[i], width, height), found[i].confidence, hands[i]) for i in order
    )


def _slope(found: list[_Read]) -> float:
    """The skew of the page: the middle slope of its longer lines."""
    spans = [item.quad[1] - item.quad[0] for item in found]
    longest = max((float(span[0]) for span in spans), default=0.0)
    slopes = [float(span[1] / span[0]) for span in spans if span[0] > max(longest * 0.5, 1.0)]
    return float(np.median(slopes)) if slopes else 0.0


def _fractions(rect: Rect, width: int, height: int) -> Rect:
    left, top, right, bottom = rect
    shares = (left / width, top / height, right / width, bottom / height)
    a, b, c, d = (round(min(max(share, 0.0), 1.0), 4) for share in shares)
    return a, b, c, d


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def simplified(text: str) -> str:
    """Map Traditional characters to Simplified: the engine writes them now and then for Simplified print."""
    return str(_converter().convert(text))
