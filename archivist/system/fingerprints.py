"""Stamps (戳记): what tells that a file is still the same without reading it."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, replace
from pathlib import Path

_SHARED: set[int] = set()
"""The devices of shares that stores lie on."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What tells that a file is still the same: size in bytes, mtime in ns, inode (0 on a share, where it may change
    while the file does not).

    ``changed`` is the ctime in ns, which no program can set: of filed copies only, for others may change it by renaming.
    """

    size: int
    mtime: int
    inode: int
    changed: int = 0

    def __str__(self) -> str:
        plain = f"{self.size} {self.mtime} {self.inode}"
        return f"{plain} {self.changed}" if self.changed else plain


def remember_share(root: Path) -> None:
    """Remember that the store at ``root`` lies on a share: numbers of files count for nothing there."""
    _SHARED.add(root.stat().st_dev)


def fingerprint_of(path: Path) -> Fingerprint | None:
    """Return the stamp of a regular file (links are not followed), or None when there is none."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return fingerprint_in(found) if stat.S_ISREG(found.st_mode) else None


def fingerprint_in(found: os.stat_result) -> Fingerprint:
    """The stamp in what the file system told."""
    return Fingerprint(found.st_size, found.st_mtime_ns, 0 if found.st_dev in _SHARED else found.st_ino)


def full_fingerprint_in(found: os.stat_result) -> Fingerprint:
    """The stamp of a filed copy, with its ctime; on Windows that is when the file was made, which tells nothing."""
    return (
        fingerprint_in(found)
        if os.name == "nt"
        else replace(fingerprint_in(found), changed=found.st_ctime_ns)
    )


def full_fingerprint_of(path: Path) -> Fingerprint | None:
    """As `stamp_of`, with the ctime."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return full_fingerprint_in(found) if stat.S_ISREG(found.st_mode) else None
