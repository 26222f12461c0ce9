"""Whether what wound-up projects rest on still stands (销号的依据): looked at whenever somebody asks, nothing is written.

A look costs a `stat` a file: one whose stamp is as it was when its bytes were proved is taken to be whole; only another
stamp makes it be read again. So `rm` of a filed paper is told by the next question, not by the next pass. Of the kept
originals only whether they are there, and as large as they were: reading them is what `verify` and the gate do.

On the light path: the standard library alone.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archivist.index.reader import IndexReader

FORGED = "销号的记录不是本软件办理的（事件里没有），不能作数"
GONE, ALTERED = "不见了", "被改动或替换了"

_MOST_TOLD = 3
_BUFFER = 1 << 20


def lost_evidence(index: IndexReader, codes: Collection[str] | None = None) -> dict[str, str]:
    """Why projects that count as wound up (已销号) do not: by code, a Chinese sentence without its full stop.

    Args:
        codes: only these projects; None for all.
    """
    if not index.has("deregistrations"):
        return {}
    told = {code: FORGED for code in index.evidence.forged() if codes is None or code in codes}
    suspects: dict[str, dict[str, str]] = {}
    for row in index.evidence.filed():
        if codes is None or row["project"] in codes:
            for what in _wrong(_root(index), row):
                suspects.setdefault(row["project"], {})[row["document"]] = what
    for code, wrong in suspects.items():
        gate = index.deregistrations.latest(code)
        counted = [what for document, what in wrong.items() if gate and document in gate.documents]
        if counted:
            left = f"等 {len(counted)} 处" if len(counted) > _MOST_TOLD else ""
            told.setdefault(code, f"销号的依据不见了：{'；'.join(counted[:_MOST_TOLD])}{left}")
    return told


def advice(code: str) -> str:
    """What to do about it."""
    return (
        f"只是改了名、挪了位置的，先运行 archivist ingest；否则运行 archivist deregister {code} 核对，"
        "会重新打开这个项目。"
    )


def _root(index: IndexReader) -> str:
    """The store's root, as a prefix of paths."""
    return os.path.dirname(os.path.dirname(os.path.abspath(index.path)))  # noqa: PTH100, PTH120


def _wrong(root: str, row: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the copy and the original of one document."""
    name = f"“{row['path'].rpartition('/')[2]}”（{row['document']}）"
    now = _stamp(f"{root}/{row['path']}", row["stamp"])
    if now is None:
        yield f"{name}{GONE}"
    elif row["stamp"] and now != row["stamp"] and not _whole(f"{root}/{row['path']}", row["sha256"]):
        yield f"{name}{ALTERED}"
    if row["vault"] is not None:
        kept = _size(f"{root}/{row['vault']}")
        if kept != row["size"]:
            yield f"{name}收存的原件{GONE if kept is None else ALTERED}"


def _stamp(path: str, before: str) -> str | None:
    """A file's stamp as `system.fingerprints` writes it, for the comparison with ``before``; None when it is not there.

    A stamp with no inode was taken on a share, where its number tells nothing.
    """
    found = _seen(path)
    if found is None:
        return None
    parts = before.split(" ")
    inode = 0 if len(parts) > 2 and parts[2] == "0" else found.st_ino
    changed = f" {found.st_ctime_ns}" if len(parts) > 3 else ""
    return f"{found.st_size} {found.st_mtime_ns} {inode}{changed}"


def _size(path: str) -> int | None:
    found = _seen(path)
    return None if found is None else found.st_size


def _seen(path: str) -> os.stat_result | None:
    """A regular file; links are not followed. What cannot be looked at (a folder without rights) is not taken for gone."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return found if stat.S_ISREG(found.st_mode) else None


def _whole(path: str, sha256: str) -> bool:
    from hashlib import sha256 as digest_of

    digest = digest_of()
    try:
        with open(path, "rb") as stream:  # noqa: PTH123  (pathlib is not loaded on this path)
            while part := stream.read(_BUFFER):
                digest.update(part)
    except OSError:
        return False
    return digest.hexdigest() == sha256
