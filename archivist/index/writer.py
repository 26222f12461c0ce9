"""The one writer of the index: every change and its event in one transaction."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

from archivist.core.model import Actor
from archivist.errors import StoreError
from archivist.index.changes import note_changes
from archivist.index.database import database_told
from archivist.index.deregistrations import note_touched
from archivist.index.memory import memory_lost
from archivist.index.reader import IndexReader, forgot, lost_index
from archivist.index.schema import migrations
from archivist.index.transactions import Transactions
from archivist.system.mounts import on_network

LOST = "索引数据库不见了，事件日志还在。请运行 archivist reindex 重建。收到的文件都在，没有丢失。"

BUSY_SECONDS = 10.0
"""How long SQLite waits for another program (a backup, a database browser) that locks the file."""


class Index(Transactions, IndexReader):
    """The index opened for writing: the nouns of `Reader`, and transactions in which they may change.

    Args:
        path: where index.db is or will be.
        actor: who acts, for the events. anew: start from nothing though papers are there: they are put in next.
    """

    def __init__(self, path: Path, actor: Actor, anew: bool = False) -> None:
        if lost_index(path):
            raise StoreError(LOST)
        if not anew and forgot(path) and (told := memory_lost(path)):
            raise StoreError(told)
        with database_told(path):
            connection = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
            try:
                super().__init__(connection, path, actor)
                self._prepare(path)
            except BaseException:
                connection.close()
                raise

    def _prepare(self, path: Path) -> None:
        self._choose_journal(path)
        self.db.execute("PRAGMA synchronous = FULL")
        self.db.execute("PRAGMA foreign_keys = ON")
        migrations.apply(self.db)
        note_changes(self.connection)
        note_touched(self.connection)
        self.at_start.append(self.pages.keep_unlogged)
        self.at_end.append(self.proposals.lapse_where_changed)
        self.at_end.append(self.deregistrations.reopen_where_lost)

    def _choose_journal(self, path: Path) -> None:
        """A write-ahead log, but on a share: it needs memory shared through a file, which a share that breaks off
        takes away with the whole process (SIGBUS).
        """
        if on_network(path.parent):
            with suppress(sqlite3.OperationalError):  # somebody reads: the next start will do
                self.db.execute("PRAGMA journal_mode = DELETE").fetchall()
        else:
            with suppress(sqlite3.NotSupportedError):
                self.db.enable_wal()
