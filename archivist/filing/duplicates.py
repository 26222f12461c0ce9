"""The same bytes received before (重复件)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from archivist.core.document import RECEIVED, Document, Source
from archivist.core.model import Status

if TYPE_CHECKING:
    from archivist.index.writer import Index


def earlier_copy(index: Index, source: Source) -> Source | None:
    """The same bytes received before and kept, a searchable copy of them included.

    A copy put into another project's item folder is a decision, too.
    """
    for other in index.sources.with_sha256(source.sha256):
        if other.id >= source.id:
            break
        under_way = other.state == RECEIVED and _decided_alike(
            source, other.decided_project, other.decided_item
        )
        if under_way or _kept(source, index.documents.of(other.id)):
            return other
    alike = [*index.documents.with_copy(source.sha256), *index.searchable.originals(source.sha256)]
    copies = [row for row in alike if row.source < source.id]
    row = next((row for row in copies if _kept(source, [row])), None)
    return None if row is None else index.sources.get(row.source)


def _kept(source: Source, documents: Sequence[Document]) -> bool:
    kept = [row for row in documents if row.status in {Status.FILED, Status.REVIEW}]
    return any(_decided_alike(source, row.project, row.item) for row in kept)


def _decided_alike(source: Source, project: str | None, item: int | None) -> bool:
    return source.decided_item is None or (source.decided_project, source.decided_item) == (project, item)
