"""Image steps, run in disposable processes: header checks first, then frames decoded, turned upright and
reduced.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archivist.extract import failures
from archivist.extract.failures import Refused
from archivist.extract.limits import LONGEST_SIDE, Limits
from archivist.extract.seeing.picture import Picture

if TYPE_CHECKING:
    from archivist.extract.seeing.raster import Pixels

FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "WEBP")
"""What scanners, phones and chat programs make. Pillow's other readers stay shut: they are where it can be
hurt. What it does not know of these, `otherpictures` may.
"""

_PREMULTIPLIED = {"La": "LA", "RGBa": "RGBA"}

# EXIF orientation → PIL.Image.Transpose, by value: flip 0/1, turns 2/3/4 counter-clockwise, transpose 5,
# transverse 6.
_EXIF_TURNS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}


@dataclass(frozen=True, slots=True)
class Frames:
    """Some frames of an image file and how many it has in all."""

    total: int
    pictures: tuple[Picture, ...]


def load_frames(
    path: Path, first: int, count: int, folder: Path, limits: Limits, formats: tuple[str, ...] = FORMATS
) -> Frames:
    """Decode up to ``count`` frames from the 0-based ``first`` on into ``folder``; pages are numbered from 1.

    Raises:
        Refused: damaged, cut off, too many pixels, too many frames.
    """
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # our own check refuses earlier, and in words people understand
    try:
        with Image.open(path, formats=formats) as image:
            total = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
            if total > limits.max_pages:
                raise Refused(failures.too_many_pages(total, limits.max_pages))
            wanted = range(first, min(first + count, total))
            return Frames(total, tuple(_frame(image, index, folder, limits) for index in wanted))
    except (Refused, MemoryError):
        raise
    except Exception as error:  # Pillow raises anything at all on damaged files
        if _is_of_the_machine(error):
            raise
        if _is_cut_off(error):
            raise Refused(failures.TRUNCATED) from None
        if (
            "decoder error" in str(error).lower()
        ):  # the format is known, what is in it is not: nobody else decodes it
            raise Refused(failures.PICTURE_UNDECODED) from None
    raise Refused(failures.PICTURE_UNREADABLE)


def _is_of_the_machine(error: Exception) -> bool:
    """A full disk, or no memory for what Pillow's codecs wanted."""
    return (isinstance(error, OSError) and error.errno is not None) or "memory" in str(error).lower()


def _is_cut_off(error: Exception) -> bool:
    """The picture itself ends too early; a short piece beside it (a PNG chunk) is another matter."""
    words = str(error).lower()
    return isinstance(error, OSError | EOFError) and (
        "truncated" in words or "unrecognized data stream" in words
    )


def _frame(image: Any, index: int, folder: Path, limits: Limits) -> Picture:
    from archivist.extract.seeing.raster import save_picture

    if index:
        image.seek(index)
    width, height = image.size
    if width * height > limits.max_pixels:
        raise Refused(failures.too_many_pixels(width, height))
    bilevel = image.mode == "1"
    return save_picture(_pixels(image), index + 1, folder, bilevel, max(width, height))


def _pixels(image: Any) -> Pixels:
    """Decode to grey or RGB, longest side bounded, turned as the camera's orientation says."""
    import numpy as np
    from PIL import Image

    turn = _EXIF_TURNS.get(image.getexif().get(0x0112, 1))
    # A frame of a multi-page file must not be changed in place: the next one is read through the same object.
    image = image.copy() if getattr(image, "n_frames", 1) > 1 else image
    if image.mode not in ("RGB", "L"):
        image = flattened(image)
    if max(image.size) > LONGEST_SIDE:
        # reducing_gap lets JPEG decode at a fraction of its size: half the time on phone photos.
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return np.asarray(image if turn is None else image.transpose(turn))


def flattened(image: Any) -> Any:
    """Bring bilevel, palette, 16-bit, CMYK and transparent images to grey or RGB on white paper."""
    from PIL import Image

    if image.mode == "1":
        return image.convert("L")
    if image.mode in _PREMULTIPLIED:
        image = image.convert(_PREMULTIPLIED[image.mode])
    if image.mode == "LAB":
        return image.getchannel(0)
    if image.mode.startswith(("I", "F")):
        return _eight_bit(image)
    if "A" in image.getbands() or "transparency" in image.info:
        seen = image.convert("RGBA")
        paper = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(paper, seen).convert("RGB")
    return image.convert("L" if image.mode in ("LA", "La") else "RGB")


def _eight_bit(image: Any) -> Any:
    import numpy as np
    from PIL import Image

    return Image.fromarray(eight_bit(np.asarray(image)))


def eight_bit(values: Any) -> Pixels:
    """Stretch 16-bit and float samples to 0..255 by what is there: scanners fill 12 or 16 bits."""
    import numpy as np

    values = np.nan_to_num(np.asarray(values, dtype=np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    low, high = float(values.min()), float(values.max())
    stretched = (values - low) * (255.0 / max(high - low, 1e-6))
    return np.asarray(stretched, dtype=np.uint8)
