"""The only writer of the store: safe copies, filing, rejecting. Nothing here ever overwrites or alters an original.

A received file is first copied into the vault (``.archivist/originals``, named by its sha256), flushed, read again
and compared. Only then, and only after the database has committed, may its source go. What stands in the folders
people see (项目档案, 待确认) is a copy of the vault's, made under a temporary name and linked into place, never over
a file.

Residual risks accepted: on file systems without hard links the last step is "check, then rename", and a person could
create the same name in that instant; on a local disk of a system that cannot tell that a file is still open for writing
(see `locks.being_written`), a program that pauses longer than the settling time in the middle of it writes the rest into
a file that is gone from 收件箱. (On a share such a file is kept for a while: see `halves`.)
"""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import BinaryIO
from uuid import uuid4

from archivist.core.naming import safe_suffix
from archivist.errors import StoreError
from archivist.store.drops import SourceChanged, SourceUnreadable, chunks, opened
from archivist.system.durable import (
    copy_proved,
    is_folder,
    link_free,
    link_into,
    numbered,
    sha256_of,
    sync_folder,
    told_in_chinese,
)
from archivist.system.fingerprints import Fingerprint, fingerprint_of, remember_share
from archivist.system.mounts import on_network
from archivist.system.wholeness import looks_unfinished

_CHUNK = 1 << 20
_TEMP = ".archivist-"


@dataclass(frozen=True, slots=True)
class Accession:
    """A safe copy: ``vault`` is the path below the store's root, ``stamp`` the source as it was read."""

    sha256: str
    size: int
    vault: str
    stamp: Fingerprint


