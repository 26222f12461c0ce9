"""Planned → Placed (就位): the documents stand; photos of one document say what is true of the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archivist.filing.photos import sum_up

if TYPE_CHECKING:
    from archivist.filing.knowledge import Knowledge
    from archivist.filing.placing import Placed, Placing
    from archivist.index.writer import Index
    from archivist.ingest.stages.plan import Planned


def place(one: Planned, index: Index, placing: Placing, knowledge: Knowledge) -> Placed:
    """Make what is planned stand; safe to do again after a crash."""
    documents = (
        index.documents.of(one.source.id) if sum_up(index, one.source, knowledge.rules) else one.documents
    )
    return placing.place(index.sources.get(one.source.id), documents, knowledge.places)
