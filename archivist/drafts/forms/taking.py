"""A filled form taken back (收回填写表): which kind it is of, and the documents it asks for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from archivist.core.forms.cells import CellSheet, texts
from archivist.core.forms.number import FormNumber, edition_of, number_in
from archivist.core.forms.reading import Entry, Fault, read_form
from archivist.drafts.forms.known import known_by_code, number_of
from archivist.errors import BadInputError

if TYPE_CHECKING:
    from archivist.core.drafts.kinds import DocumentKind
    from archivist.index.reader import IndexReader
    from archivist.workspace.opened import Workspace

_ROWS_LOOKED_AT = 4


class Taken(NamedTuple):
    """A form that was read: its kind, the projects somebody wrote something for, those nobody did, what is wrong with no
    project's row, and what a person should know though nothing is wrong.
    """

    kind: DocumentKind
    entries: tuple[Entry, ...]
    untouched: tuple[str, ...]
    faults: tuple[Fault, ...]
    notices: tuple[str, ...] = ()


def number_on(sheets: Sequence[CellSheet]) -> FormNumber | None:
    """The number of the form that a workbook is; None where it is none."""
    hidden_first = sorted(sheets, key=lambda sheet: not sheet.hidden)
    return next((found for text in texts(hidden_first, _ROWS_LOOKED_AT) if (found := number_in(text))), None)


def form_sheets(path: Path) -> tuple[CellSheet, ...] | None:
    """The cells of a form that somebody names; None where the file is no form.

    Raises:
        BadInputError: the workbook cannot be read.
    """
    from archivist.extract.failures import Refused
    from archivist.extract.formats.cells import read_cells

    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        return None
    try:
        sheets = read_cells(path)
    except Refused as refusal:
        raise BadInputError(f"{path} 读不出来：{refusal.reason}") from None
    except OSError as error:
        raise BadInputError(f"{path} 打不开（{error.strerror}）。请检查文件名和权限。") from None
    return sheets if number_on(sheets) else None


def take(
    workspace: Workspace,
    index: IndexReader,
    kinds: Sequence[DocumentKind],
    sheets: Sequence[CellSheet],
    today: date,
    wanted: DocumentKind | None = None,
) -> Taken:
    """Read a form.

    Args:
        wanted: the kind of document that is asked for; None takes the form's word.

    Raises:
        BadInputError: the workbook is no form, or one of another kind.
    """
    number = number_on(sheets)
    if number is None:
        raise BadInputError("这个工作簿不是填写表，没有表号。请用 archivist form 取一张表，在上面填写。")
    kind = next((one for one in kinds if one.slug == number.kind), None)
    if kind is None:
        raise BadInputError(
            f"这是“{number.kind}”的填写表，这里没有这个文种。请用 archivist form 重新取一张表。"
        )
    if wanted is not None and wanted.slug != kind.slug:
        raise BadInputError(
            f"这是“{kind.name}”的填写表，不是“{wanted.name}”的。请改用 archivist generate {kind.name} --data …。"
        )
    filled = read_form(kind, sheets, known_by_code(workspace, index, kind, today))
    entries = tuple(one for one in filled.entries if one.touched or one.faults)
    untouched = tuple(one.code for one in filled.entries if not (one.touched or one.faults))
    return Taken(
        kind, entries, untouched, filled.faults, _notices(kind, number, number_of(kind, index, today))
    )


def _notices(kind: DocumentKind, number: FormNumber, ours: FormNumber) -> tuple[str, ...]:
    """What a form is that was not given out by this workspace today."""
    found = []
    if number.edition != edition_of(kind):
        day = f"{number.day[:4]}年{int(number.day[4:6])}月{int(number.day[6:])}日"
        found.append(f"这张表是{day}的旧版，“{kind.name}”的填写项后来改过；认得出的都用上了，下次请取新表")
    if number.workspace != ours.workspace:
        found.append("这张表是别的工作区给出的，项目按编号对上")
    return tuple(found)
