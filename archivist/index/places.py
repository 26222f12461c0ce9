"""Places below the store's root that the index accounts for: what should stand where, and with which bytes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.core.document import DONE, OWN
from archivist.index.changes import columns_of, recorded_tables

if TYPE_CHECKING:
    from archivist.index.database import Database


@dataclass(frozen=True, slots=True)
class StandingPlace:
    """One file that should be there.

    Attributes:
        source, name, received: what it came as, and when. document, project, item, status: what it is, where that is
            known. kept: whether its original is in the vault. sm3: of an original, its second digest, once made.
    """

    path: str
    sha256: str
    source: int
    name: str
    received: str
    document: str | None = None
    project: str | None = None
    item: int | None = None
    status: str | None = None
    kept: bool = True
    sm3: str | None = None


_ORIGINALS = (
    "SELECT s.vault AS path, s.sha256, s.id AS source, s.name, s.received, d.id AS document, d.project, d.item, "
    "digests.sm3 FROM sources s LEFT JOIN documents d ON d.rowid = (SELECT MIN(rowid) FROM documents WHERE source = s.id) "
    "LEFT JOIN digests ON digests.sha256 = s.sha256 WHERE s.vault IS NOT NULL ORDER BY s.vault, s.id"
)
_FILED = (
    "SELECT d.path, d.path_sha256 AS sha256, s.id AS source, s.name, s.received, d.id AS document, d.project, d.item, "
    "d.status, s.vault IS NOT NULL AS kept, s.state FROM documents d JOIN sources s ON s.id = d.source "
    "WHERE d.path IS NOT NULL"
)
_COMBINED = (
    "SELECT c.path, c.sha256, s.id AS source, s.name, s.received "  # noqa: S608
    f"FROM copies c JOIN sources s ON s.id = c.source WHERE s.state = '{DONE}'"
)


class Places:
    """The places in an open index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # -- what should stand -----------------------------------------------------------------------------------------

    def originals(self) -> list[StandingPlace]:
        """The originals in the vault, each once, with the first document that came of them."""
        found: dict[str, StandingPlace] = {}
        for row in self._database.rows(_ORIGINALS):
            found.setdefault(row["path"], StandingPlace(**row))
        return list(found.values())

    def documents(self) -> list[StandingPlace]:
        """The copies of documents, as far as the work on their source is done."""
        rows = self._database.rows(_FILED)
        return [
            StandingPlace(**{**row, "kept": bool(row["kept"])}) for row in rows if row.pop("state") == DONE
        ]

    def combined(self) -> list[StandingPlace]:
        """The untouched combined scans that are kept, as far as the work on their source is done."""
        return [StandingPlace(**row) for row in self._database.rows(_COMBINED)]

    # -- which are taken -------------------------------------------------------------------------------------------

    def taken(self, path: str) -> bool:
        """Whether a copy of ours stands, or is going to stand, at ``path``."""
        query = (
            "SELECT 1 FROM documents WHERE path = ?1 UNION ALL SELECT 1 FROM copies WHERE path = ?1 LIMIT 1"
        )
        return self._database.value(query, [path]) is not None

    def ours(self) -> set[str]:
        """All places where copies made by this software stand, those among them that are given up but not gone yet.

        The copy at a place given up must not pass for a person's act: an interrupted decision would be undone by it.
        """
        rows = self._database.rows(
            "SELECT path FROM documents WHERE path IS NOT NULL UNION ALL SELECT path FROM copies"
        )
        going = self._database.rows("SELECT path FROM removals WHERE reason = ?", [OWN])
        return {row["path"] for row in rows} | {os.fsdecode(row["path"]) for row in going}

    def known(self) -> set[str]:
        """Every path that the index accounts for: what any table holds as a path or vault."""
        return set(self._known())

    def _known(self) -> Iterator[str]:
        connection = self._database.connection
        for table in recorded_tables(connection):
            for column in {"path", "vault"}.intersection(columns_of(connection, table)):
                query = f'SELECT "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL'  # noqa: S608
                for (path,) in connection.execute(query):
                    yield os.fsdecode(path) if isinstance(path, bytes) else path
