"""Lines of text cut out of one channel of a page and recognised: what upright reading, turning and red print share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from archivist.extract.clean import clean
from archivist.extract.seeing.layout import Rect
from archivist.extract.seeing.ocr import OcrEngine, Pixels, Quads

Channel = npt.NDArray[np.uint8]
"""Height × width."""
Quad = npt.NDArray[np.float32]
"""4 corners × (x, y), as in `Quads`."""

TALL = 1.5
"""A box so many times as high as wide holds a line that runs down the page."""
MIN_CONFIDENCE = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class ReadLine:
    """A line read, in pixels of the page."""

    quad: Quad
    text: str
    confidence: float


def three(channel: Channel) -> Pixels:
    """Return the channel three times, as engines want pixels."""
    import cv2

    return np.asarray(cv2.merge([channel, channel, channel]), np.uint8)


def detected(channel: Channel, engine: OcrEngine) -> Quads:
    """Return the boxes of text lines on one channel."""
    return engine.detect(three(channel))


def crop(channel: Channel, quad: Quad) -> Pixels:
    """Cut a box out, its slant taken out; a tall one is laid on its left side."""
    import cv2

    width = _longer(quad[0] - quad[1], quad[2] - quad[3])
    height = _longer(quad[0] - quad[3], quad[1] - quad[2])
    square = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(np.ascontiguousarray(quad, np.float32), square)
    cut = cv2.warpPerspective(
        channel, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE, flags=cv2.INTER_CUBIC
    )
    if height >= TALL * width:
        cut = np.ascontiguousarray(np.rot90(cut))
    return three(np.asarray(cut, np.uint8))


def _longer(one: npt.NDArray[np.float32], other: npt.NDArray[np.float32]) -> int:
    return max(int(np.hypot(*one)), int(np.hypot(*other)), 1)


def sides(quads: Quads) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Return the widths and heights of boxes."""
    widths = np.linalg.norm(quads[:, 0] - quads[:, 1], axis=1)
    heights = np.linalg.norm(quads[:, 0] - quads[:, 3], axis=1)
    return widths, heights


def recognised(channel: Channel, quads: Iterable[Quad], engine: OcrEngine) -> list[ReadLine]:
    """Read the boxes; one the engine is not sure of, or that holds nothing, is left out."""
    lines = (read_line(channel, quad, engine) for quad in quads)
    return [line for line in lines if line.text and line.confidence >= MIN_CONFIDENCE]


def read_line(channel: Channel, quad: Quad, engine: OcrEngine) -> ReadLine:
    """Read one box, however unsure."""
    text, confidence = engine.recognise(crop(channel, quad))
    return ReadLine(quad, simplified(clean(text)), round(confidence, 3))


def bounds(quad: Quad) -> Rect:
    """Return the upright box about a slanted one."""
    left, top = quad.min(axis=0)
    right, bottom = quad.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def simplified(text: str) -> str:
    """Map Traditional characters to Simplified: the engine writes them now and then for Simplified print."""
    return str(_converter().convert(text))
