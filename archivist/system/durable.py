"""Steps on disk that hold: a copy proved, a name given without overwriting, a folder flushed, a refusal in words."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from archivist.errors import ArchivistError, StoreError
from archivist.system.room import NO_ROOM, room_told

_CHUNK = 1 << 20
_CUT_OFF = (
    errno.ENOTCONN,
    errno.ECONNABORTED,
    errno.ECONNRESET,
    errno.ESTALE,
    errno.ETIMEDOUT,
    errno.EHOSTUNREACH,
)


class Occupied(Exception):
    """Another file stands where a copy was to be placed; nothing was written over."""


@contextmanager
def told_in_chinese(what: str, where: Path | None = None, needed: int | Path | None = None) -> Iterator[None]:
    """Turn the file system's refusals into one plain sentence; nothing is lost when they happen.

    Args:
        where: the disk that is written to. needed: see `room.room_told`.
    """
    try:
        yield
    except OSError as error:
        reason = os_reason(error, where, needed)
        raise StoreError(f"{what}失败：{reason}。原文件没有动，处理好后再运行即可。") from error


def os_reason(error: OSError, where: Path | None = None, needed: int | Path | None = None) -> str:
    """Say in Chinese why the file system refused, and what to look at; of a full disk, which and how full it is."""
    reason = _os_reason(error)
    if where is None and isinstance(error.filename, str | bytes):
        where = Path(os.fsdecode(error.filename))
    told = room_told(where, needed) if error.errno in NO_ROOM and where is not None else ""
    return f"{reason}（{told}）" if told else reason


def _os_reason(error: OSError) -> str:
    reasons = {
        errno.ENOSPC: "磁盘空间不足，请清理磁盘",
        errno.EDQUOT: "磁盘配额已用完，请清理磁盘",
        errno.EROFS: "档案库所在的磁盘是只读的，请检查磁盘和共享设置",
        errno.EACCES: "没有写入权限，请检查文件夹权限",
        errno.EPERM: "没有写入权限，请检查文件夹权限",
        errno.ENOENT: "文件夹不见了，请检查共享盘是否断开",
        errno.EIO: "磁盘读写出错，请检查磁盘",
        errno.ENAMETOOLONG: "文件名太长",
        **dict.fromkeys(_CUT_OFF, "共享盘断开了，请检查网络和共享设置"),
    }
    return reasons.get(error.errno or 0, f"系统报告 {error.strerror or error}")


def copy_flushed(source: Path, temp: Path) -> str:
    """Copy ``source`` to the new file ``temp``, flush it, and return the sha256 of what was copied."""
    digest = hashlib.sha256()
    with source.open("rb") as reader, temp.open("xb") as writer:
        while chunk := reader.read(_CHUNK):
            digest.update(chunk)
            writer.write(chunk)
        writer.flush()
        os.fsync(writer.fileno())
    return digest.hexdigest()


def copy_proved(source: Path, temp: Path, sha256: str) -> None:
    """Copy ``source`` to the new file ``temp`` and flush it; ArchivistError when its bytes are not ``sha256``."""
    if copy_flushed(source, temp) != sha256:
        raise ArchivistError(f"保存的原件“{source.name}”与收到时不一致，磁盘可能有故障，请联系管理员")


def link_into(temp: Path, target: Path) -> None:
    """Give ``temp`` the name ``target`` unless something has it: then Occupied."""
    try:
        os.link(temp, target)
    except FileExistsError:
        raise Occupied(str(target)) from None
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.ENAMETOOLONG, *_CUT_OFF}:
            raise
        if os.path.lexists(target):
            raise Occupied(str(target)) from None
        temp.rename(target)


def link_free(temp: Path, folder: Path, names: Iterator[str]) -> Path:
    """Give ``temp`` the first free of ``names``: a damaged copy that has the first one is kept as it is."""
    for name in names:
        with suppress(Occupied):
            link_into(temp, folder / name)
            return folder / name
    raise AssertionError


def numbered() -> Iterator[str]:
    """What tells names apart: nothing, -2, -3 …"""
    yield ""
    count = 2
    while True:
        yield f"-{count}"
        count += 1


def is_folder(path: Path) -> bool:
    """Whether a folder stands there and can be reached; pathlib's own question raises when a share has broken off."""
    return os.path.isdir(path)  # noqa: PTH112


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file, as hex."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def sync_folder(folder: Path) -> None:
    """Make a new or removed name durable. Windows has no call for it and NTFS journals names itself."""
    if os.name == "nt":
        return
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)
