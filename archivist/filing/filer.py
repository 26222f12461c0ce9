"""Put documents where the plan says, with the notes people read beside what waits for them; take away what is over.

Everything here can be done again after a crash: the index says what should stand where, and what may go.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from archivist.core.document import OWN, RECEIVED, Document, Removal, Source
from archivist.core.filing import TOGETHER, Planned, last_part, likely, waiting_name
from archivist.core.model import Status, described
from archivist.core.naming import unused, with_suffix
from archivist.core.words.notes import Called, Guess, members_note, rejected_note, review_note
from archivist.extract import HEAD_BYTES, sniff, suffixes
from archivist.filing.parts import Parts
from archivist.index.writer import Index
from archivist.store.layout import NOTE_SUFFIX
from archivist.system.durable import Occupied, sha256_of
from archivist.system.fingerprints import full_stamp_of, stamp_of
from archivist.workspace.opened import Workspace

READABLE_ELSEWHERE = frozenset(
    {
        "ole",
        "ofd",
        "xlsx",
        "ppt",
        "pptx",
        "odf",
        "rtf",
        "heic",
        "gif",
        "avif",
        "psd",
        "jp2",
        "picture",
        "raw",
        "svg",
        "djvu",
        "postscript",
        "xps",
        "visio",
        "publisher",
        "iwork",
        "oldword",
        "oldtable",
        "wordxml",
        "tablexml",
        "flatodf",
    }
)
"""Kinds this software cannot read, but people can: filed where a person puts them."""

Places = Mapping[str, tuple[str, ...]]
"""Project folders, as parts below the store's root, by project code."""


@dataclass(frozen=True, slots=True)
class Stood:
    """A source whose documents stand where ``rows`` say; ``stamps`` are those of the copies, by path."""

    source: Source
    rows: list[Document]
    stamps: Mapping[str, str]


