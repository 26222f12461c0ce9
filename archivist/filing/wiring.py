"""The one place that puts the parts of filing together: each is given what it needs, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from archivist.filing.clearing import Clearing
from archivist.filing.notes import Notes
from archivist.filing.parts import Parts
from archivist.filing.placing import Placing
from archivist.filing.shelving import Shelving

if TYPE_CHECKING:
    from archivist.index.writer import Index
    from archivist.workspace.opened import Workspace


class Filing(NamedTuple):
    """What files documents in one workspace."""

    parts: Parts
    shelving: Shelving
    notes: Notes
    placing: Placing
    clearing: Clearing


def filing_of(workspace: Workspace, index: Index) -> Filing:
    """Put filing together for a workspace whose index is open for writing."""
    store = workspace.store
    parts = Parts(store, workspace.limits)
    shelving, clearing = Shelving(store, index, parts), Clearing(store, index)
    notes = Notes(store, index, workspace.config, workspace.annex)
    return Filing(parts, shelving, notes, Placing(store, index, parts, shelving, notes, clearing), clearing)
