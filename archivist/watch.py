"""Watch the folders for ever (值守): events are a hint, a directory listing is the truth.

The operating system's notifications only wake the loop early; every pass lists the folders itself, at start, after a
hint, and every few seconds. So a lost event, a full queue or a share without notifications costs seconds, never a
file. The event mask is set: with the observer's default one, large trees make it walk itself in circles.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING, Any

from archivist.errors import ArchivistError, StoreError

if TYPE_CHECKING:
    from archivist.pipeline import Batch, Pipeline
    from archivist.workspace import Workspace

_HINT_PAUSE = 0.3
_FIRST_BACK_OFF, _LONGEST_BACK_OFF = 5.0, 300.0


class Stopper:
    """Set by Ctrl-C or SIGTERM; wakes whoever waits."""

    def __init__(self) -> None:
        self._stop, self._wake = threading.Event(), threading.Event()

    def stop(self, *_: object) -> None:
        """Ask for an end."""
        self._stop.set()
        self._wake.set()

    def hint(self, *_: object) -> None:
        """Something happened in the folders."""
        self._wake.set()

    def stopped(self) -> bool:
        """Whether an end was asked for."""
        return self._stop.is_set()

    def wait(self, seconds: float) -> None:
        """Sleep until a hint, an end, or ``seconds`` have passed."""
        if self._wake.wait(seconds) and not self.stopped():
            time.sleep(_HINT_PAUSE)
        self._wake.clear()


def watch(workspace: Workspace, pipeline: Pipeline, stopper: Stopper, tell: Callable[[Batch], None], warn: Callable[[str], None]) -> None:
    """Run passes until ``stopper`` is asked to end.

    Args:
        tell: called after a pass that did something. warn: called with a Chinese sentence when one failed.
    """
    settings = workspace.config.watch
    back_off = _FIRST_BACK_OFF
    with _observed(workspace, stopper, warn):
        while not stopper.stopped():
            try:
                batch = _pass(pipeline)
                back_off = _FIRST_BACK_OFF
            except ArchivistError as error:
                warn(f"{error.message}　{back_off:.0f} 秒后自动重试。")
                stopper.wait(back_off)
                back_off = min(back_off * 2, _LONGEST_BACK_OFF)
                continue
            if batch.documents or batch.problems:
                tell(batch)
            stopper.wait(settings.rescan_seconds)


def _pass(pipeline: Pipeline) -> Batch:
    """One pass over what is there now; the register may have grown since the last."""
    try:
        pipeline.refresh_register_if_changed()
        return pipeline.run()
    except OSError as error:
        raise StoreError(f"档案库读写出错（{error.strerror or error}），请检查共享盘和磁盘。") from error


@contextmanager
def _observed(workspace: Workspace, stopper: Stopper, warn: Callable[[str], None]) -> Iterator[None]:
    """Let the operating system hint at changes, unless it cannot or was told not to."""
    if workspace.config.watch.polling == "yes":
        yield
        return
    observer: Any = None
    try:
        observer = _observer(workspace, stopper)
    except (OSError, ImportError, RuntimeError) as error:
        warn(f"系统的文件通知用不了（{error}），改为每 {workspace.config.watch.rescan_seconds:g} 秒查看一次。")
    try:
        yield
    finally:
        if observer is not None:
            observer.stop()
            observer.join(timeout=5)


def _observer(workspace: Workspace, stopper: Stopper) -> Any:
    from watchdog import events
    from watchdog.observers import Observer

    class Hint(events.FileSystemEventHandler):
        def on_any_event(self, event: events.FileSystemEvent) -> None:
            stopper.hint()

    wanted = [
        events.FileCreatedEvent,
        events.FileClosedEvent,
        events.FileMovedEvent,
        events.DirCreatedEvent,
        events.DirMovedEvent,
    ]
    observer = Observer()
    for folder in (workspace.config.inbox, workspace.config.projects):
        observer.schedule(Hint(), str(folder), recursive=True, event_filter=wanted)
    observer.start()
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
