"""Handwriting (手写): names written with fonts that look written, bent and shaken, and signatures nobody can read."""

from __future__ import annotations

from random import Random

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from tests.bench.marks.faces import font, has, written
from tests.bench.recognition.fonts import faces

Mask = npt.NDArray[np.float32]
"""Height × width, 0 (paper) to 1 (ink)."""

PENS = [(25, 35, 90), (20, 30, 120), (30, 60, 160), (30, 30, 35), (40, 38, 40), (20, 20, 60)]
"""Blue, blue-black and black ink."""


def name(text: str, size: int, chance: Random, report: bool) -> Mask:
    """A name written by hand, its characters about ``size`` pixels high."""
    able = [face for face in written(report) if has(face, text)]
    face = chance.choice(able) if able else faces()["hand"]
    slant, rise, spread = chance.uniform(-0.08, 0.3), chance.uniform(-0.03, 0.12), chance.uniform(0.7, 1.02)
    wild = chance.uniform(0.6, 1.8)
    wide, high = int(size * (len(text) + 2) * 1.15), int(size * 2.4)
    page = Image.new("L", (wide, high), 0)
    x, ends = size * 0.6, []
    for character in text:
        height = size * chance.uniform(1 - 0.12 * wild, 1 + 0.14 * wild)
        tile = Image.new("L", (int(height * 1.8), int(height * 1.8)), 0)
        ImageDraw.Draw(tile).text(
            (height * 0.4, height * 0.3), character, font=font(face, int(height)), fill=255
        )
        tile = tile.rotate(chance.uniform(-5, 5) * wild, Image.Resampling.BICUBIC)
        shear = slant + chance.uniform(-0.06, 0.06) * wild
        tile = tile.transform(
            tile.size,
            Image.Transform.AFFINE,
            (1, shear, -shear * height * 0.9, 0, 1, 0),
            Image.Resampling.BICUBIC,
        )
        y = size * 0.5 - rise * (x - size) + chance.uniform(-0.07, 0.07) * wild * size
        place = (int(x - height * 0.4), int(y - height * 0.3))
        layer = Image.new("L", page.size, 0)
        layer.paste(tile, place)
        page = Image.fromarray(np.maximum(np.asarray(page), np.asarray(layer)))
        ends.append((x + height * 0.9, y + height * chance.uniform(0.6, 0.95)))
        x += height * spread * chance.uniform(0.92, 1.05)
    ink = np.asarray(page, np.float32) / 255
    if chance.random() < 0.5 and len(ends) > 1:
        ink = np.maximum(ink, _joined(ink.shape, ends, size, chance))
    return _trim(_weight(_bent(ink, size, 0.03 * wild, chance), size, chance))


def _joined(shape: tuple[int, ...], ends: list[tuple[float, float]], size: int, chance: Random) -> Mask:
    """The pen not lifted between characters."""
    layer = np.zeros(shape, np.uint8)
    for x, y in ends[:-1]:
        if chance.random() < 0.6:
            start = (int(x - size * 0.3), int(y))
            end = (int(x + size * chance.uniform(0.1, 0.35)), int(y - size * chance.uniform(0.3, 0.7)))
            cv2.line(layer, start, end, 255, max(1, size // 28), cv2.LINE_AA)
    return np.asarray(layer, np.float32) / 255


def _bent(ink: Mask, size: int, amount: float, chance: Random) -> Mask:
    """An unsteady hand: the sheet of ink warped softly."""
    noise = np.random.default_rng(chance.randrange(1 << 30))
    height, width = ink.shape
    moved = []
    for _ in range(2):
        coarse = noise.normal(0, 1, (height, width)).astype(np.float32)
        soft = cv2.GaussianBlur(coarse, (0, 0), max(size * 0.16, 1.5))
        moved.append(soft / max(float(soft.std()), 1e-6) * amount * size)
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    return np.asarray(cv2.remap(ink, columns + moved[0], rows + moved[1], cv2.INTER_LINEAR), np.float32)


def _weight(ink: Mask, size: int, chance: Random) -> Mask:
    """A finer or a thicker pen."""
    kind = chance.random()
    if kind < 0.3:
        return np.asarray(cv2.dilate(ink, np.ones((2, 2), np.uint8), iterations=max(1, size // 40)))
    if kind < 0.4 and size > 44:
        return np.asarray(
            cv2.GaussianBlur(cv2.erode(ink, np.ones((2, 2), np.uint8)), (0, 0), 0.6) * 1.3
        ).clip(0, 1)
    return ink


def _trim(ink: Mask) -> Mask:
    rows, columns = np.flatnonzero(ink.max(axis=1) > 0.2), np.flatnonzero(ink.max(axis=0) > 0.2)
    if rows.size == 0:
        return ink
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def scribble(size: int, chance: Random) -> Mask:
    """A signature that is loops and dashes only."""
    wide, high = int(size * chance.uniform(2.0, 3.6)), int(size * chance.uniform(1.1, 1.7))
    layer = np.zeros((high + size, wide + size), np.uint8)
    x, y = size * 0.5, size * 0.5 + high * chance.uniform(0.3, 0.6)
    points = [(x, y)]
    for _ in range(chance.randint(9, 20)):
        x = min(max(x + chance.uniform(-0.25, 0.55) * size, size * 0.3), wide + size * 0.5)
        y = size * 0.5 + high * chance.uniform(0.02, 0.98)
        points.append((x, y))
    thick = max(1, round(size * chance.uniform(0.035, 0.09)))
    for start in range(0, len(points) - 3, 3 if chance.random() < 0.3 else 1):
        curve = _spline(points[start : start + 4])
        cv2.polylines(layer, [np.round(curve * 8).astype(np.int32)], False, 255, thick, cv2.LINE_AA, 3)
    for _ in range(chance.randint(0, 3)):
        a = (int(chance.uniform(0.4, wide / size) * size), int(chance.uniform(0.6, 1.4) * size))
        b = (int(a[0] + chance.uniform(0.3, 0.9) * size), int(a[1] - chance.uniform(-0.3, 0.4) * size))
        cv2.line(layer, a, b, 255, thick, cv2.LINE_AA)
    return _trim(np.asarray(layer, np.float32) / 255)


def _spline(points: list[tuple[float, float]]) -> npt.NDArray[np.float64]:
    """Catmull and Rom's curve through the two middle points of four."""
    a, b, c, d = (np.array(point) for point in points)
    t = np.linspace(0, 1, 14)[:, None]
    return np.asarray(
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
    )


def lay(
    image: Image.Image, ink: Mask, x: int, y: int, colour: tuple[int, int, int], strong: float = 0.93
) -> None:
    """Write ``ink`` on the page, its left upper corner at (x, y); it darkens what is there."""
    height = min(ink.shape[0], image.height - max(y, 0))
    width = min(ink.shape[1], image.width - max(x, 0))
    if height <= 0 or width <= 0:
        return
    x, y = max(x, 0), max(y, 0)
    box = (x, y, x + width, y + height)
    under = np.asarray(image.crop(box), np.float32)
    alpha = (ink[:height, :width] * strong)[..., None]
    over = under * (1 - alpha) + np.minimum(under, np.array(colour, np.float32)) * alpha
    image.paste(Image.fromarray(over.clip(0, 255).astype(np.uint8)), box[:2])
