"""The only writer of the store: safe copies, filing, rejecting. Nothing here ever overwrites or alters an original.

A received file is first copied into the vault (``.archivist/originals``, named by its sha256), flushed, read again and
compared. Only then, and only after the database has committed, may its source go. What stands in the folders people
see (项目档案, 待确认) is a copy of the vault's, made under a temporary name and linked into place, never over a file.

Residual risk accepted: on file systems without hard links the last step is "check, then rename"; only this process
writes there (one lock per store), but a person could create the same name in that instant.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from archivist.core.naming import safe_suffix, unused
from archivist.errors import StoreError

_CHUNK = 1 << 20
_TEMP = ".archivist-"


class SourceChanged(Exception):
    """The file changed, grew or vanished while it was read: it is not complete, come back later."""


class SourceUnreadable(Exception):
    """The file cannot be read (permission, device, damaged disk); args: a Chinese reason."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells that a file is still the same: size in bytes, mtime in ns, inode."""

    size: int
    mtime: int
    inode: int


@dataclass(frozen=True, slots=True)
class Accession:
    """A safe copy: ``vault`` is the path below the store's root, ``stamp`` the source as it was read."""

    sha256: str
    size: int
    vault: str
    stamp: Stamp


def stamp_of(path: Path) -> Stamp | None:
    """Return the stamp of a regular file (links are not followed), or None when there is none."""
    try:
        found = path.lstat()
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ino)


@contextmanager
def told_in_chinese(what: str) -> Iterator[None]:
    """Turn the file system's refusals into one plain sentence; nothing is lost when they happen."""
    try:
        yield
    except OSError as error:
        raise StoreError(f"{what}失败：{_os_reason(error)}。原文件没有动，处理好后再运行即可。") from error


def _os_reason(error: OSError) -> str:
    reasons = {
        errno.ENOSPC: "磁盘空间不足，请清理磁盘",
        errno.EDQUOT: "磁盘配额已用完，请清理磁盘",
        errno.EROFS: "档案库所在的磁盘是只读的",
        errno.EACCES: "没有写入权限，请检查文件夹权限",
        errno.EPERM: "没有写入权限，请检查文件夹权限",
        errno.ENOENT: "文件夹不见了，请检查共享盘是否断开",
        errno.EIO: "磁盘读写出错，请检查磁盘",
        errno.ENAMETOOLONG: "文件名太长",
    }
    return reasons.get(error.errno or 0, f"系统报告 {error.strerror or error}")


