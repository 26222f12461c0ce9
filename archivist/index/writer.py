"""The one writer of the index: every change and its event in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archivist.core.model import Page, Project, Status
from archivist.errors import StoreError
from archivist.index.events import GENESIS, Actor, event_hash, now, to_json
from archivist.index.rows import DONE, PLANNED, RECEIVED, DocumentRow, SourceRow, document_from, source_from
from archivist.index.schema import migrations
from archivist.index.words import words_of


@contextmanager
def database_told(path: Path) -> Iterator[None]:
    """Turn SQLite's refusals into one plain sentence."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"索引数据库 {path.name} {_reason(error)}。收到的文件都在，没有丢失。") from error


def _reason(error: sqlite3.Error) -> str:
    text = str(error).lower()
    if "locked" in text or "busy" in text:
        return "正被另一个程序占用，请稍后再试"
    if "full" in text:
        return "写不进去：磁盘空间不足，请清理磁盘后再运行"
    if "readonly" in text or "read-only" in text or "unable to open" in text:
        return "打不开或是只读的，请检查文件夹权限"
    if "malformed" in text or "not a database" in text:
        return "已损坏，请保留原文件并联系管理员恢复"
    return f"出错（{error}）"


class Index:
    """The database opened for writing.

    Args:
        path: where index.db is or will be.
        actor: who acts, for the events.
    """

    def __init__(self, path: Path, actor: Actor) -> None:
        self.path = path
        self.actor = actor
        with database_told(path):
            connection = sqlite3.connect(path, timeout=10, check_same_thread=False)
            self.db = Database(connection)
            self.db.enable_wal()
            self.db.execute("PRAGMA synchronous = FULL")
            self.db.execute("PRAGMA foreign_keys = ON")
            migrations.apply(self.db)

    def close(self) -> None:
        """Close the connection; committed work is durable already."""
        self.db.close()

    @contextmanager
    def change(self) -> Iterator[Database]:
        """One transaction; errors become StoreError and leave nothing half done."""
        with database_told(self.path), self.db.atomic():
            yield self.db

    def event(self, act: str, subject: str, **detail: Any) -> None:
        """Append one event to the chain. Call it inside ``change``."""
        row = next(self.db.query("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1"), None)
        seq, previous = (row["seq"] + 1, row["hash"]) if row else (1, GENESIS)
        at, words = now(), to_json(detail)
        self.db["events"].insert(
            {
                "seq": seq,
                "at": at,
                "actor": self.actor.name,
                "place": self.actor.place,
                "act": act,
                "subject": subject,
                "detail": words,
                "previous": previous,
                "hash": event_hash(seq, at, self.actor, act, subject, words, previous),
            }
        )

    # -- projects ------------------------------------------------------------------------------------------------

    def put_projects(self, projects: Iterable[tuple[dict[str, Any], Project]], summary: dict[str, Any]) -> None:
        """Insert or update projects, each with its record; ``summary`` (added, changed, file …) is the event."""
        at = now()
        rows = [
            {
                "code": project.code,
                "name": project.name,
                "township": project.township,
                "village": project.village,
                "category": project.category.value if project.category else None,
                "department": project.department,
                "record": to_json(record),
                "updated": at,
            }
            for record, project in projects
        ]
        with self.change():
            self.db["projects"].upsert_all(rows, pk="code")
            self.event("register", summary.get("file", ""), **summary)

    def register_version(self) -> int:
        """A number that grows with every import: the sequence number of its event."""
        return next(self.db.query("SELECT COALESCE(MAX(seq), 0) AS seq FROM events WHERE act = 'register'"))["seq"]

    def set_folder(self, code: str, folder: str) -> None:
        """Remember a project's folder: it stays where it is though the name may change later."""
        with self.change():
            self.db["projects"].update(code, {"folder": folder})

    # -- sources -------------------------------------------------------------------------------------------------

    def receive(self, **source: Any) -> SourceRow:
        """Record that a file's bytes are safe in the vault."""
        with self.change():
            row = {"state": RECEIVED, "received": now(), "note": "", **source}
            identity = self.db["sources"].insert(row, pk="id").last_pk
            self.event("received", source["name"], source=identity, sha256=source["sha256"], size=source["size"])
        return self.source(int(str(identity)))

    def source(self, identity: int) -> SourceRow:
        """Return one source."""
        return source_from(next(self.db.query("SELECT * FROM sources WHERE id = ?", [identity])))

    def unfinished(self) -> list[SourceRow]:
        """Sources whose work is not done, oldest first; archives' members come after their archive."""
        rows = self.db.query("SELECT * FROM sources WHERE state <> ? ORDER BY id", [DONE])
        return [source_from(row) for row in rows]

    def sources_with(self, sha256: str) -> list[SourceRow]:
        """All sources with the same bytes, oldest first."""
        return [source_from(row) for row in self.db.query("SELECT * FROM sources WHERE sha256 = ? ORDER BY id", [sha256])]

    def members(self, parent: int) -> dict[str, SourceRow]:
        """The members of an archive received so far, by name."""
        rows = self.db.query("SELECT * FROM sources WHERE parent = ?", [parent])
        return {row["name"]: source_from(row) for row in rows}

    def in_progress(self, origin: str, name: str) -> bool:
        """Whether a file dropped under this name is already received and waits for its turn."""
        query = "SELECT 1 FROM sources WHERE origin = ? AND name = ? AND state <> ? LIMIT 1"
        return next(self.db.query(query, [origin, name, DONE]), None) is not None

    def finish(self, source: int, note: str = "") -> None:
        """Everything a source brought is in place."""
        with self.change():
            self.db["sources"].update(source, {"state": DONE, "note": note})

    # -- documents -----------------------------------------------------------------------------------------------

    def plan(
        self, source: int, kind: str, pages: Sequence[Page], documents: Sequence[DocumentRow], act: str = "identified"
    ) -> list[DocumentRow]:
        """Record what a source holds and where each document will stand, before any file is placed."""
        with self.change():
            self.db["sources"].update(source, {"state": PLANNED, "kind": kind, "pages": len(pages)})
            self._put_pages(source, pages)
            numbered = [replace(row, id=row.id or self._next_id(offset)) for offset, row in enumerate(documents)]
            self.db["documents"].insert_all(row.to_record() for row in numbered)
            for row in numbered:
                self.event(act, row.id, **_told(row))
        return numbered

    def add_documents(self, documents: Sequence[DocumentRow], act: str) -> list[DocumentRow]:
        """Record further documents of a source that is already filed."""
        with self.change():
            numbered = [replace(row, id=self._next_id(offset)) for offset, row in enumerate(documents)]
            self.db["documents"].insert_all(row.to_record() for row in numbered)
            for row in numbered:
                self.event(act, row.id, **_told(row))
        return numbered

    def _next_id(self, offset: int) -> str:
        row = next(self.db.query("SELECT MAX(CAST(SUBSTR(id, 2) AS INTEGER)) AS last FROM documents"))
        return f"D{(row['last'] or 0) + 1 + offset:05d}"

    def _put_pages(self, source: int, pages: Sequence[Page]) -> None:
        for page in pages:
            identity = self.db["pages"].insert(
                {
                    "source": source,
                    "number": page.number,
                    "text": page.text,
                    "text_source": page.text_source.value,
                    "rotation": page.rotation,
                },
                pk="id",
            ).last_pk
            self.db.execute("INSERT INTO page_words (rowid, words) VALUES (?, ?)", [identity, words_of(page.text)])

    def update_document(self, row: DocumentRow, act: str, **detail: Any) -> None:
        """Replace what is known of a document and log why."""
        with self.change():
            record = row.to_record()
            self.db["documents"].update(record.pop("id"), record)
            self.event(act, row.id, **{**_told(row), **detail})

    def documents_of(self, source: int) -> list[DocumentRow]:
        """The documents of one source, in page order."""
        rows = self.db.query("SELECT * FROM documents WHERE source = ? ORDER BY first, id", [source])
        return [document_from(row) for row in rows]

    def document(self, identity: str) -> DocumentRow | None:
        """Return one document, or None."""
        row = next(self.db.query("SELECT * FROM documents WHERE id = ?", [identity]), None)
        return document_from(row) if row else None

    def document_at(self, path: str) -> DocumentRow | None:
        """Return the document whose copy stands at ``path`` (below the store's root)."""
        row = next(self.db.query("SELECT * FROM documents WHERE path = ?", [path]), None)
        return document_from(row) if row else None

    def known_paths(self) -> set[str]:
        """All places where copies made by this software stand."""
        return {row["path"] for row in self.db.query("SELECT path FROM documents WHERE path IS NOT NULL")}

    def waiting_copy(self, sha256: str) -> DocumentRow | None:
        """Return the document in review whose copy in 待确认 has these bytes."""
        query = "SELECT * FROM documents WHERE path_sha256 = ? AND status = ? LIMIT 1"
        row = next(self.db.query(query, [sha256, Status.REVIEW.value]), None)
        return document_from(row) if row else None


def _told(row: DocumentRow) -> dict[str, Any]:
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