class Filer:
    """Carries out what the index has recorded, in one workspace."""

    def __init__(self, workspace: Workspace, index: Index, parts: Parts) -> None:
        self.workspace, self.index, self.parts = workspace, index, parts
        self.store, self.annex, self.config = workspace.store, workspace.annex, workspace.config

    def kind_of(self, source: Source) -> str:
        """What the source's bytes are."""
        return sniff(self._head(source), self.parts.original(source))

    def _head(self, source: Source) -> bytes:
        with self.parts.original(source).open("rb") as handle:
            return handle.read(HEAD_BYTES)

    def _opened_by(self, source: Source, plan: Planned) -> str:
        """The planned name, ending so that a double click opens what the file really is."""
        if source.vault is None or plan.status is Status.REJECTED:
            return plan.name
        return self._fitted(source, plan.name)

    def _fitted(self, source: Source, name: str) -> str:
        return with_suffix(name, suffixes(self._head(source), self.kind_of(source)))

    # -- plans to rows ---------------------------------------------------------------------------------------------

    def rows(self, source: Source, kind: str, planned: Sequence[Planned]) -> list[Document]:
        """Turn plans into rows with a free path each and the sha256 of what will stand there."""
        taken: set[str] = set()
        return [self.row(source, kind, plan, taken) for plan in planned]

    def row(self, source: Source, kind: str, plan: Planned, taken: set[str]) -> Document:
        """Turn one plan into a row; its path is added to those ``taken``."""
        path = self.free("/".join(plan.folder), self._opened_by(source, plan), taken)
        taken.add(path)
        found = plan.found
        digest = source.sha256
        if not plan.whole and kind == "pdf":
            digest = sha256_of(self.parts.pages(source, kind, found.first, found.last))
        return Document(
            id="",
            source=source.id,
            first=found.first,
            last=found.last,
            status=plan.status,
            project=plan.project,
            item=plan.item,
            confidence=plan.confidence,
            candidates=found.candidates[:8],
            reasons=plan.reasons,
            path=path,
            path_sha256=digest,
            decided_by=plan.decided_by,
            **described(found),
        )

    def free(self, folder: str, name: str, taken: set[str] | None = None) -> str:
        """Return ``folder/name``, or the next name that nothing has, neither on disk nor in a plan."""

        def is_taken(candidate: str) -> bool:
            path = f"{folder}/{candidate}"
            return (
                path in (taken or ())
                or os.path.lexists(self.store.path(path))
                or self.index.places.taken(path)
            )

        return f"{folder}/{unused(name, is_taken)}"

    # -- placing ---------------------------------------------------------------------------------------------------

    def complete(self, source: Source, rows: Sequence[Document], places: Places) -> list[Document]:
        """Make every document stand, then mark the source done, then take away what is over."""
        stood = self.stand(source, rows, places)
        self.finish([stood])
        return stood.rows

    def stand(self, source: Source, rows: Sequence[Document], places: Places) -> Stood:
        """Make every document of a source stand."""
        placed = [self._place(source, row) for row in rows]
        kept = self._keep_combined(source, placed, places)
        self._tell_refused_members(source, placed)
        standing = [row.path for row in placed if row.path and row.status is Status.FILED]
        stamps = {
            path: str(stamp) for path in [*standing, *kept] if (stamp := full_stamp_of(self.store.path(path)))
        }
        return Stood(source, placed, stamps)

    def finish(self, stood: Sequence[Stood]) -> None:
        """Mark sources done whose documents stand, all at once, then take away what is over."""
        if not stood:
            return
        with self.index.change():
            for one in stood:
                drops = self.index.removals.safe(one.source.id)
                gone = [drop.id for drop in drops if not os.path.lexists(self.store.from_raw(drop.path))]
                self.index.sources.finish(one.source.id, one.stamps, gone)
        with self.store.flushed_together():
            for one in stood:
                self.parts.drop(one.source.id)
                self.clear(one.source.id)

    def restore(self, source: Source) -> None:
        """Put back the copies of a source that people took away from where they are said to stand."""
        for row in self.index.documents.of(source.id):
            if row.status in {Status.FILED, Status.REVIEW}:
                self._place(source, row)
        self.parts.drop(source.id)

    def put_right(self, source: Source, row: Document) -> Document:
        """Put the copy of one document back where it is said to stand."""
        placed = self._place(source, row)
        self.parts.drop(source.id)
        return placed

    def _place(self, source: Source, row: Document) -> Document:
        """Make the copy stand at its place and, for what a person must see, the note beside it."""
        if row.path is None:
            return row
        row = self._stand(source, row)
        if row.status in {Status.REVIEW, Status.REJECTED}:
            self._note(source, row)
        return row

    def _stand(self, source: Source, row: Document) -> Document:
        """Place the copy; a place that a person took meanwhile is given up in the index first."""
        assert row.path is not None
        while not self.store.holds(row.path, row.path_sha256):
            copy = self._copy(source, row)
            digest = row.path_sha256 if source.vault is None else self._digest(source, row, copy)
            try:
                if digest != row.path_sha256 or os.path.lexists(self.store.path(row.path)):
                    raise Occupied
                if source.vault is None:
                    self.store.move_in(copy, self.store.path(row.path))
                else:
                    self.store.place(copy, self.store.path(row.path), digest or "")
            except Occupied:
                folder, _, name = row.path.rpartition("/")
                row = replace(row, path=self.free(folder, name), path_sha256=digest)
                self.index.documents.update(row, "placed")
            else:
                break
        return row

    def _copy(self, source: Source, row: Document) -> Path:
        if source.vault is not None:
            return self.parts.of(source, row)
        return self._drop_of(source)

    @staticmethod
    def _digest(source: Source, row: Document, copy: Path) -> str:
        """A cut made anew by another edition of the software need not have the bytes it had."""
        return source.sha256 if row.path_sha256 == source.sha256 else sha256_of(copy)

    def _drop_of(self, source: Source) -> Path:
        """Where the file of a source that was too large to copy still lies."""
        return self.store.from_raw(self.index.removals.drop_of(source.id))

    def note_again(self, row: Document) -> None:
        """Write the note of a document that waits, if the document is there."""
        if row.path is not None and stamp_of(self.store.path(row.path)) is not None:
            self._note(self.index.sources.get(row.source), row)

    def _note(self, source: Source, row: Document) -> None:
        assert row.path is not None
        called = Called(self.config.store.inbox, self.config.store.projects)
        if row.status is Status.REVIEW:
            guesses = self._likely_guesses(row)
            names = self.index.projects.names(project for project, _, _ in guesses)
            none = self.index.projects.without_folder(project for project, _, _ in guesses[:1])
            words = review_note(guesses, names, self.annex, row.reasons, called, none)
        else:
            readable = bool(source.pages) or source.kind in READABLE_ELSEWHERE
            judged = bool(source.pages) and row.decided_by is None
            words = rejected_note(row.reasons, readable, judged, called)
        self.store.write_status(_note_bytes(words), self.note_path(row.path))

    def _likely_guesses(self, row: Document) -> list[Guess]:
        """The best guesses as its note tells them: a weak one names no project."""
        least = self.config.identification.guess_threshold
        told = [(c.project, c.item, c.score) for c in row.candidates[:3] if likely(c, least)]
        item = next((c.item for c in row.candidates if c.item is not None), None)
        return told or ([(None, item, 0.0)] if item is not None else [])

    def note_path(self, path: str) -> Path:
        """Where the note of the file at ``path`` stands."""
        target = self.store.path(path)
        return target.with_name(target.name + NOTE_SUFFIX)

    def _tell_refused_members(self, source: Source, rows: Sequence[Document]) -> None:
        """Put one note into 退回 about everything an archive held that could not be taken."""
        refused = [row for row in rows if row.status is Status.REJECTED and row.path is None]
        if not refused:
            return
        name = last_part(source.name)
        what = "压缩包" if source.kind == "zip" else "PDF"
        reasons = [row.reasons[0] for row in refused if row.reasons]
        data = _note_bytes(members_note(name, reasons, what, self.config.store.inbox))

        def another(candidate: str) -> bool:
            path = self.config.rejected / (candidate + NOTE_SUFFIX)
            return os.path.lexists(path) and not (stamp_of(path) and path.read_bytes() == data)

        note = self.config.rejected / (unused(waiting_name(source.name, None), another) + NOTE_SUFFIX)
        self.store.write_status(data, note)

    def _keep_combined(self, source: Source, rows: Sequence[Document], places: Places) -> list[str]:
        """Keep the untouched combined scan readable beside the documents cut from it; return where it stands."""
        kept = []
        cut = [row for row in rows if row.status is Status.FILED and row.path_sha256 != source.sha256]
        for project in sorted({row.project for row in cut if row.project}):
            folder = "/".join((*places[project], TOGETHER))
            path = self.index.copies.beside(source.id, folder)
            if path is None:
                path = self.free(folder, self._fitted(source, waiting_name(source.name, None)))
                self.index.copies.put(path, source.id, source.sha256)
            if not self.store.holds(path, source.sha256):
                self.store.place(self.parts.original(source), self.store.path(path), source.sha256)
            kept.append(path)
        return kept

    # -- taking away -----------------------------------------------------------------------------------------------

    def clear(self, source: int | None = None) -> list[str]:
        """Take away files that stand for nothing any more; return sentences about those that cannot be removed."""
        stuck, over = [], []
        for removal in self.index.removals.due(source):
            if self._take_away(removal):
                over.append(removal.id)
            else:
                name = self.store.from_raw(removal.path).name
                stuck.append(
                    f"“{os.fsencode(name).decode('utf-8', 'replace')}”已经收好，但原处的文件删不掉。请检查权限后自行删除。"
                )
        self.index.removals.forget(over)
        return stuck

    def _take_away(self, removal: Removal) -> bool:
        """Remove the file if it is still the one that was meant; False when it has to be tried again."""
        path = self.store.from_raw(removal.path)
        stamp = stamp_of(path)
        meant = stamp is not None and removal.stamp in {None, str(stamp)} and self._same(path, removal.sha256)
        if meant and not (
            self.store.remove(path) if removal.stamp is None else self.let_go(path, removal.source)
        ):
            return False
        if removal.reason == OWN:
            note = path.with_name(path.name + NOTE_SUFFIX)
            return stamp_of(path) is not None or self.store.remove(note)
        return True

    def let_go(self, path: Path, source: int) -> bool:
        """Take a drop away whose bytes are safe; on a share another computer may still be writing into it, so there it
        is kept out of sight for a while (see `halves.Lingering`). False when it has to be tried again.
        """
        stamp = stamp_of(path)
        kept = self.store.on_share and stamp is not None and self.index.sources.get(source).vault is not None
        if kept and stamp and self.store.set_apart(path, f"{source} {stamp.size} {stamp.mtime}"):
            return True
        return self.store.remove(path)

    @staticmethod
    def _same(path: Path, sha256: str) -> bool:
        try:
            return sha256_of(path) == sha256
        except OSError:
            return False

    # -- pages -----------------------------------------------------------------------------------------------------

    def refresh_pages(self, codes: Iterable[str] = ()) -> None:
        """Write anew the pages that no longer say what the index says, and those of the projects ``codes``."""
        from archivist.pages.project import refresh

        refresh(self.workspace, self.index, sorted({*codes, *self.index.projects.stale()}))


