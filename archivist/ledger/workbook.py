"""XLSX bytes → sheets, through openpyxl's streaming reader, within limits checked before unpacking.

The sizes a package declares bound what is read: zipfile stops a member at its declared size. A dimension or a
row number that claims millions of rows costs nothing, because only rows with content are kept.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from typing import IO, Any

from archivist.core.register import CellTrouble, Row, Sheet
from archivist.errors import BadInputError
from archivist.ledger.limits import (
    MAX_COLUMNS,
    MAX_MERGED,
    MAX_PARTS,
    MAX_ROWS,
    MAX_XML_BYTES,
    too_many_rows,
)

_LAST_ROW = 1_048_576
_EXACT_DIGITS = 15
_Position = tuple[int, int]


def read_xlsx(data: bytes, name: str) -> tuple[list[Sheet], list[str]]:
    """Return the workbook's visible sheets and the names of its hidden ones.

    Raises:
        BadInputError: damaged, password protected, no workbook at all, or larger than a register can be.
    """
    _check_package(data, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read(data, name)
    except BadInputError:
        raise
    except Exception as error:  # openpyxl raises almost anything on a damaged package
        raise BadInputError(
            f"{name} 打不开，文件可能已损坏（{type(error).__name__}）。"
            "请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。"
        ) from error


def _check_package(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
    except Exception as error:  # zipfile raises beyond BadZipFile on hostile lists
        raise BadInputError(f"{name} 不完整或已损坏，打不开。请重新复制或另存一份再导入。") from error
    names = {member.filename for member in members}
    if "xl/workbook.xml" not in names:
        raise BadInputError(
            f"{name} 不是 .xlsx 表格，{_what_it_is(names)}。请用 Excel 或 WPS 另存为 .xlsx 再导入。"
        )
    unpacked = sum(member.file_size for member in members if member.filename.endswith((".xml", ".rels")))
    if len(members) > MAX_PARTS or unpacked > MAX_XML_BYTES:
        raise BadInputError(
            f"{name} 解开后超过 {MAX_XML_BYTES // 2**20} 兆字节，不像项目登记表。"
            "请把项目表单独复制到一个新的 .xlsx 文件再导入。"
        )


def _what_it_is(names: set[str]) -> str:
    if "word/document.xml" in names:
        return "是 Word 文档"
    if "xl/workbook.bin" in names:
        return "是二进制工作簿（.xlsb）"
    if "content.xml" in names:
        return "是 OpenDocument 文件（.ods）"
    return "像是压缩包"


def _read(data: bytes, name: str) -> tuple[list[Sheet], list[str]]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        sheets = [_sheet(sheet, name) for sheet in book.worksheets if sheet.sheet_state == "visible"]
        hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
        return sheets, hidden
    finally:
        book.close()


def _sheet(source: Any, name: str) -> Sheet:
    with source._get_source() as stream:  # the part's bytes: read-only sheets do not tell merged cells
        ranges, uncalculated = _scan(stream)
    troubles = dict.fromkeys(uncalculated, CellTrouble.UNCALCULATED)
    formula_rows = {number for number, _ in uncalculated}
    rows: list[Row] = []
    cells = source.iter_rows(min_row=1, max_row=_LAST_ROW, min_col=1, max_col=MAX_COLUMNS)
    gap: Any = None  # openpyxl yields one and the same tuple for rows that are not there
    for number, row in enumerate(cells, start=1):
        if row is gap:
            continue
        texts = _texts(number, row, troubles)
        if texts or number in formula_rows:
            rows.append(Row(number, texts))
            if len(rows) > MAX_ROWS:
                raise too_many_rows(name)
        else:
            gap = row
    return Sheet(source.title, tuple(rows), _covered(ranges, [row.number for row in rows], name), troubles)


def _scan(stream: IO[bytes]) -> tuple[list[str], set[_Position]]:
    """Return the merged ranges of a sheet part, and the cells whose formula has no saved result."""
    from openpyxl.utils.cell import coordinate_to_tuple
    from openpyxl.xml.functions import iterparse

    ranges: list[str] = []
    uncalculated: set[_Position] = set()
    for _, element in iterparse(stream):
        tag = element.tag.rpartition("}")[2]
        if tag == "mergeCell":
            ranges.append(element.get("ref", ""))
        elif tag == "c" and element.get("r") and _is_uncalculated(element):
            row, column = coordinate_to_tuple(element.get("r"))
            uncalculated.add((row, column - 1))
        if tag in ("row", "mergeCell"):
            element.clear()
    return ranges, uncalculated


def _is_uncalculated(cell: Any) -> bool:
    if len(cell) == 0 or cell.get("t") == "str":
        return False
    children = {child.tag.rpartition("}")[2]: child.text for child in cell}
    return "f" in children and not children.get("v")


def _covered(ranges: list[str], numbers: list[int], name: str) -> dict[_Position, _Position]:
    """Return for each covered cell of a kept row the cell that holds the value."""
    from bisect import bisect_left, bisect_right

    from openpyxl.utils.cell import range_boundaries

    covered: dict[_Position, _Position] = {}
    budget = MAX_MERGED
    for reference in ranges:
        left, top, right, bottom = range_boundaries(reference)
        assert left and top and right and bottom
        rows = numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]
        columns = range(left - 1, min(right, MAX_COLUMNS))
        budget -= len(rows) * len(columns) + 1
        if budget < 0:
            raise BadInputError(f"{name} 的合并单元格过多。请取消合并后再导入。")
        for row in rows:
            covered.update({(row, column): (top, left - 1) for column in columns})
        covered.pop((top, left - 1), None)
    return covered


def _texts(number: int, row: Any, troubles: dict[_Position, CellTrouble]) -> tuple[str, ...]:
    """Return a row's cells as text up to the last one that is not empty; note what cannot be trusted."""
    texts: list[str] = []
    for column, cell in enumerate(row):
        if cell.value is None:
            continue
        text, trouble = _text(cell)
        if text.strip():
            texts += [""] * (column - len(texts))
            texts.append(text)
        if trouble:
            troubles[number, column] = trouble
    return tuple(texts)


def _text(cell: Any) -> tuple[str, CellTrouble | None]:
    value = cell.value
    if isinstance(value, bool):
        return ("是" if value else "否"), None
    if isinstance(value, int | float):
        return _number(value, cell)
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d"), CellTrouble.DATE
    if isinstance(value, time):
        return value.isoformat(), CellTrouble.DATE
    text = str(value)
    return text, (CellTrouble.ERROR_VALUE if cell.data_type == "e" else None)


def _number(value: int | float, cell: Any) -> tuple[str, CellTrouble | None]:
    """Return a number as the sheet shows it: 15 digits are all it holds, and a format of zeros pads it."""
    if isinstance(value, float):
        exact = Decimal(format(value, f".{_EXACT_DIGITS}g"))
        text = f"{exact:f}"
    else:
        text = str(value)
    long = len(text.lstrip("-").split(".", maxsplit=1)[0]) > _EXACT_DIGITS
    shown = cell.number_format or ""
    if text.isdigit() and len(shown) > 1 and set(shown) == {"0"}:
        text = text.zfill(min(len(shown), 64))
    return text, (CellTrouble.LONG_NUMBER if long else None)
