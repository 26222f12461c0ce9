"""Make documents stand where the index says (就位). All here can be done again after a crash and changes nothing then.

The order of effects: the index knows where every document will stand before the first is placed; the copies are placed
and flushed; the source is marked done; only then is what is over taken away.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from archivist.core.document import Document, Source
from archivist.core.filing import TOGETHER, waiting_name
from archivist.core.model import Status
from archivist.system.durable import Occupied, sha256_of
from archivist.system.fingerprints import fingerprint_of, full_fingerprint_of

if TYPE_CHECKING:
    from archivist.filing.clearing import Clearing
    from archivist.filing.notes import Notes
    from archivist.filing.parts import Parts
    from archivist.filing.shelving import Shelving
    from archivist.index.writer import Index
    from archivist.store.vault import Store

Places = Mapping[str, tuple[str, ...]]
"""Project folders, as parts below the store's root, by project code."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A source whose documents stand where they say; ``stamps`` are those of the copies, by path."""

    source: Source
    documents: tuple[Document, ...]
    stamps: Mapping[str, str]


class Placing:
    """Carries out what the index has recorded, in one workspace."""

    def __init__(
        self, store: Store, index: Index, parts: Parts, shelving: Shelving, notes: Notes, clearing: Clearing
    ) -> None:
        self._store, self._index, self._parts = store, index, parts
        self._shelving, self._notes, self._clearing = shelving, notes, clearing

    def complete(self, source: Source, rows: Sequence[Document], places: Places) -> tuple[Document, ...]:
        """Make every document stand, then mark the source done, then take away what is over."""
        placed = self.place(source, rows, places)
        self.finish([placed])
        return placed.documents

    def place(self, source: Source, rows: Sequence[Document], places: Places) -> Placed:
        """Make every document of a source stand."""
        standing = tuple(self._place(source, row) for row in rows)
        kept = self._keep_combined(source, standing, places)
        self._notes.tell_refused_members(source, standing)
        filed = [row.path for row in standing if row.path and row.status is Status.FILED]
        stamps = {
            path: str(stamp)
            for path in [*filed, *kept]
            if (stamp := full_fingerprint_of(self._store.path(path)))
        }
        return Placed(source, standing, stamps)

    def finish(self, placed: Sequence[Placed]) -> None:
        """Mark sources done whose documents stand, all at once, then take away what is over."""
        if not placed:
            return
        with self._index.change():
            for one in placed:
                drops = self._index.removals.safe(one.source.id)
                gone = [drop.id for drop in drops if not os.path.lexists(self._store.from_raw(drop.path))]
                self._index.sources.finish(one.source.id, one.stamps, gone)
        with self._store.flushed_together():
            for one in placed:
                self._parts.drop(one.source.id)
                self._clearing.clear(one.source.id)

    def restore(self, source: Source) -> list[str]:
        """Put back the copies of a source that people took away from where they are said to stand; return which."""
        back: list[str] = []
        for row in self._index.documents.of(source.id):
            if row.status in {Status.FILED, Status.REVIEW} and row.path is not None:
                lost = fingerprint_of(self._store.path(row.path)) is None
                standing = self._place(source, row)
                back += [standing.path or ""] if lost else []
        self._parts.drop(source.id)
        return back

    def put_right(self, source: Source, row: Document) -> Document:
        """Put the copy of one document back where it is said to stand."""
        placed = self._place(source, row)
        self._parts.drop(source.id)
        return placed

    def _place(self, source: Source, row: Document) -> Document:
        """Make the copy stand at its place and, for what a person must see, the note beside it."""
        if row.path is None:
            return row
        row = self._stand(source, row)
        if row.status in {Status.REVIEW, Status.REJECTED}:
            self._notes.write(source, row)
        return row

    def _stand(self, source: Source, row: Document) -> Document:
        """Place the copy; a place that a person took meanwhile is given up in the index first."""
        assert row.path is not None
        while not self._store.holds(row.path, row.path_sha256):
            copy = self._copy(source, row)
            digest = row.path_sha256 if source.vault is None else _digest(source, row, copy)
            try:
                if digest != row.path_sha256 or os.path.lexists(self._store.path(row.path)):
                    raise Occupied
                if source.vault is None:
                    self._store.move_in(copy, self._store.path(row.path))
                else:
                    self._store.place(copy, self._store.path(row.path), digest or "")
            except Occupied:
                folder, _, name = row.path.rpartition("/")
                row = replace(row, path=self._shelving.free(folder, name), path_sha256=digest)
                self._index.documents.update(row, "placed")
            else:
                break
        return row

    def _copy(self, source: Source, row: Document) -> Path:
        if source.vault is not None:
            return self._parts.of(source, row)
        return self._store.from_raw(
            self._index.removals.drop_of(source.id)
        )  # too large to copy: it still lies there

    def _keep_combined(self, source: Source, rows: Sequence[Document], places: Places) -> list[str]:
        """Keep the untouched combined scan readable beside the documents cut from it; return where it stands."""
        kept = []
        cut = [row for row in rows if row.status is Status.FILED and row.path_sha256 != source.sha256]
        for project in sorted({row.project for row in cut if row.project}):
            folder = "/".join((*places[project], TOGETHER))
            path = self._index.copies.beside(source.id, folder)
            if path is None:
                name = self._shelving.fitted(source, waiting_name(source.name, None))
                path = self._shelving.free(folder, name)
                self._index.copies.put(path, source.id, source.sha256)
            if not self._store.holds(path, source.sha256):
                self._store.place(self._parts.original(source), self._store.path(path), source.sha256)
            kept.append(path)
        return kept


def _digest(source: Source, row: Document, copy: Path) -> str:
    """A cut made anew by another edition of the software need not have the bytes it had."""
    return source.sha256 if row.path_sha256 == source.sha256 else sha256_of(copy)
