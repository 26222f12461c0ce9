"""A report to print (报表) as plain values: what it says, before a format is chosen.

Whoever makes one says nothing of looks; whoever renders one (`archivist/render/`) asks nothing. What is long is given
row after row: a report of any length takes the same memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from archivist.core.reports.table import Cell, Table

Rows = Callable[[], Iterable[tuple[Cell, ...]]]
"""Rows as they are read, anew at each call."""

Records = Callable[[], Iterable[Mapping[str, Any]]]
"""What ``-f json`` prints, a line each, anew at each call."""


class Facts(NamedTuple):
    """A short list in two columns: what it is, and the words for it."""

    heading: str
    lines: tuple[tuple[str, str], ...]


class Words(NamedTuple):
    """Sentences, a line each."""

    heading: str
    lines: tuple[str, ...]


class Listing(NamedTuple):
    """A plain table.

    Attributes:
        table: its ``title`` names the sheet of a workbook; its rows are all there are, unless ``stream`` is given.
        stream: the rows of a table too long to be held; ``table.rows`` is empty then.
        totals: columns whose numbers are summed up below (in a workbook by a formula that follows the filter).
        anchor: what links within the report lead to, "" for none.
        folded: shown only when somebody asks for it, where a format can (html); never printed with the rest.
    """

    heading: str
    table: Table
    stream: Rows | None = None
    totals: frozenset[str] = frozenset()
    anchor: str = ""
    folded: bool = False

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """The rows, one after another."""
        return iter(self.table.rows if self.stream is None else self.stream())


class GridCell(NamedTuple):
    """So many of so many; shaded by ``number`` / ``of`` in five steps."""

    number: int
    of: int


class GridRow(NamedTuple):
    """One unit of a grid; ``link`` is the anchor of its part of the report, "" for none."""

    name: str
    cells: tuple[GridCell, ...]
    link: str = ""


class Grid(NamedTuple):
    """Units (rows) by items (columns), a number in each cell: a heat map that is a table, too."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]
    note: str = ""


class Trend(NamedTuple):
    """A number at each of a series of times, oldest first; ``note`` says exactly what is counted."""

    heading: str
    points: tuple[tuple[str, int], ...]
    note: str = ""


class Figure(NamedTuple):
    """A picture with what it shows: ``picture`` are the bytes of a file of type ``media``, size in pixels."""

    picture: bytes
    media: str
    width: int
    height: int
    alt: str
    caption: str
    facts: tuple[tuple[str, str], ...] = ()


class Gallery(NamedTuple):
    """Pictures one after another, each made when its turn comes."""

    heading: str
    figures: Iterable[Figure]


Section = Facts | Words | Listing | Grid | Trend | Gallery


class Report(NamedTuple):
    """A report.

    Attributes:
        name: as the command calls it. title: as people call it.
        unit: whose report it is (单位), "" where no setting says so. day: the day it tells of (ISO 8601).
        basis: by which rule or clause.
        summary: the answer, in sentences, before all else.
        records: what ``-f json`` prints.
    """

    name: str
    title: str
    unit: str
    day: str
    basis: str
    summary: tuple[str, ...]
    sections: tuple[Section, ...]
    records: Records
