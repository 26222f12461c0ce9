"""A form as a workbook (.xlsx): locked headings and register words, drop-down lists, notes at the headings.

Choices stand on a hidden sheet: a list typed into a validation may not be longer than 255 characters, or Excel drops all
validations of the sheet. Protection carries no password: it keeps people from slips, not from anything else.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from archivist.core.drafts.clean import clean_text
from archivist.core.drafts.values import printed
from archivist.core.forms.layout import (
    CODE,
    HIDDEN,
    NAME,
    ROW_OF_HINTS,
    Row,
    Sheet,
    choices_of,
    heading,
    hint,
    is_locked,
    sheets_of,
)
from archivist.drafts.forms.looks import Looks, width_of
from archivist.errors import BadInputError
from archivist.render.text import width, wrapped

if TYPE_CHECKING:
    from archivist.core.drafts.kinds import DocumentKind, Field
    from archivist.core.forms.number import FormNumber

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_LONGEST_CELL = 32_767
_HEADING_ROW, _FIRST_ROW = 4, 6
_SPARE, _MOST_READY = 20, 5_000
"""Rows at the end of a table's sheet for whatever project; rows that are ready for projects, all together."""

_PAGE, _WIDE = 130, 215
"""Characters that a landscape page holds, and so many it may hold in small print; a wider sheet goes on over more pages."""

_HOW = (
    "填白色的格子，灰色的不用动。标＊的必须填；标○的不填，公文里印成【待填】。格子旁有▼的，从选项里选。"
    "一格要写几条的，一条一行（按 Alt+Enter 换行）。"
)
_HOW_TABLES = "后面几张工作表，一项一行；没有的，在第一格写“无”；没有填的行不用删。"
_TIMES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def form_workbook(kind: DocumentKind, rows: Sequence[Row], number: FormNumber, day: date) -> bytes:
    """Return the form of ``kind`` for these projects; the same on the same day.

    Raises:
        BadInputError: what was given before is longer than a cell can be.
    """
    from openpyxl import Workbook

    sheets = sheets_of(kind)
    _refuse_too_long(kind, rows)
    book: Any = Workbook(write_only=True)
    lists = _lists(sheets, rows)
    looks = Looks()
    for sheet in sheets:
        made = book.create_sheet(sheet.name)
        _Made(made, sheet, looks, lists).write(kind, rows, number, len(sheets) > 1)
    _write_hidden(book.create_sheet(HIDDEN), lists, number)
    book.security.lockStructure = True
    book.properties.title = f"{kind.name}填写表"
    book.properties.keywords = str(number)
    book.properties.creator = ""
    stream = BytesIO()
    book.save(stream)
    return _same_bytes(stream.getvalue(), day)


def _refuse_too_long(kind: DocumentKind, rows: Sequence[Row]) -> None:
    """A cell that is cut would lose words in silence."""
    for row in rows:
        for field in kind.fields:
            value = row.given.get(field.name)
            for line in value if field.kind == "table" and value else [{field.name: value}]:
                for one in field.columns or (field,):
                    words = str(_shown(one, line.get(one.name)))
                    if len(words) > _LONGEST_CELL:
                        raise BadInputError(
                            f"“{one.title}”有 {len(words)} 个字，表格的一格最多 {_LONGEST_CELL} 个字，放不下。"
                            "请缩短，或用 YAML 文件填写。"
                        )


Lists = Mapping[tuple[str, ...], str]
"""Where on the hidden sheet each list of choices stands."""


def _lists(sheets: Sequence[Sheet], rows: Sequence[Row]) -> dict[tuple[str, ...], str]:
    from openpyxl.utils import get_column_letter

    codes = tuple(row.project.code for row in rows)
    wanted = [codes, *(choices_of(sheet, at) for sheet in sheets for at in range(len(sheet.columns)))]
    found: dict[tuple[str, ...], str] = {}
    for choices in map(tuple, wanted):
        if choices and choices not in found:
            letter = get_column_letter(len(found) + 1)
            found[choices] = f"'{HIDDEN}'!${letter}$2:${letter}${len(choices) + 1}"
    return found


def _write_hidden(sheet: Any, lists: Lists, number: FormNumber) -> None:
    from openpyxl.cell import WriteOnlyCell

    sheet.sheet_state = "hidden"
    sheet.append([str(number)])
    columns = list(lists)
    for at in range(max(map(len, columns), default=0)):
        row = [
            WriteOnlyCell(sheet, value=clean_text(column[at])) if at < len(column) else None
            for column in columns
        ]
        for cell in row:
            if cell is not None:
                cell.data_type = "s"
        sheet.append(row)