def _note_bytes(words: str) -> bytes:
    """A note as Windows' Notepad reads it in every edition."""
    return ("\ufeff" + words.replace("\n", "\r\n")).encode("utf-8")


def earlier_copy(index: Index, source: Source) -> Source | None:
    """The same bytes received before and kept, a searchable copy of them included.

    A copy put into another project's item folder is a decision, too.
    """
    for other in index.sources.with_sha256(source.sha256):
        if other.id >= source.id:
            break
        under_way = other.state == RECEIVED and _decided_alike(
            source, other.decided_project, other.decided_item
        )
        if under_way or _kept(source, index.documents.of(other.id)):
            return other
    alike = [*index.documents.with_copy(source.sha256), *index.searchable.originals(source.sha256)]
    copies = [row for row in alike if row.source < source.id]
    row = next((row for row in copies if _kept(source, [row])), None)
    return None if row is None else index.sources.get(row.source)


def _kept(source: Source, documents: Sequence[Document]) -> bool:
    kept = [row for row in documents if row.status in {Status.FILED, Status.REVIEW}]
    return any(_decided_alike(source, row.project, row.item) for row in kept)


def _decided_alike(source: Source, project: str | None, item: int | None) -> bool:
    return source.decided_item is None or (source.decided_project, source.decided_item) == (project, item)
