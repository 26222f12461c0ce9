"""Documents (件) in the index: what each source holds, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from archivist.core.document import DONE, Document
from archivist.core.model import Status
from archivist.core.words.evidence import BY_CODE, BY_NAME
from archivist.index.database import question_marks
from archivist.index.notation import to_json
from archivist.index.projects import Projects
from archivist.index.records import document_from, document_row

if TYPE_CHECKING:
    from archivist.index.database import Database, Values


class Documents:
    """The documents in an open index."""

    def __init__(self, database: Database) -> None:
        self._database, self._projects = database, Projects(database)

    def _all(self, query: str, values: Values = ()) -> list[Document]:
        return [document_from(row) for row in self._database.rows(query, values)]

    # -- questions -------------------------------------------------------------------------------------------------

    def find(self, identity: str) -> Document | None:
        """Return one document, or None."""
        row = self._database.row("SELECT * FROM documents WHERE id = ?", [identity])
        return document_from(row) if row else None

    def of(self, source: int) -> list[Document]:
        """The documents of one source, in page order."""
        return self._all("SELECT * FROM documents WHERE source = ? ORDER BY first, id", [source])

    def waiting(self) -> list[Document]:
        """Documents in 待确认 whose source is done."""
        query = (
            "SELECT documents.* FROM documents JOIN sources ON sources.id = source "
            "WHERE status = ? AND state = ? AND path IS NOT NULL ORDER BY documents.rowid"
        )
        return self._all(query, [Status.REVIEW.value, DONE])

    def waiting_for_office(self) -> list[Document]:
        """Documents in 待确认 that nobody decided on and nothing could be read off: LibreOffice would have to."""
        query = (
            "SELECT documents.* FROM documents JOIN sources ON sources.id = documents.source WHERE status = ? "
            "AND sources.state = ? AND sources.kind = 'legacy' AND COALESCE(sources.pages, 0) = 0 "
            "AND decided_by IS NULL"
        )
        return self._all(query, [Status.REVIEW.value, DONE])

    def with_copy(self, sha256: str) -> list[Document]:
        """Documents whose copy in the folders has these bytes: first what waits, then what is filed, then the rest."""
        query = (
            "SELECT * FROM documents WHERE path_sha256 = ? ORDER BY status = ? DESC, status = ? DESC, rowid"
        )
        return self._all(query, [sha256, Status.REVIEW.value, Status.FILED.value])

    def namesakes(self, row: Document, number: str | None, most: int) -> list[Document]:
        """Filed documents that count, of the same project and item, newest first: with the same document number (文号), or,
        of the same title, where one of the two has none, of the same date, or where one is undated (its end may be
        missing). Among hundreds only the newest are asked.
        """
        query = (
            "SELECT * FROM (SELECT rowid AS row, * FROM documents WHERE project = ?1 AND item = ?2 "
            "AND (title = ?3 OR instr(facts, ?6) > 0) ORDER BY rowid DESC LIMIT 200) AS one "
            "WHERE status = ?4 AND source <> ?7 AND (instr(facts, ?6) > 0 OR title = ?3 "
            "AND (date = ?5 OR date IS NULL OR ?5 IS NULL) AND (?6 IS NULL OR instr(facts, '\"文号\"') = 0)) "
            "AND NOT EXISTS (SELECT 1 FROM version_links WHERE document = one.id) ORDER BY row DESC LIMIT ?8"
        )
        quoted = to_json(number) if number else None
        place = (row.project, row.item, row.title)
        return self._all(query, [*place, Status.FILED.value, row.date, quoted, row.source, most])

    def editions_of(self, document: str) -> list[Document]:
        """A document, and those of its project that may be another edition of it (see `core.paper.editions`)."""
        query = (
            "SELECT * FROM documents WHERE id = ?1 OR (instr(facts, ?2) > 0 "
            "AND project = (SELECT project FROM documents WHERE id = ?1)) ORDER BY rowid"
        )
        return self._all(query, [document, to_json(document)])

    def waiting_for(self, project: str) -> list[Document]:
        """Documents in 待确认 that may be this project's: any of their candidates names it, not only the best."""
        query = "SELECT * FROM documents WHERE status = ?1 AND (project = ?2 OR instr(candidates, ?3) > 0) ORDER BY rowid"
        found = self._all(query, [Status.REVIEW.value, project, to_json(project)])
        return [
            one
            for one in found
            if one.project == project or any(guess.project == project for guess in one.candidates)
        ]

    def sent_back_for(self, project: str) -> list[Document]:
        """Documents that the software sent back (退回), nobody having decided, and that name this project for certain."""
        query = (
            "SELECT * FROM documents WHERE status = ? AND decided_by IS NULL AND instr(candidates, ?) > 0 "
            "ORDER BY rowid"
        )
        found = self._all(query, [Status.REJECTED.value, to_json(project)])
        return [
            one
            for one in found
            for guess in one.candidates
            if guess.project == project and any(said.rule in (BY_CODE, BY_NAME) for said in guess.evidence)
        ]

    def count(self, status: Status | None = None, standing: bool = False) -> int:
        """How many there are, with this status if one is given; ``standing``: only those that stand somewhere."""
        where, values = ("WHERE status = ?", [status.value]) if status else ("WHERE 1", [])
        query = f"SELECT COUNT(*) FROM documents {where}{' AND path IS NOT NULL' if standing else ''}"  # noqa: S608
        return int(self._database.value(query, values))

    def oldest_waiting(self) -> tuple[str, str, str] | None:
        """Of the documents in 待确认 the one that came first: its number, its source's name, and when it came."""
        query = (
            "SELECT documents.id, sources.name, received FROM documents JOIN sources ON sources.id = source "
            "WHERE status = 'review' ORDER BY received, documents.id LIMIT 1"
        )
        row = self._database.row(query)
        return (row["id"], row["name"], row["received"]) if row else None

    # -- changes ---------------------------------------------------------------------------------------------------

    def add(self, documents: Sequence[Document], act: str) -> list[Document]:
        """Give documents their numbers and log how they came to be. Call it inside ``change``."""
        first = self._next_number()
        numbered = [replace(row, id=f"D{first + offset:05d}") for offset, row in enumerate(documents)]
        for row in numbered:
            self._database.insert("documents", document_row(row))
            self._database.event(act, row.id, **_event_detail(row))
        self._outdate(*numbered)
        return numbered

    def _next_number(self) -> int:
        last = self._database.value("SELECT id FROM documents ORDER BY rowid DESC LIMIT 1")
        gone = self._database.rows("SELECT document FROM withdrawn")
        used = [int(last[1:])] if last else []
        return max([*used, *(int(row["document"][1:]) for row in gone)], default=0) + 1

    def update(self, row: Document, act: str, **detail: Any) -> None:
        """Replace what is known of a document and log why."""
        with self._database.change():
            self.change(row, act, detail)

    def change(self, row: Document, act: str, detail: Mapping[str, Any]) -> None:
        """As `update`, with what the event tells besides as a mapping. Call it inside ``change``."""
        before = self.find(row.id)
        record = document_row(row)
        assigned = ", ".join(f"{name} = :{name}" for name in record if name != "id")
        self._database.execute(f"UPDATE documents SET {assigned} WHERE id = :id", record)  # noqa: S608
        self._database.event(act, row.id, **{**_event_detail(row), **detail})
        self._outdate(row, *([before] if before else []))

    def _outdate(self, *rows: Document) -> None:
        """The pages of the projects that have these documents, and of those that have the same papers: each tells of it."""
        copies = [row.path_sha256 for row in rows if row.path_sha256]
        marks = question_marks(copies)
        query = f"SELECT DISTINCT project FROM documents WHERE path_sha256 IN ({marks})"  # noqa: S608
        alike = self._database.rows(query, copies) if copies else ()
        self._projects.outdate(*{row.project for row in rows}, *(row["project"] for row in alike))

    def withdraw(self, document: str, **detail: Any) -> None:
        """A document is no more; its number is never given again. Call it inside ``change``."""
        from archivist.index.lessons import Lessons

        row = self.find(document)
        Lessons(self._database).forget(document)
        self._database.execute("DELETE FROM documents WHERE id = ?", [document])
        self._database.execute("INSERT INTO withdrawn (document) VALUES (?)", [document])
        self._database.event("withdrawn", document, **detail)
        self._projects.outdate(row.project if row else None)


def _event_detail(row: Document) -> dict[str, Any]:
    """What an event says of a document."""
    return {
        "source": row.source,
        "pages": [row.first, row.last],
        "status": row.status.value,
        "project": row.project,
        "item": row.item,
        "path": row.path,
        "path_sha256": row.path_sha256,
        "reasons": list(row.reasons),
    }
