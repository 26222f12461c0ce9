"""What a file is, by its content and never by its name (文件类型以内容为准).

Runs in the parent, so it reads only a bounded head and tail with plain byte comparisons: no parser sees the
file here.
"""

from __future__ import annotations

import re
import struct
from pathlib import Path

from archivist.extract.formats.foreign import (
    boxed_kind,
    by_beginning,
    is_program,
    pictures_of_machines,
    text_kind,
)

HEAD_BYTES = 4096
"""How much of the beginning `sniff` wants."""

_TAIL_BYTES = 1 << 20
_MAX_ENTRIES = 5000
_LARGE = 0xFFFFFFFF

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"II+\x00", "image"),
    (b"MM\x00+", "image"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
)
_MOST_TEXT_CONTROLS = frozenset(b"\t\r\n\f\x1b\x08\x1a")
_SPANNED = (b"PK00PK\x03\x04", b"PK\x07\x08PK\x03\x04")
_TARGA_FOOT = b"TRUEVISION-XFILE.\0"


_SUFFIXES: dict[str, tuple[str, ...]] = {
    "pdf": (".pdf",),
    "ofd": (".ofd",),
    "docx": (".docx", ".docm", ".dotx"),
    "xlsx": (".xlsx", ".xlsm"),
    "pptx": (".pptx",),
    "rtf": (".rtf", ".doc"),
    "heic": (".heic", ".heif"),
}
_PICTURES: tuple[tuple[bytes, tuple[str, ...]], ...] = (
    (b"\xff\xd8\xff", (".jpg", ".jpeg", ".jpe", ".jfif")),
    (b"\x89PNG", (".png",)),
    (b"II", (".tif", ".tiff")),
    (b"MM", (".tif", ".tiff")),
    (b"BM", (".bmp",)),
    (b"RIFF", (".webp",)),
)


def suffixes(head: bytes, kind: str) -> tuple[str, ...]:
    """Return the extensions with which people's programs open a file of ``kind`` (from `sniff`) that begins with
    ``head``, the usual one first; empty when the content does not decide it.
    """
    if kind == "image":
        return next((fitting for magic, fitting in _PICTURES if head.startswith(magic)), ())
    return _SUFFIXES.get(kind, ())


def kind_at(path: Path) -> str:
    """Return the kind of a whole file, as `sniff` tells it."""
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    return sniff(head, path)


def sniff(head: bytes, path: Path) -> str:
    """Return the kind of the file at ``path`` that begins with ``head`` (at least `HEAD_BYTES`, or all of
    it).

    What is read: pdf, docx, image (JPEG, PNG, TIFF, BMP, WebP), zip, ole (legacy .doc/.xls/.wps/.et, or an
    encrypted Office file), ofd, xlsx, odf, rtf, heic. What is only named (`foreign`): pptx, gif, avif, rar, 7z, gz
    (and other packers), html, mail, text, video … Else empty or unknown.
    """
    if not head:
        return "empty"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", *_SPANNED)):
        return _zip_kind(_member_names(head, path))
    if kind := pictures_of_machines(head):
        return kind  # built like TIFF, or with a TIFF header before them
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    return _by_structure(head) or _by_tail(_tail(path))


def _by_structure(head: bytes) -> str:  # noqa: PLR0911 (one line a kind)
    if head[4:8] == b"ftyp":
        return boxed_kind(head)
    if head[:4] == b"RIFF" and head[8:12] in _RIFFS:
        return _RIFFS[head[8:12]]
    if head[:2] == b"BM" and (head[6:10] == b"\0\0\0\0" or head[14:18] in _BITMAP_HEADERS):
        return "image"
    if is_program(head):
        return "executable"
    if kind := by_beginning(head):
        return kind
    # Scanners and mail gateways put bytes before the header; readers accept %PDF- within the first kilobyte.
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or _MOST_TEXT_CONTROLS.issuperset(
        byte for byte in head if byte < 32
    ):
        return text_kind(head)
    return ""


