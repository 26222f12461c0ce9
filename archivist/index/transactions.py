"""Transactions of the index: every change, the event that carries it, and the log outside the database, in step."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from archivist.core.authority import DECISIONS
from archivist.core.model import Actor
from archivist.core.people.person import Person
from archivist.core.times import clock_told
from archivist.errors import StoreError
from archivist.index.changes import anything_noted, take_noted
from archivist.index.database import Database, database_told
from archivist.index.events import GENESIS, Events, event_hash
from archivist.index.mirror import Mirror, taken_from
from archivist.index.notation import to_json
from archivist.index.sqlite import Database as SqliteUtils
from archivist.system.clock import now
from archivist.system.locks import to_stderr

_ADOPT_ROWS = 500


def _anybody_may(code: str) -> None:
    """Where there is no register of people, nobody is asked."""


class Transactions(Database):
    """An open database that logs what changes it.

    Args:
        connection: opened, with its tables. path: of index.db; the log stands beside it. actor: for events.

    Attributes:
        at_start: called once, before the first change. at_end: called within every outermost transaction, last, so that
            what follows from a change is in the transaction that makes it.
        decided: (act, subject) of the decisions that the outermost transaction holds so far.
        person: who acts, where the register of people knows them.
        may_touch: RefusedError where the person who acts may not decide about a project; asked with its code.
        stamp: what the event of every decision says besides: by what authority it was taken.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, actor: Actor) -> None:
        super().__init__(connection, path, actor)
        self.db = SqliteUtils(connection)
        self.mirror = Mirror(path.with_name("events"))
        self.at_start: list[Callable[[], None]] = []
        self.at_end: list[Callable[[], None]] = []
        self.decided: list[tuple[str, str]] = []
        self.person: Person | None = None
        self.may_touch: Callable[[str], None] = _anybody_may
        self.stamp: dict[str, Any] = {}
        self._log = Events(self)
        self._agrees = self._fresh = self._clock_told = False
        self._columns: dict[str, list[str]] = {}
        self._reach = 0

    @contextmanager
    def change(self) -> Iterator[None]:
        """One transaction; errors become StoreError and leave nothing half done.

        When the outermost one is committed, its events go to the log outside the database, too.
        """
        outermost = not self.connection.in_transaction
        if outermost and not self._agrees:
            self._agree()
        if outermost:
            self.decided.clear()
        with database_told(self.path), self.db.atomic():
            if outermost:
                self._remember_reach()
            yield
            if outermost:
                for act in self.at_end:
                    act()
        if outermost and self._fresh:
            self._tell_mirror()

    def _agree(self) -> None:
        """Bring the log up to date before the first change; refuse to go on when it says other things than we do."""
        with database_told(self.path):
            tail = self.mirror.tail()
            if tail.seq and self._log.hash_of(tail.seq) != tail.hash:
                raise StoreError(
                    "索引数据库与事件日志（.archivist/events）对不上，数据库可能是旧的或被改过。"
                    "请先运行 archivist verify 查看，再运行 archivist reindex 按日志重建。"
                )
            told = taken_from(self.mirror.folder, tail.seq, self._log.log_reach())
            if told:
                raise StoreError(told)
            self._tell_mirror()
            self._agrees = True
            for act in self.at_start:
                act()
            self.settle()

    def remember_reach(self) -> None:
        """Remember it now, at the end of a command's work: what is taken from the log until the next one is noticed."""
        if self._agrees and self.mirror.tail().seq > self._reach:
            with database_told(self.path), self.db.atomic():
                self._remember_reach()

    def _remember_reach(self) -> None:
        """Remember how far the log is, with the transaction that comes after: no step more to be flushed."""
        last = self.mirror.tail().seq
        if last > self._reach:
            self.execute("INSERT OR REPLACE INTO log_reach (id, seq) VALUES (1, ?)", [last])
            self._reach = last

    def _tell_mirror(self) -> None:
        """Write to the log what it does not have yet."""
        with database_told(self.path):
            last = self.mirror.tail().seq
            if self._log.head()[0] > last:
                self.mirror.append(self._log.all(after=last))
            self._fresh = False

    def act_as(self, actor: Actor) -> None:
        """Let another name stand in the events from now on: whom the register of people knows the actor as."""
        self._actor = actor

    def settle(self) -> None:
        """Let an event carry the rows that changed since the last one: what was only carried out, decided before; and,
        in pieces, all that an edition before the log left.
        """
        if not self._agrees:
            self._agree()
        while anything_noted(self.connection):
            with self.change():
                self._event("bookkeeping", "", {}, _ADOPT_ROWS)

    def event(self, act: str, subject: str, **detail: Any) -> None:
        """Append one event to the chain, with the rows that changed since the last. Call it inside ``change``."""
        self._event(act, subject, detail, -1)

    def _event(self, act: str, subject: str, detail: dict[str, Any], most: int) -> None:
        self._fresh = True
        rows = take_noted(self.connection, most, self._columns)
        if self.actor.user not in {"", self.actor.name}:
            detail = {**detail, "user": self.actor.user}  # who typed the name, as the system tells
        if act in DECISIONS:
            self.decided.append((act, subject))
            detail = {**detail, **self.stamp}
        if rows:
            detail = {**detail, "rows": rows}
        last, previous = self._log.head()
        seq, previous, at = last + 1, previous or GENESIS, now()
        before = self._log.last_at()
        if clock := clock_told(before, at):
            detail = {**detail, "clock": {"before": before, "told": clock}}  # it stands in the record, too
            self._tell_clock(clock)
        words = to_json(detail)
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
        self.insert("events", row)

    def _tell_clock(self, words: str) -> None:
        if not self._clock_told:
            to_stderr(f"注意：{words}。请校准这台电脑的时间；这件事已经记入日志。")
        self._clock_told = True
