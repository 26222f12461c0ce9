"""bytes → Extract. The recipe that joins disposable parsing steps with the warm OCR workers.

Runs in the parent: it sees paths, small frozen values and sentences, never a stranger's bytes beyond their
first few.
"""

from __future__ import annotations

import errno
import shutil
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from archivist.core.model import TextSource
from archivist.core.page import Extract, Page, SealMark
from archivist.extract import failures
from archivist.extract.failures import Refused
from archivist.extract.formats.heic import load_heic
from archivist.extract.formats.image import Frames
from archivist.extract.formats.legacy import SUFFIXES, find_soffice, odf_kind, ole_kind, to_docx, to_xlsx
from archivist.extract.formats.mending import inspect_or_mend
from archivist.extract.formats.ofd import inspect_ofd, render_ofd
from archivist.extract.formats.otherpictures import load_pictures
from archivist.extract.formats.pdf import Inspection, Probe, render_pages
from archivist.extract.formats.pdfseals import stamped
from archivist.extract.formats.sheet import SheetText, read_sheets
from archivist.extract.formats.word import WordText, read_docx
from archivist.extract.kinds import kind_at
from archivist.extract.limits import BATCH_PAGES, RENDER_CPU_SECONDS, RENDER_WALL_SECONDS, Limits
from archivist.extract.members.archive import Unpacked, shown_name, unpack_step
from archivist.extract.members.attachments import ATTACHED, attached_step
from archivist.extract.pages import any_too_large, better, is_lost, native_page, notes_of
from archivist.extract.processes.ocrpool import OcrPool, Ticket
from archivist.extract.processes.sandbox import Sandbox
from archivist.extract.seeing.picture import Picture
from archivist.system.room import room_told

OnPage = Callable[[int, int], None]
"""Called with (pages done, pages in all) as a file goes on."""

Render = Callable[[Path, tuple[Probe, ...], Path, Limits], tuple[Picture, ...]]
"""The step that leaves pictures of some pages in a folder."""

_TABLES = {"ole": ".xls", "odf": ".ods"}
"""By which suffix LibreOffice knows a table."""
_MAX_BAD_RENDERS = 3
_LEAST_ROOM = 8 << 20
"""Bytes: about one page at 300 dpi."""
_NO_PROCESS = frozenset({errno.EAGAIN, errno.ENOMEM, errno.EMFILE, errno.ENFILE})
"""What the system says when it lets no further process begin."""
_MAYBE_THE_DISK = (
    failures.DAMAGED,
    failures.UNREADABLE,
    failures.PICTURE_UNREADABLE,
    failures.PICTURE_UNDECODED,
    failures.TABLE_UNREADABLE,
    failures.TRUNCATED,
    failures.CRASHED,
    failures.NOT_CONVERTED,
)
_OF_THE_MACHINE = (failures.SCRATCH_FULL, failures.OCR_DOWN, failures.WORKERS_DOWN, failures.BUSY)
"""Reasons that are not the file's: they end the reading instead of standing on a page."""


