"""CSV for spreadsheets: UTF-8 with BOM (Excel reads Chinese right), cells that look like formulas kept as text."""

from __future__ import annotations

import csv
import io

from archivist.core.table import Cell, Table

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table_csv(table: Table) -> bytes:
    """Return ``table`` as CSV."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(table.columns)
    writer.writerows([harmless(cell) for cell in row] for row in table.rows)
    return ("\ufeff" + buffer.getvalue()).encode("utf-8")


def harmless(cell: Cell) -> Cell:
    """Return ``cell`` so that no spreadsheet takes it for a formula."""
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return "'" + cell
    return cell
