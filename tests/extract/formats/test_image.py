"""Images: every frame, upright, bounded before decoding."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from archivist.extract import Extractor, Limits, failures
from support.makers import MINUTES, RECORD, SNIPPET


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_exif_orientation_is_followed(reader: Extractor, tmp_path: Path, orientation: int) -> None:
    turned = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    image = Image.open(SNIPPET).transpose(turned[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    image.save(tmp_path / "a.jpg", exif=exif)

    (page,) = reader.extract(tmp_path / "a.jpg", "a.jpg").pages

    assert (page.rotation, page.lines[0].text) == (0, "资产移交清单")


def test_all_frames_of_a_tiff_are_pages(plain: Extractor, tmp_path: Path) -> None:
    frames = [Image.open(RECORD).convert("1"), Image.open(MINUTES), Image.new("L", (800, 900), 255)] * 3
    frames[0].save(tmp_path / "a.tif", save_all=True, append_images=frames[1:])

    pages = plain.extract(tmp_path / "a.tif", "a.tif").pages

    assert [page.number for page in pages] == list(range(1, 10))
    assert [page.colour for page in pages[:2]] == ["bw", "colour"]
    assert [page.blank for page in pages] == [False, False, True] * 3


@pytest.mark.parametrize("mode", ["1", "P", "CMYK", "RGBA", "LA", "I;16", "I"])
def test_every_pixel_mode_is_readable(reader: Extractor, tmp_path: Path, mode: str) -> None:
    grey = Image.open(SNIPPET).convert("L")
    if mode.startswith("I"):
        wide = np.asarray(grey).astype(np.uint16 if mode == "I;16" else np.int32) * 16
        image = Image.fromarray(wide)
    elif mode.endswith("A"):
        image = Image.new(mode, grey.size, 0)
        image.putalpha(Image.eval(grey, lambda value: 255 - value))
    else:
        image = grey.convert(mode)
    path = tmp_path / ("a.jpg" if mode == "CMYK" else "a.tif" if mode.startswith("I") else "a.png")
    image.save(path)

    assert "资产移交清单" in reader.extract(path, path.name).pages[0].text


def bomb(side: int) -> bytes:
    """A PNG of side × side black pixels, a thousand times smaller than what it unpacks to."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes((side + 1) * 64), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_decompression_bomb_is_refused_by_its_header(plain: Extractor, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(bomb(60_000))

    assert "60000×60000" in plain.extract(tmp_path / "a.png", "a.png").failure


def test_a_photo_cut_off_is_said_to_be_incomplete(plain: Extractor, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(RECORD.read_bytes()[:30_000])

    assert plain.extract(tmp_path / "a.jpg", "a.jpg").failure.endswith(failures.TRUNCATED)


def test_too_many_frames_are_refused(limits: Limits, tmp_path: Path) -> None:
    frames = [Image.new("1", (8, 8)) for _ in range(4)]
    frames[0].save(tmp_path / "a.tif", save_all=True, append_images=frames[1:])
    with Extractor(replace(limits, max_pages=3), 1, "none") as extractor:
        assert "4 页" in extractor.extract(tmp_path / "a.tif", "a.tif").failure


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000), "请"),
        (b"\0\0\0\x18ftypheic" + bytes(20), "损坏"),
        (bytes(range(256)), "认不出"),
        ("会议记录".encode(), "纯文本"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "损坏"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(
    plain: Extractor, tmp_path: Path, data: bytes, words: str
) -> None:
    (tmp_path / "x").write_bytes(data)

    failure = plain.extract(tmp_path / "x", "x.pdf").failure

    assert words in failure
    assert "请" in failure
