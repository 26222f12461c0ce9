"""Files taken before they were written to their end (没写完的文件): what comes later under the same name makes them whole.

Two things happen. The whole file arrives: the half was a beginning of it. Or a program goes on writing "at the end" of
a file that is gone, and the rest arrives alone: then the parts are put together. Every part stays in the vault; its
documents count no longer, but for those a person decided about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from archivist.core.filing import last_part
from archivist.core.model import Status
from archivist.filing import Filer
from archivist.index.history import last_decision
from archivist.index.rows import INBOX, OWN, RECEIVED, DocumentRow, Removal, SourceRow
from archivist.store import Accession
from archivist.wholeness import has_a_beginning, looks_unfinished

_MOST_PARTS = 20
_BLOCK = 4096


class Halves:
    """Looks whether a file that was just received completes earlier ones of its name."""

    def __init__(self, filer: Filer) -> None:
        self.filer, self.index, self.store, self.config = filer, filer.index, filer.store, filer.config

    def completed_by(self, source: SourceRow) -> None:
        """Retire what was a half of ``source``, or put it together with its beginning. Call it within its ``change``."""
        if source.vault is None or source.size == 0:
            return
        earlier = [
            one for one in self.index.named(source.name, _MOST_PARTS) if one.id < source.id and one.vault
        ]
        halves = [one for one in earlier if self._is_half_of(one, source)]
        name = last_part(source.name)
        for one in halves:
            self._retire(one, f"收到时还没有写完；完整的“{name}”后来收到了，以后来的为准。这一份仍保存着")
        if not halves and earlier:
            self._join(earlier, source)

    def _is_half_of(self, one: SourceRow, source: SourceRow) -> bool:
        """Whether ``one`` lacks its end and ``source`` is the same file, written further; reserved room was empty."""
        mine, whole = self._original(one), self._original(source)
        if one.sha256 == source.sha256 or one.size > source.size or not looks_unfinished(mine):
            return False
        with mine.open("rb") as half, whole.open("rb") as file:
            while block := half.read(_BLOCK):
                if not file.read(_BLOCK).startswith(block.rstrip(b"\0")):
                    return False
        return True

    def _original(self, source: SourceRow) -> Path:
        return self.store.path(source.vault or "")

    # -- parts -----------------------------------------------------------------------------------------------------

    def _join(self, earlier: Sequence[SourceRow], rest: SourceRow) -> None:
        """Put ``rest``, which has no beginning of its own, at the end of what came before it, if that makes a whole."""
        if has_a_beginning(self._original(rest)):
            return
        parts = [rest]
        for one in reversed(earlier):
            parts.insert(0, one)
            if has_a_beginning(self._original(one)):
                break
        if not (has_a_beginning(self._original(parts[0])) and looks_unfinished(self._original(parts[0]))):
            return
        if sum(part.size for part in parts) > self.config.intake.max_file_mb << 20:
            return
        safe = self.store.joined([self._original(part) for part in parts], rest.name)
        if safe is not None:
            self._receive(parts, safe, rest.name)

    def _receive(self, parts: Sequence[SourceRow], safe: Accession, name: str) -> None:
        """The parts together are a source of their own; what each part was taken for counts no longer."""
        whole = self.index.receive(
            None, name=name, origin=INBOX, sha256=safe.sha256, size=safe.size, vault=safe.vault
        )
        self.index.event("joined", name, source=whole.id, parts=[part.id for part in parts])
        for part in parts:
            self._retire(
                part,
                f"“{last_part(name)}”是分 {len(parts)} 次写入的，这是其中一部分；已合为一份处理。这一份仍保存着",
            )

    # -- what counted before ---------------------------------------------------------------------------------------

    def _retire(self, one: SourceRow, reason: str) -> None:
        """What a part was taken for counts no longer; what people decided about it stands."""
        if self.index.source(one.id).state == RECEIVED:
            row = DocumentRow(
                id="", source=one.id, first=1, last=1, status=Status.DUPLICATE, reasons=(reason,)
            )
            self.index.plan(one.id, one.kind or "", (), [row], "duplicate")
            return
        rows = self.index.documents_of(one.id)
        if any(row.decided_by is not None or last_decision(self.index, row.id) is not None for row in rows):
            return
        gone = [row for row in rows if row.status is not Status.DUPLICATE]
        going = [(row.path, row.path_sha256) for row in gone if row.path and row.path_sha256]
        combined = self.index.combined_of(one.id)
        for path in combined:
            self.index.forget_combined(path)
        removals = [
            Removal(OWN, self.store.raw(self.store.path(path)), sha256)
            for path, sha256 in [*going, *combined.items()]
        ]
        changed = [
            replace(
                row, status=Status.DUPLICATE, project=None, item=None, path=None, path_sha256=None,
                reasons=(reason, *row.reasons),
            )
            for row in gone
        ]  # fmt: skip
        if changed:
            self.index.decide(one.id, changed, [], removals, "superseded", before=[path for path, _ in going])
