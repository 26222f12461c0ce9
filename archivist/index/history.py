"""People's decisions with the state before each, so that the last one can be taken back (撤销).

The event log tells what was decided and that it was undone; this table holds what it takes to undo it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archivist.core.document import Document
from archivist.core.identify.lessons import Lesson
from archivist.index.events import to_json
from archivist.index.records import document_from, document_row

if TYPE_CHECKING:
    from archivist.index.writer import Index

Taught = Sequence[tuple[str, Lesson]]
"""Lessons, each with the document it was drawn from."""


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision: the documents as they were before it, those it made, and what was learned from them before."""

    id: int
    seq: int
    batch: int
    act: str
    source: int
    before: tuple[Document, ...]
    added: tuple[str, ...]
    lessons: tuple[tuple[str, Lesson], ...]
    at: str
    actor: str

    @property
    def documents(self) -> tuple[str, ...]:
        """Every document it touched."""
        return (*(row.id for row in self.before), *self.added)


_SELECT = (
    "SELECT decisions.*, events.at, events.actor FROM decisions JOIN events ON events.seq = decisions.seq "
    "WHERE undone IS NULL"
)


def lessons_taught_by(index: Index, documents: Sequence[str]) -> list[tuple[str, Lesson]]:
    """What was learned from these documents."""
    found = []
    for one in documents:
        rows = index.db.query(
            "SELECT words, project, item FROM lessons WHERE document = ? ORDER BY id", [one]
        )
        found += [(one, Lesson(row["words"], row["project"], row["item"])) for row in rows]
    return found


def next_batch(index: Index) -> int:
    """A number for decisions that are made, and undone, together."""
    row = next(index.db.query("SELECT COALESCE(MAX(batch), 0) + 1 AS batch FROM decisions"))
    return int(row["batch"])


def record(
    index: Index,
    act: str,
    batch: int,
    before: Sequence[Document],
    added: Sequence[str],
    lessons: Taught,
    seq: int | None = None,
) -> None:
    """Keep the state before a decision. Call it within its ``change``, after its event (``seq``, else the last)."""
    told: dict[str, Any] = {
        "rows": [document_row(row) for row in before],
        "added": list(added),
        "lessons": [[one, lesson.words, lesson.project, lesson.item] for one, lesson in lessons],
    }
    cursor = index.db.execute(
        "INSERT INTO decisions (seq, batch, act, source, before) VALUES (?, ?, ?, ?, ?)",
        [seq or index.head()[0], batch, act, before[0].source, to_json(told)],
    )
    for one in (*(row.id for row in before), *added):
        index.db.execute("INSERT INTO decided (decision, document) VALUES (?, ?)", [cursor.lastrowid, one])


def first_event(index: Index, document: str) -> int | None:
    """The event that tells how a document came to be."""
    row = next(index.db.query("SELECT MIN(seq) AS seq FROM events WHERE subject = ?", [document]))
    return None if row["seq"] is None else int(row["seq"])


def last_decision(index: Index, document: str) -> Decided | None:
    """The last decision on a document that is not undone."""
    query = (
        _SELECT + " AND decisions.id IN (SELECT decision FROM decided WHERE document = ?) "  # noqa: S608
        "ORDER BY decisions.id DESC LIMIT 1"
    )
    return next((_decided(row) for row in index.db.query(query, [document])), None)


def last_decisions(index: Index, count: int) -> list[Decided]:
    """The last ``count`` decisions that are not undone, newest first; what was decided together counts as one."""
    query = (
        _SELECT + " AND batch IN (SELECT DISTINCT batch FROM decisions WHERE undone IS NULL "  # noqa: S608
        "ORDER BY batch DESC LIMIT ?) ORDER BY decisions.id DESC"
    )
    return [_decided(row) for row in index.db.query(query, [count])]


def later_on(index: Index, decision: Decided) -> str | None:
    """A document of this decision that was decided again since, if there is one."""
    for one in decision.documents:
        last = last_decision(index, one)
        if last is not None and last.id > decision.id:
            return one
    return None


def take_back(index: Index, decision: Decided, restored: Sequence[Document]) -> None:
    """Record that a decision is undone. Call it within the ``change`` that restores its documents.

    The documents it had made are withdrawn, their numbers never given again; what was learned from it is forgotten.
    """
    for one in decision.added:
        index.withdraw(one, decision=decision.seq)
    for row in restored:
        index.teach(row.id, [lesson for one, lesson in decision.lessons if one == row.id])
    index.db.execute("UPDATE decisions SET undone = ? WHERE id = ?", [index.head()[0], decision.id])


def _decided(row: dict[str, Any]) -> Decided:
    told = json.loads(row["before"])
    return Decided(
        row["id"], row["seq"], row["batch"], row["act"], row["source"],
        tuple(document_from(record) for record in told["rows"]),
        tuple(told["added"]),
        tuple((one, Lesson(words, project, item)) for one, words, project, item in told["lessons"]),
        row["at"], row["actor"],
    )  # fmt: skip
