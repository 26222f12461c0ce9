"""A file as somebody drops it: its bytes, and what it truly is."""

from __future__ import annotations

import io
import random
import zlib
from dataclasses import dataclass, replace

import numpy as np
import pikepdf
from PIL import Image

from .blocks import Paper
from .damage import Scan, jpeg, photo, scan_page
from .drawing import draw
from .files import add_image_page, pdf_bytes

SEED = 20241130

Truth = dict[str, object]


@dataclass(frozen=True, slots=True)
class Drop:
    """One dropped file. ``truth`` as in expected.json; ``members`` the truth of an archive's members."""

    path: str
    data: bytes
    truth: tuple[Truth, ...] = ()
    members: tuple[tuple[str, tuple[Truth, ...]], ...] = ()


def holds(project: str, item: int, first: int = 1, last: int = 1, date: str = "") -> Truth:
    """Return the truth: pages ``first``..``last`` are ``item`` of ``project``."""
    return {"pages": [first, last], "project": project, "item": item} | ({"date": date} if date else {})


def rng_of(name: str) -> random.Random:
    """Return the chance of one file, so that changing one file leaves the others as they are."""
    return random.Random(f"{SEED}:{name}")


def grain_of(name: str) -> np.random.Generator:
    """Return the noise of one file."""
    return np.random.default_rng([SEED, zlib.crc32(name.encode())])


def scanned(
    paper: Paper, name: str, scan: Scan, turns: dict[int, int] | None = None
) -> list[tuple[Image.Image, Scan]]:
    """Draw and scan every page; ``turns`` says which page lies how (1-based page: degrees clockwise)."""
    rng, grain = rng_of(name), grain_of(name)
    pages = []
    for number, page in enumerate(draw(paper, max(200, scan.dpi), rng), 1):
        own = replace(scan, skew=scan.skew * rng.uniform(-1.1, 1.1), turn=(turns or {}).get(number, 0))
        pages.append((scan_page(page, own, grain), own))
    return pages


def photographed(
    paper: Paper, name: str, orientation: int = 1, page: int = 1, quality: int = 56, width: int = 1560
) -> bytes:
    """Return a telephone's JPEG of one page; with ``orientation`` 6 the pixels lie on their side."""
    rng, grain = rng_of(name), grain_of(name)
    image = photo(draw(paper, 200, rng)[page - 1], grain, width)
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "HONOR", "PGT-AN10", orientation
    if orientation == 6:
        image = image.transpose(Image.Transpose.ROTATE_90)
    return jpeg(image, quality, exif=exif.tobytes())


def with_scan_appended(text_pdf: bytes, pages: list[tuple[Image.Image, Scan]]) -> bytes:
    """Return the text PDF with scanned pages after it, as when only the signed page was scanned."""
    with pikepdf.open(io.BytesIO(text_pdf)) as pdf:
        for image, scan in pages:
            add_image_page(pdf, image, scan)
        return pdf_bytes(pdf)
