"""The one writer of the index: every change and its event in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlite_utils import Database

from archivist.core.document import DONE, PLANNED, RECEIVED, Document, Removal, Source
from archivist.core.identify.lessons import Lesson
from archivist.core.model import Page, Project
from archivist.errors import StoreError
from archivist.index.changes import note_changes
from archivist.index.deregistrations import note_touched
from archivist.index.events import Actor, to_json
from archivist.index.keeping import put_stamps
from archivist.index.reader import lost_index
from archivist.index.reads import put_page
from archivist.index.records import document_row
from archivist.index.schema import migrations
from archivist.index.transactions import Transactions, database_told
from archivist.system.clock import now
from archivist.system.mounts import on_network

LOST = "索引数据库不见了，事件日志还在。请运行 archivist reindex 重建。收到的文件都在，没有丢失。"

BUSY_SECONDS = 10.0
"""How long SQLite waits for another program (a backup, a database browser) that locks the file."""


class Index(Transactions):
    """The database opened for writing.

    Args:
        path: where index.db is or will be.
        actor: who acts, for the events.
    """

    def __init__(self, path: Path, actor: Actor) -> None:
        if lost_index(path):
            raise StoreError(LOST)
        with database_told(path):
            connection = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
            try:
                super().__init__(Database(connection), path, actor)
                self._prepare()
            except BaseException:
                connection.close()
                raise

    def _prepare(self) -> None:
        self._choose_journal()
        self.db.execute("PRAGMA synchronous = FULL")
        self.db.execute("PRAGMA foreign_keys = ON")
        migrations.apply(self.db)
        note_changes(self.db.conn)
        note_touched(self.db.conn)

    def _choose_journal(self) -> None:
        """A write-ahead log, but on a share: it needs memory shared through a file, which a share that breaks off
        takes away with the whole process (SIGBUS).
        """
        if on_network(self.path.parent):
            with suppress(sqlite3.OperationalError):  # somebody reads: the next start will do
                self.db.execute("PRAGMA journal_mode = DELETE").fetchall()
        else:
            with suppress(sqlite3.NotSupportedError):
                self.db.enable_wal()

    def close(self) -> None:
        """Close the connection; committed work is durable already."""
        self.db.close()

    # -- projects ------------------------------------------------------------------------------------------------

    def put_projects(
        self, projects: Iterable[tuple[dict[str, Any], Project]], summary: dict[str, Any]
    ) -> None:
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
                "stale": 1,
            }
            for record, project in projects
        ]
        with self.change():
            self.db["projects"].upsert_all(rows, pk="code")  # type: ignore[union-attr]
            self.event("register", summary.get("file", ""), **summary)

    def set_folders(self, folders: Mapping[str, str]) -> None:
        """Remember projects' folders by code: they stay where they are though names may change later."""
        if not folders:
            return
        with self.change():
            for code, folder in folders.items():
                self.db.execute("UPDATE projects SET folder = ?, stale = 1 WHERE code = ?", [folder, code])

    def pages_written(self, codes: Iterable[str]) -> None:
        """The status pages of the projects ``codes`` say what the index says."""
        with self.change():
            for code in codes:
                self.db.execute("UPDATE projects SET stale = 0 WHERE code = ?", [code])

    # -- sources -------------------------------------------------------------------------------------------------

    def receive(self, removal: Removal | None = None, **source: Any) -> Source:
        """Record that a file's bytes are safe in the vault, and that its drop may go (``removal``)."""
        with self.change():
            identity = self._receive(source, [removal] if removal else [])
        return self.source(identity)

    def _receive(self, source: Mapping[str, Any], removals: Iterable[Removal] = ()) -> int:
        identity = self._insert("sources", {"state": RECEIVED, "received": now(), "note": "", **source})
        self.put_removals(identity, removals)
        self.event("received", source["name"], source=identity, sha256=source["sha256"], size=source["size"])
        return identity

    def unpacked(
        self, source: int, members: Sequence[Mapping[str, Any]], refused: Sequence[Document]
    ) -> tuple[list[Source], list[Document]]:
        """Record all members of an archive, what was refused, and that the archive itself is done with: at once."""
        with self.change():
            self._planned(source, "zip", 0)
            received = [self._receive({**member, "parent": source}) for member in members]
            rows = self._add(refused, "refused")
        return [self.source(identity) for identity in received], rows

    def finish(
        self, source: int, stamps: Mapping[str, str] = MappingProxyType({}), gone: Sequence[int] = ()
    ) -> None:
        """Everything a source brought is in place.

        Args:
            stamps: those of the copies, by path. gone: removals that are carried out already.
        """
        with self.change():
            self.db.execute("UPDATE sources SET state = ? WHERE id = ?", [DONE, source])
            put_stamps(self, stamps)
            self.forget_removals(gone)

    def put_removals(self, source: int, removals: Iterable[Removal]) -> None:
        """Remember files that go once the source is done. Call it inside ``change``."""
        for removal in removals:
            row = {"source": source, "reason": removal.reason, "path": removal.path}
            self._insert("removals", {**row, "stamp": removal.stamp, "sha256": removal.sha256})

    def forget_removals(self, identities: Sequence[int]) -> None:
        """These files are gone, or are no longer the files that were meant."""
        if not identities:
            return
        with self.change():
            self.db.conn.executemany("DELETE FROM removals WHERE id = ?", [(one,) for one in identities])

    def put_copy(self, path: str, source: int, sha256: str) -> None:
        """Remember where a combined scan is going to be kept, so that it is not taken for a person's file."""
        with self.change():
            self._insert("copies", {"path": path, "source": source, "sha256": sha256})

    # -- documents -----------------------------------------------------------------------------------------------

    def plan(
        self,
        source: int,
        kind: str,
        pages: Sequence[Page],
        documents: Sequence[Document],
        act: str = "identified",
        members: Sequence[Mapping[str, Any]] = (),
    ) -> list[Document]:
        """Record what a source holds and where each document will stand, before any file is placed.

        Args:
            members: files that lay within it, sources of their own from now on.
        """
        with self.change():
            self._planned(source, kind, len(pages))
            self._put_pages(source, pages)
            for member in members:
                self._receive({**member, "parent": source})
            return self._add(documents, act)

    def members_of(self, source: int) -> list[Source]:
        """The sources that came out of this one."""
        rows = self._all("SELECT id FROM sources WHERE parent = ? ORDER BY id", [source])
        return [self.source(row["id"]) for row in list(rows)]

    def _planned(self, source: int, kind: str, pages: int) -> None:
        """Only what was just received can be planned: nothing is filed twice whatever calls us."""
        cursor = self.db.execute(
            "UPDATE sources SET state = ?, kind = ?, pages = ? WHERE id = ? AND state = ?",
            [PLANNED, kind, pages, source, RECEIVED],
        )
        if cursor.rowcount != 1:
            raise AssertionError(f"source {source} was planned before")

    def decide(
        self,
        source: int,
        changed: Sequence[Document],
        added: Sequence[Document],
        removals: Sequence[Removal],
        act: str,
        **detail: Any,
    ) -> list[Document]:
        """Record a decision: documents changed and added, and files that go once the new copies stand.

        The source counts as planned again, so that an interrupted decision is carried out at the next start.
        Returns the changed and the added documents.
        """
        with self.change():
            self.db.execute("UPDATE sources SET state = ? WHERE id = ?", [PLANNED, source])
            self.put_removals(source, removals)
            for row in changed:
                self._update(row, act, detail)
            new = self._add(added, act)
        return [*changed, *new]

    def forget_combined(self, path: str) -> None:
        """A combined scan is kept here no longer."""
        with self.change():
            self.db.execute("DELETE FROM copies WHERE path = ?", [path])

    def update_document(self, row: Document, act: str, **detail: Any) -> None:
        """Replace what is known of a document and log why."""
        with self.change():
            self._update(row, act, detail)

    def _update(self, row: Document, act: str, detail: Mapping[str, Any]) -> None:
        before = self.document(row.id)
        record = document_row(row)
        assigned = ", ".join(f"{name} = :{name}" for name in record if name != "id")
        self.db.execute(f"UPDATE documents SET {assigned} WHERE id = :id", record)  # noqa: S608
        self.event(act, row.id, **{**_told(row), **detail})
        self._mark_stale({row.project, before.project if before else None})

    def _add(self, documents: Sequence[Document], act: str) -> list[Document]:
        first = self._next_number()
        numbered = [replace(row, id=f"D{first + offset:05d}") for offset, row in enumerate(documents)]
        for row in numbered:
            self._insert("documents", document_row(row))
            self.event(act, row.id, **_told(row))
        self._mark_stale({row.project for row in numbered})
        return numbered

    def teach(self, document: str, lessons: Sequence[Lesson]) -> None:
        """Keep what the decision on ``document`` teaches, in place of what an earlier one taught."""
        with self.change():
            self.db.execute("DELETE FROM lessons WHERE document = ?", [document])
            # Numbers that are never used again: the latest tells whether anything was learned since.
            first = 1000 * self.head()[0]
            for number, one in enumerate(lessons[:1000], first):
                row = {"document": document, "words": one.words, "project": one.project, "item": one.item}
                self._insert("lessons", {"id": number, **row})

    def withdraw(self, document: str, **detail: Any) -> None:
        """A document is no more; its number is never given again. Call it inside ``change``."""
        row = self.document(document)
        self.db.execute("DELETE FROM lessons WHERE document = ?", [document])
        self.db.execute("DELETE FROM documents WHERE id = ?", [document])
        self.db.execute("INSERT INTO withdrawn (document) VALUES (?)", [document])
        self.event("withdrawn", document, **detail)
        self._mark_stale({row.project if row else None})

    def received_again(self, source: int) -> None:
        """A source whose documents were withdrawn is to be read anew. Call it inside ``change``."""
        self.db.execute(
            "UPDATE sources SET state = ?, kind = NULL, pages = NULL WHERE id = ?", [RECEIVED, source]
        )

    def replace_version(self, old: str, new: str, reason: str, by: str | None) -> None:
        """Let ``new`` count in place of ``old``; by a person, or by rule (None)."""
        with self.change():
            row = {"document": old, "replaced_by": new, "by": by, "reason": reason}
            self.db.execute("DELETE FROM versions WHERE document = ?", [old])
            self._insert("versions", row)
            self.event("version", new, replaces=old, reason=reason)
            self._touch(new)

    def separate_version(self, document: str, by: str) -> bool:
        """Let a document count by itself again; False when it does."""
        with self.change():
            cursor = self.db.execute("DELETE FROM versions WHERE document = ?", [document])
            if cursor.rowcount == 0:
                return False
            self.event("version", document, replaces=None, reason=f"由 {by} 指定单独作数")
            self._touch(document)
            return True

    def _touch(self, document: str) -> None:
        row = self.document(document)
        self._mark_stale({row.project} if row else ())

    def _next_number(self) -> int:
        last = self._one("SELECT id FROM documents ORDER BY rowid DESC LIMIT 1")
        gone = self._all("SELECT document FROM withdrawn")
        used = [int(last["id"][1:])] if last else []
        return max([*used, *(int(row["document"][1:]) for row in gone)], default=0) + 1

    def _mark_stale(self, codes: Iterable[str | None]) -> None:
        for code in codes:
            if code is not None:
                self.db.execute("UPDATE projects SET stale = 1 WHERE code = ?", [code])

    def kept_read(self, source: int) -> tuple[Page, ...] | None:
        """What was read off a source, with boxes; None when that is lost."""
        row = self._one("SELECT sha256, read FROM sources WHERE id = ?", [source])
        kept = self.reads.get(row["sha256"], row["read"]) if row and row["read"] else None
        return None if kept is None else tuple(kept)

    def read_again(self, source: int, pages: Sequence[Page]) -> None:
        """Keep what an original was read as once more: its kept read was lost."""
        with self.change():
            self._put_pages(source, pages)
            self.event("read again", self.source(source).name, source=source)

    def _put_pages(self, source: int, pages: Sequence[Page]) -> None:
        if pages:
            digest = self.reads.put(self.source(source).sha256, pages)
            self.db.execute("UPDATE sources SET read = ? WHERE id = ?", [digest, source])
        self.put_text(source, pages)

    def put_text(self, source: int, pages: Sequence[Page]) -> None:
        """Make the text of a source's pages searchable. Call it inside ``change``."""
        for page in pages:
            put_page(self.db.conn, source, page)


def _told(row: Document) -> dict[str, Any]:
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