class _Made:
    """One sheet under way."""

    def __init__(self, made: Any, sheet: Sheet, looks: Looks, lists: Lists) -> None:
        self._made, self._sheet, self._lists = made, sheet, lists
        self._cells = looks.of(made)
        self._widths = [15, 22, *(width_of(field) for field in sheet.columns)]

    def write(self, kind: DocumentKind, rows: Sequence[Row], number: FormNumber, tables: bool) -> None:
        """Write all of it."""
        self._lay_out(kind)
        self._head(kind, number, tables)
        last = _FIRST_ROW - 1
        for line in self._lines(rows):
            last += 1
            self._made.row_dimensions[last].height = self._height(line)
            self._made.append(self._cells.filled(look, value) for look, value in line)
        self._validate(last, len(rows))
        self._made.print_area = f"A1:{self._letter(len(self._widths))}{last}"

    def _lay_out(self, kind: DocumentKind) -> None:
        made = self._made
        for at, size in enumerate(self._widths, 1):
            made.column_dimensions[self._letter(at)].width = size
        made.freeze_panes = f"C{_FIRST_ROW}"
        made.protection.sheet = True
        made.protection.formatCells = made.protection.formatColumns = made.protection.formatRows = False
        made.print_title_rows = f"{_HEADING_ROW}:{_HEADING_ROW}"
        made.page_setup.orientation, made.page_setup.paperSize = "landscape", 9
        made.page_margins.left = made.page_margins.right = 0.4
        if sum(self._widths) <= _WIDE:
            made.page_setup.fitToWidth, made.page_setup.fitToHeight = 1, 0
            made.sheet_properties.pageSetUpPr.fitToPage = True
        else:
            made.print_title_cols = "A:B"
            made.page_setup.pageOrder = "overThenDown"
            made.page_setup.scale = 80
        made.oddFooter.center.text = "第 &P 页　共 &N 页"

    def _head(self, kind: DocumentKind, number: FormNumber, tables: bool) -> None:
        """Title, how to fill it in, the form's number, headings, hints."""
        cells, sheet, made = self._cells, self._sheet, self._made
        title = f"{kind.name}填写表" if sheet.table is None else f"{kind.name}：{sheet.table.title}"
        how = _HOW + _HOW_TABLES if tables and sheet.table is None else _HOW
        if sheet.table is not None:
            how = "一项一行，先看项目编号；行不够的写到最后几行，选好项目编号。" + (
                f"没有{sheet.table.title.removesuffix('清单')}的，在第一格写“无”。"
                if sheet.may_be_none
                else ""
            )
        across = self._across()
        lines_of_how = len(wrapped(how, sum(self._widths[:across]) - 4))
        made.merged_cells.add(f"A2:{self._letter(across)}2")
        heights = (28, 6 + 16 * lines_of_how, 14)
        for at, (look, words) in enumerate((("title", title), ("how", how), ("number", f"表号：{number}"))):
            made.row_dimensions[at + 1].height = heights[at]
            made.append([cells.filled(look, words)])
        hints = [ROW_OF_HINTS, "", *map(hint, sheet.columns)]
        lines = zip(hints, self._widths, strict=True)
        made.row_dimensions[_HEADING_ROW].height = 32
        made.append(self._headings())
        most = max(len(wrapped(words, size - 2)) for words, size in lines)
        made.row_dimensions[_HEADING_ROW + 1].height = min(12 * most + 4, 120)
        made.append(cells.filled("hint", words) for words in hints)

    def _across(self) -> int:
        """How many columns the first printed page holds, so that what is said above them stands on it whole."""
        found, size = 0, 0
        for wide in self._widths:
            if found > 1 and size + wide > _PAGE:
                break
            found, size = found + 1, size + wide
        return found

    def _headings(self) -> Iterator[Any]:
        yield self._cells.filled("heading", CODE)
        yield self._cells.filled("heading", NAME)
        for at, field in enumerate(self._sheet.columns):
            yield self._cells.noted(heading(field), field.required, self._note(at, field))

    def _note(self, at: int, field: Field) -> str:
        """What stands in the comment at a heading."""
        told = [field.title, hint(field)]
        if choices := choices_of(self._sheet, at):
            told.append(f"可选：{'、'.join(choices)}")
        if field.longest and field.kind == "text" and not field.choices and not field.date:
            told.append(f"最多 {field.longest} 个字")
        if is_locked(field):
            told.append("台账里有的已经填好；不对的请先更正台账")
        return "\n".join(told)

    # -- rows ------------------------------------------------------------------------------------------------------

    def _lines(self, rows: Sequence[Row]) -> Iterator[list[tuple[str, Any]]]:
        """Each row as the looks and contents of its cells."""
        sheet = self._sheet
        ready = max(1, min(sheet.rows, _MOST_READY // max(len(rows), 1)))
        for row in rows:
            start: list[tuple[str, Any]] = [("locked", row.project.code), ("locked", row.project.name)]
            if sheet.table is None:
                yield start + [self._field(field, row) for field in sheet.columns]
                continue
            given = row.given.get(sheet.table.name)
            lines: list[Mapping[str, Any]] = list(given or ())
            if given == [] and sheet.may_be_none:
                lines = [{sheet.columns[0].name: "无"}]
            for at in range(max(ready, len(lines))):
                line = lines[at] if at < len(lines) else {}
                yield start + [(_look(one), _shown(one, line.get(one.name))) for one in sheet.columns]
        if sheet.table is not None:
            for _ in range(_SPARE):
                yield [("text", None), ("locked", None), *((_look(one), None) for one in sheet.columns)]

    def _field(self, field: Field, row: Row) -> tuple[str, Any]:
        known = row.known.get(field.name)
        if known is not None and is_locked(field):
            return "locked", _shown(field, known)
        return _look(field), _shown(field, row.given.get(field.name, known))

    def _height(self, line: list[tuple[str, Any]]) -> float:
        """Room for what stands there, and for a few lines where such are asked for."""
        most = 3 if any(field.kind == "lines" for field in self._sheet.columns) else 1
        for (_, value), size in zip(line, self._widths, strict=True):
            if (isinstance(value, str) and width(value) > size - 2) or "\n" in str(value):
                most = max(most, sum(len(wrapped(part, size - 2)) for part in str(value).split("\n")))
        return min(15 * most + 6, 400)

    # -- validations -------------------------------------------------------------------------------------------------

    def _validate(self, last: int, projects: int) -> None:
        from openpyxl.worksheet.datavalidation import DataValidation

        for at, field in enumerate(self._sheet.columns):
            choices, letter = tuple(choices_of(self._sheet, at)), self._letter(at + 3)
            if choices:
                rule = DataValidation("list", formula1=self._lists[choices])
                rule.error = f"应为{'、'.join(choices)}之一。"[:200]
            elif field.kind in ("number", "integer") and field.low is not None:
                kind: Any = "whole" if field.kind == "integer" else "decimal"
                high = field.high if field.high is not None else 10**9
                rule = DataValidation(kind, str(field.low), formula2=str(high), operator="between")
                rule.error = f"{field.description}。"[:200]
            else:
                continue
            rule.allow_blank, rule.errorStyle, rule.errorTitle = True, "warning", field.title[:30]
            rule.showErrorMessage = True
            rule.add(f"{letter}{_FIRST_ROW}:{letter}{last}")
            self._made.data_validations.append(rule)
        if self._sheet.table is not None and projects:
            codes = next(iter(self._lists.values()))
            rule = DataValidation("list", formula1=codes, allow_blank=True, showErrorMessage=True)
            rule.errorStyle, rule.errorTitle, rule.error = "warning", CODE, "应为“填写表”里有的项目编号。"
            rule.add(f"A{last - _SPARE + 1}:A{last}")
            self._made.data_validations.append(rule)

    @staticmethod
    def _letter(at: int) -> str:
        from openpyxl.utils import get_column_letter

        return get_column_letter(at)


def _look(field: Field) -> str:
    if field.date:
        return "date"
    if field.kind in ("number", "integer"):
        return f"number{field.decimals or 0}"
    return "long" if field.kind == "lines" or (field.longest or 0) > 255 else "text"


def _shown(field: Field, value: Any) -> Any:
    """What stands in a cell: numbers as numbers, all else as text."""
    if value is None or isinstance(value, int | Decimal):
        return value
    text = "\n".join(map(str, value)) if isinstance(value, list) else printed(field, value)
    return clean_text(text)


def _same_bytes(raw: bytes, day: date) -> bytes:
    """The package with members in a fixed order and the day in the place of the moment it was written."""
    moment = datetime.combine(day, time()).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            member = zipfile.ZipInfo(name, _ZIP_EPOCH)
            member.create_system = 0
            member.compress_type = zipfile.ZIP_DEFLATED
            data = old.read(name)
            if name == "docProps/core.xml":
                data = _TIMES.sub(rb"\g<1>" + moment, data)
            new.writestr(member, data)
    return result.getvalue()
