"""What scanners, copiers and telephones do to a page. Every function takes a page image and returns one."""

from __future__ import annotations

import io
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image, ImageFilter

A4_INCHES = (8.27, 11.69)


@dataclass(frozen=True, slots=True)
class Scan:
    """How a page is scanned: ``skew`` in degrees, ``turn`` clockwise 0/90/180/270, ``noise`` in greys."""

    dpi: int = 200
    mode: str = "L"
    """RGB colour, L grey, 1 black and white"""
    skew: float = 0.6
    noise: float = 2.5
    turn: int = 0
    quality: int = 42
    edge: bool = True
    holes: bool = False
    fold: bool = False
    copies: int = 0
    """How often it went through a copier before"""


def _noisy(page: np.ndarray, noise: float, grain: np.random.Generator) -> np.ndarray:
    """Add grain that is a little coarser than a pixel, so that JPEG does not drown in it."""
    speck = cv2.GaussianBlur(grain.normal(0, noise * 2.2, page.shape[:2]).astype(np.float32), (0, 0), 0.9)
    grained: np.ndarray = np.clip(page + (speck[..., None] if page.ndim == 3 else speck), 0, 255)
    return grained


def _skewed(page: Image.Image, degrees: float) -> Image.Image:
    return page.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=(252, 252, 250))


