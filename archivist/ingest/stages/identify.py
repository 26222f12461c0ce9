"""Read → Identified (识别): which documents a source holds, of which project and item; by a person's word where given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.core.document import Source
from archivist.core.filing import FolderDecision
from archivist.core.identification import Identification
from archivist.core.page import Extract
from archivist.extract import failures
from archivist.extract.kinds import READABLE_ELSEWHERE
from archivist.ingest.members import NOTHING, Within
from archivist.ingest.stages.read import Read, stop_if_not_the_files

if TYPE_CHECKING:
    from archivist.filing.leaves import Leaves
    from archivist.index.writer import Index


@dataclass(frozen=True, slots=True)
class Identified:
    """The documents a source is taken to hold, in page order; none when it cannot be used (``extract.failure``)."""

    source: Source
    extract: Extract
    found: tuple[Identification, ...]
    decision: FolderDecision | None = None
    within: Within = NOTHING


def identified(read: Read, index: Index, leaves: Leaves, within: Within = NOTHING) -> Identified:
    """Identify what was read, files of a page together with their fellows; ``within`` is handed on."""
    source, extract = read.source, read.extract
    decision = _decided_by_folder(source, index.actor.name)
    if extract.failure:
        stop_if_not_the_files(extract.failure)
        people_decided = decision is not None and decision.item is not None and _people_can_read(extract)
        return Identified(
            source, extract, (Identification(1, 1, of_kind=""),) if people_decided else (), decision
        )
    return Identified(source, extract, tuple(leaves.identified(source, extract)), decision, within)


def _decided_by_folder(source: Source, person: str) -> FolderDecision | None:
    """The decision of whoever put the file into a project's folder."""
    if source.decided_project is None:
        return None
    return FolderDecision(source.decided_project, source.decided_item, person)


def _people_can_read(extract: Extract) -> bool:
    named = (failures.UNSUPPORTED.get(kind) for kind in READABLE_ELSEWHERE)
    return any(words in extract.failure for words in named if words)
