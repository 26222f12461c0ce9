"""A Word form as it comes back: printed, each step signed, dated and sealed by hand, and scanned."""

from __future__ import annotations

import random
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from support.office import converted

DPI = 200
MM = DPI / 25.4
SEAL_MM = 42
"""Seals of townships and of the bodies of a district; the district's own is 45 mm."""


def signed_scan(
    document: Path, folder: Path, scan: Path, bodies: Sequence[str], days: Sequence[tuple[str, str, str]]
) -> Path:
    """Print ``document``, sign and seal its steps in their order, and scan it as a PDF of pictures.

    Args:
        bodies: whose seal each step bears. days: the year, month and day written by hand at each.
    """
    import pypdfium2
    from PIL import Image

    (printed,) = converted(folder, [document])
    rng = random.Random(7)
    pictures: list[Image.Image] = []
    with pypdfium2.PdfDocument(printed) as pdf:
        for page in pdf:
            picture = page.render(scale=DPI / 72).to_pil().convert("RGB")
            for at, (left, bottom, right, top) in enumerate(places(page, "负责人（签字）")):
                _step(picture, page.get_height(), (left, bottom, right, top), bodies[at], days[at], rng)
            pictures.append(picture.rotate(rng.uniform(-0.4, 0.4), fillcolor="white"))
    bytes_of = BytesIO()
    pictures[0].save(bytes_of, "PDF", resolution=DPI, save_all=True, append_images=pictures[1:], quality=82)
    scan.write_bytes(bytes_of.getvalue())
    return scan


def places(page: Any, words: str) -> list[tuple[float, float, float, float]]:
    """Where ``words`` stand on a page of a PDF: left, bottom, right, top in points."""
    text = page.get_textpage()
    search, found = text.search(words), []
    while (hit := search.get_next()) is not None:
        boxes = [text.get_charbox(hit[0] + at) for at in range(hit[1])]
        found.append(
            (
                min(box[0] for box in boxes),
                min(box[1] for box in boxes),
                max(box[2] for box in boxes),
                max(box[3] for box in boxes),
            )
        )
    return found


def _step(
    picture: Any,
    height: float,
    box: tuple[float, float, float, float],
    body: str,
    day: tuple[str, str, str],
    rng: random.Random,
) -> None:
    from sample_maker.ink import BLACK, signature, stamp, write

    scale = DPI / 72
    right, middle = box[2] * scale, (height - (box[1] + box[3]) / 2) * scale
    for at, char in enumerate("同意销号"):
        write(picture, (box[0] * scale + (18 + 8 * at) * MM, middle - 22 * MM), char, 46, rng, BLACK)
    signature(picture, (int(right + 6 * MM), int(middle - 4.5 * MM)), "覃立新", 54, rng)
    for text, offset in zip(day, (-7, 16, 33), strict=True):
        for at, char in enumerate(text):
            write(picture, (right + offset * MM + at * 3.6 * MM, middle + 8.3 * MM), char, 34, rng, BLACK)
    stamp(picture, body, (int(right + 78 * MM), int(middle - 6 * MM)), int(SEAL_MM * MM), rng)
