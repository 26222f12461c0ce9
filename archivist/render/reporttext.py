"""A report for a screen: the answer first, then tables whose widths are taken from their first rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import BinaryIO

from archivist.core.reports.plainly import as_listing
from archivist.core.reports.report import Facts, Listing, Report, Section, Trend, Words
from archivist.core.reports.table import Cell, Table
from archivist.render.text import cut, fitted, plain, table_text, width, wrapped

_MEASURED = 500
"""Rows by which widths are chosen; later cells that are wider are shortened or stand out."""
_GAP = "  "
_BAR = 40


def write(report: Report, stream: BinaryIO, room: int | None = None) -> None:
    """Write ``report`` as lines. ``room``: columns of the terminal, None for as many as it takes."""
    for line in lines(report, room):
        stream.write((line + "\n").encode("utf-8", "replace"))


def lines(report: Report, room: int | None) -> Iterator[str]:
    """The lines one after another, as rows are read."""
    yield plain(report.title)
    yield from _wrapped("　".join(filter(None, (report.unit, f"截至 {report.day}"))), room)
    for told in report.summary:
        yield from _wrapped(told, room)
    for section in report.sections:
        if isinstance(section, Listing) and section.folded:
            continue  # said again, by another command, for whoever wants it
        yield from ("", f"【{plain(section.heading)}】")
        yield from _section(section, room)
    yield ""
    yield from _wrapped(f"依据：{report.basis}", room)


def _section(section: Section, room: int | None) -> Iterator[str]:
    if isinstance(section, Words):
        for line in section.lines:
            yield from _wrapped(line, room)
    elif isinstance(section, Facts):
        yield from _table(Table("", ("", ""), section.lines), section.lines, room, heading=False)
    elif isinstance(section, Trend):
        yield from _bars(section)
        yield from _wrapped(section.note, room)
    else:
        listing = as_listing(section)
        yield from _table(listing.table, listing.rows(), room)
        for note in filter(None, (*listing.table.notes, listing.table.summary)):
            yield from _wrapped(note, room)


def _bars(trend: Trend) -> Iterator[str]:
    most = max((number for _, number in trend.points), default=0)
    widest = max((width(name) for name, _ in trend.points), default=0)
    digits = len(str(most))
    for name, number in trend.points:
        bar = "█" * (-(-number * _BAR // most) if most else 0)
        yield f"{plain(name)}{' ' * (widest - width(name))}  {number:>{digits}}  {bar}".rstrip()


def _table(
    table: Table, rows: Iterable[tuple[Cell, ...]], room: int | None, heading: bool = True
) -> Iterator[str]:
    cells = (tuple(plain("" if cell is None else str(cell)) for cell in row) for row in rows)
    first = list(islice(cells, _MEASURED))
    if not first:
        yield "（没有）"
        return
    if len(first) < _MEASURED and heading:
        yield table_text(table.bare(tuple(first)), room)
        return
    widths = [max(width(row[at]) for row in (table.columns, *first)) for at in range(len(table.columns))]
    sizes = widths if room is None else fitted(widths, [name in table.whole for name in table.columns], room)
    if heading:
        yield _line(table.columns, sizes)
        yield _GAP.join("-" * size for size in sizes)
    for row in chain(first, cells):
        yield _line(row if room is None else tuple(map(cut, row, sizes)), sizes)


def _line(row: tuple[str, ...], sizes: list[int]) -> str:
    return _GAP.join(
        text + " " * (size - width(text)) for text, size in zip(row, sizes, strict=True)
    ).rstrip()


def _wrapped(text: str, room: int | None) -> list[str]:
    told = plain(text)
    if not told:
        return []
    return [told] if room is None else wrapped(told, max(room, 20))
