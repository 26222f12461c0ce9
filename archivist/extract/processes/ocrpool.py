"""Warm OCR workers: long-lived processes that load the engine once and only ever see plain pixel arrays.

Started at the first page that needs them. A worker that dies costs one page one retry; the pool mends itself.

Workers are given few more pages than they can read; the others wait in a fair line (`core.queueing`), a group for each file:
the one page of a photo does not wait for the hundred of a scan.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as FutureTimeout
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from archivist.core.queueing import Line
from archivist.extract import failures
from archivist.extract.failures import Refused
from archivist.extract.processes.choosing import chosen
from archivist.extract.processes.sandbox import announce, effort_of, end_by, process_context
from archivist.extract.processes.vigil import Verdict, Vigil
from archivist.extract.seeing.picture import Reading
from archivist.system.processes import step_back

if TYPE_CHECKING:
    from archivist.extract.seeing.ocr import OcrEngine

_RENEW_AFTER = 300
"""Pages a worker reads before it is replaced: bounds what the runtimes' caches can grow to."""

_START_SECONDS = 120.0
"""How long loading the engine may take on a slow, busy machine."""

_SPARE_PAGES = 1
"""So many pages more than there are workers are given out, that none is idle between two."""

_GLANCE_SECONDS = 2.0
"""How often a waiting page looks whether its pool still lives."""

_ENDED = {Verdict.SPENT: failures.OCR_SLOW, Verdict.STARVED: failures.BUSY}
"""What is told of a page whose worker was ended; one that hung is given to another first."""

_engine: OcrEngine | None = None


def start_worker(engine: str) -> None:
    """Load the engine in a new worker (initializer)."""
    from archivist.extract.seeing.ocr import load_engine

    step_back()
    global _engine  # noqa: PLW0603 (one engine per process is the whole point)
    _engine = load_engine(engine)


def read_picture(file: str) -> Reading:
    """Read one page image in a worker; the array file is removed by who wrote it."""
    import numpy as np

    from archivist.extract.seeing.reading import read_page

    assert _engine is not None
    return read_page(np.load(file, allow_pickle=False), _engine)


def begin(mark: str, task: Callable[[str], Reading], file: str) -> Reading:
    """Do a task in a worker that says which process it is: the page's limit is what that process works on it."""
    announce(mark)
    return task(file)


class OcrPool:
    """A pool of ``workers`` OCR processes; `submit` and `wait` may be called from several threads."""

    task: Callable[[str], Reading] = staticmethod(read_picture)
    """What a worker does with a page image; tests put misbehaviour here."""

    def __init__(self, workers: int, engine: str, page_seconds: float, method: str | None = None) -> None:
        self._workers = max(1, workers)
        self._engine = engine
        self._page_seconds = page_seconds
        self._context = process_context(method)
        self._lock = threading.RLock()
        self._pool: Any = None
        self._closed = False
        self._progress = time.monotonic()
        self._line: Line[Turn] = Line()
        self._under_way: set[Any] = set()

    @property
    def page_seconds(self) -> float:
        """CPU seconds a page may take, and seconds a worker may sleep over it."""
        return self._page_seconds

    def submit(self, file: Path, of: Hashable = None) -> Ticket:
        """Queue a page image, a page ``of`` some file."""
        return Ticket(self, file, of)

    def schedule(self, file: Path, mark: Path, of: Hashable) -> Turn:
        """Let a page wait for its turn, making or remaking the pool when needed."""
        turn = Turn(file, mark)
        with self._lock:
            if self._closed:
                raise Refused(failures.OCR_FAILED)
            self._line.join(turn, of, 1.0)
            self._give_out()
        return turn

    def _give_out(self) -> None:
        """Give the workers what is next, as far as they have room. Lock held."""
        while (
            len(self._under_way) < self._workers + _SPARE_PAGES and (found := self._line.serve()) is not None
        ):
            mark, turn = found
            try:
                turn.future, turn.pool = self._put(turn.file, turn.mark)
            except BaseException:
                self._line.back(turn, mark)
                raise
            self._under_way.add(turn.future)
            turn.given.set()
            turn.future.add_done_callback(self._done)

    def _done(self, future: Any) -> None:
        """A page is read, or never will be: there is room for another. Called from a thread of the pool's."""
        if (
            future not in self._under_way
        ):  # its pool was thrown away, by who holds the lock and waits for this thread
            return
        with self._lock:
            self._under_way.discard(future)
            if not self._closed:
                with suppress(Exception):  # whoever waits for a page meets the trouble itself
                    self._give_out()

    def _put(self, file: Path, mark: Path) -> tuple[Any, Any]:
        if self._pool is None or not self._pool.active:
            self._discard()
            self._pool = self._make()
        self._progress = time.monotonic()
        task = (str(mark), self.task, str(file))
        try:
            return self._pool.schedule(begin, args=task), self._pool
        except RuntimeError:  # it broke between the look and the call
            self._discard()
            self._pool = self._make()
            return self._pool.schedule(begin, args=task), self._pool

    def stuck(self, pool: Any) -> bool:
        """Tell whether a page given to ``pool`` will never be done: it broke, or nothing moves any more.

        A breaking pool can forget a page between its queue and its books: a future alone may wait for ever.
        """
        if pool is not self._pool or not pool.active:
            return True
        return time.monotonic() - self._progress > 2 * self._page_seconds + _START_SECONDS

    def go_on(self) -> None:
        """See that what waits is given out: a pool that broke may have forgotten to tell of its pages."""
        with self._lock:
            if not self._closed:
                self._give_out()

    def moved(self) -> None:
        """Note that a page was finished, or is being worked on."""
        self._progress = time.monotonic()

    def give_up(self, pool: Any) -> None:
        """Throw a stuck pool away; the next page makes a new one."""
        with self._lock:
            if pool is self._pool:
                self._discard()

    def _make(self) -> Any:
        from pebble import ProcessPool

        return ProcessPool(
            max_workers=self._workers,
            max_tasks=_RENEW_AFTER,
            initializer=start_worker,
            initargs=(chosen(self._engine),),
            context=self._context,
        )

    def _discard(self) -> None:
        pool, self._pool = self._pool, None
        self._under_way.clear()
        if pool is None:
            return
        pool.stop()
        # Joining waits for threads of a pool that may be broken: not for ever, and never in the way of
        # leaving.
        ending = threading.Thread(target=pool.join, daemon=True)
        ending.start()
        ending.join(_START_SECONDS / 4)

    def close(self) -> None:
        """Stop the workers; pages under way are given up."""
        with self._lock:
            self._closed = True
            while (found := self._line.serve()) is not None:
                found[1].given.set()
            self._discard()


