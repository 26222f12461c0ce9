"""OFD steps (版式文件), run in disposable processes: look at every page, then paint those that are pictures.

Text pages are read with their boxes and never drawn; a page whose text cannot be believed and that has no picture is
told to people. Electronic seals are taken from the signatures, each with the body that it names.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archivist.core.page import Line
from archivist.extract import failures
from archivist.extract.clean import clean, close_gaps, letters, trustworthy
from archivist.extract.failures import Refused
from archivist.extract.formats.ofdpackage import (
    OfdDocument,
    OfdPackage,
    OfdPage,
    Rect,
    fractions,
    numbers,
    rect,
    sides,
)
from archivist.extract.formats.ofdseals import OfdSeal, read_seals
from archivist.extract.formats.pdf import (
    FEW_LETTERS,
    PICTURE_COVERAGE,
    SCAN_COVERAGE,
    Inspection,
    Probe,
    check_page_count,
    covered_share,
)
from archivist.extract.formats.xmlparts import local
from archivist.extract.limits import Limits
from archivist.extract.seeing.layout import Rect as Sides
from archivist.extract.seeing.layout import reading_order
from archivist.extract.seeing.picture import Picture

_MAX_CHARS = 60_000
_UNREADABLE = "这一页无法读取"
_WORD_GAP = 0.35
_COLUMN_GAP = 1.2


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters in a row and their sides (left, top, right, bottom) in millimetres."""

    text: str
    sides: Sides


def inspect_ofd(path: Path, limits: Limits) -> Inspection:
    """Step 1: pages with native text and boxes, whether each is a scan, and electronic seals.

    Raises:
        Refused: encrypted, cut off, damaged, no pages, too many pages.
    """
    with OfdPackage(path) as package:
        documents = list(package.documents())
        check_page_count(sum(len(document.entries) for document in documents), limits)
        probes: list[Probe] = []
        for document in documents:
            seals = read_seals(package, document.signatures)
            for entry in document.entries:
                probes.append(_probe(document, document.page(entry), len(probes) + 1, seals))
        return Inspection(tuple(probes), package.properties())


def _probe(
    document: OfdDocument, page: OfdPage | None, number: int, seals: dict[str, list[OfdSeal]]
) -> Probe:
    if page is None:
        return Probe(number, note=_UNREADABLE)
    objects = [element for layer in page.layers for element in document.objects(layer)]
    lines = _lines(_pieces(objects), page.sheet)
    images = [box for element in objects if local(element) == "ImageObject" and (box := _boundary(element))]
    share = covered_share([fractions(sides(box), page.sheet) for box in images])
    marks = tuple(seal.mark(page.sheet) for seal in seals.get(page.identity, ()))
    text = "\n".join(line.text for line in lines)
    believed = trustworthy(text)
    if share >= SCAN_COVERAGE or (images and (not text or (not believed and share >= PICTURE_COVERAGE))):
        return Probe(number, scan=True, seals=marks)
    if not believed and objects:
        return Probe(number, note=failures.OFD_TEXT, seals=marks)
    sparse = bool(images) and letters(text) < FEW_LETTERS
    return Probe(number, lines, scan=sparse, sparse=sparse, seals=marks)


def _boundary(element: Any) -> Rect | None:
    return rect(element.get("Boundary", ""))


# --- text


def _pieces(objects: list[Any]) -> list[_Piece]:
    found: list[_Piece] = []
    budget = _MAX_CHARS
    for element in objects:
        box = _boundary(element)
        if box is None or local(element) != "TextObject":
            continue
        for code in element:
            if local(code) != "TextCode" or not (code.text or "").strip():
                continue
            text = code.text[:budget]
            budget -= len(text)
            found.append(_Piece(text, _text_sides(element, code, text, box)))
            if budget <= 0:
                return found
    return found


