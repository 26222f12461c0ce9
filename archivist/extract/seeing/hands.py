"""Handwriting told from print (手写与印刷): every piece of a page's lines, and ink that was not read, is judged.

A pen's strokes lean and rise unlike type, its characters differ in height and do not stand on one line, its ink is often
blue, and it writes larger than the type beside it. Each is a weak sign; `WEIGHTS` weigh them together. They were
fitted to drawn pages (``python -m tests.bench.marks.fit``) and none is below zero: the wilder a hand, the surer it is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from archivist.extract.seeing.layout import Rect
from archivist.extract.seeing.seals import Pixels, dark_ink

_SIDE = 1800
"""The page is looked at this large (longest side): type of 16 pt on A4 is then 34 pixels high."""
_INK = 0.30
_RULE = 70
"""Pixels (at `_SIDE`): straight lines at least this long are ruled."""
_GAP = 0.75
"""Empty columns, in heights of the line, that part one piece of a line from the next."""
_SMALL = 9
_MOST = 240
_FULL_WIDTH = 0x2E80

FEATURES = (
    "swaying",  # how its steep strokes differ in direction, more than in this page's print
    "rolling",  # how its flat strokes do
    "leaning",  # how far steep strokes lean away from how print stands
    "rising",  # how far flat strokes rise, beyond what a 楷体 does
    "round",  # share of strokes that are neither steep nor flat, more than in print
    "taller",  # higher than this page's print
    "uneven",  # how the heights of its characters differ
    "wavy",  # how their middles leave one line
    "off",  # how far it stands from the middle of what is left of it in its line
    "blue",  # bluer than this page's print
    "pen",  # how its strokes differ in thickness from this page's print
    "pale",  # how its ink differs in strength
    "joined",  # ink that hangs together, in characters
    "unsure",  # how unsure recognition was of the line
    "unread",  # whether recognition read nothing there
)

_BLUE = FEATURES.index("blue")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a page in pixels. ``line`` is the index of the line it is part of, -1 for ink that was not read."""

    box: Rect
    line: int
    hand: float


@dataclass(frozen=True, slots=True)
class Written:
    """A line that was read: its box and skew (dy/dx), its text, how sure the reader was (0..1)."""

    box: Rect
    slope: float
    text: str
    confidence: float


def judged(pixels: Pixels, lines: Sequence[Written], strokes: Sequence[Rect]) -> tuple[Piece, ...]:
    """Return the pieces of ``lines`` and ``strokes`` (pixels of an upright page), each with how sure it is a hand's."""
    boxes, features = measured(pixels, lines, strokes)
    if not boxes:
        return ()
    sure = 1 / (1 + np.exp(-(features @ np.array(WEIGHTS) + BIAS)))
    run = features[
        :, :5
    ]  # strokes as straight as this page's print is no hand's, however large or crooked it stands
    straight = (run[:, :2].max(axis=1) < _STRAIGHT) & (features[:, _BLUE] < 0.3)
    sure = np.where(straight, np.minimum(sure, _NEVER_SURE), sure)
    return tuple(
        Piece(box, line, round(float(hand), 3)) for (box, line), hand in zip(boxes, sure, strict=True)
    )


