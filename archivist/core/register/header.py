"""Find the header of a table, in one to four rows below any titles, and what each of its columns means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from archivist.core.patterns import lazily
from archivist.core.register.rules import UNITS, CategoryWord, RegisterRules
from archivist.core.register.table import Row, Sheet, shorten
from archivist.core.text import fold

_SEARCHED_ROWS = 60
_SUB_ROWS = 2
_LONGEST_LABEL = 200
_BRACKETS = lazily(r"[(\[【〔〈<][^)\]】〕〉>]*[)\]】〕〉>]")
_UNIT = lazily(r"[(\[:：、,/\s](亿元|万元|元)[)\]]?|(亿元|万元|元)$")
_UNIT_ABOVE = lazily(r"单位[:：]?\s*(?:人民币)?[(\[]?(亿元|万元|元)")


@dataclass(frozen=True, slots=True)
class Header:
    """What the columns of a table mean.

    Attributes:
        last: number of the header's last row.
        columns: field → column (0-based).
        flags: column (0-based) → the category that 是 in it stands for (附件3, 项目现状).
        labels: column → its name as the file has it.
        unit: yuan per unit of the amount column; None when nothing names the unit.
        notes: what a person should know about columns, Chinese.
    """

    last: int
    columns: Mapping[str, int]
    flags: Mapping[int, CategoryWord]
    labels: Mapping[int, str]
    unit: Decimal | None
    notes: tuple[str, ...]


def label_keys(label: str) -> Iterator[str]:
    """Yield the folded forms under which a column name or a category may be known, the fullest first."""
    if len(label) > _LONGEST_LABEL:
        return
    text = unicodedata.normalize("NFKC", label)
    for form in (text, _BRACKETS.sub("", text)):
        key = fold(form)
        yield key
        yield re.sub(r"(单位)?(亿元|万元|元)$", "", key)
        yield key.removesuffix("是否")


def find_header(sheet: Sheet, rules: RegisterRules) -> Header | None:
    """Return the header, or None when no row (with the row above it) names both 项目编号 and 项目名称."""
    grid = _Grid(sheet, rules)
    for index in range(len(grid.rows)):
        labels = grid.base_labels(index)
        known = {meaning[0] for meaning in map(grid.field, labels.values()) if meaning}
        if {"code", "name"} <= known:
            return _header(grid, index, labels)
    return None


def seen_labels(sheet: Sheet, rules: RegisterRules) -> list[str]:
    """Return the cells of the row that looks most like a header, for a message."""
    grid = _Grid(sheet, rules)

    def likeness(row: Row) -> tuple[int, int]:
        cells = [cell for cell in row.cells if cell.strip()]
        return sum(grid.meaning(cell) is not None for cell in cells), len(cells)

    best = max(grid.rows, key=likeness, default=None)
    return [shorten(cell, 20) for cell in best.cells if cell.strip()] if best else []


class _Grid:
    """The top of a sheet with merged cells looked through."""

    def __init__(self, sheet: Sheet, rules: RegisterRules) -> None:
        self.rows: Sequence[Row] = sheet.rows[:_SEARCHED_ROWS]
        self.rules = rules
        self._merged = sheet.merged
        self._by_number = {row.number: row for row in self.rows}
        self.width = max((len(row.cells) for row in self.rows), default=0)

    def label(self, row: Row, column: int) -> str:
        """Return the text at a cell, or of the merged cell that covers it."""
        number, at = self._merged.get((row.number, column), (row.number, column))
        origin = self._by_number.get(number)
        return origin.text(at).strip() if origin else ""

    def field(self, label: str) -> tuple[str, int] | None:
        """Return (field, rank) of a column name."""
        headers = self.rules.headers
        return next((headers[key] for key in label_keys(label) if key in headers), None)

    def flag(self, label: str) -> CategoryWord | None:
        """Return the category a column name is."""
        categories = self.rules.categories
        return next((categories[key] for key in label_keys(label) if key in categories), None)

    def meaning(self, label: str) -> object | None:
        """Return what a label means, None for nothing known."""
        return (self.flag(label) or self.field(label)) if label else None

    def base_labels(self, index: int) -> dict[int, str]:
        """Return a row's labels; where it is blank, what the row above says if that is a known column."""
        labels = {}
        for column in range(self.width):
            label = self.label(self.rows[index], column)
            if not label and index and self.meaning(above := self.label(self.rows[index - 1], column)):
                label = above
            if label:
                labels[column] = label
        return labels

    def is_sub_row(self, row: Row, base: Mapping[int, str]) -> bool:
        """Tell whether a row below still belongs to the header: only known, hinting or repeated labels."""
        own = [
            (column, cell.strip()[: _LONGEST_LABEL + 1])
            for column, cell in enumerate(row.cells)
            if cell.strip()
        ]
        return bool(own) and all(
            fold(cell) in self.rules.hints or fold(cell) == fold(base.get(column, "")) or self.meaning(cell)
            for column, cell in own
        )


