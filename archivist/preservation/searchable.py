"""Searchable copies (可检索副本) of what is filed: made when nothing else waits, in a folder tree of their own.

They stand in 可检索副本/ under the same township, project and item as in 项目档案/, so that nobody takes one for the
original; nothing in that tree is ever received or counted. All of it is derived from the originals and from what was
recognised when they came in: whatever is missing, out of date or left half done is made again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from uuid import uuid4

from archivist.core.document import Document, Source
from archivist.core.model import TextSource
from archivist.core.naming import unused
from archivist.core.page import Extract, Page
from archivist.errors import ArchivistError, StoreError
from archivist.extract import Limits, failures
from archivist.extract.copying.searchable import KINDS, make_searchable, worth_copying
from archivist.extract.failures import Refused
from archivist.index.searchable import CopyRow, made_of
from archivist.index.writer import Index
from archivist.store.vault import Store
from archivist.system.durable import Occupied, sha256_of
from archivist.system.fingerprints import fingerprint_of
from archivist.workspace.config import Config

MARK = "（可检索副本）.pdf"
"""How every copy's name ends."""

_ABOUT = """这个文件夹里是已归档扫描件的可检索副本，由软件自动制作和更新，可以选字、复制、查找。

  · 副本不是原件。原件在“{projects}”里，从不改动。
  · 副本按同样的镇街、项目、归档内容分文件夹，文件名以“（可检索副本）”结尾。
  · 副本可以删除，软件会重新制作；请不要把别的文件放在这里，也不要把副本放回收件箱。
"""
_LOOK_SECONDS = 600.0