def told(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces that are not plainly print."""
    return [piece for piece in pieces if piece.hand > PRINT]


def of_lines(pieces: Sequence[Piece], count: int) -> list[float]:
    """How sure each of ``count`` lines is a hand's: its pieces by their width."""
    wide, hand = np.zeros(count), np.zeros(count)
    for piece in pieces:
        if piece.line >= 0:
            wide[piece.line] += piece.box[2] - piece.box[0]
            hand[piece.line] += piece.hand * (piece.box[2] - piece.box[0])
    return [round(float(h / w), 3) if w > 0 else 0.0 for h, w in zip(hand, wide, strict=True)]


PRINT = 0.12
"""At or below it a piece is print."""
WEIGHTS = (4.6, 3.7, 2.2, 0.0, 0.0, 4.5, 3.0, 6.0, 1.4, 2.0, 1.5, 0.0, 3.0, 0.0, 0.0)
BIAS = -7.6
_STRAIGHT = 0.1
_NEVER_SURE = 0.6


def measured(
    pixels: Pixels, lines: Sequence[Written], strokes: Sequence[Rect]
) -> tuple[list[tuple[Rect, int]], npt.NDArray[np.float64]]:
    """Return the pieces (box in pixels, index of the line or -1) and their `FEATURES`, a row each."""
    look = _Look(pixels, lines)
    found = [one for one in look.pieces(lines, strokes) if one is not None][:_MOST]
    if not found:
        return [], np.zeros((0, len(FEATURES)))
    print_ = _print_of(found)
    rows = [_features(one, print_) for one in found]
    boxes = [
        ((a / look.scale, b / look.scale, c / look.scale, d / look.scale), one.line)
        for one in found
        for a, b, c, d in [one.box]
    ]
    return boxes, np.array(rows, np.float64)


@dataclass(frozen=True, slots=True)
class _Run:
    """How strokes run: spread of the steep and of the flat ones about their own direction (0..1), both directions in
    degrees off upright and level, and the share of those that are neither.
    """

    sway: float
    roll: float
    lean: float
    rise: float
    round: float


@dataclass(frozen=True, slots=True)
class _Piece:
    """What was measured of a piece: plain numbers, still of this page's own scale."""

    box: Rect
    line: int
    weight: float
    run: _Run
    height: float
    uneven: float
    wavy: float
    middle: float
    beside: float
    blue: float
    pen: float
    pale: float
    joined: float
    unsure: float


def _print_of(found: Sequence[_Piece]) -> dict[str, float]:
    """What this page's print is like: the middle of its longer pieces, weighted by their length."""
    long = (
        [one for one in found if one.line >= 0 and one.weight >= 6]
        or [one for one in found if one.line >= 0]
        or list(found)
    )
    weights = np.array([one.weight for one in long])
    told = {}
    for name in ("sway", "roll", "lean", "rise", "round", "height", "blue", "pen", "pale"):
        values = np.array([getattr(one.run if hasattr(one.run, name) else one, name) for one in long])
        order = np.argsort(values)
        at = int(np.searchsorted(np.cumsum(weights[order]), weights.sum() / 2))
        told[name] = float(values[order][min(at, len(order) - 1)])
    return told


def _features(one: _Piece, print_: dict[str, float]) -> list[float]:
    return [
        float(np.clip((one.run.sway - print_["sway"]) * 3, -0.5, 1.5)),
        float(np.clip((one.run.roll - print_["roll"]) * 3, -0.5, 1.5)),
        float(np.clip((abs(one.run.lean - print_["lean"]) - 2) / 6, 0, 1.5)),
        float(np.clip((abs(one.run.rise - print_["rise"]) - 6) / 6, 0, 1.5)),
        float(np.clip((one.run.round - print_["round"]) * 3, -0.5, 1.5)),
        float(np.clip(one.height / max(print_["height"], 1) - 1, -0.5, 1.5)),
        min(one.uneven, 0.5) * 3,
        min(one.wavy, 0.3) * 6,
        min(abs(one.middle - one.beside) / max(print_["height"], 1), 1.0),
        float(np.clip((one.blue - print_["blue"]) * 10, -0.5, 2.5)),
        min(abs(np.log(max(one.pen, 0.2) / max(print_["pen"], 0.2))), 1.0),
        min(abs(one.pale - print_["pale"]) * 3, 1.0),
        min(one.joined, 3.0),
        one.unsure,
        float(one.line < 0),
    ]


@dataclass(frozen=True, slots=True)
class _Strip:
    """A line or a piece of unread ink, laid level: its ink (0..1), where it is dark, how blue it is.

    ``x``, ``y``: where its left upper corner lies on the page; ``rise``: by how much it sinks to the right, dy/dx.
    """

    ink: Any
    dark: Any
    blue: Any
    x: float
    y: float
    rise: float

    def cut(self, start: int, end: int) -> _Strip:
        """The part between two columns."""
        columns = (slice(None), slice(start, end))
        blue = None if self.blue is None else self.blue[columns]
        y = self.y + self.rise * start
        return _Strip(self.ink[columns], self.dark[columns], blue, self.x + start, y, self.rise)

    @property
    def box(self) -> Rect:
        """What it covers on the page."""
        high, wide = self.dark.shape
        down = self.rise * wide
        return self.x, self.y + min(down, 0), self.x + wide, self.y + high + max(down, 0)


class _Look:
    """A page at the size at which it is looked at."""

    def __init__(self, pixels: Pixels, lines: Sequence[Written]) -> None:
        import cv2

        self.scale = min(1.0, _SIDE / max(pixels.shape[:2]))
        size = (max(round(pixels.shape[1] * self.scale), 8), max(round(pixels.shape[0] * self.scale), 8))
        small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
        self.ink = dark_ink(np.ascontiguousarray(small if small.ndim == 2 else small[..., 0]))
        self.blue = None if small.ndim == 2 else cv2.subtract(small[..., 2], small[..., 0])
        self.dark = _unruled((self.ink > _INK).astype(np.uint8))
        slopes = [line.slope for line in lines if len(line.text) >= 8]
        self.slope = float(np.median(slopes)) if slopes else 0.0
        self.pitch = _pitch(lines) * self.scale

    def pieces(self, lines: Sequence[Written], strokes: Sequence[Rect]) -> Iterator[_Piece | None]:
        """Every piece of every line, then unread ink."""
        for index, line in enumerate(lines):
            slope = line.slope if len(line.text) >= 8 else self.slope
            strip = self._strip(line.box, slope)
            beside: float | None = None
            for part, share in self._parts(line.text, strip):
                one = _measured(part, index, 1 - line.confidence, share, beside)
                yield one
                if one is not None and beside is None:
                    beside = one.middle
        for rect in strokes:
            strip = self._strip(rect, 0.0)
            yield _measured(strip, -1, 1.0, 0.0, None, self.slope)

    def _strip(self, rect: Rect, slope: float) -> _Strip:
        """What lies in a box along its slope, laid level; what the slope brings in of other lines is left out."""
        import cv2

        left, top, right, bottom = (side * self.scale for side in rect)
        wide = max(int(right - left), 1)
        high = max(int(bottom - top - abs(slope) * wide), int(0.6 * (bottom - top)), 1)
        y = (top + bottom - slope * wide - high) / 2
        matrix = np.array([[1, 0, left], [slope, 1, y]], np.float32)
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        laid = [
            None if one is None else cv2.warpAffine(one, matrix, (wide, high), flags=flags)
            for one in (self.ink, self.dark, self.blue)
        ]
        return _Strip(laid[0], laid[1], laid[2], left, y, slope)

    def _parts(self, text: str, strip: _Strip) -> Iterator[tuple[_Strip, float]]:
        """The line cut behind colons and at wide gaps: (strip, how many characters)."""
        high, wide = strip.dark.shape
        if high < _SMALL or wide < _SMALL:
            return
        if high > 1.6 * wide:
            yield strip, float(len(text))
            return
        full = strip.dark.any(axis=0)
        cuts = sorted({0, *_gaps(full, _GAP * high), *self._colons(text, full, high), wide})
        whole = max(_weight(text), 1.0)
        for start, end in pairwise(cuts):
            inked = np.flatnonzero(full[start:end])
            if inked.size >= _SMALL // 2:
                a, b = start + int(inked[0]), start + int(inked[-1]) + 1
                yield strip.cut(a, b), max(whole * (b - a) / wide, 0.5)

    def _colons(self, text: str, full: npt.NDArray[np.bool_], high: int) -> Iterator[int]:
        """Where print ends at a colon: the widest empty stretch near where the text has it.

        A box that reaches far beyond what was read holds ink that was not.
        """
        wide = len(full)
        pitch = wide / max(_weight(text), 1.0)
        pitch = min(pitch, 1.05 * self.pitch) if self.pitch else pitch
        for at, character in enumerate(text):
            place = int(pitch * _weight(text[: at + 1]))
            if character in "：:" and place < wide - 0.6 * high:
                low, top = max(place - int(0.8 * high), 1), min(place + int(0.8 * high), wide - 1)
                gaps = list(_runs(~full[low:top]))
                if gaps:
                    start, end = max(gaps, key=lambda run: run[1] - run[0])
                    yield low + (start + end) // 2
                else:
                    yield place


def _unruled(dark: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Take ruled lines out: of tables, and those that names are written on."""
    import cv2

    across = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, _RULE), np.uint8))
    down = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((_RULE, 1), np.uint8))
    ruled = cv2.dilate(cv2.max(across, down), np.ones((3, 3), np.uint8))
    dark[ruled > 0] = 0
    return dark


def _measured(
    strip: _Strip,
    line: int,
    unsure: float,
    characters: float,
    beside: float | None,
    slope: float = 0.0,
) -> _Piece | None:
    import cv2

    dark = strip.dark
    rows = np.flatnonzero(dark.any(axis=1))
    if rows.size < 5 or int(dark.sum()) < 20:
        return None
    high = max(float(rows[-1] - rows[0] + 1), 5.0)
    characters = characters or max(dark.shape[1] / high, 0.5)
    uneven, wavy, tall, middle = _stance(dark, high)
    there = dark > 0
    weights = strip.ink[there]
    blue = 0.0
    if strip.blue is not None:
        blue = float((strip.blue[there] * weights).sum() / max(float(weights.sum()), 1e-6)) / 255
    edge = int((dark & ~np.asarray(cv2.erode(dark, np.ones((3, 3), np.uint8)), np.uint8)).sum())
    count = cv2.connectedComponents(dark, connectivity=8)[0] - 1
    return _Piece(
        strip.box,
        line,
        characters,
        _directions(strip.ink, dark, slope, strip.rise or slope),
        tall,
        uneven,
        wavy,
        middle,
        middle if beside is None else beside,
        blue,
        2 * int(there.sum()) / max(edge, 1),
        float(np.percentile(weights, 80)),
        characters / max(count, 1),
        unsure,
    )


def _weight(text: str) -> float:
    return sum(0.5 if ord(character) < _FULL_WIDTH else 1.0 for character in text)


def _pitch(lines: Sequence[Written]) -> float:
    """The width of a character in the page's longer lines, 0 where there are none."""
    wide = [(line.box[2] - line.box[0]) / _weight(line.text) for line in lines if len(line.text) >= 10]
    return float(np.median(wide)) if wide else 0.0


def _runs(there: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], there.astype(np.int8), [0]])))
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        yield int(start), int(end)


