"""The recipe: receive → extract → identify → plan → file → done. One function per stage, a barrier per file.

Order of effects, so that a kill at any instant loses nothing and files nothing twice:
the bytes are in the vault and the index knows (then an inbox source may go) → the plan of places is committed →
copies are placed (doing it again changes nothing) → the source is marked done → what is over is taken away.
Files that are read at about the same time go through these steps side by side (see `ahead`), so that a commit and a
flushed folder serve them all.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from archivist.core.document import PLANNED, RECEIVED, Document, Source
from archivist.core.filing import Decision, Planned, plan_filing
from archivist.core.identify.lessons import learned, taught
from archivist.core.identify.register_index import RegisterIndex, build_index
from archivist.core.identify.whole import Thresholds, identify
from archivist.core.model import Extract, Identification, Status, TextSource
from archivist.core.paper.original import copy_fact
from archivist.decisions.deciding import Decider
from archivist.errors import ArchivistError, StoreError
from archivist.extract import Extractor, failures
from archivist.extract.reader import Reader
from archivist.filing.filer import READABLE_ELSEWHERE, Stood, earlier_copy
from archivist.filing.parts import Parts, limits_of
from archivist.filing.photos import joined, sum_up
from archivist.filing.versions import noticed
from archivist.folders.places import folder_parts, folders_of, make_base, make_project_folders, project_places
from archivist.ingest.attempts import GIVE_UP, Attempts
from archivist.ingest.barrier import Tried, tried
from archivist.ingest.batch import Batch, Progress, Silent
from archivist.ingest.closing import Closed
from archivist.ingest.members import Members
from archivist.ingest.readahead import Read, ReadAhead, groups, in_turn
from archivist.ingest.receiving import Receiver
from archivist.ingest.rereading import Rereading
from archivist.pages.recent import Answers
from archivist.preservation.searchable import Copier

if TYPE_CHECKING:
    from archivist.index.writer import Index
    from archivist.workspace.opened import Workspace

_REFRESH_SECONDS = 0.5
_REFRESH_SHARE = 16.0
"""Pages are written anew so often during a pass, and never for more than about a sixteenth of the time."""
_AHEAD = 16
"""So many files at most are being read or wait for it while others are filed."""
_COPYING_SECONDS = 2.0
"""Copies are made while nothing waits: a watcher looks again after that long."""


class Pipeline:
    """One workspace's intake, with the OCR workers warm. Made and run with the write lock held.

    Args:
        workspace: opened workspace. index: opened for writing.
        stop: asked between files; True ends the pass early, what is left waits for the next.
        reader: reads files; None makes the Extractor the settings ask for.
        closed: files that their writers closed, as a watcher hears of them.
    """

    def __init__(
        self,
        workspace: Workspace,
        index: Index,
        stop: Callable[[], bool] = lambda: False,
        reader: Reader | None = None,
        closed: Closed | None = None,
    ) -> None:
        self.workspace, self.index, self.stop = workspace, index, stop
        self.config, self.store, self.annex = workspace.config, workspace.store, workspace.annex
        self.workers = self.config.extraction.workers or os.cpu_count() or 1
        self.store.prepare()
        index.settle()
        make_base(self.config)
        self.store.clear_scratch()
        limits = limits_of(self.config, self.store.scratch)
        self.extractor: Reader = reader or Extractor(limits, self.workers, self.config.extraction.ocr_engine)
        self.filer = Decider(workspace, index, Parts(self.store, limits))
        self.reading = ReadAhead(self._extract, self.workers + 1)
        self.members = Members(
            self.store, self.extractor, self.filer.parts.original, self.config.intake.max_depth
        )
        self.copier = Copier(workspace, index, limits, self._extract, stop)
        self.receiver = Receiver(self.filer, stop, self._refresh_now_and_then, closed)
        self.rereading = Rereading(self.filer)
        self.attempts = Attempts(index)
        self.answers = Answers(workspace, index)
        self._refresh_after = time.monotonic()
        self.refresh_register()
        self.answers.write_guide()

    def __enter__(self) -> Pipeline:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, *_: object) -> None:
        self.reading.close()
        self.extractor.close()
        if kind is None:
            self.answers.leave()
        elif isinstance(error, StoreError):
            self.answers.failed(error.message)

    # -- the register ----------------------------------------------------------------------------------------------

    def refresh_register(self) -> None:
        """Read the register again (it may have been imported meanwhile) and make missing project folders."""
        make_project_folders(self.config, self.index, self.annex)
        self._versions = self._known_versions()
        self.projects = self.index.projects.registered()
        self._parts = {
            code: folder_parts(self.config, project, folder)
            for code, (project, folder) in self.projects.items()
        }
        lessons = learned(self.index.lessons.all())
        self.rules = taught(self.annex, lessons)
        self.register: RegisterIndex = build_index(
            (project for project, _ in self.projects.values()), self.annex.generic_words, lessons.names
        )
        self.filer.register = self.register

    def refresh_register_if_changed(self) -> None:
        """Read register and lessons again when ``register import`` or a person's decision changed them since."""
        if self._known_versions() != self._versions:
            self.refresh_register()

    def _known_versions(self) -> tuple[int, int]:
        return self.index.projects.version(), self.index.lessons.version()

    def places(self) -> dict[str, tuple[str, ...]]:
        """Project folders (parts below the root) by code."""
        return self._parts

    # -- one pass ------------------------------------------------------------------------------------------------

    def run(
        self, progress: Progress | None = None, patient: bool = True, seconds: float | None = None
    ) -> Batch:
        """Work on everything that waits and is complete, once.

        Args:
            patient: wait once for files that may still be written. seconds: begin no more work after that long;
                half of it at most goes into receiving, so that a flood of files holds nothing else up.
        """
        progress, batch = progress or Silent(), Batch()
        self._require_folders()
        self.refresh_register_if_changed()
        self.rereading.take_up()
        began = time.monotonic()
        until = None if seconds is None else began + seconds
        self._receive(batch, patient, None if seconds is None else began + seconds / 2)
        work = deque(s for s in self.index.sources.unfinished() if patient or self.attempts.due(s.id))
        progress.begin(len(work))
        for source, documents in self._work(work, batch, progress, until):
            batch.documents += documents
            batch.names[source.id] = source.name
            progress.done(source.name, documents)
        batch.more |= bool(work)
        self.filer.refresh_pages()
        self.receiver.tidy()
        if not (batch.more or self.stop()):
            batch.more, problems = self.copier.run(None if seconds is None else _COPYING_SECONDS)
            batch.problems += problems
        self.index.settle()
        batch.reopened = self.index.deregistrations.take_reopened()
        self.answers.end_pass()
        return batch

    def _require_folders(self) -> None:
        """A share that is not connected must not look like an empty inbox: our private folder is the proof."""
        if not self.store.is_there():
            raise StoreError(f"档案库“{self.store.root}”不见了。请检查共享盘是否断开。")
        make_base(self.config)

    def _receive(self, batch: Batch, patient: bool, until: float | None) -> None:
        places = project_places(self.config, self.projects, self.annex)
        changed, problems = self.receiver.custody.folders(places)
        if changed:
            self.refresh_register()
            places = project_places(self.config, self.projects, self.annex)
        received = self.receiver.receive(places, self._parts, patient, until)
        batch.problems += dict.fromkeys([*problems, *received.problems])
        self.index.troubles.put(batch.problems)
        batch.alarms = received.alarms
        batch.unsettled += [*received.unsettled, *received.suspects]
        batch.more = received.more
        batch.documents += received.decided
        self.answers.settling = len(received.unsettled)
        for row in received.decided:
            batch.names[row.source] = self.index.sources.get(row.source).name

    def _refresh_now_and_then(self) -> None:
        """In a long pass the pages people look at are not left behind."""
        begun = time.monotonic()
        if begun > self._refresh_after:
            with suppress(StoreError):  # the end of the pass tells when pages cannot be written
                self.filer.refresh_pages()
                self.answers.refresh()
            now = time.monotonic()
            self._refresh_after = now + max(_REFRESH_SECONDS, _REFRESH_SHARE * (now - begun))

    # -- the work ------------------------------------------------------------------------------------------------

    def _work(
        self, pending: deque[Source], batch: Batch, progress: Progress, until: float | None
    ) -> Iterator[tuple[Source, list[Document]]]:
        """Finish sources; extraction runs in parallel, everything that is written happens here, one by one."""
        running: dict[Future[Extract], Source] = {}
        read: list[Read] = []
        while (pending or running or read) and not self.stop():
            while pending and len(running) < _AHEAD and not self._enough(until):
                source = pending.popleft()
                early = self._without_reading(source, batch, pending, progress)
                if early is None:
                    running[self.reading.begin(source)] = source
                else:
                    yield source, early
            if self._enough(until):
                _take_back(running, pending)
            if not running and not read:
                return
            done, _ = wait(running, timeout=0.5, return_when=FIRST_COMPLETED) if running else ((), ())
            read += [(running.pop(future), future) for future in done]
            self._refresh_now_and_then()
            for group in groups(in_turn(read, partial(_open_besides, running, pending))):
                read = [pair for pair in read if pair not in group]
                for source, documents, brought in self._settled(group, batch):
                    yield source, documents
                    pending.extendleft(reversed(brought))
                    progress.grow(len(brought))
        _take_back(running, pending)

    def _settled(
        self, group: list[Read], batch: Batch
    ) -> Iterator[tuple[Source, list[Document], list[Source]]]:
        """File what was read, together: all plans are committed, then everything is placed, then all is done."""
        plans: list[tuple[Source, list[Source], Tried[list[Document]]]] = []
        with self.index.change():
            for source, read in group:
                brought: list[Source] = []
                plans.append((source, brought, tried(partial(self._plan, source, read, brought))))
        with self.store.flushed_together():
            stood = [
                tried(partial(self._stand, source, plan.value or []))
                if not plan.trouble
                else Tried(None, plan.trouble)
                for source, _, plan in plans
            ]
        self.filer.finish([one.value for one in stood if one.value is not None])
        for (source, brought, _), one in zip(plans, stood, strict=True):
            rows = Tried(one.value.rows if one.value else None, one.trouble)
            yield source, self._told(source, rows, batch), brought

    def _enough(self, until: float | None) -> bool:
        return self.stop() or (until is not None and time.monotonic() > until)

    def _barrier(self, stage: Callable[[], list[Document]], source: Source, batch: Batch) -> list[Document]:
        return self._told(source, tried(stage), batch)

    def _told(self, source: Source, outcome: Tried[list[Document]], batch: Batch) -> list[Document]:
        """One file's trouble is told, and remembered for when it is tried again."""
        if not outcome.trouble:
            self.attempts.done(source.id)
            return outcome.value or []
        batch.problems.append(f"“{source.name}”{outcome.trouble}。文件已保存，过一会儿会再试。")
        if self.attempts.failed(source.id, outcome.trouble).same < GIVE_UP:
            return []
        return self._give_up(source, outcome.trouble)

    def _give_up(self, source: Source, what: str) -> list[Document]:
        """Trying again does not help: a person looks at it, with the true reason."""
        if self.index.sources.get(source.id).state != RECEIVED:
            return []
        reason = f"软件读这个文件时多次出错，没有读出内容（{what}）。请人工查看；确认后拖入项目的对应文件夹即可归档"
        part = Identification(1, 1, reasons=(reason,), text_source=TextSource.NONE)
        planned = plan_filing([part], source.name, {}, folders_of(self.config), self.annex)
        with suppress(ArchivistError, OSError):
            rows = self.index.sources.plan(
                source.id, "", (), self.filer.rows(source, "", planned), "given up"
            )
            documents = self._complete(source, rows)
            self.attempts.done(source.id)
            return documents
        return []

    def _without_reading(
        self, source: Source, batch: Batch, pending: deque[Source], progress: Progress
    ) -> list[Document] | None:
        """Finish what needs no extraction: interrupted filing, duplicates, archives. None means: read it."""
        if source.state == PLANNED:
            return self._barrier(
                lambda: self._complete(source, self.index.documents.of(source.id)), source, batch
            )
        earlier = earlier_copy(self.index, source)
        if earlier is not None:
            return self._barrier(lambda: self._duplicate(source, earlier), source, batch)
        if self.filer.kind_of(source) == "zip":
            members: list[Source] = []
            rows = self._barrier(lambda: self._unpack(source, members), source, batch)
            pending.extendleft(reversed(members))
            progress.grow(len(members))
            return rows
        return None

    def _duplicate(self, source: Source, earlier: Source) -> list[Document]:
        self.filer.restore(earlier)
        first = next((row for row in self.index.documents.of(earlier.id) if row.path), None)
        where = f"，已在“{first.path}”" if first is not None else ""
        row = Document(
            id="",
            source=source.id,
            first=1,
            last=max(1, earlier.pages or 1),
            status=Status.DUPLICATE,
            reasons=(f"与先前收到的“{earlier.name}”内容完全相同{where}，没有重复归档",),
        )
        rows = self.index.sources.plan(source.id, earlier.kind or "", (), [row], "duplicate")
        return self._complete(source, rows)

    def _unpack(self, source: Source, members: list[Source]) -> list[Document]:
        """Receive an archive's members as sources of their own, all at once, and close the archive itself."""
        found = self.members.of_archive(source)
        if found.failure:
            _stop_if_not_the_files(found.failure)
            return self._complete(source, self._rejected(source, "zip", found.failure))
        received, rows = self.index.sources.unpacked(source.id, found.members, found.refused)
        members += received
        return self._complete(source, rows)

    def _extract(self, source: Source) -> Extract:
        return self.extractor.extract(self.filer.parts.original(source), source.name)

    def _plan(self, source: Source, read: Future[Extract], brought: list[Source]) -> list[Document]:
        """Identify what was read and plan its places; what lay within it is added to ``brought``."""
        extract, decision = read.result(), self._decision(source)
        if extract.failure:
            _stop_if_not_the_files(extract.failure)
            if decision is None or decision.item is None or not _people_can_read(extract):
                return self._rejected(source, extract.kind, extract.failure)
            found = [Identification(1, 1)]
        else:
            settings = self.config.identification
            thresholds = Thresholds(settings.file_threshold, settings.margin)
            found = list(identify(extract, self.rules, self.register, thresholds))
            found = joined(self.index, source, found)
        folders, least = folders_of(self.config), self.config.identification.guess_threshold
        planned = plan_filing(found, source.name, self._parts, folders, self.annex, decision, least)
        within = self.members.of_pdf(source, extract)
        if within.members and all(page.blank for page in extract.pages):
            planned = []  # the cover of a portfolio: what is in it is what was handed in
        rows = self.filer.rows(source, extract.kind, [_noted(plan, extract, within.told) for plan in planned])
        rows = [_copy_marked(row, source, extract) for row in rows]
        with self.index.change():
            planned_rows = self.index.sources.plan(
                source.id, extract.kind, extract.pages, [*rows, *within.refused], members=within.members
            )
            rows = noticed(self.index, planned_rows)
            self.filer.remember_drop(source, rows)
        if within.members:
            brought += [one for one in self.index.sources.members(source.id) if one.state == RECEIVED]
        return rows

    def _decision(self, source: Source) -> Decision | None:
        if source.decided_project is None:
            return None
        return Decision(source.decided_project, source.decided_item, self.index.actor.name)

    def _rejected(self, source: Source, kind: str, reason: str) -> list[Document]:
        part = Identification(1, 1, archival=False, reasons=(reason,), text_source=TextSource.NONE)
        planned = plan_filing([part], source.name, {}, folders_of(self.config), self.annex)
        rows = self.filer.rows(source, kind, planned)
        return self.index.sources.plan(source.id, kind, (), rows, "rejected")

    def _complete(self, source: Source, rows: list[Document]) -> list[Document]:
        """Carry out what is planned; safe to do again after a crash."""
        stood = self._stand(source, rows)
        self.filer.finish([stood])
        return stood.rows

    def _stand(self, source: Source, rows: list[Document]) -> Stood:
        if sum_up(self.index, source):
            rows = self.index.documents.of(source.id)
        return self.filer.stand(self.index.sources.get(source.id), rows, self._parts)


