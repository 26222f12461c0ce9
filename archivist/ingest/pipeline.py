"""One pass (一轮处理): what waits is received, then every received file is worked on, then people are told.

The way of one file is in `ingest.stages`; the order of effects that no kill can break is written in `work`.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from archivist.core.identify.whole import Thresholds
from archivist.decisions.desk import desk_of
from archivist.errors import StoreError
from archivist.extract import Extractor
from archivist.folders.places import require_folders
from archivist.ingest.batch import Batch, Progress, Silent
from archivist.ingest.closing import Closed
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
from archivist.ingest.work import Work
from archivist.preservation.searchable import Copier

if TYPE_CHECKING:
    from archivist.extract.reader import Reader
    from archivist.index.writer import Index
    from archivist.workspace.opened import Workspace

_COPYING_SECONDS = 2.0
"""Copies are made while nothing waits: a watcher looks again after that long."""

_KEEPING_SECONDS = 5.0
"""How projects stand is kept once a pass, not once a document; what this is too short for is kept by the next pass."""


class Pipeline:
    """One workspace's intake, with the OCR workers warm. Made and run with the write lock held.

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
        filing, knowledge = desk.filing, desk.knowledge
        workers = config.extraction.workers or os.cpu_count() or 1
        self._reader: Reader = reader or Extractor(workspace.limits, workers, config.extraction.ocr_engine)
        read_one = partial(read, reader=self._reader, parts=filing.parts)
        self._reading = ReadAhead(read_one, workers + 1)
        refreshing = Refreshing(desk)
        moves = Moves(store, index, config, desk.deciding, filing.placing, filing.notes)
        self.receiver = Receiver(store, index, config, filing, moves, stop, refreshing.now_and_then, closed)
        self._rereading = Rereading(store, index, filing.notes, filing.clearing)
        members = Members(store, self._reader, filing.parts.original, config.intake.max_depth)
        planning = Planning(
            index,
            config,
            workspace.annex,
            knowledge,
            filing.shelving,
            members,
            desk.undoing,
            Registers(workspace),
        )
        self._attempts = Retries(index)
        self._work = Work(
            store,
            index,
            filing.shelving,
            filing.placing,
            knowledge,
            planning,
            self._attempts,
            Thresholds(config.identification.file_threshold, config.identification.margin),
            self._reading,
            stop,
            refreshing.now_and_then,
        )
        self._copier = Copier(
            store, index, config, workspace.limits, lambda source: read_one(source).extract, stop
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
            patient: wait once for files that may still be written. seconds: begin no more work after that long;
                half of it at most goes into receiving, so that a flood of files holds nothing else up.
        """
        progress, batch, began = progress or Silent(), Batch(), time.monotonic()
        until, half = (None, None) if seconds is None else (began + seconds, began + seconds / 2)
        require_folders(self._store, self._config)
        self.desk.knowledge.refresh_if_changed()
        self._rereading.take_up()
        self._receive(batch, patient, half)
        unfinished = self.index.sources.unfinished()
        if self._rereading.rejoin(unfinished):
            unfinished = self.index.sources.unfinished()
        pending = deque(s for s in unfinished if patient or self._attempts.due(s.id))
        progress.begin(len(pending))
        for told in self._work.through(pending, until):
            batch.take(told)
            progress.grow(len(told.brought))
            progress.done(told.source.name, told.documents)
        batch.more |= bool(pending)
        self.desk.refresh_pages()
        self.receiver.tidy()
        if not (batch.more or self._stop()):
            batch.more, problems = self._copier.run(None if seconds is None else _COPYING_SECONDS)
            batch.problems += problems
        self.index.settle()
        if seconds is not None:  # a command does so in its end
            self.desk.workspace.keep_states(self.index, _KEEPING_SECONDS)
        batch.reopened = self.index.deregistrations.take_reopened()
        self.desk.answers.end_pass()
        return batch

    def _receive(self, batch: Batch, patient: bool, until: float | None) -> None:
        """Follow the project folders, then take in what waits; what stands in the way of files is told."""
        knowledge = self.desk.knowledge
        places = knowledge.folders()
        changed, problems = self.receiver.custody.folders(places)
        if changed:
            knowledge.refresh()
            places = knowledge.folders()
        received = self.receiver.receive(places, patient, until)
        batch.problems += dict.fromkeys([*problems, *received.problems])
        self.index.troubles.put(batch.problems)
        batch.alarms, batch.more = received.alarms, received.more
        batch.unsettled += [*received.unsettled, *received.suspects]
        self.desk.answers.settling = len(received.unsettled)
        for row in received.decided:
            batch.documents.append(row)
            batch.names[row.source] = self.index.sources.get(row.source).name
