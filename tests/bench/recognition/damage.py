"""What happens to a clean page on its way: scanner, copier, telephone."""

from __future__ import annotations

import io
import math
from random import Random

import cv2
import numpy as np
from PIL import Image

Array = np.ndarray
DESKS = [(120, 90, 60), (90, 95, 100), (160, 150, 135), (70, 60, 55)]
LIGHTS = [(1, 0.97, 0.9), (0.95, 0.98, 1), (1, 1, 0.96), (0.98, 0.94, 0.85)]
PAPERS = [(250, 250, 248), (242, 242, 238), (232, 230, 224)]


def scan(image: Image.Image, chance: Random, mode: str) -> Image.Image:
    """A flatbed scan; ``mode``: colour, grey, or bw (black and white, one bit)."""
    page = _skewed(np.asarray(image.convert("RGB")), chance)
    height, width = page.shape[:2]
    noise = np.random.default_rng(chance.randrange(1 << 30))
    light = page.astype(np.float32) * (np.array(chance.choice(PAPERS), np.float32) / 255)
    if chance.random() < 0.6:
        light = cv2.GaussianBlur(light, (0, 0), chance.uniform(0.4, 0.8) * width / 1654)
    if chance.random() < 0.5:
        patches = noise.uniform(0.93, 1.02, (4, 4)).astype(np.float32)
        light *= cv2.resize(patches, (width, height), interpolation=cv2.INTER_CUBIC)[..., None]
    light += noise.normal(0, chance.uniform(2, 9), (height, width, 1)).astype(np.float32)
    if chance.random() < 0.2:
        light[:, : int(width * chance.uniform(0.004, 0.015))] = 25
    if chance.random() < 0.15:
        for y in (0.3, 0.65):
            cv2.circle(light, (int(width * 0.03), int(height * y)), int(width * 0.011), (40, 40, 40), -1)
    return _in_mode(_image(light), mode, chance)


def _skewed(page: Array, chance: Random) -> Array:
    height, width = page.shape[:2]
    angle = chance.uniform(-3, 3)
    if chance.random() < 0.45:
        angle *= 0.3
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, chance.uniform(0.97, 1.0))
    turn[:, 2] += (chance.uniform(-0.008, 0.008) * width, chance.uniform(-0.008, 0.008) * height)
    return cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_AREA, borderValue=(255, 255, 255))


def _in_mode(image: Image.Image, mode: str, chance: Random) -> Image.Image:
    if mode == "grey":
        return image.convert("L")
    if mode == "bw":
        return _one_bit(np.asarray(image.convert("L")), chance.randint(150, 190))
    return image


def copy_of_copy(image: Image.Image, chance: Random, one_bit: bool) -> Image.Image:
    """Copied three times: blurred, darkened, specked, a little smaller each time."""
    grey = np.asarray(image.convert("L"), np.float32)
    height, width = grey.shape
    noise, unit = np.random.default_rng(chance.randrange(1 << 30)), width / 1654
    for _ in range(3):
        grey = cv2.GaussianBlur(grey, (0, 0), chance.uniform(0.6, 1.05) * unit)
        turn = cv2.getRotationMatrix2D(
            (width / 2, height / 2), chance.uniform(-0.8, 0.8), chance.uniform(0.985, 0.997)
        )
        grey = cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=255)
        grey = (grey + noise.normal(0, 9, (height, width))) / 255
        grey = (255 / (1 + np.exp(-(grey - chance.uniform(0.56, 0.66)) * 9))).astype(np.float32)
    specks = chance.randint(400, 1600)
    for y, x in zip(noise.integers(0, height, specks), noise.integers(0, width, specks), strict=True):
        radius = int(noise.integers(0, max(1, int(1.6 * unit)) + 1))
        cv2.circle(grey, (int(x), int(y)), radius, float(noise.integers(0, 120)), -1)
    for _ in range(chance.randint(0, 2)):
        x = chance.randint(0, width - 9)
        grey[:, x : x + max(1, int(2 * unit))] *= 0.55
    return _one_bit(grey, 128) if one_bit else _image(grey)


