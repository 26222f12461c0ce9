"""PDF steps, run in disposable processes: look at every page, then render those that need recognition.

pdfium reads; where it cannot open a file or a page, pypdf is asked for the text alone.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archivist.core.model import Box
from archivist.core.page import Line, SealMark
from archivist.extract import failures
from archivist.extract.clean import clean, close_gaps, letters, trustworthy
from archivist.extract.failures import Refused
from archivist.extract.formats.fields import Placed, filled_lines, prepare_form
from archivist.extract.formats.fontless import without_fonts
from archivist.extract.limits import LONGEST_SIDE, Limits
from archivist.extract.seeing.layout import reading_order, turned_box
from archivist.extract.seeing.picture import Picture

_MAX_CHARS = 60_000
FEW_LETTERS = 60
SCAN_COVERAGE = 0.8
PICTURE_COVERAGE = 0.25
_MAX_DPI = 300
_MOST_PIXELS = 100_000
_GRID = 24
_MAX_ANNOTATIONS = 1000


@dataclass(frozen=True, slots=True)
class Probe:
    """One page as pdfium sees it. ``scan`` says that it must be rendered and perhaps recognised.

    ``sparse`` marks a believable but short text: it is kept when recognition does not find more.
    """

    number: int
    lines: tuple[Line, ...] = ()
    scan: bool = False
    sparse: bool = False
    bilevel: bool = False
    note: str = ""
    seals: tuple[SealMark, ...] = ()
    """Electronic seals: known without looking (OFD), or pictures on a page of text (PDF)."""
    pictured: bool = False
    """A page of text with pictures or fields on it: to be looked at for seals."""
    pinned: int = 0
    """Files pinned to the page (附件批注)."""
    captured: int = 0
    """Longest side of the page in pixels of the picture it was scanned as; 0 where that is not known."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """A PDF looked through: its pages and document properties. ``renderable`` is False when only pypdf could
    read; ``attachments`` counts the files within it.
    """

    probes: tuple[Probe, ...]
    properties: dict[str, str]
    renderable: bool = True
    attachments: int = 0


def inspect_pdf(path: Path, limits: Limits) -> Inspection | None:
    """Step 1: page count, native text with boxes, and whether each page is a scan; None if pdfium cannot open it.

    Does without the computer's fonts, and without any but light libraries. See `stamped` for pages that are
    ``pictured``, `inspect_with_pypdf` for None.

    Raises:
        Refused: password, no pages, too many pages.
    """
    import pypdfium2 as pdfium

    without_fonts()
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        words = str(error).lower()
        if "password" in words:
            raise Refused(failures.PDF_PASSWORD) from None
        if "security" in words:
            raise Refused(failures.PDF_LOCKED) from None
        return None
    with document:
        prepare_form(document)
        check_page_count(len(document), limits)
        fallback = _Fallback(path)
        probes = tuple(_probe(document, index, fallback) for index in range(len(document)))
        properties = _properties(document.get_metadata_dict(skip_empty=True))
        return Inspection(probes, properties, attachments=_attachments(document, probes))


def _attachments(document: Any, probes: tuple[Probe, ...]) -> int:
    from pypdfium2 import raw

    return max(int(raw.FPDFDoc_GetAttachmentCount(document)), 0) + sum(probe.pinned for probe in probes)


def check_page_count(pages: int, limits: Limits) -> None:
    """Refuse a document without pages or with too many."""
    if pages == 0:
        raise Refused(failures.NO_PAGES)
    if pages > limits.max_pages:
        raise Refused(failures.too_many_pages(pages, limits.max_pages))


def _properties(raw: dict[str, Any]) -> dict[str, str]:
    cleaned = {clean(str(key))[:80]: clean(str(value))[:2000] for key, value in list(raw.items())[:100]}
    return {key: value for key, value in cleaned.items() if key and value}


def _probe(document: Any, index: int, fallback: _Fallback) -> Probe:
    number = index + 1
    try:
        with _page(document, index) as page:
            lines = _native_lines(page, filled_lines(document, page))
            images, coverage, bilevel, captured = _images(page)
            noted, pinned = _annotations(page)
    except MemoryError:
        raise
    except Exception:  # one bad page is not a bad document
        lines = fallback.lines(index)
        return Probe(number, lines, scan=not lines, note="" if lines else "这一页无法读取")
    text = close_gaps("\n".join(line.text for line in lines))
    if not trustworthy(text) or coverage >= SCAN_COVERAGE:
        return Probe(number, (), scan=True, bilevel=bilevel, pinned=pinned, captured=captured)
    sparse = letters(text) < FEW_LETTERS
    bilevel = bilevel and coverage > PICTURE_COVERAGE
    pictured = images + noted > 0  # a signature field may show a seal (电子公章)
    return Probe(number, lines, scan=sparse, sparse=sparse, bilevel=bilevel, pinned=pinned, pictured=pictured)


@contextmanager
def _page(document: Any, index: int) -> Iterator[Any]:
    page = document[index]
    try:
        yield page
    finally:
        page.close()


def _native_lines(page: Any, filled: Iterable[Placed] = ()) -> tuple[Line, ...]:
    textpage = page.get_textpage()
    try:
        segments = [*_segments(textpage), *filled]
    finally:
        textpage.close()
    to_fraction = _to_fraction(page)
    placed = [(text, to_fraction(box)) for text, box in segments if text]
    order = reading_order([box for _, box in placed])
    return tuple(Line(close_gaps(placed[i][0]), placed[i][1]) for i in order)


def _segments(textpage: Any) -> Iterator[tuple[str, list[float]]]:
    """Runs of characters up to each line break pdfium sees, with their bounds (left, bottom, right, top) in
    points.

    The text is fetched at once and the bounds by run: a call for every character costs six times as much.
    """
    units = _units(textpage)
    start = 0
    for end in [*(at for at, unit in enumerate(units) if unit in (10, 13)), len(units)]:
        if end > start and (box := _bounds(textpage, start, end)):
            yield clean(units[start:end].tobytes().decode("utf-16", "replace")), box
        start = end + 1


def _units(textpage: Any) -> memoryview[int]:
    """The page's text as UTF-16 units in this machine's order."""
    from pypdfium2 import raw

    count = min(textpage.count_chars(), _MAX_CHARS)
    if count <= 0:
        return memoryview(b"").cast("H")
    buffer = (ctypes.c_ushort * (2 * count + 1))()  # a character beyond the first plane takes two
    written = raw.FPDFText_GetText(textpage, 0, count, buffer)
    return memoryview(bytes(buffer)).cast("H")[: max(min(written, len(buffer)) - 1, 0)]


def _bounds(textpage: Any, start: int, end: int) -> list[float]:
    """What the units ``start``..``end`` (exclusive) cover; empty when nothing of it is to be seen."""
    from pypdfium2 import raw

    first = raw.FPDFText_GetCharIndexFromTextIndex(textpage, start)
    last = raw.FPDFText_GetCharIndexFromTextIndex(textpage, end - 1)
    box: list[float] = []
    if first < 0 or last < first:
        return box
    left, top, right, bottom = (ctypes.c_double() for _ in range(4))
    refs = [ctypes.byref(corner) for corner in (left, top, right, bottom)]
    for index in range(raw.FPDFText_CountRects(textpage, first, last - first + 1)):
        if raw.FPDFText_GetRect(textpage, index, *refs) and right.value > left.value:
            box = _grown(box, left.value, bottom.value, right.value, top.value)
    return _with_height(textpage, first, last, box) if box else box


def _with_height(textpage: Any, first: int, last: int, box: list[float]) -> list[float]:
    """Characters of a font that is not embedded have no shape here: they are as high as the document says of the font."""
    from pypdfium2 import raw

    sides = raw.FS_RECTF()
    for index in (first, last):
        font = raw.FPDFTextObj_GetFont(raw.FPDFText_GetTextObject(textpage, index))
        if raw.FPDFFont_GetIsEmbedded(font) != 1 and raw.FPDFText_GetLooseCharBox(textpage, index, sides):
            box = _grown(box, box[0], sides.bottom, box[2], sides.top)
    return box


def _grown(box: list[float], left: float, bottom: float, right: float, top: float) -> list[float]:
    if not box:
        return [left, bottom, right, top]
    return [min(box[0], left), min(box[1], bottom), max(box[2], right), max(box[3], top)]


def _to_fraction(page: Any) -> Any:
    """Return the map from page points to fractions of the page as it is shown (``/Rotate`` applied)."""
    x0, y0, x1, y1 = page.get_cropbox()
    width, height = max(x1 - x0, 1e-6), max(y1 - y0, 1e-6)
    turn = page.get_rotation() % 360

    def convert(box: list[float]) -> tuple[float, float, float, float]:
        left, right = (box[0] - x0) / width, (box[2] - x0) / width
        top, bottom = 1 - (box[3] - y0) / height, 1 - (box[1] - y0) / height
        shown = turned_box((left, top, right, bottom), turn)
        a, b, c, d = (round(min(max(side, 0.0), 1.0), 4) for side in shown)
        return a, b, c, d

    return convert


def _images(page: Any) -> tuple[int, float, bool, int]:
    """How many images are on the page, the share of it under them (strips add up, overlaps do not), whether all of them are
    1-bit, and how many pixels the page's longer side would have if it were all as fine as the largest of them.
    """
    from pypdfium2 import raw

    x0, y0, x1, y1 = page.get_cropbox()
    width, height = max(x1 - x0, 1e-6), max(y1 - y0, 1e-6)
    boxes: list[Box] = []
    depths = set()
    largest, fineness = 0.0, 0.0
    for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=5):
        left, bottom, right, top = image.get_bounds()
        boxes.append(((left - x0) / width, (bottom - y0) / height, (right - x0) / width, (top - y0) / height))
        found = image.get_metadata()
        depths.add(found.bits_per_pixel)
        area = max(right - left, 0.0) * max(top - bottom, 0.0)
        if area > largest:
            largest, fineness = area, math.sqrt(found.width * found.height / area)
    return (
        len(boxes),
        covered_share(boxes),
        depths == {1},
        min(int(fineness * max(width, height)), _MOST_PIXELS),
    )


def _annotations(page: Any) -> tuple[int, int]:
    """How many annotations are on the page, and how many of them pin a file to it."""
    from pypdfium2 import raw

    count, pinned = raw.FPDFPage_GetAnnotCount(page), 0
    for number in range(min(count, _MAX_ANNOTATIONS)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        if annotation:
            pinned += raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_FILEATTACHMENT
            raw.FPDFPage_CloseAnnot(annotation)
    return max(count, 0), pinned


def covered_share(boxes: list[Box]) -> float:
    """Return the share of a page that boxes (fractions of it) cover together."""
    covered = bytearray(_GRID * _GRID)
    for left, top, right, bottom in boxes:
        columns = _cells(left, right)
        for row in _cells(top, bottom):
            for column in columns:
                covered[row * _GRID + column] = 1
    return sum(covered) / len(covered)


def _cells(low: float, high: float) -> range:
    """Grid cells whose centre lies between two fractions."""
    return range(max(0, int(low * _GRID + 0.5)), min(_GRID, int(high * _GRID + 0.5)))


class _Fallback:
    """pypdf on the same file, opened only if a page needs it; gives text without boxes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._reader: Any = None

    def lines(self, index: int) -> tuple[Line, ...]:
        try:
            if self._reader is None:
                from pypdf import PdfReader

                self._reader = PdfReader(self._path)
            return text_lines(self._reader.pages[index].extract_text())
        except MemoryError:
            raise
        except Exception:  # see the measured list of what pypdf raises: anything
            return ()


