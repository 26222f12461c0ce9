"""Transactions of the index: every change, the event that carries it, and the log outside the database, in step."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archivist.errors import StoreError
from archivist.index.changes import anything_noted, take_noted
from archivist.index.deregistrations import reopen_where_lost
from archivist.index.events import GENESIS, Actor, event_hash, to_json
from archivist.index.mirror import Mirror
from archivist.index.queries import Queries
from archivist.index.reader import database_reason
from archivist.index.reads import Reads, pages_in
from archivist.system.clock import now

_ADOPT_ROWS = 500


@contextmanager
def database_told(path: Path) -> Iterator[None]:
    """Turn SQLite's refusals into one plain sentence."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"索引数据库 {path} {database_reason(error)}。收到的文件都在，没有丢失。") from error


class Transactions(Queries):
    """An open database that logs what changes it.

    Args:
        db: opened, with its tables. path: of index.db; the log and the kept reads stand beside it. actor: for events.
    """

    def __init__(self, db: Database, path: Path, actor: Actor) -> None:
        super().__init__(db)
        self.path, self.actor = path, actor
        self.mirror = Mirror(path.with_name("events"))
        self.reads = Reads(path.with_name("reads"))
        self._agrees = self._fresh = False
        self._columns: dict[str, list[str]] = {}
        self.reopened: list[tuple[str, str]] = []

    def take_reopened(self) -> list[str]:
        """Sentences about the projects whose 销号 stopped holding and that nobody was told of yet."""
        taken, self.reopened = self.reopened, []
        return [f"项目 {project} 的销号已重新打开：{reason}" for project, reason in taken]

    @contextmanager
    def change(self) -> Iterator[Database]:
        """One transaction; errors become StoreError and leave nothing half done.

        When the outermost one is committed, its events go to the log outside the database, too.
        """
        outermost = not self.db.conn.in_transaction
        if outermost and not self._agrees:
            self._agree()
        with database_told(self.path), self.db.atomic():
            yield self.db
            if outermost:
                reopen_where_lost(self)
        if outermost and self._fresh:
            self._tell_mirror()

    def _agree(self) -> None:
        """Bring the log up to date before the first change; refuse to go on when it says other things than we do."""
        with database_told(self.path):
            tail = self.mirror.tail()
            mine = self._one("SELECT hash FROM events WHERE seq = ?", [tail.seq])
            if tail.seq and (mine is None or mine["hash"] != tail.hash):
                raise StoreError(
                    "索引数据库与事件日志（.archivist/events）对不上，数据库可能是旧的或被改过。"
                    "请先运行 archivist verify 查看，再运行 archivist reindex 按日志重建。"
                )
            self._tell_mirror()
            self._agrees = True
            self._adopt()

    def _tell_mirror(self) -> None:
        """Write to the log what it does not have yet."""
        with database_told(self.path):
            last = self.mirror.tail().seq
            if self.head()[0] > last:
                self.mirror.append(self._all("SELECT * FROM events WHERE seq > ? ORDER BY seq", [last]))
            self._fresh = False

    def _adopt(self) -> None:
        """Let the log take in what an edition before it left: reads into files, then all rows, in pieces."""
        sources = [row["row"] for row in self._all("SELECT row FROM unlogged WHERE name = 'pages'")]
        for source in sources:
            found = self.source(source)
            digest = self.reads.put(found.sha256, pages_in(self.db.conn, source))
            with self.change():
                self.db.execute("UPDATE sources SET read = ? WHERE id = ?", [digest, source])
                self.db.execute("DELETE FROM unlogged WHERE name = 'pages' AND row = ?", [source])
        self.settle()

    def is_logged(self) -> bool:
        """Whether events carry rows already: not before the first change after an older edition."""
        return self._one("SELECT 1 FROM events WHERE instr(detail, '\"rows\":') > 0 LIMIT 1") is not None

    def settle(self) -> None:
        """Let an event carry the rows that changed since the last one: what was only carried out, decided before."""
        if not self._agrees:
            self._agree()
        while anything_noted(self.db.conn):
            with self.change():
                self._event("bookkeeping", "", {}, _ADOPT_ROWS)

    def event(self, act: str, subject: str, **detail: Any) -> None:
        """Append one event to the chain, with the rows that changed since the last. Call it inside ``change``."""
        self._event(act, subject, detail, -1)

    def _event(self, act: str, subject: str, detail: dict[str, Any], most: int) -> None:
        self._fresh = True
        rows = take_noted(self.db.conn, most, self._columns)
        if rows:
            detail = {**detail, "rows": rows}
        last = self._one("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1")
        seq, previous = (last["seq"] + 1, last["hash"]) if last else (1, GENESIS)
        at, words = now(), to_json(detail)
        row = {
            "seq": seq,
            "at": at,
            "actor": self.actor.name,
            "place": self.actor.place,
            "act": act,
            "subject": subject,
            "detail": words,
            "previous": previous,
            "hash": event_hash(seq, at, self.actor, act, subject, words, previous),
        }
        self._insert("events", row)

    def _insert(self, table: str, row: Mapping[str, Any]) -> int:
        """Insert one row and return its rowid; names of tables and columns are ours."""
        columns, places = ", ".join(row), ", ".join(f":{name}" for name in row)
        cursor = self.db.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", dict(row))  # noqa: S608
        return int(cursor.lastrowid or 0)
