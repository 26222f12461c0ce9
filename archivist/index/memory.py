"""Whether an archive lost its memory (记忆): its index and its log of events are gone, and its papers are still there.

Such an archive must not start empty: it would say 正常 of nothing. On the light path: the standard library alone.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

BACKUPS = "backup-places"
"""The file in the private folder that says where backups were put, one a line."""

_ORIGINALS, _METADATA = "originals", "档案元数据.json"
"""What `store` calls them; a test compares."""


def knows_nothing(connection: sqlite3.Connection) -> bool:
    """Whether a database holds no event and no source: as after a start from nothing, or one that was killed."""
    try:
        tables = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        return not any(
            connection.execute(f"SELECT EXISTS (SELECT 1 FROM {table})").fetchone()[0]  # noqa: S608
            for table in tables & {"events", "sources"}
        )
    except sqlite3.Error:
        return False  # whoever asks next says what is wrong


def memory_lost(path: str | Path) -> str:
    """What to say when papers are there that nobody remembers, beside an index at ``path`` that is not there or empty;
    "" for an archive that is new.
    """
    private = os.path.dirname(os.path.abspath(path))  # noqa: PTH100, PTH120
    if not (_any_file(f"{private}/{_ORIGINALS}", 3) or _any_metadata(os.path.dirname(private))):  # noqa: PTH120
        return ""
    places = list(_backups(private))
    restore = f"archivist restore {places[-1] if places else '备份文件夹'} --to 新文件夹"
    return (
        "档案库的记忆不见了：索引数据库和事件日志都没有了，项目文件夹和收存的原件还在。没有从空的开始，也没有改动任何东西。"
        f"{'有备份，请运行' if places else '有备份的，运行'} {restore}；"
        "没有备份的，运行 archivist reindex --from-folders，按各项目的档案元数据.json 和收存的原件恢复。"
    )


def _backups(private: str) -> Iterator[str]:
    """The places of backups that are there now, the last one last."""
    try:
        with open(f"{private}/{BACKUPS}", encoding="utf-8") as stream:  # noqa: PTH123
            lines = [line.strip() for line in stream]
    except (OSError, ValueError):
        return
    yield from (line for line in lines if line and os.path.isdir(f"{line}/backups"))  # noqa: PTH112


def _any_metadata(root: str) -> bool:
    """Whether any project's folder (<root>/项目档案/<township>/<project>) holds its description."""
    return any(
        os.path.isfile(f"{project}/{_METADATA}")  # noqa: PTH113
        for projects in _folders(root)
        for township in _folders(projects)
        for project in (township, *_folders(township))
    )


def _any_file(folder: str, depth: int) -> bool:
    try:
        with os.scandir(folder) as found:
            entries = list(found)
    except OSError:
        return False
    if any(entry.is_file(follow_symlinks=False) for entry in entries):
        return True
    return depth > 1 and any(
        _any_file(entry.path, depth - 1) for entry in entries if entry.is_dir(follow_symlinks=False)
    )


def _folders(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as found:
            return [
                entry.path
                for entry in found
                if not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False)
            ]
    except OSError:
        return []
