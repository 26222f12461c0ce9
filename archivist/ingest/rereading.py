"""Files that waited for LibreOffice (等待转换的旧版文件) are read once it is installed.

Without it nothing could be read, so a person was asked. That question is withdrawn, unless somebody answered it: the
source counts as just received, and the next stage reads it as it reads every other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.core.document import SAFE, Document, Removal
from archivist.extract import failures
from archivist.extract.formats import legacy
from archivist.system.durable import sha256_of
from archivist.system.fingerprints import fingerprint_of

if TYPE_CHECKING:
    from archivist.filing.clearing import Clearing
    from archivist.filing.notes import Notes
    from archivist.index.writer import Index
    from archivist.store.vault import Store


class Rereading:
    """Takes up what LibreOffice can read now; each file once, whatever comes of it."""

    def __init__(self, store: Store, index: Index, notes: Notes, clearing: Clearing) -> None:
        self.store, self.index = store, index
        self._notes, self._clearing = notes, clearing
        self._tried: set[int] = set()
        self._sentences = {failures.needs_office(kind) for kind in legacy.SUFFIXES}

    def take_up(self) -> int:
        """Make what waits for LibreOffice wait for being read, if it is installed; return how many files."""
        found = self.index.documents.waiting_for_office()
        if not found or legacy.find_soffice() is None:
            return 0
        rows = [row for row in found if self._waits(row)]
        if not rows:
            return 0
        for row in rows:
            self._withdraw(row)
        self._clearing.clear()
        return len(rows)

    def _waits(self, row: Document) -> bool:
        """Whether nothing but LibreOffice was missing, nobody decided, and the copy lies where it was put."""
        source = self.index.sources.get(row.source)
        return (
            row.source not in self._tried
            and not self._sentences.isdisjoint(row.reasons)
            and self.index.decisions.last(row.id) is None
            and len(self.index.documents.of(row.source)) == 1
            and row.path is not None
            and fingerprint_of(self.store.path(row.path)) is not None
            and source.vault is not None
            and self.store.kept(source.sha256) is not None
        )

    def _withdraw(self, row: Document) -> None:
        """The document that waited is no more, its number never given again; its bytes are in the vault."""
        assert row.path is not None
        copy, note = self.store.path(row.path), self._notes.path(row.path)
        over = [Removal(SAFE, self.store.raw(copy), row.path_sha256 or "")]
        if fingerprint_of(note) is not None:
            over.append(Removal(SAFE, self.store.raw(note), sha256_of(note)))
        with self.index.change():
            self.index.documents.withdraw(row.id, reason="LibreOffice")
            self.index.sources.received_again(row.source)
            self.index.removals.put(row.source, over)
        self._tried.add(row.source)
