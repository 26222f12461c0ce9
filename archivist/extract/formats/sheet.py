"""The spreadsheet step (.xlsx .xlsm .xlsb .xls .et .ods): each visible sheet a page, each row a line.

calamine reads them all, old .xls and WPS's .et too, with the values that formulas had when the file was saved. It
builds sheets whole, so what a package claims is measured by real bytes and cells before it sees it.
"""

from __future__ import annotations

import re
import shutil
import struct
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

from archivist.core.model import TextSource
from archivist.core.page import Line, Page
from archivist.extract import failures
from archivist.extract.clean import clean, letters
from archivist.extract.failures import Refused
from archivist.extract.formats.word import PICTURE
from archivist.extract.formats.xmlparts import Package, defines_entities
from archivist.extract.limits import Limits

_MAX_LINES = 50_000
_MAX_CELLS = 4_000_000
_MAX_COLUMNS = 256
_MAX_CELL = 2000
_MAX_MERGED = 20_000
_ENOUGH_TEXT = 100
_MIN_PICTURE_BYTES = 20_000
_MAX_PICTURES = 100
_MAX_BYTES = 192 << 20
# A cell with something in it: the farthest makes the sheet as large as it is.
_PLACE = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*>\s*<(?:\w+:)?(?:v|is|f)\b')
_DRAWN = re.compile(
    r"xl/(?:charts|chartsheets|media|drawings|embeddings|macrosheets)/[^/]+$|Pictures/|Object "
)
_BOF, _DRAWINGS = 0x0809, frozenset({0x00EB, 0x00EC, 0x005D, 0x007F})
_SHEETS_TO_LOOK_AT = frozenset({0x0020, 0x0040})
_PARTS = re.compile(r"xl/(?:worksheets/.*|sharedStrings\.xml|styles\.xml|workbook\.(?:xml|bin))|content\.xml")


@dataclass(frozen=True, slots=True)
class SheetText:
    """A workbook as read: a page a sheet, the sheets' names, and pasted pictures to recognise."""

    pages: tuple[Page, ...]
    properties: dict[str, str]
    pictures: tuple[Path, ...] = ()


def read_sheets(path: Path, folder: Path, limits: Limits) -> SheetText:
    """Read a workbook; when it holds hardly any text, leave its pictures in ``folder``.

    Raises:
        Refused: password, damaged, too large, too many sheets.
    """
    packed = zipfile.is_zipfile(path)
    if packed:
        _check_package(path)
    names, sheets = _sheets(path, folder, limits)
    pages = tuple(
        Page(
            number,
            tuple(map(Line, lines)),
            TextSource.NATIVE if lines else TextSource.NONE,
            blank=not lines,
            note=_cut(lines),
        )
        for number, lines in enumerate(sheets, 1)
    )
    little = sum(letters(page.text) for page in pages) < _ENOUGH_TEXT
    pictures = _save_pictures(path, folder) if packed and little else ()
    if not pictures and not any(page.lines for page in pages):
        pages = _without_words(path, packed) or pages
    return SheetText(pages, {"sheets": "、".join(names)[:2000]}, pictures)


def _without_words(path: Path, packed: bool) -> tuple[Page, ...]:
    """A page that tells of charts and pictures when the workbook holds nothing else."""
    if packed:
        with Package(path) as package:
            shown = any(_DRAWN.match(name) for name in package.names)
    else:
        shown = _draws(path)
    return (Page(1, note=failures.NO_WORDS),) if shown else ()


def _draws(path: Path) -> bool:
    """Whether an old workbook (BIFF) has a drawing, an object or a sheet that is a chart or of macros."""
    import olefile

    with olefile.OleFileIO(path) as compound:
        name = next((name for name in ("Workbook", "Book") if compound.exists(name)), None)
        data = compound.openstream(name).read() if name else b""
    at = 0
    while at + 4 <= len(data):
        record, length = struct.unpack_from("<HH", data, at)
        kind = struct.unpack_from("<H", data, at + 6)[0] if record == _BOF and at + 8 <= len(data) else 0
        if record in _DRAWINGS or kind in _SHEETS_TO_LOOK_AT:
            return True
        at += 4 + length
    return False


def _cut(lines: list[str]) -> str:
    return f"表格过长，只读了前 {_MAX_LINES} 行" if len(lines) >= _MAX_LINES else ""


def _check_package(path: Path) -> None:
    """Refuse what would unpack or spread beyond reason, or defines entities; calamine takes a package at its word."""
    total = 0
    with Package(path) as package:
        for name in (name for name in package.names if _PARTS.fullmatch(name)):
            data = package.read(name)
            total += len(data)
            if defines_entities(data):
                raise Refused(failures.ENTITIES)
            if total > _MAX_BYTES or _spread(data) > _MAX_CELLS:
                raise Refused(failures.TOO_LARGE)


