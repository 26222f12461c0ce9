"""A snapshot: SQLite's own copy of a database in use, proven whole (备份用的数据库副本)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from archivist.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path


def take_snapshot(database: Path, target: Path) -> None:
    """Write what ``database`` holds at this moment to ``target``.

    Raises:
        StoreError: it is damaged or cannot be read.
    """
    try:
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            if copy.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise StoreError("索引数据库有损坏，没有备份。请先运行 archivist verify 查看。")
    except sqlite3.Error as error:
        raise StoreError(f"索引数据库备份不了（{error}）。请先运行 archivist verify 查看。") from error