def text_lines(text: str) -> tuple[Line, ...]:
    """Cut plain text into clean lines without boxes; nothing if it cannot be believed."""
    lines = tuple(Line(line) for raw_line in text[:_MAX_CHARS].splitlines() if (line := clean(raw_line)))
    return lines if trustworthy("".join(line.text for line in lines)) else ()


def inspect_with_pypdf(path: Path, limits: Limits) -> Inspection:
    """Step 1 for a file that pdfium cannot open: text without boxes, and nothing can be rendered.

    Raises:
        Refused: password, damage, no pages, too many pages.
    """
    from pypdf import PdfReader

    reader = PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refused(failures.PDF_PASSWORD)
    pages = len(reader.pages)
    check_page_count(pages, limits)
    fallback = _Fallback(path)
    texts = [fallback.lines(index) for index in range(pages)]
    if not any(texts):
        raise Refused(failures.UNREADABLE)
    probes = (Probe(i + 1, lines, note="" if lines else "这一页无法读取") for i, lines in enumerate(texts))
    return Inspection(tuple(probes), _properties(dict(reader.metadata or {})), renderable=False)


def render_pages(path: Path, wanted: tuple[Probe, ...], folder: Path, limits: Limits) -> tuple[Picture, ...]:
    """Step 2: render pages to pixel arrays in ``folder``, blank ones only judged.

    The pixel count is bounded before rendering: the longest side is `LONGEST_SIDE` whatever the page box
    says.
    """
    import pypdfium2 as pdfium

    with pdfium.PdfDocument(path) as document:
        _show_form_fields(document)
        return tuple(_render(document, probe, folder) for probe in wanted)


def _show_form_fields(document: Any) -> None:
    import pypdfium2 as pdfium

    try:
        document.init_forms()
    except pdfium.PdfiumError:  # a broken form must not cost the page
        return


def _render(document: Any, probe: Probe, folder: Path) -> Picture:
    from archivist.extract.seeing.raster import save_picture

    with _page(document, probe.number - 1) as page:
        width, height = page.get_size()
        if not (0 < width < 1e6 and 0 < height < 1e6):
            raise Refused("页面尺寸异常")
        scale = min(LONGEST_SIDE / max(width, height), _MAX_DPI / 72)
        bitmap = page.render(scale=scale, rev_byteorder=True)
        pixels = bitmap.to_numpy()[..., :3]
        picture = save_picture(pixels, probe.number, folder, probe.bilevel, probe.captured)
        if picture.blank and probe.captured and _undecoded(page):
            return Picture(probe.number, note=failures.PAGE_UNDECODED)
        return picture


def _undecoded(page: Any) -> bool:
    """Whether a page shows nothing because its picture cannot be decoded: pdfium leaves its place white, or black."""
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    try:
        for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=5):
            if not image.get_bitmap().to_numpy().any():
                return True
    except pdfium.PdfiumError:
        return True
    return False
