"""Forms to fill in (填写表): given out, filled in as a person does it, read back."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl

from archivist.core.drafts.kinds import DocumentKind, Field, parse_kind
from archivist.core.drafts.sources import Available
from archivist.core.forms.cells import CellRow, CellSheet
from archivist.core.forms.layout import CODE, NAME, Row, known_of, sheets_of
from archivist.core.forms.number import FormNumber, edition_of
from archivist.core.forms.reading import Filled, read_form
from archivist.core.project import Project
from archivist.drafts.forms.workbook import form_workbook
from archivist.extract.formats.cells import read_cells
from support.drafting import PROJECT, TODAY

FIRST = 6
"""The row of the first project."""

OTHER = replace(PROJECT, code="DZ-2019-0042", name="中敖镇麻柳沟村食用菌种植基地项目", village="麻柳沟村")


def rows_of(kind: DocumentKind, *projects: Project, given: Sequence[Mapping[str, Any]] = ()) -> list[Row]:
    """What is known of projects, and what somebody gave before."""
    known = [known_of(kind, Available(one, None, TODAY)) for one in projects]
    more = [*given, *({} for _ in range(len(projects) - len(given)))]
    return [Row(*one) for one in zip(projects, known, more, strict=True)]


def form(kind: DocumentKind, *projects: Project, given: Sequence[Mapping[str, Any]] = ()) -> bytes:
    """A form of ``kind`` for these projects."""
    return form_workbook(kind, rows_of(kind, *projects, given=given), number(kind), TODAY)


def number(kind: DocumentKind) -> FormNumber:
    """The number of a form given out by a workspace of the tests."""
    return FormNumber(kind.slug, edition_of(kind), f"{TODAY:%Y%m%d}", "0123abcd")


def columns(sheet: Any) -> dict[str, int]:
    """The columns of a sheet of a form by their headings, without marks."""
    return {str(cell.value).rstrip("＊○"): cell.column for cell in sheet[4] if cell.value}


Cells = Mapping[tuple[str, int, str], Any]
"""What somebody writes: sheet, row as the sheet numbers it, heading → content."""


def filled(raw: bytes, cells: Cells) -> bytes:
    """A form opened, filled in and saved, as an office program does it."""
    book = openpyxl.load_workbook(io.BytesIO(raw))
    for (name, row, heading), value in cells.items():
        sheet = book[name]
        sheet.cell(row, columns(sheet)[heading]).value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def known_by_code(kind: DocumentKind, *projects: Project) -> dict[str, Mapping[str, Any]]:
    """What the register knows of these projects."""
    return {row.project.code: row.known for row in rows_of(kind, *projects)}


def read_back(kind: DocumentKind, raw: bytes, folder: Path, *projects: Project) -> Filled:
    """What stands on a filled form."""
    path = folder / "表.xlsx"
    path.write_bytes(raw)
    return read_form(kind, read_cells(path), known_by_code(kind, *projects))


# -- without a workbook ------------------------------------------------------------------------------------------------


def small_kind(**more: Any) -> DocumentKind:
    """A kind with a field of each sort."""
    schema: dict[str, Any] = {
        "title": "小文种",
        "required": ["项目名称", "事由"],
        "properties": {
            "项目名称": {"title": "项目名称", "type": "string", "x-source": "project.name"},
            "镇街": {"title": "镇街", "type": "string", "x-source": "project.township", "x-open": True},
            "发文机关": {"type": "string", "x-source": "issuer.township", "x-open": True},
            "日期": {
                "title": "日期",
                "description": "应为日期",
                "type": "string",
                "x-format": "date",
                "x-open": True,
            },
            "编制日期": {"title": "编制日期", "type": "string", "x-format": "date", "x-source": "today"},
            "事由": {"title": "事由", "description": "应为事由", "type": "string", "maxLength": 20},
            "议题": {
                "title": "议题",
                "type": "array",
                "items": {"type": "string"},
                "x-default": "研究{事由}",
            },
            "权属": {"type": "string", "enum": ["集体", "国有"], "x-also": {"集体": ["村集体"]}},
            "清单": {
                "title": "清单/明细",
                "type": "array",
                "x-open": True,
                "items": {
                    "type": "object",
                    "required": ["名称"],
                    "properties": {
                        "名称": {"title": "名称", "type": "string"},
                        "数量": {"title": "数量（台）", "type": "number", "minimum": 0, "x-open": True},
                    },
                },
            },
            "合计": {"type": "number", "x-sum": {"of": "清单", "column": "数量"}},
            "原因": {
                "title": "原因",
                "type": "array",
                "items": {"type": "string"},
                "x-source": "project.reason",
            },
        },
        **more,
    }
    problems: list[str] = []
    kind = parse_kind("small", schema, "small.schema.json", "small.docx", [1, 2], problems)
    assert problems == []
    return kind


def sheet(name: str, *rows: Sequence[Any], first: int = 4, hidden: bool = False) -> CellSheet:
    """A sheet whose first row stands at ``first``."""
    return CellSheet(name, tuple(CellRow(at, tuple(row)) for at, row in enumerate(rows, first)), hidden)


def heads(kind: DocumentKind, at: int = 0) -> list[str]:
    """The headings of a sheet of the form."""
    return [CODE, NAME, *(field.title for field in sheets_of(kind)[at].columns)]


def field(kind: DocumentKind, name: str) -> Field:
    """A field, or a column of a table, by its name."""
    return next(one for each in kind.fields for one in (each, *each.columns) if one.name == name)
