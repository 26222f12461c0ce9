"""An xlsx fill-in sheet: the first sheet holds name and content in two columns, each further one a table."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

from archivist.errors import BadInputError

_MAX_UNPACKED = 100_000_000
_MAX_ROWS = 5_000
_MAX_COLUMNS = 60
_HEADINGS = {"名称", "填写项", "项目", "字段", "栏目"}


def read_sheets(name: str, raw: bytes) -> dict[str, Any]:
    """Return the fields of the workbook ``raw``; ``name`` is the file's name, for messages.

    Raises:
        BadInputError: not a readable workbook, too large, or a name comes twice.
    """
    workbook = _open(name, raw)
    try:
        first, *tables = workbook.worksheets
        result = _pairs(name, _rows(name, first))
        for sheet in tables:
            rows = list(_rows(name, sheet))
            if not rows:
                continue
            if sheet.title in result:
                raise BadInputError(f"{name} 里“{sheet.title}”既在第一张表又另有一张工作表，请只留一处。")
            result[sheet.title] = _table(name, sheet.title, rows)
    finally:
        workbook.close()
    return result


def _open(name: str, raw: bytes) -> Any:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            size = sum(member.file_size for member in archive.infolist())
        if size > _MAX_UNPACKED:
            raise BadInputError(f"{name} 解开后过大，不像填写表。请检查是否选错了文件。")
        workbook = load_workbook(BytesIO(raw), read_only=True, data_only=True)
    except BadInputError:
        raise
    except Exception:  # openpyxl raises whatever its XML and zip layers raise on damaged files
        raise BadInputError(
            f"{name} 打不开：文件损坏、加了密码，或不是真正的 xlsx。请用 Excel 或 WPS 打开后另存为 xlsx。"
        ) from None
    if not workbook.worksheets:
        raise BadInputError(f"{name} 里没有工作表。")
    return workbook


def _rows(name: str, sheet: Any) -> Iterator[list[Any]]:
    sheet.reset_dimensions()
    try:
        for number, row in enumerate(sheet.iter_rows(max_col=_MAX_COLUMNS, values_only=True), 1):
            if number > _MAX_ROWS:
                raise BadInputError(f"{name} 的“{sheet.title}”超过 {_MAX_ROWS} 行，不像填写表，请检查。")
            cells = [_cell(value) for value in row]
            if any(cell is not None for cell in cells):
                yield cells
    except BadInputError:
        raise
    except Exception:  # as in _open: rows are parsed lazily
        raise BadInputError(f"{name} 的“{sheet.title}”读不出来，文件可能已损坏，请另存一份再试。") from None


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, float):
        return Decimal(f"{value:.12g}")  # what the cell shows, without the dust of binary fractions
    if isinstance(value, str) and not value.strip():
        return None
    return value if isinstance(value, str | int | bool | date | None) else str(value)


def _pairs(name: str, rows: Iterator[list[Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for number, row in enumerate(rows):
        title = str(row[0]).strip() if row[0] is not None else ""
        if not title or (number == 0 and title in _HEADINGS):
            continue
        if title in result:
            raise BadInputError(f"{name} 里“{title}”写了两次，请只留一处。")
        result[title] = row[1] if len(row) > 1 else None
    return result


def _table(name: str, title: str, rows: list[list[Any]]) -> list[Any]:
    header, *body = rows
    columns = {at: str(cell).strip() for at, cell in enumerate(header) if cell is not None}
    if len(columns) == 1:
        at = next(iter(columns))
        return [row[at] for row in body if len(row) > at and row[at] is not None]
    if len(set(columns.values())) < len(columns):
        raise BadInputError(f"{name} 的工作表“{title}”有两列同名，请改正表头。")
    return [
        {column: row[at] for at, column in columns.items() if at < len(row) and row[at] is not None}
        for row in body
    ]
