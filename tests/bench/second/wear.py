"""What pages go through before they reach an inbox: scanners, copiers, fax, folding, telephones, chat programs."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from random import Random

import cv2
import numpy as np
from PIL import Image, ImageDraw

from tests.bench.second import ink
from tests.bench.second.faces import face

Array = np.ndarray
FAXED = "2024-12-09"
"""The day in the line that a fax prints on top."""
Wear = Callable[[Image.Image, Random], Image.Image]


def _float(image: Image.Image) -> Array:
    return np.asarray(image.convert("RGB"), np.float32)


def _back(light: Array) -> Image.Image:
    return Image.fromarray(np.clip(light, 0, 255).astype(np.uint8))


def _noise(chance: Random) -> np.random.Generator:
    return np.random.default_rng(chance.randrange(1 << 30))


def _skewed(page: Array, degrees: float, fill: tuple[int, int, int] = (255, 255, 255)) -> Array:
    height, width = page.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=fill)


def flatbed(image: Image.Image, chance: Random) -> Image.Image:
    """An office scanner in colour: slight skew, grain, paper shade; sometimes the dark edge of the lid."""
    page = _skewed(_float(image), chance.gauss(0, 0.6))
    noise = _noise(chance)
    page *= np.array([chance.uniform(0.95, 1), chance.uniform(0.95, 1), chance.uniform(0.92, 1)], np.float32)
    page += noise.normal(0, chance.uniform(1, 5), page.shape).astype(np.float32)
    if chance.random() < 0.25:
        edge = int(page.shape[1] * chance.uniform(0.004, 0.012))
        page[:, -edge:] = chance.uniform(20, 90)
    return _back(page)


def streaked(image: Image.Image, chance: Random) -> Image.Image:
    """A feeder with dirt on its glass: thin lines down the page, punch holes, a staple's shadow."""
    page = _float(flatbed(image, chance))
    height, width = page.shape[:2]
    for _ in range(chance.randint(1, 4)):
        x = chance.randrange(width)
        shade = np.array(chance.choice([(90, 170, 90), (170, 90, 120), (90, 90, 90)]), np.float32)
        page[:, x : x + chance.choice([1, 1, 2])] = page[:, x : x + 1] * 0.35 + shade * 0.65
    for y in (0.28, 0.5, 0.72)[: chance.choice([0, 2, 3])]:
        cv2.circle(page, (int(width * 0.035), int(height * y)), int(width * 0.013), (35, 35, 38), -1)
    if chance.random() < 0.4:
        cv2.line(
            page,
            (int(width * 0.05), int(height * 0.03)),
            (int(width * 0.075), int(height * 0.042)),
            (70, 70, 70),
            3,
        )
    return _back(page)


def grey(image: Image.Image, chance: Random) -> Image.Image:
    """A grey scan."""
    return flatbed(image, chance).convert("L")


def copied(image: Image.Image, chance: Random) -> Image.Image:
    """A copy of a copy: all black, contrast up, toner specks, a dark border."""
    page: Array = np.asarray(image.convert("L"), np.float32)
    noise = _noise(chance)
    height, width = page.shape
    for _ in range(chance.choice([1, 2])):
        page = cv2.GaussianBlur(page, (0, 0), chance.uniform(0.5, 0.9) * width / 1500)
        page = 255 / (1 + np.exp(-(page - chance.uniform(135, 170)) / chance.uniform(20, 32)))
        page = _skewed(page.astype(np.float32), chance.gauss(0, 0.5))
    for _ in range(chance.randint(50, 500)):
        place = (int(noise.integers(0, width)), int(noise.integers(0, height)))
        cv2.circle(page, place, int(noise.integers(0, 2)), float(noise.integers(30, 130)), -1)
    if chance.random() < 0.4:
        edge = int(width * chance.uniform(0.005, 0.02))
        page[:edge] = 30
        page[:, :edge] = 30
    return Image.fromarray(np.clip(page + noise.normal(0, 4, page.shape), 0, 255).astype(np.uint8))


def faded(image: Image.Image, chance: Random) -> Image.Image:
    """A printer at the end of its toner: little contrast."""
    page = _float(flatbed(image, chance))
    low = chance.uniform(85, 120)
    return _back(low + page * (248 - low) / 255)


def folded(image: Image.Image, chance: Random) -> Image.Image:
    """Folded and smoothed: creases with a bright ridge beside a dark one."""
    page = _float(image)
    height, width = page.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    for _ in range(chance.choice([1, 2, 3])):
        angle = chance.choice([0.0, math.pi / 2]) + chance.gauss(0, 0.03)
        offset = chance.choice([0.34, 0.5, 0.66])
        distance = (columns - width * offset) * math.cos(angle) + (rows - height * offset) * math.sin(angle)
        page *= (1 - 0.3 * np.exp(-((distance / 3.0) ** 2)) - 0.06 * (distance > 0))[..., None]
    return flatbed(_back(page), chance)