class Store:
    """One workspace's store below ``root``; ``mark`` is a file elsewhere that remembers that it has been there."""

    def __init__(self, root: Path, mark: Path | None = None) -> None:
        self.root, self._mark = root, mark
        self.private = root / ".archivist"
        self.vault = self.private / "originals"
        self.scratch = self.private / "scratch"
        self.taken = self.private / "taken"
        self.on_share = False
        self._flushing = threading.local()

    def prepare(self) -> None:
        """Make the private folders; StoreError when the store is not there or the disk refuses.

        The root itself is never made here, nor the private folder where it has been before: a share that is not
        connected, its empty mount point included, must not look like an empty store.
        """
        if not is_folder(self.root):
            raise StoreError(
                f"档案库文件夹“{self.root}”不见了。请检查共享盘是否断开；如果是新换的位置，请先建好这个文件夹。"
            )
        if not is_folder(self.private) and self._marked() == str(self.root):
            raise StoreError(
                f"档案库文件夹“{self.root}”里原有的档案不见了。请检查共享盘是否断开；"
                f"如果确实要在这里重新建一个空的档案库，请先删除“{self._mark}”。"
            )
        with told_in_chinese("准备档案库文件夹", self.root):
            self.on_share = on_network(self.root)
            if self.on_share:
                remember_share(self.root)
            for folder in (self.vault, self.scratch):
                folder.mkdir(parents=True, exist_ok=True)
        if self._mark is not None and self._marked() != str(self.root):
            with suppress(OSError):
                self._mark.write_text(str(self.root), "utf-8")

    def _marked(self) -> str:
        """Where the store stood when it was there last; empty when nobody knows."""
        with suppress(OSError, ValueError):
            return "" if self._mark is None else self._mark.read_text("utf-8")
        return ""

    def is_there(self) -> bool:
        """Whether the store can be reached: an empty mount point has no private folder."""
        return is_folder(self.scratch)

    def clear_scratch(self) -> None:
        """Throw away what an interrupted run left half made. Call it with the intake held: a pass reads in there."""
        for path in self.scratch.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                with suppress(OSError):
                    path.unlink()

    def scratch_folder(self, prefix: str) -> Path:
        """A new folder of the scratch; `drop_scratch` throws it away."""
        with told_in_chinese("准备档案库文件夹"):
            return Path(mkdtemp(prefix=prefix, dir=self.scratch))

    @staticmethod
    def drop_scratch(folder: Path) -> None:
        """Throw a folder of the scratch away, with all that is in it."""
        shutil.rmtree(folder, ignore_errors=True)

    def now(self) -> int:
        """The time in ns as the store's file system tells it: a share's clock may differ from ours."""
        with told_in_chinese("写入档案库", self.scratch):
            probe = self.scratch / f"{_TEMP}clock"
            probe.write_bytes(b"")
            return probe.stat().st_mtime_ns

    def path(self, relative: str) -> Path:
        """Return the absolute path of a path kept in the index."""
        return self.root / relative

    def relative(self, path: Path) -> str:
        """Return ``path`` below the root with forward slashes, as it is kept in the index."""
        return path.relative_to(self.root).as_posix()

    def raw(self, path: Path) -> bytes:
        """Return ``path`` below the root as the bytes the file system knows: names need not be text."""
        return os.fsencode(path.relative_to(self.root).as_posix())

    def from_raw(self, raw: bytes) -> Path:
        """The way back from `raw`."""
        return self.root / os.fsdecode(raw)

    @contextmanager
    def flushed_together(self) -> Iterator[None]:
        """Flush each folder once for all names made in it or taken from it meanwhile, at the end.

        What relies on them must come after. When an error ends it nothing is flushed, for nothing may rely on it.
        """
        if self._unflushed() is not None:  # within another
            yield
            return
        folders: set[Path] = set()
        self._flushing.folders = folders
        try:
            yield
            self._flushing.folders = None
            for folder in sorted(folders, key=lambda folder: len(folder.parts), reverse=True):
                sync_folder(folder)
        finally:
            self._flushing.folders = None

    def _unflushed(self) -> set[Path] | None:
        """The folders to be flushed by this thread: another's do not wait for it."""
        folders: set[Path] | None = getattr(self._flushing, "folders", None)
        return folders

    def _flush(self, folder: Path) -> None:
        folders = self._unflushed()
        if folders is None:
            sync_folder(folder)
        else:
            folders.add(folder)

    # -- taking in -------------------------------------------------------------------------------------------------

    def accession(self, source: Path, name: str = "") -> Accession:
        """Copy ``source`` (known to people as ``name``) into the vault and prove the copy.

        Raises:
            SourceChanged: it was not the same before and after reading.
            SourceUnreadable: it cannot be read.
            StoreError: the copy cannot be written (disk full, read-only …).
        """
        temp = self.scratch / f"{_TEMP}{uuid4().hex}"
        self._require_no_link_on_the_way(source)
        try:
            with opened(source) as (reader, before):
                digest = self._copy_in(reader, temp, before)
            if fingerprint_of(source) != before:
                raise SourceChanged(str(source))
            vault = self._settle(temp, digest, safe_suffix(name or source.name))
        finally:
            with suppress(OSError):
                temp.unlink(missing_ok=True)
        return Accession(digest, before.size, vault, before)

    def joined(self, parts: Sequence[Path], name: str) -> Accession | None:
        """Take in what ``parts`` are together, one after the other, if that is whole; None when it is not."""
        temp = self.scratch / f"{_TEMP}{uuid4().hex}"
        try:
            with told_in_chinese("合并分几次写入的文件", temp), temp.open("xb") as writer:
                for part in parts:
                    writer.write(part.read_bytes())
            return None if looks_unfinished(temp) else self.accession(temp, name)
        except (SourceChanged, SourceUnreadable):  # in our own folder: somebody meddles; the parts are safe
            return None
        finally:
            with suppress(OSError):
                temp.unlink(missing_ok=True)

    def measure(self, source: Path) -> tuple[str, Fingerprint]:
        """Return the sha256 and stamp of a dropped file without taking it in; raises as `accession` does."""
        self._require_no_link_on_the_way(source)
        digest, size = hashlib.sha256(), 0
        with opened(source) as (reader, before):
            for chunk in chunks(reader):
                digest.update(chunk)
                size += len(chunk)
        if fingerprint_of(source) != before or size != before.size:
            raise SourceChanged(str(source))
        return digest.hexdigest(), before

    def _require_no_link_on_the_way(self, source: Path) -> None:
        """A folder that was swapped for a link would have us read, and then remove, a file from outside.

        The first folder below the root (收件箱) may be a link: that is an administrator's doing.
        """
        if not source.is_relative_to(self.root):
            return
        first, *below = source.parent.relative_to(self.root).parts or ("",)
        folder = self.root / first
        for name in below:
            folder /= name
            if folder.is_symlink():
                raise SourceChanged(str(source))

    @staticmethod
    def _copy_in(reader: BinaryIO, temp: Path, before: Fingerprint) -> str:
        """Copy, flush, and return the sha256 of what was read; SourceChanged when it is not ``before.size``."""
        digest, size = hashlib.sha256(), 0
        with told_in_chinese("保存收到的文件", temp, before.size), temp.open("xb") as writer:
            for chunk in chunks(reader):
                digest.update(chunk)
                writer.write(chunk)
                size += len(chunk)
                if size > before.size:
                    raise SourceChanged
            writer.flush()
            os.fsync(writer.fileno())
        if size != before.size:
            raise SourceChanged
        return digest.hexdigest()

    def _settle(self, temp: Path, digest: str, suffix: str) -> str:
        """Re-read the copy, then give it its final name; an equal copy that is there already serves."""
        with told_in_chinese("核对保存的文件"):
            if sha256_of(temp) != digest:
                raise StoreError("保存的文件与收到的不一致，磁盘可能有故障。原文件没有动，请检查磁盘。")
            kept = self.kept(digest)
            if kept is not None:
                return kept
            folder = self.vault / digest[:2]
            known = folder.is_dir()
            folder.mkdir(exist_ok=True)
            final = link_free(temp, folder, (f"{digest}{mark}{suffix}" for mark in numbered()))
            with suppress(OSError):
                final.chmod(0o444)
            self._flush(folder)
            if not known:
                self._flush(self.vault)
            return self.relative(final)

    def kept(self, digest: str) -> str | None:
        """Return the vault path of the original with this sha256, if it is there and whole."""
        folder = self.vault / digest[:2]
        try:
            names = sorted(name for name in os.listdir(folder) if name.startswith(digest))  # noqa: PTH208 (fast)
        except OSError:
            return None
        for name in names:
            if sha256_of(folder / name) == digest:
                return self.relative(folder / name)
        return None

    # -- giving out ------------------------------------------------------------------------------------------------

    def place(self, source: Path, target: Path, sha256: str) -> None:
        """Make a copy of ``source`` stand at ``target``.

        Raises:
            Occupied: another file stands there.
            ArchivistError: ``source`` no longer has the ``sha256`` it had when it was taken in.
            StoreError: the disk refuses.
        """
        temp = self.scratch / f"{_TEMP}{uuid4().hex}"
        try:
            with told_in_chinese(f"把文件放入“{target.parent.name}”", temp, source):
                copy_proved(source, temp, sha256)
                target.parent.mkdir(parents=True, exist_ok=True)
                link_into(temp, target)
                self._flush(target.parent)
        finally:
            with suppress(OSError):
                temp.unlink(missing_ok=True)

    @staticmethod
    def move_in(source: Path, target: Path) -> None:
        """Make a file too large to copy stand at ``target`` as well (or only there, without hard links)."""
        with told_in_chinese(f"把文件移到“{target.parent.name}”"):
            target.parent.mkdir(parents=True, exist_ok=True)
            link_into(source, target)
            sync_folder(target.parent)

    def holds(self, relative: str, sha256: str | None) -> bool:
        """Whether the file at ``relative`` is there with these bytes."""
        path = self.path(relative)
        if fingerprint_of(path) is None:
            return False
        with told_in_chinese(f"核对“{path.name}”"):
            return sha256_of(path) == sha256

    def write_status(self, data: bytes, path: Path) -> None:
        """Replace one of the software's own status files (never an original) in one step."""
        temp = self.scratch / f"{_TEMP}{uuid4().hex}"
        with told_in_chinese(f"更新“{path.name}”", path.parent):
            try:
                with temp.open("xb") as writer:  # first, for a share that is gone has no place for it
                    writer.write(data)
                    writer.flush()
                    os.fsync(writer.fileno())
                path.parent.mkdir(parents=True, exist_ok=True)
                temp.replace(path)
            finally:
                with suppress(OSError):
                    temp.unlink(missing_ok=True)

    def set_aside(self, paths: Sequence[Path]) -> Path:
        """Move damaged or unknown files of the private folder out of the way, together; return the folder they are in."""
        stamp = time.strftime("%Y%m%d-%H%M%S")
        with told_in_chinese("把损坏的文件移到一旁"):
            for mark in numbered():
                folder = self.private / "aside" / f"{stamp}{mark}"
                with suppress(FileExistsError):
                    folder.mkdir(parents=True)
                    break
            for path in paths:
                path.rename(folder / path.name)
                sync_folder(path.parent)
            sync_folder(folder)
        return folder

    @staticmethod
    def move_in_place(new: Path, target: Path) -> None:
        """Let a file of our own that was made beside ``target`` take its place, in one step."""
        with told_in_chinese(f"更新“{target.name}”", target.parent):
            new.replace(target)
            sync_folder(target.parent)

    def move_folder(self, before: Path, after: Path) -> bool:
        """Give a project's folder another name or place, with all that people have in it; False when that cannot be: it
        is not there, another stands in its place, somebody has a file in it open.
        """
        if not is_folder(before) or os.path.lexists(after):
            return False
        try:
            after.parent.mkdir(parents=True, exist_ok=True)
            before.rename(after)
        except OSError:
            return False
        for parent in {before.parent, after.parent}:
            sync_folder(parent)
        return True

    def remove_empty(self, folders: Iterable[Path]) -> None:
        """Take away those of our folders that are empty, in the order given; what holds anything stays."""
        for folder in folders:
            with suppress(OSError):
                folder.rmdir()

    def set_apart(self, path: Path, name: str) -> bool:
        """Take a drop out of people's sight, still the same file for whoever writes into it; False when refused."""
        try:
            self.taken.mkdir(exist_ok=True)
            path.rename(self.taken / name)
        except OSError:
            return False
        self._flush(path.parent)
        return True

    def remove(self, path: Path) -> bool:
        """Remove a file whose bytes are safe elsewhere; False when the file system refuses."""
        try:
            path.unlink(missing_ok=True)
        except OSError:
            return False
        self._flush(path.parent)
        return True
