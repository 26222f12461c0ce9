"""Watch the folders for ever (值守): events are a hint, a directory listing is the truth.

The operating system's notifications only wake the loop early; every pass lists the folders itself, at start, after a
hint, and every few seconds; rarer while nothing happens and notifications work. So a lost event, a full queue or a
share without notifications costs a little time, never a file.

A pass is short, whatever waits: what is being read when it ends is filed by the next, so that a new file is seen, and
served in its turn, within seconds. The intake is held only during a pass, the write lock for what is recorded in it, so
that an import or a decision made at another terminal gets in between.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING

from archivist.errors import ArchivistError, StoreError
from archivist.ingest.closing import Closed
from archivist.system.durable import os_reason
from archivist.system.locks import Busy
from archivist.system.notifications import Hints

if TYPE_CHECKING:
    from archivist.extract.reader import Reader
    from archivist.ingest.batch import Batch
    from archivist.ingest.pipeline import Pipeline
    from archivist.pages.recent import Answers
    from archivist.workspace.config import Config
    from archivist.workspace.opened import Workspace

_SLICE = 0.2
_HINT_PAUSE = 0.3
_TURN_SECONDS = 3.0
_BREATH = 0.02
_FIRST_BACK_OFF, _LONGEST_BACK_OFF = 5.0, 300.0
_RARER = 12
"""How much rarer the folders are listed when nothing happens: once a minute instead of every 5 seconds."""


class Stopper:
    """Asked to end by Ctrl-C or SIGTERM; hinted at changes by the observer's thread."""

    def __init__(self) -> None:
        self._stopped = False
        self._wake = threading.Event()

    def stop(self, *_: object) -> None:
        """Ask for an end. Safe in a signal handler: no lock is taken, `wait` looks often enough."""
        self._stopped = True

    def hint(self, *_: object) -> None:
        """Something happened in the folders."""
        self._wake.set()

    def stopped(self) -> bool:
        """Whether an end was asked for."""
        return self._stopped

    def wait(self, seconds: float) -> bool:
        """Sleep until an end, a hint (and a moment more, for what comes with it), or ``seconds`` have passed.

        Returns whether there was a hint.
        """
        until, hinted = time.monotonic() + seconds, False
        while (left := until - time.monotonic()) > 0 and not self._stopped:
            if self._wake.wait(min(left, _SLICE)):
                until = min(until, time.monotonic() + _HINT_PAUSE) if not hinted else until
                hinted = True
                self._wake.clear()
        return hinted


def keep_watch(
    workspace: Workspace,
    stopper: Stopper,
    tell: Callable[[Batch], None],
    warn: Callable[[str], None],
    started: Callable[[], None] = lambda: None,
    reader: Reader | None = None,
) -> None:
    """Be the workspace's one watcher until ``stopper`` is asked to end.

    After a pass that failed, everything is opened anew: locks, database and observer that were held through a share
    that went away are worth nothing when it is back.

    Args:
        tell: called after a pass that did something. warn: called with a Chinese sentence when one failed.
        started: called when it begins. reader: as for `Pipeline`.

    Raises:
        Busy: another process watches, or wrote for too long. StoreError: the store is not there or refuses.
    """
    watcher = _Watcher(workspace, stopper, tell, warn, reader)
    began, back_off = False, _FIRST_BACK_OFF
    while not stopper.stopped():
        watcher.passes = 0
        try:
            with watcher.opened() as pipeline:
                if not began:
                    started()
                began = True
                watcher.watch(pipeline)
        except ArchivistError as error:
            if not began:
                raise
            back_off = _FIRST_BACK_OFF if watcher.passes else back_off
            warn(f"{error.message}　{back_off:.0f} 秒后自动重试。")
            watcher.tell_failure(error.message, back_off)
            _rest(workspace, stopper, back_off)
            back_off = min(back_off * 2, _LONGEST_BACK_OFF)


