"""A filled-in form of dossiers (.xlsx) → what it gives, project by project: read as registers are, within their limits."""

from __future__ import annotations

from pathlib import Path

from archivist.core.dossier.book import Book
from archivist.core.dossier.sheets import Part, parts_of
from archivist.errors import BadInputError
from archivist.ledger.reading import read_sheets


def read_dossier_form(path: Path, book: Book) -> tuple[list[Part], list[str]]:
    """Return the parts and what is wrong with the form as such; what its cells hold is looked at by `core.dossier.reading`.

    Raises:
        BadInputError: the file is no workbook, or too large; it is for no project.
    """
    name, sheets, _ = read_sheets(path)
    parts, problems = parts_of(book, sheets)
    if not parts and not problems:
        raise BadInputError(
            f"{name} 里没有项目：每行要写项目编号。请用 archivist dossier form 导出的表填写。"
        )
    return parts, problems
