"""What a document prints 【待填】 for: told to whoever makes it, so that no paper is signed with blanks in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from archivist.core.drafts.clean import OPEN
from archivist.core.drafts.kinds import DocumentKind, Field


def left_open(kind: DocumentKind, values: Mapping[str, Any]) -> tuple[str, ...]:
    """The titles of the fields of which ``values`` (as the template gets them) leave something open, in their order.

    Of a table, the columns and the rows: “资产清单”第2、3行的现状.
    """
    return tuple(told for field in kind.fields for told in _of(field, values.get(field.name)))


def _of(field: Field, value: Any) -> Iterator[str]:
    if field.kind == "table" and isinstance(value, Sequence) and not isinstance(value, str):
        yield from _table(field, value)
    elif any(OPEN in str(part) for part in (value if isinstance(value, list) else [value])):
        yield field.title


def _table(field: Field, rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    places = {
        column.title: [number for number, row in enumerate(rows, 1) if _open(row.get(column.name))]
        for column in field.columns
    }
    if rows and all(len(numbers) == len(rows) for numbers in places.values()):
        yield field.title
        return
    for title, numbers in places.items():
        if numbers:
            yield f"“{field.title}”第{'、'.join(map(str, numbers))}行的{title}"


def _open(cell: Any) -> bool:
    """Whether a cell leaves something open; cells of a cell's own rows (归档目录) are theirs, too."""
    if isinstance(cell, list):
        return any(
            _open(one) for row in cell for one in (row.values() if isinstance(row, Mapping) else (row,))
        )
    return OPEN in str(cell)
