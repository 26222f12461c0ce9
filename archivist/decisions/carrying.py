"""Carrying a decision out (执行决定): recorded with what it takes to undo it, learned from, then made true in the folders.

One transaction holds what was decided, the state before, what it taught and what may go; only then are files moved, so
that a kill at any instant leaves a decision that the next start completes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from archivist.core.document import OWN, Document, Removal, Source
from archivist.core.filing import TOGETHER
from archivist.core.identify.lessons import lessons_of
from archivist.core.model import Status
from archivist.filing.versions import noticed
from archivist.index.decisions import Taught
from archivist.index.holdings import RESTORED

if TYPE_CHECKING:
    from archivist.core.rules import Annex
    from archivist.filing.knowledge import Knowledge
    from archivist.filing.placing import Placing
    from archivist.index.writer import Index
    from archivist.store.vault import Store


class Carrying:
    """Carries out what people decide, in one workspace. Use it with the write lock held."""

    def __init__(
        self, store: Store, index: Index, placing: Placing, knowledge: Knowledge, annex: Annex
    ) -> None:
        self._store, self._index, self._placing = store, index, placing
        self._knowledge, self._annex = knowledge, annex
        self._batch: int | None = None

    @contextmanager
    def as_one(self) -> Iterator[None]:
        """What is decided meanwhile was decided together: undoing takes all of it back."""
        self._batch = self._index.decisions.next_batch()
        try:
            yield
        finally:
            self._batch = None

    def carry_out(
        self,
        source: Source,
        changed: list[Document],
        added: list[Document],
        removals: list[Removal],
        act: str,
        **detail: Any,
    ) -> Document:
        """Record that documents of a source are ``changed`` and others ``added``, then make it so.

        Args:
            removals: files at places given up; those where a document goes on standing stay.
            act: the event's name. detail: what it tells of those changed besides.

        Returns the first of those changed, as it stands.
        """
        stays = {self._store.raw(self._store.path(row.path)) for row in changed if row.path}
        going = [removal for removal in removals if removal.path not in stays]
        before = [os.fsdecode(removal.path) for removal in going if removal.reason == OWN]
        earlier = [known for row in changed if (known := self._index.documents.find(row.id))]
        with self._index.change():
            lessons = self._index.lessons.of([row.id for row in earlier])
            rows = self._index.sources.decide(source.id, changed, added, going, act, before=before, **detail)
            self.remember(act, earlier, [row.id for row in rows[len(changed) :]], lessons)
            if act == "assigned":
                self._give_folder(rows[0].project)
                self._learn(rows[0])
                rows = [*noticed(self._index, rows[:1]), *rows[1:]]
            self.drop_combined(source)
        return self._placing.complete(source, rows, self._knowledge.places)[0]

    def put_in_place(self, source: Source, row: Document, drags: list[Removal]) -> Document:
        """Make a document stand again where it is said to: nothing is decided, what was dragged away (``drags``) goes."""
        with self._index.change():
            rows = self._index.sources.decide(source.id, [row], [], drags, RESTORED)
        return self._placing.complete(source, rows, self._knowledge.places)[0]

    def remember(self, act: str, before: Sequence[Document], added: Sequence[str], lessons: Taught) -> None:
        """Keep what it takes to undo a decision. Call it within its ``change``."""
        batch = self._index.decisions.next_batch() if self._batch is None else self._batch
        self._index.decisions.record(act, batch, before, added, lessons)
        for row in before:
            if act != "assigned":
                self._index.lessons.teach(row.id, [])

    def given_up(self, row: Document) -> list[Removal]:
        """Our copy and its note at the place the document has now; what a person changed there stays."""
        if row.path is None or row.path_sha256 is None:
            return []
        return [Removal(OWN, self._store.raw(self._store.path(row.path)), row.path_sha256)]

    def drop_combined(self, source: Source) -> None:
        """Give up the combined scan kept in a project that none of its documents is filed in any more."""
        kept = self._index.copies.of(source.id)
        if not kept:
            return
        projects = {
            row.project or ""
            for row in self._index.documents.of(source.id)
            if row.status is Status.FILED and row.path_sha256 != source.sha256
        }
        places = self._knowledge.places
        wanted = {"/".join((*places[code], TOGETHER)) for code in projects if code in places}
        for path, sha256 in kept.items():
            if path.rpartition("/")[0] not in wanted:
                self._index.copies.forget(path)
                self._index.removals.put(
                    source.id, [Removal(OWN, self._store.raw(self._store.path(path)), sha256)]
                )

    def _give_folder(self, code: str | None) -> None:
        """A project that is not wound up has a folder from the first document on that a person files there."""
        for missing in self._index.projects.without_folder([code]):
            path = "/".join(self._knowledge.places[missing])
            self._index.projects.place({missing: path})
            self._index.event("folder", missing, path=path, made="for a decision")

    def _learn(self, row: Document) -> None:
        """Keep what this decision teaches for the next document like it."""
        if row.project is None or row.item is None:
            return
        pages = self._index.pages.of(row.source, row.first, row.last)
        known = self._knowledge.register
        self._index.lessons.teach(row.id, lessons_of(pages, row.project, row.item, known, self._annex))
