"""Photos of one document: all of them say what is true of the whole, also when one more came later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from archivist.core.document import Document, Source
from archivist.core.identify.joining import Whole, may_continue, photos_of_one, whole_of
from archivist.core.model import Status
from archivist.core.paper.dating import UNREAD
from archivist.core.rules import Annex
from archivist.index.writer import Index


def sum_up(index: Index, source: Source, annex: Annex) -> bool:
    """When a further page is to be filed: date, seal and signature of the whole document, on every photo of it.

    Doing it again changes nothing. Returns whether anything changed.
    """
    if not may_continue(source.name):
        return False
    beside = index.sources.beside(source.name)
    series = [_only_filed(index, beside[name]) for name in photos_of_one(source.name, beside)]
    last = series[-1]
    pages: list[Document] = []
    for row in reversed(series):
        if row is None or last is None or (row.project, row.item) != (last.project, last.item):
            break
        pages.insert(0, row)
    return len(pages) > 1 and _tell(index, pages, annex)


def _tell(index: Index, pages: Sequence[Document], annex: Annex) -> bool:
    item = pages[0].item
    met = item is not None and annex.of_meetings(item)
    whole = whole_of([Whole(_date(row, pages[0], met), row.sealed, row.signed) for row in pages], met)
    told = [
        replace(row, date=whole.date, sealed=whole.sealed, signed=whole.signed, reasons=_still(row, whole))
        for row in pages
    ]
    changed = [new for new, old in zip(told, pages, strict=True) if new != old]
    for row in changed:
        index.documents.update(row, "joined", photos=[other.id for other in pages])
    return bool(changed)


def _date(row: Document, first: Document, met: bool) -> str | None:
    """What a photo's date says of the whole: what was read off a further photo of a meeting's paper is no meeting's."""
    return None if met and row is not first and row.marks.dated is not None else row.date


def _still(row: Document, whole: Whole) -> tuple[str, ...]:
    """Its reasons, without that it has no date when another photo shows one."""
    return tuple(reason for reason in row.reasons if whole.date is None or not reason.startswith(UNREAD))


def _only_filed(index: Index, source: int) -> Document | None:
    filed = [row for row in index.documents.of(source) if row.status is Status.FILED]
    return filed[0] if len(filed) == 1 else None
