"""Questions to the index through the standard library alone: commands that only look start fast."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from archivist.errors import StoreError

Row = sqlite3.Row


@contextmanager
def open_reader(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the index read-only; StoreError in Chinese when it is not there or not readable."""
    if not path.is_file():
        raise StoreError("档案库里还没有索引。请先用 archivist register import 导入项目台账，再运行 archivist ingest。")
    try:
        connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=10)
        connection.row_factory = sqlite3.Row
        connection.execute("SELECT 1 FROM documents LIMIT 1")
    except sqlite3.Error as error:
        raise StoreError(f"索引数据库 {path} 打不开（{error}）。请检查文件夹权限或磁盘。") from error
    try:
        yield connection
    except sqlite3.Error as error:
        raise StoreError(f"读索引数据库时出错（{error}）。请稍后再试。") from error
    finally:
        connection.close()


def projects(connection: sqlite3.Connection, where: str = "1", values: Sequence[Any] = ()) -> list[Row]:
    """Register rows in the order people expect: by township, then code. ``where`` is ours, never a user's text."""
    return connection.execute(
        f"SELECT code, name, township, village, category, department, folder FROM projects WHERE {where} "  # noqa: S608
        "ORDER BY township, code",
        values,
    ).fetchall()


def item_states(connection: sqlite3.Connection) -> list[Row]:
    """For each project and item: how many documents are filed, and how many wait with it as best guess."""
    return connection.execute(
        "SELECT project, item, SUM(status = 'filed') AS filed, SUM(status = 'review') AS review FROM documents "
        "WHERE project IS NOT NULL AND item IS NOT NULL AND status IN ('filed', 'review') GROUP BY project, item"
    ).fetchall()


_DOCUMENTS = (
    "SELECT documents.*, sources.name AS source_name, sources.sha256 AS source_sha256, sources.note AS source_note, "
    "sources.size AS source_size, sources.received AS received "
    "FROM documents JOIN sources ON sources.id = documents.source "
)


def documents(connection: sqlite3.Connection, where: str = "1", values: Sequence[Any] = ()) -> list[Row]:
    """Document rows with their source's name and sha256, in order of arrival. ``where`` is ours."""
    return connection.execute(f"{_DOCUMENTS} WHERE {where} ORDER BY documents.source, first, documents.id", values).fetchall()


def search(connection: sqlite3.Connection, query: str) -> Iterator[Row]:
    """Pages whose pairs of characters match ``query`` (see index.words), with what documents they belong to."""
    return iter(
        connection.execute(
            "SELECT pages.source, pages.number, pages.text, sources.name AS source_name FROM page_words "
            "JOIN pages ON pages.id = page_words.rowid JOIN sources ON sources.id = pages.source "
            "WHERE page_words MATCH ? ORDER BY pages.source, pages.number",
            [query],
        )
    )


def events(connection: sqlite3.Connection, where: str = "1", values: Sequence[Any] = ()) -> list[Row]:
    """Events in order."""
    return connection.execute(f"SELECT * FROM events WHERE {where} ORDER BY seq", values).fetchall()  # noqa: S608
