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
import sys
import warnings
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archivist.config import Config

_NETWORK = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "ncpfs",
        "afs",
        "ceph",
        "9p",
        "vboxsf",
        "drvfs",
        "vmhgfs",
        "prl_fs",
    }
    | {"virtiofs", "davfs", "glusterfs", "lustre", "gpfs", "ocfs2", "gfs2", "beegfs", "coda"}
)
_LOCAL_FUSE = frozenset({"fuseblk", "fuse.fuse-overlayfs"})
_WINDOWS_REMOTE = 4
"""GetDriveType's DRIVE_REMOTE."""


class Hints:
    """Calls ``hint`` when something may have changed in the workspace's folders, as far as the system tells.

    Args:
        hint: called from the observer's thread. warn: called with a Chinese sentence when notifications cannot be had.
        closed: called from that thread with the path of a file that its writer closed, before the hint.
    """

    def __init__(
        self,
        config: Config,
        hint: Callable[[], None],
        warn: Callable[[str], None],
        closed: Callable[[str], None] = lambda path: None,
    ) -> None:
        self._closed = closed
        self._config, self._hint, self._warn = config, hint, warn
        self._folders = (config.inbox, config.projects, config.review)
        self._seen: tuple[object, ...] = ()
        self._observer: Any = None
        self._told = False
        self.wanted = config.watch.polling == "no" or (
            config.watch.polling == "auto" and not any(map(on_network, self._folders))
        )

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
            seconds = self._config.watch.rescan_seconds
            self._warn(f"系统的文件通知用不了（{error}），改为每 {seconds:g} 秒查看一次。")
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


def on_network(folder: Path) -> bool:
    """Whether a folder lies on a file system that other computers change without our system's knowing."""
    if sys.platform == "win32":
        return _on_windows_share(folder)
    try:
        table = Path("/proc/self/mounts").read_text("utf-8", "surrogateescape")
    except OSError:
        return False
    return foreign(kind_of_mount(os.path.realpath(folder), table))


def foreign(kind: str) -> bool:
    """Whether a file system of this kind is a network's or a host computer's."""
    return kind in _NETWORK or (kind.startswith("fuse") and kind not in _LOCAL_FUSE)


def kind_of_mount(path: str, table: str) -> str:
    """The kind of the file system that holds ``path``, by a table of mounts as Linux writes it; "" when unknown."""
    best, found = -1, ""
    for line in table.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        place = _unescaped(fields[1])
        inside = path == place or path.startswith(place.rstrip("/") + "/")
        if inside and len(place) >= best:  # the later of equals lies on top
            best, found = len(place), fields[2]
    return found


def _unescaped(place: str) -> str:
    for code, char in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        place = place.replace(code, char)
    return place


def _on_windows_share(folder: Path) -> bool:
    drive = folder.absolute().drive
    if drive.startswith("\\\\"):
        return True
    import ctypes

    kind: int = getattr(ctypes, "windll").kernel32.GetDriveTypeW(drive + "\\")  # noqa: B009 (only Windows has it)
    return kind == _WINDOWS_REMOTE
