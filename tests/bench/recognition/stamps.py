"""Seals (印章) and pictures."""

from __future__ import annotations

import math
from random import Random

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from tests.bench.recognition.fonts import font

REDS = [(215, 30, 40), (200, 20, 50), (225, 50, 45), (190, 35, 60)]


def seal(arc: str, inner: str, kind: str, diameter: int, chance: Random) -> Image.Image:
    """A red seal on white, worn and turned a little; ``kind``: star, plain or oval."""
    side = diameter * 2
    mask = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(mask)
    line = max(2, int(side * 0.028))
    draw.ellipse([line, line, side - line, side - line], outline=255, width=line)
    _write_arc(mask, arc, side, line, "sansb" if chance.random() < 0.3 else "serifb")
    if kind == "star":
        _star(draw, side)
    if inner:
        face = font("serifb", round(side * 0.085))
        draw.text((side / 2 - face.getlength(inner) / 2, side * 0.68), inner, font=face, fill=255)
    height = int(diameter * 0.7) if kind == "oval" else diameter
    mask = mask.resize((diameter, height), Image.Resampling.LANCZOS)
    mask = mask.rotate(chance.uniform(-18, 18), Image.Resampling.BICUBIC, expand=kind == "oval")
    return _inked(mask, chance)


def _write_arc(mask: Image.Image, arc: str, side: int, line: int, role: str) -> None:
    count = len(arc)
    size = side * min(0.125, 2.6 / max(count, 8))
    span = min(270, 17 * count)
    radius = side * 0.5 - line * 2 - size * 0.62
    face = font(role, round(size))
    for number, character in enumerate(arc):
        angle = -90 - span / 2 + span * (number + 0.5) / count
        tile = Image.new("L", (int(size * 1.6),) * 2, 0)
        ImageDraw.Draw(tile).text((size * 0.3, size * 0.1), character, font=face, fill=255)
        tile = tile.rotate(-(angle + 90), Image.Resampling.BICUBIC)
        turn = math.radians(angle)
        place = (
            int(side / 2 + radius * math.cos(turn) - tile.width / 2),
            int(side / 2 + radius * math.sin(turn) - tile.height / 2),
        )
        mask.paste(255, place, tile)


def _star(draw: ImageDraw.ImageDraw, side: int) -> None:
    points = []
    for corner in range(10):
        radius = side * 0.14 * (1 if corner % 2 == 0 else 0.38)
        turn = math.radians(-90 + 36 * corner)
        points.append((side / 2 + radius * math.cos(turn), side / 2 + radius * math.sin(turn)))
    draw.polygon(points, fill=255)


def _inked(mask: Image.Image, chance: Random) -> Image.Image:
    """Uneven ink, sometimes faint."""
    noise = np.random.default_rng(chance.randrange(1 << 30))
    width, height = mask.size
    blot = noise.uniform(0.35, 1.05, (9, 9)).astype(np.float32)
    blot = cv2.resize(blot, (width, height), interpolation=cv2.INTER_CUBIC)
    strength = np.asarray(mask, np.float32) / 255 * blot * noise.uniform(0.75, 1, (height, width))
    strength = np.clip(strength * chance.choice([1, 1, 0.9, 0.7]), 0, 0.95)[..., None]
    red = np.array(chance.choice(REDS), np.float32)
    return Image.fromarray((255 * (1 - strength) + red * strength).astype(np.uint8))


def picture(width: int, height: int, chance: Random) -> Image.Image:
    """An abstract village scene: sky, hills, sheds. Nothing to read on it."""
    image = Image.new("RGB", (width, height), (170, 195, 215))
    draw = ImageDraw.Draw(image)
    for ridge in range(3):
        waves = chance.uniform(5, 12)
        top = height * (0.35 + 0.15 * ridge)
        crest = [
            (x, top + math.sin(x / width * waves + ridge) * height * 0.06) for x in range(0, width + 20, 20)
        ]
        draw.polygon(
            [(0, height), *crest, (width, height)], fill=(90 - 20 * ridge, 130 - 18 * ridge, 80 - 15 * ridge)
        )
    for _ in range(4):
        x, y = chance.randint(0, width), chance.randint(int(height * 0.55), int(height * 0.85))
        draw.rectangle([x, y, x + width * 0.15, y + height * 0.09], fill=(190, 185, 175))
        roof = [(x - 9, y), (x + width * 0.08, y - height * 0.06), (x + width * 0.16, y)]
        draw.polygon(roof, fill=(120, 80, 70))
    noise = np.random.default_rng(chance.randrange(1 << 30))
    grain = np.asarray(image, np.float32) + noise.normal(0, 14, (height, width, 1))
    return Image.fromarray(np.clip(grain, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(1.2))
