"""Several projects that become one (并入), one that becomes several (拆分): their papers go with them, and back again."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from archivist.core.document import Document, Removal
from archivist.core.model import Status
from archivist.core.succession import JOINED
from archivist.core.text import fold
from archivist.decisions.succeeding import Succeeding
from archivist.errors import UsageError
from archivist.folders.places import make_folders, make_project_folders
from archivist.index.rekeying import Rekeying
from archivist.index.succession import RegisterAct

if TYPE_CHECKING:
    from archivist.core.project import Project
    from archivist.decisions.desk import Desk


class Joining(Succeeding):
    """All that people decide about projects at a desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._undone_by |= {"merged": self._undo_join, "divided": self._undo_split}

    # -- several become one ------------------------------------------------------------------------------------------

    def join(self, olds: Sequence[str], new: str) -> str:
        """Projects are one from now on: ``new``, which may be a number that was asked about and is registered then.

        Raises:
            UsageError: one of them is not in the register, or one is to be joined to itself.
        """
        if new in olds or len(set(olds)) < len(olds):
            raise UsageError("并入的和并到的不能是同一个项目，请核对编号。")
        for old in olds:
            self._known(old)
        lines = []
        if self._index.projects.find(new) is None:
            lines.append(self.separate(new))
            self._desk.knowledge.refresh()
        lines += [self._join(old, new) for old in olds]
        return "\n".join(lines)

    def _join(self, old: str, new: str) -> str:
        row, known = self._known(old)
        target, project = self._with_folder(new)
        reason = f"{old} 并入 {new}，请重新核对、审批"
        told = f"{old} {known.name} 并入 {new} {project.name}"
        with self._index.change():
            for code in (old, new):
                self._index.proposals.end(code, "proposal lapsed", reason)
            before = self._before(target, [])
            before |= {"joined": row, "whole": self._index.succession.whole(old)}
            before["targets"] = self._index.succession.rows_of("deregistrations", new)
            reopened = [code for code in (old, new) if self._index.deregistrations.reopen(code, reason)]
            moved = self._moving(self._documents(old), new)
            self._index.succession.join(Rekeying(old, new, row["folder"] or "", target["folder"] or ""))
            self._rehome(moved)
            gone = [*json.loads(row["formerly"]), [old, known.name]]
            former = [*json.loads(target["formerly"]), *([number, name, JOINED] for number, name, *_ in gone)]
            self._write(project, former)
            self._record("merged", [new, old], told, before)
        self._stand(moved)
        self._empty([row])
        again = f"，{'、'.join(reopened)} 的销号已重新打开" if reopened else ""
        return f"已办：{told}。{len(moved)} 件材料跟着过去了，{old} 记为 {new} 的曾用编号{again}。"

    def _undo_join(self, act: RegisterAct) -> None:
        new, old = act.projects
        row = act.before["joined"]
        with self._index.change():
            self._index.succession.add(row)
            back = self._index.succession.part(Rekeying(new, old), act.before["whole"])
            self._index.succession.restore("deregistrations", act.before["targets"])
            moved = self._going_back(back, act.before["whole"]["documents"], old)
            self._rehome(moved)
            self._put_back(act)
            self._index.succession.undone(act, new)
        self._make(row)
        self._stand(moved)

    # -- one becomes several -------------------------------------------------------------------------------------------

    def split(self, old: str, parts: Sequence[str], rest: str = "", keep: bool = False) -> str:
        """A project becomes several; those that were asked about are registered. A paper that names one of them alone goes
        there, all others to ``rest`` (one of the parts), or they stay with the old one.

        The old project leaves the register unless ``keep``, its archive stays; undone, it is back with its papers.
        """
        if len(set(parts)) < (1 if keep else 2) or old in parts or (rest and rest not in parts):
            raise UsageError(
                "请写明原编号和拆成的几个新编号（至少两个，都不是原编号）；--papers-to 写其中一个。"
            )
        row, known = self._known(old)
        lines = [self.separate(code) for code in parts if self._index.projects.find(code) is None]
        self._desk.knowledge.refresh()
        projects = {code: self._known(code)[1] for code in parts}
        told = f"{old} {known.name} {'分出' if keep else '拆分为'} {'、'.join(parts)}"
        papers = self._documents(old)
        chosen = {one.id: self._part_of(one, projects) or rest for one in papers}
        for code in {*chosen.values()} - {""}:
            self._with_folder(code)
        with self._index.change():
            reason = f"{told}，请重新核对、审批"
            self._index.proposals.end(old, "proposal lapsed", reason)
            before = self._before(row, []) | {
                "documents": [{"id": one.id, "path": one.path} for one in papers]
            }
            before["deregistrations"] = self._index.succession.rows_of("deregistrations", old)
            self._index.deregistrations.reopen(old, reason)
            moved = [
                one
                for code in parts
                for one in self._moving([p for p in papers if chosen[p.id] == code], code)
            ]
            self._rehome(moved)
            if not keep:
                self._retire(old, f"拆分为 {'、'.join(parts)}")
            self._record("divided", [old, *parts], told, before)
        self._stand(moved)
        left = len(papers) - len(moved)
        stays = f"另有 {left} 件没有写明是哪一个的，还在 {old}，请逐件改归：archivist assign" if left else ""
        return "\n".join([*lines, f"已办：{told}。{len(moved)} 件材料已归到写明的项目。{stays}"])

    def _part_of(self, one: Document, parts: Mapping[str, Project]) -> str:
        """The one part that a paper names, by its number or its whole name; "" where it names none or several."""
        text = fold("\n".join(page.text for page in self._index.pages.of(one.source, one.first, one.last)))
        named = [code for code, part in parts.items() if fold(code) in text or fold(part.name) in text]
        return named[0] if len(named) == 1 else ""

    def _undo_split(self, act: RegisterAct) -> None:
        old, *parts = act.projects
        there = {row["id"] for row in act.before["documents"]}
        back = [one.id for code in parts for one in self._documents(code) if one.id in there]
        with self._index.change():
            self._put_back(act)
            self._index.succession.restore("deregistrations", act.before["deregistrations"])
            moved = self._going_back(back, act.before["documents"], old)
            self._rehome(moved)
            self._index.succession.undone(act, old)
        self._stand(moved)

    # -- papers --------------------------------------------------------------------------------------------------------

    def _documents(self, code: str) -> list[Document]:
        """A project's papers, and those that wait with it as best guess."""
        found = (self._index.documents.find(one.id) for one in self._index.holdings.of(code))
        return [one for one in found if one is not None]

    def _with_folder(self, code: str) -> tuple[dict[str, Any], Project]:
        """A project that papers go to; it has a folder from now on."""
        row, project = self._known(code)
        if row["folder"] is None and row["retired"] is None:
            path = "/".join(self._desk.knowledge.places[code])
            with self._index.change():
                self._index.projects.place({code: path})
                self._index.event("folder", code, path=path, made="for a decision")
            row, project = self._known(code)
        return row, project

    def _moving(self, rows: Sequence[Document], code: str) -> list[tuple[Document, Document]]:
        """Papers as they are, and as they are with another project: what is filed stands in its folder."""
        row, _ = self._known(code)
        taken: set[str] = set()
        return [(one, self._moved_to(one, code, row["folder"], taken)) for one in rows]

    def _moved_to(self, one: Document, code: str, folder: str, taken: set[str]) -> Document:
        if one.status is not Status.FILED or one.path is None or one.item is None:
            return replace(one, project=code)
        home = f"{folder}/{self._desk.workspace.annex.item(one.item).folder}"
        path = self._desk.filing.shelving.free(home, one.path.rpartition("/")[2], taken)
        taken.add(path)
        return replace(one, project=code, path=path)

    def _going_back(
        self, ids: Sequence[str], then: Sequence[Mapping[str, Any]], code: str
    ) -> list[tuple[Document, Document]]:
        """Papers as they are, and as they were: at their old places, or the next free ones."""
        paths = {row["id"]: row["path"] for row in then}
        pairs = []
        for one in filter(None, map(self._index.documents.find, ids)):
            path = paths[one.id]
            if one.status is Status.FILED and path and path != one.path:
                folder, _, name = path.rpartition("/")
                pairs.append(
                    (one, replace(one, project=code, path=self._desk.filing.shelving.free(folder, name)))
                )
            else:
                pairs.append((one, replace(one, project=code)))
        return pairs

    def _rehome(self, moved: Sequence[tuple[Document, Document]]) -> None:
        """Record where papers belong from now on. Inside ``change``."""
        going: defaultdict[int, list[Removal]] = defaultdict(list)
        for before, after in moved:
            if before.path != after.path:
                going[after.source] += self._desk.carrying.given_up(before)
        self._index.succession.rehome([after for _, after in moved], going)
        for before, _ in moved:
            self._index.projects.outdate(before.project)
        for source in going:
            self._desk.carrying.drop_combined(self._index.sources.get(source))

    def _stand(self, moved: Sequence[tuple[Document, Document]]) -> None:
        """Make the papers stand where they belong now, and take away what is over."""
        self._desk.knowledge.refresh()
        by_source: defaultdict[int, list[Document]] = defaultdict(list)
        for before, after in moved:
            if before.path != after.path:
                by_source[after.source].append(after)
        for source, rows in by_source.items():
            self._desk.filing.placing.complete(
                self._index.sources.get(source), rows, self._desk.knowledge.places
            )

    def _make(self, row: Mapping[str, Any]) -> None:
        """The folder of a project that is back."""
        if row["folder"] is not None:
            home = self._store.path(row["folder"])
            make_folders(home / rule.folder for rule in self._desk.workspace.annex.items)
        make_project_folders(self._config, self._index, self._desk.workspace.annex)
