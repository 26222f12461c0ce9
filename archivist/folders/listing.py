"""What waits: files in 收件箱 and files people put into project folders. A directory listing is the truth.

Nothing is read here but names and stamps. Links, devices and pipes are never followed or opened: only regular files
count, and what else lies there is told (``odd``).
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path

from archivist.core.document import INBOX, PROJECT
from archivist.core.leftalone import folder_of_a_program, is_shortcut, of_a_program
from archivist.store.layout import NOTE_SUFFIX, OWN_PAGES, PROJECT_PAGES
from archivist.system.fingerprints import Fingerprint, fingerprint_in, full_fingerprint_in


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """One file that waits.

    ``name`` is the path people know (relative to 收件箱 for the inbox, to the store for project folders); ``changed``
    is when the file was last touched (ns); ``project`` and ``item`` are set when the folder it lies in decides them.
    """

    path: Path
    name: str
    origin: str
    stamp: Fingerprint
    changed: int
    project: str | None = None
    item: int | None = None


@dataclass(slots=True)
class Listing:
    """Files that wait, and sentences about what lies there but cannot be taken.

    Of project folders also: the stamps of copies this software made (``known``), by path below the store's root.
    """

    files: list[WaitingFile] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    known: dict[str, Fingerprint] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProjectPlace:
    """A project's folder and what its item folders are called.

    ``there`` is False when the folder itself is gone; ``lost`` are the item folders that people took away, and
    ``pages`` which of our own pages stand there.
    """

    code: str
    folder: Path
    items: Mapping[str, int]
    there: bool = True
    lost: tuple[str, ...] = ()
    pages: frozenset[str] = PROJECT_PAGES


def ignored(name: str) -> bool:
    """Whether a file's name is a lock, a thumbnail index, a half download or one of our own pages."""
    return name in OWN_PAGES or name.endswith(NOTE_SUFFIX) or of_a_program(name)


def shown(name: str) -> str:
    """A file name as text: names in GBK, as old systems write them, are read as such; odd bytes are spelled out."""
    raw = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    return raw.decode("utf-8", "backslashreplace")


def in_inbox(inbox: Path, *others: Path) -> Listing:
    """List the files in the inbox, in order of name, then those in ``others``, which are taken in like it: their names
    begin with the folder's.
    """
    listing = Listing()
    for folder in (inbox, *others):
        start = "" if folder is inbox else f"{folder.name}/"
        for path, found in _files(folder, folder, listing.odd):
            name = start + shown(path.relative_to(folder).as_posix())
            listing.files.append(WaitingFile(path, name, INBOX, *_seen(found)))
    return listing


def in_projects(
    root: Path, projects: Path, places: Iterable[ProjectPlace], known: Collection[str]
) -> Listing:
    """List the files in project folders that this software did not put there.

    Args:
        root: the store's. projects: 项目档案. places: the projects' folders in it.
        known: paths below ``root`` of the copies this software made.
    """
    listing, folders = Listing(), set()
    for place in places:
        folders.add(place.folder)
        _in_project(root, place, known, listing)
    _astray(root, projects, folders, listing)
    return listing


def in_project(root: Path, place: ProjectPlace, known: Collection[str]) -> Listing:
    """List the files in one project's folder that this software did not put there; else as `in_projects`."""
    listing = Listing()
    _in_project(root, place, known, listing)
    return listing


def _in_project(root: Path, place: ProjectPlace, known: Collection[str], listing: Listing) -> None:
    for path, found in _files(place.folder, root, listing.odd):
        relative = path.relative_to(root).as_posix()
        if relative in known:
            listing.known[relative] = full_fingerprint_in(found)
            continue
        inside = path.relative_to(place.folder).parts
        item = place.items.get(inside[0]) if len(inside) > 1 else None
        listing.files.append(
            WaitingFile(path, shown(relative), PROJECT, *_seen(found), project=place.code, item=item)
        )


def strangers(root: Path, folder: Path, known: Collection[str]) -> list[WaitingFile]:
    """Files in 待确认 or 退回 that this software did not put there, as far as they can be read.

    Args:
        root, known: as for `in_projects`.
    """
    found = ((path, path.relative_to(root).as_posix(), seen) for path, seen in _files(folder, root, []))
    return [
        WaitingFile(path, shown(name), PROJECT, *_seen(seen))
        for path, name, seen in found
        if name not in known
    ]


def loose(root: Path, levels: Iterable[Path]) -> list[str]:
    """Names of the files that lie in these folders themselves, which hold folders only: whose they are nobody knows."""
    return [
        shown(Path(entry.path).relative_to(root).as_posix())
        for level in levels
        for entry in _entries(level)
        if not _hidden(entry.name) and not is_shortcut(entry.name) and entry.is_file(follow_symlinks=False)
    ]


