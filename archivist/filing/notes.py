"""Notes (说明) beside what waits in 待确认 and what was sent back: why, and what a person can do."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from archivist.core.document import Document, Source
from archivist.core.filing import last_part, likely, waiting_name
from archivist.core.model import Status
from archivist.core.naming import unused
from archivist.core.words.forms import FORM, form_note
from archivist.core.words.notes import Called, Guess, left_note, members_note, rejected_note, review_note
from archivist.extract.kinds import READABLE_ELSEWHERE
from archivist.store.layout import NOTE_SUFFIX
from archivist.system.fingerprints import fingerprint_of

if TYPE_CHECKING:
    from archivist.core.rules import Annex
    from archivist.index.writer import Index
    from archivist.store.vault import Store
    from archivist.workspace.config import Config


class Notes:
    """Writes the notes of one workspace."""

    def __init__(self, store: Store, index: Index, config: Config, annex: Annex) -> None:
        self._store, self._index, self._config, self._annex = store, index, config, annex
        self._called = Called(config.store.inbox, config.store.projects, config.about.contact)

    def path(self, path: str) -> Path:
        """Where the note of the file at ``path`` stands."""
        target = self._store.path(path)
        return target.with_name(target.name + NOTE_SUFFIX)

    def write(self, source: Source, row: Document) -> None:
        """Write the note of a document that waits or was sent back."""
        assert row.path is not None
        if row.status is Status.REVIEW:
            guesses = self._likely_guesses(row)
            names = self._index.projects.names(project for project, _, _ in guesses)
            none = self._index.projects.without_folder(project for project, _, _ in guesses[:1])
            words = review_note(guesses, names, self._annex, row.reasons, self._called, none)
        elif source.kind == FORM:
            words = form_note(row.reasons, self._called.contact)
        else:
            readable = bool(source.pages) or source.kind in READABLE_ELSEWHERE
            judged = bool(source.pages) and row.decided_by is None
            words = rejected_note(row.reasons, readable, self._annex, judged, self._called)
        self._store.write_status(_bytes(words), self.path(row.path))

    def write_left(self, file: Path) -> None:
        """Write a note beside a file that somebody put into 退回 themselves."""
        words = left_note(self._config.store.rejected, self._called)
        self._store.write_status(_bytes(words), file.with_name(file.name + NOTE_SUFFIX))

    def again(self, row: Document) -> None:
        """Write the note of a document that waits, if the document is there."""
        if row.path is not None and fingerprint_of(self._store.path(row.path)) is not None:
            self.write(self._index.sources.get(row.source), row)

    def _likely_guesses(self, row: Document) -> list[Guess]:
        """The best guesses as its note tells them: a weak one names no project."""
        least = self._config.identification.guess_threshold
        told = [(c.project, c.item, c.score) for c in row.candidates[:3] if likely(c, least)]
        item = next((c.item for c in row.candidates if c.item is not None), None)
        return told or ([(None, item, 0.0)] if item is not None else [])

    def tell_refused_members(self, source: Source, rows: Sequence[Document]) -> None:
        """Put one note into 退回 about everything an archive held that could not be taken."""
        refused = [row for row in rows if row.status is Status.REJECTED and row.path is None]
        if not refused:
            return
        name = last_part(source.name)
        what = "压缩包" if source.kind == "zip" else "PDF"
        reasons = [row.reasons[0] for row in refused if row.reasons]
        data = _bytes(members_note(name, reasons, what, self._called))

        def another(candidate: str) -> bool:
            path = self._config.rejected / (candidate + NOTE_SUFFIX)
            return os.path.lexists(path) and not (fingerprint_of(path) and path.read_bytes() == data)

        note = self._config.rejected / (unused(waiting_name(source.name, None), another) + NOTE_SUFFIX)
        self._store.write_status(data, note)


def _bytes(words: str) -> bytes:
    """A note as Windows' Notepad reads it in every edition."""
    return ("\ufeff" + words.replace("\n", "\r\n")).encode("utf-8")