def _open_besides(running: dict[Future[Extract], Source], pending: deque[Source]) -> Iterator[Source]:
    """What is being read and, while something is, what waits for it."""
    return chain(running.values(), pending if running else ())


def _take_back(running: dict[Future[Extract], Source], pending: deque[Source]) -> None:
    """What nobody began to read waits for the next pass."""
    idle = [future for future in running if future.cancel()]
    pending.extendleft(running.pop(future) for future in reversed(idle))


def _stop_if_not_the_files(failure: str) -> None:
    """A full disk or missing recognition is no fault of the file: the pass ends and nothing is sent back."""
    if failures.SCRATCH_FULL in failure or failures.OCR_DOWN in failure:
        raise StoreError(failure)


def _people_can_read(extract: Extract) -> bool:
    named = (failures.UNSUPPORTED.get(kind) for kind in READABLE_ELSEWHERE)
    return any(words in extract.failure for words in named if words)


def _copy_marked(row: Document, source: Source, extract: Extract) -> Document:
    """Note that a document is a copy (复印件) where it or its name says so."""
    pages = [page for page in extract.pages if row.first <= page.number <= row.last]
    fact = copy_fact(source.name, pages)
    return row if fact is None else replace(row, original=fact.value, facts=(*row.facts, fact))


def _noted(plan: Planned, extract: Extract, within: str = "") -> Planned:
    if within:
        plan = replace(plan, reasons=(*plan.reasons, within))
    if extract.failure:
        return replace(plan, reasons=(*plan.reasons, "软件读不出这种文件的内容，按人的决定归档，请核对"))
    if not extract.notes or plan.status is Status.FILED:
        return plan
    if plan.found.text_source is TextSource.NONE:
        return replace(plan, reasons=(*extract.notes, *plan.reasons))
    return replace(plan, reasons=(*plan.reasons, *extract.notes))
