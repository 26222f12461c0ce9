"""Watch the folders for ever (值守): events are a hint, a directory listing is the truth.

The operating system's notifications only wake the loop early; every pass lists the folders itself, at start, after a
hint, and every few seconds. So a lost event, a full queue or a share without notifications costs seconds, never a
file. The event mask is set: with the observer's default one, large trees make it walk itself in circles.

The write lock is held only during a pass, and a pass begins no new work after a while, so that an import or
a decision made at another terminal gets in between.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING, Any

from archivist.errors import ArchivistError, StoreError
from archivist.locks import Busy

if TYPE_CHECKING:
    from archivist.batch import Batch, Reader
    from archivist.pipeline import Pipeline
    from archivist.workspace import Workspace

_SLICE = 0.2
_HINT_PAUSE = 0.3
_TURN_SECONDS = 15.0
_FIRST_BACK_OFF, _LONGEST_BACK_OFF = 5.0, 300.0


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

    def wait(self, seconds: float) -> None:
        """Sleep until an end, a hint (and a moment more, for what comes with it), or ``seconds`` have passed."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and not self._stopped:
            if self._wake.wait(min(left, _SLICE)):
                until = min(until, time.monotonic() + _HINT_PAUSE)
                self._wake.clear()


def keep_watch(
    workspace: Workspace,
    stopper: Stopper,
    tell: Callable[[Batch], None],
    warn: Callable[[str], None],
    started: Callable[[], None] = lambda: None,
    reader: Reader | None = None,
) -> None:
    """Be the workspace's one watcher until ``stopper`` is asked to end.

    Args:
        tell: called after a pass that did something. warn: called with a Chinese sentence when one failed.
        started: called when it begins. reader: as for `Pipeline`.

    Raises:
        Busy: another process watches, or wrote for too long. StoreError: the store is not there or refuses.
    """
    from archivist.pipeline import Pipeline
    from archivist.workspace import WAIT_SECONDS

    with workspace.watching(), workspace.open_index() as index:
        with workspace.locked("watch", WAIT_SECONDS):
            pipeline = Pipeline(workspace, index, stopper.stopped, reader)
        with pipeline:
            started()
            watch(workspace, pipeline, stopper, tell, warn)


def watch(
    workspace: Workspace,
    pipeline: Pipeline,
    stopper: Stopper,
    tell: Callable[[Batch], None],
    warn: Callable[[str], None],
) -> None:
    """Run passes with a pipeline that is there already; otherwise as `keep_watch`."""
    from archivist.fixity.patrol import Patrol

    settings = workspace.config.watch
    back_off = _FIRST_BACK_OFF
    told: set[str] = set()
    patrol = Patrol(workspace, pipeline.index)
    with workspace.watching(), _observed(workspace, stopper, warn):
        while not stopper.stopped():
            try:
                with workspace.locked("watch"):
                    batch = _pass(pipeline)
                    if not batch.more:
                        batch.problems += patrol.step(stopper.stopped)
            except Busy:
                stopper.wait(_SLICE)
            except ArchivistError as error:
                warn(f"{error.message}　{back_off:.0f} 秒后自动重试。")
                _rest(stopper, back_off)
                back_off = min(back_off * 2, _LONGEST_BACK_OFF)
            else:
                back_off = _FIRST_BACK_OFF
                told = _tell_news(batch, told, tell)
                stopper.wait(_pause(batch, settings.rescan_seconds, workspace.config.intake.settle_seconds))


def _pass(pipeline: Pipeline) -> Batch:
    """One pass over what is there now; whatever goes wrong is told and tried again."""
    try:
        return pipeline.run(patient=False, seconds=_TURN_SECONDS)
    except OSError as error:
        raise StoreError(f"档案库读写出错（{error.strerror or error}），请检查共享盘和磁盘。") from error
    except ArchivistError:
        raise
    except Exception as error:
        if os.environ.get("ARCHIVIST_DEBUG"):
            raise
        raise StoreError(f"这一轮处理出错（{type(error).__name__}: {error}）。收到的文件都在。") from error


def _tell_news(batch: Batch, told: set[str], tell: Callable[[Batch], None]) -> set[str]:
    """Tell what a pass did; a problem that stands since the last pass is not told again. Returns those that stand."""
    standing = set(batch.problems)
    batch.problems = [problem for problem in batch.problems if problem not in told]
    if batch.documents or batch.problems:
        tell(batch)
    return standing


def _pause(batch: Batch, rescan: float, settle: float) -> float:
    """Until the next pass: a moment when work is left, the settling time when files are young."""
    if batch.more:
        return _HINT_PAUSE
    return min(rescan, settle) if batch.unsettled else rescan


def _rest(stopper: Stopper, seconds: float) -> None:
    """Back off whatever the observer hints at: our own tries change folders, too."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0 and not stopper.stopped():
        stopper.wait(left)


@contextmanager
def _observed(workspace: Workspace, stopper: Stopper, warn: Callable[[str], None]) -> Iterator[None]:
    """Let the operating system hint at changes, unless it cannot or was told not to."""
    if workspace.config.watch.polling == "yes":
        yield
        return
    observer: Any = None
    try:
        observer = start_observer(workspace, stopper)
    except (OSError, ImportError, RuntimeError) as error:
        warn(
            f"系统的文件通知用不了（{error}），改为每 {workspace.config.watch.rescan_seconds:g} 秒查看一次。"
        )
    try:
        yield
    finally:
        if observer is not None:
            observer.stop()
            observer.join(timeout=5)


def start_observer(workspace: Workspace, stopper: Stopper) -> Any:
    """Start the operating system's notifications of 收件箱 and 项目档案; they become hints."""
    from watchdog import events
    from watchdog.observers import Observer

    class Hint(events.FileSystemEventHandler):
        def on_any_event(self, event: events.FileSystemEvent) -> None:
            stopper.hint()

    wanted: list[type[events.FileSystemEvent]] = [
        events.FileCreatedEvent,
        events.FileClosedEvent,
        events.FileMovedEvent,
        events.DirCreatedEvent,
        events.DirMovedEvent,
    ]
    observer = Observer()
    config = workspace.config
    try:
        for folder in (config.inbox, config.projects):
            observer.schedule(Hint(), str(folder), recursive=True, event_filter=wanted)
        observer.start()
    except BaseException:
        with suppress(Exception):
            observer.stop()
        raise
    return observer


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
