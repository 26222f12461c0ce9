"""Small pictures of pages with what the checks rest on outlined on them (页面小图). Child processes only.

A page is drawn by the very step that drew it for recognition, and turned as recognition turned it: boxes lie where the
words and the ink were found. Each kind of outline has a shape and a line of its own, and a badge with its number: they
are told apart on grey paper, too.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archivist.core.model import Box
from archivist.extract import failures
from archivist.extract.failures import Refused
from archivist.extract.formats.heic import load_heic
from archivist.extract.formats.ofd import render_ofd
from archivist.extract.formats.otherpictures import load_pictures
from archivist.extract.formats.pdf import Probe, render_pages
from archivist.extract.limits import Limits
from archivist.extract.seeing.picture import Picture

WIDTH, HEIGHT = 420, 840
"""Pixels: what a small picture is at most."""
_FINER = 2
"""Outlines are drawn so many times larger and then reduced: their edges stay smooth."""
_QUALITY = 60
_MOST_OUTLINES = 200
_BADGE = 7.5
"""Half of a badge, in pixels."""
_Point = tuple[float, float]

DOUBLE, SOLID, DASHED, UNDER = "double", "solid", "dashed", "under"
"""How outlines are drawn: an oval in two lines, a box, a dashed box, a line of dots below."""
_INKS = {DOUBLE: (176, 0, 32), SOLID: (0, 70, 160), DASHED: (0, 100, 40), UNDER: (110, 40, 130)}
"""All of them dark on grey paper."""
_MARGIN = {DOUBLE: 5, SOLID: 2, DASHED: 2, UNDER: 0}
"""Pixels between what is outlined and the outline."""

KINDS = ("pdf", "ofd", "image", "heic")
"""What has pages that can be drawn, as sniffed."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What to draw round something: how, its number, and where (fractions of the upright page)."""

    style: str
    number: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class WantedPage:
    """A page (1-based) to be drawn: the clockwise turn that makes it upright, and what is outlined on it."""

    number: int
    rotation: int = 0
    outlines: tuple[Outline, ...] = ()


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A page as a JPEG file, size in pixels; without ``data`` there is none, and ``note`` says why, in Chinese."""

    number: int
    data: bytes = b""
    width: int = 0
    height: int = 0
    note: str = ""


def thumbnails(
    path: Path, kind: str, wanted: tuple[WantedPage, ...], folder: Path, limits: Limits
) -> tuple[Thumbnail, ...]:
    """Draw pages of the file at ``path``; ``folder`` is a scratch folder.

    Raises:
        Refused: the file cannot be drawn.
    """
    draw = _DRAWN_BY[kind]
    empty = failures.OFD_NOT_DRAWN if kind == "ofd" else failures.NOTHING_DRAWN
    return tuple(_thumbnail(page, draw(path, page.number, folder, limits), empty) for page in wanted)


def _of_pdf(path: Path, number: int, folder: Path, limits: Limits) -> Picture | None:
    return _only(render_pages(path, (Probe(number),), folder, limits))


def _of_ofd(path: Path, number: int, folder: Path, limits: Limits) -> Picture | None:
    return _only(render_ofd(path, (Probe(number),), folder, limits))


def _of_image(path: Path, number: int, folder: Path, limits: Limits) -> Picture | None:
    return _only(load_pictures(path, number - 1, 1, folder, limits).pictures)


def _of_heic(path: Path, number: int, folder: Path, limits: Limits) -> Picture | None:
    return _only(load_heic(path, folder, limits).pictures) if number == 1 else None


def _only(pictures: tuple[Picture, ...]) -> Picture | None:
    return pictures[0] if pictures else None


_DRAWN_BY: dict[str, Callable[[Path, int, Path, Limits], Picture | None]] = {
    "pdf": _of_pdf,
    "ofd": _of_ofd,
    "image": _of_image,
    "heic": _of_heic,
}


def _thumbnail(page: WantedPage, picture: Picture | None, empty: str) -> Thumbnail:
    """``empty``: what is said of a page on which nothing was drawn."""
    if picture is None:
        raise Refused(failures.NO_PAGES)
    if not picture.file:
        return Thumbnail(page.number, note=picture.note or empty)
    import numpy as np
    from PIL import Image

    file = Path(picture.file)
    try:
        pixels = np.load(file, allow_pickle=False)
    finally:
        file.unlink(missing_ok=True)
    if page.rotation:
        pixels = np.rot90(pixels, -page.rotation // 90)
    image = Image.fromarray(np.ascontiguousarray(pixels))
    return _encoded(page.number, outlined(image, page.outlines))


def outlined(image: Any, outlines: tuple[Outline, ...]) -> Any:
    """The upright page ``image`` (PIL) made small, outlines drawn on it."""
    from PIL import Image, ImageDraw

    share = min(WIDTH / image.width, HEIGHT / image.height)
    size = (max(round(image.width * share), 1), max(round(image.height * share), 1))
    large = (size[0] * _FINER, size[1] * _FINER)
    canvas = image.convert("RGB").resize(large, Image.Resampling.LANCZOS, reducing_gap=2.0)
    pen = ImageDraw.Draw(canvas)
    for one in outlines[:_MOST_OUTLINES]:
        _outline(pen, large, one)
    taken: list[_Point] = []
    for one in outlines[:_MOST_OUTLINES]:
        _badge(pen, large, one, taken)
    return canvas.resize(size, Image.Resampling.LANCZOS)


def _encoded(number: int, image: Any) -> Thumbnail:
    target = io.BytesIO()
    image.save(target, "JPEG", quality=_QUALITY, optimize=True)
    return Thumbnail(number, target.getvalue(), *image.size)


# --- outlines (in pixels of the finer picture)


def _outline(pen: Any, size: tuple[int, int], one: Outline) -> None:
    for box in one.boxes:
        sides = _pixels(box, size, _FINER * _MARGIN[one.style])
        ink = _INKS[one.style]
        if one.style == DOUBLE:
            pen.ellipse(sides, outline=ink, width=_FINER)
            gap = 3 * _FINER
            if sides[2] - sides[0] > 4 * gap and sides[3] - sides[1] > 4 * gap:
                pen.ellipse(
                    (sides[0] + gap, sides[1] + gap, sides[2] - gap, sides[3] - gap),
                    outline=ink,
                    width=_FINER,
                )
        elif one.style == SOLID:
            pen.rectangle(sides, outline=ink, width=round(1.5 * _FINER))
        elif one.style == DASHED:
            _dashed(pen, sides, ink)
        else:
            _dotted(pen, sides, ink)


def _dashed(pen: Any, sides: tuple[float, ...], ink: tuple[int, int, int]) -> None:
    left, top, right, bottom = sides
    step = 5 * _FINER
    for start, end, fixed, across in (
        (left, right, top, True),
        (left, right, bottom, True),
        (top, bottom, left, False),
        (top, bottom, right, False),
    ):
        at = start
        while at < end:
            upto = min(at + 0.6 * step, end)
            line = (at, fixed, upto, fixed) if across else (fixed, at, fixed, upto)
            pen.line(line, fill=ink, width=round(1.5 * _FINER))
            at += step


def _dotted(pen: Any, sides: tuple[float, ...], ink: tuple[int, int, int]) -> None:
    left, _, right, bottom = sides
    at, size = left, 1.4 * _FINER
    while at <= right:
        pen.ellipse((at, bottom - size / 2, at + size, bottom + size / 2), fill=ink)
        at += 2 * size


def _badge(pen: Any, size: tuple[int, int], one: Outline, taken: list[_Point]) -> None:
    """The number beside the first box, on a shape of its own: circle, square, diamond, and white with rounded corners."""
    if not one.boxes:
        return
    from PIL import ImageFont

    x, y = _free(_pixels(one.boxes[0], size, 0), size, one.style, taken)
    taken.append((x, y))
    half, ink = _BADGE * _FINER, _INKS[one.style]
    digits: str | tuple[int, int, int] = "white"
    square = (x - half, y - half, x + half, y + half)
    if one.style == DOUBLE:
        pen.ellipse(square, fill=ink, outline="white", width=_FINER)
    elif one.style == SOLID:
        pen.rectangle(square, fill=ink, outline="white", width=_FINER)
    elif one.style == DASHED:
        more = 1.35 * half
        pen.polygon([(x, y - more), (x + more, y), (x, y + more), (x - more, y)], fill=ink, outline="white")
    else:
        digits = ink
        pen.rounded_rectangle(square, half / 2, fill="white", outline=ink, width=_FINER)
    number = str(one.number)
    font = ImageFont.load_default(size=(11 if len(number) < 2 else 9) * _FINER)
    pen.text((x, y), number, fill=digits, font=font, anchor="mm")


def _free(
    sides: tuple[float, float, float, float], size: tuple[int, int], style: str, taken: list[_Point]
) -> _Point:
    """Where a badge covers no other: above a seal, beside whose left people sign; else left of its box, or further along."""
    half = _BADGE * _FINER
    left, top, right, bottom = sides
    y = (top + bottom) / 2 if style == UNDER else top - half if style == DOUBLE else top
    y = min(max(y, half), size[1] - half)
    places = [left - half, right + half, *(left + half + 2.4 * half * step for step in range(12))]
    if style == DOUBLE:
        places = [(left + right) / 2, *places]
    for x in places:
        x = min(max(x, half), size[0] - half)  # noqa: PLW2901
        if all(abs(x - other[0]) >= 2 * half or abs(y - other[1]) >= 2 * half for other in taken):
            return x, y
    return min(max(places[0], half), size[0] - half), y


def _pixels(box: Box, size: tuple[int, int], more: float) -> tuple[float, float, float, float]:
    """A box in pixels, grown by ``more`` and kept on the page."""
    left, right = sorted((box[0] * size[0], box[2] * size[0]))
    top, bottom = sorted((box[1] * size[1], box[3] * size[1]))
    return (
        min(max(left - more, 0), size[0] - 3),
        min(max(top - more, 0), size[1] - 3),
        max(min(right + more, size[0] - 1), 2),
        max(min(bottom + more, size[1] - 1), 2),
    )
