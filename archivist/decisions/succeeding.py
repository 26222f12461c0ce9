"""What people decide about projects themselves (台账变更): another number, another project after all, out of the register.

A folder is moved before the index says so: its own description still names the project as it was, so that a kill in
between leaves a folder that was moved by hand, which custody follows. Nothing is lost by doing it again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from archivist.core.authority import REGISTER, may
from archivist.core.filing import project_path
from archivist.core.naming import safe_name, township_folder
from archivist.core.project import Project
from archivist.core.register import merged, project_from_record, project_to_record
from archivist.errors import BadInputError, RefusedError, UsageError
from archivist.folders.places import folders_of, make_project_folders
from archivist.index.notation import to_json
from archivist.index.rekeying import Rekeying
from archivist.index.succession import RETIRED, RegisterAct
from archivist.questions.register import no_project
from archivist.store.layout import DECISION_PAGE, METADATA, STATUS_PAGE
from archivist.system.clock import now

if TYPE_CHECKING:
    from archivist.core.succession import Asked
    from archivist.decisions.desk import Desk

_ASIDE, _BEFORE = "-暂", "-原"
"""What is added to the number of a project that steps aside for another: for a moment, or until it is given a new one."""

_KEPT = ("name", "township", "village", "category", "department", "record", "formerly", "retired")
"""Columns of a project's row that an act changes, and that undoing it puts back."""


