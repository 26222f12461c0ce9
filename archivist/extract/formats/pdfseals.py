"""Red seals (公章) that lie as pictures or signature fields on a PDF's pages of text. A step for a disposable process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from archivist.core.page import SealMark

_LOOK_SIDE = 1000
"""Pixels along the longer side of a page that is looked at."""


def stamped(path: Path, numbers: tuple[int, ...]) -> dict[int, tuple[SealMark, ...]]:
    """Look at the pages ``numbers`` (1-based) for red seals; their arcs are not read.

    A page that cannot be drawn is missing from what is returned: nothing is known of its seals.
    """
    import pypdfium2 as pdfium

    found = {}
    with pdfium.PdfDocument(path) as document:
        for number in numbers:
            try:
                found[number] = _on_page(document, number)
            except MemoryError:
                raise
            except Exception:  # noqa: S112 (one bad page is not a bad document)
                continue
    return found


def _on_page(document: Any, number: int) -> tuple[SealMark, ...]:
    from archivist.extract.seeing.seals import find_seals

    page = document[number - 1]
    try:
        width, height = page.get_size()
        if not (0 < width < 1e6 and 0 < height < 1e6):
            return ()
        pixels = page.render(scale=_LOOK_SIDE / max(width, height), rev_byteorder=True).to_numpy()[..., :3]
    finally:
        page.close()
    high, wide = pixels.shape[:2]
    return tuple(
        SealMark(
            (max(left / wide, 0.0), max(top / high, 0.0), min(right / wide, 1.0), min(bottom / high, 1.0)),
            seal.confidence,
            seal.shape,
            seal.ink,
        )
        for seal in find_seals(pixels)
        if seal.ink == "red"
        for left, top, right, bottom in [seal.outline.bounds]
    )