def _gaps(full: npt.NDArray[np.bool_], least: float) -> Iterator[int]:
    for start, end in _runs(~full):
        if end - start >= least and start > 0 and end < len(full):
            yield (start + end) // 2


def _directions(
    ink: npt.NDArray[np.float32], dark: npt.NDArray[np.uint8], level: float, stands: float
) -> _Run:
    """How strokes run on a strip on which print is ``level`` (dy/dx) and stands askew by ``stands`` (a page's skew)."""
    import cv2

    dx, dy = cv2.Sobel(ink, cv2.CV_32F, 1, 0), cv2.Sobel(ink, cv2.CV_32F, 0, 1)
    strong, angle = cv2.cartToPolar(dx, dy, angleInDegrees=True)
    clear = (strong > 0.3 * float(strong.max())) & (cv2.dilate(dark, np.ones((3, 3), np.uint8)) > 0)
    turned = np.round(angle[clear]).astype(int)
    bins = np.asarray(np.bincount(turned % 180, strong[clear], minlength=180), np.float64)
    total = float(bins.sum()) or 1.0
    off = round(float(np.degrees(np.arctan(stands))))
    steep = np.roll(bins, _FAN - off)[: 2 * _FAN + 1]
    off = round(float(np.degrees(np.arctan(level))))
    flat = np.roll(bins, -90 + _FAN - off)[: 2 * _FAN + 1]
    sway, lean = _peak(steep)
    roll, rise = _peak(flat)
    return _Run(sway, roll, lean, rise, 1 - float(steep.sum() + flat.sum()) / total)


