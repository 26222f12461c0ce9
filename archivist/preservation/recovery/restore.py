"""``restore``: a workspace out of a backup (恢复). Everything is proven before anything is written; nothing is replaced."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from archivist.errors import BadInputError, StoreError, UsageError
from archivist.preservation.fixity.hashing import hash_file, hash_files
from archivist.preservation.recovery.manifest import (
    WORKSPACE,
    Manifest,
    ManifestEntry,
    load_manifest,
    manifests,
    object_path,
)
from archivist.system.durable import copy_flushed, sync_folder, told_in_chinese

_SETTINGS = "archivist.toml"
_ROOT = re.compile(r"(?m)^[ \t]*root[ \t]*=.*$")


@dataclass(slots=True)
class Restored:
    """What a restore did: ``damaged`` are sentences about contents that are not what they were."""

    manifest: Manifest
    files: int = 0
    bytes: int = 0
    damaged: list[str] = field(default_factory=list)
    with_database: bool = False


def choose_backup(folder: Path, name: str | None) -> Manifest:
    """The list named, or the newest.

    Raises:
        BadInputError: the folder is no backup, or the list is not there or was altered.
    """
    found = manifests(folder)
    if not found:
        raise BadInputError(f"“{folder}”里没有备份。请指向 archivist backup 用过的那个文件夹。")
    if name is None:
        return load_manifest(found[-1])
    for path in found:
        if path.stem == name.removesuffix(".jsonl"):
            return load_manifest(path)
    raise BadInputError(f"没有名为“{name}”的备份。有的是：{'、'.join(path.stem for path in found[-10:])}。")


def check_backup(folder: Path, manifest: Manifest) -> Restored:
    """Prove every content of a backup."""
    restored = Restored(manifest)
    contents: dict[str, ManifestEntry] = {}
    for entry in manifest.entries:
        contents.setdefault(entry.sha256, entry)
    wanted = ((entry, object_path(folder, entry.sha256), False) for entry in contents.values())
    wrong: dict[str, str] = {}
    for entry, hashed in hash_files(wanted):
        restored.bytes += hashed.size
        if hashed.sha256 != entry.sha256:
            wrong[entry.sha256] = {"": "被改过或损坏", "missing": "不见了"}.get(
                hashed.trouble, hashed.trouble
            )
    for entry in manifest.entries:
        if entry.sha256 in wrong:
            restored.damaged.append(
                f"“{entry.path}”的内容{wrong[entry.sha256]}（objects/…/{entry.sha256[:16]}…）"
            )
    restored.files = len(manifest.entries)
    database = folder / "databases" / (manifest.database or "x")
    restored.with_database = hash_file(database).sha256 == manifest.database_sha256
    return restored


def restore(folder: Path, target: Path, manifest: Manifest, partial: bool = False) -> Restored:
    """Make a workspace at ``target``.

    Args:
        partial: restore what is whole even when something is damaged.

    Raises:
        UsageError: the target holds something else. StoreError: something is damaged, or the disk refuses.
    """
    target = target.absolute()
    _check_target(target, manifest)
    restored = check_backup(folder, manifest)
    if restored.damaged and not partial:
        listed = "\n".join(f"  · {one}" for one in restored.damaged[:20])
        more = f"\n  ……一共 {len(restored.damaged)} 个" if len(restored.damaged) > 20 else ""
        raise StoreError(
            f"备份里有 {len(restored.damaged)} 个文件的内容不完好，什么都没有恢复：\n{listed}{more}\n"
            "请换一份备份（--at），或加 --partial 只恢复完好的。"
        )
    with told_in_chinese("恢复备份"):
        _carry_out(folder, target, restored)
    return restored


def _carry_out(folder: Path, target: Path, restored: Restored) -> None:
    """Settings come last: before that the folder is no workspace that anybody could open."""
    manifest = restored.manifest
    store = target / (manifest.store or "archive_store")
    store.mkdir(parents=True, exist_ok=True)
    for place in manifest.folders:
        (store / place).mkdir(parents=True, exist_ok=True)
    entries = sorted(manifest.entries, key=lambda entry: entry.path == _SETTINGS)
    for entry in entries:
        source = object_path(folder, entry.sha256)
        if entry.path == _SETTINGS and entry.base == WORKSPACE:
            if restored.with_database:
                database = folder / "databases" / (manifest.database or "")
                _place(database, store / ".archivist" / "index.db", manifest.database_sha256)
            _settings(source, target, manifest)
            continue
        path = (target if entry.base == WORKSPACE else store) / entry.path
        with suppress(_Damaged):
            _place(source, path, entry.sha256)
            _as_it_was(path, entry)


class _Damaged(Exception):
    pass


def _place(source: Path, path: Path, sha256: str) -> None:
    """Write a file, whole or not at all, unless it stands there already (an interrupted restore goes on)."""
    if hash_file(path).sha256 == sha256:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temp = path.with_name(f".archivist-{uuid4().hex}")
    try:
        if copy_flushed(source, temp) != sha256:
            raise _Damaged
        temp.rename(path)
        sync_folder(path.parent)
    except FileNotFoundError:
        raise _Damaged from None
    finally:
        temp.unlink(missing_ok=True)


def _as_it_was(path: Path, entry: ManifestEntry) -> None:
    with suppress(OSError):
        os.utime(path, ns=(entry.mtime, entry.mtime))
        if entry.path.startswith(".archivist/originals/"):
            path.chmod(0o444)


def _settings(source: Path, target: Path, manifest: Manifest) -> None:
    """The settings; where the store stood elsewhere they name its new place, never the old one."""
    words = source.read_bytes()
    if not manifest.store:
        text = words.decode("utf-8-sig")
        words = _ROOT.sub('root = "archive_store"', text, count=1).encode("utf-8")
    temp = target / f".archivist-{uuid4().hex}"
    temp.write_bytes(words)
    temp.rename(target / _SETTINGS)
    sync_folder(target)


# -- the target ----------------------------------------------------------------------------------------------------


def _check_target(target: Path, manifest: Manifest) -> None:
    """A new place, an empty one, or one that holds nothing but what an interrupted restore of this list wrote."""
    if not os.path.lexists(target):
        return
    if not target.is_dir():
        raise UsageError(f"“{target}”不是文件夹，没有恢复。请换一个位置。")
    store = target / (manifest.store or "archive_store")
    wanted = {
        (target if entry.base == WORKSPACE else store) / entry.path: entry.sha256
        for entry in manifest.entries
    }
    wanted[store / ".archivist" / "index.db"] = manifest.database_sha256
    for path in _everything(target):
        if path.name.startswith(".archivist-") or hash_file(path).sha256 == wanted.get(path):
            continue
        raise UsageError(
            f"“{target}”里已经有别的文件（{path.relative_to(target)}），没有恢复，什么都没有动。请用一个新的文件夹。"
        )


def _everything(target: Path) -> Iterator[Path]:
    for current, _, names in os.walk(target):
        yield from (Path(current, name) for name in names)
