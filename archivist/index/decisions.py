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
from archivist.core.model import Status
from archivist.core.overruling import Earlier
from archivist.index.changes import rows_in
from archivist.index.documents import Documents
from archivist.index.events import Events
from archivist.index.lessons import Lessons
from archivist.index.notation import to_json
from archivist.index.records import document_from, document_row

if TYPE_CHECKING:
    from archivist.index.database import Database

Taught = Sequence[tuple[str, Lesson]]
"""Lessons, each with the document it was drawn from."""


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision: the documents as they were before it, those it made, and what was learned from them before.

    ``user`` is the operating system's user behind another name; "" where it was no other, or is not known. ``folder``: it
    was taken by moving a file in a folder.
    """

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
    user: str = ""
    folder: bool = False

    @property
    def documents(self) -> tuple[str, ...]:
        """Every document it touched."""
        return (*(row.id for row in self.before), *self.added)


_SELECT = (
    "SELECT decisions.*, events.at, events.actor, events.detail FROM decisions JOIN events ON events.seq = decisions.seq "
    "WHERE undone IS NULL"
)


class Decisions:
    """The decisions in an open index."""

    def __init__(self, database: Database) -> None:
        self._database, self._events, self._lessons = database, Events(database), Lessons(database)

    # -- questions -------------------------------------------------------------------------------------------------

    def last(self, document: str) -> Decided | None:
        """The last decision on a document that is not undone."""
        query = (
            f"{_SELECT} AND decisions.id IN (SELECT decision FROM decided WHERE document = ?) "  # noqa: S608
            "ORDER BY decisions.id DESC LIMIT 1"
        )
        row = self._database.row(query, [document])
        return None if row is None else _decided(row)

    def placed(self, row: Document) -> Earlier | None:
        """Who decided where a document stands now; None for what waits, or where the software decided."""
        last = None if row.status is Status.REVIEW else self.last(row.id)
        if last is None:
            return None
        what = "从“待确认”移走" if last.act == "dismissed" else where_told(row)
        return Earlier(row.id, last.seq, last.actor, last.at, what, last.folder)

    def described(self, row: Document, what: str) -> Earlier | None:
        """Who last entered ``what`` (date, original) of a document; None where nobody did."""
        query = "SELECT seq, at, actor, detail FROM events WHERE act = 'described' AND subject = ? ORDER BY seq DESC"
        for event in self._database.rows(query, [row.id]):
            told = json.loads(event["detail"])
            if what in told:
                words = f"登记为{told[what]}"
                return Earlier(row.id, event["seq"], event["actor"], event["at"], words)
        return None

    def latest(self, count: int) -> list[Decided]:
        """The last ``count`` decisions that are not undone, newest first; what was decided together counts as one."""
        query = (
            f"{_SELECT} AND batch IN (SELECT DISTINCT batch FROM decisions WHERE undone IS NULL "  # noqa: S608
            "ORDER BY batch DESC LIMIT ?) ORDER BY decisions.id DESC"
        )
        return [_decided(row) for row in self._database.rows(query, [count])]

    def later_on(self, decision: Decided) -> str | None:
        """A document of this decision that was decided again since, if there is one."""
        for one in decision.documents:
            last = self.last(one)
            if last is not None and last.id > decision.id:
                return one
        return None

    def next_batch(self) -> int:
        """A number for decisions that are made, and undone, together."""
        return int(self._database.value("SELECT COALESCE(MAX(batch), 0) + 1 AS batch FROM decisions"))

    # -- changes ---------------------------------------------------------------------------------------------------

    def record(
        self,
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
        row = {"seq": seq or self._events.head()[0], "batch": batch, "act": act, "source": before[0].source}
        decision = self._database.insert("decisions", {**row, "before": to_json(told)})
        for one in (*(row.id for row in before), *added):
            self._database.insert("decided", {"decision": decision, "document": one})

    def take_back(self, decision: Decided, restored: Sequence[Document]) -> None:
        """Record that a decision is undone. Call it within the ``change`` that restores its documents.

        The documents it had made are withdrawn, their numbers never given again; what was learned from it is forgotten.
        """
        documents = Documents(self._database)
        for one in decision.added:
            documents.withdraw(one, decision=decision.seq)
        for row in restored:
            self._lessons.teach(row.id, [lesson for one, lesson in decision.lessons if one == row.id])
        self._database.execute(
            "UPDATE decisions SET undone = ? WHERE id = ?", [self._events.head()[0], decision.id]
        )


def where_told(row: Document) -> str:
    """Where a document was decided to stand, as a verb."""
    return f"归到 {row.project} 第{row.item}项" if row.status is Status.FILED else "退回"


_IN_FOLDERS = frozenset({"put back", "dismissed", "dropped"})
"""Acts that are done by moving files, never by a command."""


def _decided(row: dict[str, Any]) -> Decided:
    told, detail = json.loads(row["before"]), rows_in(row["detail"])
    return Decided(
        row["id"],
        row["seq"],
        row["batch"],
        row["act"],
        row["source"],
        tuple(document_from(record) for record in told["rows"]),
        tuple(told["added"]),
        tuple((one, Lesson(words, project, item)) for one, words, project, item in told["lessons"]),
        row["at"],
        row["actor"],
        str(detail.get("user", "")),
        row["act"] in _IN_FOLDERS or bool(detail.get("folder")),
    )
