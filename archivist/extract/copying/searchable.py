"""Searchable archival copies (可检索的归档副本): the original's pages as they are, under them the text already recognised.

Made with pikepdf, whose `pdfa` part checks the result. Neither Ghostscript nor Tesseract is needed, nothing is recognised
again, and no image is written anew where PDF can hold it as it is. The original is only ever read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from archivist.core.model import TextSource
from archivist.core.page import Page
from archivist.extract import failures
from archivist.extract.clean import clean
from archivist.extract.failures import Refused
from archivist.extract.limits import Limits
from archivist.extract.processes.sandbox import Sandbox

_COMPARED_SIDE = 900
"""Pixels of the longer side when a page is looked at with and without its own text."""

_MAX_TITLE = 300

KINDS = ("pdf", "image", "heic")
"""What a copy can be made of, as sniffed."""


@dataclass(frozen=True, slots=True)
class SearchableCopy:
    """What became of a copy. ``note`` is "" for PDF/A-2b, else the Chinese sentence that says why it is not."""

    note: str = ""


def worth_copying(kind: str, pages: Sequence[Page]) -> bool:
    """Tell whether a file (sniffed kind, pages as read) has recognised text that a copy would make searchable."""
    return kind in KINDS and any(_recognised(page) for page in pages)


def make_searchable(
    source: Path,
    kind: str,
    pages: Sequence[Page],
    target: Path,
    limits: Limits,
    title: str,
    created: str,
    part: tuple[int, int] | None = None,
) -> SearchableCopy:
    """Write the searchable copy of ``source`` to ``target``, which appears whole or not at all.

    The same input gives the same bytes.

    Args:
        source: the original; PDF, JPEG, PNG, TIFF, BMP, WebP or HEIC.
        kind: what it was sniffed as, one of `KINDS`.
        pages: the pages as read; recognised ones get a text layer, the others stay as they are.
        target: where the copy goes; replaced if it exists. Its folder must exist.
        limits: what making it may cost.
        title: the document's title, for its properties.
        created: ISO 8601 date or moment for its properties; China's time unless it names a zone.
        part: first and last page (of the original, as in ``pages``) when only these are wanted.

    Raises:
        Refused: no copy can be made, with the sentence that says why; go on without one.
        ValueError: ``created`` is no date.
    """
    when = _conformance_moment(created)
    half = target.with_name(target.name + ".part")
    said = clean(title)[:_MAX_TITLE]
    try:
        note = Sandbox(limits, 1).run(
            searchable_step, source, kind, tuple(pages), half, limits, said, when, part
        )
        os.replace(half, target)  # noqa: PTH105 (says that it overwrites)
    except OSError:
        raise Refused(failures.SCRATCH_FULL) from None
    finally:
        half.unlink(missing_ok=True)
    return SearchableCopy(note)


def warm_up() -> None:
    """Load what every copy needs; in the fork server it is loaded once for all of them."""
    import io

    import pikepdf

    from archivist.extract.copying.conformance import finish, moment
    from archivist.extract.copying.textlayer import LayerFont

    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        _add_font(page, LayerFont(pdf, ["字"]).object)
        finish(pdf, io.BytesIO(), "", moment("2000-01-01"))


def _conformance_moment(created: str) -> datetime:
    from archivist.extract.copying.conformance import moment

    return moment(created)


def searchable_step(
    source: Path,
    kind: str,
    pages: tuple[Page, ...],
    target: Path,
    limits: Limits,
    title: str,
    created: datetime,
    part: tuple[int, int] | None = None,
) -> str:
    """Make the copy in this process; the body of `make_searchable`. Returns `SearchableCopy.note`."""
    from archivist.extract.copying.conformance import finish

    with _opened(source, kind, limits, part) as pdf:
        _add_text(pdf, pages if part is None else _renumbered(pages, *part))
        return finish(pdf, target, title, created)


def _renumbered(pages: tuple[Page, ...], first: int, last: int) -> tuple[Page, ...]:
    return tuple(
        replace(page, number=page.number - first + 1) for page in pages if first <= page.number <= last
    )


@contextmanager
def _opened(source: Path, kind: str, limits: Limits, part: tuple[int, int] | None) -> Iterator[Any]:
    """Open the original, or some of its pages, as a document to be changed in memory."""
    import pikepdf

    from archivist.extract.copying.conformance import without_actions
    from archivist.extract.copying.pictured import add_pages
    from archivist.extract.formats.heic import HEIF, register_heic
    from archivist.extract.formats.image import FORMATS
    from archivist.extract.formats.pdf import check_page_count

    if kind in ("image", "heic"):
        if kind == "heic":
            register_heic()
        with pikepdf.new() as pdf:
            add_pages(pdf, source, limits, part, FORMATS if kind == "image" else (HEIF,))
            yield pdf
        return
    if kind != "pdf":
        raise Refused(failures.unsupported(kind))
    try:
        opened = pikepdf.open(source)
    except pikepdf.PasswordError:
        raise Refused(failures.PDF_PASSWORD) from None
    with opened as pdf:
        check_page_count(len(pdf.pages), limits)
        without_actions(pdf)
        if part is None:
            yield pdf
            return
        with pikepdf.new() as alone:
            alone.pages.extend(pdf.pages[part[0] - 1 : part[1]])
            yield alone


def _recognised(page: Page) -> bool:
    return page.text_source is TextSource.OCR and any(line.box for line in page.lines)


def _add_text(pdf: Any, pages: tuple[Page, ...]) -> None:
    """Turn recognised pages upright and lay their text under them."""
    from archivist.extract.copying.textlayer import LayerFont

    recognised = [page for page in pages if _recognised(page)]
    if any(not 1 <= page.number <= len(pdf.pages) for page in recognised):
        raise Refused(failures.DAMAGED)
    if not recognised:
        return
    font = LayerFont(pdf, [line.text for page in recognised for line in page.lines])
    for page in recognised:
        sheet = pdf.pages[page.number - 1]
        _silence(pdf, sheet)
        _add_layer(pdf, sheet, page, font)


def _add_layer(pdf: Any, sheet: Any, page: Page, font: Any) -> None:
    """Put the text before the page's content: there the coordinates are still the page's own."""
    import pikepdf

    frame = _frame(sheet, page.rotation)
    name = _add_font(sheet, font.object)
    contents = sheet.obj.get("/Contents")
    before = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    layer = pdf.make_stream(font.layer(page.lines, frame, name))
    sheet.obj.Contents = pikepdf.Array(
        [layer, *(part for part in before if isinstance(part, pikepdf.Stream))]
    )
    sheet.obj.Rotate = frame.turn


def _frame(sheet: Any, rotation: int) -> Any:
    """Return what of the page is shown, as pdfium saw it when the page was recognised, turned upright."""
    from archivist.extract.copying.textlayer import Frame

    x0, y0, x1, y1 = _sides(sheet.mediabox)
    left, bottom, right, top = _sides(sheet.cropbox)
    turn = int(sheet.obj.get("/Rotate", 0)) // 90 * 90
    seen = max(x0, left), max(y0, bottom), min(x1, right), min(y1, top)
    if seen[0] >= seen[2] or seen[1] >= seen[3]:
        raise Refused(failures.DAMAGED)
    return Frame(*seen, (turn + rotation) % 360)


def _sides(box: Any) -> tuple[float, float, float, float]:
    a, b, c, d = (float(side) for side in box)
    return min(a, c), min(b, d), max(a, c), max(b, d)


def _add_font(sheet: Any, font: Any) -> str:
    """Name the font in resources of the page's own: the dictionaries may be shared with other pages."""
    import pikepdf

    resources = pikepdf.Dictionary(dict(sheet.resources.items()))
    known = resources.get("/Font")
    fonts = pikepdf.Dictionary(dict(known.items()) if isinstance(known, pikepdf.Dictionary) else {})
    name = "/Recognised"
    while name in fonts:
        name += "_"
    fonts[name] = font
    resources.Font = fonts
    sheet.obj.Resources = resources
    return name


def _silence(pdf: Any, sheet: Any) -> None:
    """Take out the text that recognition replaced, so that a search does not hit it."""
    from archivist.extract.copying.foreigntext import has_text, silence

    if has_text(sheet):
        silence(pdf, sheet, _look)


def _look(sheet: Any) -> bytes:
    """Render a page by itself, small."""
    import io

    import pikepdf
    import pypdfium2 as pdfium

    written = io.BytesIO()
    with pikepdf.new() as alone:
        alone.pages.append(sheet)
        alone.save(written)
    with pdfium.PdfDocument(written.getvalue()) as document:
        page = document[0]
        scale = min(_COMPARED_SIDE / max(*page.get_size(), 1.0), 300 / 72)
        return bytes(page.render(scale=scale).buffer)
