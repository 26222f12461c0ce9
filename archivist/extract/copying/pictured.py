"""Image files → pages of a PDF that hold the very same picture (图片原样装入 PDF).

JPEG data and plain PNG data pass through untouched. Bilevel pictures become CCITT Group 4 and all else PNG-style Flate:
both give back every pixel. Turns that a camera noted are the page's /Rotate, mirrorings its image matrix. img2pdf does
the first half of this; mirrored photos, paper under transparency and JPEG inside TIFF would still be ours.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archivist.extract import failures
from archivist.extract.failures import Refused
from archivist.extract.formats.heic import HEIF
from archivist.extract.formats.image import FORMATS
from archivist.extract.limits import Limits

_A4_LONG_SIDE = 842.0
_PHOTO_QUALITY = 92
_LONGEST_PAGE, _SHORTEST_PAGE = 1300.0, 140.0
"""Points. A resolution that makes a larger or smaller sheet is a camera's or a program's, not a scanner's."""

# EXIF orientation → (mirrored left to right, then turned clockwise by).
_EXIF = {
    1: (False, 0),
    2: (True, 0),
    3: (False, 180),
    4: (True, 180),
    5: (True, 270),
    6: (False, 90),
    7: (True, 90),
    8: (False, 270),
}

_TIFF_COMPRESSION = 259
_TIFF_PHOTOMETRIC = 262
_TIFF_FILL = 266
_TIFF_STRIPS = 273
_TIFF_ROWS = 278
_TIFF_LENGTHS = 279
_TIFF_TABLES = 347
_GROUP4, _NEW_JPEG = 4, 7
_PNG_NOTES = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt"})


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A picture as PDF keeps it: the stream, its dictionary and the rows of the picture it covers."""

    data: bytes
    entries: dict[str, Any]
    rows: int


def add_pages(
    pdf: Any,
    source: Path,
    limits: Limits,
    part: tuple[int, int] | None = None,
    formats: tuple[str, ...] = FORMATS,
) -> None:
    """Append one page per frame of the image file ``source`` to ``pdf``; of the frames ``part`` (1-based) if given.

    Raises:
        Refused: not an image, cut off, too many pixels or frames.
    """
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # our own check refuses earlier, and in words people understand
    try:
        image = Image.open(source, formats=formats)
    except UnidentifiedImageError:
        raise Refused(failures.DAMAGED) from None
    with image:
        frames = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
        if frames > limits.max_pages:
            raise Refused(failures.too_many_pages(frames, limits.max_pages))
        first, last = part or (1, frames)
        for index in range(first - 1, min(last, frames)):
            if index:
                image.seek(index)
            if image.width * image.height > limits.max_pixels:
                raise Refused(failures.too_many_pixels(*image.size))
            _add_page(pdf, image, source)


def _add_page(pdf: Any, image: Any, source: Path) -> None:
    import pikepdf

    size = image.size
    mirrored, turn = _EXIF.get(_orientation(image, source), (False, 0))
    width, height = _sheet(image)
    page = pdf.add_blank_page(page_size=(width, height))
    drawn = pikepdf.Dictionary()
    content = [f"q {'-1 0 0 1' if mirrored else '1 0 0 1'} {width if mirrored else 0} 0 cm"]
    above = 0
    for number, part in enumerate(_parts(image, source)):
        drawn[f"/Im{number}"] = _xobject(pdf, part, image)
        bottom = height * (1 - (above + part.rows) / size[1])
        content.append(f"q {width} 0 0 {height * part.rows / size[1]:.4f} 0 {bottom:.4f} cm /Im{number} Do Q")
        above += part.rows
    page.obj.Resources = pikepdf.Dictionary(XObject=drawn)
    page.obj.Contents = pdf.make_stream("\n".join([*content, "Q\n"]).encode("ascii"))
    page.obj.Rotate = turn


def _orientation(image: Any, source: Path) -> int:
    """Return how the camera was held, as recognition read it. Pillow decodes a PNG to look for it: seldom needed."""
    if image.format == "PNG" and _PNG_NOTES.isdisjoint(name for name, _ in _chunks(source.read_bytes())):
        return 1
    return int(image.getexif().get(0x0112, 1))


def _sheet(image: Any) -> tuple[float, float]:
    """Return the page's size in points: by the scanner's resolution, else as large as A4."""
    width, height = image.size
    try:
        across, down = (float(value) for value in image.info.get("dpi", (0, 0)))
        wide, high = width * 72 / across, height * 72 / down
    except (TypeError, ValueError, ZeroDivisionError):
        wide = high = 0.0
    if min(wide, high) < _SHORTEST_PAGE or max(wide, high) > _LONGEST_PAGE:
        scale = _A4_LONG_SIDE / max(width, height)
        wide, high = max(width * scale, 3.0), max(height * scale, 3.0)
    return round(wide, 2), round(high, 2)


def _parts(image: Any, source: Path) -> Iterator[_Drawn]:
    if image.format in ("JPEG", "MPO"):
        yield _jpeg(source.read_bytes(), image)
    elif image.format == HEIF:
        yield _photo(image)
    elif image.format == "PNG" and _plain_png(image):
        yield _png(source.read_bytes())
    elif image.format == "TIFF" and (strips := _jpeg_strips(image, source)):
        yield from strips
    elif image.format == "TIFF" and (drawn := _group4_strip(image.tag_v2, source.read_bytes(), image.size)):
        yield drawn
    else:
        yield _recoded(image)


def _jpeg(data: bytes, image: Any) -> _Drawn:
    from pikepdf import Array, Name

    entries: dict[str, Any] = {"/Filter": Name.DCTDecode, "/BitsPerComponent": 8}
    if len(image.getbands()) == 4 and "adobe" in image.info:
        entries["/Decode"] = Array([1, 0] * 4)  # Adobe writes ink upside down
    return _Drawn(data, entries, image.height)


def _photo(image: Any) -> _Drawn:
    """A HEIC photo as JPEG: PDF has no filter for its own coding, and without loss it would be ten times as large."""
    frame = image.convert("L" if image.mode == "L" else "RGB")
    frame.info.clear()
    target = io.BytesIO()
    frame.save(target, "JPEG", quality=_PHOTO_QUALITY)
    return _jpeg(target.getvalue(), frame)


def _plain_png(image: Any) -> bool:
    """Tell whether PDF can take the PNG's data as it is: neither interlaced nor transparent."""
    return image.mode in ("1", "L", "P", "RGB", "I;16") and not (
        image.info.get("interlace") or "transparency" in image.info
    )


