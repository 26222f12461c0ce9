"""Documents as the archive holds them (件): the one question that joins each with its source, copy and versions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any

from archivist.core.document import Holding, Source
from archivist.index.records import document_fields, source_from

_SOURCE = tuple(field.name for field in fields(Source))
_HOLDINGS = (
    f"SELECT documents.*, {', '.join(f'sources.{name} AS source_{name}' for name in _SOURCE)}, "  # noqa: S608
    "COALESCE(standing.state, '') AS wrong, searchable.path AS searchable, searchable.note AS searchable_note, "
    "(SELECT replaced_by FROM version_links WHERE document = documents.id) AS replaced_by, "
    "(SELECT group_concat(document, ' ') FROM version_links WHERE replaced_by = documents.id) AS replaces "
    "FROM documents JOIN sources ON sources.id = documents.source "
    "LEFT JOIN standing ON standing.path = documents.path "
    "LEFT JOIN searchable ON searchable.document = documents.id"
)

ARRIVAL = "documents.source, first, documents.id"
CATALOGUE = "item, date, documents.id"


def holdings(
    connection: sqlite3.Connection, where: str = "1", values: Sequence[Any] = (), order: str = ARRIVAL
) -> Iterator[Holding]:
    """Holdings as they are read, one after the other. ``where`` and ``order`` are ours, never a user's text."""
    cursor = connection.execute(f"{_HOLDINGS} WHERE {where} ORDER BY {order}", values)
    names = [column[0] for column in cursor.description]
    return (_holding(dict(zip(names, tuple(row), strict=True))) for row in cursor)


def _holding(row: dict[str, Any]) -> Holding:
    return Holding(
        **document_fields(row),
        file=source_from({name: row[f"source_{name}"] for name in _SOURCE}),
        wrong=row["wrong"],
        searchable=row["searchable"],
        searchable_note=row["searchable_note"],
        replaced_by=row["replaced_by"],
        replaces=tuple((row["replaces"] or "").split()),
    )