class _Watcher:
    """Runs passes; ``passes`` counts those that went well since it was last set."""

    def __init__(
        self,
        workspace: Workspace,
        stopper: Stopper,
        tell: Callable[[Batch], None],
        warn: Callable[[str], None],
        reader: Reader | None,
    ) -> None:
        self._workspace, self._stopper, self._tell, self._warn = workspace, stopper, tell, warn
        self._reader = reader
        self._closed = Closed()
        self._told: set[str] = set()
        self._young: list[str] = []
        self._idle = 0.0
        self._answers: Answers | None = None
        self.passes = 0

    @contextmanager
    def opened(self) -> Iterator[Pipeline]:
        """The watcher's lock held and a pipeline made."""
        from archivist.ingest.pipeline import Pipeline
        from archivist.workspace.opened import WAIT_SECONDS

        workspace = self._workspace
        with told_of_the_store(), workspace.watching(), workspace.open_index() as index:
            with workspace.at_rest("watch", WAIT_SECONDS):
                pipeline = Pipeline(workspace, index, self._stopper.stopped, self._reader, self._closed)
            self._answers = pipeline.desk.answers
            with pipeline:
                yield pipeline

    def tell_failure(self, error: str, seconds: float) -> None:
        """Note for `archivist status` that a pass failed, and when it is tried again."""
        if self._answers is not None:
            self._answers.failed(error, seconds)

    def watch(self, pipeline: Pipeline) -> None:
        """Run passes until an end is asked for or one fails; the folders are listed anew after hints and pauses."""
        from archivist.preservation.fixity.patrol import Patrol
        from archivist.workspace.guarding import guard

        patrol = Patrol(self._workspace, pipeline.index, aside=pipeline.turns.aside)
        hints = hints_of(self._workspace.config, self._stopper.hint, self._warn, self._closed.note)
        try:
            while not self._stopper.stopped():
                heard = hints.renew()
                try:
                    with self._workspace.intake("watch"), self._workspace.locked("watch"):
                        guard(
                            pipeline.index, "watch", self._workspace.authority
                        )  # people may be registered since
                        batch = _pass(pipeline)
                        if not batch.more:
                            with told_of_the_store():
                                batch.problems += patrol.step(self._stopper.stopped)
                except Busy:
                    self._stopper.wait(_SLICE)
                    continue
                self.passes += 1
                self._told = _tell_news(batch, self._told, self._tell)
                hinted = self._stopper.wait(self._pause(batch, heard))
                if hinted:
                    self._idle = 0.0
        finally:
            hints.close()

    def _pause(self, batch: Batch, heard: bool) -> float:
        """Until the next look: a moment when work is left, the settling time when files are young.

        While nothing happens and the system's notifications work, looks grow rarer: they are the net under the
        notifications, and cost the more the more folders there are.
        """
        rescan = self._workspace.config.watch.rescan_seconds
        if batch.more:
            self._idle = 0.0
            return _BREATH
        longest = rescan * _RARER if heard else rescan
        quiet = not batch.documents and batch.unsettled == self._young
        self._young = list(batch.unsettled)
        first = self._workspace.config.intake.settle_seconds if batch.unsettled else rescan
        self._idle = min(self._idle * 2, longest) if quiet and self._idle else min(first, longest)
        return min(self._idle, rescan) if batch.unsettled else self._idle


def _pass(pipeline: Pipeline) -> Batch:
    """One pass over what is there now; whatever goes wrong is told and tried again."""
    with told_of_the_store():
        return pipeline.run(patient=False, seconds=_TURN_SECONDS)


def hints_of(
    config: Config,
    hint: Callable[[], None],
    warn: Callable[[str], None],
    closed: Callable[[str], None] = lambda path: None,
) -> Hints:
    """The system's notifications about the folders people of a workspace use."""
    folders = (config.inbox, config.filled, config.projects, config.review, config.rejected)
    watch = config.watch
    return Hints(folders, watch.polling, watch.rescan_seconds, hint, warn, closed)


@contextmanager
def told_of_the_store() -> Iterator[None]:
    """Turn whatever a pass raises into one plain sentence."""
    try:
        yield
    except OSError as error:
        raise StoreError(f"档案库读写出错：{os_reason(error)}。") from error
    except (ArchivistError, sqlite3.Error):
        raise  # the index says itself what is wrong with it
    except Exception as error:
        if os.environ.get("ARCHIVIST_DEBUG"):
            raise
        raise StoreError(f"这一轮处理出错（{type(error).__name__}: {error}）。收到的文件都在。") from error


def _tell_news(batch: Batch, told: set[str], tell: Callable[[Batch], None]) -> set[str]:
    """Tell what a pass did; what is wrong since the last pass is not told again. Returns what stands."""
    standing = {*batch.problems, *batch.alarms}
    batch.problems = [problem for problem in batch.problems if problem not in told]
    batch.alarms = [alarm for alarm in batch.alarms if alarm not in told]
    if batch.documents or batch.problems or batch.alarms or batch.reopened:
        tell(batch)
    return standing


def _rest(workspace: Workspace, stopper: Stopper, seconds: float) -> None:
    """Back off whatever the observer hinted at: our own tries change folders, too. A store that is back ends it."""
    until = time.monotonic() + seconds
    was_there = workspace.store.is_there()
    while (left := until - time.monotonic()) > 0 and not stopper.stopped():
        stopper.wait(min(left, 1.0))
        is_there = workspace.store.is_there()
        if is_there and not was_there:
            return
        was_there = is_there


@contextmanager
def signals(stopper: Stopper) -> Iterator[None]:
    """Turn Ctrl-C and SIGTERM into a clean end; a second one is not waited for."""

    def handle(number: int, frame: FrameType | None) -> None:
        if stopper.stopped():
            raise KeyboardInterrupt
        stopper.stop()

    before = {}
    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None:
            with suppress(ValueError, OSError):
                before[number] = signal.signal(number, handle)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
