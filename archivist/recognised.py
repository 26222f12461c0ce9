"""What was recognised, line by line with boxes, kept below ``.archivist/recognised``: a page is recognised once.

One compressed JSON file a source, named by the sha256 of its bytes. It can be lost: then the source is read again.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from archivist.core.model import Line, Page, TextSource
from archivist.store import Store

_EDITION = 1
_MOST_BYTES = 256 << 20


def keep_pages(store: Store, sha256: str, pages: Sequence[Page]) -> None:
    """Keep what was recognised of a source; nothing when nothing was."""
    if not any(page.text_source is TextSource.OCR for page in pages):
        return
    told = {"edition": _EDITION, "pages": [_told(page) for page in pages]}
    words = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    store.write_status(gzip.compress(words, 6, mtime=0), _path(store, sha256))


def kept_pages(store: Store, sha256: str) -> tuple[Page, ...] | None:
    """Return the pages as they were kept; None when they are not there or not readable."""
    try:
        with gzip.open(_path(store, sha256)) as stream:
            told = json.loads(stream.read(_MOST_BYTES))
        if told["edition"] != _EDITION:
            return None
        return tuple(_page(record) for record in told["pages"])
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError):
        return None


def _path(store: Store, sha256: str) -> Path:
    return store.private / "recognised" / sha256[:2] / f"{sha256}.json.gz"


def _told(page: Page) -> dict[str, Any]:
    return {
        "number": page.number,
        "source": page.text_source.value,
        "rotation": page.rotation,
        "lines": [[line.text, line.box, line.confidence] for line in page.lines],
    }


def _page(record: dict[str, Any]) -> Page:
    lines = tuple(Line(str(text), _box(box), float(confidence)) for text, box, confidence in record["lines"])
    return Page(int(record["number"]), lines, TextSource(record["source"]), rotation=int(record["rotation"]))


def _box(sides: Sequence[float] | None) -> tuple[float, float, float, float] | None:
    if sides is None:
        return None
    left, top, right, bottom = (float(side) for side in sides)
    return left, top, right, bottom
