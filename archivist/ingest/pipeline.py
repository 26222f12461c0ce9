"""One pass (一轮处理): what waits is received, then every received file is worked on, then people are told.

The way of one file is in `ingest.stages`; the order of effects that no kill can break is written in `work`.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from archivist.core.identify.whole import Thresholds
from archivist.decisions.desk import desk_of
from archivist.errors import StoreError
from archivist.extract import Extractor
from archivist.folders.places import require_folders
from archivist.ingest.batch import Batch, Progress, Silent
from archivist.ingest.closing import Closed
from archivist.ingest.forms import Forms
from archivist.ingest.members import Members
from archivist.ingest.moves import Moves
from archivist.ingest.readahead import ReadAhead
from archivist.ingest.receiving import Receiver
from archivist.ingest.refreshing import Refreshing
from archivist.ingest.registers import Registers
from archivist.ingest.rereading import Rereading
from archivist.ingest.retries import Retries
from archivist.ingest.stages.plan import Planning
from archivist.ingest.stages.read import read
from archivist.ingest.turns import Turns
from archivist.ingest.work import Work
from archivist.preservation.searchable import Copier

if TYPE_CHECKING:
    from archivist.extract.reader import Reader
    from archivist.index.writer import Index
    from archivist.workspace.opened import Workspace

_COPYING_SECONDS = 2.0
"""Copies are made while nothing waits: a watcher looks again after that long."""

_KEEPING_SECONDS, _KEEPING_EVERY, _KEPT_AT_ONCE = 5.0, 15.0, 0.3
"""How projects stand is kept when work is through and now and then, not once a document, with pauses in which others
write; what this is too short for is kept by the next pass."""

_SPARE_READERS = 2
_LOOKS_SHARE = 6.0
"""A look into the folders that took a second is followed by five of work at least."""


def _always(source: int) -> bool:
    return True


class Pipeline:
    """One workspace's intake, with the OCR workers warm. Made and run with the intake and the write lock held, the latter
    let go of wherever something takes long.

    Args:
        workspace: opened workspace. index: opened for writing.
        stop: asked between files; True ends the pass early, what is left waits for the next.
        reader: reads files; None makes the Extractor the settings ask for.
        closed: files that their writers closed, as a watcher hears of them.
    """

    def __init__(
        self,
        workspace: Workspace,
        index: Index,
        stop: Callable[[], bool] = lambda: False,
        reader: Reader | None = None,
        closed: Closed | None = None,
    ) -> None:
        config, store = workspace.config, workspace.store
        self.index, self._config, self._store, self._stop = index, config, store, stop
        self.desk = desk = desk_of(workspace, index)
        desk.answers.write_guide()
        filing, knowledge = desk.filing, desk.knowledge
        workers = config.extraction.workers or os.cpu_count() or 1
        self._reader: Reader = reader or Extractor(workspace.limits, workers, config.extraction.ocr_engine)
        members = Members(store, self._reader, filing.parts.original, config.intake.max_depth)
        read_one = partial(read, reader=self._reader, parts=filing.parts)
        self._reading = ReadAhead(partial(read_one, members=members), workers + 1, _SPARE_READERS)
        self.turns = turns = Turns(workspace, index, stop)
        refreshing = Refreshing(desk, turns)
        moves = Moves(store, index, config, desk.deciding, filing.placing, filing.notes)
        self.receiver = Receiver(
            store, index, config, filing, moves, turns, stop, refreshing.now_and_then, closed
        )
        self._rereading = Rereading(store, index, filing.notes, filing.clearing)
        planning = Planning(
            index, config, workspace.annex, knowledge, filing.shelving, desk.undoing, Registers(workspace)
        )
        self._attempts = Retries(index)
        self._work = Work(
            store,
            index,
            filing.placing,
            knowledge,
            planning,
            members,
            Forms(workspace, index, filing.parts),
            self._attempts,
            Thresholds(config.identification.file_threshold, config.identification.margin),
            self._reading,
            turns,
            self.receiver.lying,
            self.receiver.with_little,
            stop,
            refreshing.now_and_then,
        )
        self._refreshing, self._kept = refreshing, 0.0
        self._copier = Copier(
            store, index, config, workspace.limits, lambda source: read_one(source).extract, turns.aside, stop
        )

    def __enter__(self) -> Pipeline:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, *_: object) -> None:
        self._reading.close()
        self._reader.close()
        if kind is None:
            self.desk.answers.leave()
        elif isinstance(error, StoreError):
            self.desk.answers.failed(error.message)

    def run(
        self, progress: Progress | None = None, patient: bool = True, seconds: float | None = None
    ) -> Batch:
        """Work on everything that waits and is complete, once.

        Args:
            patient: wait once for files that may still be written. seconds: end after about that long, what is being
                read then is filed in the next pass; half of it at most goes into receiving, so that a flood of files
                holds nothing else up.
        """
        progress, batch, began = progress or Silent(), Batch(), time.monotonic()
        require_folders(self._store, self._config)
        self.receiver.told = progress.taken
        self.desk.knowledge.refresh_if_changed()
        self._rereading.take_up()
        looking = self._receive(batch, patient, None if seconds is None else seconds / 2)
        standing = tuple(batch.problems)
        due = self._attempts.due if not patient else _always
        fresh = self._work.take_up(due)
        if self._rereading.rejoin(fresh):
            fresh += self._work.take_up(due)
        progress.begin(len(fresh))
        until = None if seconds is None else began + max(seconds, looking * _LOOKS_SHARE)
        for told in self._work.through(lambda: until is not None and time.monotonic() > until):
            batch.take(told)
            progress.grow(len(told.brought))
            progress.done(told.source.name, told.documents)
        batch.more |= self._work.left
        self._end(batch, standing, seconds is not None)
        return batch

    def _end(self, batch: Batch, standing: Sequence[str], again: bool) -> None:
        """What a pass ends with: pages, copies, states. While work is left, as little of it as will do."""
        self._refreshing.now_and_then() if batch.more else self._refreshing.pages()
        if stuck := [told for told in self.receiver.tidy() if told not in batch.problems]:
            batch.problems += stuck
            self.index.troubles.put([*standing, *stuck])
        if not (batch.more or self._stop()):
            batch.more, problems = self._copier.run(_COPYING_SECONDS if again else None)
            batch.problems += problems
        self.index.settle()
        if again and (
            not batch.more or time.monotonic() > self._kept + _KEEPING_EVERY
        ):  # a command does so in its end
            self._keep_states()
        batch.reopened = self.index.deregistrations.take_reopened()
        self.desk.answers.end_pass()

    def _keep_states(self) -> None:
        """Keep how projects stand, a little at a time."""
        until = time.monotonic() + _KEEPING_SECONDS
        while not self.desk.workspace.keep_states(self.index, _KEPT_AT_ONCE) and time.monotonic() < until:
            self.turns.give_way()
        self._kept = time.monotonic()

    def _receive(self, batch: Batch, patient: bool, seconds: float | None) -> float:
        """Follow the project folders, then take in what waits; what stands in the way of files is told.

        Returns the seconds that looking into the folders took.
        """
        began = time.monotonic()
        knowledge = self.desk.knowledge
        places = knowledge.folders()
        changed, problems = self.receiver.custody.folders(places)
        if changed:
            knowledge.refresh()
            places = knowledge.folders()
        following = time.monotonic() - began
        received = self.receiver.receive(places, patient, seconds)
        batch.problems += dict.fromkeys([*problems, *received.problems])
        self.index.troubles.put(batch.problems)
        batch.alarms, batch.more = received.alarms, received.more
        batch.unsettled += [*received.unsettled, *received.suspects]
        self.desk.answers.settling, self.desk.answers.lying = len(received.unsettled), received.left
        for row in received.decided:
            batch.documents.append(row)
            batch.names[row.source] = self.index.sources.get(row.source).name
        return following + received.looking
