"""Which folders lie on a file system that other computers change without our system's knowing (共享盘)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_NETWORK = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "ncpfs",
        "afs",
        "ceph",
        "9p",
        "vboxsf",
        "drvfs",
        "vmhgfs",
        "prl_fs",
    }
    | {"virtiofs", "davfs", "glusterfs", "lustre", "gpfs", "ocfs2", "gfs2", "beegfs", "coda"}
)
_LOCAL_FUSE = frozenset({"fuseblk", "fuse.fuse-overlayfs"})
_WINDOWS_REMOTE = 4
"""GetDriveType's DRIVE_REMOTE."""


def on_network(folder: Path) -> bool:
    """Whether a folder lies on a file system that other computers change without our system's knowing."""
    if sys.platform == "win32":
        return _on_windows_share(folder)
    try:
        table = Path("/proc/self/mounts").read_text("utf-8", "surrogateescape")
    except OSError:
        return False
    return foreign(kind_of_mount(os.path.realpath(folder), table))


def foreign(kind: str) -> bool:
    """Whether a file system of this kind is a network's or a host computer's."""
    return kind in _NETWORK or (kind.startswith("fuse") and kind not in _LOCAL_FUSE)


def kind_of_mount(path: str, table: str) -> str:
    """The kind of the file system that holds ``path``, by a table of mounts as Linux writes it; "" when unknown."""
    best, found = -1, ""
    for line in table.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        place = _unescaped(fields[1])
        inside = path == place or path.startswith(place.rstrip("/") + "/")
        if inside and len(place) >= best:  # the later of equals lies on top
            best, found = len(place), fields[2]
    return found


def _unescaped(place: str) -> str:
    for code, char in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        place = place.replace(code, char)
    return place


def _on_windows_share(folder: Path) -> bool:
    drive = folder.absolute().drive
    if drive.startswith("\\\\"):
        return True
    import ctypes

    kind: int = getattr(ctypes, "windll").kernel32.GetDriveTypeW(drive + "\\")  # noqa: B009 (only Windows has it)
    return kind == _WINDOWS_REMOTE
