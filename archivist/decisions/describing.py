"""What people enter about a document (登记): its date, who is responsible for it, whether it is an original or a copy."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archivist.core.overruling import WHATEVER, Sure, overruled, reason, record

if TYPE_CHECKING:
    from archivist.core.document import Document
    from archivist.index.writer import Index

DATE, ORIGINAL, RESPONSIBLE = "date", "original", "responsible"


def dated(index: Index, row: Document, iso: str, sure: Sure = WHATEVER) -> Document:
    """A person says what a document is dated.

    Raises:
        Overrules: somebody else entered another date.
    """
    marks = replace(row.marks, dated=None)  # what was read is not where this date stands
    told = f"日期由 {index.actor.name} 登记为 {iso}（原为 {row.date or '不明'}）"
    return _entered(index, replace(row, date=iso, marks=marks), DATE, iso, row.date, told, sure)


def copied(index: Index, row: Document, which: str, sure: Sure = WHATEVER) -> Document:
    """A person says whether a document is an original (原件) or a copy (复印件).

    Raises:
        Overrules: somebody else said otherwise.
    """
    told = f"由 {index.actor.name} 登记为{which}"
    return _entered(index, replace(row, original=which), ORIGINAL, which, row.original, told, sure)


def answered_for(index: Index, row: Document, body: str, sure: Sure = WHATEVER) -> Document:
    """A person says who is responsible for a document (责任者).

    Raises:
        Overrules: somebody else entered another body.
    """
    told = f"责任者由 {index.actor.name} 登记为{body}（原为{row.responsible or row.issuer or '不明'}）"
    changed = replace(row, responsible=body)
    return _entered(index, changed, RESPONSIBLE, body, row.responsible, told, sure)


def _entered(
    index: Index, row: Document, what: str, value: str, before: str | None, told: str, sure: Sure
) -> Document:
    person = index.actor.name
    change = overruled(index.decisions.described(row, what), person, f"登记为{value}", sure)
    row = replace(row, reasons=(*row.reasons, told, *reason(change)))
    index.documents.update(row, "described", **{what: value}, before=before, **record(change))
    return row
