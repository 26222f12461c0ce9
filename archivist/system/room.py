"""How much room a disk has (磁盘空间), for whoever has to make some: which disk, what is left, what is needed."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from shutil import disk_usage

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
"""What the system says when it has no room, or no room for this user."""


def room_told(where: Path, needed: int | Path | None = None) -> str:
    """“/data”这个磁盘还剩 3 MB，需要 45 MB; "" when the disk does not say.

    Args:
        where: a file or folder on the disk, there or not. needed: bytes, or a file as large as what is to be written.
    """
    folder = next((one for one in (where, *where.parents) if os.path.isdir(one)), None)  # noqa: PTH112
    if folder is None:
        return ""
    try:
        free = disk_usage(folder).free
        wanted = needed.stat().st_size if isinstance(needed, Path) else needed
    except OSError:
        return ""
    told = f"“{_disk(folder)}”这个磁盘还剩 {size_told(free)}"
    if wanted is not None:
        told += f"，需要 {size_told(wanted)}"
        if free > wanted:
            told += "；够用而写不进去，可能是配额用完了"
    return told


def size_told(count: int) -> str:
    """A number of bytes as people read it: 3.2 MB; less than a tenth of one is 0 MB."""
    if count >= 1 << 30:
        return f"{count / (1 << 30):.1f} GB"
    return f"{count / (1 << 20):.1f} MB".replace(".0 MB", " MB")


def _disk(folder: Path) -> str:
    """Where the disk is mounted that a folder lies on; on Windows its drive."""
    if folder.drive:
        return folder.drive
    try:
        here, device = folder.resolve(), folder.stat().st_dev
        while here != here.parent and here.parent.stat().st_dev == device:
            here = here.parent
    except OSError:
        return str(folder)
    return str(here)
