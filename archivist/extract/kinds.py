"""What a file is, by its content and never by its name (文件类型以内容为准).

Runs in the parent, so it reads only a bounded head and tail with plain byte comparisons: no parser sees the
file here.
"""

from __future__ import annotations

import re
import struct
from pathlib import Path

HEAD_BYTES = 4096
"""How much of the beginning `sniff` wants."""

_TAIL_BYTES = 1 << 20
_MAX_ENTRIES = 5000

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"II+\x00", "image"),
    (b"MM\x00+", "image"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"GIF8", "gif"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gz"),
    (b"BZh", "gz"),
    (b"\xfd7zXZ\x00", "gz"),
    (b"\x28\xb5\x2f\xfd", "gz"),
    (b"MSCF\0\0\0\0", "gz"),
    (b"\x7fELF", "executable"),
    (b"AC10", "drawing"),
    (b"ID3", "audio"),
    (b"OggS", "audio"),
    (b"fLaC", "audio"),
    (b"#!AMR", "audio"),
    (b"\x1a\x45\xdf\xa3", "video"),
    (b"\x00\x00\x01\xba", "video"),
    (b"FLV\x01", "video"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video"),
)
_MAIL = re.compile(
    rb"(?:(?:From|To|Subject|Date|Received|Return-Path|MIME-Version|Message-ID|X-[\w-]+): [^\n]*\n(?:[ \t][^\n]*\n)*){2}",
    re.I,
)
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})


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


def sniff(head: bytes, path: Path) -> str:
    """Return the kind of the file at ``path`` that begins with ``head`` (at least `HEAD_BYTES`, or all of
    it).

    pdf, docx, image (JPEG, PNG, TIFF, BMP, WebP), zip, ole (legacy .doc/.xls/.wps/.et, or an encrypted
    Office file), ofd, xlsx, pptx, odf, rtf, heic, avif, gif, rar, 7z, gz (and other packers), html, mail, text,
    video, audio, drawing, executable, empty or unknown.
    """
    if not head:
        return "empty"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_kind(_member_names(head, path))
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    return _by_structure(head)


def _by_structure(head: bytes) -> str:  # noqa: PLR0911 (one line a kind)
    # Scanners and mail gateways put bytes before the header; readers accept %PDF- within the first kilobyte.
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return "heic"
    if head[4:8] == b"ftyp" and head[8:12] in _AVIF_BRANDS:
        return "avif"
    if head[4:8] == b"ftyp":
        return "audio" if head[8:11] == b"M4A" else "video"
    if head[:4] == b"RIFF":
        return {b"WEBP": "image", b"WAVE": "audio", b"AVI ": "video"}.get(head[8:12], "unknown")
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0":
        return "image"
    if head[:2] == b"MZ" and b"PE\0\0" in head:
        return "executable"
    return _textual(head)


def _textual(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "html"
    if _MAIL.match(head):
        return "mail"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text"
    control = sum(byte < 32 and byte not in b"\t\r\n\f\x1b" for byte in head)
    return "unknown" if control else "text"


def _zip_kind(names: list[bytes]) -> str:
    found = set(names)
    if b"OFD.xml" in found:
        return "ofd"
    if b"[Content_Types].xml" in found or b"_rels/.rels" in found:
        for prefix, kind in ((b"word/", "docx"), (b"xl/", "xlsx"), (b"ppt/", "pptx")):
            if any(name.startswith(prefix) for name in found):
                return kind
    if names and names[0] == b"mimetype" and b"META-INF/manifest.xml" in found:
        return "odf"
    return "zip"


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
