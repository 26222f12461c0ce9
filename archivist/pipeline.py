"""The recipe: receive → extract → identify → plan → file → done. One function per stage, a barrier per file.

Order of effects, so that a kill at any instant loses nothing and files nothing twice:
the bytes are in the vault and the index knows (then an inbox source may go) → the plan of places is committed →
copies are placed (doing it again changes nothing) → the source is marked done → what is over is taken away.
"""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from archivist.batch import Batch, Progress, Reader, Silent
from archivist.core.filing import Decision, Planned, plan_filing
from archivist.core.identify.joining import continued, may_continue, page_before
from archivist.core.identify.lessons import learned, taught
from archivist.core.identify.register_index import RegisterIndex, build_index
from archivist.core.identify.whole import Thresholds, identify
from archivist.core.model import Extract, Identification, Status, TextSource
from archivist.decisions import Decider
from archivist.errors import ArchivistError, StoreError
from archivist.extract import Extractor, failures
from archivist.filing import READABLE_ELSEWHERE, earlier_copy
from archivist.folders import (
    folder_parts,
    folders_of,
    make_base,
    make_project_folders,
    project_places,
    projects_in,
)
from archivist.index.rows import MEMBER, PLANNED, DocumentRow, SourceRow
from archivist.parts import Parts, limits_of
from archivist.receiving import Receiver
from archivist.versions import noticed

if TYPE_CHECKING:
    from archivist.index.writer import Index
    from archivist.workspace import Workspace

_REFRESH_SECONDS = 5.0
_FIRST_REST, _LONGEST_REST = 60.0, 3600.0


