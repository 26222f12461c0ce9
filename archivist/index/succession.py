"""What became of projects (台账变更): the numbers they had, what is asked about them, what people decided, how to undo it.

The number is the key of all that is known of a project. Where it changes it is replaced in every table within one
transaction; what an event must back (销号, 负责人核定) goes along only if one does, and the event of the change backs it
from then on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archivist.core.document import PLANNED
from archivist.core.succession import JOINED, Asked, Former
from archivist.index.database import question_marks
from archivist.index.evidence import BACKED
from archivist.index.notation import to_json
from archivist.index.numbers import TABLE as NUMBERS
from archivist.index.overrides import BACKED as OVERRIDE_BACKED
from archivist.index.projects import Projects
from archivist.index.rekeying import Rekeying
from archivist.index.removals import Removals
from archivist.index.verifications import BACKED as VERIFICATION_BACKED
from archivist.index.verifications import TABLE as VERIFICATIONS
from archivist.system.clock import now

if TYPE_CHECKING:
    from archivist.core.document import Document, Removal
    from archivist.core.register.succession import Question
    from archivist.index.database import Database

RETIRED = "已移出台账"
"""What stands in the place of the category of a project that left the register: lists by category pass it over."""


_DOSSIERS = ("dossiers", "dossier_changes")
_RESTORED = ("overrides", "deregistrations", "proposals", NUMBERS, VERIFICATIONS, *_DOSSIERS)
"""Tables whose rows a project that was joined to another takes back as they were."""


@dataclass(frozen=True, slots=True)
class RegisterAct:
    """One decision about projects: ``projects`` are all it touched, ``told`` says it in Chinese, ``before`` undoes it."""

    id: int
    seq: int
    batch: int
    act: str
    projects: tuple[str, ...]
    told: str
    before: Mapping[str, Any]
    at: str
    actor: str


class Succession:
    """The history of the register in an open index."""

    def __init__(self, database: Database) -> None:
        self._database, self._projects = database, Projects(database)

    # -- questions -------------------------------------------------------------------------------------------------

    def asked(self) -> list[Asked]:
        """What new rows of registers may be known projects, oldest first."""
        if not self._database.has("register_questions"):
            return []
        rows = self._database.rows("SELECT code, record, likes, file, at FROM register_questions ORDER BY id")
        return [_asked(row) for row in rows]

    def asked_about(self, code: str) -> Asked | None:
        """What is asked about a new number."""
        return next((one for one in self.asked() if one.code == code), None)

    def formers(self) -> dict[str, Former]:
        """Whose the numbers (casefolded) are that projects had before, and no project has now."""
        if not self._knows():
            return {}
        rows = self._database.rows("SELECT code, formerly FROM projects WHERE formerly <> '[]'")
        known = {
            code.casefold() for (code,) in self._database.connection.execute("SELECT code FROM projects")
        }
        found = {
            old.casefold(): Former(row["code"], name, JOINED in how)
            for row in rows
            for old, name, *how in json.loads(row["formerly"])
        }
        return {old: former for old, former in found.items() if old not in known}

    def formerly(self, codes: Sequence[str] | None = None) -> dict[str, tuple[tuple[str, str], ...]]:
        """The numbers and names that projects had before, by their numbers of now; None for all that had any."""
        if not self._knows():
            return {}
        chosen = "1" if codes is None else f"code IN ({question_marks(codes)})"
        query = f"SELECT code, formerly FROM projects WHERE formerly <> '[]' AND {chosen}"  # noqa: S608
        rows = self._database.rows(query, list(codes or ()))
        return {
            row["code"]: tuple((old, name) for old, name, *_ in json.loads(row["formerly"])) for row in rows
        }

    def retired(self) -> dict[str, dict[str, str]]:
        """Projects that left the register (移出台账), each with reason, at and actor."""
        if not self._knows():
            return {}
        rows = self._database.rows("SELECT code, retired FROM projects WHERE retired IS NOT NULL")
        return {row["code"]: json.loads(row["retired"]) for row in rows}

    def _knows(self) -> bool:
        """Whether the index is of an edition that keeps a history."""
        return self._database.has("register_acts")

    def latest(self, count: int) -> list[RegisterAct]:
        """The last decisions that are not undone, newest first; those of a batch count as one."""
        return self._acts(
            "batch IN (SELECT DISTINCT batch FROM register_acts WHERE undone IS NULL ORDER BY batch DESC LIMIT ?)",
            [count],
        )

    def later_on(self, act: RegisterAct) -> RegisterAct | None:
        """A later decision about one of the same projects, if there is one: it must be undone first."""
        later = self._acts("register_acts.id > ? AND batch <> ?", [act.id, act.batch])
        return next((one for one in later if set(one.projects) & set(act.projects)), None)

    def _acts(self, where: str, values: Sequence[Any]) -> list[RegisterAct]:
        if not self._knows():
            return []
        query = (
            "SELECT register_acts.*, events.at, events.actor FROM register_acts JOIN events USING (seq) "  # noqa: S608
            f"WHERE undone IS NULL AND {where} ORDER BY register_acts.id DESC"
        )
        return [_act(row) for row in self._database.rows(query, values)]

    def next_batch(self) -> int:
        """A number for decisions that are made, and undone, together."""
        return int(self._database.value("SELECT COALESCE(MAX(batch), 0) + 1 FROM register_acts"))

    # -- asking ----------------------------------------------------------------------------------------------------

    def ask(self, questions: Iterable[Question], file: str) -> None:
        """Keep new rows as asked about, in place of what was asked about the same numbers. Call it inside ``change``."""
        from archivist.core.register import project_to_record

        for one in questions:
            self.answered(one.project.code)
            likes = [{"code": like.code, "told": like.told} for like in one.likes]
            if one.answer:
                likes = [{**like, "told": one.told, "answer": one.answer} for like in likes]
            row = {
                "code": one.project.code,
                "record": to_json(project_to_record(one.project)),
                "likes": to_json(likes),
            }
            self._database.insert("register_questions", {**row, "file": file, "at": now()})
            self._projects.outdate(*(like.code for like in one.likes))

    def answered(self, code: str) -> None:
        """Nothing is asked about a number any more. Call it inside ``change``."""
        asked = self.asked_about(code)
        self._projects.outdate(*(like for like, _ in asked.likes) if asked else ())
        self._database.execute("DELETE FROM register_questions WHERE code = ?", [code])

    def row_asked(self, code: str) -> dict[str, Any] | None:
        """The kept row of a question, to be put back by `restore`."""
        return self._database.row("SELECT * FROM register_questions WHERE code = ?", [code])

    # -- changes, all of them to be called inside ``change`` ---------------------------------------------------------

    def record(
        self, act: str, batch: int, projects: Sequence[str], told: str, before: Mapping[str, Any]
    ) -> None:
        """Keep what it takes to undo a decision, and log it: one event, its subject the first of ``projects``."""
        from archivist.index.events import Events

        row = {
            "seq": Events(self._database).head()[0] + 1,
            "batch": batch,
            "act": act,
            "projects": to_json(projects),
        }
        self._database.insert("register_acts", {**row, "told": told, "before": to_json(before)})
        self._database.event(act, projects[0], projects=list(projects), told=told)

    def undone(self, act: RegisterAct, subject: str) -> None:
        """Record that a decision is taken back."""
        from archivist.index.events import Events

        seq = Events(self._database).head()[0] + 1
        self._database.execute("UPDATE register_acts SET undone = ? WHERE id = ?", [seq, act.id])
        self._database.event("register undone", subject, decision=act.seq, was=act.act, told=act.told)

    def restore(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Put rows of a table (ours, never a user's word) back as they were, each under its ``id``."""
        for row in rows:
            self._database.execute(f"DELETE FROM {table} WHERE id = ?", [row["id"]])  # noqa: S608
            self._database.insert(table, dict(row))

    def rows_of(self, table: str, project: str) -> list[dict[str, Any]]:
        """A project's rows of a table, as they are."""
        query = f"SELECT * FROM {table} WHERE project = ? ORDER BY id"  # noqa: S608 (ours)
        return list(self._database.rows(query, [project]))

    def write(self, code: str, values: Mapping[str, Any]) -> None:
        """Set columns of a project's row."""
        assigned = ", ".join(f"{name} = :{name}" for name in values)
        update = f"UPDATE projects SET {assigned}, stale = 1 WHERE code = :at"  # noqa: S608
        self._database.execute(update, {**values, "at": code})

    def drop(self, code: str) -> None:
        """A project is none of the register's any more; nothing may belong to it."""
        self._database.execute("DELETE FROM projects WHERE code = ?", [code])

    def add(self, row: Mapping[str, Any]) -> None:
        """Put a project's row back that was dropped."""
        self._database.insert("projects", {**row, "stale": 1})

    def whole(self, code: str) -> dict[str, Any]:
        """All that a project joined to another takes along, table by table, so that it can go back (see `part`)."""
        rows = self._database.rows
        both = [code, to_json(code)]
        tables: dict[str, Any] = {
            table: list(rows(f"SELECT * FROM {table} WHERE project = ? ORDER BY rowid", [code]))  # noqa: S608
            for table in (*_RESTORED, "lessons", "waivers")
        }
        query = "SELECT id, project, path, candidates, facts FROM documents WHERE project = ?1 OR instr(candidates, ?2)"
        tables["documents"] = list(rows(query, both))
        query = "SELECT id, before FROM decisions WHERE undone IS NULL AND instr(before, ?)"
        tables["decisions"] = list(rows(query, [code]))
        found = rows("SELECT id FROM sources WHERE decided_project = ?", [code])
        return {**tables, "sources": [row["id"] for row in found]}

    def join(self, change: Rekeying) -> None:
        """Give all that is kept of the project ``change.old`` to ``change.new``, and drop its row. The places of its
        filed copies are not looked at: see `rehome`. Of a waiver, or a dossier, both have, that of the new one stays.
        """
        kept = "project = ? AND item IN (SELECT item FROM waivers WHERE project = ?)"
        self._database.execute(f"DELETE FROM waivers WHERE {kept}", [change.old, change.new])  # noqa: S608
        kept = "project = ? AND key IN (SELECT key FROM overrides WHERE project = ?)"
        self._database.execute(f"DELETE FROM overrides WHERE {kept}", [change.old, change.new])  # noqa: S608
        self._end_numbers(change)
        if self._database.value("SELECT 1 FROM dossiers WHERE project = ?", [change.new]):
            for table in _DOSSIERS:
                self._database.execute(f"DELETE FROM {table} WHERE project = ?", [change.old])  # noqa: S608
        self._rekey_documents(Rekeying(change.old, change.new))
        self._rekey_decisions(change)
        self._rekey_tables(change)
        self.drop(change.old)
        self._projects.outdate(change.new)

    def _end_numbers(self, change: Rekeying) -> None:
        """Of a project that is joined to another the numbers (档号) end: its papers are numbered with the other's. What was
        verified of either of them by hand was of other papers.
        """
        from archivist.index.numbers import Numbers

        numbers = Numbers(self._database)
        standing = [one for one in numbers.of([change.old])[change.old] if one.stands]
        numbers.end(change.old, standing, f"{change.old} 并入 {change.new}", act="")
        self._database.execute(f"DELETE FROM {VERIFICATIONS} WHERE project = ?", [change.old])  # noqa: S608

    def part(self, change: Rekeying, whole: Mapping[str, Any]) -> list[str]:
        """Take back what `join` gave: ``change.new`` has what it had; return its documents, but for those decided since."""
        database, back = self._database, [change.new, change.old]
        for table in _RESTORED:
            self.restore(table, whole.get(table, ()))
        for row in whole["waivers"]:
            held = [row["project"], row["item"]]
            database.execute(
                "DELETE FROM waivers WHERE project = ? AND item = ? AND at = ?",
                [change.old, row["item"], row["at"]],
            )
            database.execute("DELETE FROM waivers WHERE project = ? AND item = ?", held)
            database.insert("waivers", row)
        for row in whole["lessons"]:
            database.execute(
                "UPDATE lessons SET project = ? WHERE project = ? AND id = ?", [*back, row["id"]]
            )
        for identity in whole["sources"]:
            database.execute(
                "UPDATE sources SET decided_project = ? WHERE decided_project = ? AND id = ?",
                [*back, identity],
            )
        for row in whole["decisions"]:
            database.execute(
                "UPDATE decisions SET before = ? WHERE undone IS NULL AND id = ?", [row["before"], row["id"]]
            )
        theirs = []
        for row in whole["documents"]:
            joined = Rekeying(change.new, change.old).document(row)
            values = [row["candidates"], row["facts"], row["id"], joined["candidates"]]
            database.execute(
                "UPDATE documents SET candidates = ?, facts = ? WHERE id = ? AND candidates = ?", values
            )
            now_in = database.value("SELECT project FROM documents WHERE id = ?", [row["id"]])
            if row["project"] == change.new and now_in == change.old:
                theirs.append(row["id"])
        self._projects.outdate(change.old)
        return theirs

    def rehome(self, rows: Iterable[Document], going: Mapping[int, Sequence[Removal]]) -> None:
        """Documents belong and stand elsewhere from now on; their sources are worked on until they do.

        Args:
            going: our copies at the places given up, by source.
        """
        for row in rows:
            values = [row.project, row.path, row.id]
            self._database.execute("UPDATE documents SET project = ?, path = ? WHERE id = ?", values)
            self._projects.outdate(row.project)
        for source, removals in going.items():
            self._database.execute("UPDATE sources SET state = ? WHERE id = ?", [PLANNED, source])
            Removals(self._database).put(source, removals)

    def rekey(self, change: Rekeying) -> None:
        """Replace a project's number wherever it is kept, the register's row too, and the places below its folder."""
        database = self._database
        database.execute(
            "UPDATE projects SET code = ?, folder = ?, stale = 1 WHERE code = ?",
            [change.new, change.now or None, change.old],
        )
        self._rekey_documents(change)
        self._rekey_decisions(change)
        self._rekey_tables(change)
        if change.home != change.now:
            self._rekey_places(change)

    def _rekey_tables(self, change: Rekeying) -> None:
        """What is kept by a project's number alone."""
        database, both = self._database, [change.new, change.old]
        database.execute("UPDATE sources SET decided_project = ? WHERE decided_project = ?", both)
        for table, condition in (
            ("lessons", "1"),
            ("waivers", "1"),
            ("proposals", "1"),
            (NUMBERS, "1"),
            (VERIFICATIONS, VERIFICATION_BACKED),
            ("dossiers", "1"),
            ("dossier_changes", "1"),
            ("overrides", OVERRIDE_BACKED),
            ("deregistrations", BACKED),
        ):
            database.execute(f"UPDATE {table} SET project = ? WHERE project = ? AND {condition}", both)  # noqa: S608

    def _rekey_documents(self, change: Rekeying) -> None:
        word, below = to_json(change.old), f"{change.home}/" if change.home else ""
        query = (
            "SELECT id, project, path, candidates, facts FROM documents WHERE project = ?1 OR instr(candidates, ?2) "
            "OR instr(facts, ?2) OR (?3 <> '' AND substr(path, 1, length(?3)) = ?3)"
        )
        for row in list(self._database.rows(query, [change.old, word, below])):
            self._database.execute(
                "UPDATE documents SET project = :project, path = :path, candidates = :candidates, facts = :facts "
                "WHERE id = :id",
                change.document(row),
            )

    def _rekey_decisions(self, change: Rekeying) -> None:
        """What undoing earlier decisions would restore names the project by its number of now."""
        query = "SELECT id, before FROM decisions WHERE undone IS NULL AND instr(before, ?)"
        for row in list(self._database.rows(query, [change.old])):
            told = json.loads(row["before"])
            told["rows"] = [change.document(one) for one in told["rows"]]
            told["lessons"] = [
                [one, words, change.code(code), item] for one, words, code, item in told["lessons"]
            ]
            self._database.execute("UPDATE decisions SET before = ? WHERE id = ?", [to_json(told), row["id"]])

    def _rekey_places(self, change: Rekeying) -> None:
        """Kept scans, what was seen of copies, files that wait to go: their places below the folder that moved."""
        length, below = len(change.home), f"{change.home}/"
        for table in ("copies", "standing"):
            self._database.execute(
                f"UPDATE {table} SET path = ? || substr(path, ?) WHERE substr(path, 1, ?) = ?",  # noqa: S608
                [change.now, length + 1, length + 1, below],
            )
        raw = below.encode("utf-8", "surrogateescape")
        query = "SELECT id, path FROM removals WHERE substr(path, 1, ?) = ?"
        for row in list(self._database.rows(query, [len(raw), raw])):
            moved = change.now.encode("utf-8", "surrogateescape") + bytes(row["path"])[len(raw) - 1 :]
            self._database.execute("UPDATE removals SET path = ? WHERE id = ?", [moved, row["id"]])


def _asked(row: Mapping[str, Any]) -> Asked:
    told = json.loads(row["likes"])
    likes = tuple((one["code"], one["told"]) for one in told)
    answer = told[0].get("answer", "")
    what = told[0]["told"] if answer else ""
    return Asked(row["code"], json.loads(row["record"]), likes, row["file"], row["at"], what, answer)


def _act(row: Mapping[str, Any]) -> RegisterAct:
    return RegisterAct(
        row["id"],
        row["seq"],
        row["batch"],
        row["act"],
        tuple(json.loads(row["projects"])),
        row["told"],
        json.loads(row["before"]),
        row["at"],
        row["actor"],
    )