class Turn:
    """A page's turn: ``future`` and ``pool`` once it is ``given`` to a worker; without them when it never will be."""

    __slots__ = ("file", "future", "given", "mark", "pool")

    def __init__(self, file: Path, mark: Path) -> None:
        self.file, self.mark = file, mark
        self.given = threading.Event()
        self.future: Any = None
        self.pool: Any = None


class Ticket:
    """A page under way."""

    def __init__(self, pool: OcrPool, file: Path, of: Hashable = None) -> None:
        self._owner = pool
        self._file, self._of = file, of
        self._begin()

    def _begin(self) -> None:
        self._mark = self._file.with_name(f"{self._file.name}.{uuid4().hex}.by")
        self._vigil: Vigil | None = None
        self._verdict = Verdict.GOING
        self._turn = self._owner.schedule(self._file, self._mark, self._of)

    def wait(self) -> Reading:
        """Return the page's text; a page whose worker died or hangs is read once more by another.

        Raises:
            Refused: it took too much, or died twice; or, of the machine: the engine cannot be started, or the worker was
                not let work (`failures.BUSY`).
        """
        try:
            return self._attempt()
        except Refused:
            raise
        except Exception:  # the worker died, the pool broke, or the engine choked on this page: once more
            self._begin()
        try:
            return self._attempt()
        except BrokenProcessPool:
            raise Refused(failures.OCR_DOWN) from None
        except Refused:
            raise
        except Exception:
            raise Refused(failures.OCR_FAILED) from None

    def _attempt(self) -> Reading:
        try:
            while not self._turn.given.wait(self._glance()):
                self._owner.go_on()
            if self._turn.future is None:
                raise Refused(failures.OCR_FAILED)
            while True:
                try:
                    reading: Reading = self._turn.future.result(timeout=self._glance())
                except CancelledError:
                    raise Refused(failures.OCR_FAILED) from None
                except FutureTimeout:
                    self._look()
                except Exception:
                    if self._verdict in _ENDED:
                        raise Refused(_ENDED[self._verdict]) from None
                    raise
                else:
                    self._owner.moved()
                    return reading
        finally:
            self._mark.unlink(missing_ok=True)

    def _glance(self) -> float:
        return min(_GLANCE_SECONDS, self._owner.page_seconds / 4)

    def _look(self) -> None:
        """See how the page's worker gets on, if one has begun; end it when it gets nowhere."""
        if self._owner.stuck(self._turn.pool):
            self._owner.give_up(self._turn.pool)
            raise BrokenProcessPool from None
        if self._verdict is not Verdict.GOING or not self._mark.exists():
            return
        if self._vigil is None:
            limit = self._owner.page_seconds
            self._vigil = Vigil(time.monotonic(), limit, limit)
        self._verdict = self._vigil.judge(time.monotonic(), effort_of(self._mark))
        if self._vigil.lively:
            self._owner.moved()
        if self._verdict is not Verdict.GOING and not self._turn.future.done():
            end_by(self._mark)
