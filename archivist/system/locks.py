"""Locks between processes: one writer at a time, one watcher at a time; whoever is refused learns who holds it.

And whether some program still has a file open for writing.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from archivist.errors import StoreError

if TYPE_CHECKING:
    from filelock import BaseFileLock

_POLL_SECONDS = 0.03
_QUIET_SECONDS = 0.3
"""Whoever works through many files gives way between them: so long nobody is told that they wait."""

_SLICE_SECONDS = 0.5
_LONGEST_ASIDE = 900.0
"""How long whoever gave way waits to go on: a backup or a check of a large archive takes minutes."""

_WHY = {
    errno.ENOSPC: "磁盘空间不足",
    errno.EROFS: "磁盘是只读的",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EIO: "读写出错",
    errno.ENOTCONN: "共享盘断开了",
    errno.ESTALE: "共享盘断开了",
    **dict.fromkeys(
        (errno.EBUSY, errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP),
        "这种连接共享盘的方式不支持文件锁，请改用系统自带的 SMB 或 NFS 挂载",
    ),
}


class Busy(StoreError):
    """Another process holds the lock; the message says which."""


class Lock:
    """A lock file and, beside it, who holds it. Entering twice in one process is allowed.

    Nobody starves: whoever wants it stands in line first (a second lock file, ``<name>-turn``), the holder that gives way
    included, so that it gets the lock back only after those who waited for it.

    Args:
        path: the lock file; its holder is told in ``<name>.json`` beside it.
        busy: the Chinese sentence for those refused, with ``{holder}`` in it.
    """

    def __init__(self, path: Path, busy: str) -> None:
        self._path, self._busy = path, busy
        self._holder = path.with_name(path.name + ".json")
        self._locks: tuple[BaseFileLock, BaseFileLock] | None = None
        self._owner = 0
        self._told: dict[str, object] = {}

    @contextmanager
    def held(
        self, told: dict[str, object], wait: float, tell: Callable[[str], None] | None = None
    ) -> Iterator[None]:
        """Hold the lock.

        Args:
            told: who we are: command, pid, host, user, since. wait: seconds to wait for another process.
            tell: called with a Chinese sentence when there is something to wait for.

        Raises:
            Busy: another process holds it. StoreError: the folder cannot be written.
        """
        lock, _ = self._files()
        self._acquire(wait, tell)
        if lock.lock_counter == 1:
            self._told = told
            self._note()
        try:
            yield
        finally:
            if lock.lock_counter == 1:
                self._forget()
            lock.release()  # nothing, where it was not had again after standing aside

    @contextmanager
    def aside(self, stop: Callable[[], bool] = lambda: False) -> Iterator[None]:
        """Let others have the lock meanwhile; nothing for who does not hold it.

        Args:
            stop: asked while waiting for it again; True gives up.

        Raises:
            Busy: ``stop`` said so, or it was not to be had again for `_LONGEST_ASIDE` seconds.
            StoreError: the folder cannot be written any more.
        """
        lock, _ = self._files()
        depth = lock.lock_counter
        if not depth:
            yield
            return
        self._forget()
        lock.release(force=True)
        try:
            yield
        finally:
            self._acquire_again(stop)
            for _ in range(depth - 1):
                lock.acquire(timeout=0)
            self._note()

    def wanted(self) -> bool:
        """Whether another process stands in line for the lock."""
        from filelock import Timeout

        _, turn = self._files()
        try:
            turn.acquire(timeout=0)
        except (Timeout, OSError):
            return True
        turn.release()
        return False

    def _files(self) -> tuple[BaseFileLock, BaseFileLock]:
        if self._locks is None or self._owner != os.getpid():  # a forked copy of this process holds nothing
            from filelock import FileLock

            self._owner = os.getpid()
            self._locks = FileLock(self._path), FileLock(self._path.with_name(f"{self._path.name}-turn"))
        return self._locks

    def _note(self) -> None:
        with suppress(OSError):
            self._holder.write_text(json.dumps(self._told, ensure_ascii=False), "utf-8")

    def _forget(self) -> None:
        with suppress(OSError):
            self._holder.unlink()

    def _acquire(self, wait: float, tell: Callable[[str], None] | None) -> None:
        from filelock import Timeout

        quietly = min(wait, _QUIET_SECONDS)
        with self._refused():
            try:
                self._in_line(quietly)
            except Timeout:
                if wait <= quietly:
                    raise
                if tell is not None:
                    tell(f"{self._holder_words()}，最多等待 {wait:.0f} 秒……")
                self._in_line(wait - quietly)

    def _acquire_again(self, stop: Callable[[], bool]) -> None:
        from filelock import Timeout

        until = time.monotonic() + _LONGEST_ASIDE
        with self._refused():
            while True:
                if not self._path.parent.is_dir():  # a share that went away must not seem to be there
                    raise OSError(errno.ENOTCONN, "gone")
                try:
                    self._in_line(_SLICE_SECONDS)
                    return
                except Timeout:
                    if stop() or time.monotonic() > until:
                        raise

    def _in_line(self, wait: float) -> None:
        """Stand in line, then take the lock; Timeout when it took longer than ``wait`` seconds."""
        lock, turn = self._files()
        if lock.is_locked:
            lock.acquire(timeout=0)
            return
        until = time.monotonic() + wait
        turn.acquire(timeout=wait, poll_interval=_POLL_SECONDS)
        try:
            lock.acquire(timeout=max(0.0, until - time.monotonic()), poll_interval=_POLL_SECONDS)
        finally:
            turn.release()

    @contextmanager
    def _refused(self) -> Iterator[None]:
        from filelock import Timeout

        try:
            yield
        except Timeout:
            raise Busy(f"{self._holder_words()}。请等它结束，或先停止它再运行。") from None
        except OSError as error:
            folder = self._path.parent.parent
            why = _WHY.get(error.errno or 0, error.strerror)
            raise StoreError(f"档案库“{folder}”不能写入（{why}）。请检查磁盘和权限。") from error

    def _holder_words(self) -> str:
        return self._busy.format(holder=_who(self._holder))


def _who(holder: Path) -> str:
    try:
        told = json.loads(holder.read_text("utf-8"))
        return (
            f"{told['user']} 在 {told['host']} 上运行的 archivist {told['command']}"
            f"（进程号 {told['pid']}，自 {told['since']}）"
        )
    except (OSError, ValueError, KeyError, TypeError):
        return "另一个 archivist 程序"


def to_stderr(words: str) -> None:
    """Tell the person at the terminal; standard output is for results."""
    with suppress(OSError, ValueError):
        sys.stderr.write(words + os.linesep)
        sys.stderr.flush()


def being_written(handle: int) -> bool:
    """Whether any program on this computer has the file open for writing: a scanner that pauses for minutes has.

    Linux grants a read lease only when nobody has; it is given back at once. Where it cannot be asked (another system,
    most network file systems, another owner's file) the answer is no, and the settling time alone decides. On Windows a
    file that is being written can mostly not be opened at all.
    """
    try:
        import fcntl

        fcntl.fcntl(
            handle, fcntl.F_SETSIG, signal.SIGURG
        )  # should the lease be broken meanwhile: ignored by default
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except (ImportError, AttributeError):
        return False
    except OSError as error:
        return error.errno == errno.EAGAIN
    with suppress(OSError):
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return False
