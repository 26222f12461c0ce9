"""What stands in a workbook's cells, as plain values with their places (单元格)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple


class Unreadable(NamedTuple):
    """A cell that shows something and says nothing: why, as a sentence."""

    why: str


class Figure(NamedTuple):
    """A number that is not whole, as written: a reading process answers in plain values and types of our own only."""

    text: str


class Day(NamedTuple):
    """A day that a cell holds as such, as 2024-12-01."""

    text: str


Cell = str | int | bool | Figure | Day | Unreadable | None
Value = str | int | bool | Decimal | date | Unreadable | None


class CellRow(NamedTuple):
    """A row that is not empty: its number as the sheet shows it, and its cells from the first column."""

    number: int
    cells: tuple[Cell, ...]

    def value(self, at: int) -> Value:
        """What a cell means; None where there is none."""
        cell = self.cells[at] if at < len(self.cells) else None
        if isinstance(cell, Figure):
            return Decimal(cell.text)
        return date.fromisoformat(cell.text) if isinstance(cell, Day) else cell

    def text(self, at: int) -> str:
        """What a cell says as words; "" where it says nothing."""
        value = self.value(at)
        return "" if value is None or isinstance(value, Unreadable) else str(value).strip()


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
