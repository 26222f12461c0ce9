"""Small pictures of pages (页面小图), made one disposable process after another, each when its turn comes.

A page whose picture cannot be made has a sentence in its place; nothing a file does ends more than its own process.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType

from archivist.core.page import Page
from archivist.extract import failures
from archivist.extract.failures import Refused
from archivist.extract.formats.legacy import PAGED, find_soffice, odf_kind, ole_kind, to_pages
from archivist.extract.formats.mending import mend
from archivist.extract.formats.pdf import inspect_pdf
from archivist.extract.kinds import kind_at
from archivist.extract.limits import BATCH_PAGES, RENDER_CPU_SECONDS, RENDER_WALL_SECONDS, Limits
from archivist.extract.pages import native_page
from archivist.extract.processes.sandbox import Sandbox
from archivist.extract.seeing.thumbnail import KINDS, Thumbnail, WantedPage, thumbnails

_MAX_BAD = 3
_WORTH_MENDING = (failures.DAMAGED, failures.UNREADABLE, failures.TRUNCATED)


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A file laid out on pages: the PDF, and what stands on each page of it."""

    pdf: Path
    pages: tuple[Page, ...]


class Thumbnails:
    """Draws pages of files. A context manager; its scratch folder lies outside the archive and goes with it."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._scratch = Path(tempfile.mkdtemp(prefix="archivist-pages-"))
        self._limits = limits or Limits(self._scratch)
        self._sandbox = Sandbox(self._limits, 1)

    def __enter__(self) -> Thumbnails:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Take the scratch folder away. Idempotent."""
        shutil.rmtree(self._scratch, ignore_errors=True)

    def of(self, path: Path, wanted: Sequence[WantedPage]) -> Iterator[Thumbnail]:
        """Draw pages of the file at ``path``, a few at a time, in their order; each has a picture or says why not."""
        try:
            kind = kind_at(path)
        except OSError:
            yield from (Thumbnail(page.number, note=failures.PICTURE_UNREADABLE) for page in wanted)
            return
        if kind not in KINDS:
            yield from (Thumbnail(page.number, note=no_picture(kind)) for page in wanted)
            return
        yield from self._drawn(path, kind, wanted)

    def laid_out(self, path: Path) -> LaidOut | None:
        """The pages of a Word file, a table and the like, as LibreOffice lays them out; None for a file that has pages of
        its own, and where LibreOffice is not.

        Raises:
            Refused: it cannot be laid out.
        """
        kind = kind_at(path)
        if kind in ("ole", "odf"):
            kind = self._sandbox.run(ole_kind if kind == "ole" else odf_kind, path)
        program = find_soffice()
        if kind not in PAGED or program is None:
            return None
        folder = Path(tempfile.mkdtemp(dir=self._scratch))
        pdf = to_pages(program, path, kind, folder, self._limits)
        seen = self._sandbox.light.run(inspect_pdf, pdf, self._limits)
        if seen is None:
            raise Refused(failures.NOT_CONVERTED)
        return LaidOut(pdf, tuple(native_page(probe) for probe in seen.probes))

    def _drawn(self, path: Path, kind: str, wanted: Sequence[WantedPage]) -> Iterator[Thumbnail]:
        """In batches; after a failed batch page by page, so that one bad page costs only itself."""
        bad, mended, left = 0, False, iter(wanted)
        while batch := tuple(islice(left, BATCH_PAGES)):
            try:
                yield from self._some(path, kind, batch)
                continue
            except Refused as refusal:
                reason = refusal.reason
            if kind == "pdf" and not mended and reason in _WORTH_MENDING:
                mended, path = True, self._mended(path)
            for page in batch:
                if bad >= _MAX_BAD:
                    yield Thumbnail(page.number, note=reason)
                    continue
                try:
                    yield from self._some(path, kind, (page,))
                except Refused as refusal:
                    bad += 1
                    yield Thumbnail(page.number, note=refusal.reason)

    def _some(self, path: Path, kind: str, batch: tuple[WantedPage, ...]) -> Iterable[Thumbnail]:
        pages = len(batch)
        sandbox = self._sandbox.within(pages * RENDER_CPU_SECONDS, pages * RENDER_WALL_SECONDS)
        return sandbox.run(thumbnails, path, kind, batch, self._scratch, self._limits)

    def _mended(self, path: Path) -> Path:
        """The file written anew, as reading does with what pdfium does not open; itself where that fails."""
        target = self._scratch / "mended.pdf"
        try:
            target.unlink(missing_ok=True)
            self._sandbox.run(mend, path, target)
        except (Refused, OSError):
            return path
        return target


def no_picture(kind: str) -> str:
    """Why a file of this kind has no picture of its pages."""
    lays_out = kind in PAGED or kind in ("ole", "odf")
    return failures.NO_PAGE_PICTURE if lays_out and find_soffice() is None else failures.NOT_PAGED
