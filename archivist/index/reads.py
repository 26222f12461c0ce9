"""What was read off each original (识读结果), kept in files by the original's sha256: a page is recognised once.

``.archivist/reads/ab/<sha256>-<digest>.json.z`` holds the pages with their lines, boxes and seals. The digest is over
what the index keeps of them (number, text, where it came from, rotation) and stands in the source's row, so that the
log of events vouches for the text. Files are never written over; they can be made again from the original.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from archivist.core.model import TextSource
from archivist.core.page import Hand, Line, Page, SealMark
from archivist.errors import StoreError
from archivist.index.notation import to_json

_MOST_BYTES = 1 << 30


def digest_of(pages: Iterable[Page]) -> str:
    """The sha256 over what the index keeps of ``pages``."""
    kept = [[page.number, page.text, page.text_source.value, page.rotation] for page in pages]
    return hashlib.sha256(to_json(kept).encode("utf-8", "surrogatepass")).hexdigest()


class Reads:
    """The kept reads of one store, below ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str, digest: str) -> Path:
        """Where a read stands."""
        return self.folder / sha256[:2] / f"{sha256}-{digest[:16]}.json.z"

    def put(self, sha256: str, pages: Sequence[Page]) -> str:
        """Keep what was read off the original ``sha256``; return its digest. StoreError when the disk refuses."""
        digest = digest_of(pages)
        target = self.path(sha256, digest)
        temp = target.with_name(f".archivist-{uuid4().hex}")
        try:
            if not target.exists():
                self.folder.mkdir(exist_ok=True)  # not its parents: a share may have gone away
                target.parent.mkdir(exist_ok=True)
                temp.write_bytes(_packed(pages))
                temp.replace(target)
        except OSError as error:
            with suppress(OSError):
                temp.unlink(missing_ok=True)
            raise StoreError(f"识读结果写不进去（{_reason(error)}）。收到的文件都在，没有丢失。") from error
        return digest

    def get(self, sha256: str, digest: str) -> list[Page] | None:
        """The pages of a read; None when its file is not there or no longer what it was."""
        pages = _unpacked(self.path(sha256, digest))
        return pages if pages is not None and digest_of(pages) == digest else None

    def any_of(self, sha256: str) -> list[Page] | None:
        """The pages of the latest whole read of an original, where nobody remembers its digest."""
        try:
            found = sorted(
                (self.folder / sha256[:2]).glob(f"{sha256}-*.json.z"), key=lambda path: path.stat().st_mtime
            )
        except OSError:
            return None
        for path in reversed(found):
            pages = _unpacked(path)
            if pages is not None and path == self.path(sha256, digest_of(pages)):
                return pages
        return None


def _unpacked(path: Path) -> list[Page] | None:
    try:
        data = zlib.decompressobj().decompress(path.read_bytes(), _MOST_BYTES)
        return [_page(record) for record in json.loads(data)["pages"]]
    except (OSError, ValueError, KeyError, TypeError, zlib.error):
        return None


def _reason(error: OSError) -> str:
    import errno

    return "磁盘空间不足，请清理磁盘" if error.errno == errno.ENOSPC else os.strerror(error.errno or 0)


def _packed(pages: Sequence[Page]) -> bytes:
    told = {"format": "archivist 识读结果 1", "pages": [_page_record(page) for page in pages]}
    return zlib.compress(to_json(told).encode("utf-8", "surrogatepass"), 1)


def _page_record(page: Page) -> dict[str, Any]:
    lines = [[line.text, _rounded(line.box), round(line.confidence, 3), line.hand] for line in page.lines]
    seals = [[_rounded(s.box), s.confidence, s.shape, s.ink, s.text, s.text_confidence] for s in page.seals]
    return {
        "number": page.number,
        "lines": lines,
        "text_source": page.text_source.value,
        "rotation": page.rotation,
        "blank": page.blank,
        "colour": page.colour,
        "note": page.note,
        "seals": seals,
        "strokes": [_rounded(box) for box in page.strokes],
        "hands": None if page.hands is None else [[_rounded(hand.box), hand.sure] for hand in page.hands],
        "looked": page.looked,
        "pixels": page.pixels,
        "paper": page.paper,
    }


def _rounded(box: Sequence[float] | None) -> list[float] | None:
    return None if box is None else [round(float(edge), 4) for edge in box]


def _page(record: dict[str, Any]) -> Page:
    return Page(
        number=record["number"],
        lines=tuple(Line(text, _box(box), *rest) for text, box, *rest in record["lines"]),
        text_source=TextSource(record["text_source"]),
        rotation=record["rotation"],
        blank=record["blank"],
        colour=record["colour"],
        note=record["note"],
        seals=tuple(SealMark(tuple(box), *rest) for box, *rest in record["seals"]),
        strokes=tuple(tuple(box) for box in record["strokes"]),
        hands=_hands(record.get("hands")),
        looked=record["looked"],
        pixels=record.get("pixels", 0),
        paper=record.get("paper", 1.0),
    )


def _hands(record: list[Any] | None) -> tuple[Hand, ...] | None:
    """None in reads of an earlier edition, too: then nobody judged."""
    return None if record is None else tuple(Hand(tuple(box), sure) for box, sure in record)


def _box(box: list[float] | None) -> Any:
    return None if box is None else tuple(box)
