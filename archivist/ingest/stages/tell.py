"""Placed → Told (回话): what became of a source; its trouble is remembered for when it is tried again, then given up."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.core.document import RECEIVED, Document, Source
from archivist.errors import ArchivistError
from archivist.ingest.barrier import Tried
from archivist.ingest.retries import GIVE_UP, Retries

if TYPE_CHECKING:
    from archivist.index.writer import Index


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a source. ``brought`` are files that lay within it; ``problem`` a sentence if it could not be done."""

    source: Source
    documents: tuple[Document, ...] = ()
    brought: tuple[Source, ...] = ()
    problem: str = ""


class Telling:
    """Tells outcomes, in one workspace.

    Args:
        give_up: files a source that failed too often for a person to look at, given the trouble.
    """

    def __init__(
        self, index: Index, attempts: Retries, give_up: Callable[[Source, str], tuple[Document, ...]]
    ) -> None:
        self._index, self._attempts, self._give_up = index, attempts, give_up

    def tell(
        self, source: Source, outcome: Tried[tuple[Document, ...]], brought: tuple[Source, ...] = ()
    ) -> Told:
        """One file's trouble never stops the others: it is a sentence, and the file is tried again later."""
        if not outcome.trouble:
            self._attempts.done(source.id)
            return Told(source, outcome.value or (), brought)
        problem = f"“{source.name}”{outcome.trouble}。文件已保存，过一会儿会再试。"
        documents: tuple[Document, ...] = ()
        if self._attempts.failed(source.id, outcome.trouble).same >= GIVE_UP:
            documents = self._given_up(source, outcome.trouble)
        return Told(source, documents, brought, problem)

    def _given_up(self, source: Source, trouble: str) -> tuple[Document, ...]:
        if self._index.sources.get(source.id).state != RECEIVED:
            return ()
        with suppress(ArchivistError, OSError):
            documents = self._give_up(source, trouble)
            self._attempts.done(source.id)
            return documents
        return ()
