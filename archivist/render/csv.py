"""CSV for spreadsheets: UTF-8 with BOM (Excel reads Chinese right), cells that look like formulas kept as text."""

from __future__ import annotations

import csv
import io

from archivist.core.reports.table import Cell, Table

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What spreadsheets may take for the start of a formula; the full-width ones in Chinese and Japanese editions."""


def table_csv(table: Table) -> bytes:
    """Return ``table`` as CSV: the heading and the rows, no title, so that programs can read it too."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([harmless(name) for name in table.columns])
    writer.writerows([harmless(cell) for cell in row] for row in table.rows)
    return ("\ufeff" + buffer.getvalue()).encode("utf-8", "replace")


def harmless(cell: Cell) -> Cell:
    """Return ``cell`` so that no spreadsheet takes it for a formula: an apostrophe before what might be one."""
    if isinstance(cell, str):
        text = cell.replace("\0", "")
        return (
            "'" + text if text.lstrip(" \u3000").startswith(FORMULA_STARTS) or text.startswith("\t") else text
        )
    return cell