def _header(grid: _Grid, index: int, base: dict[int, str]) -> Header:
    last = index
    while last < min(index + _SUB_ROWS, len(grid.rows) - 1) and grid.is_sub_row(grid.rows[last + 1], base):
        last += 1
    subs = grid.rows[index + 1 : last + 1]
    labels = dict(base)
    flags: dict[int, CategoryWord] = {}
    offers: dict[str, list[tuple[int, int]]] = {}
    for column in range(grid.width):
        label = _deepest(grid, column, base.get(column, ""), subs)
        if not label:
            continue
        labels[column] = label
        if flag := grid.flag(label):
            flags[column] = flag
        elif meaning := grid.field(label):
            offers.setdefault(meaning[0], []).append((meaning[1], column))
    columns, notes = _choose(offers, labels)
    notes += _unknown(grid, labels)
    if flags:
        columns.pop("category", None)
    unit = _unit(grid, index, labels.get(columns.get("amount", -1), ""))
    return Header(grid.rows[last].number, columns, flags, labels, unit, tuple(notes))


def _deepest(grid: _Grid, column: int, base: str, subs: Sequence[Row]) -> str:
    """Return the lowest label of a column that means something, else the header row's own.

    What a register cannot do without (项目编号, 项目名称) is no heading of columns: nothing below takes its place.
    """
    named = grid.field(base) if base else None
    if named and named[0] in {"code", "name"}:
        return base
    below = [label for row in reversed(subs) if (label := grid.label(row, column))]
    return next((label for label in below if grid.meaning(label)), base)


def _choose(
    offers: Mapping[str, list[tuple[int, int]]], labels: Mapping[int, str]
) -> tuple[dict[str, int], list[str]]:
    columns: dict[str, int] = {}
    notes: list[str] = []
    for name, candidates in offers.items():
        if name == "ignored":
            continue
        (_, columns[name]), *others = sorted(candidates)
        notes += [
            f"“{shorten(labels[other])}”列没有采用：含义相同的已有“{shorten(labels[columns[name]])}”列"
            for _, other in others
        ]
    return columns, notes


def _unknown(grid: _Grid, labels: Mapping[int, str]) -> list[str]:
    names = dict.fromkeys(shorten(label, 20) for label in labels.values() if grid.meaning(label) is None)
    return [f"没有导入不认识的列：{'、'.join(names)}"] if names else []


def _unit(grid: _Grid, index: int, label: str) -> Decimal | None:
    found = _UNIT.search(unicodedata.normalize("NFKC", label))
    if found:
        return UNITS[found[1] or found[2]]
    for row in grid.rows[:index]:
        for cell in row.cells:
            above = _UNIT_ABOVE.search(unicodedata.normalize("NFKC", cell))
            if above:
                return UNITS[above[1]]
    return None
