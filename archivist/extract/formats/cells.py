"""The step that reads a workbook's cells with their types and places (.xlsx): what people filled into a form.

Nothing is worked out or run: of formulas the value counts that the file was saved with.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from archivist.core.forms.cells import Cell, CellRow, CellSheet, Day, Figure, Unreadable
from archivist.extract import failures
from archivist.extract.failures import Refused
from archivist.extract.formats.xmlparts import Package, defines_entities

MAX_ROWS, MAX_COLUMNS = 60_000, 120
"""Rows and columns that a sheet may have at most; rows are counted as the sheet numbers them."""

_MAX_SHEETS = 60
_MAX_BYTES = 192 << 20
_EXACT_DIGITS = 15
_PARTS = re.compile(r"xl/(?:worksheets/.*|sharedStrings\.xml|styles\.xml|workbook\.xml)")
_UNCALCULATED = re.compile(
    rb'<c\s(?=[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})")[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)
NO_RESULT = "这一格是公式，没有存下结果；请直接填数字或文字"
ERROR_SHOWN = "这一格显示的是错误（{shown}），请改成数字或文字"


def read_cells(path: Path) -> tuple[CellSheet, ...]:
    """Return the sheets of a workbook, hidden ones too, with the rows that are not empty.

    Raises:
        Refused: damaged, password, no workbook, or larger than a form can be.
    """
    uncalculated = _check(path)
    import openpyxl

    try:
        with warnings.catch_warnings(), path.open("rb") as stream:
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            return tuple(_sheets(book, uncalculated))
    except (Refused, MemoryError):
        raise
    except Exception:  # it raises almost anything on a damaged package
        raise Refused(failures.TABLE_UNREADABLE) from None


def _check(path: Path) -> dict[str, set[tuple[int, int]]]:
    """Refuse what no form is; return the cells whose formula was saved without a result, by part."""
    total, found = 0, dict[str, set[tuple[int, int]]]()
    with Package(path) as package:
        if "xl/workbook.xml" not in package.names:
            raise Refused(failures.TABLE_UNREADABLE)
        for name in (name for name in package.names if _PARTS.fullmatch(name)):
            data = package.read(name)
            total += len(data)
            if defines_entities(data):
                raise Refused(failures.ENTITIES)
            if total > _MAX_BYTES:
                raise Refused(failures.TOO_LARGE)
            if b"<f" in data:
                found[name] = {(int(row), _column(column)) for column, row in _UNCALCULATED.findall(data)}
    return found


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _sheets(book: Any, uncalculated: dict[str, set[tuple[int, int]]]) -> Iterator[CellSheet]:
    if len(book.worksheets) > _MAX_SHEETS:
        raise Refused(failures.TOO_LARGE)
    if not book.worksheets:
        raise Refused(failures.TABLE_UNREADABLE)
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        part = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
        rows = tuple(_rows(sheet, uncalculated.get(part, set())))
        yield CellSheet(sheet.title, rows, sheet.sheet_state != "visible")


def _rows(sheet: Any, uncalculated: set[tuple[int, int]]) -> Iterator[CellRow]:
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number > MAX_ROWS:
            raise Refused(failures.TOO_LARGE)
        cells = [_cell(cell) for cell in row[:MAX_COLUMNS]]
        for at, _ in enumerate(cells, 1):
            if (number, at) in uncalculated:
                cells[at - 1] = Unreadable(NO_RESULT)
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            yield CellRow(number, tuple(cells))


def _cell(cell: Any) -> Cell:
    value: str | int | float | date | time | None = cell.value
    if cell.data_type == "e":
        return Unreadable(ERROR_SHOWN.format(shown=str(value)[:20]))
    if isinstance(value, date | time):
        return _moment(value)
    if isinstance(value, float):  # what the cell shows, without binary dust
        return Figure(format(Decimal(format(value, f".{_EXACT_DIGITS}g")), "f"))
    if value is None or isinstance(value, bool | int):
        return value
    return str(value) if str(value).strip() else None


def _moment(value: date | time) -> Cell:
    """A day as such; a time, and a day with a time, as words."""
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, datetime) and value.time() != time():
        return value.strftime("%Y-%m-%d %H:%M")
    return Day(value.strftime("%Y-%m-%d"))
