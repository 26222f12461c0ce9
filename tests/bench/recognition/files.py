"""Bytes on disk: scans as PDF or TIFF, archives as Windows writes them, and files that cannot be used."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

from PIL import Image

Member = tuple[str, bytes]


def save_pdf(images: list[Image.Image], path: Path, dpi: int, quality: int) -> None:
    """Write page images as a scanner does: one image a page, no text."""
    import pikepdf

    with pikepdf.new() as pdf:
        for image in images:
            page = io.BytesIO()
            extra = {} if image.mode == "1" else {"quality": quality}
            image.save(page, "PDF", resolution=dpi, **extra)
            with pikepdf.open(io.BytesIO(page.getvalue())) as one:
                pdf.pages.extend(one.pages)
        pdf.save(path, deterministic_id=True)


def save_image(images: list[Image.Image], path: Path, dpi: int) -> None:
    """Write TIFF (all pages), PNG or JPEG (the first page), by the name's ending."""
    first = images[0]
    if path.suffix == ".tif":
        compression = "group4" if first.mode == "1" else "tiff_lzw"
        first.save(
            path, "TIFF", save_all=True, append_images=images[1:], compression=compression, dpi=(dpi, dpi)
        )
    elif path.suffix == ".png":
        first.save(path, "PNG", dpi=(dpi, dpi))
    else:
        first.convert("RGB").save(path, "JPEG", quality=78, dpi=(dpi, dpi))


def save_photo(image: Image.Image, path: Path, quality: int, sideways: bool) -> None:
    """Write a telephone's JPEG; stored sideways, EXIF tells which way is up."""
    exif = Image.Exif()
    exif[0x10F] = "HUAWEI"
    if sideways:
        image = image.rotate(90, expand=True)
        exif[0x112] = 6
    image.save(path, "JPEG", quality=quality, exif=exif)


def save_zip(path: Path, members: list[Member], encoding: str) -> None:
    """Write an archive. ``gbk``: as Chinese Windows does, without the flag for UTF-8."""
    out, directory = io.BytesIO(), b""
    flag = 0x800 if encoding == "utf-8" else 0
    for name, data in members:
        raw = name.encode(encoding)
        squeeze = zlib.compressobj(6, zlib.DEFLATED, -15)
        packed = squeeze.compress(data) + squeeze.flush()
        offset = out.tell()
        sizes = (zlib.crc32(data), len(packed), len(data), len(raw), 0)
        head = struct.pack("<HHHHHIIIHH", 20, flag, 8, 0x5000, 0x5985, *sizes)
        out.write(b"PK\x03\x04" + head + raw + packed)
        directory += (
            b"PK\x01\x02" + struct.pack("<H", 20) + head + struct.pack("<HHHII", 0, 0, 0, 0, offset) + raw
        )
    start, count = out.tell(), len(members)
    out.write(
        directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), start, 0)
    )
    path.write_bytes(out.getvalue())


def huge_png(path: Path, side: int) -> None:
    """A few kilobytes that unpack to ``side`` × ``side`` pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    squeeze, row = zlib.compressobj(9), b"\0" + b"\xff" * ((side + 7) // 8)
    pixels = b"".join(squeeze.compress(row) for _ in range(side)) + squeeze.flush()
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", pixels) + chunk(b"IEND", b""))


def locked_pdf(source: Path, path: Path) -> None:
    """The same PDF behind a password."""
    import pikepdf

    with pikepdf.open(source) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user="dz2024", owner="x1"))


def locked_docx(path: Path, noise: bytes) -> None:
    """What Word leaves of a file with a password: a compound file (OLE2) that holds an EncryptedPackage."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    stream = noise[:4096].ljust(4096, b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHHHIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, 0)
    head += struct.pack("<IIIIIIIII", 1, 1, 0, 4096, end, 0, end, 0, 0)
    head += struct.pack("<108I", *([free] * 108))
    table = [fat, end, *range(3, 10), end]
    sectors = struct.pack("<128I", *table, *([free] * (128 - len(table))))
    sectors += _entry("Root Entry", 5, end, 0, child=1) + _entry(
        "EncryptedPackage", 2, 2, len(stream), right=2
    )
    sectors += _entry("EncryptionInfo", 2, end, 0) + _entry("", 0, 0, 0)
    path.write_bytes(head.ljust(512, b"\0") + sectors + stream)


def _entry(
    name: str, kind: int, start: int, size: int, right: int = 0xFFFFFFFF, child: int = 0xFFFFFFFF
) -> bytes:
    raw = name.encode("utf-16-le")
    long = len(raw) + 2 if name else 0
    fixed = raw.ljust(64, b"\0") + struct.pack("<HBBIII", long, kind, 1, 0xFFFFFFFF, right, child)
    return fixed + b"\0" * 36 + struct.pack("<IQ", start, size)
