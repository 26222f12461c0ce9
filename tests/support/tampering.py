"""What somebody may do to the archive behind our back (篡改)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from archivist.index.mirror import segments
from archivist.workspace.opened import Workspace


def tampered(opened: Workspace, *statements: str) -> None:
    """Change the database as another program would: without our triggers, without the events'."""
    with closing(sqlite3.connect(opened.index_path)) as db:
        triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            db.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            db.execute(statement)
        for _, sql in triggers:
            db.execute(sql)
        db.commit()


def flip(path: Path, at: int = -10) -> bytes:
    """Change one byte of a file, read-only or not; return what it was."""
    data = path.read_bytes()
    path.chmod(0o644)
    changed = bytearray(data)
    changed[at] ^= 1
    path.write_bytes(changed)
    return data


def log_of(opened: Workspace) -> Path:
    return segments(opened.store.private / "events")[-1]


def cut(opened: Workspace, last: int) -> None:
    """Cut the tail off database and log, so that both agree."""
    tampered(opened, f"DELETE FROM events WHERE seq > {last}")
    lines = log_of(opened).read_bytes().splitlines(keepends=True)
    log_of(opened).write_bytes(b"".join(lines[:last]))
