"""What the writer asks the index while it works; rows come back as values."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlite_utils import Database

from archivist.core.document import DONE, INBOX, OWN, SAFE, Document, Removal, Source
from archivist.core.identify.lessons import Lesson
from archivist.core.model import Line, Page, Status
from archivist.index.events import to_json
from archivist.index.records import document_from, source_from


class Queries:
    """Questions over an open database."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def _one(self, query: str, values: Sequence[Any] = ()) -> dict[str, Any] | None:
        return next(self._all(query, values), None)

    def _all(self, query: str, values: Sequence[Any] = ()) -> Iterator[dict[str, Any]]:
        cursor = self.db.conn.execute(query, values)
        names = [column[0] for column in cursor.description]
        for row in cursor:
            yield dict(zip(names, row, strict=True))

    # -- projects ------------------------------------------------------------------------------------------------

    def register_version(self) -> int:
        """A number that grows with every import, and when a project gets another folder: their last event's."""
        row = self._one("SELECT COALESCE(MAX(seq), 0) AS seq FROM events WHERE act IN ('register', 'folder')")
        return int(row["seq"]) if row else 0

    def lessons(self) -> list[Lesson]:
        """All that people's decisions taught."""
        rows = self._all("SELECT words, project, item FROM lessons ORDER BY id")
        return [Lesson(row["words"], row["project"], row["item"]) for row in rows]

    def lessons_version(self) -> int:
        """A number that changes whenever something was learned or unlearned."""
        row = self._one("SELECT COUNT(*) + 1000003 * COALESCE(MAX(id), 0) AS version FROM lessons")
        return int(row["version"]) if row else 0

    def pages_of(self, source: int, first: int, last: int) -> list[Page]:
        """The pages ``first``..``last`` of a source as text, without boxes."""
        query = "SELECT number, text FROM pages WHERE source = ? AND number BETWEEN ? AND ? ORDER BY number"
        return [
            Page(row["number"], tuple(Line(line) for line in row["text"].splitlines()))
            for row in self._all(query, [source, first, last])
        ]

    def project(self, code: str) -> dict[str, Any] | None:
        """Return a project's row, or None."""
        return self._one("SELECT * FROM projects WHERE code = ?", [code])

    def project_names(self, codes: Iterable[str | None]) -> dict[str, str]:
        """Names of the projects ``codes`` that the register has."""
        wanted = [code for code in codes if code is not None]
        marks = ", ".join("?" * len(wanted))
        rows = self._all(f"SELECT code, name FROM projects WHERE code IN ({marks})", wanted)  # noqa: S608
        return {row["code"]: row["name"] for row in rows}

    def without_folder(self, codes: Iterable[str | None]) -> set[str]:
        """Those of the projects ``codes`` that have no folder: they are not wound up (淘汰类)."""
        found = [self.project(code) for code in set(codes) if code is not None]
        return {row["code"] for row in found if row is not None and row["folder"] is None}

    def stale_projects(self) -> list[str]:
        """Projects with a folder whose status page no longer says what the index says."""
        return [
            row["code"]
            for row in self._all("SELECT code FROM projects WHERE stale = 1 AND folder IS NOT NULL")
        ]

    def head(self) -> tuple[int, str]:
        """The last event's number and hash."""
        row = self._one("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1")
        return (row["seq"], row["hash"]) if row else (0, "")

    # -- sources -------------------------------------------------------------------------------------------------

    def source(self, identity: int) -> Source:
        """Return one source."""
        row = self._one("SELECT * FROM sources WHERE id = ?", [identity])
        assert row is not None
        return source_from(row)

    def unfinished(self) -> list[Source]:
        """Sources whose work is not done, oldest first; archives' members come after their archive."""
        return [
            source_from(row)
            for row in self._all("SELECT * FROM sources WHERE state <> ? ORDER BY id", [DONE])
        ]

    def sources_with(self, sha256: str) -> list[Source]:
        """All sources with the same bytes, oldest first."""
        return [
            source_from(row)
            for row in self._all("SELECT * FROM sources WHERE sha256 = ? ORDER BY id", [sha256])
        ]

    def named(self, name: str, most: int) -> list[Source]:
        """The last ``most`` sources dropped into the inbox under exactly this name, oldest first."""
        query = "SELECT * FROM sources WHERE origin = ? AND name = ? ORDER BY id DESC LIMIT ?"
        return [source_from(row) for row in self._all(query, [INBOX, name, most])][::-1]

    def photos_beside(self, name: str) -> dict[str, int]:
        """The sources dropped beside ``name`` (same folder), by name: the latest of each."""
        folder = name.rpartition("/")[0]
        low, high = (f"{folder}/", f"{folder}0") if folder else ("", "\U0010ffff")
        rows = self._all(
            "SELECT name, MAX(id) AS id FROM sources WHERE name >= ? AND name < ? GROUP BY name", [low, high]
        )
        return {row["name"]: row["id"] for row in rows if row["name"].rpartition("/")[0] == folder}

    def took_from(self, folder: str) -> bool:
        """Whether files were ever taken from this sub-folder of the inbox."""
        query = "SELECT 1 FROM sources WHERE origin = ? AND name > ? AND name < ? LIMIT 1"
        return self._one(query, [INBOX, f"{folder}/", f"{folder}0"]) is not None

    def removals(self, source: int | None = None) -> list[Removal]:
        """Files that may go now: drops that are safe, and what waited for a source that is done."""
        where, values = ("AND source = ?", [source]) if source is not None else ("", [])
        rows = self._all(
            "SELECT removals.* FROM removals JOIN sources ON sources.id = source "  # noqa: S608
            f"WHERE (reason = '{SAFE}' OR state = '{DONE}') {where} ORDER BY removals.id",
            values,
        )
        return [Removal(**row) for row in rows]

    def safe_drops(self, source: int) -> list[Removal]:
        """The dropped files of a source that may go, whether or not its work is done."""
        rows = self._all("SELECT * FROM removals WHERE source = ? AND reason = ?", [source, SAFE])
        return [Removal(**row) for row in rows]

    def drops(self) -> dict[bytes, str]:
        """Stamps of dropped files that are dealt with but still lie there, by path below the store's root."""
        return {
            row["path"]: row["stamp"]
            for row in self._all("SELECT path, stamp FROM removals WHERE stamp IS NOT NULL")
        }

    def drop_of(self, source: int) -> bytes:
        """Where the dropped file of a source lies that is not done with, below the store's root."""
        row = self._one("SELECT path FROM removals WHERE source = ? AND stamp IS NOT NULL", [source])
        return bytes(row["path"]) if row else b""

    def copy_beside(self, source: int, folder: str) -> str | None:
        """Where in ``folder`` this source's untouched scan is kept, if it is."""
        query = "SELECT path FROM copies WHERE source = ? AND substr(path, 1, ?) = ?"
        row = self._one(query, [source, len(folder) + 1, f"{folder}/"])
        return row["path"] if row else None

    def combined_of(self, source: int) -> dict[str, str]:
        """Where a source's untouched combined scan is kept, with its sha256."""
        rows = self._all("SELECT path, sha256 FROM copies WHERE source = ?", [source])
        return {row["path"]: row["sha256"] for row in rows}

    # -- documents -----------------------------------------------------------------------------------------------

    def documents_of(self, source: int) -> list[Document]:
        """The documents of one source, in page order."""
        rows = self._all("SELECT * FROM documents WHERE source = ? ORDER BY first, id", [source])
        return [document_from(row) for row in rows]

    def document(self, identity: str) -> Document | None:
        """Return one document, or None."""
        row = self._one("SELECT * FROM documents WHERE id = ?", [identity])
        return document_from(row) if row else None

    def place_taken(self, path: str) -> bool:
        """Whether a copy of ours stands, or is going to stand, at ``path`` (below the store's root)."""
        query = (
            "SELECT 1 FROM documents WHERE path = ?1 UNION ALL SELECT 1 FROM copies WHERE path = ?1 LIMIT 1"
        )
        return self._one(query, [path]) is not None

    def known_paths(self) -> set[str]:
        """All places where copies made by this software stand, those among them that are given up but not gone yet.

        The copy at a place given up must not pass for a person's act: an interrupted decision would be undone by it.
        """
        rows = self._all(
            "SELECT path FROM documents WHERE path IS NOT NULL UNION ALL SELECT path FROM copies"
        )
        going = self._all(f"SELECT path FROM removals WHERE reason = '{OWN}'")  # noqa: S608 (our own word)
        return {row["path"] for row in rows} | {os.fsdecode(row["path"]) for row in going}

    def namesakes(self, row: Document, number: str | None, most: int) -> list[Document]:
        """Filed documents that count, of the same project, item and title, newest first: with the same document number
        (文号), or, where one of the two has none, of the same date. Among hundreds of one title only the newest are asked.
        """
        query = (
            "SELECT * FROM (SELECT rowid AS row, * FROM documents WHERE project = ?1 AND item = ?2 AND title = ?3 "
            "ORDER BY rowid DESC LIMIT 200) AS one WHERE status = ?4 AND source <> ?7 "
            "AND (date = ?5 AND (?6 IS NULL OR instr(facts, '文号') = 0) OR instr(facts, ?6) > 0) "
            "AND NOT EXISTS (SELECT 1 FROM version_links WHERE document = one.id) ORDER BY row DESC LIMIT ?8"
        )
        quoted = to_json(number) if number else None
        values = [
            row.project,
            row.item,
            row.title,
            Status.FILED.value,
            row.date,
            quoted,
            row.source,
            most,
        ]
        return [document_from(found) for found in self._all(query, values)]

    def replaced_by_all(self, document: str) -> list[str]:
        """What counts in place of a document, and in place of that, and so on."""
        found: list[str] = []
        while row := self._one("SELECT replaced_by FROM versions WHERE document = ?", [document]):
            document = row["replaced_by"]
            if document in found:
                break
            found.append(document)
        return found

    def with_copy(self, sha256: str) -> list[Document]:
        """Documents whose copy in the folders has these bytes: first what waits, then what is filed, then the rest."""
        order = [Status.REVIEW.value, Status.FILED.value]
        query = (
            "SELECT * FROM documents WHERE path_sha256 = ? ORDER BY status = ? DESC, status = ? DESC, rowid"
        )
        return [document_from(row) for row in self._all(query, [sha256, *order])]

    def waiting_documents(self) -> list[Document]:
        """Documents in 待确认 whose source is done."""
        query = (
            "SELECT documents.* FROM documents JOIN sources ON sources.id = source "
            "WHERE status = ? AND state = ? AND path IS NOT NULL ORDER BY documents.rowid"
        )
        return [document_from(row) for row in self._all(query, [Status.REVIEW.value, DONE])]

    def described(self, project: str) -> list[dict[str, Any]]:
        """A project's documents with what their sources are, for its self-description."""
        return list(
            self._all(
                "SELECT documents.*, sources.name AS source_name, sources.sha256 AS source_sha256, "
                "sources.size AS source_size, sources.received, "
                "(SELECT replaced_by FROM version_links WHERE document = documents.id) AS replaced_by "
                "FROM documents JOIN sources ON sources.id = source "
                "WHERE project = ? ORDER BY item, date, documents.id",
                [project],
            )
        )
