"""Reading ahead of filing (预读): files are read in threads of their own while those read before are filed.

What has been read is filed in groups: one transaction for the plans of a group, one for the fact that all of them
stand. A group is what happens to be ready, so the first file of a small drop waits for nobody.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from heapq import heappop, heappush
from itertools import count

from archivist.core.document import Source
from archivist.core.identify.joining import may_continue
from archivist.core.identify.naming import REACH, InSeries, apart, in_series
from archivist.ingest.stages.read import Read

Reading = tuple[Source, Future[Read]]
"""A source, and what is read of it or going to be."""

_Task = tuple[float, int, Source, Future[Read]]
"""Mark, order among those of the same, what to read, and whom it is told to."""

_MOST_TOGETHER = 24


class ReadAhead:
    """Reads sources in a few threads that nobody waits for when the program ends; the smallest mark comes first.

    Not a ``ThreadPoolExecutor``: the interpreter would wait for its threads, and so for the slowest file, at its end.

    Args:
        threads: how many files are read at once. spare: threads besides that read nothing large, so that somebody's
            page or Word file waits for no scan of a hundred pages.
    """

    def __init__(self, read: Callable[[Source], Read], threads: int, spare: int = 0) -> None:
        self._read, self._large_at_once, self._most = read, threads, threads + spare
        self._changed = threading.Condition()
        self._small: list[_Task] = []
        self._large: list[_Task] = []
        self._order = count()
        self._threads = self._idle = self._reading_large = 0
        self._closed = False

    def begin(self, source: Source, mark: float = 0.0, large: bool = False) -> Future[Read]:
        """Have a source read when its turn comes. What has not begun can be cancelled.

        Args:
            mark: what has a smaller one comes before it. large: it will take long.
        """
        future: Future[Read] = Future()
        with self._changed:
            heappush(self._large if large else self._small, (mark, next(self._order), source, future))
            if not self._idle and self._threads < self._most:
                self._threads += 1
                threading.Thread(target=self._work, name="reading", daemon=True).start()
            self._changed.notify()
        return future

    def close(self) -> None:
        """Let the threads end as soon as they have read what they are at."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _work(self) -> None:
        while (task := self._next()) is not None:
            large, (_, _, source, future) = task
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(self._read(source))
                except BaseException as error:
                    future.set_exception(error)
            with self._changed:
                self._reading_large -= large
                self._changed.notify()

    def _next(self) -> tuple[bool, _Task] | None:
        """What a thread reads next, once there is something; None when it is to end."""
        with self._changed:
            self._idle += 1
            try:
                while not self._closed:
                    may_large = self._large and self._reading_large < self._large_at_once
                    if may_large and not (self._small and self._small[0] < self._large[0]):
                        self._reading_large += 1
                        return True, heappop(self._large)
                    if self._small:
                        return False, heappop(self._small)
                    self._changed.wait()
                return None
            finally:
                self._idle -= 1


def in_turn(read: Sequence[Reading], not_read: Callable[[], Iterable[str]]) -> list[Reading]:
    """What may be filed now: files of one page wait for their fellows, with which they may be one document.

    Args:
        not_read: the names of what is open besides; asked only where such a file was read, for they may be thousands.
    """
    open_: dict[str, list[InSeries]] | None = None
    ready = []
    for source, future in sorted(read, key=lambda pair: pair[0].id):
        place = in_series(source.name)
        if place is None or not _may_be_a_page(future):
            ready.append((source, future))
            continue
        if open_ is None:
            open_ = {}
            for other in (found for one in not_read() if (found := in_series(one)) is not None):
                open_.setdefault(other.key, []).append(other)
        if all(apart(place, other) > REACH for other in open_.get(place.key, ())):
            ready.append((source, future))
    return ready


def _may_be_a_page(future: Future[Read]) -> bool:
    """Whether what was read is a single page."""
    return not future.done() or (future.exception() is None and len(future.result().extract.pages) == 1)


def groups(ready: Sequence[Reading]) -> Iterator[list[Reading]]:
    """What is filed together; a photo is filed by itself, for the one before it has to stand first."""
    group: list[Reading] = []
    for source, future in ready:
        alone = may_continue(source.name)
        if group and (alone or len(group) == _MOST_TOGETHER):
            yield group
            group = []
        group.append((source, future))
        if alone:
            yield group
            group = []
    if group:
        yield group