class Pipeline:
    """One workspace's intake, with the OCR workers warm. Made and run with the write lock held.

    Args:
        workspace: opened workspace. index: opened for writing.
        stop: asked between files; True ends the pass early, what is left waits for the next.
        reader: reads files; None makes the Extractor the settings ask for.
    """

    def __init__(
        self,
        workspace: Workspace,
        index: Index,
        stop: Callable[[], bool] = lambda: False,
        reader: Reader | None = None,
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
        self.receiver = Receiver(self.filer, stop)
        self._resting: dict[int, tuple[float, float]] = {}
        self._refreshed = time.monotonic()
        self.refresh_register()

    def __enter__(self) -> Pipeline:
        return self

    def __exit__(self, *_: object) -> None:
        self.extractor.close()

    # -- the register ----------------------------------------------------------------------------------------------

    def refresh_register(self) -> None:
        """Read the register again (it may have been imported meanwhile) and make missing project folders."""
        make_project_folders(self.config, self.index, self.annex)
        self._versions = self._known_versions()
        self.projects = projects_in(self.index)
        self._parts = {
            code: folder_parts(self.config, project, folder)
            for code, (project, folder) in self.projects.items()
        }
        lessons = learned(self.index.lessons())
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
        return self.index.register_version(), self.index.lessons_version()

    def places(self) -> dict[str, tuple[str, ...]]:
        """Project folders (parts below the root) by code."""
        return self._parts

    # -- one pass ------------------------------------------------------------------------------------------------

    def run(
        self, progress: Progress | None = None, patient: bool = True, seconds: float | None = None
    ) -> Batch:
        """Work on everything that waits and is complete, once.

        Args:
            patient: wait once for files that may still be written. seconds: begin no more work after that long.
        """
        progress, batch = progress or Silent(), Batch()
        self._require_folders()
        self.refresh_register_if_changed()
        self._receive(batch, patient)
        until = None if seconds is None else time.monotonic() + seconds
        work = deque(source for source in self.index.unfinished() if self._rested(source))
        progress.begin(len(work))
        for source, documents in self._work(work, batch, progress, until):
            batch.documents += documents
            batch.names[source.id] = source.name
            progress.done(source.name, documents)
            self._refresh_now_and_then()
        batch.more = bool(work)
        self.filer.refresh_pages()
        self.receiver.tidy()
        self.index.settle()
        return batch

    def _require_folders(self) -> None:
        """A share that is not connected must not look like an empty inbox: our private folder is the proof."""
        if not self.store.scratch.is_dir():
            raise StoreError(f"档案库“{self.store.root}”不见了。请检查共享盘是否断开。")
        make_base(self.config)

    def _receive(self, batch: Batch, patient: bool) -> None:
        places = project_places(self.config, self.projects, self.annex)
        received = self.receiver.receive(places, self._parts, patient)
        batch.problems += received.problems
        batch.unsettled += received.unsettled
        batch.documents += received.decided
        for row in received.decided:
            batch.names[row.source] = self.index.source(row.source).name

    def _refresh_now_and_then(self) -> None:
        """In a long pass the status pages are not left behind."""
        if time.monotonic() - self._refreshed > _REFRESH_SECONDS:
            self.filer.refresh_pages()
            self._refreshed = time.monotonic()

    def _rested(self, source: SourceRow) -> bool:
        """Whether a source that failed unexpectedly before may be tried again."""
        return self._resting.get(source.id, (0.0, 0.0))[0] <= time.monotonic()

    # -- the work ------------------------------------------------------------------------------------------------

    def _work(
        self, pending: deque[SourceRow], batch: Batch, progress: Progress, until: float | None
    ) -> Iterator[tuple[SourceRow, list[DocumentRow]]]:
        """Finish sources; extraction runs in parallel, everything that is written happens here, one by one."""
        running: dict[Future[Extract], SourceRow] = {}
        read: list[tuple[SourceRow, Future[Extract]]] = []
        while (pending or running or read) and not self.stop():
            while pending and len(running) <= self.workers and not self._enough(until):
                source = pending.popleft()
                early = self._without_reading(source, batch, pending, progress)
                if early is None:
                    running[_in_background(self._extract, source)] = source
                else:
                    yield source, early
            if not running and not read:
                return
            done, _ = wait(running, timeout=0.5, return_when=FIRST_COMPLETED) if running else ((), ())
            read += [(running.pop(future), future) for future in done]
            for source, future in _in_turn(read, [*running.values(), *(pending if running else ())]):
                read.remove((source, future))
                yield source, self._barrier(partial(self._settled, source, future), source, batch)

    def _settled(self, source: SourceRow, read: Future[Extract]) -> list[DocumentRow]:
        return self._settle(source, read.result())

    def _enough(self, until: float | None) -> bool:
        return self.stop() or (until is not None and time.monotonic() > until)

    def _barrier(
        self, stage: Callable[[], list[DocumentRow]], source: SourceRow, batch: Batch
    ) -> list[DocumentRow]:
        """One file's trouble is told and never stops the others; a store that refuses stops the pass."""
        try:
            documents = stage()
        except StoreError:
            raise
        except ArchivistError as error:
            batch.problems.append(f"“{source.name}”：{error.message}。")
        except Exception as error:
            if os.environ.get("ARCHIVIST_DEBUG"):
                raise
            what = f"{type(error).__name__}: {error}"
            batch.problems.append(f"“{source.name}”处理时出错（{what}）。文件已保存，过一会儿会再试。")
        else:
            self._resting.pop(source.id, None)
            return documents
        rest = min(self._resting.get(source.id, (0.0, _FIRST_REST / 2))[1] * 2, _LONGEST_REST)
        self._resting[source.id] = (time.monotonic() + rest, rest)
        return []

    def _without_reading(
        self, source: SourceRow, batch: Batch, pending: deque[SourceRow], progress: Progress
    ) -> list[DocumentRow] | None:
        """Finish what needs no extraction: interrupted filing, duplicates, archives. None means: read it."""
        if source.state == PLANNED:
            return self._barrier(
                lambda: self._complete(source, self.index.documents_of(source.id)), source, batch
            )
        earlier = earlier_copy(self.index, source)
        if earlier is not None:
            return self._barrier(lambda: self._duplicate(source, earlier), source, batch)
        if self.filer.kind_of(source) == "zip":
            members: list[SourceRow] = []
            rows = self._barrier(lambda: self._unpack(source, members), source, batch)
            pending.extendleft(reversed(members))
            progress.grow(len(members))
            return rows
        return None

    def _duplicate(self, source: SourceRow, earlier: SourceRow) -> list[DocumentRow]:
        self.filer.restore(earlier)
        first = next((row for row in self.index.documents_of(earlier.id) if row.path), None)
        where = f"，已在“{first.path}”" if first is not None else ""
        row = DocumentRow(
            id="",
            source=source.id,
            first=1,
            last=max(1, earlier.pages or 1),
            status=Status.DUPLICATE,
            reasons=(f"与先前收到的“{earlier.name}”内容完全相同{where}，没有重复归档",),
        )
        rows = self.index.plan(source.id, earlier.kind or "", (), [row], "duplicate")
        return self._complete(source, rows)

    def _unpack(self, source: SourceRow, members: list[SourceRow]) -> list[DocumentRow]:
        """Receive an archive's members as sources of their own, all at once, and close the archive itself."""
        with TemporaryDirectory(dir=self.store.scratch) as scratch:
            result = self.extractor.unpack(self.filer.parts.original(source), source.name, Path(scratch))
            if result.failure:
                return self._reject(source, "zip", result.failure)
            if not result.members and not result.refused:
                return self._reject(
                    source, "zip", f"“{source.name}”：压缩包里没有可以归档的文件，请检查后重新放入。"
                )
            records = [
                self._member(source, f"{source.name}!/{member.name}", member.data_path)
                for member in result.members
            ]
        refused = [_refused_member(source, name, reason) for name, reason in result.refused]
        received, rows = self.index.unpacked(source.id, records, refused)
        members += received
        return self._complete(source, rows)

    def _member(self, source: SourceRow, name: str, data: Path) -> dict[str, object]:
        safe = self.store.accession(data, name)
        return {
            "name": name,
            "origin": MEMBER,
            "sha256": safe.sha256,
            "size": safe.size,
            "vault": safe.vault,
            "decided_project": source.decided_project,
            "decided_item": source.decided_item,
        }

    def _extract(self, source: SourceRow) -> Extract:
        return self.extractor.extract(self.filer.parts.original(source), source.name)

    def _settle(self, source: SourceRow, extract: Extract) -> list[DocumentRow]:
        """Identify what was read, plan its places, file it."""
        decision = self._decision(source)
        if extract.failure:
            if failures.SCRATCH_FULL in extract.failure or failures.OCR_DOWN in extract.failure:
                raise StoreError(extract.failure)
            if decision is None or decision.item is None or not _people_can_read(extract):
                return self._reject(source, extract.kind, extract.failure)
            found = [Identification(1, 1)]
        else:
            settings = self.config.identification
            thresholds = Thresholds(settings.file_threshold, settings.margin)
            found = list(identify(extract, self.rules, self.register, thresholds))
            found = self._joined(source, found)
        planned = plan_filing(found, source.name, self._parts, folders_of(self.config), self.annex, decision)
        rows = self.filer.rows(source, extract.kind, [_noted(plan, extract) for plan in planned])
        with self.index.change():
            rows = noticed(self.index, self.index.plan(source.id, extract.kind, extract.pages, rows))
        return self._complete(source, rows)

    def _joined(self, source: SourceRow, found: list[Identification]) -> list[Identification]:
        """A photo without a title of its own goes with the photo before it."""
        if len(found) != 1 or found[0].decided or not may_continue(source.name):
            return found
        beside = self.index.photos_beside(source.name)
        before = page_before(source.name, beside)
        if before is None:
            return found
        filed = [row for row in self.index.documents_of(beside[before]) if row.status is Status.FILED]
        if len(filed) != 1 or filed[0].project is None or filed[0].item is None:
            return found
        joined = continued(found[0], filed[0].project, filed[0].item, before)
        return found if joined is None else [joined]

    def _decision(self, source: SourceRow) -> Decision | None:
        if source.decided_project is None:
            return None
        return Decision(source.decided_project, source.decided_item, self.index.actor.name)

    def _reject(self, source: SourceRow, kind: str, reason: str) -> list[DocumentRow]:
        part = Identification(1, 1, archival=False, reasons=(reason,), text_source=TextSource.NONE)
        planned = plan_filing([part], source.name, {}, folders_of(self.config), self.annex)
        rows = self.filer.rows(source, kind, planned)
        return self._complete(source, self.index.plan(source.id, kind, (), rows, "rejected"))

    def _complete(self, source: SourceRow, rows: list[DocumentRow]) -> list[DocumentRow]:
        """Carry out what is planned; safe to do again after a crash."""
        return self.filer.complete(self.index.source(source.id), rows, self._parts)


def _in_turn(
    read: list[tuple[SourceRow, Future[Extract]]], open_sources: Sequence[SourceRow]
) -> list[tuple[SourceRow, Future[Extract]]]:
    """What may be settled now: photos wait for the one before them, which decides where they belong."""
    turn = sorted(read, key=lambda pair: pair[0].id)
    waiting_for = {source.name for source in open_sources}
    ready = []
    for source, future in turn:
        if may_continue(source.name) and page_before(source.name, waiting_for) is not None:
            waiting_for.add(source.name)
        else:
            ready.append((source, future))
    return ready


def _in_background(task: Callable[[SourceRow], Extract], source: SourceRow) -> Future[Extract]:
    """Run ``task(source)`` in a thread that nobody waits for when the program ends."""
    future: Future[Extract] = Future()

    def work() -> None:
        try:
            future.set_result(task(source))
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=work, name=f"extract {source.id}", daemon=True).start()
    return future


def _refused_member(source: SourceRow, name: str, reason: str) -> DocumentRow:
    return DocumentRow(
        id="", source=source.id, first=1, last=1, status=Status.REJECTED, title=name,
        reasons=(f"压缩包中的“{name}”没有收：{reason}",), archival=False,
    )  # fmt: skip


def _people_can_read(extract: Extract) -> bool:
    return extract.kind in READABLE_ELSEWHERE and failures.unsupported(extract.kind) in extract.failure


def _noted(plan: Planned, extract: Extract) -> Planned:
    if extract.failure:
        return replace(plan, reasons=(*plan.reasons, "软件读不出这种文件的内容，按人的决定归档，请核对"))
    if not extract.notes or plan.status is Status.FILED:
        return plan
    return replace(plan, reasons=(*plan.reasons, *extract.notes))
