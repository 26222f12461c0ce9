"""The desk (案头) decisions are taken at: a workspace opened for writing, with all that carries a decision out.

The pass over waiting files takes decisions here, too: a file dragged into a folder is one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from archivist.decisions.carrying import Carrying
from archivist.decisions.deciding import Deciding
from archivist.decisions.undoing import Undoing
from archivist.filing.knowledge import Knowledge
from archivist.filing.wiring import Filing, filing_of
from archivist.folders.places import make_base
from archivist.index.writer import Index
from archivist.pages.project import refresh_stale
from archivist.pages.recent import Answers
from archivist.system.liveness import WATCH_HOLDER, holder
from archivist.system.locks import Busy
from archivist.workspace.opened import Workspace


@dataclass(frozen=True, slots=True)
class Desk:
    """What decisions are taken with, in one workspace."""

    workspace: Workspace
    index: Index
    filing: Filing
    knowledge: Knowledge
    carrying: Carrying
    deciding: Deciding
    undoing: Undoing
    answers: Answers

    def refresh_pages(self, codes: Iterable[str] = (), between: Callable[[], None] = lambda: None) -> None:
        """Write anew the pages that no longer say what the index says, and those of the projects ``codes``; ``between``
        is called after every few.
        """
        refresh_stale(self.workspace, self.index, codes, between)


def desk_of(workspace: Workspace, index: Index) -> Desk:
    """Set a desk up. Write lock held."""
    config, store, annex = workspace.config, workspace.store, workspace.annex
    store.prepare()
    _clear_scratch(workspace)
    index.settle()
    make_base(config)
    filing, knowledge = filing_of(workspace, index), Knowledge(config, index, annex)
    carrying = Carrying(store, index, filing.placing, knowledge, annex)
    deciding = Deciding(store, index, config, annex, filing.shelving, filing.notes, knowledge, carrying)
    undoing = Undoing(store, index, config, filing.shelving, filing.placing, knowledge, carrying)
    return Desk(workspace, index, filing, knowledge, carrying, deciding, undoing, Answers(workspace, index))


def _clear_scratch(workspace: Workspace) -> None:
    """Clear away what an interrupted run left half made; not while another process may be reading in there."""
    watcher = holder(workspace.store.private / WATCH_HOLDER)
    if watcher is None or watcher.pid == os.getpid():
        with suppress(Busy), workspace.intake("clear"):
            workspace.store.clear_scratch()


@contextmanager
def at_desk(workspace: Workspace, command: str, looking: bool = False) -> Iterator[Desk]:
    """Hold the write lock and a desk; what was decided is told on 最近处理.html in the end.

    ``looking``: nothing will be decided, so that nobody is asked who they are.
    """
    with workspace.writing(command, looking=looking) as index:
        desk = desk_of(workspace, index)
        yield desk
        desk.answers.leave()
