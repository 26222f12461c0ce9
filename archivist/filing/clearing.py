"""Taking away what is over (清理): drops whose bytes are safe, copies at places given up, with their notes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from archivist.core.document import OWN, Removal
from archivist.store.layout import NOTE_SUFFIX
from archivist.system.durable import sha256_of
from archivist.system.fingerprints import fingerprint_of

if TYPE_CHECKING:
    from archivist.index.writer import Index
    from archivist.store.vault import Store


class Clearing:
    """Takes away what the index says may go, and only if it is still the file that was meant."""

    def __init__(self, store: Store, index: Index) -> None:
        self._store, self._index = store, index

    def clear(self, source: int | None = None) -> list[str]:
        """Take away files that stand for nothing any more; return sentences about those that cannot be removed."""
        stuck, over = [], []
        for removal in self._index.removals.due(source):
            if self._take_away(removal):
                over.append(removal.id)
            else:
                name = self._store.from_raw(removal.path).name
                told = os.fsencode(name).decode("utf-8", "replace")
                stuck.append(f"“{told}”已经收好，但原处的文件删不掉。请检查权限后自行删除。")
        self._index.removals.forget(over)
        return stuck

    def _take_away(self, removal: Removal) -> bool:
        """Remove the file if it is still the one that was meant; False when it has to be tried again."""
        path = self._store.from_raw(removal.path)
        stamp = fingerprint_of(path)
        meant = stamp is not None and removal.stamp in {None, str(stamp)} and _same(path, removal.sha256)
        if meant and not (
            self._store.remove(path) if removal.stamp is None else self.let_go(path, removal.source)
        ):
            return False
        if removal.reason == OWN:
            note = path.with_name(path.name + NOTE_SUFFIX)
            return fingerprint_of(path) is not None or self._store.remove(note)
        return True

    def let_go(self, path: Path, source: int) -> bool:
        """Take a drop away whose bytes are safe; on a share another computer may still be writing into it, so there it
        is kept out of sight for a while (see `ingest.unfinished.Lingering`). False when it has to be tried again.
        """
        stamp = fingerprint_of(path)
        kept = (
            self._store.on_share and stamp is not None and self._index.sources.get(source).vault is not None
        )
        if kept and stamp and self._store.set_apart(path, f"{source} {stamp.size} {stamp.mtime}"):
            return True
        return self._store.remove(path)


def _same(path: Path, sha256: str) -> bool:
    try:
        return sha256_of(path) == sha256
    except OSError:
        return False
