"""What waits for a person only because something was not there yet is read once more when it is.

Files that waited for LibreOffice (等待转换的旧版文件) are read once it is installed, and a page that waits is read again
with the pages that came after it (a paper photographed page by page under a watcher). The question put to a person is
withdrawn, unless somebody answered it: the source counts as just received, and is read as every other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from archivist.core.document import RECEIVED, SAFE, Document, Removal, Source
from archivist.core.identify.naming import REACH, InSeries, apart, in_series
from archivist.core.model import Status
from archivist.extract import failures
from archivist.extract.formats import legacy
from archivist.filing.leaves import same_days
from archivist.system.durable import sha256_of
from archivist.system.fingerprints import fingerprint_of

if TYPE_CHECKING:
    from archivist.filing.clearing import Clearing
    from archivist.filing.notes import Notes
    from archivist.index.writer import Index
    from archivist.store.vault import Store


_MOST_TIMES = 3
"""So often a page is read again for others that come; a camera's roll arrives photo by photo."""


class Rereading:
    """Takes up what LibreOffice can read now, each file once, and pages whose fellows came."""

    def __init__(self, store: Store, index: Index, notes: Notes, clearing: Clearing) -> None:
        self.store, self.index = store, index
        self._notes, self._clearing = notes, clearing
        self._tried: set[int] = set()
        self._joined: Counter[int] = Counter()
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
            self._withdraw(row, "LibreOffice")
            self._tried.add(row.source)
        self._clearing.clear()
        return len(rows)

    def rejoin(self, fresh: Sequence[Source]) -> bool:
        """Make the pages that wait be read again together with those of their series that were just received.

        Returns whether there are any.
        """
        known = {source.id for source in fresh}
        found = [
            row
            for source in self._fellows(fresh)
            if source.id not in known and self._joined[source.id] < _MOST_TIMES
            for row in self.index.documents.of(source.id)
            if self._undecided(row)
        ]
        for row in found:
            self._joined[row.source] += 1
            self._withdraw(row, "pages")
        if found:
            self._clearing.clear()
        return bool(found)

    def _fellows(self, fresh: Sequence[Source]) -> Iterator[Source]:
        """The pages that wait and are of the same series as one that was just received."""
        series: dict[tuple[str, str], list[tuple[InSeries, Source]]] = {}
        for source in fresh:
            if source.state == RECEIVED and (place := in_series(source.name)) is not None:
                series.setdefault((source.origin, place.key), []).append((place, source))
        for (origin, key), members in series.items():
            for other in self.index.sources.waiting_like(origin, key.partition("\0")[0], REACH):
                there = in_series(other.name)
                if there is not None and any(
                    apart(place, there) <= REACH and same_days(source, other) for place, source in members
                ):
                    yield other

    def _waits(self, row: Document) -> bool:
        """Whether nothing but LibreOffice was missing, nobody decided, and the copy lies where it was put."""
        return (
            row.source not in self._tried
            and not self._sentences.isdisjoint(row.reasons)
            and self._undecided(row)
        )

    def _undecided(self, row: Document) -> bool:
        """Whether nobody decided on the only document of its source, and the copy lies where it was put."""
        source = self.index.sources.get(row.source)
        return (
            row.status is Status.REVIEW
            and row.decided_by is None
            and self.index.decisions.last(row.id) is None
            and len(self.index.documents.of(row.source)) == 1
            and row.path is not None
            and fingerprint_of(self.store.path(row.path)) is not None
            and source.vault is not None
            and self.store.kept(source.sha256) is not None
        )

    def _withdraw(self, row: Document, reason: str) -> None:
        """The document that waited is no more, its number never given again; its bytes are in the vault."""
        assert row.path is not None
        copy, note = self.store.path(row.path), self._notes.path(row.path)
        over = [Removal(SAFE, self.store.raw(copy), row.path_sha256 or "")]
        if fingerprint_of(note) is not None:
            over.append(Removal(SAFE, self.store.raw(note), sha256_of(note)))
        with self.index.change():
            self.index.documents.withdraw(row.id, reason=reason)
            self.index.sources.received_again(row.source)
            self.index.removals.put(row.source, over)
