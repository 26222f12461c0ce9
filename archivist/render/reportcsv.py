"""A report as CSV: its main table alone, heading and rows, so that programs and spreadsheets can read it."""

from __future__ import annotations

import csv
import io
from typing import BinaryIO

from archivist.core.reports.plainly import main_listing
from archivist.core.reports.report import Report
from archivist.render.csv import harmless


def write(report: Report, stream: BinaryIO) -> None:
    """Write the main table of ``report``, each row as it is read; UTF-8 with BOM (Excel reads Chinese right)."""
    listing, buffer = main_listing(report), io.StringIO()
    writer = csv.writer(buffer)
    stream.write(b"\xef\xbb\xbf")
    writer.writerow([harmless(name) for name in listing.table.columns])
    for row in listing.rows():
        writer.writerow([harmless(cell) for cell in row])
        stream.write(buffer.getvalue().encode("utf-8", "replace"))
        buffer.seek(0)
        buffer.truncate()
    stream.write(buffer.getvalue().encode("utf-8", "replace"))
