"""Ink: seals, handwriting, signatures, finger prints."""

from __future__ import annotations

import itertools
import math
from random import Random

import cv2
import numpy as np
from PIL import Image, ImageDraw

from tests.bench.second.blocks import Seal
from tests.bench.second.faces import face, runs

Colour = tuple[int, int, int]
INKS: dict[str, list[Colour]] = {
    "fresh": [(212, 22, 30), (226, 40, 52), (196, 12, 44)],
    "heavy": [(184, 8, 20), (205, 10, 24)],
    "faint": [(226, 96, 96), (222, 110, 118)],
    "brown": [(150, 62, 44), (140, 52, 50)],
    "dark": [(52, 50, 54), (74, 72, 76)],
    "cut": [(212, 22, 30)],
}
PENS: list[Colour] = [(22, 24, 30), (28, 38, 110), (20, 26, 84), (46, 46, 50)]


def put(page: Image.Image, mask: Image.Image, place: tuple[int, int], colour: Colour) -> None:
    """Press ink onto a page: it darkens what is there, as ink does."""
    left, top = place
    box = (
        max(0, left),
        max(0, top),
        min(page.width, left + mask.width),
        min(page.height, top + mask.height),
    )
    if box[2] <= box[0] or box[3] <= box[1]:
        return
    under = np.asarray(page.crop(box), np.float32)
    part = mask.crop((box[0] - left, box[1] - top, box[2] - left, box[3] - top))
    strength = np.asarray(part, np.float32)[..., None] / 255
    inked = under * (np.array(colour, np.float32) / 255)
    page.paste(Image.fromarray((under * (1 - strength) + inked * strength).astype(np.uint8)), box[:2])


