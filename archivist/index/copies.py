"""What the index knows of searchable copies (可检索副本): which are there, which are due, which are over.

They are derived: no event tells of them, and losing the table costs only the making of them again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.core.document import DONE, Document, Source
from archivist.core.model import Status
from archivist.index.records import document_from

if TYPE_CHECKING:
    from archivist.index.writer import Index


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A document's copy: ``of`` is the document's place when it was made, ``made_of`` the bytes and pages.

    ``path`` is None when none can be made; ``note`` says why, or why the copy is no PDF/A.
    """

    document: str
    of: str
    made_of: str
    path: str | None = None
    sha256: str | None = None
    note: str = ""


def made_of(source: Source, row: Document) -> str:
    """What the copy of a document is made of."""
    return f"{source.sha256} {row.first}-{row.last}"


def copies_due(index: Index, kinds: Sequence[str]) -> list[str]:
    """Documents, by id, that are filed, hold recognised pages, and have no copy or one of other pages or place."""
    marks = ", ".join("?" * len(kinds))
    rows = index.db.query(
        "SELECT documents.id FROM documents JOIN sources ON sources.id = source "  # noqa: S608 (marks only)
        "LEFT JOIN searchable ON searchable.document = documents.id "
        f"WHERE status = ? AND state = ? AND vault IS NOT NULL AND kind IN ({marks}) AND documents.path IS NOT NULL "
        "AND (searchable.document IS NULL OR searchable.of <> documents.path "
        "OR searchable.made_of <> sources.sha256 || ' ' || first || '-' || last) "
        "AND EXISTS (SELECT 1 FROM pages WHERE pages.source = documents.source AND text_source = 'ocr' "
        "AND number BETWEEN first AND last) ORDER BY documents.rowid",
        [Status.FILED.value, DONE, *kinds],
    )
    return [row["id"] for row in rows]


def due_document(index: Index, identity: str) -> tuple[Document, Source] | None:
    """The document and its source, if it still is filed."""
    row = index.document(identity)
    return (row, index.source(row.source)) if row and row.status is Status.FILED and row.path else None


def copy_of(index: Index, document: str) -> CopyRow | None:
    """The copy of a document as recorded."""
    return next(_rows(index, "WHERE document = ?", [document]), None)


def copies_over(index: Index) -> list[CopyRow]:
    """Copies of documents that are not filed any more."""
    where = "WHERE document NOT IN (SELECT id FROM documents WHERE status = ?)"
    return list(_rows(index, where, [Status.FILED.value]))


def copy_paths(index: Index) -> dict[str, str]:
    """Places of all copies, each with its document."""
    return {row.path: row.document for row in _rows(index, "WHERE path IS NOT NULL", []) if row.path}


def originals_of(index: Index, sha256: str) -> list[Document]:
    """Documents whose copy has these bytes."""
    rows = index.db.query(
        "SELECT documents.* FROM searchable JOIN documents ON documents.id = document WHERE searchable.sha256 = ?",
        [sha256],
    )
    return [document_from(row) for row in rows]


def put_copy(index: Index, row: CopyRow) -> None:
    """Remember a copy, in place of what was known of the document's."""
    with index.change():
        index.db.execute(
            "INSERT OR REPLACE INTO searchable (document, of, made_of, path, sha256, note) VALUES (?, ?, ?, ?, ?, ?)",
            [row.document, row.of, row.made_of, row.path, row.sha256, row.note],
        )


def forget_copies(index: Index, documents: Collection[str]) -> None:
    """These documents have no copy."""
    if not documents:
        return
    with index.change():
        for one in documents:
            index.db.execute("DELETE FROM searchable WHERE document = ?", [one])


def _rows(index: Index, where: str, values: Sequence[str]) -> Iterator[CopyRow]:
    query = f"SELECT document, of, made_of, path, sha256, note FROM searchable {where}"  # noqa: S608 (ours)
    return (CopyRow(**row) for row in index.db.query(query, values))
