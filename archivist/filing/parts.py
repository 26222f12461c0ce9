"""What will stand in a folder: the kept original itself, or pages cut from a combined PDF."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from archivist.core.document import Document, Source
from archivist.errors import ArchivistError, StoreError
from archivist.extract import Limits
from archivist.extract.cut import cut_pages
from archivist.extract.failures import BUSY, SCRATCH_FULL, WORKERS_DOWN, Refused
from archivist.store.vault import Store
from archivist.system.durable import told_in_chinese


class Parts:
    """Copies of sources or of their pages; a cut is made once and kept in the scratch folder until `drop`."""

    def __init__(self, store: Store, limits: Limits) -> None:
        self._store, self._limits = store, limits
        self._cut: dict[int, list[Path]] = {}

    def original(self, source: Source) -> Path:
        """The kept original of a source."""
        assert source.vault is not None
        return self._store.path(source.vault)

    def pages(self, source: Source, kind: str, first: int, last: int) -> Path:
        """The file that holds pages ``first``..``last``; the whole original when it cannot be cut."""
        original = self.original(source)
        if kind != "pdf":
            return original
        part = self._store.scratch / f"part-{source.id}-{first}-{last}.pdf"
        if part.exists():
            return part
        half = part.with_suffix(".half")
        self._cut.setdefault(source.id, []).extend((part, half))
        try:
            with told_in_chinese("从合并扫描件中取出页"):
                half.unlink(missing_ok=True)
            cut_pages(original, first, last, half, self._limits)
            with told_in_chinese("从合并扫描件中取出页"):
                half.rename(part)  # whoever finds it finds it whole
        except Refused as refusal:
            if refusal.reason in (SCRATCH_FULL, WORKERS_DOWN):
                raise StoreError(refusal.reason) from refusal
            if refusal.reason == BUSY:
                raise ArchivistError(refusal.reason) from refusal
            with suppress(OSError):
                half.unlink(missing_ok=True)
            return original
        return part

    def of(self, source: Source, row: Document) -> Path:
        """The file that is to stand at a recorded document's place."""
        if row.path_sha256 == source.sha256:
            return self.original(source)
        return self.pages(source, source.kind or "", row.first, row.last)

    def drop(self, source: int) -> None:
        """Throw away what was cut from a source: its documents stand."""
        for path in self._cut.pop(source, ()):
            with suppress(OSError):
                path.unlink()
