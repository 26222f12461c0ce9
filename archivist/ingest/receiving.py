"""Bring what waits into safety: bytes into the vault, the fact into the index, then the drop may go.

What people put into project folders is looked at twice: a file that is a copy of ours, moved, is a decision about
a document that is known already; anything else is a new source whose place decides its project and maybe its item.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from archivist.core.document import INBOX, SAFE, STANDS, Document, Removal, Source
from archivist.core.filing import waiting_name
from archivist.core.model import Status
from archivist.core.queueing import Line, is_little
from archivist.folders.listing import (
    Listing,
    ProjectPlace,
    WaitingFile,
    folders_in,
    in_inbox,
    in_projects,
    remove_empty_folders,
    remove_if_empty,
    strangers,
)
from archivist.folders.settling import Settling
from archivist.ingest.closing import Closed
from archivist.ingest.unfinished import Completing, Lingering
from archivist.preservation.custody import Custody
from archivist.store.drops import SourceChanged, SourceUnreadable
from archivist.store.vault import Accession
from archivist.system.fingerprints import Fingerprint, fingerprint_of
from archivist.system.wholeness import looks_unfinished

if TYPE_CHECKING:
    from archivist.filing.wiring import Filing
    from archivist.index.writer import Index
    from archivist.ingest.moves import Moves
    from archivist.ingest.turns import Turns
    from archivist.store.vault import Store
    from archivist.workspace.config import Config

Safe = tuple[WaitingFile, Accession]
"""A file that waits, and its proved copy."""

_LEFT_ALONE_SECONDS = 60.0
_SWEEP_SECONDS = 3600.0
_BUNDLE_FILES, _BUNDLE_BYTES, _BUNDLE_SECONDS = 32, 32 << 20, 0.5
"""What is taken in together: recognition of the first file must not wait long for the others."""


@dataclass(slots=True)
class Received:
    """What one look at the folders brought: sentences for people, what is still being written, what was decided.

    ``alarms`` tell of filed copies that are altered or gone; ``suspects`` are those a second look has to confirm.
    """

    problems: list[str] = field(default_factory=list)
    unsettled: list[str] = field(default_factory=list)
    decided: list[Document] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)
    suspects: list[str] = field(default_factory=list)
    looking: float = 0.0
    """Seconds that listing took."""
    left: int = 0
    """So many complete files were left for the next look."""
    more: bool = False
    """Some were."""


class Receiver:
    """Takes in files of one workspace.

    Args:
        turns: lets others in while files are copied. stop: asked between files. tick: called between files.
        closed: what is known of files that their writers closed.
    """

    def __init__(
        self,
        store: Store,
        index: Index,
        config: Config,
        filing: Filing,
        moves: Moves,
        turns: Turns,
        stop: Callable[[], bool],
        tick: Callable[[], None] = lambda: None,
        closed: Closed | None = None,
    ) -> None:
        self._store, self._index, self._config = store, index, config
        self._clearing, self._placing, self._shelving = filing.clearing, filing.placing, filing.shelving
        self._moves, self._turns, self._stop, self._tick = moves, turns, stop, tick
        self._closed = closed or Closed()
        self.custody = Custody(store, index, config, turns.aside)
        self._completing = Completing(store, index, config.intake.max_file_mb)
        self._lingering = Lingering(store, index, config.intake, self._completing)
        self._settling = Settling(
            config.intake.settle_seconds,
            store.now,
            time.monotonic,
            self._closed.is_whole,
            looks_unfinished,
            config.intake.unfinished_seconds,
        )
        self._line: Line[Path] = Line()
        self._looks = 0
        self._there: dict[Path, WaitingFile] = {}
        self._little: set[str] = set()
        self._townships: set[str] = set()
        self.told: Callable[[int, int], None] = lambda taken, total: None
        """Called with how many of how many files were taken, now and then."""
        self._emptied: set[Path] = set()
        self._sweep = 0.0

    def receive(self, places: list[ProjectPlace], patient: bool, seconds: float | None = None) -> Received:
        """Take in every complete file; what cannot be read is told and stays where it is.

        Args:
            places: project folders to look into.
            patient: wait once for files that may still be written.
            seconds: take no further file after so long, beside the time that looking into the folders takes.
        """
        result = Received()
        self._townships = {place.folder.parent.name for place in places}
        young = self._look(places, result, seconds, not patient)
        if (young or result.suspects) and patient and not self._stop():
            self._pause()
            result.problems.clear()
            young = self._look(places, result, seconds, False)
        result.unsettled += [file.name for file in young]
        result.alarms += self.custody.alarms()
        if not young and not result.more:
            waiting = self._index.documents.waiting()
            result.decided += self._moves.dismissed(waiting)
            self._moves.rewrite_notes(waiting)
        return result

    def _look(
        self, places: list[ProjectPlace], result: Received, seconds: float | None, for_ends: bool
    ) -> list[WaitingFile]:
        """List, take what is complete, compare what stands; return what may still be written."""
        began = time.monotonic()
        result.problems += self._clearing.clear()
        self._lingering.look()
        listed = self._listed(places, result)
        ready, young = self._settling.split(self._waiting(listed), for_ends)
        seen = self._turns.seen()
        result.looking = time.monotonic() - began
        self._take(ready, result, seconds)
        if result.more:
            return young  # what was moved may be among what is left: nobody deleted it
        if self._turns.seen() != seen:  # somebody else's decision moved files since they were listed
            listed = self._listed(places, Received())
        result.suspects = self.custody.look(listed[1], places, young)
        result.problems += [self.custody.warning] if self.custody.warning else []
        return young

    def tidy(self) -> list[str]:
        """Take away what is over, and empty folders in 收件箱 whose files were taken; return what cannot be taken away."""
        stuck = self._clearing.clear()
        now, settle = self._store.now(), int(self._config.intake.settle_seconds * 1e9)
        remove_if_empty(self._emptied, lambda _, changed: changed <= now - settle)
        self._emptied = {folder for folder in self._emptied if folder.is_dir()}
        remove_if_empty(
            folders_in(self._config.review),
            lambda folder, changed: changed <= now - settle and self._made(folder.name),
        )
        if time.monotonic() >= self._sweep:
            self._sweep_up(now - max(settle, int(_LEFT_ALONE_SECONDS * 1e9)))
        return stuck

    def _made(self, name: str) -> bool:
        """Whether a folder of 待确认 is of those this software makes: a township's, or called as one of 收件箱 was."""
        with suppress(UnicodeEncodeError):
            return name in self._townships or self._index.sources.took_from(name)
        return False

    def _sweep_up(self, latest: int) -> None:
        """Remove folders that an earlier run emptied and did not live to remove: looking at all of them is dear."""
        self._sweep = time.monotonic() + (_LEFT_ALONE_SECONDS if self._sweep == 0.0 else _SWEEP_SECONDS)

        def may_go(folder: Path, changed: int) -> bool:
            name = folder.relative_to(self._config.inbox).as_posix()
            with suppress(UnicodeEncodeError):
                return changed <= latest and self._index.sources.took_from(name)
            return False

        remove_empty_folders(self._config.inbox, may_go)

    def _pause(self) -> None:
        """Sleep for the settling time, in slices, so that an end is not waited for."""
        until = time.monotonic() + self._config.intake.settle_seconds
        while (left := until - time.monotonic()) > 0 and not self._stop():
            time.sleep(min(left, 0.2))

    def _listed(self, places: list[ProjectPlace], result: Received) -> tuple[Listing, Listing]:
        """List what lies in 收件箱, and in project folders; with the latter what people put into 待确认 and 退回."""
        root, config, ours = self._store.root, self._config, self._index.places.ours()
        inbox = in_inbox(config.inbox, config.filled)
        dropped = in_projects(root, config.projects, places, ours)
        result.problems += inbox.odd + dropped.odd
        dropped.files += strangers(root, config.review, ours)
        dropped.files += [
            file for file in strangers(root, config.rejected, ours) if not self._moves.is_told(file)
        ]
        return inbox, dropped

    def _waiting(self, listed: tuple[Listing, Listing]) -> list[WaitingFile]:
        """What was listed, but for drops that are dealt with already."""
        done = self._index.removals.drops()
        files = listed[0].files + listed[1].files
        if not done:
            return files
        return [file for file in files if done.get(self._store.raw(file.path)) != str(file.stamp)]

    def _take(self, files: list[WaitingFile], result: Received, seconds: float | None) -> None:
        """Take files in, ordinary ones in bundles: one transaction and one flush of each folder for many.

        In a fair order: what is seen first at this look comes before the rest of a pile, and folder by folder in turn.
        """
        until = None if seconds is None else time.monotonic() + seconds
        left, seen = self._in_line(files), self._turns.seen()
        while (file := self._next(left)) is not None and not self._is_over(until, result):
            self._tick()
            if self._is_ordinary(file):
                with self._turns.aside(), self._store.flushed_together():
                    safe = self._bundle(left, result, until)
            else:
                self._line.serve()
                safe = self._or_left(file, result, partial(self._take_special, file, result, seen))
            self._let_go(safe)
            self.told(len(left) - len(self._line), len(left))
        result.left = len(self._line)

    def lying(self) -> Iterator[str]:
        """The names of what was complete when the folders were last looked into, and is to be taken in next."""
        return (self._there[path].name for path in self._line)

    def _in_line(self, files: list[WaitingFile]) -> dict[Path, WaitingFile]:
        """Let the files that are new wait in line, and forget those that are gone."""
        self._looks += 1
        before, there = self._there, {file.path: file for file in files}
        self._there = there
        for path in [path for path in self._line if path not in there]:
            self._line.leave(path)
            self._little.discard(before[path].name)
        fresh = [file for file in files if file.path not in self._line]
        brought = Counter(_folder(file) for file in fresh)
        for file in fresh:
            cost, folder = 1 + file.stamp.size / (1 << 20), _folder(file)
            if is_little(brought[folder], len(fresh)):
                self._little.add(file.name)
                self._line.join_with_little(file.path, cost)
            else:
                self._line.join(file.path, (folder, self._looks), cost)
        return there

    def with_little(self, name: str) -> bool:
        """Whether what was taken in under ``name`` came with little else; asked once."""
        found = name in self._little
        self._little.discard(name)
        return found

    def _next(self, left: dict[Path, WaitingFile]) -> WaitingFile | None:
        found = self._line.next()
        return None if found is None else left[found[1]]

    def _is_ordinary(self, file: WaitingFile) -> bool:
        return file.origin == INBOX and file.stamp.size <= self._config.intake.max_file_mb << 20

    def _is_over(self, until: float | None, result: Received) -> bool:
        result.more = self._stop() or (until is not None and time.monotonic() > until)
        return result.more

    def _bundle(self, left: dict[Path, WaitingFile], result: Received, until: float | None) -> list[Safe]:
        """Make the next few ordinary files safe."""
        safe: list[Safe] = []
        begun, size, count = time.monotonic(), 0, 0
        while (file := self._next(left)) is not None and self._is_ordinary(file):
            full = (
                count == _BUNDLE_FILES or size >= _BUNDLE_BYTES or time.monotonic() > begun + _BUNDLE_SECONDS
            )
            if count and (full or self._is_over(until, result)):
                break
            self._line.serve()
            safe += self._or_left(file, result, partial(self._copied, file))
            size, count = size + file.stamp.size, count + 1
        return safe

    def _copied(self, file: WaitingFile) -> list[Safe]:
        return [(file, self._store.accession(file.path))]

    @staticmethod
    def _or_left(file: WaitingFile, result: Received, take: Callable[[], list[Safe]]) -> list[Safe]:
        """What cannot be read is told and stays where it is."""
        try:
            return take()
        except SourceChanged:
            result.unsettled.append(file.name)
        except SourceUnreadable as error:
            result.problems.append(f"“{file.name}”{error}。文件还在原处。")
        return []

    def _take_special(self, file: WaitingFile, result: Received, seen: int) -> list[Safe]:
        """Take a file that is too large, or that people put into a project's folder.

        Args:
            seen: `Turns.seen` when it was listed. What another's decision did since may be about this folder: then it is
                looked at anew.
        """
        with self._turns.aside():
            measured = self._store.measure(file.path)
        if file.project is not None and self._turns.seen() != seen:
            raise SourceChanged(file.name)
        if file.stamp.size > self._config.intake.max_file_mb << 20:
            decided: Document | None = self._refuse_large(file, *measured)
        elif self._config.rejected in file.path.parents:
            decided = self._moves.set_aside(file, *measured)
            if decided is None:
                self._moves.tell_stranger(file)
                return []
        elif self._config.review in file.path.parents:
            decided = self._moves.set_aside(file, *measured)
        else:
            decided = self._moves.moved(file, *measured)
        if decided is None:
            with self._turns.aside():
                return self._copied(file)
        result.decided.append(decided)
        self._forget(file)
        self._little.discard(file.name)
        return []

    def _let_go(self, safe: Sequence[Safe]) -> None:
        """Record files that are safe, all at once; only then may those in 收件箱 go."""
        if not safe:
            return
        sources: list[int] = []
        with self._index.change():
            for file, accession in safe:
                source = self._record(file, accession)
                sources.append(source.id)
                if file.origin == INBOX:
                    self._completing.completed_by(source)
        with self._store.flushed_together():
            for (file, accession), identity in zip(safe, sources, strict=True):
                if file.origin == INBOX and fingerprint_of(file.path) == accession.stamp:
                    self._clearing.let_go(file.path, identity)
                self._forget(file)

    def _record(self, file: WaitingFile, accession: Accession) -> Source:
        reason = SAFE if file.origin == INBOX else STANDS
        return self._index.sources.receive(
            Removal(reason, self._store.raw(file.path), accession.sha256, str(accession.stamp)),
            name=file.name,
            origin=file.origin,
            sha256=accession.sha256,
            size=accession.size,
            vault=accession.vault,
            decided_project=file.project,
            decided_item=file.item,
        )

    def _forget(self, file: WaitingFile) -> None:
        """A file that was taken: its folder may be empty now."""
        self._closed.forget(file.path)
        if file.origin == INBOX:
            stay = {
                folder for end in (self._config.inbox, self._config.filled) for folder in (end, *end.parents)
            }
            self._emptied.update(set(file.path.parents) - stay)

    # -- too large -------------------------------------------------------------------------------------------------

    def _refuse_large(self, file: WaitingFile, sha256: str, stamp: Fingerprint) -> Document:
        """A file over the limit is moved, not copied: its only bytes go to 退回, with a note."""
        limit = self._config.intake.max_file_mb
        reason = f"文件有 {stamp.size >> 20} 兆字节，超过上限 {limit} 兆字节，请拆分或降低扫描分辨率后再放入"
        removal = Removal(STANDS, self._store.raw(file.path), sha256, str(stamp))
        path = self._shelving.free(self._config.store.rejected, waiting_name(file.name, None))
        with self._index.change():
            source = self._index.sources.receive(
                removal, name=file.name, origin=file.origin, sha256=sha256, size=stamp.size, vault=None
            )
            row = Document(
                id="",
                source=source.id,
                first=1,
                last=1,
                status=Status.REJECTED,
                reasons=(reason,),
                path=path,
                path_sha256=sha256,
                archival=False,
            )
            rows = self._index.sources.plan(source.id, "", (), [row], "rejected")
        return self._placing.complete(source, rows, {})[0]


def _folder(file: WaitingFile) -> str:
    return file.name.rpartition("/")[0]
