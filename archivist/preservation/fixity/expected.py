"""What should stand where, by the index: every original in the vault and every copy in the folders."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from archivist.core.filing import TOGETHER
from archivist.core.leftalone import folder_of_a_program
from archivist.folders.listing import ignored
from archivist.preservation.fixity.findings import (
    ALTERED,
    ERROR,
    MISSING,
    UNEXPECTED,
    UNREADABLE,
    WARNING,
    Discrepancy,
    Subject,
)
from archivist.preservation.fixity.hashing import Hashed

if TYPE_CHECKING:
    from archivist.index.places import StandingPlace
    from archivist.index.reader import IndexReader

VAULT, FILED, REVIEW, REJECTED, COMBINED, ONLY = "vault", "filed", "review", "rejected", "combined", "only"
"""What a file is: the kept original; a copy in 项目档案, 待确认 or 退回; a combined scan's copy; the only bytes."""

_RESTORE = "请从备份恢复；备份见 archivist restore --help。"
_NAMES = {
    VAULT: "收存的原件",
    FILED: "已归档的文件",
    REVIEW: "待确认的文件",
    REJECTED: "退回的文件",
    COMBINED: "合并扫描原件",
    ONLY: "退回的大文件（只有这一份）",
}


@dataclass(frozen=True, slots=True)
class Expected:
    """One file that should be there: its path below the store's root, its sha256, and the source it came of."""

    path: str
    sha256: str
    role: str
    known: Subject
    sm3: str | None = None
    source: int = 0


def originals(index: IndexReader) -> list[Expected]:
    """The originals in the vault, each once, with the first document that came of them."""
    return [_expected(one, VAULT) for one in index.places.originals()]


def copies(index: IndexReader) -> list[Expected]:
    """The copies in the folders, as far as the work on their source is done."""
    found = []
    for one in index.places.documents():
        role = {"filed": FILED, "review": REVIEW}.get(one.status or "", REJECTED) if one.kept else ONLY
        found.append(_expected(one, role))
    for one in index.places.combined():
        found.append(_expected(one, COMBINED if f"/{TOGETHER}/" in one.path else REJECTED))
    return found


def _expected(one: StandingPlace, role: str) -> Expected:
    known = Subject(one.document, one.project, one.item, one.name, one.received)
    return Expected(one.path, one.sha256, role, known, one.sm3, one.source)


def compare(one: Expected, hashed: Hashed) -> Discrepancy | None:
    """What is wrong with a file, if anything is."""
    if hashed.trouble == "missing":
        return _missing(one)
    who = f"{_NAMES[one.role]}“{one.path}”（{one.known.words()}）"
    if hashed.trouble:
        advice = "请检查文件权限和磁盘，再运行 archivist verify。"
        return Discrepancy(
            UNREADABLE, ERROR, one.path, f"{who}读不出来：{hashed.trouble}。", advice, one.known
        )
    wrong_sm3 = one.sm3 is not None and hashed.sm3 is not None and hashed.sm3 != one.sm3
    if hashed.sha256 == one.sha256 and not wrong_sm3:
        return None
    severity = WARNING if one.role in {REJECTED, ONLY} else ERROR
    message = f"{who}被改过：校验值应为 {one.sha256[:16]}…，现为 {hashed.sha256[:16]}…。"
    return Discrepancy(ALTERED, severity, one.path, message, _advice(one), one.known)


def _missing(one: Expected) -> Discrepancy | None:
    if one.role == REJECTED:
        return None  # people take what was sent back, put it right and drop it again
    who = f"{_NAMES[one.role]}“{one.path}”（{one.known.words()}）"
    severity = WARNING if one.role in {REVIEW, ONLY} else ERROR
    return Discrepancy(MISSING, severity, one.path, f"{who}不见了。", _advice(one), one.known)


def _advice(one: Expected) -> str:
    if one.role == VAULT:
        return f"如果项目档案里的那一份完好，运行 archivist repair 可以补回原件；否则{_RESTORE}"
    if one.role == ONLY:
        return f"它超过大小上限，没有另外收存。如果是有人拿去拆分，不用管；否则{_RESTORE}"
    if one.role == REVIEW:
        return "如果是有人拿去归档，运行 archivist ingest 就会处理；否则运行 archivist repair 放回。"
    return "运行 archivist repair 用收存的原件放回；改动过的文件会移到“退回”，不会丢。"


# -- what should not be there --------------------------------------------------------------------------------------


def strangers(root: Path, folders: Iterable[Path], known: set[str]) -> Iterator[str]:
    """Files below ``folders`` whose paths (below ``root``) are not ``known``, sorted; links and pipes included.

    Bins and snapshots of a share are not looked into, nor what lies in them told.
    """
    for folder in folders:
        for current, below, names in os.walk(folder):
            below[:] = sorted(name for name in below if not folder_of_a_program(name))
            linked = [one for one in below if os.path.islink(f"{current}/{one}")]  # noqa: PTH114  (many)
            here = Path(current).relative_to(root).as_posix()
            for name in sorted([*names, *linked]):
                relative = f"{here}/{name}"
                if relative not in known and not ignored(name):
                    yield relative


def unexpected_in_vault(root: Path, vault: Path, known: set[str]) -> list[Discrepancy]:
    """Files in the vault that no source of the index has."""
    advice = "如果是备份或迁移时放进去的，运行 archivist reindex 会作为新收到的文件处理；否则请查明来历。"
    return [
        Discrepancy(UNEXPECTED, ERROR, path, f"原件库里多出一个没有登记的文件“{_shown(path)}”。", advice)
        for path in strangers(root, [vault], known)
    ]


def unexpected_in_folders(root: Path, folders: Iterable[Path], known: set[str]) -> list[Discrepancy]:
    """Files in 待确认, 退回 and the project folders that are no copies of ours: dropped, or put there by mistake."""
    advice = "放在项目文件夹、“待确认”里的，运行 archivist ingest 就会收件；放在“退回”里的，请移到收件箱。"
    return [
        Discrepancy(UNEXPECTED, WARNING, path, f"“{_shown(path)}”不是本软件放的，还没有收件。", advice)
        for path in strangers(root, folders, known)
    ]


def _shown(path: str) -> str:
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def is_file(path: Path) -> bool:
    """Whether a regular file, no link, is there."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False