_FAN = 18
"""Degrees to either side within which strokes count as steep or as flat."""


def _peak(fan: npt.NDArray[np.float64]) -> tuple[float, float]:
    """How much of a fan of directions lies off its peak (0..1), and where the peak is, in degrees off its middle."""
    total = float(fan.sum())
    if total <= 0:
        return 0.5, 0.0
    near = np.convolve(fan, np.ones(5), "same")
    at = int(near.argmax())
    return 1 - float(near[at]) / total, float(at - _FAN)


def _stance(dark: npt.NDArray[np.uint8], high: float) -> tuple[float, float, float, float]:
    """How the characters stand: spread of their heights and middles (in heights), their middle height, where."""
    columns = np.flatnonzero(dark.any(axis=0))
    first, last = int(columns[0]), int(columns[-1]) + 1
    count = max(round((last - first) / high), 1)
    edges = np.linspace(first, last, count + 1).astype(int)
    tops, bottoms = [], []
    for start, end in pairwise(edges):
        rows = np.flatnonzero(dark[:, start:end].any(axis=1))
        if rows.size >= 4:
            tops.append(float(rows[0]))
            bottoms.append(float(rows[-1]) + 1)
    if not tops:
        return 0.0, 0.0, high, dark.shape[0] / 2
    heights, middles = np.array(bottoms) - np.array(tops), (np.array(tops) + np.array(bottoms)) / 2
    tall = float(np.median(heights))
    middle = float(np.median(middles))
    whole = heights > 0.7 * float(np.percentile(heights, 80))  # neither punctuation nor 一
    if int(whole.sum()) < 2:
        return 0.06, 0.03, tall, middle
    spread, away = heights[whole].std(), np.abs(middles[whole] - np.median(middles[whole])).mean()
    return float(spread) / max(tall, 1), float(away) / max(tall, 1), tall, middle