class Copier:
    """Keeps the copies of one workspace. Use it with the write lock held.

    Args:
        read: reads a source again when what was recognised is lost. aside: lets others write while a copy is made.
        stop: asked between copies.
    """

    def __init__(
        self,
        store: Store,
        index: Index,
        config: Config,
        limits: Limits,
        read: Callable[[Source], Extract],
        aside: Callable[[], AbstractContextManager[None]],
        stop: Callable[[], bool],
    ) -> None:
        self.store, self.index, self.config = store, index, config
        self._limits, self._read, self._aside, self._stop = limits, read, aside, stop
        self._looked: float | None = None
        self._settled = (-1, "")

    def run(self, seconds: float | None = None) -> tuple[bool, list[str]]:
        """Make and take away what is due.

        Args:
            seconds: begin no more copies after that long.

        Returns:
            Whether some are left, and sentences about what went wrong and is tried again.
        """
        if self.config.extraction.searchable == "no":
            return False, []
        until = None if seconds is None else time.monotonic() + seconds
        self._look_for_lost()
        head = self.index.events.head()
        if head == self._settled:
            return False, []
        self._take_away_over()
        problems: list[str] = []
        for document in self.index.searchable.due(KINDS):
            if self._stop() or (until is not None and time.monotonic() > until):
                return True, problems
            try:
                self._make(document)
            except StoreError:
                raise
            except ArchivistError as error:
                problems.append(f"可检索副本没有做成：{error.message}")
        self._settled = head
        return False, problems

    # -- making ----------------------------------------------------------------------------------------------------

    def _make(self, document: str) -> None:
        found = self.index.searchable.filed(document)
        if found is None:
            return
        row, source = found
        before = self.index.searchable.find(document)
        temp = self.store.scratch / f"searchable-{uuid4().hex}.pdf"
        try:
            made = self._moved(row, source, before, temp)
            if made is None:
                pages = self._pages(source)
                with self._aside():
                    made = self._written(row, source, pages, temp)
                if self.index.searchable.filed(document) != found:
                    return  # somebody decided otherwise meanwhile: it is due again
            if before is not None:
                self._take_away(before)
            if made.sha256 is not None:
                self._about()
                made = self._stand(made, temp)
        finally:
            with suppress(OSError):
                temp.unlink(missing_ok=True)
        self.index.searchable.put(made)

    def _moved(self, row: Document, source: Source, before: CopyRow | None, temp: Path) -> CopyRow | None:
        """The copy there is serves when only the document's place changed."""
        if before is None or before.path is None or before.made_of != made_of(source, row):
            return None
        if not self.store.holds(before.path, before.sha256):
            return None
        with self.store.path(before.path).open("rb") as old, temp.open("xb") as new:
            new.write(old.read())
        return CopyRow(row.id, row.path or "", before.made_of, "", before.sha256, before.note)

    def _written(self, row: Document, source: Source, pages: Sequence[Page], temp: Path) -> CopyRow:
        assert source.vault is not None and row.path is not None
        of_what = made_of(source, row)
        part = (row.first, row.last)
        mine = [page for page in pages if part[0] <= page.number <= part[1]]
        if not worth_copying(source.kind or "", mine):
            return CopyRow(row.id, row.path, of_what)
        whole = part == (1, len(pages))
        title = row.title or row.path.rsplit("/", 1)[-1]
        try:
            made = make_searchable(
                self.store.path(source.vault),
                source.kind or "",
                mine,
                temp,
                self._limits,
                title,
                source.received,
                None if whole else part,
            )
        except Refused as refusal:
            if refusal.reason in (failures.SCRATCH_FULL, failures.WORKERS_DOWN):
                raise StoreError(refusal.reason) from refusal
            if refusal.reason == failures.BUSY:
                raise ArchivistError(refusal.reason) from refusal
            return CopyRow(row.id, row.path, of_what, note=refusal.reason)
        return CopyRow(row.id, row.path, of_what, "", sha256_of(temp), made.note)

    def _pages(self, source: Source) -> tuple[Page, ...]:
        """What was recognised; read once more only when it is lost."""
        kept = self.index.pages.kept(source.id)
        if kept is not None and _placed(kept):
            return kept
        with self._aside():
            extract = self._read(source)
        if extract.failure:
            raise ArchivistError(extract.failure)
        self.index.pages.keep(source.id, extract.pages)
        return extract.pages

    def _stand(self, made: CopyRow, temp: Path) -> CopyRow:
        """Put the copy at its place; an equal file that stands there already, from an interrupted run, serves."""
        folder, name = self._home(made.of)
        digest = made.sha256 or ""
        taken = self.index.searchable.paths()
        path = f"{folder}/{name}"
        if path not in taken and self.store.holds(path, digest):
            return CopyRow(made.document, made.of, made.made_of, path, digest, made.note)

        def is_taken(candidate: str) -> bool:
            other = f"{folder}/{candidate}"
            return taken.get(other, made.document) != made.document or os.path.lexists(self.store.path(other))

        while True:
            path = f"{folder}/{unused(name, is_taken)}"
            with suppress(Occupied):
                self.store.place(temp, self.store.path(path), digest)
                return CopyRow(made.document, made.of, made.made_of, path, digest, made.note)

    def _home(self, path: str) -> tuple[str, str]:
        """Folder and name of the copy of what stands at ``path``: the same below a root of its own."""
        folder, _, name = path.rpartition("/")
        inside = folder.removeprefix(self.config.store.projects).strip("/")
        stem = name[:-4] if name.lower().endswith(".pdf") else name
        return f"{self.config.store.copies}/{inside}".rstrip("/"), stem + MARK

    def _about(self) -> None:
        """Say in the folder what it is."""
        path = self.config.copies / "这里是什么.txt"
        if fingerprint_of(path) is None:
            words = _ABOUT.format(projects=self.config.store.projects).replace("\n", "\r\n")
            self.store.write_status(("\ufeff" + words).encode("utf-8"), path)

    # -- taking away -----------------------------------------------------------------------------------------------

    def _take_away_over(self) -> None:
        over = self.index.searchable.over()
        for row in over:
            self._take_away(row)
        self.index.searchable.forget([row.document for row in over])

    def _take_away(self, row: CopyRow) -> None:
        """Remove a copy that is still the one we made."""
        if row.path is not None and self.store.holds(row.path, row.sha256):
            self.store.remove(self.store.path(row.path))

    def _look_for_lost(self) -> None:
        """Now and then compare the folder with what is recorded: what is gone is due again, what is ours and over goes."""
        if self._looked is not None and time.monotonic() - self._looked < _LOOK_SECONDS:
            return
        self._looked = time.monotonic()
        recorded, there = self.index.searchable.paths(), set(self._there())
        self.index.searchable.forget([document for path, document in recorded.items() if path not in there])
        for path in sorted(there - set(recorded)):
            if self._ours(self.store.path(path)):
                self.store.remove(self.store.path(path))
        self._settled = (-1, "")

    def _there(self) -> Iterator[str]:
        for folder, _, names in os.walk(self.config.copies, followlinks=False):
            yield from (self.store.relative(Path(folder, name)) for name in names if name.endswith(MARK))

    @staticmethod
    def _ours(path: Path) -> bool:
        """Whether a file that nothing is known of is a copy this software made."""
        if fingerprint_of(path) is None:
            return False
        with path.open("rb") as handle:
            return b"<pdf:Producer>archivist</pdf:Producer>" in handle.read()


def _placed(pages: tuple[Page, ...]) -> bool:
    """Whether it is known where on the page each line stands: what an early edition kept does not say."""
    return all(line.box for page in pages if page.text_source is TextSource.OCR for line in page.lines)
