"""What stands in a workbook's cells, as plain values with their places (单元格)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import NamedTuple


class Unreadable(NamedTuple):
    """A cell that shows something and says nothing: why, as a sentence."""

    why: str


Cell = str | int | bool | Decimal | date | datetime | time | Unreadable | None


class CellRow(NamedTuple):
    """A row that is not empty: its number as the sheet shows it, and its cells from the first column."""

    number: int
    cells: tuple[Cell, ...]


class CellSheet(NamedTuple):
    """A sheet: its name and the rows that are not empty."""

    name: str
    rows: tuple[CellRow, ...]
    hidden: bool = False


def texts(sheets: Sequence[CellSheet], rows: int) -> Iterator[str]:
    """The words of the first rows of each sheet, hidden ones too."""
    for sheet in sheets:
        for row in sheet.rows[:rows]:
            yield from (cell for cell in row.cells if isinstance(cell, str))