def _shade(page: np.ndarray, scan: Scan, grain: np.random.Generator) -> np.ndarray:
    height, width = page.shape[:2]
    slope = np.linspace(grain.uniform(-7, 0), grain.uniform(-4, 3), width, dtype=np.float32)
    page = page + slope[None, :, None]
    if scan.edge:
        dark = int(width * grain.uniform(0.006, 0.014))
        page[:, :dark] = page[:, :dark] * 0.25 + 12
        page[: dark // 2] *= 0.55
    if scan.fold:
        y = int(height * grain.uniform(0.46, 0.54))
        page[y : y + 3] *= 0.86
        page[y + 3 : y + 10] *= 0.96
    return page


def _specks(page: np.ndarray, count: int, grain: np.random.Generator) -> None:
    height, width = page.shape[:2]
    for _ in range(count):
        at = (int(grain.integers(0, width)), int(grain.integers(0, height)))
        tone = int(grain.integers(30, 150))
        cv2.circle(page, at, int(grain.integers(1, max(2, width // 700))), (tone, tone, tone), -1)


def _holes(page: np.ndarray) -> None:
    height, width = page.shape[:2]
    for share in (0.36, 0.64):
        cv2.circle(page, (int(width * 0.035), int(height * share)), int(width * 0.013), (46, 46, 48), -1)


def _copied(page: Image.Image, times: int, grain: np.random.Generator) -> Image.Image:
    """A copy of a copy: softer, harder in contrast, shifted a little, with dirt."""
    for _ in range(times):
        soft = page.convert("L").filter(ImageFilter.GaussianBlur(page.width / 2400))
        tones = np.asarray(soft, dtype=np.float32)
        tones = np.clip((tones - 128) * 1.35 + 122, 0, 255).astype(np.uint8)
        page = (
            Image.fromarray(tones)
            .convert("RGB")
            .rotate(grain.uniform(-0.3, 0.3), Image.Resampling.BICUBIC, fillcolor="white")
        )
    return page


def scan_page(page: Image.Image, scan: Scan, grain: np.random.Generator) -> Image.Image:
    """Return the page as the scanner saw it."""
    page = _copied(page, scan.copies, grain)
    size = (round(A4_INCHES[0] * scan.dpi), round(A4_INCHES[1] * scan.dpi))
    page = _skewed(page, scan.skew).resize(size, Image.Resampling.LANCZOS)
    tones = np.asarray(page.filter(ImageFilter.GaussianBlur(0.45)), dtype=np.float32)
    tones = tones * (238 / 255) + 12 if scan.mode != "1" else tones
    tones = np.ascontiguousarray(_shade(tones, scan, grain))
    _specks(tones, 10 + 30 * scan.copies, grain)
    if scan.holes:
        _holes(tones)
    tones = _noisy(tones, scan.noise, grain)
    done = Image.fromarray(tones.astype(np.uint8)).convert("RGB" if scan.mode == "RGB" else "L")
    if scan.mode == "1":
        done = done.point(lambda v: 255 if v > 150 else 0).convert("1", dither=Image.Dither.NONE)
    return done.rotate(-scan.turn, expand=True) if scan.turn else done


def jpeg(page: Image.Image, quality: int, **options: object) -> bytes:
    """Return the page as JPEG bytes."""
    out = io.BytesIO()
    page.save(out, "JPEG", quality=quality, optimize=True, **options)
    return out.getvalue()


DESKS = (((126, 92, 62), 1.0), ((168, 170, 172), 0.12), ((92, 54, 40), 0.8), ((58, 92, 78), 0.2))
"""Table tops, and how strongly they are veined: light wood, office grey, dark wood, green cloth."""


def _desk(width: int, height: int, grain: np.random.Generator) -> np.ndarray:
    """Return a table top."""
    rows = cv2.GaussianBlur(grain.normal(0, 60, (height, 1)).astype(np.float32), (0, 0), 3)
    wave = cv2.GaussianBlur(grain.normal(0, 260, (height, width)).astype(np.float32), (0, 0), 24)
    veins = np.sin((np.arange(height, dtype=np.float32)[:, None] + wave * 3) / 17) * 9
    colour, grained = DESKS[int(grain.integers(0, len(DESKS)))]
    top: np.ndarray = np.array(colour, dtype=np.float32) + ((rows * 0.35 + veins) * grained)[..., None]
    return top


def _corners(width: int, height: int, grain: np.random.Generator) -> np.ndarray:
    inset = np.array([[0.07, 0.06], [0.93, 0.05], [0.95, 0.95], [0.05, 0.96]], dtype=np.float32)
    inset += grain.uniform(-0.022, 0.022, (4, 2)).astype(np.float32)
    return inset * np.array([width, height], dtype=np.float32)


def _light(width: int, height: int, grain: np.random.Generator) -> np.ndarray:
    """Light from one side and the photographer's shadow from the other."""
    x, y = np.meshgrid(
        np.linspace(0, 1, width, dtype=np.float32), np.linspace(0, 1, height, dtype=np.float32)
    )
    light = 1.04 - 0.2 * (x * grain.uniform(0.4, 1) + y * grain.uniform(0.2, 0.7))
    shadow = ((x - grain.uniform(0.9, 1.1)) / 0.42) ** 2 + ((y - grain.uniform(0.7, 1.0)) / 0.5) ** 2
    return light * (1 - 0.3 * np.exp(-(shadow**1.5)))


def photo(page: Image.Image, grain: np.random.Generator, width: int = 1560) -> Image.Image:
    """Return a telephone's picture of the page lying on a table."""
    height = width * 4 // 3
    source: np.ndarray = np.asarray(page, dtype=np.float32)
    sheet = np.array([[0, 0], [page.width, 0], [page.width, page.height], [0, page.height]], dtype=np.float32)
    lens = cv2.getPerspectiveTransform(sheet, _corners(width, height, grain))
    source = cv2.GaussianBlur(source, (0, 0), page.width / width * 0.45)
    seen = cv2.warpPerspective(source, lens, (width, height), flags=cv2.INTER_AREA)
    cover = cv2.warpPerspective(np.ones(source.shape[:2], np.float32), lens, (width, height))
    shade = cv2.GaussianBlur(cover, (0, 0), 9)[..., None]
    desk = _desk(width, height, grain) * (1 - 0.45 * shade)
    paper = np.array([243, 239, 228], dtype=np.float32) / 255
    scene = desk * (1 - cover[..., None]) + seen * paper * cover[..., None]
    scene = _noisy(scene * _light(width, height, grain)[..., None], 1.8, grain)
    return Image.fromarray(scene.astype(np.uint8)).filter(ImageFilter.UnsharpMask(1.2, 60, 2))
