"""What a form asks of each project: a main sheet with a row per project, a sheet per table; what is known already."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from archivist.core.drafts.sources import SOURCES, Available, fixed, from_dossier
from archivist.core.drafts.values import coerce, is_given

if TYPE_CHECKING:
    from archivist.core.drafts.kinds import DocumentKind, Field
    from archivist.core.project import Project

MAIN, HIDDEN = "填写表", "选项"
CODE, NAME = "项目编号", "项目名称"
ROW_OF_HINTS = "填法"
"""What stands below the heading 项目编号: the row that says what to write in each column."""

REQUIRED, OPEN_MARK = "＊", "○"
"""Marks of headings: without it no document is made; what is left out prints 【待填】."""

NOTHING = "无"
"""Written into the first cell of a table's row: there is none (没有债权债务)."""

SPARE_ROWS = 3
_LEAST_ROWS = 3
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31


class Sheet(NamedTuple):
    """One sheet of a form: its name, the table it is for (None for the main one), and what each column asks for."""

    name: str
    table: Field | None
    columns: tuple[Field, ...]

    @property
    def rows(self) -> int:
        """Rows ready for each project: as many as the printed paper opens, at least a few."""
        return 1 if self.table is None else max(self.table.open_rows, _LEAST_ROWS)

    @property
    def may_be_none(self) -> bool:
        """Whether somebody may say that there is none of it."""
        return self.table is not None and not self.table.required


def sheets_of(kind: DocumentKind) -> tuple[Sheet, ...]:
    """The sheets of the form of a kind, the main one first."""
    asked = [field for field in kind.fields if _is_asked(field)]
    sheets = [Sheet(MAIN, None, tuple(field for field in asked if field.kind != "table"))]
    taken = {MAIN, HIDDEN}
    for field in asked:
        if field.kind == "table":
            sheets.append(Sheet(_unused(field.title, taken), field, field.columns))
    return tuple(sheets)


def _is_asked(field: Field) -> bool:
    """Whether a person is asked: not for what the archive says, what is worked out, or whose project it is."""
    if field.computed or field.tally is not None or fixed(field.source):
        return False
    return field.source not in {"project.code", "project.name"} and not (
        field.kind == "table" and field.source and not from_dossier(field.source)
    )


def _unused(title: str, taken: set[str]) -> str:
    name = _NO_SHEET_NAME.sub("-", title)[:_LONGEST_NAME].strip() or "表"
    number = 2
    while name in taken:
        name = f"{name[: _LONGEST_NAME - 3]}{number}"
        number += 1
    taken.add(name)
    return name


def heading(field: Field) -> str:
    """A column's heading with its mark."""
    return f"{field.title}{REQUIRED if field.required else OPEN_MARK if field.open else ''}"


def hint(field: Field) -> str:
    """What is to be written in a column, in the words of the schema; for lists how."""
    told = field.description.removeprefix("应为")
    if field.kind == "lines" and "一行" not in told:
        told += "（一条一行）"
    if field.source == "today":
        told += "；不填就是生成的那一天"
    if field.default:
        told += "；不填有现成的话"
    return told


def is_locked(field: Field) -> bool:
    """Whether what is known of a field stands in the register alone and is corrected there."""
    return field.source.startswith("project.")


class Row(NamedTuple):
    """A project on a form, with what is known of it by the names of fields, and what somebody gave before."""

    project: Project
    known: Mapping[str, Any]
    given: Mapping[str, Any] = {}


def known_of(kind: DocumentKind, available: Available) -> dict[str, Any]:
    """What the register and the settings say of the fields that are asked for; not what changes from day to day. The
    project's name is among it, asked for or not.
    """
    found: dict[str, Any] = {NAME: available.project.name}
    for field in kind.fields:
        if field.source and _is_asked(field) and field.source not in {"today", "issuer.number"}:
            value = SOURCES[field.source](available)
            if is_given(value):
                found[field.name] = coerce(field, value)
    return found


def choices_of(sheet: Sheet, at: int) -> Sequence[str]:
    """What the drop-down list of a column offers: its choices; of a table's first column also that there is none."""
    choices = sheet.columns[at].choices
    return (*choices, NOTHING) if choices and at == 0 and sheet.may_be_none else choices