def _png(data: bytes) -> _Drawn:
    from pikepdf import Array, Dictionary, Name, String

    chunks = list(_chunks(data))
    header = next((body for name, body in chunks if name == b"IHDR"), b"")
    if len(header) != 13:
        raise Refused(failures.DAMAGED)
    width, height, bits, colour = struct.unpack_from(">IIBB", header)
    colours = 3 if colour == 2 else 1
    entries: dict[str, Any] = {
        "/Filter": Name.FlateDecode,
        "/DecodeParms": Dictionary(Predictor=15, Colors=colours, BitsPerComponent=bits, Columns=width),
        "/BitsPerComponent": bits,
    }
    if colour == 3:
        palette = next((body for name, body in chunks if name == b"PLTE"), b"")[: 3 * 2**bits]
        if not palette or len(palette) % 3:
            raise Refused(failures.DAMAGED)
        entries["/ColorSpace"] = Array([Name.Indexed, Name.DeviceRGB, len(palette) // 3 - 1, String(palette)])
    return _Drawn(b"".join(body for name, body in chunks if name == b"IDAT"), entries, height)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at + 12 <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        if at + 12 + length > len(data):
            raise Refused(failures.TRUNCATED)
        yield name, data[at + 8 : at + 8 + length]
        at += 12 + length


def _jpeg_strips(image: Any, source: Path) -> list[_Drawn]:
    """Take JPEG strips out of a TIFF frame as they are, the shared tables put before each."""
    from pikepdf import Dictionary, Name

    tags = image.tag_v2
    starts, lengths = tags.get(_TIFF_STRIPS), tags.get(_TIFF_LENGTHS)
    if tags.get(_TIFF_COMPRESSION) != _NEW_JPEG or not starts or not lengths or len(image.getbands()) > 3:
        return []
    data, tables = source.read_bytes(), bytes(tags.get(_TIFF_TABLES, b"\xff\xd8\xff\xd9"))
    rows = int(tags.get(_TIFF_ROWS, image.height))
    entries: dict[str, Any] = {"/Filter": Name.DCTDecode, "/BitsPerComponent": 8}
    if tags.get(_TIFF_PHOTOMETRIC) == 2:
        entries["/DecodeParms"] = Dictionary(ColorTransform=0)
    strips = []
    for number, (start, length) in enumerate(zip(starts, lengths, strict=False)):
        strip = data[start : start + length]
        covered = min(rows, image.height - number * rows)
        if strip[:2] != b"\xff\xd8" or tables[:2] != b"\xff\xd8" or covered <= 0:
            return []
        strips.append(_Drawn(tables[:-2] + strip[2:], entries, covered))
    return strips


def _recoded(image: Any) -> _Drawn:
    """Write the pixels anew without losing any."""
    frame = image.copy()
    frame.info.clear()
    if frame.mode == "1":
        return _group4(frame)
    if frame.mode not in ("L", "RGB", "P", "I;16") or "transparency" in image.info:
        frame = _flattened(image)
    target = io.BytesIO()
    frame.save(target, "PNG")
    return _png(target.getvalue())


def _flattened(image: Any) -> Any:
    """Lay transparency on white paper, bring CMYK, 16-bit and float pictures to what PNG has."""
    from PIL import Image

    if "A" in image.getbands() or "a" in image.getbands() or "transparency" in image.info:
        seen = image.convert("RGBA")
        flat = Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("RGB")
        return flat.convert("L") if image.mode in ("LA", "La") else flat
    if image.mode.startswith("I"):
        return image.convert("I;16")
    return image.convert("L" if image.mode == "F" else "RGB")


def _group4(image: Any) -> _Drawn:
    from PIL import Image

    target = io.BytesIO()
    image.save(target, "TIFF", compression="group4", tiffinfo={_TIFF_ROWS: image.height})
    written: Any = Image.open(io.BytesIO(target.getvalue()))
    drawn = _group4_strip(written.tag_v2, target.getvalue(), image.size)
    if drawn is None:
        raise Refused(failures.DAMAGED)
    return drawn


def _group4_strip(tags: Any, data: bytes, size: tuple[int, int]) -> _Drawn | None:
    """Take a frame that is one Group 4 strip out of its TIFF; several cannot be joined without coding anew."""
    from pikepdf import Dictionary, Name

    starts, lengths = tags.get(_TIFF_STRIPS, ()), tags.get(_TIFF_LENGTHS, ())
    if tags.get(_TIFF_COMPRESSION) != _GROUP4 or tags.get(_TIFF_FILL, 1) != 1:
        return None
    if len(starts) != 1 or len(lengths) != 1:
        return None
    inverted = tags.get(_TIFF_PHOTOMETRIC) == 1
    parameters = Dictionary(K=-1, Columns=size[0], Rows=size[1], BlackIs1=inverted)
    entries = {"/Filter": Name.CCITTFaxDecode, "/DecodeParms": parameters, "/BitsPerComponent": 1}
    return _Drawn(data[starts[0] : starts[0] + lengths[0]], entries, size[1])


def _xobject(pdf: Any, part: _Drawn, image: Any) -> Any:
    from pikepdf import Name

    stream = pdf.make_stream(part.data)
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height = image.width, part.rows
    for key, value in part.entries.items():
        stream[key] = value
    if "/ColorSpace" not in stream:
        stream.ColorSpace = _colours(pdf, part, image)
    return stream


def _colours(pdf: Any, part: _Drawn, image: Any) -> Any:
    """Return the colour space: the picture's own profile if it passed through with one that PDF/A allows."""
    from pikepdf import Array, Name

    components = _components(part, image)
    profile = image.info.get("icc_profile") or b""
    kinds = {1: b"GRAY", 3: b"RGB ", 4: b"CMYK"}
    named = {1: Name.DeviceGray, 3: Name.DeviceRGB, 4: Name.DeviceCMYK}
    passed = image.format in ("JPEG", "MPO", HEIF) or (image.format == "PNG" and _plain_png(image))
    if not passed or not _usable(profile, kinds[components]):
        return named[components]
    stream = pdf.make_stream(profile)
    stream.N, stream.Alternate = components, named[components]
    return Array([Name.ICCBased, stream])


def _components(part: _Drawn, image: Any) -> int:
    parameters = part.entries.get("/DecodeParms")
    if parameters is not None and "/Colors" in parameters:
        return int(parameters["/Colors"])
    return len(image.getbands())


def _usable(profile: bytes, kind: bytes) -> bool:
    return (
        len(profile) >= 132
        and profile[36:40] == b"acsp"
        and profile[16:20] == kind
        and profile[12:16] in (b"scnr", b"mntr", b"prtr", b"spac")
        and profile[8] <= 4
        and int.from_bytes(profile[:4], "big") == len(profile)
    )
