"""Every section of a report as a plain table (同样的数，列成表): for the formats that know tables and words alone."""

from __future__ import annotations

from archivist.core.reports.report import Facts, Gallery, Grid, Listing, Report, Section, Trend, Words
from archivist.core.reports.shares import percent_told
from archivist.core.reports.table import Cell, Table


def as_listing(section: Section) -> Listing:
    """A section as a table; numbers stay numbers."""
    if isinstance(section, Listing):
        return section
    if isinstance(section, Grid):
        return _grid(section)
    if isinstance(section, Trend):
        table = Table(section.heading, ("月份", "个数"), section.points, notes=_notes(section.note))
        return Listing(section.heading, table)
    if isinstance(section, Facts):
        return Listing(section.heading, Table(section.heading, ("内容", "情况"), section.lines))
    if isinstance(section, Words):
        rows = tuple((line,) for line in section.lines)
        return Listing(section.heading, Table(section.heading, ("内容",), rows))
    return _gallery(section)


def main_listing(report: Report) -> Listing:
    """The table that a report is mainly about, for formats that hold one alone: the last list, else the last map."""
    tables = [as_listing(one) for one in report.sections if isinstance(one, Listing)]
    return (tables or [as_listing(one) for one in report.sections])[-1]


def _grid(grid: Grid) -> Listing:
    """A heat map as a table: of how many, the number of each column, and the share of the last."""
    unit, *columns = grid.columns
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            row.name,
            row.cells[0].of if row.cells else 0,
            *(cell.number for cell in row.cells),
            percent_told(*row.cells[-1]) if row.cells else "—",
        )
        for row in grid.rows
    )
    table = Table(grid.heading, (unit, "项目数", *columns, "比例"), rows, notes=_notes(grid.note))
    return Listing(grid.heading, table, totals=frozenset({"项目数", *columns}))


def _gallery(gallery: Gallery) -> Listing:
    """What stands beside pictures, a line each; the pictures themselves stay where pictures can stand."""
    rows = tuple((one.caption, name, words) for one in gallery.figures for name, words in one.facts)
    return Listing(gallery.heading, Table(gallery.heading, ("页", "编号和内容", "说明"), rows))


def _notes(note: str) -> tuple[str, ...]:
    return (note,) if note else ()
