"""Writes the register as .xlsx: title rows above the heading, townships merged, as offices keep it."""

from __future__ import annotations

import datetime as dt
import io
from itertools import groupby

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from .files import settled_zip
from .projects import ROWS, Row, phone_of

HEADINGS = (
    "序号",
    "项目编号",
    "项目名称",
    "镇街",
    "村（社区）",
    "购建年度",
    "投入帮扶资金\n（万元）",
    "项目类别",
    "主管部门",
    "经营主体",
    "联系人",
    "联系电话",
    "资产权属",
    "脱贫村",
    "备注",
)
WIDTHS = (6, 15, 42, 11, 12, 9, 13, 15, 14, 42, 10, 14, 10, 8, 12)
FIRST_ROW = 4
MERGED_TOWNSHIPS = {"珠溪镇", "宝兴镇", "龙石镇"}
"""Only some townships are merged: clerks do not finish what they begin."""


def register_bytes() -> bytes:
    """Return the register workbook."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "项目台账"
    _heading(sheet)
    for number, row in enumerate(ROWS, 1):
        _write(sheet, FIRST_ROW + number - 1, _values(number, row))
    _merge_townships(sheet)
    sheet.freeze_panes = "D4"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    return book_bytes(book)


def book_bytes(book: Workbook) -> bytes:
    """Return a workbook as the office in charge saved it, the same bytes every time."""
    stamp = dt.datetime(2024, 11, 15, 9, 0)  # noqa: DTZ001 (openpyxl wants it without a zone)
    book.properties.creator = book.properties.lastModifiedBy = "区农业农村委"
    book.properties.created = book.properties.modified = stamp
    out = io.BytesIO()
    book.save(out)
    return settled_zip(_without_clock(out.getvalue(), stamp))


def _without_clock(data: bytes, stamp: dt.datetime) -> bytes:
    """Openpyxl writes the present time as 'modified' whatever was set: put the fixed one back."""
    import re
    import zipfile

    out = io.BytesIO()
    fixed = stamp.strftime(r"\g<1>%Y-%m-%dT%H:%M:%SZ\g<2>").encode()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.namelist():
            body = old.read(member)
            if member == "docProps/core.xml":
                body = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*(<)", fixed, body)
            new.writestr(member, body)
    return out.getvalue()


def _heading(sheet: Worksheet) -> None:
    last = len(HEADINGS)
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=last)
    sheet.merge_cells(start_row=2, end_row=2, start_column=1, end_column=8)
    sheet.merge_cells(start_row=2, end_row=2, start_column=9, end_column=last)
    sheet["A1"] = "大足区经营性帮扶产业项目清单"
    sheet["A1"].font = Font(name="方正小标宋简体", size=20)
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center")
    sheet["A2"] = "填报单位：区委农村工作暨实施乡村振兴战略领导小组办公室"
    sheet["I2"] = "更新时间：2024年11月15日"
    sheet.row_dimensions[1].height = 36
    sheet.row_dimensions[3].height = 34
    for column, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True), 1):
        cell = sheet.cell(3, column, heading)
        cell.font = Font(name="黑体", size=11)
        cell.fill = PatternFill("solid", fgColor="E7EEF6")
        sheet.column_dimensions[cell.column_letter].width = width
        frame(cell)


def _values(number: int, row: Row) -> tuple[str | float, ...]:
    return (
        number,
        row.code,
        row.name,
        row.township,
        row.village,
        int(row.year),
        float(row.amount),
        row.category,
        row.department,
        row.operator,
        row.contact,
        phone_of(row),
        row.ownership,
        row.poor,
        "",
    )


def _write(sheet: Worksheet, at: int, values: tuple[str | float, ...]) -> None:
    for column, value in enumerate(values, 1):
        cell = sheet.cell(at, column, value)
        cell.font = Font(name="仿宋", size=11)
        if column == 7:
            cell.number_format = "0.00"
        frame(cell)


def frame(cell: Cell | MergedCell) -> None:
    """Draw a cell's border and let its text wrap."""
    line = Side(style="thin", color="808080")
    cell.border = Border(left=line, right=line, top=line, bottom=line)
    cell.alignment = Alignment(vertical="center", wrap_text=True)


def _merge_townships(sheet: Worksheet) -> None:
    numbered = enumerate(ROWS, FIRST_ROW)
    for township, group in groupby(numbered, key=lambda pair: pair[1].township):
        rows = [at for at, _ in group]
        if township in MERGED_TOWNSHIPS and len(rows) > 1:
            sheet.merge_cells(start_row=rows[0], end_row=rows[-1], start_column=4, end_column=4)
