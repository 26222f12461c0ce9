"""One page image → lines of text in reading order: turned upright, seals taken out, red print read apart.

Runs in the warm OCR workers on plain pixel arrays; independent of the engine.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from archivist.core.page import Hand, Line, SealMark
from archivist.core.paper.pagenumbers import reads_as_number
from archivist.extract.clean import clean
from archivist.extract.failures import RED_UNREAD
from archivist.extract.seeing.feet import foot_ink, padded
from archivist.extract.seeing.hands import Written, judged, of_lines, told
from archivist.extract.seeing.layout import Rect, reading_order
from archivist.extract.seeing.lines import (
    MIN_CONFIDENCE,
    Channel,
    ReadLine,
    bounds,
    detected,
    recognised,
    simplified,
)
from archivist.extract.seeing.ocr import OcrEngine, Quads
from archivist.extract.seeing.picture import Reading
from archivist.extract.seeing.redprint import RedPrint, find_red, mended, with_red
from archivist.extract.seeing.seals import FoundSeal, arc_line, find_seals
from archivist.extract.seeing.signatures import find_strokes
from archivist.extract.seeing.turning import needed_turn, stands_on_its_head

Pixels = npt.NDArray[np.uint8]
"""Grey (h × w) or RGB (h × w × 3)."""


def read_page(pixels: Pixels, engine: OcrEngine) -> Reading:
    """Recognise a page given as grey (h × w) or RGB (h × w × 3) pixels."""
    seals, red, channel = _looked_at(pixels)
    quads = detected(channel, engine)
    rotation = needed_turn(channel, quads, engine)
    found = [] if rotation else recognised(channel, quads, engine)
    if not rotation and stands_on_its_head(channel, quads, found, engine):
        rotation = 180
    if rotation:
        pixels = np.ascontiguousarray(np.rot90(pixels, -rotation // 90))
        seals, red, channel = _looked_at(pixels)
        quads = _stood_up(quads, channel) if rotation == 180 else detected(channel, engine)
        found = recognised(channel, quads, engine)
    plain = _plain(pixels)
    unread = False
    if red is not None and red.is_form:
        found = mended(found, red, plain, engine)
    elif red is not None:
        found, unread = with_red(found, red, engine)
    found += _page_number(plain, found, engine)
    strokes = find_strokes(plain, [bounds(line.quad) for line in found], seals)
    pieces = judged(pixels, [_written(line) for line in found], strokes)
    height, width = pixels.shape[:2]
    return Reading(
        _ordered(found, width, height, of_lines(pieces, len(found))),
        rotation,
        _seal_marks(pixels, seals, engine),
        tuple(_fractions(box, width, height) for box in strokes),
        RED_UNREAD if unread else "",
        tuple(Hand(_fractions(piece.box, width, height), piece.hand) for piece in told(pieces)),
    )


def _written(line: ReadLine) -> Written:
    across = line.quad[1] - line.quad[0]
    slope = float(across[1] / across[0]) if across[0] > 1 else 0.0
    return Written(bounds(line.quad), slope, line.text, line.confidence)


def _looked_at(pixels: Pixels) -> tuple[list[FoundSeal], RedPrint | None, Channel]:
    """Seals, red print, and the channel to read: the red one, in which red seals vanish and the text under them stays,
    or of a page printed in red the one in which that is dark.
    """
    seals = find_seals(pixels)
    if pixels.ndim == 2:
        return seals, None, pixels
    red = find_red(pixels, seals)
    return seals, red, red.darker if red is not None and red.is_form else _plain(pixels)


def _plain(pixels: Pixels) -> Channel:
    return pixels if pixels.ndim == 2 else np.ascontiguousarray(pixels[..., 0])


def _stood_up(quads: Quads, channel: Channel) -> Quads:
    """Boxes of a page that stood on its head, where they are now; no need to look for them again."""
    height, width = channel.shape
    turned = np.array([width, height], np.float32) - quads
    return np.ascontiguousarray(turned[:, [2, 3, 0, 1]], np.float32)


def _page_number(channel: Channel, found: Sequence[ReadLine], engine: OcrEngine) -> list[ReadLine]:
    """The page number in the lower margin, where the detector overlooked it."""
    height, width = channel.shape
    below = max((bounds(line.quad)[3] for line in found), default=0.0)
    box = foot_ink(channel, below)
    if box is None:
        return []
    left, top, right, bottom = padded(box, width, height)
    quad = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
    return [line for line in recognised(channel, [quad], engine) if reads_as_number(line.text)]


def _seal_marks(pixels: Pixels, seals: list[FoundSeal], engine: OcrEngine) -> tuple[SealMark, ...]:
    """Read the words along each seal's arc."""
    height, width = pixels.shape[:2]
    marks = []
    for seal in seals:
        text, confidence = engine.recognise(arc_line(pixels, seal)) if seal.legible else ("", 0.0)
        text = simplified(clean(text)) if confidence >= MIN_CONFIDENCE else ""
        box = _fractions(seal.outline.bounds, width, height)
        sure = round(confidence, 3) if text else 0.0
        marks.append(SealMark(box, seal.sure(text), seal.shape, seal.ink, text, sure))
    return tuple(marks)


def _ordered(found: Sequence[ReadLine], width: int, height: int, hands: Sequence[float]) -> tuple[Line, ...]:
    rects = [bounds(item.quad) for item in found]
    order = reading_order(rects, _slope(found))
    return tuple(
        Line(found[i].text, _fractions(rects[i], width, height), found[i].confidence, hands[i]) for i in order
    )


def _slope(found: Sequence[ReadLine]) -> float:
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
