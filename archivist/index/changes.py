"""What a transaction changed, row by row, so that its event can carry it and the index can be rebuilt from events.

SQLite itself tells: triggers that live on our connection alone note every row of every table that is inserted, updated
or deleted, whoever wrote the statement and whatever table it is; the next event takes the notes and carries the rows
as they are then. What changes the file behind our back (another program) is not noted, and so differs from the log.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from archivist.errors import StoreError

if TYPE_CHECKING:
    from archivist.index.database import Database

Rows = dict[str, list[list[Any]]]
"""Table → [[rowid, record], …]; the record of a row that was deleted is None."""

NOTED = "unlogged"
"""The table of notes: rows that changed and that no event carries yet."""

DERIVED = frozenset(
    {
        "events",
        "log_reach",
        "pages",
        NOTED,
        "sqlite_sequence",
        "_sqlite_migrations",
        "fixity_round",
        "standing",
        "attempts",
        "troubles",
        "project_states",
        "states_made",
        "stale_states",
    }
)
"""Tables that are no records: the log itself and how far its copy reaches, what is made again from kept reads or by the
rules from other tables, and this computer's own state: how far its checks are, what it saw in the folders, what it failed
at and tries again.
"""

DERIVED_COLUMNS = {"projects": frozenset({"stale"})}
"""Columns that say nothing about the archive: they are set anew by a rebuild."""


def recorded_tables(db: sqlite3.Connection) -> list[str]:
    """The tables whose rows events carry: all but derived ones, full-text tables and what belongs to them."""
    found = db.execute(
        "SELECT name, sql FROM main.sqlite_master WHERE type = 'table' ORDER BY name"
    ).fetchall()
    virtual = [name for name, sql in found if (sql or "").upper().startswith("CREATE VIRTUAL")]
    return [
        name
        for name, _ in found
        if name not in DERIVED
        and not name.startswith("sqlite_")
        and not any(name == one or name.startswith(f"{one}_") for one in virtual)
    ]


def columns_of(db: sqlite3.Connection, table: str) -> list[str]:
    """The recorded columns of a table, in order."""
    left_out = DERIVED_COLUMNS.get(table, frozenset())
    return [
        row[1] for row in db.execute(f"PRAGMA main.table_info({_quoted(table)})") if row[1] not in left_out
    ]


def note_changes(db: sqlite3.Connection) -> None:
    """Have every change of a recorded table noted from now on, on this connection."""
    db.execute("PRAGMA recursive_triggers = ON")  # a row that REPLACE pushes out is a deletion, too
    for table in recorded_tables(db):
        columns = ", ".join(_quoted(name) for name in columns_of(db, table))
        moments = {"insert": "INSERT", "update": f"UPDATE OF {columns}", "delete": "DELETE"}
        for moment, when in moments.items():
            row = "OLD" if moment == "delete" else "NEW"
            db.execute(
                f"CREATE TEMP TRIGGER {_quoted(f'note_{moment}_{table}')} AFTER {when} ON main.{_quoted(table)} "  # noqa: S608
                f"BEGIN INSERT OR IGNORE INTO unlogged VALUES ({_text(table)}, {row}.rowid); END"
            )


def take_noted(db: sqlite3.Connection, limit: int = -1, known: dict[str, list[str]] | None = None) -> Rows:
    """Return the rows that changed, as they are now, and forget the notes. At most ``limit`` rows.

    Args:
        known: recorded columns by table, as far as they were asked for; kept as long as the tables do not change.
    """
    known = {} if known is None else known
    noted = db.execute(
        "SELECT name, row FROM unlogged WHERE name <> 'pages' ORDER BY name, row LIMIT ?",
        [limit],
    ).fetchall()
    if not noted:
        return {}
    rows: Rows = {}
    for table, pairs in groupby(noted, key=itemgetter(0)):
        columns = known[table] if table in known else known.setdefault(table, columns_of(db, table))
        rows[table] = [[row, _record(db, table, row, columns)] for _, row in pairs]
    if limit < 0:
        db.execute("DELETE FROM unlogged WHERE name <> 'pages'")
    else:
        db.executemany("DELETE FROM unlogged WHERE name = ? AND row = ?", noted)
    return rows


def anything_noted(db: sqlite3.Connection) -> bool:
    """Whether rows changed that no event carries yet."""
    query = "SELECT 1 FROM unlogged WHERE name <> 'pages' LIMIT 1"
    return db.execute(query).fetchone() is not None


def _record(db: sqlite3.Connection, table: str, row: int, columns: list[str]) -> dict[str, Any] | None:
    listed = ", ".join(_quoted(name) for name in columns)
    found = db.execute(f"SELECT {listed} FROM main.{_quoted(table)} WHERE rowid = ?", [row]).fetchone()  # noqa: S608
    return (
        None
        if found is None
        else {name: json_value(value) for name, value in zip(columns, found, strict=True)}
    )


def json_value(value: Any) -> Any:
    """A database value as JSON can hold it: bytes as ``{"hex": …}``."""
    return {"hex": value.hex()} if isinstance(value, bytes) else value


def _value(value: Any) -> Any:
    return bytes.fromhex(value["hex"]) if isinstance(value, dict) else value


class State:
    """All recorded rows as a sequence of events leaves them: table → rowid → record."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[int, dict[str, Any]]] = {}

    def replay(self, detail: Mapping[str, Any]) -> None:
        """Let one event's rows take effect; ``detail`` is the event's, read from JSON."""
        for table, rows in detail.get("rows", {}).items():
            kept = self.tables.setdefault(table, {})
            for row, record in rows:
                if record is None:
                    kept.pop(row, None)
                else:
                    kept[row] = record

    def differences(self, database: Database) -> Iterator[tuple[str, int, str]]:
        """Where the tables of ``database`` differ: (table, rowid, the columns altered or "missing" or "added").

        Rows that are noted as changed but carried by no event yet are left out.
        """
        db = database.connection
        open_rows = set(db.execute("SELECT name, row FROM unlogged").fetchall())
        for table in recorded_tables(db):
            kept, seen = self.tables.get(table, {}), set()
            columns = columns_of(db, table)
            listed = ", ".join(_quoted(name) for name in columns)
            for row, *values in db.execute(f"SELECT rowid, {listed} FROM main.{_quoted(table)}"):  # noqa: S608
                seen.add(row)
                record = kept.get(row)
                if (table, row) in open_rows:
                    continue
                if record is None:
                    yield table, row, "added"
                else:
                    pairs = zip(columns, values, strict=True)
                    changed = [n for n, value in pairs if n in record and record[n] != json_value(value)]
                    if changed:
                        yield table, row, "、".join(changed)
            for row in sorted(kept.keys() - seen):
                if (table, row) not in open_rows:
                    yield table, row, "missing"

    def write(self, db: sqlite3.Connection) -> None:
        """Insert everything into the fresh tables of ``db``, each row under its own rowid.

        Raises:
            StoreError: an event holds rows of a table that this edition of the software does not know.
        """
        known = set(recorded_tables(db))
        for table, rows in self.tables.items():
            if table not in known:
                raise StoreError(f"事件日志里有本版软件不认识的记录（{table}）。请用新一些的版本运行。")
            columns = columns_of(db, table)
            for row, record in sorted(rows.items()):
                _insert(db, table, row, record, columns)


def _insert(
    db: sqlite3.Connection, table: str, row: int, record: Mapping[str, Any], columns: Iterable[str]
) -> None:
    names = [name for name in columns if name in record]
    listed = ", ".join(["rowid", *(_quoted(name) for name in names)])
    marks = ", ".join("?" * (len(names) + 1))
    values = [row, *(_value(record[name]) for name in names)]
    db.execute(f"INSERT INTO main.{_quoted(table)} ({listed}) VALUES ({marks})", values)  # noqa: S608


def rows_in(detail: str) -> dict[str, Any]:
    """An event's detail, read; the empty one when it is no JSON object (then the chain says so)."""
    try:
        read = json.loads(detail)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"
