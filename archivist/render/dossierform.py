"""The form of dossiers (项目底册表) as a workbook: a sheet a section, what is known filled in, choices on a hidden sheet."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from archivist.core.dossier.sheets import ABOUT, CODE, NAME, VERSION
from archivist.core.dossier.values import NONE, Dossier

if TYPE_CHECKING:
    from archivist.core.dossier.book import Book
    from archivist.core.drafts.kinds import Field

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FONT = "宋体"
_CHOICES = "选项"
_TEXT, _NUMBER = "底册文字", "底册数字"
"""Names of styles."""
_SPARE = 20
"""Rows below what is known that are laid out to be filled in."""
_WIDE = re.compile("名称|说明|结论|意见|建议|凭|内容|结果|原因|现状|用途|事由")
_HELP = (
    "一、一件事只在一处填一次：公文、台账、检查都从底册里取。各部分一张表，一件一行，“项目编号”每行都写（只有一个项目时可以不写）。",
    f"二、没有的（没有债权债务、没有土地、没有替代项目）在编号一栏写“{NONE}”；还不知道的留空。编号留空就自动编。",
    "三、金额一律用万元，面积用亩，日期写成 2024年11月20日 或 2024-11-20；有下拉箭头的格子只能选。",
    "四、要改就改格子里的内容，要删就把那一行清空。填好后交给管理员导入；有错的会一次全部列出，一条也不导入。",
    "五、“底册版本”不要改：表导出以后别人又改过底册的，这张表不会盖掉别人填的。",
)


class Filled(NamedTuple):
    """A project with what its dossier holds, and how often that has changed."""

    code: str
    name: str
    version: int
    dossier: Dossier


def dossier_form(book: Book, projects: Sequence[Filled]) -> bytes:
    """Return the form for ``projects`` as an .xlsx file."""
    from openpyxl import Workbook

    workbook = Workbook()
    for style in _styles():
        workbook.add_named_style(style)
    _about(workbook.active, projects)
    choices = workbook.create_sheet(_CHOICES)
    choices.sheet_state = "hidden"
    lists: dict[tuple[str, ...], str] = {}
    for section in book.kind.fields:
        sheet = workbook.create_sheet(section.name, len(workbook.worksheets) - 1)
        _section(sheet, section, projects, lambda words: _listed(choices, lists, words), book)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _about(sheet: Any, projects: Sequence[Filled]) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.title = ABOUT
    sheet.append(["项目底册"])
    sheet["A1"].font = Font(name=_FONT, size=16, bold=True)
    for line in _HELP:
        sheet.append([line])
        sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=3)
        cell = sheet.cell(sheet.max_row, 1)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        cell.font = Font(name=_FONT, size=11)
        sheet.row_dimensions[sheet.max_row].height = 34
    head = sheet.max_row + 2
    for at, title in enumerate((CODE, NAME, VERSION), 1):
        _head(sheet.cell(head, at), title)
    for number, one in enumerate(projects, head + 1):
        for at, value in enumerate((one.code, one.name, str(one.version)), 1):
            _cell(sheet.cell(number, at), value, _TEXT)
    for column, width in zip("ABC", (24, 52, 12), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.protection.sheet = True


def _section(sheet: Any, section: Field, projects: Sequence[Filled], listed: Any, book: Book) -> None:
    from openpyxl.comments import Comment
    from openpyxl.utils import get_column_letter

    _head(sheet.cell(1, 1), CODE)
    choices = _words_of(section, book)
    for at, column in enumerate(section.columns, 2):
        cell = sheet.cell(1, at)
        _head(cell, column.title)
        must = "必填。" if column.required else ""
        cell.comment = Comment(f"{must}{column.description}", "archivist", width=260, height=70)
    rows = list(_rows(section, projects))
    blank = [None] * (len(section.columns) + 1)
    numeric = (column.kind in ("number", "integer") for column in section.columns)
    styles = [_TEXT, *(_NUMBER if one else _TEXT for one in numeric)]
    for number, values in enumerate([*rows, *[blank] * _SPARE], 2):
        for at, (value, style) in enumerate(zip(values, styles, strict=True), 1):
            _cell(sheet.cell(number, at), value, style)
    last = len(rows) + 1 + _SPARE
    for at, column in enumerate(section.columns, 2):
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = 22 if _WIDE.search(column.name) else 11
        _validate(sheet, f"{letter}2:{letter}{last}", column, choices.get(column.name, ()), listed)
    sheet.column_dimensions["A"].width = 18
    sheet.row_dimensions[1].height = 32
    sheet.freeze_panes = "C2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"
    sheet.page_margins.left = sheet.page_margins.right = 0.3
    sheet.oddHeader.center.text, sheet.oddFooter.center.text = (
        f"项目底册　{section.name}",
        "第 &P 页　共 &N 页",
    )
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    protection = sheet.protection
    protection.sheet = True
    protection.insertRows = protection.deleteRows = protection.formatColumns = protection.sort = False


def _words_of(section: Field, book: Book) -> dict[str, tuple[str, ...]]:
    """The choices of each field that has any."""
    properties = book.kind.schema["properties"][section.name]["items"]["properties"]
    return {name: tuple(table["enum"]) for name, table in properties.items() if "enum" in table}


def _rows(section: Field, projects: Sequence[Filled]) -> Iterator[list[Any]]:
    for one in projects:
        if one.dossier.tells(section.name) and not one.dossier.rows(section.name):
            yield [one.code, NONE, *[None] * (len(section.columns) - 1)]
        for row in one.dossier.rows(section.name):
            yield [one.code, *(_value(column, row.get(column.name)) for column in section.columns)]


def _value(column: Field, text: str | None) -> Any:
    """A cell as people work with it: numbers as numbers, as long as a workbook holds them exactly."""
    if text is None or column.kind not in ("number", "integer"):
        return text
    number = float(text)
    return number if len(text) <= 15 else text


def _head(cell: Any, words: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    cell.value = words
    cell.font = Font(name=_FONT, size=11, bold=True)
    cell.fill = PatternFill("solid", fgColor="D9E2F3")
    cell.border = _lines()
    cell.alignment = Alignment(wrap_text=True, horizontal="center", vertical="center")


def _lines() -> Any:
    from openpyxl.styles import Border, Side

    thin = Side(style="thin", color="A6A6A6")
    return Border(left=thin, right=thin, top=thin, bottom=thin)


def _styles() -> Iterator[Any]:
    """How cells to be filled in look, made once for a workbook."""
    from openpyxl.styles import Alignment, Font, NamedStyle, Protection

    for name, shown in ((_TEXT, "@"), (_NUMBER, "General")):
        yield NamedStyle(
            name,
            font=Font(name=_FONT, size=11),
            border=_lines(),
            alignment=Alignment(wrap_text=True, vertical="center"),
            protection=Protection(locked=False),
            number_format=shown,
        )


def _cell(cell: Any, value: Any, style: str) -> None:
    cell.style = style
    if isinstance(value, str):
        cell.value = _ILLEGAL.sub("", value)
        cell.data_type = "s"  # never a formula
    else:
        cell.value = value


def _listed(sheet: Any, lists: dict[tuple[str, ...], str], words: tuple[str, ...]) -> str:
    """Where on the hidden sheet these choices stand."""
    from openpyxl.utils import get_column_letter

    if words not in lists:
        letter = get_column_letter(len(lists) + 1)
        for at, word in enumerate(words, 1):
            sheet[f"{letter}{at}"] = word
        lists[words] = f"'{_CHOICES}'!${letter}$1:${letter}${len(words)}"
    return lists[words]


def _validate(sheet: Any, cells: str, column: Field, words: tuple[str, ...], listed: Any) -> None:
    """Drop-downs, and numbers that are none; a first column may say 无 all the same, so that only a warning comes."""
    from openpyxl.worksheet.datavalidation import DataValidation

    if words:
        rule = DataValidation(type="list", formula1=listed(words), allow_blank=True)
    elif column.kind in ("number", "integer"):
        whole = column.kind == "integer"
        rule = DataValidation(
            type="whole" if whole else "decimal",
            operator="greaterThanOrEqual",
            formula1="0",
            allow_blank=True,
        )
    else:
        return
    rule.showErrorMessage = True
    rule.errorTitle, rule.error = column.title[:32], column.description[:220] or "请按栏名填写"
    sheet.add_data_validation(rule)
    rule.add(cells)
