"""Pages of text (页): what each page of a source says, and the words to find it by.

What was read off a source with boxes is kept in files (see `reads`); the text here can be made again from those.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from archivist.core.model import TextSource
from archivist.core.page import Line, Page

if TYPE_CHECKING:
    from archivist.index.database import Database
    from archivist.index.reads import Reads


@dataclass(frozen=True, slots=True)
class KeptRead:
    """That a source was read: its name and sha256, and the digest of what it was read as (None: of nothing)."""

    source: int
    name: str
    sha256: str
    digest: str | None


class Pages:
    """The pages in an open index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @cached_property
    def reads(self) -> Reads:
        """The files beside the index that hold what was read, with boxes."""
        from pathlib import Path

        from archivist.index.reads import Reads

        return Reads(Path(self._database.path).with_name("reads"))

    # -- text ------------------------------------------------------------------------------------------------------

    def of(self, source: int, first: int, last: int) -> list[Page]:
        """The pages ``first``..``last`` of a source as text, without boxes."""
        query = "SELECT number, text FROM pages WHERE source = ? AND number BETWEEN ? AND ? ORDER BY number"
        return [
            Page(row["number"], tuple(Line(line) for line in row["text"].splitlines()))
            for row in self._database.rows(query, [source, first, last])
        ]

    def blank(self, source: int, first: int, last: int) -> int:
        """How many of the pages ``first``..``last`` of a source carry nothing at all (空白页, the back of a sheet)."""
        query = "SELECT number FROM pages WHERE source = ? AND number BETWEEN ? AND ? AND text = ''"
        empty = {row["number"] for row in self._database.rows(query, [source, first, last])}
        kept = self.kept(source) if empty else None
        return sum(page.blank for page in kept or () if page.number in empty)

    def all_of(self, source: int) -> list[Page]:
        """A source's pages as the index keeps them."""
        return pages_in(self._database.connection, source)

    def search(self, query: str) -> Iterator[dict[str, Any]]:
        """Pages whose pairs of characters match ``query`` (see `words`): source, number, text, source_name; in the order
        in which they were read, one after the other, so that whoever wants the first few pays for no more.
        """
        return self._database.rows(
            "SELECT pages.source, pages.number, pages.text, sources.name AS source_name FROM page_words "
            "CROSS JOIN pages ON pages.id = page_words.rowid CROSS JOIN sources ON sources.id = pages.source "
            "WHERE page_words MATCH ? ORDER BY page_words.rowid",
            [query],
        )

    def count(self) -> int:
        """How many pages there are."""
        return int(self._database.value("SELECT COUNT(*) FROM pages"))

    def are_findable(self) -> bool:
        """Whether every page has its words, and no words are of a page that is not there."""
        pages = self._database.connection.execute("SELECT id FROM pages").fetchall()
        return set(pages) == set(self._database.connection.execute("SELECT id FROM page_words_docsize"))

    # -- what was read ---------------------------------------------------------------------------------------------

    def kept(self, source: int) -> tuple[Page, ...] | None:
        """What was read off a source, with boxes; None when that is lost."""
        row = self._database.row("SELECT sha256, read FROM sources WHERE id = ?", [source])
        kept = self.reads.get(row["sha256"], row["read"]) if row and row["read"] else None
        return None if kept is None else tuple(kept)

    def kept_reads(self) -> list[KeptRead]:
        """Every source that was worked on, and what is said of its read."""
        rows = self._database.rows(
            "SELECT id AS source, name, sha256, read AS digest FROM sources WHERE state <> 'received' ORDER BY id"
        )
        return [KeptRead(**row) for row in rows]

    def lost(self) -> list[int]:
        """Sources that were read and whose pages are not here."""
        rows = self._database.rows(
            "SELECT id FROM sources WHERE read IS NOT NULL "
            "AND NOT EXISTS (SELECT 1 FROM pages WHERE source = sources.id)"
        )
        return [row["id"] for row in rows]

    # -- changes ---------------------------------------------------------------------------------------------------

    def put(self, source: int, pages: Sequence[Page]) -> None:
        """Keep what a source was read as, and make its text searchable. Call it inside ``change``."""
        if pages:
            self._was_read(source, self.keep(source, pages))
        for page in pages:
            put_page(self._database.connection, source, page)

    def keep(self, source: int, pages: Sequence[Page]) -> str:
        """Keep what a source was read as in its file; return its digest. Nothing in the index changes."""
        sha256 = self._database.value("SELECT sha256 FROM sources WHERE id = ?", [source])
        return self.reads.put(sha256, pages)

    def _was_read(self, source: int, digest: str) -> None:
        self._database.execute("UPDATE sources SET read = ? WHERE id = ?", [digest, source])

    def read_again(self, source: int, pages: Sequence[Page]) -> None:
        """Keep what an original was read as once more: its kept read was lost."""
        with self._database.change():
            self.put(source, pages)
            name = self._database.value("SELECT name FROM sources WHERE id = ?", [source])
            self._database.event("read again", name, source=source)

    def forget(self, source: int) -> None:
        """A source is to be read anew: its pages are no longer found. Call it inside ``change``."""
        from archivist.index.words import words_of

        rows = list(self._database.rows("SELECT id, text FROM pages WHERE source = ?", [source]))
        for row in rows:
            query = "INSERT INTO page_words (page_words, rowid, words) VALUES ('delete', ?, ?)"
            self._database.execute(query, [row["id"], words_of(row["text"])])
        self._database.execute("DELETE FROM pages WHERE source = ?", [source])

    def keep_unlogged(self) -> None:
        """Keep in files what an edition before the log had in the database only."""
        noted = list(self._database.rows("SELECT row FROM unlogged WHERE name = 'pages'"))
        for source in [row["row"] for row in noted]:
            digest = self.keep(source, self.all_of(source))
            with self._database.change():
                self._was_read(source, digest)
                self._database.execute("DELETE FROM unlogged WHERE name = 'pages' AND row = ?", [source])


def put_page(connection: sqlite3.Connection, source: int, page: Page) -> None:
    """Make one page's text searchable."""
    from archivist.index.words import words_of

    row = (source, page.number, page.text, page.text_source.value, page.rotation)
    columns = "source, number, text, text_source, rotation"
    cursor = connection.execute(f"INSERT INTO pages ({columns}) VALUES (?, ?, ?, ?, ?)", row)  # noqa: S608
    connection.execute(
        "INSERT INTO page_words (rowid, words) VALUES (?, ?)", (cursor.lastrowid, words_of(page.text))
    )


def pages_in(connection: sqlite3.Connection, source: int) -> list[Page]:
    """A source's pages as a database keeps them."""
    query = "SELECT number, text, text_source, rotation FROM pages WHERE source = ? ORDER BY number"
    return [
        Page(number, tuple(Line(line) for line in text.split("\n")), TextSource(text_source), rotation)
        for number, text, text_source, rotation in connection.execute(query, [source])
    ]