def _spread(data: bytes) -> int:
    """Cells between A1 and the farthest cell with content; OpenDocument's repetitions are left to calamine."""
    last_row = last_column = 0
    for column, row in _PLACE.findall(data):
        last_row, last_column = max(last_row, int(row)), max(last_column, _column(column))
    return last_row * last_column


def _column(letters_: bytes) -> int:
    number = 0
    for letter in letters_:
        number = number * 26 + letter - 64
    return number


def _sheets(path: Path, folder: Path, limits: Limits) -> tuple[list[str], list[list[str]]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with path.open("rb") as stream:
            book = CalamineWorkbook.from_filelike(stream)
            shown = _shown(book)
            if len(shown) > limits.max_pages:
                raise Refused(failures.too_many_pages(len(shown), limits.max_pages))
            return shown, [_lines(book.get_sheet_by_name(name)) for name in shown]
    except PasswordError:
        raise Refused(failures.OFFICE_PASSWORD) from None
    except CalamineError:
        found = _by_openpyxl(path, limits)
        if found is None:
            raise Refused(_why_not(path, folder)) from None
        return found
    except BaseException as error:  # a panic of the Rust library is no Exception
        if type(error).__name__ == "PanicException":
            raise Refused(failures.TABLE_UNREADABLE) from None
        raise


def _by_openpyxl(path: Path, limits: Limits) -> tuple[list[str], list[list[str]]] | None:
    """Read a workbook in which calamine met one sheet it does not know (of macros); None when this does not open it."""
    import openpyxl

    names: list[str] = []
    sheets: list[list[str]] = []
    try:
        with path.open("rb") as stream:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            for sheet in (one for one in book.worksheets if one.sheet_state == "visible"):
                rows = (
                    " ".join(_text(cell) for cell in row[:_MAX_COLUMNS] if cell is not None)
                    for row in sheet.iter_rows(values_only=True)
                )
                names.append(sheet.title)
                sheets.append(list(islice((line for row in rows if (line := clean(row))), _MAX_LINES)))
                if len(names) > limits.max_pages:
                    raise Refused(failures.too_many_pages(len(book.worksheets), limits.max_pages))
    except (Refused, MemoryError):
        raise
    except Exception:  # it raises anything at all on what it does not know
        return None
    return (names, sheets) if any(sheets) else None


def _why_not(path: Path, folder: Path) -> str:
    """Ask again under the name of an old workbook: only so calamine tells of a password there."""
    from python_calamine import CalamineWorkbook, PasswordError

    named = folder / "book.xls"
    shutil.copyfile(path, named)
    try:
        CalamineWorkbook.from_path(named)
    except PasswordError:
        return failures.OFFICE_PASSWORD
    except Exception:  # it tells what we know
        return failures.TABLE_UNREADABLE
    finally:
        named.unlink(missing_ok=True)
    return failures.TABLE_UNREADABLE


def _shown(book: Any) -> list[str]:
    """Names of the sheets that people see; all of them if none is visible."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    tables = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    visible = [sheet.name for sheet in tables if sheet.visible == SheetVisibleEnum.Visible]
    return visible or [sheet.name for sheet in tables]


def _lines(sheet: Any) -> list[str]:
    """One line a row, its cells joined by a space; rows without content are left out."""
    covered = _covered(sheet)
    held: dict[int, str] = {}
    found: list[str] = []
    for number, row in enumerate(sheet.iter_rows()):
        cells = [_text(value) for value in row[:_MAX_COLUMNS]]
        repeated: set[int] | frozenset[int] = covered.get(number, frozenset()) if any(cells) else frozenset()
        held = {
            column: text or (held.get(column, "") if column in repeated else "")
            for column, text in enumerate(cells)
        }
        line = clean(" ".join(text for text in held.values() if text))
        if line:
            found.append(line)
        if len(found) >= _MAX_LINES:
            break
    return found


def _covered(sheet: Any) -> dict[int, set[int]]:
    """Rows → columns whose value stands in a merged cell that begins higher up; columns from the first with content."""
    first = sheet.start[1] if sheet.start else 0
    found: dict[int, set[int]] = {}
    budget = _MAX_MERGED
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        budget -= bottom - top + 1
        if budget < 0:
            break
        for row in range(top + 1, bottom + 1):
            found.setdefault(row, set()).add(left - first)
    return found


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, datetime | date | time):
        return value.isoformat()[:16].replace("T", " ")
    return str(value)[:_MAX_CELL]


def _save_pictures(path: Path, folder: Path) -> tuple[Path, ...]:
    """Write pasted pictures under plain names, by the order of their own; small ones are logos."""
    saved: list[Path] = []
    with Package(path) as package:
        media = [
            name
            for name in package.names
            if name.startswith(("xl/media/", "Pictures/")) and PICTURE.search(name)
        ]
        for name in sorted(media)[:_MAX_PICTURES]:
            data = package.read(name)
            if len(data) >= _MIN_PICTURE_BYTES:
                saved.append(folder / f"picture{len(saved):04d}")
                saved[-1].write_bytes(data)
    return tuple(saved)
