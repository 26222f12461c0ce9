"""The open database: asked through the standard library alone; what may write is a subclass (see `transactions`)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

from archivist.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

    from archivist.core.model import Actor

Row = sqlite3.Row
Values = Sequence[Any] | Mapping[str, Any]

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
def database_told(path: str | Path) -> Iterator[None]:
    """Turn SQLite's refusals, while a command may have files in hand, into one plain sentence."""
    try:
        yield
    except sqlite3.Error as error:
        from pathlib import Path

        from archivist.system.room import room_told

        told = f"（{room}）" if "full" in str(error).lower() and (room := room_told(Path(path))) else ""
        raise StoreError(
            f"索引数据库 {path} {database_reason(error)}{told}。收到的文件都在，没有丢失。"
        ) from error


class Database:
    """An open database. The nouns of the index hold one and ask it; opened to look only, it refuses changes.

    Args:
        path: of index.db; the log of events and the kept reads stand beside it. actor: who changes it, for the events.
    """

    def __init__(self, connection: sqlite3.Connection, path: str | Path, actor: Actor | None = None) -> None:
        self.connection, self.path, self._actor = connection, path, actor

    def close(self) -> None:
        """Close the connection; committed work is durable already."""
        self.connection.close()

    # -- asking ----------------------------------------------------------------------------------------------------

    def rows(self, query: str, values: Values = ()) -> Iterator[dict[str, Any]]:
        """Rows as they are read, one after the other; names of tables and columns are ours, never a user's text."""
        cursor = self.connection.execute(query, values)
        names = [column[0] for column in cursor.description]
        return (dict(zip(names, row, strict=True)) for row in cursor)

    def row(self, query: str, values: Values = ()) -> dict[str, Any] | None:
        """The first row, or None."""
        return next(self.rows(query, values), None)

    def value(self, query: str, values: Values = ()) -> Any:
        """The first column of the first row; None when there is no row."""
        row = self.connection.execute(query, values).fetchone()
        return None if row is None else row[0]

    def listed(self, query: str, values: Values = ()) -> list[Row]:
        """All rows in the cheapest form: for lists that commands print."""
        cursor = self.connection.cursor()
        cursor.row_factory = Row
        return cursor.execute(query, values).fetchall()

    def others_wrote(self) -> int:
        """A number that is another one after another process changed the database."""
        return int(self.value("PRAGMA data_version"))

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """All questions within are answered of one moment, whoever writes meanwhile."""
        if self.connection.in_transaction or not self.only_looks:  # nobody writes beside a writer
            yield
            return
        self.connection.execute("BEGIN")
        try:
            yield
        finally:
            self.connection.rollback()

    def has(self, name: str) -> bool:
        """Whether there is a table: an index written by an earlier edition gets new ones when written to."""
        query = "SELECT 1 FROM sqlite_master WHERE type IN ('table', 'view') AND name = ?"
        return self.value(query, [name]) is not None

    # -- changing --------------------------------------------------------------------------------------------------

    @property
    def actor(self) -> Actor:
        """Who acts."""
        assert self._actor is not None, "opened to look only"
        return self._actor

    @property
    def only_looks(self) -> bool:
        """Whether it was opened to look only."""
        return self._actor is None

    def change(self) -> AbstractContextManager[None]:
        """One transaction; nested ones are part of the outermost."""
        raise AssertionError("opened to look only")

    def event(self, act: str, subject: str, **detail: Any) -> None:
        """Append one event to the chain. Call it inside ``change``."""
        raise AssertionError("opened to look only")

    def execute(self, statement: str, values: Values = ()) -> sqlite3.Cursor:
        """Carry out one statement that changes something. Call it inside ``change``."""
        return self.connection.execute(statement, values)

    def insert(self, table: str, row: Mapping[str, Any]) -> int:
        """Insert one row and return its rowid. Call it inside ``change``."""
        columns, places = ", ".join(row), ", ".join(f":{name}" for name in row)
        cursor = self.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", dict(row))  # noqa: S608
        return int(cursor.lastrowid or 0)


def question_marks(values: Sequence[Any]) -> str:
    """As many question marks as there are values."""
    return ", ".join("?" * len(values))