def photographed(image: Image.Image, chance: Random) -> Image.Image:
    """A telephone over a desk: four corners pulled, uneven light, a soft shadow, JPEG."""
    page = _float(image)
    height, width = page.shape[:2]
    high, wide = int(height * 1.12), int(width * 1.12)
    corners = []
    for x, y in ((0, 0), (1, 0), (1, 1), (0, 1)):
        corners.append(
            [
                wide * (0.05 + 0.9 * x + chance.gauss(0, 0.014)),
                high * (0.05 + 0.9 * y + chance.gauss(0, 0.012)),
            ]
        )
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, np.array(corners, np.float32))
    desk = np.array(chance.choice([(150, 112, 78), (92, 94, 100), (206, 200, 190), (58, 66, 60)]), np.float32)
    noise = _noise(chance)
    grain = cv2.resize(
        noise.normal(1, 0.09, (60, 8)).astype(np.float32), (wide, high), interpolation=cv2.INTER_CUBIC
    )
    back = desk * grain[..., None]
    seen = cv2.warpPerspective(page, matrix, (wide, high), flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.ones((height, width), np.float32), matrix, (wide, high))[..., None]
    lit = _lit(seen * mask + back * (1 - mask), chance)
    lit += noise.normal(0, chance.uniform(2, 6), lit.shape).astype(np.float32)
    return pressed(_back(lit), chance.randint(62, 88))


def _lit(light: Array, chance: Random) -> Array:
    height, width = light.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    turn = chance.uniform(0, 2 * math.pi)
    slope = (columns / width - 0.5) * math.cos(turn) + (rows / height - 0.5) * math.sin(turn)
    shade = 0.88 + chance.uniform(0.1, 0.35) * slope
    if chance.random() < 0.5:
        x = width * chance.uniform(0.1, 0.9)
        edge = 1 / (
            1 + np.exp(-(columns - x + (rows - height / 2) * chance.uniform(-0.4, 0.4)) / (width * 0.02))
        )
        shade *= 1 - chance.uniform(0.12, 0.3) * edge
    cast = np.array(
        chance.choice([(1.0, 0.96, 0.86), (0.92, 0.98, 1.03), (1.02, 1.0, 0.95), (0.97, 1.0, 0.94)]),
        np.float32,
    )
    return np.asarray(light * shade[..., None] * cast)


def pressed(image: Image.Image, quality: int) -> Image.Image:
    """Through JPEG once."""
    held = io.BytesIO()
    image.convert("RGB").save(held, "JPEG", quality=quality)
    return Image.open(io.BytesIO(held.getvalue())).convert("RGB")


def stained(image: Image.Image, chance: Random) -> Image.Image:
    """A tea cup stood on it."""
    page = _float(image)
    height, width = page.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y, reach = width * chance.uniform(0.2, 0.8), height * chance.uniform(0.2, 0.8), width * 0.14
    distance = np.hypot(columns - x, rows - y)
    ring = np.exp(-(((distance - reach) / (width * 0.006)) ** 2)) * 0.35 + (distance < reach) * 0.07
    page *= 1 - ring[..., None] * np.array([0.25, 0.5, 0.85], np.float32)
    return flatbed(_back(page), chance)


def screened(image: Image.Image, chance: Random) -> Image.Image:
    """A photograph of a screen: moiré bands, cool light."""
    page = _float(photographed(image, chance))
    rows, columns = np.mgrid[0 : page.shape[0], 0 : page.shape[1]].astype(np.float32)
    turn, wave = chance.uniform(0, 3), chance.uniform(5, 9)
    fine = np.sin(
        (columns * math.cos(turn) + rows * math.sin(turn)) / wave * 2 * math.pi + np.sin(rows / 170) * 2
    )
    tint = np.stack([fine * 9, np.roll(fine, 2, 1) * 7, np.roll(fine, 4, 0) * 11], -1)
    return pressed(_back(page + tint), 75)


