"""What somebody may do to the archive behind our back (篡改)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from archivist.core.model import Actor
from archivist.index.events import COLUMNS, GENESIS, event_hash
from archivist.index.mirror import line_of, segments
from archivist.store.layout import METADATA
from archivist.workspace.opened import Workspace


def tampered(opened: Workspace, *statements: str) -> None:
    """Change the database as another program would: without our triggers, without the events'."""
    with closing(sqlite3.connect(opened.index_path)) as db:
        triggers = db.execute(
            "SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _, _ in triggers:
            db.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            db.execute(statement)
        left = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for _name, sql, table in triggers:
            if table in left:
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
    """Cut the tail off database and log, so that both agree, and nothing here remembers more."""
    tampered(opened, f"DELETE FROM events WHERE seq > {last}", f"UPDATE log_reach SET seq = min(seq, {last})")
    lines = log_of(opened).read_bytes().splitlines(keepends=True)
    log_of(opened).write_bytes(b"".join(lines[:last]))


def rewritten(opened: Workspace, change: Callable[[dict[str, Any]], None]) -> None:
    """Write the whole chain anew, in the database and in the log: whole in itself, and other than it was."""
    with closing(sqlite3.connect(opened.index_path)) as db:
        found = db.execute(f"SELECT {', '.join(COLUMNS)} FROM events ORDER BY seq").fetchall()
    previous, lines, statements = GENESIS, [], ["DELETE FROM events"]
    for row in (dict(zip(COLUMNS, one, strict=True)) for one in found):
        change(row)
        row["previous"] = previous
        actor = Actor(row["actor"], row["place"])
        row["hash"] = previous = event_hash(
            row["seq"], row["at"], actor, row["act"], row["subject"], row["detail"], row["previous"]
        )
        lines.append(line_of(row))
        quoted = ", ".join(
            "'" + str(v).replace("'", "''") + "'" if isinstance(v, str) else str(v) for v in row.values()
        )
        statements.append(f"INSERT INTO events VALUES ({quoted})")
    tampered(opened, *statements)
    log_of(opened).write_bytes(b"".join(lines))


def note_head(opened: Workspace, folder: Path) -> None:
    """Make a project's 档案元数据.json agree with the chain as it is now."""
    with closing(sqlite3.connect(opened.index_path)) as db:
        seq, digest = db.execute("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1").fetchone()
    told = json.loads((folder / METADATA).read_text("utf-8"))
    told["events_head"] = {"seq": seq, "hash": digest}
    (folder / METADATA).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
