"""The append-only, hash-chained log of acts (事件): each row's hash covers its words and the row before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archivist.core.model import Actor
from archivist.index.database import question_marks

if TYPE_CHECKING:
    from archivist.index.database import Database

COLUMNS = ("seq", "at", "actor", "place", "act", "subject", "detail", "previous", "hash")
GUARDS = frozenset({"events_follow", "events_are_kept", "events_are_fixed"})
"""The triggers that let nobody change an event."""

GENESIS = "0" * 64
"""What the first event has in the place of a previous hash."""


class Events:
    """The events in an open index. They are added by its transactions alone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def head(self) -> tuple[int, str]:
        """The last event's number and hash."""
        row = self._database.row("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1")
        return (row["seq"], row["hash"]) if row else (0, "")

    def recovered(self, project: str) -> str:
        """When a project's records were made of its folder, after the archive had lost its memory; "" if they never were."""
        query = "SELECT at FROM events WHERE act = 'recovered' AND subject = ? ORDER BY seq DESC LIMIT 1"
        return self._database.value(query, [project]) or ""

    def log_reach(self) -> int:
        """Up to which event the log outside the database was known to hold all."""
        if not self._database.has("log_reach"):
            return 0
        return self._database.value("SELECT seq FROM log_reach") or 0

    def last_at(self, but: str = "") -> str:
        """When the last event was, one whose act is ``but`` passed over; "" when there is none."""
        query = "SELECT at FROM events WHERE act <> ? ORDER BY seq DESC LIMIT 1"
        return self._database.value(query, [but]) or ""

    def all(self, after: int = 0) -> Iterator[dict[str, Any]]:
        """Events in order, from the one that follows number ``after``."""
        query = f"SELECT {', '.join(COLUMNS)} FROM events WHERE seq > ? ORDER BY seq"  # noqa: S608
        return self._database.rows(query, [after])

    def find(self, seq: int) -> dict[str, Any] | None:
        """One event, or None."""
        return self._database.row(f"SELECT {', '.join(COLUMNS)} FROM events WHERE seq = ?", [seq])  # noqa: S608

    def hash_of(self, seq: int) -> str | None:
        """The hash of one event; None when it is not there."""
        found: str | None = self._database.value("SELECT hash FROM events WHERE seq = ?", [seq])
        return found

    def first(self, subject: str) -> int | None:
        """The number of the event that tells how a document came to be."""
        found: int | None = self._database.value("SELECT MIN(seq) FROM events WHERE subject = ?", [subject])
        return found

    def about(self, subjects: Collection[str], received: Collection[tuple[str, int]]) -> list[dict[str, Any]]:
        """Whole events in order: those on any of ``subjects`` (a project, its documents), and those of sources received.

        Args:
            received: name and number of each source: several were called alike.
        """
        query = f"SELECT {', '.join(COLUMNS)} FROM events WHERE act {{}} 'received' AND subject IN "  # noqa: S608
        marks = question_marks(list(subjects))
        found = list(self._database.rows(f"{query.format('<>')}({marks})", list(subjects)))
        names = sorted({name for name, _ in received})
        for row in self._database.rows(f"{query.format('=')}({question_marks(names)})", names):
            if (row["subject"], json.loads(row["detail"]).get("source")) in received:
                found.append(row)
        return sorted(found, key=lambda row: int(row["seq"]))

    def carry_rows(self) -> bool:
        """Whether events carry rows already: not before the first change after an older edition."""
        query = "SELECT 1 FROM events WHERE instr(detail, '\"rows\":') > 0 LIMIT 1"
        return self._database.value(query) is not None

    def lost_guards(self) -> frozenset[str]:
        """Those of the guards that are not there."""
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'events'"
        return GUARDS - {row["name"] for row in self._database.rows(query)}

    def unlogged(self, most: int) -> list[tuple[str, int]]:
        """Rows, by table and number, that changed and that no event carries yet."""
        query = "SELECT name, row FROM unlogged ORDER BY name, row LIMIT ?"
        return self._database.connection.execute(query, [most]).fetchall()


@dataclass(frozen=True, slots=True)
class ChainProblem:
    """What is wrong with the chain at event ``seq``, as a Chinese sentence for an auditor."""

    seq: int
    message: str


def event_hash(seq: int, at: str, actor: Actor, act: str, subject: str, detail: str, previous: str) -> str:
    """Return the sha256 that chains one event to the one before it."""
    words = json.dumps([seq, at, actor.name, actor.place, act, subject, detail, previous], ensure_ascii=False)
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def verify_chain(
    rows: Iterable[Mapping[str, Any]], heads: Iterable[tuple[int, str]] = ()
) -> list[ChainProblem]:
    """Check the whole chain; an empty answer means that no event was changed, inserted, removed or reordered.

    Args:
        rows: all events in order of ``seq``. heads: (seq, hash) pairs noted elsewhere at earlier times (every
            档案元数据.json holds one): they show a chain that was cut off or written anew.
    """
    problems: list[ChainProblem] = []
    hashes: dict[int, str] = {}
    expected, previous = 1, GENESIS
    for row in rows:
        seq = row["seq"]
        if seq != expected:
            problems.append(ChainProblem(expected, f"第 {expected} 条事件不见了（下一条是第 {seq} 条）"))
        elif row["previous"] != previous:
            problems.append(ChainProblem(seq, f"第 {seq} 条事件与前一条接不上，前一条可能被改过"))
        actor = Actor(row["actor"], row["place"])
        computed = event_hash(
            seq, row["at"], actor, row["act"], row["subject"], row["detail"], row["previous"]
        )
        if computed != row["hash"]:
            problems.append(ChainProblem(seq, f"第 {seq} 条事件的内容与它的校验值不符，被改过"))
        hashes[seq] = previous = row["hash"]
        expected = seq + 1
    return problems + [_head_problem(*head) for head in heads if hashes.get(head[0]) != head[1]]


def _head_problem(seq: int, digest: str) -> ChainProblem:
    return ChainProblem(seq, f"别处记下的第 {seq} 条事件（{digest[:12]}…）与日志不符，日志被截断或重写过")
