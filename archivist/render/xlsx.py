"""Excel workbooks: a heading row that stays, widths that fit, ready to print; text is never taken for a formula."""

from __future__ import annotations

import io
import re
from typing import Any

from archivist.core.reports.table import BAD, GOOD, WAIT, Cell, Table
from archivist.render.csv import FORMULA_STARTS
from archivist.render.text import width, wrapped

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_CELL = 32_767
_NARROWEST, _WIDEST, _HEADING_WRAPS_AT, _PADDING = 4, 38, 8, 2
_LINE_POINTS, _MOST_LINES = 15, 6
"""Row heights are written down: not every program works them out for itself."""
_COLOURS = {GOOD: "E2F0D9", WAIT: "FFF2CC", BAD: "F8CBAD"}
_HEADING_COLOUR = "D9E2F3"
_FONT = "宋体"


def table_xlsx(table: Table) -> bytes:
    """Return ``table`` as an .xlsx file: one sheet with the rows, one (说明) with title, notes and summary."""
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = sheet_name(table.title)
    for row, cells in enumerate((table.columns, *table.rows), start=1):
        for column, cell in enumerate(cells, start=1):
            _fill(sheet.cell(row, column), cell, table, heading=row == 1)
    _lay_out(sheet, table)
    notes = [line for line in (table.title, *table.notes, table.summary) if line]
    if notes:
        second: Any = book.create_sheet("说明")
        for row, line in enumerate(notes, start=1):
            _fill(second.cell(row, 1), line, table, heading=False)
        second.column_dimensions["A"].width = 100
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fill(target: Any, cell: Cell, table: Table, heading: bool) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    thin = Side(style="thin", color="A6A6A6")
    short = not isinstance(cell, str) or cell in table.tones or len(cell) <= 1
    if isinstance(cell, str):
        target.value = clean(cell)[:_LONGEST_CELL]
        target.data_type = "s"
        target.quotePrefix = cell.startswith(FORMULA_STARTS)
    else:
        target.value = cell
    target.font = Font(name=_FONT, size=11, bold=heading)
    target.border = Border(left=thin, right=thin, top=thin, bottom=thin)
    centred = "center" if heading or short else None
    target.alignment = Alignment(vertical="center", wrap_text=True, horizontal=centred)
    colour = _HEADING_COLOUR if heading else _COLOURS.get(table.tones.get(str(cell), ""))
    if colour:
        target.fill = PatternFill("solid", fgColor=colour)


def _lay_out(sheet: Any, table: Table) -> None:
    """Widths by content, the heading on every printed page, landscape A4 one page wide."""
    from openpyxl.utils import get_column_letter

    widths = [_width(table, column) for column in range(len(table.columns))]
    for column, size in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = size + _PADDING
    for number, row in enumerate((table.columns, *table.rows), start=1):
        lines = max(
            (_lines(str(cell), size) for cell, size in zip(row, widths, strict=True) if cell), default=1
        )
        sheet.row_dimensions[number].height = _LINE_POINTS * min(lines, _MOST_LINES) + 3
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    if table.title:
        sheet.oddHeader.center.text = clean(table.title)[:200].replace("&", "&&")
    sheet.oddFooter.center.text = "第 &P 页　共 &N 页"


def _width(table: Table, column: int) -> int:
    """Columns of text: as wide as the contents within limits; a longer heading wraps."""
    contents = max((width(str(row[column])) for row in table.rows if row[column] is not None), default=0)
    heading = min(width(table.columns[column]), _HEADING_WRAPS_AT)
    return min(max(contents, heading, _NARROWEST), _WIDEST)


def _lines(text: str, size: int) -> int:
    return sum(len(wrapped(line, size)) for line in text.split("\n"))


def clean(text: str) -> str:
    """``text`` without what no workbook can hold."""
    return _ILLEGAL.sub("", text)


def sheet_name(title: str) -> str:
    """What a sheet may be called: no signs that Excel refuses, at most 31 characters."""
    return re.sub(r"[\\/*?:\[\]]", "-", clean(title)).strip("'")[:31] or "表"