def _text_sides(element: Any, code: Any, text: str, box: Rect) -> Sides:
    """Sides of a run of characters: from its baseline and steps, or the object's own box when it does not say."""
    try:
        size, x, y = float(element.get("Size", "")), float(code.get("X", "")), float(code.get("Y", ""))
    except ValueError:
        return sides(box)
    down = _steps(code.get("DeltaY", ""), len(text) - 1)
    across = _steps(code.get("DeltaX", ""), len(text) - 1)
    wide = size if not text[-1].isascii() else 0.5 * size
    corners = ((x, y - 0.88 * size), (x + across + wide, y + down + 0.12 * size))
    (a, b), (c, d) = (_placed(element.get("CTM", ""), box, point) for point in corners)
    return min(a, c), min(b, d), max(a, c), max(b, d)


def _placed(matrix: str, box: Rect, point: tuple[float, float]) -> tuple[float, float]:
    x, y = point
    given = numbers(matrix)
    if len(given) == 6:
        x, y = given[0] * x + given[2] * y + given[4], given[1] * x + given[3] * y + given[5]
    return box[0] + x, box[1] + y


def _steps(text: str, count: int) -> float:
    """Sum of the first ``count`` steps of a delta list, in which "g 3 4.2" stands for 4.2 three times."""
    total, parts, last = 0.0, iter(text.split()[:_MAX_CHARS]), 0.0
    for part in parts:
        repeat = 1
        if part == "g":
            repeat, part = int(min(_number(next(parts, "0")), 1e5)), next(parts, "0")  # noqa: PLW2901
        last = _number(part)
        taken = min(repeat, count)
        total += last * taken
        count -= taken
        if count <= 0:
            return total
    return total + last * max(count, 0)


def _number(text: str) -> float:
    found = numbers(text)
    return found[0] if found else 0.0


def _lines(pieces: list[_Piece], sheet: Rect) -> tuple[Line, ...]:
    """Join pieces that stand close on one row; some programs write every character as an object of its own."""
    joined: list[_Piece] = []
    for index in reading_order([piece.sides for piece in pieces]):
        piece = pieces[index]
        if joined and (gap := _gap(joined[-1].sides, piece.sides)) is not None:
            joined[-1] = _joined(joined[-1], piece, gap)
        else:
            joined.append(piece)
    cleaned = ((close_gaps(clean(piece.text)), piece.sides) for piece in joined)
    return tuple(Line(text, fractions(sides, sheet)) for text, sides in cleaned if text)


def _gap(one: Sides, other: Sides) -> float | None:
    """The space between two pieces as a share of their height, or None when they are not of one line."""
    height = min(one[3] - one[1], other[3] - other[1])
    overlap = min(one[3], other[3]) - max(one[1], other[1])
    if height <= 0 or overlap < 0.5 * height:
        return None
    gap = (other[0] - one[2]) / height
    return gap if -0.8 <= gap <= _COLUMN_GAP else None


def _joined(one: _Piece, other: _Piece, gap: float) -> _Piece:
    between = " " if gap > _WORD_GAP else ""
    (a, b, c, d), (e, f, g, h) = one.sides, other.sides
    return _Piece(one.text + between + other.text, (min(a, e), min(b, f), max(c, g), max(d, h)))


# --- pictures


def render_ofd(path: Path, wanted: tuple[Probe, ...], folder: Path, limits: Limits) -> tuple[Picture, ...]:
    """Step 2: paint the pictures (scans, stamps) of pages to pixel arrays in ``folder``.

    Raises:
        Refused: a picture is too large or cannot be decoded.
    """
    from archivist.extract.formats.ofdpaint import paint
    from archivist.extract.seeing.raster import save_picture

    done: list[Picture] = []
    with OfdPackage(path) as package:
        entries = [(document, entry) for document in package.documents() for entry in document.entries]
        for probe in wanted:
            document, entry = entries[probe.number - 1]
            page = document.page(entry)
            if page is None:
                raise Refused(failures.DAMAGED)
            pixels, bilevel = paint(document, page, limits)
            done.append(save_picture(pixels, probe.number, folder, bilevel))
    return tuple(done)