def seal(stamp: Seal, pixels: int, chance: Random) -> tuple[Image.Image, Colour]:
    """The mask of a seal, ``pixels`` across, and its colour."""
    side = pixels * 2
    mask = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(mask)
    oval = stamp.kind == "oval"
    squeeze = 0.72 if oval else 1.0
    thick = max(3, round(side * chance.uniform(0.016, 0.03)))
    gap = thick // 2 + 2
    high = side * squeeze
    draw.ellipse([gap, gap, side - gap, high - gap], outline=255, width=thick)
    if chance.random() < 0.25 and not oval:
        inner = gap + thick * 2.2
        draw.ellipse([inner, inner, side - inner, side - inner], outline=255, width=max(2, thick // 3))
    _round(mask, stamp.owner.seal or stamp.owner.full, side, squeeze, thick, chance)
    _middle(mask, draw, stamp.kind, side, high)
    mask = mask.resize((pixels, pixels), Image.Resampling.LANCZOS)
    if oval:
        mask = mask.crop((0, 0, pixels, round(pixels * squeeze)))
    mask = mask.rotate(chance.gauss(0, 11), Image.Resampling.BICUBIC, expand=True)
    return _worn(mask, stamp.look, chance), chance.choice(INKS[stamp.look])


def _round(mask: Image.Image, text: str, side: int, squeeze: float, thick: int, chance: Random) -> None:
    size = side * min(0.135, 2.35 / max(len(text), 10))
    span = min(285.0, max(120.0, 15.5 * len(text)))
    part = chance.choice(["bold", "serif", "hei", "fang"])
    radius = side / 2 - thick * 1.6 - size * 0.68
    narrow = min(1.0, 0.97 * math.radians(span) * radius / len(text) / size)
    for number, character in enumerate(text):
        angle = -90 - span / 2 + span * (number + 0.5) / len(text)
        used = runs(character, part)[0][0]
        tile = Image.new("L", (int(size * 1.7),) * 2, 0)
        font = face(used, round(size * 1.02))
        ImageDraw.Draw(tile).text(
            (tile.width / 2, tile.height / 2), character, font=font, fill=255, anchor="mm"
        )
        if narrow < 1:
            slim = tile.resize((max(4, int(tile.width * narrow)), tile.height), Image.Resampling.LANCZOS)
            tile = Image.new("L", tile.size, 0)
            tile.paste(slim, ((tile.width - slim.width) // 2, 0))
        tile = tile.rotate(-(angle + 90), Image.Resampling.BICUBIC)
        turn = math.radians(angle)
        x = side / 2 + radius * math.cos(turn) - tile.width / 2
        y = side * squeeze / 2 + radius * squeeze * math.sin(turn) - tile.height / 2
        mask.paste(255, (int(x), int(y)), tile)


def _middle(mask: Image.Image, draw: ImageDraw.ImageDraw, kind: str, side: int, high: float) -> None:
    middle = (side / 2, high / 2)
    if kind in {"star", "contract", "emblem"}:
        _star(draw, middle, side * (0.16 if kind != "emblem" else 0.1))
    if kind == "emblem":
        ring = side * 0.17
        draw.ellipse(
            [middle[0] - ring, middle[1] - ring, middle[0] + ring, middle[1] + ring], outline=255, width=5
        )
        for turn in range(200, 341, 35):
            x = middle[0] + ring * 0.72 * math.cos(math.radians(turn))
            _star(draw, (x, middle[1] + ring * 0.72 * math.sin(math.radians(turn))), side * 0.025)
    words = {"contract": "合同专用章", "finance": "财务专用章", "oval": "业务专用章"}.get(kind)
    if words:
        font = face("bold", round(side * 0.083))
        y = high * (0.78 if kind != "oval" else 0.62)
        draw.text((side / 2, y), words, font=font, fill=255, anchor="mm")
    if kind in {"contract", "oval", "finance"}:
        font = face("hei", round(side * 0.05))
        draw.text(
            (side / 2, high * 0.885),
            "5001110" + f"{side * 7919 % 999983:06d}",
            font=font,
            fill=255,
            anchor="mm",
        )


def _star(draw: ImageDraw.ImageDraw, middle: tuple[float, float], radius: float) -> None:
    points = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.382
        turn = math.radians(-90 + 36 * corner)
        points.append((middle[0] + reach * math.cos(turn), middle[1] + reach * math.sin(turn)))
    draw.polygon(points, fill=255)


def _worn(mask: Image.Image, look: str, chance: Random) -> Image.Image:
    noise = np.random.default_rng(chance.randrange(1 << 30))
    width, height = mask.size
    low = {"faint": 0.12, "fresh": 0.45, "brown": 0.4, "heavy": 0.85, "dark": 0.5, "cut": 0.45}[look]
    blots = cv2.resize(
        noise.uniform(low, 1.15, (7, 7)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC
    )
    grain = noise.normal(0.94, 0.12 if look != "faint" else 0.25, (height, width))
    found: np.ndarray = np.asarray(mask, np.float32) * blots * grain
    if look == "heavy":
        found = cv2.GaussianBlur(found.astype(np.float32), (0, 0), width / 170)
    most = {"faint": 150, "heavy": 250}.get(look, 225)
    return Image.fromarray(np.clip(found, 0, most).astype(np.uint8))


def write(
    page: Image.Image, text: str, place: tuple[float, float], pixels: float, chance: Random, part: str = "pen"
) -> float:
    """Write by hand from the left upper corner ``place``; returns where the pen stopped (x)."""
    x, top = place
    colour = PENS[chance.randrange(2) if part == "pen" else chance.randrange(len(PENS))]
    drift = 0.0
    for character in text:
        if character == " ":
            x += pixels * 0.35
            continue
        size = pixels * chance.uniform(0.9, 1.1)
        used, glyph = runs(character, part)[0]
        side = int(size * 1.7)
        tile = Image.new("L", (side, side), 0)
        font = face(used, round(size))
        ImageDraw.Draw(tile).text(
            (side / 2, side / 2), glyph, font=font, fill=chance.randint(205, 255), anchor="mm"
        )
        slant = chance.uniform(-0.16, 0.04)
        shift = -slant * side / 2
        tile = tile.transform(
            (side, side), Image.Transform.AFFINE, (1, slant, shift, 0, 1, 0), Image.Resampling.BICUBIC
        )
        tile = tile.rotate(chance.gauss(1.5, 3.2), Image.Resampling.BICUBIC)
        drift += chance.uniform(-0.035, 0.03) * pixels
        advance = font.getlength(glyph) * chance.uniform(0.88, 1.0)
        put(page, tile, (int(x + advance / 2 - side / 2), int(top + pixels / 2 - side / 2 + drift)), colour)
        x += advance
    return x


def autograph(
    page: Image.Image, name: str, place: tuple[float, float], pixels: float, chance: Random
) -> float:
    """A signature: the name in a quick hand, its strokes run together; returns where it ends (x)."""
    high, long = int(pixels * 2.1), int(pixels * (len(name) + 1.2))
    mask = Image.new("L", (long, high), 0)
    draw = ImageDraw.Draw(mask)
    x, part = pixels * 0.2, chance.choice(["pen", "pen2", "pen3", "pen4"])
    thick = max(2, round(pixels * chance.uniform(0.045, 0.08)))
    ends = []
    for character in name:
        used, glyph = runs(character, part)[0]
        font = face(used, round(pixels * chance.uniform(1.0, 1.3)))
        y = high / 2 + chance.uniform(-0.1, 0.1) * pixels
        draw.text((x, y), glyph, font=font, fill=240, anchor="lm")
        ends.append((x + pixels * 0.5, y))
        x += pixels * chance.uniform(0.72, 0.95)
    for (x1, y1), (x2, y2) in itertools.pairwise(ends):
        draw.line(
            [(x1 + pixels * 0.2, y1 + pixels * 0.3), (x2 - pixels * 0.2, y2 - pixels * 0.1)],
            fill=210,
            width=thick // 2 + 1,
        )
    if chance.random() < 0.6:
        tail = [
            (ends[-1][0] + pixels * 0.05 * n, ends[-1][1] + pixels * (0.35 + 0.12 * math.sin(n / 1.6)))
            for n in range(16)
        ]
        draw.line(tail, fill=220, width=thick)
    bent = _bent(np.asarray(mask), chance, pixels * 0.09)
    image = Image.fromarray(bent)
    slant = chance.uniform(-0.45, -0.1)
    image = image.transform(
        image.size, Image.Transform.AFFINE, (1, slant, -slant * high / 2, 0, 1, 0), Image.Resampling.BICUBIC
    )
    image = image.rotate(chance.gauss(2, 3), Image.Resampling.BICUBIC)
    put(page, image, (int(place[0]), int(place[1] - pixels * 0.55)), chance.choice(PENS))
    return place[0] + x


def _bent(mask: np.ndarray, chance: Random, reach: float) -> np.ndarray:
    height, width = mask.shape
    noise = np.random.default_rng(chance.randrange(1 << 30))
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    shape = (3, max(3, width // height * 3))
    across = cv2.resize(
        noise.normal(0, reach, shape).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC
    )
    down = cv2.resize(
        noise.normal(0, reach, shape).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC
    )
    return cv2.remap(mask, columns + across, rows + down, cv2.INTER_LINEAR)


def finger(page: Image.Image, middle: tuple[float, float], pixels: float, chance: Random) -> None:
    """A red finger print (按手印)."""
    side = int(pixels)
    rows, columns = np.mgrid[0:side, 0:side].astype(np.float32) / side - 0.5
    turn = chance.uniform(0, math.pi)
    along = columns * math.cos(turn) + rows * math.sin(turn)
    across = -columns * math.sin(turn) + rows * math.cos(turn)
    inside = (along / 0.46) ** 2 + (across / 0.33) ** 2 < 1
    ridges = 0.55 + 0.45 * np.sin(60 * np.sqrt((along + 0.1) ** 2 * 1.4 + across**2))
    noise = np.random.default_rng(chance.randrange(1 << 30))
    mask = np.where(inside, ridges * noise.uniform(0.5, 1, (side, side)) * 215, 0)
    put(
        page,
        Image.fromarray(mask.astype(np.uint8)),
        (int(middle[0] - side / 2), int(middle[1] - side / 2)),
        (206, 30, 40),
    )


def chop(page: Image.Image, name: str, place: tuple[float, float], pixels: float, chance: Random) -> None:
    """A square name chop (名章) beside a signature: no seal of a body."""
    side = int(pixels)
    mask = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(mask)
    draw.rectangle([1, 1, side - 2, side - 2], outline=235, width=max(2, side // 22))
    text = (name + "之印" if len(name) == 2 else name + "印")[:4]
    font = face("ukai", round(side * 0.4))
    for number, character in enumerate(text):
        x = side * (0.72 if number < 2 else 0.28)
        draw.text((x, side * (0.28 + 0.44 * (number % 2))), character, font=font, fill=235, anchor="mm")
    mask = mask.rotate(chance.gauss(0, 4), Image.Resampling.BICUBIC, expand=True)
    put(page, _worn(mask, "fresh", chance), (int(place[0]), int(place[1])), (205, 24, 36))