class Store:
    """One workspace's store below ``root``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.private = root / ".archivist"
        self.vault = self.private / "originals"
        self.scratch = self.private / "scratch"

    def prepare(self) -> None:
        """Make the private folders; StoreError when the disk refuses."""
        with told_in_chinese("准备档案库文件夹"):
            for folder in (self.vault, self.scratch):
                folder.mkdir(parents=True, exist_ok=True)

    def path(self, relative: str) -> Path:
        """Return the absolute path of a path kept in the index."""
        return self.root / relative

    def relative(self, path: Path) -> str:
        """Return ``path`` below the root with forward slashes, as it is kept in the index."""
        return path.relative_to(self.root).as_posix()

    def accession(self, source: Path, name: str = "") -> Accession:
        """Copy ``source`` (known to people as ``name``) into the vault and prove the copy.

        Raises:
            SourceChanged: it was not the same before and after reading.
            SourceUnreadable: it cannot be read.
            StoreError: the copy cannot be written (disk full, read-only …).
        """
        before = stamp_of(source)
        if before is None:
            raise SourceChanged(str(source))
        self.prepare()
        temp = self.scratch / f"{_TEMP}{uuid4().hex}"
        try:
            digest, size = self._copy_in(source, temp, before)
            if stamp_of(source) != before or size != before.size:
                raise SourceChanged(str(source))
            vault = self._settle(temp, digest, safe_suffix(name or source.name))
        finally:
            with suppress(OSError):
                temp.unlink(missing_ok=True)
        return Accession(digest, size, vault, before)

    def _copy_in(self, source: Path, temp: Path, before: Stamp) -> tuple[str, int]:
        digest, size = hashlib.sha256(), 0
        try:
            reader = source.open("rb")
        except FileNotFoundError:
            raise SourceChanged(str(source)) from None
        except OSError as error:
            raise SourceUnreadable(_read_reason(error)) from error
        with reader, told_in_chinese("保存收到的文件"), temp.open("xb") as writer:
            while chunk := _read(reader):
                digest.update(chunk)
                writer.write(chunk)
                size += len(chunk)
                if size > before.size:
                    raise SourceChanged(str(source))
            writer.flush()
            os.fsync(writer.fileno())
        return digest.hexdigest(), size

    def _settle(self, temp: Path, digest: str, suffix: str) -> str:
        """Re-read the copy, then give it its final name; an equal copy that is there already serves."""
        with told_in_chinese("核对保存的文件"):
            if sha256_of(temp) != digest:
                raise StoreError("保存的文件与收到的不一致，磁盘可能有故障。原文件没有动，请检查磁盘。")
            kept = self.kept(digest)
            if kept is not None:
                return kept
            folder = self.vault / digest[:2]
            folder.mkdir(exist_ok=True)
            final = folder / (digest + suffix)
            temp.chmod(0o444)
            temp.replace(final)
            sync_folder(folder)
            sync_folder(self.vault)
            return self.relative(final)

    def kept(self, digest: str) -> str | None:
        """Return the vault path of the original with this sha256, if it is there and whole."""
        folder = self.vault / digest[:2]
        if not folder.is_dir():
            return None
        for path in folder.glob(f"{digest}*"):
            if sha256_of(path) == digest:
                return self.relative(path)
        return None

    def place(self, source: Path, folder: Path, name: str) -> str:
        """Copy ``source`` into ``folder`` as ``name`` (or the next free name); return its path below the root."""
        with told_in_chinese(f"把文件放入“{folder.name}”"):
            folder.mkdir(parents=True, exist_ok=True)
            temp = folder / f"{_TEMP}{uuid4().hex}.tmp"
            try:
                shutil.copyfile(source, temp)
                _sync_file(temp)
                final = self._link(temp, folder, name)
            finally:
                with suppress(OSError):
                    temp.unlink(missing_ok=True)
            sync_folder(folder)
        return self.relative(final)

    def place_at(self, source: Path, relative: str) -> None:
        """Make sure the planned ``relative`` path holds a copy of ``source``; used again after a crash."""
        target = self.path(relative)
        if stamp_of(target) is not None and sha256_of(target) == sha256_of(source):
            return
        placed = self.place(source, target.parent, target.name)
        if placed != relative:
            raise StoreError(f"“{relative}”已被另一个文件占用，没有覆盖它；新文件放在“{placed}”。")

    def write_new(self, data: bytes, folder: Path, name: str) -> str:
        """Write a new small file; like ``place``, never over another."""
        with told_in_chinese(f"写入“{name}”"):
            folder.mkdir(parents=True, exist_ok=True)
            temp = folder / f"{_TEMP}{uuid4().hex}.tmp"
            try:
                temp.write_bytes(data)
                _sync_file(temp)
                final = self._link(temp, folder, name)
            finally:
                with suppress(OSError):
                    temp.unlink(missing_ok=True)
        return self.relative(final)

    def write_status(self, data: bytes, path: Path) -> None:
        """Replace one of the software's own status files (never an original) in one step."""
        with told_in_chinese(f"更新“{path.name}”"):
            path.parent.mkdir(parents=True, exist_ok=True)
            temp = path.with_name(f"{_TEMP}{uuid4().hex}.tmp")
            try:
                temp.write_bytes(data)
                temp.replace(path)
            finally:
                with suppress(OSError):
                    temp.unlink(missing_ok=True)

    @staticmethod
    def _link(temp: Path, folder: Path, name: str) -> Path:
        while True:
            final = folder / unused(name, lambda other: os.path.lexists(folder / other))
            try:
                os.link(temp, final)
            except FileExistsError:
                continue
            except OSError:
                if os.path.lexists(final):
                    continue
                temp.rename(final)
            return final

    @staticmethod
    def remove_source(path: Path, stamp: Stamp) -> bool:
        """Remove a dropped file whose bytes are safe; False when it is no longer the file that was read."""
        if stamp_of(path) != stamp:
            return False
        try:
            path.unlink()
        except OSError:
            return False
        sync_folder(path.parent)
        return True


def _read(reader: object) -> bytes:
    try:
        return reader.read(_CHUNK)  # type: ignore[attr-defined, no-any-return]
    except OSError as error:
        raise SourceUnreadable(_read_reason(error)) from error


def _read_reason(error: OSError) -> str:
    if error.errno in {errno.EACCES, errno.EPERM}:
        return "没有读取权限，请检查文件权限"
    return f"读不出来（{error.strerror or error}）"


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file, as hex."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _sync_file(path: Path) -> None:
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())


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
