"""Sources (来件) in the index: how far each dropped file is, from received to done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from archivist.core.document import DONE, INBOX, PLANNED, RECEIVED, Document, Removal, Source
from archivist.index.database import question_marks
from archivist.index.documents import Documents
from archivist.index.pages import Pages
from archivist.index.records import source_from
from archivist.index.removals import Removals
from archivist.index.standings import Standings
from archivist.system.clock import now

if TYPE_CHECKING:
    from archivist.core.page import Page
    from archivist.index.database import Database, Values

_AT_ONCE = 500


class Sources:
    """The sources in an open index."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._documents = Documents(database)
        self._pages = Pages(database)
        self._removals = Removals(database)

    def _all(self, query: str, values: Values = ()) -> list[Source]:
        return [source_from(row) for row in self._database.rows(query, values)]

    # -- questions -------------------------------------------------------------------------------------------------

    def get(self, identity: int) -> Source:
        """Return one source."""
        row = self._database.row("SELECT * FROM sources WHERE id = ?", [identity])
        assert row is not None
        return source_from(row)

    def unfinished(self) -> list[Source]:
        """Sources whose work is not done, oldest first; archives' members come after their archive."""
        return self._all("SELECT * FROM sources WHERE state <> ? ORDER BY id", [DONE])

    def unfinished_ids(self) -> set[int]:
        """The numbers of the sources whose work is not done."""
        return {row["id"] for row in self._database.rows("SELECT id FROM sources WHERE state <> ?", [DONE])}

    def these(self, identities: Sequence[int]) -> list[Source]:
        """The sources with these numbers, oldest first."""
        found: list[Source] = []
        for start in range(0, len(identities), _AT_ONCE):
            few = identities[start : start + _AT_ONCE]
            found += self._all(f"SELECT * FROM sources WHERE id IN ({question_marks(few)})", few)  # noqa: S608
        return sorted(found, key=lambda source: source.id)

    def with_sha256(self, sha256: str) -> list[Source]:
        """All sources with the same bytes, oldest first."""
        return self._all("SELECT * FROM sources WHERE sha256 = ? ORDER BY id", [sha256])

    def named(self, name: str, most: int) -> list[Source]:
        """The last ``most`` sources dropped into the inbox under exactly this name, oldest first."""
        query = "SELECT * FROM sources WHERE origin = ? AND name = ? ORDER BY id DESC LIMIT ?"
        return self._all(query, [INBOX, name, most])[::-1]

    def beside(self, name: str) -> dict[str, int]:
        """The sources dropped beside ``name`` (same folder), by name: the latest of each."""
        folder = name.rpartition("/")[0]
        low, high = (f"{folder}/", f"{folder}0") if folder else ("", "\U0010ffff")
        rows = self._database.rows(
            "SELECT name, MAX(id) AS id FROM sources WHERE name >= ? AND name < ? GROUP BY name", [low, high]
        )
        return {row["name"]: row["id"] for row in rows if row["name"].rpartition("/")[0] == folder}

    def called_like(self, origin: str, beginning: str, most: int) -> dict[str, int]:
        """At most ``most`` sources whose names as dropped begin so, none of them in a folder below: the latest of each."""
        query = (
            "SELECT name, MAX(id) AS id FROM sources WHERE origin = ? AND name >= ? AND name < ? "
            "AND instr(substr(name, ?), '/') = 0 GROUP BY name ORDER BY id DESC LIMIT ?"
        )
        values = [origin, beginning, f"{beginning}\U0010ffff", len(beginning) + 1, most]
        return {row["name"]: row["id"] for row in self._database.rows(query, values)}

    def waiting_like(self, origin: str, beginning: str, most: int) -> list[Source]:
        """At most ``most`` sources of one page whose names as dropped begin so, done with, with a document that waits."""
        query = (
            "SELECT * FROM sources WHERE origin = ? AND name >= ? AND name < ? "
            "AND instr(substr(name, ?), '/') = 0 AND pages = 1 AND state = ? "
            "AND EXISTS (SELECT 1 FROM documents WHERE source = sources.id AND status = 'review') "
            "ORDER BY id DESC LIMIT ?"
        )
        values = [origin, beginning, f"{beginning}\U0010ffff", len(beginning) + 1, DONE, most]
        return self._all(query, values)

    def took_from(self, folder: str) -> bool:
        """Whether files were ever taken from this sub-folder of the inbox."""
        query = "SELECT 1 FROM sources WHERE origin = ? AND name > ? AND name < ? LIMIT 1"
        return self._database.value(query, [INBOX, f"{folder}/", f"{folder}0"]) is not None

    def members(self, source: int) -> list[Source]:
        """The sources that came out of this one."""
        return self._all("SELECT * FROM sources WHERE parent = ? ORDER BY id", [source])

    def sha256s(self) -> set[str]:
        """The sha256 of every source."""
        return {row["sha256"] for row in self._database.rows("SELECT sha256 FROM sources")}

    def count(self) -> int:
        """How many there are."""
        return int(self._database.value("SELECT COUNT(*) FROM sources"))

    def count_unfinished(self) -> int:
        """How many are not done."""
        return int(self._database.value("SELECT COUNT(*) FROM sources WHERE state <> 'done'"))

    def unfinished_names(self) -> list[tuple[str, str]]:
        """Name and time of receipt of every file that is not done, as it was dropped, newest first."""
        query = "SELECT name, received FROM sources WHERE state <> ? ORDER BY id DESC"
        return [(row["name"], row["received"]) for row in self._database.rows(query, [DONE])]

    def oldest_unfinished(self) -> tuple[str, str] | None:
        """Name and time of receipt of the first that is not done."""
        query = "SELECT name, received FROM sources WHERE state <> 'done' ORDER BY id LIMIT 1"
        row = self._database.row(query)
        return (row["name"], row["received"]) if row else None

    # -- receiving -------------------------------------------------------------------------------------------------

    def receive(self, removal: Removal | None = None, **source: Any) -> Source:
        """Record that a file's bytes are safe in the vault, and that its drop may go (``removal``)."""
        with self._database.change():
            identity = self._receive(source, [removal] if removal else [])
        return self.get(identity)

    def _receive(self, source: Mapping[str, Any], removals: Iterable[Removal] = ()) -> int:
        row = {"state": RECEIVED, "received": now(), "note": "", **source}
        identity = self._database.insert("sources", row)
        self._removals.put(identity, removals)
        told = {"source": identity, "sha256": source["sha256"], "size": source["size"]}
        self._database.event("received", source["name"], **told)
        return identity

    def received_again(self, source: int) -> None:
        """A source whose documents were withdrawn is to be read anew. Call it inside ``change``."""
        self._pages.forget(source)
        self._database.execute(
            "UPDATE sources SET state = ?, kind = NULL, pages = NULL, read = NULL WHERE id = ?",
            [RECEIVED, source],
        )

    # -- planning and deciding -------------------------------------------------------------------------------------

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
        with self._database.change():
            self._planned(source, kind, len(pages))
            self._pages.put(source, pages)
            for member in members:
                self._receive({**member, "parent": source})
            return self._documents.add(documents, act)

    def unpacked(
        self, source: int, members: Sequence[Mapping[str, Any]], refused: Sequence[Document]
    ) -> tuple[list[Source], list[Document]]:
        """Record all members of an archive, what was refused, and that the archive itself is done with: at once."""
        with self._database.change():
            self._planned(source, "zip", 0)
            received = [self._receive({**member, "parent": source}) for member in members]
            rows = self._documents.add(refused, "refused")
        return [self.get(identity) for identity in received], rows

    def _planned(self, source: int, kind: str, pages: int) -> None:
        """Only what was just received can be planned: nothing is filed twice whatever calls us."""
        cursor = self._database.execute(
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
        with self._database.change():
            self._database.execute("UPDATE sources SET state = ? WHERE id = ?", [PLANNED, source])
            self._removals.put(source, removals)
            for row in changed:
                self._documents.change(row, act, detail)
            new = self._documents.add(added, act)
        return [*changed, *new]

    def finish(
        self, source: int, stamps: Mapping[str, str] = MappingProxyType({}), gone: Sequence[int] = ()
    ) -> None:
        """Everything a source brought is in place.

        Args:
            stamps: those of the copies, by path. gone: removals that are carried out already.
        """
        with self._database.change():
            self._database.execute("UPDATE sources SET state = ? WHERE id = ?", [DONE, source])
            Standings(self._database).put(stamps)
            self._removals.forget(gone)

    def heal(self, before: str, vault: str) -> None:
        """An original is kept at ``vault`` now, in place of a damaged file. Call it inside ``change``."""
        self._database.execute("UPDATE sources SET vault = ? WHERE vault = ?", [vault, before])
