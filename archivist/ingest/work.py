"""The work on received files (处理): each goes through the stages; many are read at once, and filed together.

Order of effects, so that a kill at any instant loses nothing and files nothing twice: the bytes are in the vault and the
index knows (then an inbox source may go) → the plan of places is committed → copies are placed (doing it again changes
nothing) → the source is marked done → what is over is taken away. Files that were read at about the same time take
these steps side by side, so that a commit and a flushed folder serve them all.

What waits is served in a fair order (`core.queueing`), and reading goes on while a pass ends and the next looks into the
folders: a single new file never waits for a pile to be through.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from archivist.core.document import MEMBER, PLANNED, PROJECT, Document, Source
from archivist.core.identify.whole import Thresholds
from archivist.core.queueing import LARGE, Line, rank, reading_cost
from archivist.errors import ArchivistError
from archivist.filing.duplicates import earlier_copy
from archivist.filing.leaves import Leaves, Rules
from archivist.ingest.barrier import Tried, tried
from archivist.ingest.members import NOTHING, Members, Within
from archivist.ingest.readahead import ReadAhead, Reading, groups, in_turn
from archivist.ingest.stages.identify import identified
from archivist.ingest.stages.place import place
from archivist.ingest.stages.plan import Planned, Planning
from archivist.ingest.stages.read import ARCHIVE, Read
from archivist.ingest.stages.tell import Telling, Told

if TYPE_CHECKING:
    from archivist.filing.knowledge import Knowledge
    from archivist.filing.placing import Placed, Placing
    from archivist.index.writer import Index
    from archivist.ingest.forms import Answered, Forms
    from archivist.ingest.retries import Retries
    from archivist.ingest.turns import Turns
    from archivist.store.vault import Store

_AHEAD = 16
"""So many files at most are read or wait for it while others are filed; a newcomer that comes before them is one more."""

_MOST_AHEAD = 4 * _AHEAD
_HELD_SECONDS = 0.4
"""A group of files that takes longer to plan is filed in parts: somebody may wait to decide something."""


class Work:
    """Brings sources from received to told, in one workspace.

    Args:
        reading: reads ahead. turns: lets others in. lying: names of what could be taken in next.
        with_little: whether a name came with little else.
        stop: asked between files; True ends the work early.
        tick: called now and then.
    """

    def __init__(
        self,
        store: Store,
        index: Index,
        placing: Placing,
        knowledge: Knowledge,
        planning: Planning,
        members: Members,
        forms: Forms,
        attempts: Retries,
        thresholds: Thresholds,
        reading: ReadAhead,
        turns: Turns,
        lying: Callable[[], Iterable[str]],
        with_little: Callable[[str], bool],
        stop: Callable[[], bool],
        tick: Callable[[], None],
    ) -> None:
        self._store, self._index, self._placing = store, index, placing
        self._knowledge, self._planning, self._thresholds = knowledge, planning, thresholds
        self._members, self._reading, self._turns, self._stop, self._tick = (
            members,
            reading,
            turns,
            stop,
            tick,
        )
        self._telling = Telling(
            index, attempts, lambda source, why: self._done(planning.given_up(source, why))
        )
        self._lying, self._with_little = lying, with_little
        self._line: Line[int] = Line()
        self._waiting: dict[int, Source] = {}
        self._running: dict[Future[Read], tuple[float, Source]] = {}
        self._read: list[Reading] = []
        self._begun: set[Future[Read]] = set()
        self._within: dict[int, Tried[Within]] = {}
        self._forms = forms
        self._answers: dict[int, Tried[tuple[Answered, ...]]] = {}
        self._leaves, self._judged_by = Leaves(index, self._rules()), knowledge.rules
        self._looks = 0

    @property
    def left(self) -> bool:
        """Whether anything is not through."""
        return bool(self._waiting or self._running or self._read)

    def take_up(self, due: Callable[[int], bool] = lambda source: True) -> list[Source]:
        """Let what is unfinished and ``due`` wait in line, and forget what no longer is; return what was not known.

        Called at the beginning of a pass: between two somebody else may have had one.
        """
        unfinished = self._index.sources.unfinished_ids()
        self._looks += 1
        self._forget(unfinished)
        known = {source.id for _, source in self._running.values()} | {source.id for source, _ in self._read}
        known |= self._waiting.keys()
        fresh = self._index.sources.these([one for one in unfinished if one not in known and due(one)])
        self._join(fresh)
        return fresh

    def _forget(self, unfinished: Collection[int]) -> None:
        """Others are through with the rest."""
        for future, (_, source) in list(self._running.items()):
            if source.id not in unfinished:
                future.cancel()
                del self._running[future]
                self._begun.discard(future)
        over = [pair for pair in self._read if pair[0].id not in unfinished]
        self._read = [pair for pair in self._read if pair[0].id in unfinished]
        self._leaves.forget(source.name for source, _ in over)
        for _, future in over:
            if future.exception() is None and (opened := future.result().opened) is not None:
                self._members.drop(opened)
        for identity in [one for one in self._waiting if one not in unfinished]:
            self._line.leave(identity)
            del self._waiting[identity]

    def _join(self, sources: Iterable[Source]) -> None:
        """Let sources wait in line, those of one folder that came together behind one another, small ones first."""
        self._served()
        for source in sorted(sources, key=lambda one: (rank(reading_cost(one.name, one.size)), one.id)):
            self._waiting[source.id] = source
            cost = reading_cost(source.name, source.size)
            if self._with_little(source.name):
                self._line.join_with_little(source.id, cost)
            else:
                group = source.parent if source.origin == MEMBER else (_folder(source), self._looks)
                self._line.join(source.id, group, cost)

    def through(self, enough: Callable[[], bool] = lambda: False) -> Iterator[Told]:
        """Finish sources; they are read in parallel, everything that is written happens here, one by one.

        Args:
            enough: asked now and then; True ends it, and what is being read is filed the next time.
        """
        while self.left and not self._stop():
            for told in self._begin():
                self._join(told.brought)
                yield told
            if enough() or not (self._running or self._read):
                return
            self._wait()
            self._tick()
            held = bool(self._read)
            for told in self._file():
                held = False
                self._join(told.brought)
                yield told
            if held and not (self._running or self._waiting):
                return  # pages wait for their fellows that still lie in 收件箱: the next look takes those in
        if self._stop():
            self._take_back()

    # -- reading ---------------------------------------------------------------------------------------------------

    def _begin(self) -> Iterator[Told]:
        """Begin to read what is next in line, as far as there is room; what needs no reading is finished."""
        while (found := self._line.next()) is not None and self._may_begin(found[0]) and not self._stop():
            self._line.take()
            mark, identity = found
            self._waiting.pop(identity)
            source = self._index.sources.get(
                identity
            )  # as it is now: somebody may have decided about its project
            told = self._without_reading(source)
            if told is not None:
                self._line.serves(identity, mark)
                self._turns.give_way()
                yield told
                continue
            large = reading_cost(source.name, source.size) > LARGE
            self._running[self._reading.begin(source, mark, large)] = mark, source

    def _served(self) -> None:
        """Tell the line what is really being read: what only waits ahead of it is no reason for a newcomer to wait."""
        for future, (mark, source) in self._running.items():
            if future not in self._begun and (future.running() or future.done()):
                self._begun.add(future)
                self._line.serves(source.id, mark)

    def _may_begin(self, mark: float) -> bool:
        """Whether there is room, or what is being read but was not begun yet would come later anyway."""
        if len(self._running) < _AHEAD:
            return True
        self._served()
        idle = [one for future, (one, _) in self._running.items() if future not in self._begun]
        return len(self._running) < _MOST_AHEAD and bool(idle) and mark < min(idle)

    def _wait(self) -> None:
        """Until something was read: then others may write, and what they changed is taken notice of."""
        if self._running:
            with self._turns.aside():
                done, _ = wait(self._running, timeout=0.5, return_when=FIRST_COMPLETED)
            self._renew()
            self._served()
            for future in done:
                _, source = self._running.pop(future)
                self._begun.discard(future)
                self._read.append((source, future))
                if future.exception() is None:  # its fellows see it until all of them are filed
                    self._leaves.keep(source.name, future.result().extract)

    def _renew(self) -> None:
        """Somebody may have decided something, or imported a register, while we stood aside."""
        self._knowledge.refresh_if_changed()
        if self._knowledge.rules is not self._judged_by:
            self._judged_by = self._knowledge.rules
            self._leaves.renew(self._rules())

    def _take_back(self) -> None:
        """What nobody began to read waits again."""
        for future in [future for future in self._running if future.cancel()]:
            mark, source = self._running.pop(future)
            self._waiting[source.id] = source
            self._line.back(source.id, mark)

    # -- filing ----------------------------------------------------------------------------------------------------

    def _file(self) -> Iterator[Told]:
        """File what was read and waits for no fellow."""
        while ready := in_turn(self._read, self._open_besides):
            for group in groups(ready):
                within = [self._taken(source, future) for source, future in group]
                for source, future in group:
                    self._answer(source, future)
                yield from self._together(group, within)
                self._turns.give_way()
            left = {source.id for source, _ in self._read}
            self._leaves.forget(source.name for source, _ in ready if source.id not in left)

    def _open_besides(self) -> Iterator[str]:
        """The names of what is being read or waits for it, and of what still lies in 收件箱."""
        known = chain((source for _, source in self._running.values()), self._waiting.values())
        return chain((source.name for source in known), self._lying())

    def _without_reading(self, source: Source) -> Told | None:
        """Finish what needs no extraction: interrupted filing, duplicates. None means: read it."""
        if source.state == PLANNED:
            return self._at_once(source, lambda: self._planning.interrupted(source))
        earlier = earlier_copy(self._index, source)
        if earlier is not None:
            return self._at_once(source, lambda: self._duplicate(source, earlier))
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

    def _rules(self) -> Rules:
        return Rules(self._knowledge.rules, self._knowledge.register, self._thresholds)

    def _taken(self, source: Source, future: Future[Read]) -> Tried[Within]:
        """What lay within a file, made safe once; others may write meanwhile."""
        opened = future.result().opened if future.exception() is None else None
        if opened is None:
            return Tried(NOTHING)
        if source.id not in self._within:
            with self._turns.aside():
                self._within[source.id] = tried(partial(self._members.taken, source, opened))
        return self._within[source.id]

    def _answer(self, source: Source, future: Future[Read]) -> None:
        """Answer a filled form, once, before anything of it is planned; others may write meanwhile."""
        if source.id not in self._answers and future.exception() is None:
            extract = future.result().extract
            with self._turns.aside():
                self._answers[source.id] = tried(
                    lambda: tuple(filter(None, [self._forms.answered(source, extract)]))
                )

    def _together(self, group: list[Reading], within: list[Tried[Within]]) -> Iterator[Told]:
        """File what was read, together: all plans are committed, then everything is placed, then all is done.

        What takes too long to be planned at once stays to be filed next.
        """
        self._renew()
        until, planned = time.monotonic() + _HELD_SECONDS, list[Tried[Planned]]()
        with self._index.change():
            for (future_source, future), taken in zip(group, within, strict=True):
                answers = self._answers.get(future_source.id, Tried(()))
                planned.append(taken.then(partial(self._plan, future, answers)))
                if time.monotonic() > until:
                    break
        group = group[: len(planned)]
        self._read = [pair for pair in self._read if pair not in group]
        for source, _ in group:
            self._within.pop(source.id, None)
            self._answers.pop(source.id, None)
        with self._store.flushed_together():
            placed = [one.then(self._place) for one in planned]
        self._placing.finish([one.value for one in placed if one.value is not None])
        for (source, _), plan, one in zip(group, planned, placed, strict=True):
            brought = plan.value.brought if plan.value else ()
            yield self._telling.tell(source, one.then(lambda placed: placed.documents), brought)

    def _plan(self, future: Future[Read], answers: Tried[tuple[Answered, ...]], within: Within) -> Planned:
        read = future.result()
        read = replace(read, source=self._index.sources.get(read.source.id))
        if answers.trouble:
            raise ArchivistError(answers.trouble)
        for answered in answers.value or ():
            return self._planning.form(read.source, read.extract, answered)
        if read.extract.kind == ARCHIVE and not read.extract.pages:
            return self._planning.unpacked(read.source, within)
        return self._planning.plan(identified(read, self._index, self._leaves, within))

    def _place(self, planned: Planned) -> Placed:
        return place(planned, self._index, self._placing, self._knowledge)


def _folder(source: Source) -> str:
    """Whose a file is, as far as its place tells: the folder in 收件箱 it lay in, or the township's in 项目档案."""
    parts = source.name.split("/")[:-1]
    if source.origin == PROJECT:
        return "/".join(parts[:2])
    return parts[0] if parts else ""