def _astray(root: Path, projects: Path, folders: Collection[Path], listing: Listing) -> None:
    """What lies in 项目档案 or a township's folder, but in no project's: nobody would ever look at it.

    A file is taken as if it had been put into 收件箱; a folder may be somebody's own and is told.
    """
    townships = {folder.parent for folder in folders}
    known = {os.fspath(folder) for folder in folders} | {os.fspath(folder) for folder in townships}
    for level in (projects, *sorted(townships - {projects})):
        for entry in _entries(level):
            if entry.path in known or _hidden(entry.name):
                continue
            path = Path(entry.path)
            name = shown(path.relative_to(root).as_posix())
            if is_shortcut(entry.name):
                listing.odd.append(_a_shortcut(name))
            elif entry.is_file(follow_symlinks=False):
                with suppress(OSError):
                    listing.files.append(WaitingFile(path, name, PROJECT, *_seen(path.lstat())))
            elif not entry.is_dir(follow_symlinks=False) or any(_entries(path)):
                listing.odd.append(
                    f"“{name}”不在任何一个项目的文件夹里，没有处理。请移到项目文件夹里，或放入收件箱。"
                )


def _hidden(name: str) -> bool:
    """Whether nothing of this name between the projects' folders is a person's."""
    return name.startswith(".") or ignored(name) or folder_of_a_program(name)


_name = attrgetter("name")


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=_name)
    except OSError:
        return []


def _seen(found: os.stat_result) -> tuple[Fingerprint, int]:
    """A file's stamp, and when it was last touched: copying tools set an old mtime, but not an old ctime."""
    return fingerprint_in(found), max(found.st_mtime_ns, found.st_ctime_ns)


def _files(folder: Path, root: Path, odd: list[str]) -> Iterator[tuple[Path, os.stat_result]]:
    """Regular files below ``folder``, sorted; what is no file or cannot be looked into is told in ``odd``."""
    waiting = [os.fspath(folder)]
    while waiting:
        current = waiting.pop()
        try:
            with os.scandir(current) as found:
                entries = list(found)
        except OSError:
            if Path(current).is_dir():
                odd.append(
                    f"文件夹“{_shown_below(Path(current), root)}”打不开，里面的文件没有处理。请检查权限。"
                )
            continue
        if not entries:
            continue
        entries.sort(key=_name)
        below = []
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                below.append(entry)
            elif not ignored(entry.name):
                yield from _file(entry, root, odd)
        waiting += [entry.path for entry in reversed(below) if not folder_of_a_program(entry.name)]


def _file(entry: os.DirEntry[str], root: Path, odd: list[str]) -> Iterator[tuple[Path, os.stat_result]]:
    """A regular file and what is known of it; anything else, but for what vanished, is told in ``odd``."""
    path = Path(entry.path)
    with suppress(OSError):
        seen = path.lstat()  # not the entry's: on Windows that lacks the file's number
        if stat.S_ISREG(seen.st_mode) and is_shortcut(entry.name):
            odd.append(_a_shortcut(_shown_below(path, root)))
        elif stat.S_ISREG(seen.st_mode):
            yield path, seen
        else:
            odd.append(_not_a_file(_shown_below(path, root), seen.st_mode))


def _shown_below(path: Path, root: Path) -> str:
    return shown(path.relative_to(root).as_posix()) if path != root else path.name


def _not_a_file(name: str, mode: int) -> str:
    if stat.S_ISLNK(mode):
        return f"“{name}”是快捷链接，不是文件，没有处理。请把它指向的文件复制过来，再删除这个链接。"
    return f"“{name}”不是普通文件（设备或管道），没有处理，请删除。"


def folders_in(folder: Path) -> list[Path]:
    """The folders right below ``folder``, by name, but for bins and the like; none where it cannot be looked into."""
    return [
        Path(entry.path)
        for entry in _entries(folder)
        if not folder_of_a_program(entry.name) and entry.is_dir(follow_symlinks=False)
    ]


def _a_shortcut(name: str) -> str:
    return f"“{name}”是快捷方式，不是文件本身，没有处理。请把它指向的文件复制过来，再删除这个快捷方式。"


def remove_empty_folders(inbox: Path, may_go: Callable[[Path, int], bool]) -> None:
    """Remove empty sub-folders of the inbox for which ``may_go(folder, mtime in ns)``; never the inbox itself, no bin.

    A folder that someone fills at this instant is not empty for the file system either.
    """
    below: list[Path] = []
    for current, folders, _ in os.walk(inbox, followlinks=False):
        folders[:] = [name for name in folders if not folder_of_a_program(name)]
        below += [Path(current, name) for name in folders]
    _remove(reversed(below), may_go)


def remove_if_empty(folders: Iterable[Path], may_go: Callable[[Path, int], bool]) -> None:
    """Remove those of ``folders`` that are empty, inner ones first, as `remove_empty_folders` does."""
    _remove(sorted(folders, key=lambda folder: len(folder.parts), reverse=True), may_go)


def _remove(folders: Iterable[Path], may_go: Callable[[Path, int], bool]) -> None:
    for folder in folders:
        with suppress(OSError):
            if not any(_entries(folder)) and may_go(folder, folder.lstat().st_mtime_ns):
                folder.rmdir()