def faxed(image: Image.Image, chance: Random) -> Image.Image:
    """A fax: coarse, one bit, a sender's line on top, a few lost rows."""
    page = image.convert("L")
    small = page.resize((int(page.width * 0.86), int(page.height * 0.72)), Image.Resampling.BILINEAR)
    wide = small.resize(page.size, Image.Resampling.NEAREST)
    draw = ImageDraw.Draw(wide)
    font = face("hei", page.width // 70)
    draw.text(
        (page.width * 0.06, page.height * 0.012),
        f"{FAXED} 10:42  FROM: 02343722218  P.01/01",
        font=font,
        fill=20,
    )
    light = np.asarray(wide, np.uint8).copy()
    for _ in range(chance.randint(0, 4)):
        y = chance.randrange(light.shape[0])
        light[y : y + 2, : chance.randrange(light.shape[1])] = 0
    return Image.fromarray(np.where(light > chance.randint(140, 175), 255, 0).astype(np.uint8)).convert("1")


def chatted(image: Image.Image, chance: Random) -> Image.Image:
    """Sent on twice through a chat program."""
    small = photographed(image, chance)
    scale = 1500 / small.height
    return pressed(
        small.resize((int(small.width * scale), 1500), Image.Resampling.BILINEAR), chance.randint(45, 58)
    )


def camera_stamp(image: Image.Image, chance: Random, when: str, where: str) -> Image.Image:
    """The stamp a camera app puts on a picture: ``when`` and ``where``."""
    page = image.convert("RGB").copy()
    draw = ImageDraw.Draw(page)
    size = page.width // chance.choice([28, 32, 38])
    style = chance.choice(["plain", "bar", "box"])
    lines = [f"拍摄时间：{when}", f"地点：{where}"] if style != "bar" else [when, where]
    top = page.height - size * (2.2 + 1.5 * len(lines)) if chance.random() < 0.75 else size * 1.5
    x = size * 1.4
    if style == "box":
        draw.rectangle(
            [x - size * 0.5, top - size * 0.5, x + size * 18, top + size * 1.5 * len(lines)],
            fill=(36, 92, 170),
        )
    if style == "bar":
        draw.rectangle(
            [x - size * 0.7, top, x - size * 0.4, top + size * 1.5 * len(lines)], fill=(250, 200, 40)
        )
    for number, line in enumerate(lines):
        for dx, dy in ((2, 2), (0, 0)):
            fill = (30, 30, 30) if dx else ((255, 255, 255) if style != "plain" else (255, 150, 30))
            draw.text((x + dx, top + number * size * 1.5 + dy), line, font=face("hei", size), fill=fill)
    return page


def app_mark(image: Image.Image, chance: Random) -> Image.Image:
    """The advertisement of a scanning app at the foot."""
    page = image.convert("RGB").copy()
    size = page.width // 45
    words = chance.choice(["由 扫描通 扫描创建", "扫描全能宝 · 文档扫描", "CS 扫描王"])
    ImageDraw.Draw(page).text(
        (page.width - size * 15, page.height - size * 2),
        words,
        font=face("micro", size),
        fill=(120, 150, 150),
    )
    return page


def noted(image: Image.Image, chance: Random) -> Image.Image:
    """Notes of a reader: 已阅 in the corner, a red underline, a red ring round a figure: no seal."""
    page = image.convert("RGB").copy()
    size = page.width / 42
    ink.autograph(
        page, chance.choice(["已阅", "存档", "已核"]), (page.width * 0.76, page.height * 0.05), size, chance
    )
    draw, red = ImageDraw.Draw(page), (205, 40, 50)
    y = page.height * chance.uniform(0.3, 0.6)
    wave = [(page.width * (0.2 + 0.01 * n), y + 3 * math.sin(n)) for n in range(40)]
    draw.line(wave, fill=red, width=3)
    if chance.random() < 0.5:
        x, y = page.width * chance.uniform(0.3, 0.6), page.height * chance.uniform(0.25, 0.7)
        draw.ellipse([x, y, x + page.width * 0.1, y + page.width * 0.045], outline=red, width=4)
    return page


SCANS: list[tuple[str, Wear, bool]] = [
    ("flatbed", flatbed, False),
    ("flatbed", flatbed, False),
    ("streaked", streaked, False),
    ("grey", grey, False),
    ("copied", copied, False),
    ("faded", faded, False),
    ("folded", folded, False),
    ("stained", stained, True),
    ("faxed", faxed, True),
]
PHOTOS: list[tuple[str, Wear, bool]] = [
    ("photographed", photographed, False),
    ("photographed", photographed, False),
    ("chatted", chatted, False),
    ("screened", screened, True),
]
COLOURLESS = frozenset({"grey", "copied", "faxed"})


def choose(kinds: list[tuple[str, Wear, bool]], chance: Random, seed: int) -> tuple[str, Wear]:
    """A kind of wear a seed may use; those marked late appear in report seeds only."""
    name, wear, _ = chance.choice([one for one in kinds if seed > 100 or not one[2]])
    return name, wear
