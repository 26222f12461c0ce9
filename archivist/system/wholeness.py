"""Whether a file is plainly not written to its end (没有写完): by how files of its kind begin, end and are laid out.

Nothing is decoded: a few reads, each bounded. What cannot be told counts as written.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD_BYTES, TAIL_BYTES = 16, 1024
_MOST_DIRECTORIES, _MOST_STRIPS, _MOST_BOXES = 2000, 65_536, 1000

ENDS: tuple[tuple[bytes, Callable[[bytes], bool]], ...] = (
    (b"%PDF-", lambda tail: b"%%EOF" in tail),
    (b"\xff\xd8\xff", lambda tail: tail.rstrip(b"\0").endswith(b"\xff\xd9")),
    (b"\x89PNG", lambda tail: tail.endswith(b"IEND\xaeB`\x82")),
    (b"PK\x03\x04", lambda tail: b"PK\x05\x06" in tail),
)
"""How files begin, and how whole ones end."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAID_OUT = (b"II*\0", b"MM\0*", b"RIFF", b"BM", _OLE)
"""How files begin that say inside where their parts lie."""


def ends_whole(path: Path) -> bool:
    """Whether a file of a kind whose end is known has it."""
    return _asked(path, lambda file, size: ends(*_head_and_tail(file, size)) is True)


def looks_unfinished(path: Path) -> bool:
    """Whether a file plainly lacks bytes that its own beginning announces, or is nothing but reserved room yet."""
    return _asked(path, _unfinished)


def ends(head: bytes, tail: bytes) -> bool | None:
    """Whether a file with this beginning and end has the end of its kind; None where no end is known."""
    return next((whole(tail) for begin, whole in ENDS if head.startswith(begin)), None)


def has_a_beginning(path: Path) -> bool:
    """Whether a file begins as one of the kinds does that are known here."""
    return _asked(path, lambda file, size: _begins(file.read(HEAD_BYTES)))


def _begins(head: bytes) -> bool:
    return ends(head, b"") is not None or head.startswith(_LAID_OUT) or head[4:8] == b"ftyp"


def _asked(path: Path, question: Callable[[BinaryIO, int], bool]) -> bool:
    """Ask about a regular file; never through a link, never a pipe. No answer is no."""
    try:
        with _opened(path) as file:
            return question(file, os.fstat(file.fileno()).st_size)
    except (OSError, struct.error, ValueError):
        return False


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    with os.fdopen(os.open(path, flags), "rb") as file:
        yield file


def _head_and_tail(file: BinaryIO, size: int) -> tuple[bytes, bytes]:
    head = file.read(HEAD_BYTES)
    file.seek(max(size - TAIL_BYTES, 0))
    return head, file.read(TAIL_BYTES)


def _unfinished(file: BinaryIO, size: int) -> bool:
    head, tail = _head_and_tail(file, size)
    if not head.strip(b"\0"):  # made, or its room reserved, to be filled later
        return True
    whole = ends(head, tail)
    return _layout_lacks(file, size, head) if whole is None else not whole


def _layout_lacks(file: BinaryIO, size: int, head: bytes) -> bool:
    if head[:4] in {b"II*\0", b"MM\0*"}:
        return _tiff_lacks(file, size, "<" if head[:1] == b"I" else ">")
    if head[4:8] == b"ftyp":
        return _boxes_lack(file, size)
    if head[:4] == b"RIFF":
        return _number(head, "<I", 4) + 8 > size
    if head[:2] == b"BM":
        return size < _number(head, "<I", 2) and head[6:10] == bytes(4)
    return head.startswith(_OLE) and _ole_lacks(file, size)


def _number(data: bytes, form: str, at: int = 0) -> int:
    (number,) = struct.unpack_from(form, data, at)
    return int(number)


def _tiff_lacks(file: BinaryIO, size: int, order: str) -> bool:
    """Whether a directory of a TIFF, or the picture data it names, lies beyond the end of the file."""
    file.seek(4)
    at, seen = _number(file.read(4), f"{order}I"), 0
    if at == 0:
        return True
    while at and seen < _MOST_DIRECTORIES:
        if at + 6 > size:
            return True
        file.seek(at)
        count = _number(file.read(2), f"{order}H")
        entries = file.read(12 * count)
        if count == 0 or at + 6 + 12 * count > size:
            return True
        if _strips_lack(file, size, order, entries):
            return True
        file.seek(at + 2 + 12 * count)
        before, at, seen = at, _number(file.read(4), f"{order}I"), seen + 1
        if at == before:
            return False
    return False


def _strips_lack(file: BinaryIO, size: int, order: str, entries: bytes) -> bool:
    found: dict[int, list[int]] = {}
    for start in range(0, len(entries), 12):
        tag, kind, count = struct.unpack_from(f"{order}HHI", entries, start)
        if tag in {273, 279, 324, 325} and kind in {3, 4} and 0 < count <= _MOST_STRIPS:
            width, letter = (2, "H") if kind == 3 else (4, "I")
            data = entries[start + 8 : start + 8 + width * count]
            if width * count > 4:
                file.seek(_number(entries, f"{order}I", start + 8))
                data = file.read(width * count)
            if len(data) < width * count:
                return True
            found[tag] = list(struct.unpack(f"{order}{count}{letter}", data))
    pairs = ((273, 279), (324, 325))
    return any(
        start == 0 or start + length > size
        for starts, lengths in pairs
        for start, length in zip(found.get(starts, ()), found.get(lengths, ()), strict=False)
    )


def _boxes_lack(file: BinaryIO, size: int) -> bool:
    """Whether a box of a HEIC picture reaches beyond the end of the file, or the picture's own box is missing."""
    at, pictured = 0, False
    for _ in range(_MOST_BOXES):
        if at >= size:
            return at > size or not pictured
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            return True
        length, pictured = _number(head, ">I"), pictured or head[4:8] in {b"mdat", b"idat"}
        if length == 1:
            length = _number(head, ">Q", 8)
        if length == 0:  # to the end of the file, or room that is reserved yet
            return not head.strip(b"\0")
        if length < 8:  # nothing that we know
            return False
        at += length
    return False


def _ole_lacks(file: BinaryIO, size: int) -> bool:
    """Whether the tables of an older Office file lie beyond the end of the file."""
    file.seek(0)
    head = file.read(512)
    sector = 1 << _number(head, "<H", 30)
    if sector not in {512, 4096}:
        return False
    places = [_number(head, "<I", 48), *struct.unpack_from("<109I", head, 76)]
    return any((place + 1) * sector >= size for place in places if place < 0xFFFFFFFA)
