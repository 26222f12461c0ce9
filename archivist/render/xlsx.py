"""Excel workbooks: one sheet, a heading row that stays, widths that fit, text never taken for a formula."""

from __future__ import annotations

import io
import re

from archivist.core.table import Table
from archivist.render.text import width

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def table_xlsx(table: Table) -> bytes:
    """Return ``table`` as an .xlsx file."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = re.sub(r"[\\/*?:\[\]]", "-", table.title)[:31] or "表"
    for number, row in enumerate((table.columns, *table.rows), start=1):
        for column, cell in enumerate(row, start=1):
            target = sheet.cell(number, column)
            target.value = _ILLEGAL.sub("", cell) if isinstance(cell, str) else cell
            if isinstance(cell, str):
                target.data_type = "s"
            target.alignment = Alignment(vertical="top", wrap_text=True)
            if number == 1:
                target.font = Font(bold=True)
    for column in range(len(table.columns)):
        widest = max(width(str(row[column] or "")) for row in (table.columns, *table.rows))
        sheet.column_dimensions[get_column_letter(column + 1)].width = min(max(widest + 2, 6), 60)
    sheet.freeze_panes = "A2"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
