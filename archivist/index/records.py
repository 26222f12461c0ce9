"""Documents and sources as rows of the database, and back: a column a field, so that a new field is a new column."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from archivist.core.describe import candidate_record, evidence_record, fact_record, marks_record
from archivist.core.document import Document, Source
from archivist.core.model import (
    BlockSealed,
    Candidate,
    Evidence,
    Fact,
    Level,
    Marks,
    SealSeen,
    Seen,
    SignaturePlace,
    Status,
    TextSource,
)
from archivist.index.notation import to_json


def _marks(text: str) -> Marks:
    record = json.loads(text)
    dated = record.get("date_evidence")
    return Marks(
        tuple(
            SealSeen(**{**seal, "box": tuple(seal["box"]), "fits": Seen(seal["fits"])})
            for seal in record.get("seals", ())
        ),
        tuple(SignaturePlace(**{**one, "seen": Seen(one["seen"])}) for one in record.get("signatures", ())),
        None if dated is None else Evidence(dated["page"], dated["quote"], "日期"),
        tuple(BlockSealed(**{**one, "sealed": Seen(one["sealed"])}) for one in record.get("seal_blocks", ())),
    )


def _facts(text: str) -> tuple[Fact, ...]:
    return tuple(Fact(**fact) for fact in json.loads(text)) if text != "[]" else ()


def _candidates(text: str) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(one["project"], one["item"], one["score"], tuple(Evidence(**e) for e in one["evidence"]))
        for one in json.loads(text)
    )


def _listed(record: Callable[[Any], Any]) -> Callable[[Any], str]:
    return lambda values: to_json([record(value) for value in values])


_TO_COLUMN: Mapping[str, Callable[[Any], Any]] = {
    "candidates": _listed(candidate_record),
    "reasons": _listed(str),
    "facts": _listed(fact_record),
    "marks": lambda marks: to_json(marks_record(marks)),
    "archival": int,
    "status": lambda status: status.value,
    "level": lambda level: level.value if level else None,
    "sealed": lambda seen: seen.value,
    "signed": lambda seen: seen.value,
    "text_source": lambda source: source.value,
}
"""How a field that is no plain value is kept; all others stand in their column as they are."""

_FROM_COLUMN: Mapping[str, Callable[[Any], Any]] = {
    "candidates": _candidates,
    "reasons": lambda text: tuple(json.loads(text)),
    "facts": _facts,
    "marks": _marks,
    "archival": bool,
    "status": Status,
    "level": lambda value: Level(value) if value else None,
    "sealed": Seen,
    "signed": Seen,
    "text_source": TextSource,
}

_FIELDS = tuple(field.name for field in fields(Document))


def document_row(document: Document) -> dict[str, Any]:
    """A document as its row; ``evidence`` repeats what spoke for the best candidate, for people who read the table."""
    row = {}
    for name in _FIELDS:
        value, keep = getattr(document, name), _TO_COLUMN.get(name)
        row[name] = value if keep is None else keep(value)
    row["evidence"] = to_json([evidence_record(e) for c in document.candidates[:1] for e in c.evidence])
    return row


def document_fields(row: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the document of a row. Columns that are no field are passed over; a field that a row of an earlier
    edition has no column for is as it is by default.
    """
    return {
        name: row[name] if (read := _FROM_COLUMN.get(name)) is None else read(row[name])
        for name in _FIELDS
        if name in row
    }


def document_from(row: Mapping[str, Any]) -> Document:
    """The document of a row."""
    return Document(**document_fields(row))


def source_from(row: Mapping[str, Any]) -> Source:
    """The source of a row."""
    return Source(**{name: row[name] for name in Source.__slots__})
