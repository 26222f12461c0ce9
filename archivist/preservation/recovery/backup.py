"""``backup``: a consistent copy while ``watch`` runs, incremental by content (备份).

Most is copied without a lock. Then, with the write lock held for a moment, the database, the log and what changed in
between are taken, so that all of one list belongs together. Interrupted, the next run goes on: contents that are there
are not copied again, and a list is written last, whole or not at all.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from archivist.errors import StoreError, UsageError
from archivist.index.memory import BACKUPS
from archivist.index.snapshot import take_snapshot
from archivist.preservation.fixity.anchor import head_record
from archivist.preservation.fixity.hashing import hash_file
from archivist.preservation.recovery.manifest import (
    STORE,
    WORKSPACE,
    Manifest,
    ManifestEntry,
    files_below,
    load_manifest,
    manifests,
    object_path,
)
from archivist.system.clock import now
from archivist.system.durable import copy_flushed, sync_folder, told_in_chinese

if TYPE_CHECKING:
    from archivist.workspace.opened import Workspace

_KEPT_DATABASES = 3
_STORE_SKIP = frozenset(
    f".archivist/{name}"
    for name in (
        "scratch",
        "taken",
        *(f"{lock}{end}" for lock in ("lock", "intake-lock", "watch-lock") for end in ("", ".json", "-turn")),
        "index.db",
        "index.db-wal",
        "index.db-shm",
        "index.db-journal",
        "index-new.db",
        "events-new",
    )
)
_OWN = ("archivist.toml", "schemas", "doc_templates")
_README = (
    "这是 archivist 的备份。恢复：archivist restore 这个文件夹 --to 新工作区文件夹\n"
    "没有软件时：backups 里最新的清单第一行是 JSON，files 列出每个文件的位置和校验值（sha256），"
    "内容在 objects/校验值前两位/校验值。\n"
)


@dataclass(slots=True)
class BackedUp:
    """What a backup did: ``copied`` contents of ``bytes`` were new; ``problems`` are Chinese sentences."""

    manifest: Path | None = None
    files: int = 0
    copied: int = 0
    bytes: int = 0
    problems: list[str] = field(default_factory=list)


class Backup:
    """One run.

    Args:
        folder: where backups go. full: read every file again, even one that looks unchanged since the last backup.
        stop: asked between files.
    """

    def __init__(
        self, workspace: Workspace, folder: Path, full: bool = False, stop: Callable[[], bool] = lambda: False
    ) -> None:
        self._workspace, self._folder, self._stop = workspace, folder.absolute(), stop
        self._known: dict[tuple[str, str], ManifestEntry] = {} if full else self._last()
        self._result = BackedUp()

    def run(self) -> BackedUp:
        """Make the backup; UsageError or StoreError when the place is wrong or refuses."""
        self._check_place()
        with told_in_chinese("写备份", self._folder):
            for name in ("objects", "backups", "databases"):
                (self._folder / name).mkdir(parents=True, exist_ok=True)
            self._clear()
            self._known |= {(one.base, one.path): one for one in self._entries()}
            with self._workspace.intake("backup", 600.0), self._workspace.writing("backup", 600.0) as index:
                made = Manifest(now(), self._free_name(), self._store_place(), head_record(index))
                self._take_database(made)
                made.entries, made.folders = self._entries(), self._folders()
                self._write(self._folder / "backups" / f"{made.name}.jsonl", made.data())
                told = {
                    "files": len(made.entries),
                    "copied": self._result.copied,
                    "bytes": self._result.bytes,
                }
                with index.change():
                    index.event("backup", str(self._folder), list=made.name, **told)
            self._forget_databases()
            self._remember()
        self._result.manifest = self._folder / "backups" / f"{made.name}.jsonl"
        self._result.files = len(made.entries)
        return self._result

    def _check_place(self) -> None:
        root, here = self._workspace.store.root.resolve(), self._folder.resolve()
        if here == root or root in here.parents or here in root.parents:
            raise UsageError(
                "备份不能放在档案库里面，档案库也不能在备份文件夹里面。请换一个位置，最好是另一块盘。"
            )
        there = here.is_dir() and any(here.iterdir())
        if there and not (here / "backups").is_dir():
            raise UsageError(f"“{self._folder}”里有别的东西，没有备份到这里。请用一个空文件夹。")

    def _store_place(self) -> str:
        """The store's root below the workspace; "" when it is elsewhere."""
        with suppress(ValueError):
            root, workspace = self._workspace.store.root.resolve(), self._workspace.config.workspace.resolve()
            return root.relative_to(workspace).as_posix()
        return ""

    def _last(self) -> dict[tuple[str, str], ManifestEntry]:
        for path in reversed(manifests(self._folder)):
            with suppress(Exception):
                return {(one.base, one.path): one for one in load_manifest(path).entries}
        return {}

    def _free_name(self) -> str:
        """A name that sorts after all there are, whatever the clock says."""
        taken = [path.stem for path in manifests(self._folder)]
        stamp = max([time.strftime("%Y%m%d-%H%M%S"), *taken])
        return next(n for n in (stamp, *(f"{stamp}-{c:02d}" for c in range(2, 100))) if n not in taken)

    # -- contents --------------------------------------------------------------------------------------------------

    def _entries(self) -> list[ManifestEntry]:
        """Every file as it is now, its content in the backup."""
        config, found = self._workspace.config, []
        for relative, seen in files_below(config.store_root, _STORE_SKIP):
            found.append(self._entry(STORE, config.store_root, relative, seen))
        for own in _OWN:
            place = config.workspace / own
            if place.is_file():
                found.append(self._entry(WORKSPACE, config.workspace, own, place.lstat()))
            for relative, seen in files_below(place, frozenset()) if place.is_dir() else ():
                found.append(self._entry(WORKSPACE, config.workspace, f"{own}/{relative}", seen))
        return [entry for entry in found if entry is not None]

    def _folders(self) -> list[str]:
        root = self._workspace.config.store_root
        return sorted(
            Path(current).relative_to(root).as_posix()
            for current, _, _ in os.walk(root)
            if Path(current) != root and ".archivist" not in Path(current).relative_to(root).parts
        )

    def _entry(self, base: str, root: Path, relative: str, seen: os.stat_result) -> ManifestEntry | None:
        if self._stop():
            raise KeyboardInterrupt
        stamp = f"{seen.st_size} {seen.st_mtime_ns} {seen.st_ctime_ns} {seen.st_ino}"
        known = self._known.get((base, relative))
        if known is not None and known.stamp == stamp and self._has(known.sha256, known.size):
            return known
        try:
            sha256, size = self._copy(root / relative)
        except FileNotFoundError:
            return (
                None  # moved or taken since it was listed: the list made with the lock held is the true one
            )
        except PermissionError as error:
            self._result.problems.append(f"“{relative}”读不出来（{error.strerror}），没有备份。请检查权限。")
            return None
        return ManifestEntry(base, relative, sha256, size, seen.st_mtime_ns, stamp)

    def _has(self, sha256: str, size: int) -> bool:
        try:
            return object_path(self._folder, sha256).stat().st_size == size
        except OSError:
            return False

    def _copy(self, source: Path) -> tuple[str, int]:
        """Put a file's content into the backup, unless it is there; prove what was written."""
        temp = self._folder / "objects" / f".archivist-{uuid4().hex}"
        try:
            sha256 = copy_flushed(source, temp)
            size = temp.stat().st_size
            target = object_path(self._folder, sha256)
            if not self._has(sha256, size):
                if hash_file(temp).sha256 != sha256:
                    raise StoreError("写进备份的内容与原文件不一致，备份盘可能有故障。请换一块盘。")
                target.parent.mkdir(exist_ok=True)
                temp.replace(target)
                sync_folder(target.parent)
                self._result.copied += 1
                self._result.bytes += size
            return sha256, size
        finally:
            with suppress(OSError):
                temp.unlink(missing_ok=True)

    # -- database and list -----------------------------------------------------------------------------------------

    def _take_database(self, made: Manifest) -> None:
        """SQLite's own copy of a database in use, proven whole."""
        temp = self._folder / "databases" / f".archivist-{uuid4().hex}"
        try:
            take_snapshot(self._workspace.index_path, temp)
            with temp.open("r+b") as handle:
                os.fsync(handle.fileno())
            made.database, made.database_sha256 = f"{made.name}.db", hash_file(temp).sha256
            temp.replace(self._folder / "databases" / made.database)
        finally:
            temp.unlink(missing_ok=True)

    def _write(self, path: Path, data: bytes) -> None:
        temp = path.with_name(f".archivist-{uuid4().hex}")
        with temp.open("xb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        temp.replace(path)
        sync_folder(path.parent)

    def _clear(self) -> None:
        """Throw away what an interrupted run left half written; tell people what this folder is."""
        for name in ("objects", "backups", "databases"):
            for path in (self._folder / name).glob(".archivist-*"):
                path.unlink(missing_ok=True)
        readme = self._folder / "说明.txt"
        if not readme.exists():
            self._write(readme, _README.encode("utf-8-sig"))

    def _remember(self) -> None:
        """Remember where it is: an archive that lost its memory says where to get it back."""
        with (self._workspace.store.private / BACKUPS).open("a", encoding="utf-8") as stream:
            stream.write(f"{self._folder}\n")

    def _forget_databases(self) -> None:
        """Older lists keep the log, which the database can be made of."""
        for path in sorted((self._folder / "databases").glob("*.db"), key=lambda one: one.stem)[
            :-_KEPT_DATABASES
        ]:
            path.unlink(missing_ok=True)
