"""Questions to the index through the standard library alone: commands that only look start fast."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from archivist.core.catalogue.completeness import Waiver
from archivist.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

Row = sqlite3.Row


_REASONS = (
    (("locked", "busy"), "正被另一个程序占用，请稍后再试"),
    (("full",), "写不进去：磁盘空间不足，请清理磁盘后再运行"),
    (("readonly", "read-only", "unable to open"), "打不开或是只读的，请检查文件夹权限"),
    (("malformed", "not a database"), "已损坏，请运行 archivist reindex 重建（损坏的文件会移到一旁保留）"),
    (("no such table", "no such column"), "是旧版软件建的，请先运行 archivist ingest 升级"),
    (("disk i/o",), "读写出错，请检查磁盘和共享盘"),
)


def database_reason(error: sqlite3.Error) -> str:
    """Say in Chinese why SQLite refused, and what to do."""
    text = str(error).lower()
    return next((said for marks, said in _REASONS if any(mark in text for mark in marks)), f"出错（{error}）")


@contextmanager
def open_reader(path: str | Path) -> Iterator[sqlite3.Connection]:
    """Open the index read-only; StoreError in Chinese when it is not there or not readable."""
    if lost_index(path):
        raise StoreError("索引数据库不见了，事件日志还在。请运行 archivist reindex 重建。")
    if not os.path.isfile(path):  # noqa: PTH113  (pathlib is not loaded on this path)
        raise StoreError(
            "档案库里还没有索引。请先用 archivist register import 导入项目台账，再运行 archivist ingest。"
        )
    try:
        connection = _connected(path)
    except sqlite3.Error as error:
        raise StoreError(f"索引数据库 {path} {database_reason(error)}。") from error
    try:
        yield connection
    except sqlite3.Error as error:
        raise StoreError(f"索引数据库 {path} {database_reason(error)}。") from error
    finally:
        connection.close()


def lost_index(path: str | Path) -> bool:
    """Whether the index is gone (or empty) though there was one: its log of events is there."""
    try:
        if os.path.getsize(path) > 0:  # noqa: PTH202  (pathlib is not loaded on this path)
            return False
    except OSError:
        pass
    try:
        return any(name.endswith(".jsonl") for name in os.listdir(f"{os.path.dirname(path)}/events"))  # noqa: PTH120, PTH208
    except OSError:
        return False


def _connected(path: str | Path) -> sqlite3.Connection:
    """Open read-only; on a medium that cannot be written at all, as a file that cannot change."""
    place = os.path.abspath(path)  # noqa: PTH100
    uri = _read_only(place)
    try:
        return _checked(uri)
    except sqlite3.OperationalError:
        if os.access(os.path.dirname(place), os.W_OK) or os.path.exists(f"{place}-wal"):  # noqa: PTH110, PTH120
            raise
        return _checked(f"{uri}&immutable=1")


def _read_only(place: str) -> str:
    """The URI that opens a database read-only. An empty authority is what lets a Windows share (//server/…) be one."""
    quoted = place.replace("%", "%25").replace("?", "%3f").replace("#", "%23").replace(os.sep, "/")
    return f"file://{'' if quoted.startswith('/') else '/'}{quoted}?mode=ro"


def _checked(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True, timeout=10)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("SELECT 1 FROM documents LIMIT 1")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def projects(connection: sqlite3.Connection, where: str = "1", values: Sequence[Any] = ()) -> list[Row]:
    """Register rows in the order people expect: by township, then code; ``deregistered`` is when the project passed the
    gate (销号), if that holds. ``where`` is ours, never a user's text.
    """
    gate = "NULL"
    if has_table(connection, "deregistrations"):
        gate = "(SELECT at FROM deregistrations WHERE project = code AND reopened IS NULL)"
    return connection.execute(
        f"SELECT code, name, township, village, category, department, folder, {gate} AS deregistered "  # noqa: S608
        f"FROM projects WHERE {where} ORDER BY township, code",
        values,
    ).fetchall()


def waivers(connection: sqlite3.Connection) -> list[Waiver]:
    """What projects need not hand in (免交)."""
    rows = connection.execute("SELECT project, item, reason, actor, at FROM waivers ORDER BY project, item")
    return [Waiver(*row) for row in rows]


def has_table(connection: sqlite3.Connection, name: str) -> bool:
    """Whether the index has a table: one written by an earlier edition of the software gets new ones when written to."""
    query = "SELECT 1 FROM sqlite_master WHERE type IN ('table', 'view') AND name = ?"
    return connection.execute(query, [name]).fetchone() is not None


_DOCUMENTS = (
    "SELECT documents.*, sources.name AS source_name, sources.sha256 AS source_sha256, sources.note AS source_note, "
    "sources.size AS source_size, sources.received AS received, "
    "searchable.path AS searchable, searchable.note AS searchable_note, "
    "(SELECT replaced_by FROM version_links WHERE document = documents.id) AS replaced_by, "
    "(SELECT group_concat(document, ' ') FROM version_links WHERE replaced_by = documents.id) AS replaces "
    "FROM documents JOIN sources ON sources.id = documents.source "
    "LEFT JOIN searchable ON searchable.document = documents.id "
)


def documents(connection: sqlite3.Connection, where: str = "1", values: Sequence[Any] = ()) -> list[Row]:
    """Document rows with their source's name and sha256, in order of arrival. ``where`` is ours."""
    return connection.execute(
        f"{_DOCUMENTS} WHERE {where} ORDER BY documents.source, first, documents.id", values
    ).fetchall()


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