class Extractor:
    """Reads files of any kind within limits. Use as a context manager; `extract` may be called from several
    threads.

    Args:
        limits: what one file may cost, and where the scratch folder is.
        workers: OCR processes, usually the number of cores; disposable processes at once are one more, so that a small
            file is looked at while large ones are.
        engine: "auto", "onnxruntime", "openvino" or "none".
        method: multiprocessing start method; None picks the best the platform has.
    """

    def __init__(self, limits: Limits, workers: int, engine: str = "auto", method: str | None = None) -> None:
        self._limits = limits
        self._sandbox = Sandbox(limits, workers + 1, method)
        self._ocr = OcrPool(workers, engine, limits.ocr_page_seconds, method)
        self._folders: set[Path] = set()
        self.office = threading.Lock()
        """Held while LibreOffice runs: one at a time is what a small computer bears."""

    def __enter__(self) -> Extractor:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop the OCR workers; give back the disk space of files given up half-read. Idempotent."""
        self._ocr.close()
        for folder in tuple(self._folders):
            shutil.rmtree(folder, ignore_errors=True)

    def extract(self, path: Path, name: str, on_page: OnPage | None = None) -> Extract:
        """Read the file at ``path`` (an internal ASCII path), which people call ``name``.

        A file that cannot be used gives an Extract with ``failure``, never an exception.
        """
        kind = "unknown"
        try:
            kind = kind_at(path)
            with self._scratch() as folder:
                return _Job(self, path, folder, on_page or _ignore).run(kind)
        except Refused as refusal:
            return Extract(kind, failure=_sentence(name, self._told(self._blamed(refusal.reason))))
        except OSError as error:
            down = error.errno in _NO_PROCESS
            reason = failures.WORKERS_DOWN if down else failures.SCRATCH_FULL
            return Extract(kind, failure=_sentence(name, self._told(reason)))

    def _told(self, reason: str) -> str:
        """A reason with what whoever makes room has to know: which disk, and how much is left on it."""
        if reason != failures.SCRATCH_FULL:
            return reason
        room = room_told(self._limits.scratch, _LEAST_ROOM)
        return f"{reason}（{room}）" if room else reason

    def _blamed(self, reason: str) -> str:
        """No file is called damaged on a disk that has no room left to read one."""
        if reason in _MAYBE_THE_DISK and shutil.disk_usage(self._limits.scratch).free < _LEAST_ROOM:
            return failures.SCRATCH_FULL
        return reason

    def unpack(self, path: Path, name: str, folder: Path) -> Unpacked:
        """Unpack the ZIP at ``path`` into ``folder``; a bad archive gives ``failure``, never an exception."""
        try:
            return self._sandbox.run(unpack_step, path, self._limits, folder)
        except Refused as refusal:
            return Unpacked(failure=_sentence(name, self._told(self._blamed(refusal.reason))))

    def attached(self, path: Path, name: str, folder: Path) -> Unpacked:
        """Take the files within the PDF at ``path`` out into ``folder``; trouble gives ``failure``, never an
        exception. Worth calling when an Extract's properties have `ATTACHED`.
        """
        try:
            return self._sandbox.run(attached_step, path, self._limits, folder)
        except Refused as refusal:
            return Unpacked(failure=_sentence(name, refusal.reason))

    @contextmanager
    def _scratch(self) -> Iterator[Path]:
        folder = Path(tempfile.mkdtemp(prefix="extract-", dir=self._limits.scratch))
        self._folders.add(folder)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            self._folders.discard(folder)

    # The two kinds of processes, for the jobs of this module.
    @property
    def sandbox(self) -> Sandbox:
        """Disposable processes."""
        return self._sandbox

    @property
    def ocr(self) -> OcrPool:
        """Warm OCR workers."""
        return self._ocr

    @property
    def limits(self) -> Limits:
        """What one file may cost."""
        return self._limits


def _sentence(name: str, reason: str) -> str:
    return f"“{shown_name(name)}”：{reason}"


def _ignore(done: int, total: int) -> None:
    return


class _Job:
    """One file under way."""

    def __init__(self, owner: Extractor, path: Path, folder: Path, on_page: OnPage) -> None:
        self._owner = owner
        self._run = owner.sandbox.run
        self._limits = owner.limits
        self._path = path
        self._folder = folder
        self._on_page = on_page
        self._table = ".xlsx"

    def run(self, kind: str) -> Extract:
        if kind == "empty":
            raise Refused(failures.EMPTY)
        self._table = _TABLES.get(kind, ".xlsx")
        kind = self._within(kind)
        reader = self._readers().get(kind)
        if reader is None:
            raise Refused(failures.unsupported(kind))
        extract = reader()
        if not extract.pages and not extract.notes:
            raise Refused(failures.NO_PAGES)
        return extract

    def _within(self, kind: str) -> str:
        """Look into containers that hold several kinds of documents."""
        if kind == "ole":
            return self._run(ole_kind, self._path)
        return self._run(odf_kind, self._path) if kind == "odf" else kind

    def _readers(self) -> dict[str, Callable[[], Extract]]:
        readers: dict[str, Callable[[], Extract]] = {
            "pdf": self._pdf,
            "ofd": self._ofd,
            "image": self._image,
            "heic": self._heic,
            "docx": self._docx,
            "xlsx": self._sheets,
            "xls": self._sheets,
        }
        return readers | {kind: partial(self._legacy, kind) for kind in SUFFIXES}

    # --- pdf, ofd
    def _pdf(self) -> Extract:
        light = self._owner.sandbox.light.run
        self._path, seen, doubt = inspect_or_mend(light, self._run, self._path, self._folder, self._limits)
        seen = self._with_seals(seen)
        within = {ATTACHED: str(seen.attachments)} if seen.attachments else {}
        found = self._paged("pdf", seen, render_pages, within)
        if doubt and all(page.blank for page in found.pages):
            raise Refused(failures.DAMAGED)  # nothing of what stood on its pages could be saved
        return replace(found, doubt=doubt)

    def _with_seals(self, seen: Inspection) -> Inspection:
        """Look for seals where pages of text have pictures on them; where that fails nothing is known of them."""
        wanted = tuple(probe.number for probe in seen.probes if probe.pictured)
        if not wanted:
            return seen
        try:
            found: dict[int, tuple[SealMark, ...]] = self._run(stamped, self._path, wanted)
        except Refused as refusal:
            _of_the_file(refusal)
            return seen
        probes = (replace(probe, seals=found.get(probe.number, probe.seals)) for probe in seen.probes)
        return replace(seen, probes=tuple(probes))

    def _ofd(self) -> Extract:
        return self._paged("ofd", self._run(inspect_ofd, self._path, self._limits), render_ofd, {})

    def _paged(self, kind: str, seen: Inspection, render: Render, more: dict[str, str]) -> Extract:
        total = len(seen.probes)
        scans = [probe for probe in seen.probes if probe.scan and seen.renderable]
        pages = {probe.number: native_page(probe) for probe in seen.probes if probe not in scans}
        by_number = {probe.number: probe for probe in scans}
        self._on_page(len(pages), total)
        for page in self._recognised(self._rendered(scans, render)):
            pages[page.number] = better(page, by_number[page.number])
            self._on_page(len(pages), total)
        ordered = tuple(pages[number] for number in sorted(pages))
        if all(is_lost(page) for page in ordered):
            raise Refused(failures.TOO_LARGE if any_too_large(ordered) else failures.UNREADABLE)
        return Extract(kind, ordered, seen.properties | more, notes_of(ordered))

    def _rendered(self, scans: list[Probe], render: Render) -> Iterator[tuple[Picture, ...]]:
        """Render in batches; after a failed batch page by page, so that one bad page costs only itself."""
        bad = 0
        for start in range(0, len(scans), BATCH_PAGES):
            batch = tuple(scans[start : start + BATCH_PAGES])
            try:
                yield self._render_some(batch, render)
                continue
            except Refused as refusal:
                reason = _of_the_file(refusal)
            if len(batch) == 1:  # it would fail in the same way
                bad += 1
                yield (_unread(batch[0].number, reason),)
                continue
            for probe in batch:
                if bad < _MAX_BAD_RENDERS:
                    pictures, failed = self._render_one(probe, render)
                    bad += failed
                    yield pictures
                else:
                    yield (_unread(probe.number, reason),)

    def _render_some(self, batch: tuple[Probe, ...], render: Render) -> tuple[Picture, ...]:
        """Render within a time by the page: a drawing without end must not hold the others up for minutes."""
        pages = len(batch)
        sandbox = self._owner.sandbox.within(pages * RENDER_CPU_SECONDS, pages * RENDER_WALL_SECONDS)
        return sandbox.run(render, self._path, batch, self._folder, self._limits)

    def _render_one(self, probe: Probe, render: Render) -> tuple[tuple[Picture, ...], bool]:
        try:
            return self._render_some((probe,), render), False
        except Refused as refusal:
            return (_unread(probe.number, _of_the_file(refusal)),), True

    # --- images
    def _image(self) -> Extract:
        pages = tuple(self._image_pages(self._path))
        return Extract("image", pages, {}, notes_of(pages))

    def _heic(self) -> Extract:
        frames: Frames = self._run(load_heic, self._path, self._folder, self._limits)
        pages = tuple(self._recognised([frames.pictures]))
        self._on_page(len(pages), frames.total)
        return Extract("heic", pages, {}, notes_of(pages))

    def _image_pages(self, path: Path) -> Iterator[Page]:
        total = 0

        def batches() -> Iterator[tuple[Picture, ...]]:
            nonlocal total
            first = 0
            while first == 0 or first < total:
                frames: Frames = self._run(
                    load_pictures, path, first, BATCH_PAGES, self._folder, self._limits
                )
                total = frames.total
                first += BATCH_PAGES
                yield frames.pictures

        for page in self._recognised(batches()):
            self._on_page(page.number, total)
            yield page

    # --- office
    def _docx(self) -> Extract:
        return self._word("docx", self._path)

    def _legacy(self, kind: str) -> Extract:
        """Read what LibreOffice makes of it; without LibreOffice there are no pages, and the note says why."""
        program = find_soffice()
        if program is None:
            return Extract("legacy", notes=(failures.needs_office(kind),))
        with self._owner.office:
            converted = to_docx(program, self._path, kind, self._folder, self._limits)
        return self._word("legacy", converted)

    def _word(self, kind: str, path: Path) -> Extract:
        read: WordText = self._run(read_docx, path, self._folder, self._limits)
        return self._with_pasted(kind, read)

    def _sheets(self) -> Extract:
        return self._with_pasted("xlsx", self._workbook())

    def _workbook(self) -> SheetText:
        """Read a workbook; one that cannot be read as it is, as LibreOffice writes it."""
        try:
            return self._run(read_sheets, self._path, self._folder, self._limits)
        except Refused as refusal:
            program = find_soffice()
            if refusal.reason != failures.TABLE_UNREADABLE or program is None:
                raise
            reason = refusal
        try:
            with self._owner.office:
                converted = to_xlsx(program, self._path, self._table, self._folder, self._limits)
            return self._run(read_sheets, converted, self._folder, self._limits)
        except Refused as refusal:
            _of_the_file(refusal)
            raise reason from None

    def _with_pasted(self, kind: str, read: WordText | SheetText) -> Extract:
        pages = list(read.pages)
        for picture in read.pictures:
            pages += self._pasted(picture, len(pages))
        self._on_page(len(pages), len(pages))
        return Extract(kind, tuple(pages), read.properties, notes_of(pages))

    def _pasted(self, picture: Path, before: int) -> list[Page]:
        """Pages of a picture pasted into a document, numbered on from ``before``."""
        try:
            found = list(self._image_pages(picture))
        except Refused as refusal:
            return [Page(before + 1, note=_of_the_file(refusal))]
        return [replace(page, number=before + page.number) for page in found]

    # --- recognition
    def _recognised(self, batches: Iterable[tuple[Picture, ...]]) -> Iterator[Page]:
        """Recognise batch after batch; the next is rendered while one is read, so two at most lie on disk."""
        waiting: deque[tuple[Picture, Ticket | None]] = deque()
        for batch in batches:
            earlier = len(waiting)
            waiting.extend((picture, self._ticket(picture)) for picture in batch)
            for _ in range(earlier):
                yield self._page(*waiting.popleft())
        while waiting:
            yield self._page(*waiting.popleft())

    def _ticket(self, picture: Picture) -> Ticket | None:
        return self._owner.ocr.submit(Path(picture.file), self._folder) if picture.file else None

    def _page(self, picture: Picture, ticket: Ticket | None) -> Page:
        base = Page(
            picture.number,
            blank=picture.blank,
            colour=picture.colour,
            note=picture.note,
            pixels=picture.pixels,
            paper=picture.paper,
        )
        if ticket is None:
            return base
        try:
            reading = ticket.wait()
        except Refused as refusal:
            return replace(base, note=_of_the_file(refusal))
        finally:
            Path(picture.file).unlink(missing_ok=True)
        return replace(
            base,
            lines=reading.lines,
            text_source=TextSource.OCR,
            rotation=reading.rotation,
            seals=reading.seals,
            strokes=reading.strokes,
            hands=reading.hands,
            looked=True,
            note=base.note or reading.note,
        )


def _of_the_file(refusal: Refused) -> str:
    """Return the reason to note on a page; what is the machine's trouble is raised on."""
    if refusal.reason in _OF_THE_MACHINE:
        raise refusal
    return refusal.reason


def _unread(number: int, reason: str) -> Picture:
    return Picture(number, note=reason)
