"""A backup's layout (备份): every distinct content once, by its sha256, and one list a backup of what stands where.

``objects/ab/<sha256>``     contents, never written over
``backups/<时间>.jsonl``     a list: one line with everything, one line with that line's sha256
``databases/<时间>.db``      index.db as it was then; the last few only, for the log of events can make it again
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from archivist.errors import BadInputError

FORMAT = "archivist 备份 1"
WORKSPACE, STORE = "workspace", "store"
"""What an entry's path is relative to."""


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """One file: where it stands, its sha256, size, time (mtime in ns), and what tells that it is unchanged."""

    base: str
    path: str
    sha256: str
    size: int
    mtime: int
    stamp: str = ""


@dataclass(slots=True)
class Manifest:
    """One backup. ``store`` is the store's root below the workspace, "" when it stood elsewhere."""

    at: str
    name: str
    store: str
    head: dict[str, Any]
    entries: list[ManifestEntry] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    database: str | None = None
    database_sha256: str = ""

    def data(self) -> bytes:
        """The file."""
        told = {
            "format": FORMAT,
            "at": self.at,
            "store": self.store,
            "head": self.head,
            "database": self.database,
            "database_sha256": self.database_sha256,
            "folders": self.folders,
            "files": [[e.base, e.path, e.sha256, e.size, e.mtime, e.stamp] for e in self.entries],
        }
        body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogateescape")
        return body + b"\n" + json.dumps({"sha256": hashlib.sha256(body).hexdigest()}).encode() + b"\n"


def object_path(folder: Path, sha256: str) -> Path:
    """Where a content is kept."""
    return folder / "objects" / sha256[:2] / sha256


def manifests(folder: Path) -> list[Path]:
    """The lists of a backup folder, oldest first."""
    return sorted((folder / "backups").glob("*.jsonl"), key=lambda path: path.stem)


def load_manifest(path: Path) -> Manifest:
    """Read a list and prove it.

    Raises:
        BadInputError: it is no list of ours, was altered, or names places outside the workspace.
    """
    try:
        body, _, rest = path.read_bytes().partition(b"\n")
        proven = json.loads(rest)["sha256"] == hashlib.sha256(body).hexdigest()
        told = json.loads(body.decode("utf-8", "surrogateescape"))
        if not proven or told["format"] != FORMAT:
            raise ValueError
        made = Manifest(
            told["at"],
            path.stem,
            told["store"],
            told["head"],
            [ManifestEntry(*one) for one in told["files"]],
            told["folders"],
            told["database"],
            told["database_sha256"],
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise BadInputError(f"备份清单“{path}”读不出来或被改过，不能用它恢复。") from None
    for place in [*(entry.path for entry in made.entries), *made.folders, made.store or "x"]:
        if not _inside(place):
            raise BadInputError(f"备份清单“{path}”里有越界的路径“{place}”，不能用它恢复。")
    if not all(_is_digest(entry.sha256) for entry in made.entries):
        raise BadInputError(f"备份清单“{path}”里的校验值不对，不能用它恢复。")
    return made


def _inside(place: str) -> bool:
    """Whether a path stays where it is put, on Linux and Windows."""
    parts = PurePosixPath(place).parts
    windows = PureWindowsPath(place)
    return (
        bool(parts)
        and not place.startswith("/")
        and ".." not in parts
        and not (windows.drive or windows.root)
    )


def _is_digest(text: str) -> bool:
    return len(text) == 64 and set(text) <= set("0123456789abcdef")


def files_below(root: Path, skip: frozenset[str]) -> Iterator[tuple[str, os.stat_result]]:
    """Regular files below ``root`` in order, but for the folders and files ``skip`` (paths below ``root``)."""
    for current, below, names in os.walk(root):
        here = Path(current).relative_to(root).as_posix()
        below[:] = sorted(n for n in below if f"{here}/{n}".removeprefix("./") not in skip)
        for name in sorted(names):
            relative = f"{here}/{name}".removeprefix("./")
            if relative in skip:
                continue
            try:
                found = Path(current, name).lstat()
            except OSError:
                continue
            if stat.S_ISREG(found.st_mode):
                yield relative, found
