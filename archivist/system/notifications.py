"""Hints from the operating system that something changed in the folders people use (系统通知).

They only wake the watcher early and are never relied on. The event mask is set: with the observer's default one, large
trees make it walk itself in circles. A folder that was replaced (a share that went and came back, a folder renamed away
and made anew) or an observer that died is noticed, and the observer made anew.

What happens on another computer's side of a network share raises no notifications here: there the folders are listed
at the full pace instead (``watch.polling``).
"""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from archivist.system.mounts import on_network


class Hints:
    """Calls ``hint`` when something may have changed in folders, as far as the system tells.

    Args:
        folders: to watch, with all that is below. polling: yes, no, or auto: no notifications where a folder is shared.
        rescan_seconds: how often they are looked through without notifications.
        hint: called from the observer's thread. warn: called with a Chinese sentence when notifications cannot be had.
        closed: called from that thread with the path of a file that its writer closed, before the hint.
    """

    def __init__(
        self,
        folders: Sequence[Path],
        polling: str,
        rescan_seconds: float,
        hint: Callable[[], None],
        warn: Callable[[str], None],
        closed: Callable[[str], None] = lambda path: None,
    ) -> None:
        self._closed = closed
        self._rescan_seconds, self._hint, self._warn = rescan_seconds, hint, warn
        self._folders = tuple(folders)
        self._seen: tuple[object, ...] = ()
        self._observer: Any = None
        self._told = False
        self.wanted = polling == "no" or (polling == "auto" and not any(map(on_network, self._folders)))

    def renew(self) -> bool:
        """See that the observer lives and watches what stands there now. Returns whether it is to be relied on."""
        if not self.wanted:
            return False
        seen = tuple(map(_identity, self._folders))
        if self._observer is not None and seen == self._seen and _lives(self._observer):
            return True
        self.close()
        try:
            self._observer = start_observer(self._folders, self._hint, self._closed)
        except (OSError, ImportError, RuntimeError) as error:
            self._tell(error)
            return False
        self._seen, self._told = seen, False
        self._hint()  # what came while nobody watched
        return True

    def _tell(self, error: Exception) -> None:
        if not self._told:
            self._warn(f"系统的文件通知用不了（{error}），改为每 {self._rescan_seconds:g} 秒查看一次。")
        self._told = True

    def close(self) -> None:
        """Stop observing."""
        observer, self._observer = self._observer, None
        if observer is not None:
            with suppress(Exception):
                observer.stop()
                observer.join(timeout=5)


def start_observer(
    folders: Iterable[Path], hint: Callable[[], None], closed: Callable[[str], None] = lambda path: None
) -> Any:
    """Start the operating system's notifications of ``folders`` and all below them; they become hints.

    ``closed`` is told the path of each file that its writer closed.
    """
    from watchdog import events
    from watchdog.observers import Observer

    class Hint(events.FileSystemEventHandler):
        def on_any_event(self, event: events.FileSystemEvent) -> None:
            if isinstance(event, events.FileClosedEvent):
                closed(os.fsdecode(event.src_path))
            hint()

    wanted: list[type[events.FileSystemEvent]] = [
        events.FileCreatedEvent,
        events.FileClosedEvent,
        events.FileMovedEvent,
        events.FileDeletedEvent,
        events.DirCreatedEvent,
        events.DirMovedEvent,
        events.DirDeletedEvent,
    ]
    _quieten(hint)
    observer = Observer()
    try:
        for folder in folders:
            observer.schedule(Hint(), str(folder), recursive=True, event_filter=wanted)
        observer.start()
    except BaseException:
        with suppress(Exception):
            observer.stop()
        raise
    return observer


class _Overflow(logging.Handler):
    """The library reports lost events (a full queue) to its log only: that is a hint, too."""

    def __init__(self, hint: Callable[[], None]) -> None:
        super().__init__()
        self.hint = hint

    def emit(self, record: logging.LogRecord) -> None:
        self.hint()


def _quieten(hint: Callable[[], None]) -> None:
    """What the library says in English is for us, not for the people at the terminal."""
    warnings.filterwarnings("ignore", module=r"watchdog\.")
    log = logging.getLogger("watchdog")
    log.handlers[:] = [_Overflow(hint)]
    log.propagate = False


def _lives(observer: Any) -> bool:
    return bool(observer.is_alive() and all(emitter.is_alive() for emitter in observer.emitters))


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