_RIFFS = {b"WEBP": "image", b"WAVE": "audio", b"AVI ": "video", b"ACON": "icon", b"RMID": "audio"}
_BITMAP_HEADERS = tuple(struct.pack("<I", size) for size in (12, 40, 52, 56, 64, 108, 124))


def _by_tail(tail: bytes) -> str:
    """What the end of a file tells whose beginning tells nothing: an archive with something before it, a Targa picture."""
    if tail.endswith(_TARGA_FOOT):
        return "picture"
    names = _central_names(tail)
    return _zip_kind(names) if names else "unknown"


def _zip_kind(names: list[bytes]) -> str:
    found = set(names)
    if b"OFD.xml" in found:
        return "ofd"
    if b"[Content_Types].xml" in found or b"_rels/.rels" in found:
        for prefix, kind in ((b"word/", "docx"), (b"xl/", "xlsx"), (b"ppt/", "pptx")):
            if any(name.startswith(prefix) for name in found):
                return kind
    if b"META-INF/manifest.xml" in found and (names[0] == b"mimetype" or b"content.xml" in found):
        return "odf"
    return next((kind for mark, kind in _PACKAGES if any(map(mark.match, names))), "zip")


_PACKAGES: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"META-INF/container\.xml\Z"), "ebook"),
    (re.compile(rb"(?:FixedDocSeq|FixedDocumentSequence)\.fdseq\Z", re.I), "xps"),
    (re.compile(rb"visio/document\.xml\Z"), "visio"),
    (re.compile(rb"Index/Document\.iwa\Z|Index\.zip\Z|index\.(?:apxl|xml)\.gz\Z|index\.apxl\Z"), "iwork"),
    (re.compile(rb"(?:classes\.dex|[\w./$-]+\.class)\Z"), "executable"),
)
"""Programs' own files that are packed as ZIP: names of members that give them away."""


def _member_names(head: bytes, path: Path) -> list[bytes]:
    names = _central_names(_tail(path))
    return names or _local_names(head)


def _tail(path: Path) -> bytes:
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - _TAIL_BYTES))
        return stream.read(_TAIL_BYTES)


def _central_names(tail: bytes) -> list[bytes]:
    """Names in the central directory, as far as it lies in ``tail``."""
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) - end < 22:
        return []
    size = struct.unpack_from("<I", tail, end + 12)[0]
    large = tail.rfind(b"PK\x06\x06", 0, end)
    if (
        large >= 0 and tail[end - 20 : end - 16] == b"PK\x06\x07" and large + 48 <= end
    ):  # ZIP64 stands between
        size = struct.unpack_from("<Q", tail, large + 40)[0] if size == _LARGE else size
        end = large
    at = max(end - size, 0)
    names: list[bytes] = []
    while len(names) < _MAX_ENTRIES and tail[at : at + 4] == b"PK\x01\x02" and at + 46 <= end:
        name, extra, comment = struct.unpack_from("<HHH", tail, at + 28)
        names.append(tail[at + 46 : at + 46 + name])
        at += 46 + name + extra + comment
    return names


def _local_names(head: bytes) -> list[bytes]:
    """Names in the local headers within ``head``: all that is left of an archive that was cut off."""
    names: list[bytes] = []
    at = head.find(b"PK\x03\x04")
    while at >= 0 and at + 30 <= len(head) and len(names) < _MAX_ENTRIES:
        length = struct.unpack_from("<H", head, at + 26)[0]
        names.append(head[at + 30 : at + 30 + length])
        at = head.find(b"PK\x03\x04", at + 30)
    return names


READABLE_ELSEWHERE = frozenset(
    {
        "ole",
        "ofd",
        "xlsx",
        "ppt",
        "pptx",
        "odf",
        "rtf",
        "heic",
        "gif",
        "avif",
        "psd",
        "jp2",
        "picture",
        "raw",
        "svg",
        "djvu",
        "postscript",
        "xps",
        "visio",
        "publisher",
        "iwork",
        "oldword",
        "oldtable",
        "wordxml",
        "tablexml",
        "flatodf",
    }
)
"""Kinds this software cannot read, but people can: filed where a person puts them."""
