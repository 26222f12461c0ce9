"""The one writer of the index: every change and its event in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlite_utils import Database

from archivist.core.identify.lessons import Lesson
from archivist.core.model import Page, Project
from archivist.errors import StoreError
from archivist.index.events import GENESIS, Actor, event_hash, now, to_json
from archivist.index.keeping import put_stamps
from archivist.index.queries import Queries
from archivist.index.reader import database_reason
from archivist.index.rows import DONE, PLANNED, RECEIVED, DocumentRow, Removal, SourceRow
from archivist.index.schema import migrations
from archivist.index.words import words_of

BUSY_SECONDS = 10.0
"""How long SQLite waits for another program (a backup, a database browser) that locks the file."""


@contextmanager
def database_told(path: Path) -> Iterator[None]:
    """Turn SQLite's refusals into one plain sentence."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"索引数据库 {path} {database_reason(error)}。收到的文件都在，没有丢失。") from error


class Index(Queries):
    """The database opened for writing.

    Args:
        path: where index.db is or will be.
        actor: who acts, for the events.
    """

    def __init__(self, path: Path, actor: Actor) -> None:
        self.path = path
        self.actor = actor
        with database_told(path):
            connection = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
            try:
                super().__init__(Database(connection))
                self._prepare()
            except BaseException:
                connection.close()
                raise

    def _prepare(self) -> None:
        with suppress(sqlite3.NotSupportedError):
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
        last = self._one("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1")
        seq, previous = (last["seq"] + 1, last["hash"]) if last else (1, GENESIS)
        at, words = now(), to_json(detail)
        row = {
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
        self._insert("events", row)

    def _insert(self, table: str, row: Mapping[str, Any]) -> int:
        """Insert one row and return its rowid; names of tables and columns are ours."""
        columns, places = ", ".join(row), ", ".join(f":{name}" for name in row)
        cursor = self.db.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", dict(row))  # noqa: S608
        return int(cursor.lastrowid or 0)

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

    def receive(self, removal: Removal | None = None, **source: Any) -> SourceRow:
        """Record that a file's bytes are safe in the vault, and that its drop may go (``removal``)."""
        with self.change():
            identity = self._receive(source)
            self.put_removals(identity, [removal] if removal else [])
        return self.source(identity)

    def _receive(self, source: Mapping[str, Any]) -> int:
        identity = self._insert("sources", {"state": RECEIVED, "received": now(), "note": "", **source})
        self.event("received", source["name"], source=identity, sha256=source["sha256"], size=source["size"])
        return identity

    def unpacked(
        self, source: int, members: Sequence[Mapping[str, Any]], refused: Sequence[DocumentRow]
    ) -> tuple[list[SourceRow], list[DocumentRow]]:
        """Record all members of an archive, what was refused, and that the archive itself is done with: at once."""
        with self.change():
            self._planned(source, "zip", 0)
            received = [self._receive({**member, "parent": source}) for member in members]
            rows = self._add(refused, "refused")
        return [self.source(identity) for identity in received], rows

    def finish(self, source: int, stamps: Mapping[str, str] = MappingProxyType({})) -> None:
        """Everything a source brought is in place; ``stamps`` are those of the copies, by path."""
        with self.change():
            self.db.execute("UPDATE sources SET state = ? WHERE id = ?", [DONE, source])
            put_stamps(self, stamps)

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
        documents: Sequence[DocumentRow],
        act: str = "identified",
        members: Sequence[Mapping[str, Any]] = (),
    ) -> list[DocumentRow]:
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

    def members_of(self, source: int) -> list[SourceRow]:
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
        changed: Sequence[DocumentRow],
        added: Sequence[DocumentRow],
        removals: Sequence[Removal],
        act: str,
        **detail: Any,
    ) -> list[DocumentRow]:
        """Record a decision: documents changed and added, and files that go once the new copies stand.

        The source counts as planned again, so that an interrupted decision is carried out at the next start.
        Returns the changed and the added documents.
        """
        with self.change():
            self.db.execute("UPDATE sources SET state = ? WHERE id = ?", [PLANNED, source])
            for row in changed:
                self._update(row, act, detail)
            new = self._add(added, act)
            self.put_removals(source, removals)
        return [*changed, *new]

    def forget_combined(self, path: str) -> None:
        """A combined scan is kept here no longer."""
        with self.change():
            self.db.execute("DELETE FROM copies WHERE path = ?", [path])

    def update_document(self, row: DocumentRow, act: str, **detail: Any) -> None:
        """Replace what is known of a document and log why."""
        with self.change():
            self._update(row, act, detail)

    def _update(self, row: DocumentRow, act: str, detail: Mapping[str, Any]) -> None:
        before = self.document(row.id)
        record = row.to_record()
        assigned = ", ".join(f"{name} = :{name}" for name in record if name != "id")
        self.db.execute(f"UPDATE documents SET {assigned} WHERE id = :id", record)  # noqa: S608
        self.event(act, row.id, **{**_told(row), **detail})
        self._mark_stale({row.project, before.project if before else None})

    def _add(self, documents: Sequence[DocumentRow], act: str) -> list[DocumentRow]:
        first = self._next_number()
        numbered = [replace(row, id=f"D{first + offset:05d}") for offset, row in enumerate(documents)]
        for row in numbered:
            self._insert("documents", row.to_record())
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

    def _next_number(self) -> int:
        last = self._one("SELECT id FROM documents ORDER BY rowid DESC LIMIT 1")
        gone = self._all("SELECT document FROM withdrawn")
        used = [int(last["id"][1:])] if last else []
        return max([*used, *(int(row["document"][1:]) for row in gone)], default=0) + 1

    def _mark_stale(self, codes: Iterable[str | None]) -> None:
        for code in codes:
            if code is not None:
                self.db.execute("UPDATE projects SET stale = 1 WHERE code = ?", [code])

    def _put_pages(self, source: int, pages: Sequence[Page]) -> None:
        for page in pages:
            text = page.text
            row = {
                "source": source,
                "number": page.number,
                "text": text,
                "text_source": page.text_source.value,
            }
            identity = self._insert("pages", {**row, "rotation": page.rotation})
            self.db.execute("INSERT INTO page_words (rowid, words) VALUES (?, ?)", [identity, words_of(text)])


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
