"""Papers as files: scans in a PDF or TIFF, photos, Word files, two pages on one A3."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random
from typing import IO, Any

from PIL import Image

from tests.bench.second.blocks import Block, Close, Head, Imprint, Paper, Para, Parties, Roll, Rows, Sign

_MADE = 1_733_443_200
"""When every PDF says it was made: 6 December 2024."""


def save_pdf(pages: list[Image.Image], path: Path | IO[bytes], dpi: int, quality: int) -> None:
    """Page images as a PDF; the same bytes whenever it is made, so that what was read of it can be kept."""
    ready = [page if page.mode in {"1", "L"} else page.convert("RGB") for page in pages]
    how: dict[str, Any] = {} if any(page.mode == "1" for page in ready) else {"quality": quality}
    made = time.gmtime(_MADE)
    ready[0].save(
        path,
        "PDF",
        save_all=True,
        append_images=ready[1:],
        resolution=dpi,
        creationDate=made,
        modDate=made,
        **how,
    )


def save_tiff(pages: list[Image.Image], path: Path, dpi: int) -> None:
    """Page images as one TIFF."""
    ready = [page.convert("RGB") for page in pages]
    ready[0].save(path, "TIFF", save_all=True, append_images=ready[1:], compression="jpeg", dpi=(dpi, dpi))


def save_photo(page: Image.Image, path: Path, quality: int, taken: str = "") -> None:
    """A JPEG; ``taken``: when the camera says so (EXIF), 2024:12:03 15:22:10."""
    exif = Image.Exif()
    if taken:
        exif[0x0132] = taken
        exif.get_ifd(0x8769)[0x9003] = taken
    page.convert("RGB").save(path, "JPEG", quality=quality, exif=exif)


def side_by_side(pages: list[Image.Image]) -> Image.Image:
    """Two A4 pages on one A3."""
    left, right = pages
    sheet = Image.new("RGB", (left.width + right.width, max(left.height, right.height)), (255, 255, 255))
    sheet.paste(left.convert("RGB"), (0, 0))
    sheet.paste(right.convert("RGB"), (left.width, 0))
    return sheet


def save_docx(paper: Paper, path: Path, chance: Random) -> None:
    """The paper as an editable Word file: no ink, no seals."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    book = Document()
    for block in paper.blocks:
        if isinstance(block, Rows):
            table = book.add_table(rows=0, cols=len(block.widths))
            table.style = "Table Grid"
            for row in block.rows:
                cells = table.add_row().cells
                column = 0
                for cell in row:
                    cells[column].text = cell.text + ("\n" + cell.tail if cell.tail else "")
                    if cell.across > 1:
                        cells[column].merge(cells[min(column + cell.across, len(cells)) - 1])
                    column += cell.across
            continue
        for text, place in _lines(block):
            line = book.add_paragraph(text)
            if place != "left":
                line.alignment = WD_ALIGN_PARAGRAPH.CENTER if place == "centre" else WD_ALIGN_PARAGRAPH.RIGHT
    book.save(str(path))


def _lines(block: Block) -> list[tuple[str, str]]:
    if isinstance(block, Head):
        return [(block.text.replace("\n", ""), "centre")]
    if isinstance(block, Para):
        return [(block.text, block.align)]
    if isinstance(block, Sign):
        return [
            (
                "　　".join(label + (name if how == "print" else "") for label, name, how in block.places),
                "left",
            )
        ]
    if isinstance(block, Roll):
        return [(block.label + ("、".join(block.names) if not block.ink else ""), "left")]
    if isinstance(block, Close):
        return [(line, "right") for line in block.lines]
    if isinstance(block, Imprint):
        return [(line.replace("\t", "　　"), "left") for line in block.lines]
    if isinstance(block, Parties):
        found = []
        for label, name, _, signer, how, date in block.sides:
            found += [
                (label + name, "left"),
                (block.signer + (signer if how == "print" else ""), "left"),
                (date, "left"),
            ]
        return found
    return []
