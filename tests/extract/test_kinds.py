"""The content decides what a file is; its name never does."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from PIL import Image

from archivist.extract import HEAD_BYTES, sniff
from support.makers import MINUTES, docx, paragraph, text_pdf, zipped


def kind(path: Path) -> str:
    with path.open("rb") as stream:
        return sniff(stream.read(HEAD_BYTES), path)


def test_documents_under_wrong_names_are_recognised(tmp_path: Path) -> None:
    assert kind(text_pdf(tmp_path / "a.docx")) == "pdf"
    assert kind(docx(tmp_path / "b.zip", paragraph("会议"))) == "docx"
    assert kind(MINUTES) == "image"


@pytest.mark.parametrize(("form", "suffix"), [("PNG", "doc"), ("TIFF", "pdf"), ("BMP", "x"), ("WEBP", "jpg")])
def test_images_are_recognised(tmp_path: Path, form: str, suffix: str) -> None:
    path = tmp_path / f"x.{suffix}"
    Image.new("RGB", (9, 9)).save(path, form)

    assert kind(path) == "image"


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"[Content_Types].xml": b"", "xl/workbook.xml": b""}, "xlsx"),
        ({"OFD.xml": b"", "Doc_0/Document.xml": b""}, "ofd"),
        ({"会议记录.docx": b"", "word/x.txt": b""}, "zip"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": b""}, "odf"),
    ],
)
def test_zip_containers_are_told_apart_by_their_members(
    tmp_path: Path, members: dict[str, bytes], expected: str
) -> None:
    assert kind(zipped(tmp_path / "x", members)) == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "ole"),
        (b"{\\rtf1\\ansi", "rtf"),
        (b"\0\0\0\x18ftypheic" + bytes(20), "heic"),
        (b"Rar!\x1a\x07\x01\0", "rar"),
        ("会议记录".encode(), "text"),
        (b"<!DOCTYPE html><p>", "html"),
        (b"junk\n%PDF-1.7\n", "pdf"),
        (bytes(range(256)), "unknown"),
    ],
)
def test_other_bytes_get_a_name_or_an_honest_unknown(tmp_path: Path, data: bytes, expected: str) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(data)

    assert kind(path) == expected


def test_a_docx_cut_off_in_the_middle_is_still_a_docx(tmp_path: Path) -> None:
    whole = docx(tmp_path / "a", paragraph("会议" * 500)).read_bytes()
    path = tmp_path / "cut"
    path.write_bytes(whole[: len(whole) * 2 // 3])

    assert kind(path) == "docx"


NOISE = random.Random(7)


@pytest.mark.parametrize(
    "data",
    [
        bytes(NOISE.randrange(128, 256) for _ in range(6000)),
        bytes(NOISE.randrange(32, 256) for _ in range(6000)),
        bytes(NOISE.randrange(0x81, 0xFF) for _ in range(6000)),
        b"\xff\xfe" + NOISE.randbytes(6000),
    ],
    ids=["high bytes", "no control codes", "pairs of GBK", "a mark of UTF-16 before noise"],
)
def test_bytes_that_nobody_can_read_are_no_text(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    assert kind(tmp_path / "a.txt") == "unknown"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize(
    "text", ["会议记录：应到20人，实到18人。\n" * 300, "hello, world\n" * 400, "凼、桷：罕见字\n" * 3]
)
def test_text_in_every_encoding_that_offices_use_is_text(tmp_path: Path, text: str, encoding: str) -> None:
    (tmp_path / "a.bin").write_bytes(text.encode(encoding))
    assert kind(tmp_path / "a.bin") == "text"
