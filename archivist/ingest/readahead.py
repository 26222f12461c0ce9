"""Reading ahead of filing (预读): files are read in threads of their own while those read before are filed.

What has been read is filed in groups: one transaction for the plans of a group, one for the fact that all of them
stand. A group is what happens to be ready, so the first file of a small drop waits for nobody.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future

from archivist.core.document import Source
from archivist.core.identify.joining import may_continue
from archivist.core.identify.naming import REACH, InSeries, apart, in_series
from archivist.ingest.stages.read import Read

Reading = tuple[Source, Future[Read]]
"""A source, and what is read of it or going to be."""

_MOST_TOGETHER = 24


class ReadAhead:
    """Reads sources in a few threads that nobody waits for when the program ends.

    Not a ``ThreadPoolExecutor``: the interpreter would wait for its threads, and so for the slowest file, at its end.
    """

    def __init__(self, read: Callable[[Source], Read], threads: int) -> None:
        self._read, self._most = read, threads
        self._waiting: queue.SimpleQueue[tuple[Source, Future[Read]] | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []

    def begin(self, source: Source) -> Future[Read]:
        """Have a source read when its turn comes. What has not begun can be cancelled."""
        future: Future[Read] = Future()
        self._waiting.put((source, future))
        if len(self._threads) < self._most:
            self._threads.append(threading.Thread(target=self._work, name="reading", daemon=True))
            self._threads[-1].start()
        return future

    def close(self) -> None:
        """Let the threads end as soon as they have read what they are at."""
        for _ in self._threads:
            self._waiting.put(None)

    def _work(self) -> None:
        while (task := self._waiting.get()) is not None:
            source, future = task
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(self._read(source))
            except BaseException as error:
                future.set_exception(error)


def in_turn(read: Sequence[Reading], not_read: Callable[[], Iterable[Source]]) -> list[Reading]:
    """What may be filed now: files of one page wait for their fellows, with which they may be one document.

    Args:
        not_read: the sources that are open besides; asked only where such a file was read, for they may be thousands.
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
            for other in (found for one in not_read() if (found := in_series(one.name)) is not None):
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
