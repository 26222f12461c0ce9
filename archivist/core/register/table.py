"""A table as read from a file, and what is wrong or remarkable in it, by row as the file numbers them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TypeVar


class CellTrouble(Enum):
    """Why a cell's text cannot be trusted although the file opens."""

    UNCALCULATED = auto()
    """A formula whose result was never saved."""
    ERROR_VALUE = auto()
    """#REF! and the like."""
    LONG_NUMBER = auto()
    """A number of more than 15 digits: spreadsheets replace the rest with zeros."""
    DATE = auto()
    """The spreadsheet holds a date."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not empty. ``number`` is 1-based, as the file shows it; ``cells`` start at column A."""

    number: int
    cells: tuple[str, ...]

    def text(self, column: int) -> str:
        """Return the cell's text, "" beyond the row's end."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet, or a CSV file (``name`` is then "").

    Attributes:
        merged: (row number, column) covered by a merged cell → (row number, column) that holds its value.
        troubles: (row number, column) → why its text cannot be trusted.
    """

    name: str
    rows: tuple[Row, ...]
    merged: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    troubles: Mapping[tuple[int, int], CellTrouble] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A cell that cannot be imported: where, what stands there, what is expected (Chinese)."""

    sheet: str
    row: int
    column: str
    value: str
    expected: str


@dataclass(frozen=True, slots=True)
class RowNote:
    """Something a person should know about a row that was imported or passed over."""

    sheet: str
    row: int
    text: str


_Item = TypeVar("_Item", RowProblem, RowNote)


def describe_problems(problems: Sequence[RowProblem]) -> list[str]:
    """Return one Chinese line for each distinct problem, with all the rows that have it."""

    def same(problem: RowProblem) -> Hashable:
        return (problem.sheet, problem.column, problem.value, problem.expected)

    return [f"{where}{_cell(first)}" for where, first in _grouped(problems, same)]


def describe_notes(notes: Sequence[RowNote]) -> list[str]:
    """Return one Chinese line for each distinct note, with all the rows it is about."""
    return [f"{where}{first.text}" for where, first in _grouped(notes, lambda note: (note.sheet, note.text))]


def _cell(problem: RowProblem) -> str:
    stands = f"填的是“{shorten(problem.value)}”，" if problem.value else ""
    return f"“{problem.column}”：{stands}{problem.expected}"


def _grouped(items: Sequence[_Item], key: Callable[[_Item], Hashable]) -> list[tuple[str, _Item]]:
    groups: dict[Hashable, list[_Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    lines = []
    for members in groups.values():
        sheet = f"工作表“{shorten(members[0].sheet)}”" if members[0].sheet else ""
        lines.append((f"{sheet}第 {row_ranges(member.row for member in members)} 行", members[0]))
    return lines


def row_ranges(numbers: Iterable[int]) -> str:
    """Return row numbers for people: ``3、5–8``."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return "、".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


def shorten(text: str, limit: int = 40) -> str:
    """Return ``text`` on one line, visible characters only, cut for a message."""
    line = "".join(character for character in " ".join(text.split()) if character.isprintable())
    return line if len(line) <= limit else line[:limit] + "…"