def photo(image: Image.Image, chance: Random, height: int) -> Image.Image:
    """Taken with a telephone on a table: perspective, shadow, coloured light."""
    page = np.asarray(image.convert("RGB"))
    width = int(height * 0.75)
    noise = np.random.default_rng(chance.randrange(1 << 30))
    grain = noise.uniform(0.7, 1.1, (40, 30)).astype(np.float32)
    grain = cv2.resize(grain, (width, height), interpolation=cv2.INTER_CUBIC)[..., None]
    table = grain * np.array(chance.choice(DESKS), np.float32) + noise.normal(0, 6, (height, width, 1))
    matrix = _perspective(page.shape[1], page.shape[0], width, height, chance)
    seen = cv2.warpPerspective(page, matrix, (width, height), flags=cv2.INTER_AREA).astype(np.float32)
    mask = cv2.warpPerspective(np.ones(page.shape[:2], np.float32), matrix, (width, height))[..., None]
    lit = _lit(seen * mask + table * (1 - mask), chance)
    lit = cv2.GaussianBlur(lit, (0, 0), chance.uniform(0.5, 1.2))
    return _image(lit + noise.normal(0, chance.uniform(2, 7), (height, width, 1)))


def _perspective(page_width: int, page_height: int, width: int, height: int, chance: Random) -> Array:
    def edge(most: float) -> float:
        return chance.uniform(0.01, most)

    corners = [
        [width * edge(0.08), height * edge(0.07)],
        [width * (1 - edge(0.08)), height * edge(0.07)],
        [width * (1 - edge(0.05)), height * (1 - edge(0.06))],
        [width * edge(0.05), height * (1 - edge(0.06))],
    ]
    page = [[0, 0], [page_width, 0], [page_width, page_height], [0, page_height]]
    return cv2.getPerspectiveTransform(np.array(page, np.float32), np.array(corners, np.float32))


def _lit(light: Array, chance: Random) -> Array:
    height, width = light.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    angle = chance.uniform(0, 2 * math.pi)
    slope = math.cos(angle) * (columns / width - 0.5) + math.sin(angle) * (rows / height - 0.5)
    light = light * (1 - 0.35 * np.clip(slope + 0.2, 0, 1))[..., None]
    if chance.random() < 0.6:  # the shadow of a hand or of the telephone
        x, y = chance.uniform(0, width), chance.uniform(0.5, 1.1) * height
        shadow = np.exp(-(((columns - x) / (width * 0.45)) ** 2 + ((rows - y) / (height * 0.3)) ** 2))
        light = light * (1 - chance.uniform(0.2, 0.45) * shadow)[..., None]
    return light * np.array(chance.choice(LIGHTS), np.float32)


def folded(image: Image.Image, chance: Random) -> Image.Image:
    """Paper that was folded in four: a shade along each fold (report half only)."""
    light = np.asarray(image.convert("RGB"), np.float32).copy()
    height, width = light.shape[:2]
    for along, size in ((0, height), (1, width)):
        middle = int(size * chance.uniform(0.44, 0.56))
        distance = np.abs(np.arange(size) - middle) / (size * 0.008)
        shade = 1 - chance.uniform(0.12, 0.3) * np.exp(-(distance**2))
        light *= (shade[:, None] if along == 0 else shade[None, :])[..., None].astype(np.float32)
    return _image(light)


def resent(image: Image.Image, chance: Random) -> Image.Image:
    """Sent on through a chat program: smaller and compressed hard (report half only)."""
    small = image.convert("RGB").resize(
        (int(image.width * 0.72), int(image.height * 0.72)), Image.Resampling.BILINEAR
    )
    bytes_ = io.BytesIO()
    small.save(bytes_, "JPEG", quality=chance.randint(38, 50))
    return Image.open(io.BytesIO(bytes_.getvalue())).convert("RGB")


def _image(light: Array) -> Image.Image:
    return Image.fromarray(np.clip(light, 0, 255).astype(np.uint8))


def _one_bit(grey: Array, threshold: int) -> Image.Image:
    black = np.where(grey > threshold, 255, 0).astype(np.uint8)
    return Image.fromarray(black).convert("1", dither=Image.Dither.NONE)
