"""Locks between processes: one writer at a time, one watcher at a time; whoever is refused learns who holds it.

And whether some program still has a file open for writing.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from archivist.errors import StoreError

if TYPE_CHECKING:
    from filelock import BaseFileLock

_POLL_SECONDS = 0.1
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

    Args:
        path: the lock file; its holder is told in ``<name>.json`` beside it.
        busy: the Chinese sentence for those refused, with ``{holder}`` in it.
    """

    def __init__(self, path: Path, busy: str) -> None:
        self._path, self._busy = path, busy
        self._holder = path.with_name(path.name + ".json")
        self._lock: BaseFileLock | None = None

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
        lock = self._file()
        self._acquire(lock, wait, tell)
        outermost = lock.lock_counter == 1
        try:
            if outermost:
                with suppress(OSError):
                    self._holder.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
            yield
        finally:
            if outermost:
                with suppress(OSError):
                    self._holder.unlink()
            lock.release()

    def _file(self) -> BaseFileLock:
        if self._lock is None:
            from filelock import FileLock

            self._lock = FileLock(self._path)
        return self._lock

    def _acquire(self, lock: BaseFileLock, wait: float, tell: Callable[[str], None] | None) -> None:
        from filelock import Timeout

        try:
            try:
                lock.acquire(timeout=0)
            except Timeout:
                if wait <= 0:
                    raise
                if tell is not None:
                    tell(f"{self._holder_words()}，最多等待 {wait:.0f} 秒……")
                lock.acquire(timeout=wait, poll_interval=_POLL_SECONDS)
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
