"""Planning rows (上架): each planned document gets a free place of its own, and the sha256 of what will stand there."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from archivist.core.document import Document, Source
from archivist.core.filing import FilingPlan
from archivist.core.model import Status, described
from archivist.core.naming import unused, with_suffix
from archivist.extract import HEAD_BYTES, suffixes
from archivist.extract.kinds import kind_at
from archivist.system.durable import sha256_of

if TYPE_CHECKING:
    from archivist.filing.parts import Parts
    from archivist.index.writer import Index
    from archivist.store.vault import Store


class Shelving:
    """Turns plans into documents; nothing is moved yet."""

    def __init__(self, store: Store, index: Index, parts: Parts) -> None:
        self._store, self._index, self._parts = store, index, parts

    def kind_of(self, source: Source) -> str:
        """What the source's bytes are."""
        return kind_at(self._parts.original(source))

    def _head(self, source: Source) -> bytes:
        with self._parts.original(source).open("rb") as handle:
            return handle.read(HEAD_BYTES)

    def fitted(self, source: Source, name: str) -> str:
        """The name, ending so that a double click opens what the file really is."""
        return with_suffix(name, suffixes(self._head(source), self.kind_of(source)))

    def documents(self, source: Source, kind: str, plans: Sequence[FilingPlan]) -> list[Document]:
        """Turn the plans of one source into documents, all of them with places of their own."""
        taken: set[str] = set()
        return [self.document(source, kind, plan, taken) for plan in plans]

    def document(self, source: Source, kind: str, plan: FilingPlan, taken: set[str]) -> Document:
        """Turn one plan into a document; its path is added to those ``taken``."""
        given = source.vault is None or plan.status is Status.REJECTED
        name = plan.name if given else self.fitted(source, plan.name)
        path = self.free("/".join(plan.folder), name, taken)
        taken.add(path)
        found = plan.found
        digest = source.sha256
        if not plan.whole and kind == "pdf":
            digest = sha256_of(self._parts.pages(source, kind, found.first, found.last))
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
                or os.path.lexists(self._store.path(path))
                or self._index.places.taken(path)
            )

        return f"{folder}/{unused(name, is_taken)}"
