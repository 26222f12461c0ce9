"""What waits: files in 收件箱 and files people put into project folders. A directory listing is the truth.

Nothing is read here but names and stamps. Links, devices and pipes are not followed or opened: only regular files
count. A file is taken when its stamp stood still for the settling time.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from archivist.core.filing import TOGETHER
from archivist.index.rows import INBOX, PROJECT
from archivist.store import Stamp, stamp_of

STATUS_PAGE = "归档状态.html"
METADATA = "档案元数据.json"
NOTE_SUFFIX = "（说明）.txt"

_OURS = frozenset({STATUS_PAGE, METADATA, "使用说明.html", "最近处理.html"})
_JUNK = frozenset({"thumbs.db", "desktop.ini", ".ds_store", "ehthumbs.db"})
_PARTIAL = (".part", ".crdownload", ".tmp", ".partial", ".filepart", ".download", "~")
_MACHINE_PREFIXES = ("~$", "._", ".~", ".archivist-", ".fuse_hidden", ".nfs")
_MACHINE_FOLDERS = frozenset({"@eadir", "__macosx", ".stfolder", ".stversions", "#recycle", "$recycle.bin"})


@dataclass(frozen=True, slots=True)
class Waiting:
    """One file that waits.

    ``name`` is the path people know (relative to 收件箱 for the inbox, to the store for project folders);
    ``project`` and ``item`` are set when the folder it lies in decides them.
    """

    path: Path
    name: str
    origin: str
    stamp: Stamp
    project: str | None = None
    item: int | None = None


def ignored(name: str) -> bool:
    """Whether a name is a lock, a thumbnail index, a half download or one of our own pages."""
    lower = name.lower()
    return (
        name in _OURS
        or lower in _JUNK
        or lower.endswith(_PARTIAL)
        or lower.startswith(_MACHINE_PREFIXES)
        or name.endswith(NOTE_SUFFIX)
    )


def in_inbox(inbox: Path) -> list[Waiting]:
    """List the files in the inbox, in order of name."""
    found = []
    for path, stamp in _files(inbox):
        found.append(Waiting(path, shown(path.relative_to(inbox).as_posix()), INBOX, stamp))
    return found


def shown(name: str) -> str:
    """A file name as text: names in GBK, as old systems write them, are read as such; odd bytes become \\x.."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


@dataclass(frozen=True, slots=True)
class ProjectPlace:
    """A project's folder and what its item folders are called."""

    code: str
    folder: Path
    items: dict[str, int]


def in_projects(root: Path, places: Iterable[ProjectPlace], known: set[str]) -> list[Waiting]:
    """List the files in project folders that this software did not put there (``known``: its own paths)."""
    found = []
    for place in places:
        for path, stamp in _files(place.folder):
            name = shown(path.relative_to(root).as_posix())
            if name in known:
                continue
            inside = path.relative_to(place.folder).parts
            if inside[0] == TOGETHER:
                continue
            item = place.items.get(inside[0]) if len(inside) > 1 else None
            found.append(Waiting(path, name, PROJECT, stamp, place.code, item))
    return found


def _files(folder: Path) -> Iterator[tuple[Path, Stamp]]:
    """Regular files below ``folder``, sorted; a folder that cannot be read or vanishes is passed over."""
    for current, folders, names in os.walk(folder, onerror=None, followlinks=False):
        folders[:] = sorted(name for name in folders if name.lower() not in _MACHINE_FOLDERS)
        for name in sorted(names):
            if ignored(name):
                continue
            path = Path(current, name)
            stamp = stamp_of(path)
            if stamp is not None:
                yield path, stamp


def settled(
    files: list[Waiting],
    seconds: float,
    sleep: Callable[[float], object] = time.sleep,
    clock: Callable[[], float] = time.time,
) -> list[Waiting]:
    """Return the files whose stamp stands still.

    Files last written longer ago than ``seconds`` are taken at once; for the others it waits that long, once, and
    looks again. What still changes is left for the next pass.
    """
    limit = clock() - seconds
    old = [file for file in files if file.stamp.mtime / 1e9 < limit]
    young = [file for file in files if file.stamp.mtime / 1e9 >= limit]
    if not young:
        return old
    sleep(seconds)
    return [file for file in files if file in old or stamp_of(file.path) == file.stamp]
