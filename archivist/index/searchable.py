"""Searchable copies (可检索副本): which are there, which are due, which are over.

They are derived: no event tells of them, and losing the table costs only the making of them again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.core.document import DONE, Document, Source
from archivist.core.model import Status
from archivist.index.database import question_marks
from archivist.index.documents import Documents
from archivist.index.records import document_from
from archivist.index.sources import Sources

if TYPE_CHECKING:
    from archivist.index.database import Database


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


class SearchableCopies:
    """The searchable copies in an open index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, document: str) -> CopyRow | None:
        """The copy of a document as recorded."""
        return next(self._rows("WHERE document = ?", [document]), None)

    def due(self, kinds: Sequence[str]) -> list[str]:
        """Documents, by id, that are filed, hold recognised pages, and have no copy or one of other pages or place."""
        rows = self._database.rows(
            "SELECT documents.id FROM documents JOIN sources ON sources.id = source "  # noqa: S608 (marks only)
            "LEFT JOIN searchable ON searchable.document = documents.id WHERE status = ? AND state = ? "
            f"AND vault IS NOT NULL AND kind IN ({question_marks(kinds)}) AND documents.path IS NOT NULL "
            "AND (searchable.document IS NULL OR searchable.of <> documents.path "
            "OR searchable.made_of <> sources.sha256 || ' ' || first || '-' || last) "
            "AND EXISTS (SELECT 1 FROM pages WHERE pages.source = documents.source AND text_source = 'ocr' "
            "AND number BETWEEN first AND last) ORDER BY documents.rowid",
            [Status.FILED.value, DONE, *kinds],
        )
        return [row["id"] for row in rows]

    def filed(self, identity: str) -> tuple[Document, Source] | None:
        """The document and its source, if it still is filed."""
        row = Documents(self._database).find(identity)
        if row is None or row.status is not Status.FILED or not row.path:
            return None
        return row, Sources(self._database).get(row.source)

    def over(self) -> list[CopyRow]:
        """Copies of documents that are not filed any more."""
        where = "WHERE document NOT IN (SELECT id FROM documents WHERE status = ?)"
        return list(self._rows(where, [Status.FILED.value]))

    def paths(self) -> dict[str, str]:
        """Places of all copies, each with its document."""
        return {row.path: row.document for row in self._rows("WHERE path IS NOT NULL", []) if row.path}

    def originals(self, sha256: str) -> list[Document]:
        """Documents whose copy has these bytes."""
        rows = self._database.rows(
            "SELECT documents.* FROM searchable JOIN documents ON documents.id = document "
            "WHERE searchable.sha256 = ?",
            [sha256],
        )
        return [document_from(row) for row in rows]

    def put(self, row: CopyRow) -> None:
        """Remember a copy, in place of what was known of the document's."""
        with self._database.change():
            self._database.execute(
                "INSERT OR REPLACE INTO searchable (document, of, made_of, path, sha256, note) VALUES (?, ?, ?, ?, ?, ?)",
                [row.document, row.of, row.made_of, row.path, row.sha256, row.note],
            )

    def forget(self, documents: Collection[str]) -> None:
        """These documents have no copy."""
        if not documents:
            return
        with self._database.change():
            for one in documents:
                self._database.execute("DELETE FROM searchable WHERE document = ?", [one])

    def _rows(self, where: str, values: Sequence[str]) -> Iterator[CopyRow]:
        query = f"SELECT document, of, made_of, path, sha256, note FROM searchable {where}"  # noqa: S608 (ours)
        return (CopyRow(**row) for row in self._database.rows(query, values))
