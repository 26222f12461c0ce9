"""Which side of a page is up (方向): the shape of its boxes and the classifier suspect, the recogniser decides.

A page is turned only where a few of its longest lines read clearly better turned than as they stand. Upright writing in
columns, tables of figures, a hand and pages with hardly a line have tall or puzzling boxes, too, and stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from archivist.extract.seeing.lines import TALL, Channel, ReadLine, crop, sides
from archivist.extract.seeing.ocr import OcrEngine, Pixels, Quads

_SIDEWAYS_SHARE = 0.5
_WITNESSES = 3
"""Lines read both ways when a turn is suspected; as many votes that all say "upright" end the question."""
_VOTERS = 9
_CLASSIFIED = 4
"""How many times as wide as high what the classifier looks at is."""
_READS = 0.75
"""Mean confidence of lines that are read the right way; stood on their heads or laid over they seldom reach 0.6."""
_BETTER = 0.1
_WEIGHTY = 4
"""Characters in a line below which its confidence says little: `一`, `1` and `—` read well whatever is up."""


def needed_turn(channel: Channel, quads: Quads, engine: OcrEngine) -> int:
    """Return the clockwise turn (0, 90, 180, 270) that makes a page upright."""
    if len(quads) == 0:
        return 0
    widths, heights = sides(quads)
    longest = np.maximum(widths, heights)
    tall = heights > TALL * widths
    by_length = [int(i) for i in np.argsort(-longest)]
    if longest[tall].sum() > _SIDEWAYS_SHARE * longest.sum():
        crops = [crop(channel, quads[i]) for i in by_length if tall[i]]
        return _of_sideways(crops[:_WITNESSES], engine)
    return _of_standing(channel, quads, [i for i in by_length if not tall[i]], engine)


def _of_sideways(crops: list[Pixels], engine: OcrEngine) -> int:
    """A tall crop was laid over counter-clockwise: if it reads so, the page needs a turn of 270° clockwise.

    Lines of upright writing in columns read well laid over, too: but as well with their characters as they stand. (Of a
    page on its other side the characters are read so as well, the recogniser is that good, but last to first.)
    """
    laid, turned = _read_well(crops, engine), _read_well([_turned(cut) for cut in crops], engine)
    if max(laid, turned) < _READS or abs(laid - turned) < _BETTER:
        return 0
    if turned > laid:
        return 90
    standing = _read_well([_set_upright(cut) for cut in crops], engine)
    return 0 if standing > laid - _BETTER else 270


def _set_upright(cut: Pixels) -> Pixels:
    """Set the characters of a line that was laid over side by side, each as it stood on the page."""
    grey = cut[..., 0]
    paper = int(np.percentile(grey, 80))
    inked = np.asarray((grey < paper - 60).any(axis=0), np.bool_)
    size = grey.shape[0]
    tiles = [np.rot90(cut[:, begin:end], -1) for begin, end in _characters(inked, size)]
    if not tiles:
        return cut
    height = max(tile.shape[0] for tile in tiles)
    line = np.full((height, sum(tile.shape[1] for tile in tiles), 3), paper, np.uint8)
    left = 0
    for tile in tiles:
        top = (height - tile.shape[0]) // 2
        line[top : top + tile.shape[0], left : left + tile.shape[1]] = tile
        left += tile.shape[1]
    return line


def _characters(inked: npt.NDArray[np.bool_], size: int) -> list[tuple[int, int]]:
    """Where characters begin and end along a line ``size`` pixels high: cut at gaps, but none in two."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], inked, [False]])))
    found: list[tuple[int, int]] = []
    for begin, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if found and end - found[-1][0] <= size:
            found[-1] = (found[-1][0], end)
        else:
            found.append((begin, end))
    return found


def _of_standing(channel: Channel, quads: Quads, voters: list[int], engine: OcrEngine) -> int:
    """The classifier is asked line by line; only when it doubts are lines read."""
    crops: list[Pixels] = []
    against = 0
    for voter in voters[:_VOTERS]:
        crops.append(crop(channel, quads[voter]))
        against += engine.upside_down(_middle(crops[-1]))
        if len(crops) == _WITNESSES and against == 0:
            return 0
    if against * 2 <= len(crops):
        return 0
    return 180 if _reads_turned(crops, engine) else 0


def stands_on_its_head(channel: Channel, quads: Quads, lines: Sequence[ReadLine], engine: OcrEngine) -> bool:
    """Whether a page that reads badly reads well turned round: the classifier overlooks small print."""
    sure = sum(line.confidence for line in lines)
    if sure > _READS * len(quads) or len(quads) == 0:
        return False
    widths, heights = sides(quads)
    order = [int(i) for i in np.argsort(-widths) if heights[i] < widths[i]]
    return _reads_turned([crop(channel, quads[i]) for i in order[:_WITNESSES]], engine)


def _reads_turned(crops: list[Pixels], engine: OcrEngine) -> bool:
    standing = _read_well(crops[:_WITNESSES], engine)
    turned = _read_well([_turned(cut) for cut in crops[:_WITNESSES]], engine)
    return turned >= _READS and turned - standing >= _BETTER


def _middle(cut: Pixels) -> Pixels:
    """As much of a line as the classifier sees without squeezing it."""
    height, width = cut.shape[:2]
    spare = max(width - _CLASSIFIED * height, 0) // 2
    return np.ascontiguousarray(cut[:, spare : width - spare])


def _read_well(crops: list[Pixels], engine: OcrEngine) -> float:
    """Mean confidence in lines; those too short to tell count little."""
    sure = 0.0
    for cut in crops:
        text, confidence = engine.recognise(cut)
        sure += confidence * min(len(text) / _WEIGHTY, 1.0)
    return sure / max(len(crops), 1)


def _turned(cut: Pixels) -> Pixels:
    return np.ascontiguousarray(cut[::-1, ::-1])
