"""The recipe: receive → extract → identify → plan → file → done. One function per stage, a barrier per file.

Order of effects, so that a kill at any instant loses nothing and files nothing twice:
the bytes are in the vault and the index knows (then an inbox source may go) → the plan of places is committed →
copies are placed (doing it again changes nothing) → the source is marked done → a source in a project folder goes.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Protocol

from archivist.core.filing import Decision, Planned, plan_filing
from archivist.core.identify.register_index import RegisterIndex, build_index
from archivist.core.identify.whole import Thresholds, identify
from archivist.core.model import Extract, Identification, Project, Status, TextSource
from archivist.errors import ArchivistError, ExitCode, StoreError
from archivist.extract import Extractor, Limits, failures
from archivist.filing import Filer
from archivist.folders import folder_parts, folders_of, make_base, make_project_folders, project_places, projects_in
from archivist.index.rows import DONE, INBOX, MEMBER, PLANNED, PROJECT, DocumentRow, SourceRow
from archivist.intake import Waiting, in_inbox, in_projects, settled
from archivist.store import SourceChanged, SourceUnreadable, Stamp

if TYPE_CHECKING:
    from archivist.index.writer import Index
    from archivist.workspace import Workspace


class Progress(Protocol):
    """Told of a pass as it goes on."""

    def begin(self, total: int) -> None:
        """``total`` sources will be worked on (members of archives come on top)."""

    def grow(self, more: int) -> None:
        """An archive brought ``more`` sources."""

    def done(self, name: str, documents: list[DocumentRow]) -> None:
        """A source is finished, with what became of its documents."""


class Silent:
    """No progress shown."""

    def begin(self, total: int) -> None:
        """Nothing."""

    def grow(self, more: int) -> None:
        """Nothing."""

    def done(self, name: str, documents: list[DocumentRow]) -> None:
        """Nothing."""


@dataclass(slots=True)
class Batch:
    """What one pass did; owns its exit code."""

    documents: list[DocumentRow] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    unsettled: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> ExitCode:
        """0, or 8 when part of the batch could not be worked on and waits."""
        return ExitCode.PARTIAL if self.problems else ExitCode.OK

    def count(self, status: Status) -> int:
        """How many documents ended with ``status``."""
        return sum(row.status is status for row in self.documents)


class Pipeline:
    """One workspace's intake, with the lock held and the OCR workers warm.

    Args:
        workspace: opened workspace. index: opened for writing (the lock is held).
        stop: asked between files; True ends the pass early, what is left waits for the next.
    """

    def __init__(self, workspace: Workspace, index: Index, stop: Callable[[], bool] = lambda: False) -> None:
        self.workspace, self.index, self.stop = workspace, index, stop
        self.config, self.store, self.annex = workspace.config, workspace.store, workspace.annex
        self.workers = self.config.extraction.workers or os.cpu_count() or 1
        make_base(self.config)
        self.store.prepare()
        shutil.rmtree(self.store.scratch, ignore_errors=True)
        self.store.prepare()
        self.extractor = Extractor(self._limits(), self.workers, self.config.extraction.ocr_engine)
        self.filer = Filer(workspace, index, self._limits())
        self.refresh_register()

    def __enter__(self) -> Pipeline:
        return self

    def __exit__(self, *_: object) -> None:
        self.extractor.close()

    def refresh_register(self) -> None:
        """Read the register again (it may have been imported meanwhile) and make missing project folders."""
        make_project_folders(self.config, self.index, self.annex)
        self.register_version = self.index.register_version()
        self.projects = projects_in(self.index)
        self.register: RegisterIndex = build_index(
            (project for project, _ in self.projects.values()), self.annex.generic_words
        )

    def refresh_register_if_changed(self) -> None:
        """Read the register again when ``register import`` changed it since."""
        if self.index.register_version() != self.register_version:
            self.refresh_register()

    def _limits(self) -> Limits:
        e, i = self.config.extraction, self.config.intake
        return Limits(
            scratch=self.store.scratch,
            wall_seconds=e.wall_seconds,
            cpu_seconds=e.cpu_seconds,
            memory_mb=e.memory_mb,
            max_pages=i.max_pages,
            ocr_page_seconds=e.ocr_page_seconds,
            max_members=i.max_members,
            max_unpacked_mb=i.max_unpacked_mb,
            max_ratio=i.max_ratio,
            max_depth=i.max_depth,
        )

    # -- one pass ------------------------------------------------------------------------------------------------

    def run(self, progress: Progress | None = None) -> Batch:
        """Work on everything that waits and is complete, once."""
        progress, batch = progress or Silent(), Batch()
        self.receive_all(batch)
        work = self.index.unfinished()
        progress.begin(len(work))
        touched: set[str] = set()
        for source, documents in self._work(work, batch, progress):
            batch.documents += documents
            batch.names[source.id] = source.name
            touched |= {row.project for row in documents if row.project}
            progress.done(source.name, documents)
        if touched:
            self.filer.refresh_pages(touched)
        return batch

    def waiting(self) -> list[Waiting]:
        """List what lies in 收件箱 and what people put into project folders."""
        places = project_places(self.config, self.projects, self.annex)
        dropped = in_projects(self.config.store_root, places, self.index.known_paths())
        return [
            file
            for file in in_inbox(self.config.inbox) + dropped
            if not (file.origin == PROJECT and self.index.in_progress(PROJECT, file.name))
        ]

    def receive_all(self, batch: Batch) -> None:
        """Bring every complete file into safety; what cannot be read is told and stays where it is."""
        listed = self.waiting()
        ready = settled(listed, self.config.intake.settle_seconds)
        batch.unsettled += [file.name for file in listed if file not in ready]
        for file in ready:
            if self.stop():
                return
            try:
                self._receive(file)
            except SourceChanged:
                batch.unsettled.append(file.name)
            except SourceUnreadable as error:
                batch.problems.append(f"“{file.name}”{error}。文件还在原处。")

    def _receive(self, file: Waiting) -> None:
        limit = self.config.intake.max_file_mb << 20
        if file.stamp.size > limit:
            self._refuse_large(file)
            return
        safe = self.store.accession(file.path)
        waiting = self.index.waiting_copy(safe.sha256) if file.origin == PROJECT else None
        if waiting is not None and file.project is not None and file.item is not None:
            self.filer.assign(waiting, file.project, file.item, self.places(), "放入归档文件夹")
            self.store.remove_source(file.path, safe.stamp)
            self.filer.refresh_pages({file.project})
            return
        self.index.receive(
            name=file.name,
            origin=file.origin,
            sha256=safe.sha256,
            size=safe.size,
            vault=safe.vault,
            stamp=_stamp_text(safe.stamp),
            decided_project=file.project,
            decided_item=file.item,
        )
        if file.origin == INBOX:
            self.store.remove_source(file.path, safe.stamp)

    def _refuse_large(self, file: Waiting) -> None:
        """A file over the limit is moved, not copied: its only bytes go to 退回 with a note."""
        reason = f"文件有 {file.stamp.size >> 20} 兆字节，超过上限 {self.config.intake.max_file_mb} 兆字节，请拆分后再放入。"
        self.filer.refuse_unread(file, reason)

    def places(self) -> dict[str, tuple[str, ...]]:
        """Project folders (parts below the root) by code."""
        return {
            code: folder_parts(self.config, project, folder) for code, (project, folder) in self.projects.items()
        }

    # -- the work ------------------------------------------------------------------------------------------------

    def _work(
        self, sources: list[SourceRow], batch: Batch, progress: Progress
    ) -> Iterator[tuple[SourceRow, list[DocumentRow]]]:
        """Finish sources; extraction runs in parallel, everything that is written happens here, one by one."""
        pending: list[SourceRow] = list(sources)
        running: dict[Future[Extract], SourceRow] = {}
        with ThreadPoolExecutor(self.workers + 1) as pool:
            while pending or running:
                while pending and len(running) <= self.workers and not self.stop():
                    source = pending.pop(0)
                    early = self._without_reading(source, batch, pending, progress)
                    if early is None:
                        running[pool.submit(self._extract, source)] = source
                    else:
                        yield source, early
                if not running:
                    return
                done, _ = wait(running, timeout=0.5, return_when=FIRST_COMPLETED)
                for future in done:
                    source = running.pop(future)
                    yield source, self._barrier(lambda s=source, f=future: self._settle(s, f.result()), source, batch)

    def _barrier(
        self, stage: Callable[[], list[DocumentRow]], source: SourceRow, batch: Batch
    ) -> list[DocumentRow]:
        """One file's trouble is told and never stops the others; a store that refuses stops the pass."""
        try:
            return stage()
        except StoreError:
            raise
        except ArchivistError as error:
            batch.problems.append(f"“{source.name}”：{error.message}")
        except Exception as error:
            if os.environ.get("ARCHIVIST_DEBUG"):
                raise
            batch.problems.append(f"“{source.name}”处理时出错（{type(error).__name__}: {error}）。文件已保存，下次会再试。")
        return []

    def _without_reading(
        self, source: SourceRow, batch: Batch, pending: list[SourceRow], progress: Progress
    ) -> list[DocumentRow] | None:
        """Finish what needs no extraction: interrupted filing, duplicates, archives. None means: read it."""
        if source.state == PLANNED:
            return self._barrier(lambda: self._complete(source), source, batch)
        earlier = self._earlier(source)
        if earlier is not None:
            return self._barrier(lambda: self._duplicate(source, earlier), source, batch)
        if self.filer.kind_of(source) == "zip":
            members: list[SourceRow] = []
            rows = self._barrier(lambda: self._unpack(source, members), source, batch)
            pending[:0] = members
            progress.grow(len(members))
            return rows
        return None

    def _earlier(self, source: SourceRow) -> SourceRow | None:
        """The same bytes received before and kept; a copy put into another project's item folder is a decision."""
        for other in self.index.sources_with(source.sha256):
            if other.id >= source.id:
                return None
            documents = self.index.documents_of(other.id)
            kept = [row for row in documents if row.status in {Status.FILED, Status.REVIEW}]
            if not kept and other.state == DONE:
                continue
            decided = (source.decided_project, source.decided_item)
            if source.decided_item is None or any((row.project, row.item) == decided for row in kept):
                return other
        return None

    def _duplicate(self, source: SourceRow, earlier: SourceRow) -> list[DocumentRow]:
        first = next(iter(self.index.documents_of(earlier.id)), None)
        where = f"，已在“{first.path}”" if first is not None and first.path else ""
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
        """Receive an archive's members as sources of their own, then close the archive itself."""
        with TemporaryDirectory(dir=self.store.scratch) as scratch:
            result = self.extractor.unpack(self.filer.vault(source), source.name, Path(scratch))
            if result.failure:
                return self._reject(source, "zip", result.failure)
            there = self.index.members(source.id)
            for member in result.members:
                name = f"{source.name}!/{member.name}"
                members.append(there.get(name) or self._receive_member(source, name, member.data_path))
        refused = [
            DocumentRow(
                id="", source=source.id, first=1, last=1, status=Status.REJECTED, title=name,
                reasons=(f"压缩包中的“{name}”没有收：{reason}",), archival=False,
            )
            for name, reason in result.refused
        ]  # fmt: skip
        if not members and not refused:
            return self._reject(source, "zip", f"“{source.name}”：压缩包里没有可以归档的文件，请检查后重新放入。")
        rows = self.index.plan(source.id, "zip", (), refused)
        return self._complete(source, rows)

    def _receive_member(self, source: SourceRow, name: str, data: Path) -> SourceRow:
        safe = self.store.accession(data, name)
        return self.index.receive(
            name=name,
            origin=MEMBER,
            parent=source.id,
            sha256=safe.sha256,
            size=safe.size,
            vault=safe.vault,
            decided_project=source.decided_project,
            decided_item=source.decided_item,
        )

    def _extract(self, source: SourceRow) -> Extract:
        return self.extractor.extract(self.filer.vault(source), source.name)

    def _settle(self, source: SourceRow, extract: Extract) -> list[DocumentRow]:
        """Identify what was read, plan its places, file it."""
        if extract.failure:
            if failures.SCRATCH_FULL in extract.failure or failures.OCR_DOWN in extract.failure:
                raise StoreError(extract.failure)
            return self._reject(source, extract.kind, extract.failure)
        settings = self.config.identification
        found = identify(extract, self.annex, self.register, Thresholds(settings.file_threshold, settings.margin))
        planned = plan_filing(
            found, source.name, self.places(), folders_of(self.config), self.annex, self._decision(source)
        )
        rows = self.filer.rows(source, [self._noted(plan, extract) for plan in planned])
        return self._complete(source, self.index.plan(source.id, extract.kind, extract.pages, rows))

    @staticmethod
    def _noted(plan: Planned, extract: Extract) -> Planned:
        if not extract.notes or plan.status is Status.FILED:
            return plan
        return replace(plan, reasons=(*plan.reasons, *extract.notes))

    def _decision(self, source: SourceRow) -> Decision | None:
        if source.decided_project is None:
            return None
        return Decision(source.decided_project, source.decided_item, self.index.actor.name)

    def _reject(self, source: SourceRow, kind: str, reason: str) -> list[DocumentRow]:
        part = Identification(1, 1, archival=False, reasons=(reason,), text_source=TextSource.NONE)
        planned = plan_filing([part], source.name, {}, folders_of(self.config), self.annex)
        rows = self.filer.rows(source, planned)
        return self._complete(source, self.index.plan(source.id, kind, (), rows, "rejected"))

    def _complete(self, source: SourceRow, rows: list[DocumentRow] | None = None) -> list[DocumentRow]:
        """Place what is planned; safe to do again after a crash."""
        rows = self.index.documents_of(source.id) if rows is None else rows
        placed = [self.filer.place(source, row) for row in rows]
        self.filer.keep_combined(source, placed, self.places())
        self.index.finish(source.id)
        if source.origin == PROJECT and source.stamp:
            self._clear_drop(source, placed)
        return placed

    def _clear_drop(self, source: SourceRow, placed: list[DocumentRow]) -> None:
        """Remove the dropped file from the project folder once its copy stands under its clear name."""
        path = self.store.path(source.name)
        if any(row.path == source.name for row in placed):
            return
        with suppress(OSError, ValueError):
            self.store.remove_source(path, _stamp_from(source.stamp or ""))


def _stamp_text(stamp: Stamp) -> str:
    return f"{stamp.size} {stamp.mtime} {stamp.inode}"


def _stamp_from(text: str) -> Stamp:
    size, mtime, inode = (int(part) for part in text.split())
    return Stamp(size, mtime, inode)


