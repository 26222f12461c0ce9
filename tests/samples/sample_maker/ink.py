"""What a hand leaves on paper: written characters, signatures, fingerprints, round red seals."""

from __future__ import annotations

import math
import random

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from .fonts import font

BLUE_BLACK = (28, 34, 92)
BLUE = (26, 44, 160)
BLACK = (24, 24, 28)
SEAL_RED = (205, 28, 36)


def lay(page: Image.Image, mask: Image.Image, at: tuple[int, int], colour: tuple[int, int, int]) -> None:
    """Lay ink of ``colour`` on the page so that what is under it still shows."""
    box = (at[0], at[1], at[0] + mask.width, at[1] + mask.height)
    under = page.crop(box)
    tint = Image.composite(Image.new("RGB", mask.size, colour), Image.new("RGB", mask.size, "white"), mask)
    page.paste(ImageChops.multiply(under, tint), at)


def glyph(char: str, role: str, size: int, turn: float, shear: float = 0.0) -> Image.Image:
    """Return one character as a mask, turned by ``turn`` degrees and slanted by ``shear``."""
    side = int(size * 1.6)
    mask = Image.new("L", (side, side))
    ImageDraw.Draw(mask).text((side // 2, side // 2), char, fill=255, font=font(role, size), anchor="mm")
    if shear:
        slant = (1, shear, -shear * side / 2, 0, 1, 0)
        mask = mask.transform(mask.size, Image.Transform.AFFINE, slant, Image.Resampling.BILINEAR)
    return mask.rotate(turn, Image.Resampling.BICUBIC)


def write(
    page: Image.Image,
    at: tuple[float, float],
    char: str,
    size: int,
    rng: random.Random,
    ink: tuple[int, int, int],
) -> None:
    """Write one character by hand, its middle at ``at``."""
    own = int(size * rng.uniform(0.92, 1.06))
    mask = glyph(char, "hand", own, rng.uniform(-4, 4), rng.uniform(0.0, 0.12))
    pressure = rng.uniform(0.82, 1.0)
    mask = mask.point(lambda tone: int(tone * pressure))
    lay(page, mask, _middle(at, mask, rng, size * 0.035), ink)


def _middle(at: tuple[float, float], mask: Image.Image, rng: random.Random, wobble: float) -> tuple[int, int]:
    x = at[0] - mask.width / 2 + rng.uniform(-wobble, wobble)
    y = at[1] - mask.height / 2 + rng.uniform(-wobble, wobble)
    return int(x), int(y)


def signature(
    page: Image.Image, at: tuple[int, int], name: str, size: int, rng: random.Random, blue: bool = False
) -> None:
    """Sign with ``name``: slanted characters run together, with a stroke or two thrown across them."""
    ink = rng.choice((BLUE_BLACK, BLACK, (40, 40, 44)))
    ink = BLUE if blue else ink
    slant = rng.uniform(0.1, 0.3)
    step = size * rng.uniform(0.72, 0.86)
    x, y = at[0] + size / 2, at[1] + size / 2
    for char in name:
        mask = glyph(char, "hand", int(size * rng.uniform(0.9, 1.12)), rng.uniform(-9, 7), slant)
        lay(page, mask, _middle((x, y), mask, rng, size * 0.08), ink)
        x += step
        y += rng.uniform(-0.08, 0.06) * size
    _flourish(page, (at[0], at[1], int(x), int(at[1] + size)), rng, ink, max(2, size // 22))


def _flourish(
    page: Image.Image,
    box: tuple[int, int, int, int],
    rng: random.Random,
    ink: tuple[int, int, int],
    width: int,
) -> None:
    left, top, right, bottom = box
    height = bottom - top
    mask = Image.new("L", (right - left + height, height * 2))
    points = [
        (rng.uniform(0.25, 0.5) * (right - left), height * rng.uniform(0.9, 1.1)),
        (rng.uniform(0.5, 0.7) * (right - left), height * rng.uniform(1.2, 1.35)),
        ((right - left) + rng.uniform(-0.2, 0.3) * height, height * rng.uniform(0.8, 1.1)),
        ((right - left) + rng.uniform(0.2, 0.8) * height, height * rng.uniform(0.6, 0.9)),
    ]
    ImageDraw.Draw(mask).line(_curve(points), fill=190, width=width, joint="curve")
    lay(page, mask.filter(ImageFilter.GaussianBlur(0.6)), (left, top - height // 4), ink)


def _curve(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    a, b, c, d = (np.array(p) for p in points)
    steps = np.linspace(0, 1, 40)[:, None]
    line = (
        (1 - steps) ** 3 * a
        + 3 * (1 - steps) ** 2 * steps * b
        + 3 * (1 - steps) * steps**2 * c
        + steps**3 * d
    )
    return [(float(x), float(y)) for x, y in line]


def tick(page: Image.Image, middle: tuple[float, float], size: int, rng: random.Random) -> None:
    """Tick a box with a pen."""
    side = int(size * 1.6)
    mask = Image.new("L", (side, side))
    points = [(0.3, 0.5), (0.46, 0.7), (rng.uniform(0.78, 0.95), rng.uniform(0.1, 0.22))]
    ImageDraw.Draw(mask).line(
        [(x * side, y * side) for x, y in points], fill=235, width=max(2, size // 11), joint="curve"
    )
    lay(page, mask, (int(middle[0] - side / 2), int(middle[1] - side / 2)), BLUE_BLACK)


def seal(words: str, diameter: int, foot: str = "") -> Image.Image:
    """Return a round seal as a mask: ring, star, the words along the arc, ``foot`` below the star."""
    side = diameter
    mask = Image.new("L", (side, side))
    pen = ImageDraw.Draw(mask)
    ring = max(3, side // 34)
    pen.ellipse((2, 2, side - 3, side - 3), outline=255, width=ring)
    pen.polygon(_star(side / 2, side / 2, side * 0.15), fill=255)
    if foot:
        pen.text((side / 2, side * 0.78), foot, fill=255, font=font("song", int(side * 0.1)), anchor="mm")
    _arc_text(mask, words, side)
    return mask


def _star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    corners = []
    for i in range(10):
        reach = radius if i % 2 == 0 else radius * 0.382
        angle = math.pi * i / 5 - math.pi / 2
        corners.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    return corners


def _arc_text(mask: Image.Image, words: str, side: int) -> None:
    spread = min(250.0, 17.0 * len(words))
    size = int(min(side * 0.145, math.pi * side * 0.72 * spread / 360 / len(words) * 0.98))
    radius = side * 0.5 - size * 0.5 - side * 0.055
    for i, char in enumerate(words):
        angle = -spread / 2 + spread * i / max(1, len(words) - 1)
        bearing = math.radians(angle - 90)
        x, y = side / 2 + radius * math.cos(bearing), side / 2 + radius * math.sin(bearing)
        one = glyph(char, "songbold", size, -angle)
        at = (int(x - one.width / 2), int(y - one.height / 2))
        mask.paste(ImageChops.lighter(mask.crop((*at, at[0] + one.width, at[1] + one.height)), one), at)


def stamp(page: Image.Image, words: str, middle: tuple[int, int], diameter: int, rng: random.Random) -> None:
    """Stamp a seal by hand: turned a little, the ink uneven, lighter towards one side."""
    mask = seal(words, diameter).rotate(rng.uniform(-14, 14), Image.Resampling.BICUBIC, expand=True)
    grain = np.random.default_rng(rng.randrange(2**32))
    patch = Image.fromarray(grain.integers(110, 256, (12, 12), dtype=np.uint8)).resize(
        mask.size, Image.Resampling.BICUBIC
    )
    specks = grain.random((mask.height, mask.width)) > 0.06
    ink = np.asarray(mask, dtype=np.float32) * np.asarray(patch, dtype=np.float32) / 255 * specks
    pressed = Image.fromarray(np.clip(ink, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.7))
    lay(page, pressed, (middle[0] - mask.width // 2, middle[1] - mask.height // 2), SEAL_RED)


def fingerprint(page: Image.Image, middle: tuple[int, int], size: int, rng: random.Random) -> None:
    """Press a red fingerprint (手印): an ellipse of curved ridges."""
    width, height = int(size * 0.8), size
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    dx, dy = (x - width / 2) / (width / 2), (y - height / 2) / (height / 2)
    ridges = 0.55 + 0.45 * np.sin(np.hypot(dx, dy * 0.8 + 0.3) * 26 + rng.uniform(0, 6))
    ink = np.where(np.hypot(dx, dy) < 0.95, ridges * 190, 0).astype(np.uint8)
    mask = Image.fromarray(ink).rotate(rng.uniform(-25, 25), Image.Resampling.BICUBIC, expand=True)
    lay(page, mask, (middle[0] - mask.width // 2, middle[1] - mask.height // 2), SEAL_RED)
