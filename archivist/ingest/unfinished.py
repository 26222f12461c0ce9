"""Files taken before they were written to their end (没写完的文件): what comes later under the same name makes them whole.

Two things happen. The whole file arrives: the half was a beginning of it. Or a program goes on writing "at the end" of
a file that is gone, and the rest arrives alone: then the parts are put together. Every part stays in the vault; its
documents count no longer, but for those a person decided about.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from archivist.core.document import INBOX, OWN, RECEIVED, Document, Removal, Source
from archivist.core.filing import last_part
from archivist.core.model import Status
from archivist.store.drops import SourceChanged, SourceUnreadable
from archivist.store.vault import Accession
from archivist.system.fingerprints import Fingerprint, fingerprint_of
from archivist.system.wholeness import has_a_beginning, looks_unfinished

if TYPE_CHECKING:
    from archivist.index.writer import Index
    from archivist.store.vault import Store
    from archivist.workspace.settings import IntakeSettings

_MOST_PARTS = 20
_BLOCK = 4096
_LINGER_SECONDS = 900.0
"""How long a drop on a share is kept out of sight after the last change."""


class Completing:
    """Looks whether a file that was just received completes earlier ones of its name."""

    def __init__(self, store: Store, index: Index, largest_mb: int) -> None:
        self.store, self.index, self._largest = store, index, largest_mb << 20

    def completed_by(self, source: Source) -> None:
        """Retire what was a half of ``source``, or put it together with its beginning. Call it within its ``change``."""
        if source.vault is None or source.size == 0:
            return
        earlier = [
            one
            for one in self.index.sources.named(source.name, _MOST_PARTS)
            if one.id < source.id and one.vault
        ]
        halves = [one for one in earlier if self._is_half_of(one, source)]
        name = last_part(source.name)
        for one in halves:
            self._retire(one, f"收到时还没有写完；完整的“{name}”后来收到了，以后来的为准。这一份仍保存着")
        if not halves and earlier:
            self._join(earlier, source)

    def _is_half_of(self, one: Source, source: Source) -> bool:
        """Whether ``one`` lacks its end and ``source`` is the same file, written further; reserved room was empty."""
        mine, whole = self._original(one), self._original(source)
        if one.sha256 == source.sha256 or one.size > source.size or not looks_unfinished(mine):
            return False
        with mine.open("rb") as half, whole.open("rb") as file:
            while block := half.read(_BLOCK):
                if not file.read(_BLOCK).startswith(block.rstrip(b"\0")):
                    return False
        return True

    def _original(self, source: Source) -> Path:
        return self.store.path(source.vault or "")

    def gave_way(self, one: Source, source: Source) -> None:
        """Retire a file that its writer went on writing after it was taken, to ``source``. Call it within a ``change``."""
        self._retire(
            one, f"收到以后，“{last_part(source.name)}”又被继续写入，以写完的为准。先收到的这一份仍保存着"
        )

    # -- parts -----------------------------------------------------------------------------------------------------

    def _join(self, earlier: Sequence[Source], rest: Source) -> None:
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
        if sum(part.size for part in parts) > self._largest:
            return
        safe = self.store.joined([self._original(part) for part in parts], rest.name)
        if safe is not None:
            self._receive(parts, safe, rest.name)

    def _receive(self, parts: Sequence[Source], safe: Accession, name: str) -> None:
        """The parts together are a source of their own; what each part was taken for counts no longer."""
        whole = self.index.sources.receive(
            None, name=name, origin=INBOX, sha256=safe.sha256, size=safe.size, vault=safe.vault
        )
        self.index.event("joined", name, source=whole.id, parts=[part.id for part in parts])
        for part in parts:
            self._retire(
                part,
                f"“{last_part(name)}”是分 {len(parts)} 次写入的，这是其中一部分；已合为一份处理。这一份仍保存着",
            )

    # -- what counted before ---------------------------------------------------------------------------------------

    def _retire(self, one: Source, reason: str) -> None:
        """What a part was taken for counts no longer; what people decided about it stands."""
        if self.index.sources.get(one.id).state == RECEIVED:
            row = Document(id="", source=one.id, first=1, last=1, status=Status.DUPLICATE, reasons=(reason,))
            self.index.sources.plan(one.id, one.kind or "", (), [row], "duplicate")
            return
        rows = self.index.documents.of(one.id)
        if any(row.decided_by is not None or self.index.decisions.last(row.id) is not None for row in rows):
            return
        gone = [row for row in rows if row.status is not Status.DUPLICATE]
        going = [(row.path, row.path_sha256) for row in gone if row.path and row.path_sha256]
        combined = self.index.copies.of(one.id)
        for path in combined:
            self.index.copies.forget(path)
        removals = [
            Removal(OWN, self.store.raw(self.store.path(path)), sha256)
            for path, sha256 in [*going, *combined.items()]
        ]
        changed = [
            replace(
                row,
                status=Status.DUPLICATE,
                project=None,
                item=None,
                path=None,
                path_sha256=None,
                reasons=(reason, *row.reasons),
            )
            for row in gone
        ]
        if changed:
            self.index.sources.decide(
                one.id, changed, [], removals, "superseded", before=[path for path, _ in going]
            )


class Lingering:
    """Drops on a share that were taken. A program on another computer may still have one open, and nobody here can ask:
    so each is kept out of sight for a while, and what is written into it meanwhile is received as the file it becomes.

    A name says whose drop it is and how it was when it was taken: source, size, mtime in ns.

    Args:
        intake: how long files must stand still. clock: seconds that only grow.
    """

    def __init__(
        self,
        store: Store,
        index: Index,
        intake: IntakeSettings,
        completing: Completing,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store, self._index, self._intake = store, index, intake
        self._completing, self._clock = completing, clock
        self._seen: dict[str, tuple[Fingerprint, float]] = {}

    def look(self) -> None:
        """Receive what was written on, and remove what nobody wrote into for long enough."""
        try:
            names = sorted(os.listdir(self._store.taken))  # noqa: PTH208 (names as they are)
        except OSError:
            return
        clock = self._clock()
        before, self._seen = self._seen, {}
        for name in names:
            path, told = self._store.taken / name, name.split(" ")
            stamp = fingerprint_of(path)
            if stamp is None or len(told) != 3 or not all(map(str.isdecimal, told)):
                continue
            was, since = before.get(name, (stamp, clock))
            self._seen[name] = (stamp, since if was == stamp else clock)
            still = clock - self._seen[name][1]
            if (str(stamp.size), str(stamp.mtime)) == (told[1], told[2]):
                if still >= _LINGER_SECONDS:
                    self._store.remove(path)
            elif still >= (
                self._intake.unfinished_seconds if looks_unfinished(path) else self._intake.settle_seconds
            ):
                with suppress(SourceChanged, SourceUnreadable):
                    self._went_on(self._index.sources.get(int(told[0])), path)

    def _went_on(self, one: Source, path: Path) -> None:
        safe = self._store.accession(path, one.name)
        later = [other for other in self._index.sources.with_sha256(safe.sha256) if other.id >= one.id]
        source = next((other for other in later if other.name == one.name), None)
        if source is None:  # else we were interrupted after this, or only its time was touched
            with self._index.change():
                source = self._index.sources.receive(
                    None,
                    name=one.name,
                    origin=one.origin,
                    sha256=safe.sha256,
                    size=safe.size,
                    vault=safe.vault,
                    decided_project=one.decided_project,
                    decided_item=one.decided_item,
                )
                self._index.event("went on", one.name, source=source.id, of=one.id)
                self._completing.gave_way(one, source)
        self._store.set_apart(path, f"{source.id} {safe.stamp.size} {safe.stamp.mtime}")
