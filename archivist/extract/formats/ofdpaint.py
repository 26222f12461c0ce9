"""The pictures of an OFD page painted where they stand; text and lines are left out (child processes only)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np

from archivist.extract import failures
from archivist.extract.failures import Refused
from archivist.extract.formats.image import FORMATS, flattened
from archivist.extract.formats.ofdpackage import OfdDocument, OfdPage, Rect, numbers, rect
from archivist.extract.formats.xmlparts import attribute, local
from archivist.extract.limits import LONGEST_SIDE, Limits

if TYPE_CHECKING:
    from archivist.extract.seeing.raster import Pixels

_MAX_DPI = 300
_MAX_PICTURES = 400
_Matrix = tuple[float, float, float, float, float, float]
"""(a, b, c, d, e, f): x' = a·x + c·y + e, y' = b·x + d·y + f, as OFD writes it."""


def paint(document: OfdDocument, page: OfdPage, limits: Limits) -> tuple[Pixels, bool]:
    """Return the page's pixels (grey or RGB) and whether all its pictures were bilevel.

    Where pictures overlap the darker point stays, as ink on paper does.

    Raises:
        Refused: a picture is too large, damaged or of a kind that cannot be decoded.
    """
    from PIL import Image

    scale = min(LONGEST_SIDE / max(page.sheet[2:]), _MAX_DPI / 25.4)
    size = (max(round(page.sheet[2] * scale), 1), max(round(page.sheet[3] * scale), 1))
    canvas = Image.new("L", size, 255)
    modes: set[str] = set()
    decoded: dict[str, Any] = {}
    for resource, matrix in _placed(document, page, scale):
        if resource not in decoded:
            decoded = {resource: _decoded(document.picture(resource), limits)}
        image = decoded[resource]
        modes.add(image.mode)
        canvas = _darkened(canvas, flattened(image) if image.mode not in ("L", "RGB") else image, matrix)
    return np.asarray(canvas), modes == {"1"}


def _placed(document: OfdDocument, page: OfdPage, scale: float) -> list[tuple[str, _Matrix]]:
    """Resources and the map of their unit square to pixels of the page."""
    places: list[tuple[float, float, Any]] = [(0.0, 0.0, layer) for layer in page.layers]
    places += [(box[0], box[1], appearance) for box, appearance in page.notes]
    found: list[tuple[str, _Matrix]] = []
    for dx, dy, parent in places:
        for element in document.objects(parent):
            box = rect(attribute(element, "Boundary"))
            if local(element) != "ImageObject" or box is None or len(found) >= _MAX_PICTURES:
                continue
            x, y = box[0] + dx - page.sheet[0], box[1] + dy - page.sheet[1]
            found.append((attribute(element, "ResourceID"), _matrix(element, box, x, y, scale)))
    return found


def _matrix(element: Any, box: Rect, x: float, y: float, scale: float) -> _Matrix:
    given = numbers(attribute(element, "CTM"))
    a, b, c, d, e, f = given if len(given) == 6 else (box[2], 0.0, 0.0, box[3], 0.0, 0.0)
    return a * scale, b * scale, c * scale, d * scale, (x + e) * scale, (y + f) * scale


def _decoded(data: bytes, limits: Limits) -> Any:
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # our own check refuses earlier, and in words people understand
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError:
        raise Refused(failures.OFD_PICTURE) from None
    if image.width * image.height > limits.max_pixels:
        raise Refused(failures.too_many_pixels(*image.size))
    image.load()
    return image


def _darkened(canvas: Any, image: Any, matrix: _Matrix) -> Any:
    """Lay one picture over the canvas; what falls outside is cut off."""
    from PIL import Image, ImageChops

    a, b, c, d, e, f = matrix
    if image.mode == "RGB" and canvas.mode == "L":
        canvas = canvas.convert("RGB")
    elif image.mode == "L" and canvas.mode == "RGB":
        image = image.convert("RGB")
    wide, high = (min(max(round(side), 1), 2 * LONGEST_SIDE) for side in (np.hypot(a, b), np.hypot(c, d)))
    image = image.resize((wide, high), Image.Resampling.LANCZOS, reducing_gap=2.0)
    upright = abs(b) < 0.5 and abs(c) < 0.5 and a > 0 and d > 0
    if upright:
        layer = Image.new(canvas.mode, canvas.size, "white")
        layer.paste(image, (round(e), round(f)))
    else:
        inverse = _inverse((a / wide, b / wide, c / high, d / high, e, f))
        if inverse is None:
            return canvas
        layer = image.transform(
            canvas.size, Image.Transform.AFFINE, inverse, Image.Resampling.BICUBIC, fillcolor="white"
        )
    return ImageChops.darker(canvas, layer)


def _inverse(matrix: _Matrix) -> tuple[float, ...] | None:
    """The map from page pixels back to picture pixels, in Pillow's order; None if there is none."""
    a, b, c, d, e, f = matrix
    area = a * d - b * c
    if abs(area) < 1e-9:
        return None
    return d / area, -c / area, (c * f - d * e) / area, -b / area, a / area, (b * e - a * f) / area
