"""The work on received files (处理): each goes through the stages; many are read at once, and filed together.

Order of effects, so that a kill at any instant loses nothing and files nothing twice: the bytes are in the vault and the
index knows (then an inbox source may go) → the plan of places is committed → copies are placed (doing it again changes
nothing) → the source is marked done → what is over is taken away. Files that were read at about the same time take
these steps side by side, so that a commit and a flushed folder serve them all.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from archivist.core.document import PLANNED, Document, Source
from archivist.core.identify.whole import Thresholds
from archivist.filing.duplicates import earlier_copy
from archivist.filing.leaves import Leaves, Rules
from archivist.ingest.barrier import Tried, tried
from archivist.ingest.readahead import ReadAhead, Reading, groups, in_turn
from archivist.ingest.stages.identify import identified
from archivist.ingest.stages.place import place
from archivist.ingest.stages.plan import Planned, Planning
from archivist.ingest.stages.read import Read
from archivist.ingest.stages.tell import Telling, Told

if TYPE_CHECKING:
    from archivist.filing.knowledge import Knowledge
    from archivist.filing.placing import Placed, Placing
    from archivist.filing.shelving import Shelving
    from archivist.index.writer import Index
    from archivist.ingest.retries import Retries
    from archivist.store.vault import Store

_AHEAD = 16
"""So many files at most are being read or wait for it while others are filed."""


class Work:
    """Brings sources from received to told, in one workspace.

    Args:
        reading: reads ahead. stop: asked between files; True ends the work early. tick: called now and then.
    """

    def __init__(
        self,
        store: Store,
        index: Index,
        shelving: Shelving,
        placing: Placing,
        knowledge: Knowledge,
        planning: Planning,
        attempts: Retries,
        thresholds: Thresholds,
        reading: ReadAhead,
        stop: Callable[[], bool],
        tick: Callable[[], None],
    ) -> None:
        self._store, self._index, self._shelving, self._placing = store, index, shelving, placing
        self._knowledge, self._planning, self._thresholds = knowledge, planning, thresholds
        self._reading, self._stop, self._tick = reading, stop, tick
        self._telling = Telling(
            index, attempts, lambda source, why: self._done(planning.given_up(source, why))
        )

    def through(self, pending: deque[Source], until: float | None) -> Iterator[Told]:
        """Finish sources; they are read in parallel, everything that is written happens here, one by one.

        Args:
            pending: what waits; what nobody began when the work ends is left in it.
            until: begin no more after this time (of the clock that only grows).
        """
        running: dict[Future[Read], Source] = {}
        read: list[Reading] = []
        leaves = self._leaves()
        while (pending or running or read) and not self._stop():
            while pending and len(running) < _AHEAD and not self._enough(until):
                source = pending.popleft()
                told = self._without_reading(source)
                if told is None:
                    running[self._reading.begin(source)] = source
                else:
                    pending.extendleft(reversed(told.brought))
                    yield told
            if self._enough(until):
                _take_back(running, pending)
            if not running and not read:
                return
            done, _ = wait(running, timeout=0.5, return_when=FIRST_COMPLETED) if running else ((), ())
            read += [(running.pop(future), future) for future in done]
            _keep(leaves, read)
            self._tick()
            ready = in_turn(read, partial(_open_besides, running, pending))
            for group in groups(ready):
                read = [pair for pair in read if pair not in group]
                for told in self._together(group, leaves):
                    pending.extendleft(reversed(told.brought))
                    yield told
            leaves.forget(source.name for source, _ in ready)
        _take_back(running, pending)

    def _without_reading(self, source: Source) -> Told | None:
        """Finish what needs no extraction: interrupted filing, duplicates, archives. None means: read it."""
        if source.state == PLANNED:
            return self._at_once(source, lambda: self._planning.interrupted(source))
        earlier = earlier_copy(self._index, source)
        if earlier is not None:
            return self._at_once(source, lambda: self._duplicate(source, earlier))
        if self._shelving.kind_of(source) == "zip":
            return self._at_once(source, lambda: self._planning.unpacked(source))
        return None

    def _duplicate(self, source: Source, earlier: Source) -> Planned:
        return self._planning.duplicate(source, earlier, self._placing.restore(earlier))

    def _at_once(self, source: Source, plan: Callable[[], Planned]) -> Told:
        planned = tried(plan)
        if planned.value is None:
            return self._telling.tell(source, Tried(None, planned.trouble))
        documents = tried(partial(self._done, planned.value))
        return self._telling.tell(source, documents, planned.value.brought)

    def _done(self, planned: Planned) -> tuple[Document, ...]:
        """Carry out what is planned, to the end."""
        placed = self._place(planned)
        self._placing.finish([placed])
        return placed.documents

    def _leaves(self) -> Leaves:
        knowledge = self._knowledge
        return Leaves(self._index, Rules(knowledge.rules, knowledge.register, self._thresholds))

    def _together(self, group: list[Reading], leaves: Leaves) -> Iterator[Told]:
        """File what was read, together: all plans are committed, then everything is placed, then all is done."""
        with self._index.change():
            planned = [tried(partial(self._plan, future, leaves)) for _, future in group]
        with self._store.flushed_together():
            placed = [one.then(self._place) for one in planned]
        self._placing.finish([one.value for one in placed if one.value is not None])
        for (source, _), plan, one in zip(group, planned, placed, strict=True):
            brought = plan.value.brought if plan.value else ()
            yield self._telling.tell(source, one.then(lambda placed: placed.documents), brought)

    def _plan(self, future: Future[Read], leaves: Leaves) -> Planned:
        return self._planning.plan(identified(future.result(), self._index, leaves))

    def _place(self, planned: Planned) -> Placed:
        return place(planned, self._index, self._placing, self._knowledge)

    def _enough(self, until: float | None) -> bool:
        return self._stop() or (until is not None and time.monotonic() > until)


def _keep(leaves: Leaves, read: list[Reading]) -> None:
    """Let files that were read be seen by their fellows until all of them are filed."""
    for source, future in read:
        if future.exception() is None:
            leaves.keep(source.name, future.result().extract)


def _open_besides(running: dict[Future[Read], Source], pending: deque[Source]) -> Iterator[Source]:
    """What is being read and, while something is, what waits for it."""
    return chain(running.values(), pending if running else ())


def _take_back(running: dict[Future[Read], Source], pending: deque[Source]) -> None:
    """What nobody began to read waits for the next pass."""
    idle = [future for future in running if future.cancel()]
    pending.extendleft(running.pop(future) for future in reversed(idle))