class Succeeding:
    """Takes people's decisions about projects at a desk. What is decided through one of these is undone together."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._index = desk, desk.index
        self._store, self._config = desk.workspace.store, desk.workspace.config
        self._batch = desk.index.succession.next_batch()
        self._undone_by: dict[str, Callable[[RegisterAct], None]] = {
            "renumbered": self._undo_renumber,
            "separated": self._undo_separate,
            "retired": self._undo_rows,
            "corrected": self._undo_rows,
            "township changed": self._undo_township,
        }

    @property
    def questions(self) -> list[Asked]:
        """What imports asked and nobody answered yet."""
        return self._index.succession.asked()

    # -- another number ----------------------------------------------------------------------------------------------

    def renumber(self, old: str, new: str) -> str:
        """A project has another number from now on; return what was done, in Chinese.

        Papers, folder, 免交, 核定, decisions and lessons go along; the old number stays known as 曾用编号. A 销号 that
        stands is reopened: what was printed and signed for it names the old number.

        Raises:
            UsageError: the register has no project of the old number, or has one of the new.
        """
        self._known(old)
        return "\n".join(filter(None, (self._renumber(*move) for move in self._moves(old, new))))

    def _renumber(self, old: str, new: str) -> str:
        row, known = self._known(old)
        asked = self._index.succession.asked_about(new)
        said = known if asked is None else merged(known, project_from_record(asked.record))
        after = replace(said, code=new)
        home, why = self._moved(row["folder"], known, after)
        told = f"换编号 {old} → {new}：{after.name}"
        reason = f"项目编号由 {old} 改为 {new}，请按新编号重新核对、审批"
        with self._index.change():
            before = self._before(row, [new])
            before |= {
                table: self._index.succession.rows_of(table, old)
                for table in ("deregistrations", "proposals")
            }
            self._index.proposals.end(old, "proposal lapsed", reason)
            reopened = self._index.deregistrations.reopen(old, reason)
            self._index.succession.rekey(Rekeying(old, new, row["folder"] or "", home or ""))
            former = [] if _ASIDE in old else [[old, known.name]]
            self._write(after, [*json.loads(row["formerly"]), *former])
            self._index.succession.answered(new)
            self._record("renumbered", [new, old], told, before)
        if _ASIDE in new:
            return ""
        lines = [f"已{told}。材料、文件夹、免交、核定和以前的决定都跟着新编号，{old} 记为曾用编号。"]
        lines += [f"　　{why}"] if why else []
        lines += (
            ["　　原来的销号已重新打开：审批表和销号决定写的是原编号，请按新编号重新办理。"]
            if reopened
            else []
        )
        return "\n".join(lines)

    def _moved(self, folder: str | None, known: Project, after: Project) -> tuple[str | None, str]:
        """Where a project's folder stands from now on, and what people must know of that."""
        if folder is None:
            return None, ""
        wanted = self._name_for(folder, known, after)
        if wanted == folder:
            return folder, ""
        if self._store.move_folder(self._store.path(folder), self._store.path(wanted)):
            return wanted, ""
        return (
            folder,
            f"文件夹没能改名，仍是“{folder}”（里面有文件正打开着，或已有同名的文件夹），材料照常使用。",
        )

    def _name_for(self, folder: str, known: Project, after: Project) -> str:
        """Where a project's folder is from now on; a name or place that people gave it keeps all but the old number."""
        *before, ours = project_path(folders_of(self._config), known)
        *wanted, theirs = project_path(folders_of(self._config), after)
        above, _, name = folder.rpartition("/")
        home = "/".join(wanted) if above == "/".join(before) else above
        numbers = safe_name(known.code, 60), safe_name(after.code, 60)
        return f"{home}/{theirs if name == ours else name.replace(*numbers)}"

    # -- a project of its own ------------------------------------------------------------------------------------------

    def separate(self, code: str) -> str:
        """A new number that was asked about is a project of its own: it is registered as the file has it."""
        asked = self._asked(code)
        project = project_from_record(asked.record)
        if self._index.projects.find(code) is not None:
            return self._separate_taken(asked, project)
        return self._separate(asked, project)

    def _separate_taken(self, asked: Asked, project: Project) -> str:
        """As `separate`, where another project has had the number until now: that one steps aside with all its papers."""
        question = self._index.succession.row_asked(asked.code)
        aside = self._unused(f"{asked.code}{_BEFORE}")
        with self._index.change():
            self._index.succession.answered(asked.code)
        told = self._renumber(asked.code, aside)
        with self._index.change():
            self._index.succession.restore("register_questions", [question] if question else [])
        return "\n".join([told, self._separate(asked, project)])

    def _separate(self, asked: Asked, project: Project) -> str:
        code = asked.code
        with self._index.change():
            question = self._index.succession.row_asked(code)
            self._register(project, asked.file)
            self._index.succession.answered(code)
            told = f"{code} {project.name} 是另一个项目"
            self._record("separated", [code], told, {"questions": [question], "added": [code]})
        make_project_folders(self._config, self._index, self._desk.workspace.annex)
        return f"已登记 {told}。"

    def correct(self, code: str) -> str:
        """A project's row was asked about for all that is different in it: it is a correction, and is taken as it stands."""
        asked = self._asked(code)
        row, known = self._known(code)
        project = merged(known, project_from_record(asked.record))
        told = f"{code} 更正为“{project.name}”（原“{known.name}”）"
        with self._index.change():
            before = self._before(row, [code])
            before |= {"deregistrations": self._gates(code)}
            self._write(project, [*json.loads(row["formerly"]), [code, known.name]])
            self._index.succession.answered(code)
            self._record("corrected", [code], told, before)
        return f"已{told}。"

    def _register(self, project: Project, file: str) -> None:
        record = project_to_record(project)
        summary = {"file": file, "added": [record], "changed": [], "absent": []}
        self._index.projects.put([(record, project)], summary)

    # -- out of the register -------------------------------------------------------------------------------------------

    def retire(self, code: str, reason: str) -> str:
        """A project is no longer one of the register's (移出台账): lists by category pass it over, its archive stays."""
        row, known = self._known(code)
        if row["retired"] is not None:
            raise UsageError(f"{code} 已经移出台账了，不用再办。")
        told = f"{code} {known.name} 移出台账：{reason}"
        with self._index.change():
            before = self._before(row, [])
            self._retire(code, reason)
            self._record("retired", [code], told, before)
        return (
            f"已移出台账：{code} {known.name}，不再列入缺件清单；文件夹和已归档的材料都保留。理由：{reason}"
        )

    def _retire(self, code: str, reason: str) -> None:
        told = {"reason": reason, "at": now(), "actor": self._index.actor.name}
        self._index.succession.write(code, {"category": RETIRED, "retired": to_json(told)})

    # -- another township ----------------------------------------------------------------------------------------------

    def change_township(self, old: str, new: str) -> str:
        """All projects of a township belong to another from now on (乡镇合并、更名), their folders lie with it.

        Those that an import moved there already have only their folders moved.
        """
        folders = folders_of(self._config)
        below = f"{folders.projects}/{township_folder(old)}/"
        chosen = [
            (self._index.projects.find(code), project)
            for code, (project, folder) in self._index.projects.registered().items()
            if project.township == old or (project.township == new and (folder or "").startswith(below))
        ]
        if not chosen:
            raise UsageError(f"台账里没有“{old}”的项目。请用 archivist register list 查看镇街。")
        told = f"“{old}”的 {len(chosen)} 个项目改属“{new}”"
        rows = [row for row, _ in chosen if row is not None]
        lines, moved = [], []
        for row, project in chosen:
            assert row is not None
            after = replace(project, township=new)
            home, why = self._moved(row["folder"], replace(project, township=old), after)
            lines += [f"　　{project.code}：{why}"] if why else []
            moved.append((row, after, home))
        with self._index.change():
            before = {"projects": [one for row in rows for one in self._before(row, [])["projects"]]}
            before |= {"deregistrations": [one for row in rows for one in self._gates(row["code"])]}
            for row, after, home in moved:
                self._index.succession.rekey(
                    Rekeying(after.code, after.code, row["folder"] or "", home or "")
                )
                self._write(after, json.loads(row["formerly"]))
            self._record("township changed", [row["code"] for row in rows], told, before)
        self._store.remove_empty([self._store.path(below.rstrip("/"))])
        return "\n".join([f"已办：{told}，文件夹也移到了“{new}”下面。", *lines])

    def _gates(self, code: str) -> list[dict[str, Any]]:
        return self._index.succession.rows_of("deregistrations", code)

    def _undo_township(self, act: RegisterAct) -> None:
        homes = []
        for then in act.before["projects"]:
            row, _ = self._known(then["code"])
            home = row["folder"]
            if home and then["folder"] and home != then["folder"]:
                moved = self._store.move_folder(self._store.path(home), self._store.path(then["folder"]))
                home = then["folder"] if moved else home
            homes.append(Rekeying(then["code"], then["code"], row["folder"] or "", home or ""))
        with self._index.change():
            for change in homes:
                self._index.succession.rekey(change)
            self._index.succession.restore("deregistrations", act.before["deregistrations"])
            self._put_back(act)
            self._index.succession.undone(act, act.projects[0])

    # -- taking back ---------------------------------------------------------------------------------------------------

    def undo(self, act: RegisterAct) -> str:
        """Take a decision about projects back: they are and stand as they did before it, newer papers included.

        Raises:
            RefusedError: who acts may not change the register. UsageError: a later decision must be undone first.
        """
        person = self._index.person
        if person is not None and (refusal := may(REGISTER, person, None, self._desk.workspace.authority)):
            raise RefusedError(refusal.message)
        later = self._index.succession.later_on(act)
        if later is not None:
            raise UsageError(f"后来又有“{later.told}”，请先撤销那一个（archivist undo），再撤销这一个。")
        self._undone_by[act.act](act)
        return f"已撤销：{act.told}（{act.actor}，{act.at[:16].replace('T', ' ')}）"

    def _undo_renumber(self, act: RegisterAct) -> None:
        new, old = act.projects
        row, _ = self._known(new)
        then = act.before["projects"][0]
        home = row["folder"]
        if home and then["folder"] and home != then["folder"]:
            moved = self._store.move_folder(self._store.path(home), self._store.path(then["folder"]))
            home = then["folder"] if moved else home
        why = f"项目编号 {new} 改回 {old}"
        with self._index.change():
            self._index.proposals.end(new, "proposal lapsed", why)
            self._index.deregistrations.reopen(new, why)
            self._index.succession.rekey(Rekeying(new, old, row["folder"] or "", home or ""))
            for table in ("deregistrations", "proposals"):
                self._index.succession.restore(table, act.before[table])
            self._put_back(act)
            self._index.succession.undone(act, old)

    def _undo_separate(self, act: RegisterAct) -> None:
        rows = [row for code in act.before["added"] if (row := self._index.projects.find(code))]
        with self._index.change():
            for row in rows:
                self._unregister(row["code"])
            self._put_back(act)
            self._index.succession.undone(act, act.projects[0])
        self._empty(rows)

    def _unregister(self, code: str) -> None:
        """Take a project that was registered by a decision out again, if nothing belongs to it yet."""
        if self._index.holdings.of(code):
            raise UsageError(f"{code} 已有材料，不能撤销它的登记。请先把材料改归别处（archivist assign）。")
        self._index.succession.drop(code)

    def _empty(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Take our pages and empty folders of projects away that are none any more; what people put there stays."""
        for row in rows:
            if row["folder"] is None:
                continue
            folder = self._store.path(row["folder"])
            for page in (STATUS_PAGE, METADATA, DECISION_PAGE):
                self._store.remove(folder / page)
            self._store.remove_empty([*folder.glob("*"), folder])

    def _undo_rows(self, act: RegisterAct) -> None:
        with self._index.change():
            self._index.succession.restore("deregistrations", act.before.get("deregistrations", ()))
            self._put_back(act)
            self._index.succession.undone(act, act.projects[0])

    def _put_back(self, act: RegisterAct) -> None:
        """The register's rows as they were, and what was asked."""
        for then in act.before.get("projects", ()):
            self._index.succession.write(then["code"], {name: then[name] for name in _KEPT})
        for question in act.before.get("questions", ()):
            self._index.succession.answered(question["code"])
            self._index.succession.restore("register_questions", [question])

    # -- what all share ------------------------------------------------------------------------------------------------

    def _known(self, code: str) -> tuple[dict[str, Any], Project]:
        row = self._index.projects.find(code)
        if row is None:
            raise no_project(self._index, [code])
        self._index.may_touch(code)
        return row, project_from_record(json.loads(row["record"]))

    def _asked(self, code: str) -> Asked:
        asked = self._index.succession.asked_about(code)
        if asked is None:
            raise BadInputError(f"没有问到编号“{code}”。还没有回答的，用 archivist register questions 查看。")
        return asked

    def _moves(self, old: str, new: str) -> list[tuple[str, str]]:
        """What changes of numbers it takes, in order. A number may have been passed on along a row of projects: who has it
        goes on to the one that the same register gives them; where they were exchanged, one steps aside meanwhile.
        """
        moves, number = [(old, new)], new
        while (has := self._who_has(number)) is not None:
            if has == old:
                aside = self._unused(f"{old}{_ASIDE}")
                return [(old, aside), *reversed(moves[1:]), (aside, new)] if len(moves) > 1 else moves
            after = [one.code for one in self.questions if one.only == has]
            if len(after) != 1 or has in {before for before, _ in moves}:
                raise UsageError(
                    f"台账里已经有编号 {number} 的项目。两个编号是同一个项目的，请用 archivist register join 并成一个。"
                )
            moves.append((has, number := after[0]))
        return moves[::-1]

    def _who_has(self, code: str) -> str | None:
        """The project with a number, whatever its letters' case: folders on Windows cannot tell them apart."""
        return next((one for one in self._index.projects.codes() if one.casefold() == code.casefold()), None)

    def _unused(self, code: str) -> str:
        """A number like this one that no project has."""
        return next(one for count in range(1, 1000) if self._who_has(one := f"{code}{count}") is None)

    def _before(self, row: Mapping[str, Any], asked: Sequence[str]) -> dict[str, Any]:
        """A project's row and what is asked about numbers, as `_put_back` needs them."""
        questions = [found for code in asked if (found := self._index.succession.row_asked(code))]
        return {
            "projects": [{name: row[name] for name in ("code", "folder", *_KEPT)}],
            "questions": questions,
        }

    def _write(self, project: Project, formerly: Sequence[Sequence[str]]) -> None:
        """What the register says of a project from now on."""
        row = self._index.projects.find(project.code)
        retired = row is not None and row["retired"] is not None
        self._index.succession.write(
            project.code,
            {
                "name": project.name,
                "township": project.township,
                "village": project.village,
                "category": RETIRED if retired else project.category.value if project.category else None,
                "department": project.department,
                "record": to_json(project_to_record(project)),
                "formerly": to_json(list(map(list, formerly))),
                "updated": now(),
            },
        )

    def _record(self, act: str, projects: Sequence[str], told: str, before: Mapping[str, Any]) -> None:
        self._index.succession.record(act, self._batch, projects, told, before)
