"""Put documents where the plan says, with the notes people read beside what waits for them; record decisions."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from archivist.core.filing import TOGETHER, Planned, waiting_name
from archivist.core.model import Candidate, Identification, Status
from archivist.core.naming import archival_name, safe_suffix, unused
from archivist.core.notes import rejected_note, review_note
from archivist.errors import UsageError
from archivist.extract import HEAD_BYTES, Limits, sniff
from archivist.extract.cut import cut_pages
from archivist.extract.failures import Refused
from archivist.index.rows import DocumentRow, SourceRow
from archivist.intake import NOTE_SUFFIX, Waiting
from archivist.store import sha256_of, told_in_chinese

if TYPE_CHECKING:
    from archivist.index.writer import Index
    from archivist.workspace import Workspace


class Filer:
    """Carries out filing plans in one workspace."""

    def __init__(self, workspace: Workspace, index: Index, limits: Limits) -> None:
        self.workspace, self.index, self.limits = workspace, index, limits
        self.store, self.annex, self.config = workspace.store, workspace.annex, workspace.config

    def vault(self, source: SourceRow) -> Path:
        """The kept original of a source."""
        assert source.vault is not None
        return self.store.path(source.vault)

    def kind_of(self, source: SourceRow) -> str:
        """What the source's bytes are."""
        path = self.vault(source)
        with path.open("rb") as handle:
            return sniff(handle.read(HEAD_BYTES), path)

    # -- plans to rows ---------------------------------------------------------------------------------------------

    def rows(self, source: SourceRow, planned: Sequence[Planned]) -> list[DocumentRow]:
        """Turn plans into rows with a free path each and the sha256 of what will stand there."""
        taken: set[str] = set()
        return [self._row(source, plan, taken) for plan in planned]

    def _row(self, source: SourceRow, plan: Planned, taken: set[str]) -> DocumentRow:
        path = self._free("/".join(plan.folder), plan.name, taken)
        taken.add(path)
        found = plan.found
        with TemporaryDirectory(dir=self.store.scratch) as scratch:
            copy = self._copy(source, found.first, found.last, plan.whole, Path(scratch))
            digest = source.sha256 if copy == self.vault(source) else sha256_of(copy)
        return DocumentRow(
            id="", source=source.id, first=found.first, last=found.last, status=plan.status, project=plan.project,
            item=plan.item, confidence=plan.confidence, candidates=found.candidates[:8], reasons=plan.reasons,
            title=found.title, date=found.date, issuer=found.issuer, level=found.level, sealed=found.sealed,
            signed=found.signed, path=path, path_sha256=digest, text_source=found.text_source,
            decided_by=plan.decided_by, archival=found.archival,
        )  # fmt: skip

    def _free(self, folder: str, name: str, taken: set[str]) -> str:
        def is_taken(candidate: str) -> bool:
            path = f"{folder}/{candidate}"
            return path in taken or os.path.lexists(self.store.path(path)) or self.index.document_at(path) is not None

        return f"{folder}/{unused(name, is_taken)}"

    def _copy(self, source: SourceRow, first: int, last: int, whole: bool, scratch: Path) -> Path:
        """What will stand in the folder: the original itself, or the pages of a combined PDF."""
        original = self.vault(source)
        if whole or self.kind_of(source) != "pdf":
            return original
        target = scratch / "part.pdf"
        try:
            cut_pages(original, first, last, target, self.limits)
        except Refused:
            return original
        return target

    # -- placing ---------------------------------------------------------------------------------------------------

    def place(self, source: SourceRow, row: DocumentRow) -> DocumentRow:
        """Make the copy stand at its place and, for what a person must see, the note beside it."""
        if row.path is None:
            return row
        target = self.store.path(row.path)
        if not (target.is_file() and sha256_of(target) == row.path_sha256):
            with TemporaryDirectory(dir=self.store.scratch) as scratch:
                whole = row.path_sha256 == source.sha256
                copy = self._copy(source, row.first, row.last, whole, Path(scratch))
                stands = self.store.place(copy, target.parent, target.name)
            if stands != row.path:
                row = replace(row, path=stands)
                self.index.update_document(row, "placed")
        if row.status in {Status.REVIEW, Status.REJECTED}:
            self._note(row)
        return row

    def _note(self, row: DocumentRow) -> None:
        assert row.path is not None
        names = dict(self._names(row))
        words = review_note(row_words(row), names, self.annex, row.reasons) if row.status is Status.REVIEW else rejected_note(row.reasons)
        note = self.note_path(row.path)
        data = ("\ufeff" + words.replace("\n", "\r\n")).encode("utf-8")
        self.store.write_status(data, note)

    def _names(self, row: DocumentRow) -> Iterable[tuple[str, str]]:
        for candidate in row.candidates[:3]:
            for found in self.index.db.query("SELECT code, name FROM projects WHERE code = ?", [candidate.project]):
                yield found["code"], found["name"]

    def note_path(self, path: str) -> Path:
        """Where the note of the file at ``path`` stands."""
        target = self.store.path(path)
        return target.with_name(target.name + NOTE_SUFFIX)

    def keep_combined(
        self, source: SourceRow, rows: Sequence[DocumentRow], places: Mapping[str, tuple[str, ...]]
    ) -> None:
        """Keep the untouched combined scan readable beside the documents that were cut from it."""
        cut = [row for row in rows if row.status is Status.FILED and row.path_sha256 != source.sha256]
        for project in sorted({row.project for row in cut if row.project}):
            folder = self.store.path("/".join((*places[project], TOGETHER)))
            name = f"{source.sha256[:8]} {Path(source.name).name}"[:80]
            if safe_suffix(name) == "":
                name += ".pdf"
            path = self.store.relative(folder / name)
            if not self.store.path(path).exists():
                self.store.place(self.vault(source), folder, name)

    # -- decisions -------------------------------------------------------------------------------------------------

    def assign(
        self, row: DocumentRow, project: str, item: int, places: Mapping[str, tuple[str, ...]], how: str
    ) -> DocumentRow:
        """Record a person's decision: file the document under project and item, whatever was thought before."""
        if project not in places:
            raise UsageError(f"台账里没有项目编号“{project}”。请用 archivist register list 查看编号。")
        source = self.index.source(row.source)
        rule = self.annex.item(item)
        name = archival_name(rule.number, rule.short, row.date, row.title, safe_suffix(row.path or source.name))
        folder = "/".join((*places[project], rule.folder))
        person = self.index.actor.name
        filed = replace(
            row, status=Status.FILED, project=project, item=item, confidence=1.0, decided_by=person, archival=True,
            reasons=(f"由 {person} {how}",), path=self._free(folder, name, set()),
        )  # fmt: skip
        before = row.path
        self.index.update_document(filed, "assigned", before=before)
        placed = self.place(source, filed)
        self._clear_old(row, before)
        return placed

    def assign_pages(
        self,
        row: DocumentRow,
        pages: tuple[int, int],
        project: str,
        item: int,
        places: Mapping[str, tuple[str, ...]],
    ) -> DocumentRow:
        """File some pages of a document; the pages before and after them stay as documents of their own."""
        first, last = pages
        if (first, last) == (row.first, row.last):
            return self.assign(row, project, item, places, "确认")
        source = self.index.source(row.source)
        rest = [(row.first, first - 1), (last + 1, row.last)]
        ranges = [(first, last), *(part for part in rest if part[0] <= part[1])]
        planned = [self._narrowed(source, row, part) for part in ranges]
        self._clear_old(row, row.path)
        self.index.update_document(replace(planned[0], id=row.id), "divided", ranges=[list(part) for part in ranges])
        added = self.index.add_documents(planned[1:], "divided")
        for other in added:
            self.place(source, other)
        return self.assign(replace(planned[0], id=row.id), project, item, places, "确认")

    def _narrowed(self, source: SourceRow, row: DocumentRow, pages: tuple[int, int]) -> DocumentRow:
        """The part ``pages`` of a document, waiting in 待确认."""
        found = Identification(
            pages[0], pages[1], row.candidates, title=row.title, date=row.date, issuer=row.issuer, level=row.level,
            text_source=row.text_source, reasons=("由人拆分出的页，待确认",),
        )  # fmt: skip
        best = row.candidates[0] if row.candidates else Candidate(None, None, 0.0)
        folder, name = (self.config.store.review,), waiting_name(source.name, pages)
        plan = Planned(found, Status.REVIEW, best.project, best.item, best.score, folder, name, False, found.reasons)
        return self._row(source, plan, set())

    def _clear_old(self, row: DocumentRow, before: str | None) -> None:
        """Take away our own copy and note at the old place; a copy that a person changed stays."""
        if before is None:
            return
        old = self.store.path(before)
        with suppress(OSError):
            if old.is_file() and sha256_of(old) == row.path_sha256:
                old.unlink()
            self.note_path(before).unlink(missing_ok=True)

    def refuse_unread(self, file: Waiting, reason: str) -> None:
        """Move a file that is too large to take in to 退回, with a note."""
        with told_in_chinese("退回过大的文件"):
            self.config.rejected.mkdir(parents=True, exist_ok=True)
            name = unused(file.path.name, lambda other: os.path.lexists(self.config.rejected / other))
            target = self.config.rejected / name
            file.path.rename(target)
        with self.index.change():
            self.index.event("rejected", file.name, path=self.store.relative(target), reasons=[reason])
        self.store.write_status(("\ufeff" + rejected_note((reason,))).encode("utf-8"), self.note_path(self.store.relative(target)))

    def refresh_pages(self, codes: Iterable[str]) -> None:
        """Rewrite the status page and the self-description of the projects ``codes``."""
        from archivist.projectpages import refresh

        refresh(self.workspace, self.index, sorted(set(codes)))


def row_words(row: DocumentRow) -> tuple[tuple[str | None, int | None, float], ...]:
    """A document's best guesses as plain values, for its note."""
    return tuple((c.project, c.item, c.score) for c in row.candidates[:3])
