"""What people decide about documents (决定): where they belong, that they wait, that they go back.

A command, a drag into a folder and a file taken out of 待确认 are the same decision, recorded and carried out alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from archivist.core.authority import FOLDER
from archivist.core.document import STANDS, Document, Removal, Source
from archivist.core.filing import FilingPlan, guessed, waiting_folder, waiting_name
from archivist.core.identification import Identification
from archivist.core.model import NO_MARKS, Candidate, Seen, Status, described
from archivist.core.naming import archival_name, safe_suffix
from archivist.core.overruling import WHATEVER, Change, Sure, overruled, reason, record
from archivist.core.words.moved import DISMISSED, by_whom, given_back, taken_back
from archivist.errors import UsageError
from archivist.folders.places import folders_of
from archivist.index.decisions import where_told
from archivist.questions.register import no_project
from archivist.system.fingerprints import Fingerprint

if TYPE_CHECKING:
    from pathlib import Path

    from archivist.core.rules import Annex
    from archivist.decisions.carrying import Carrying
    from archivist.filing.knowledge import Knowledge
    from archivist.filing.notes import Notes
    from archivist.filing.shelving import Shelving
    from archivist.index.writer import Index
    from archivist.store.vault import Store
    from archivist.workspace.config import Config


class Deciding:
    """Takes people's decisions about documents of one workspace. Use it with the write lock held."""

    def __init__(
        self,
        store: Store,
        index: Index,
        config: Config,
        annex: Annex,
        shelving: Shelving,
        notes: Notes,
        knowledge: Knowledge,
        carrying: Carrying,
    ) -> None:
        self._store, self._index, self._config, self._annex = store, index, config, annex
        self._shelving, self._notes, self._knowledge = shelving, notes, knowledge
        self._carrying = carrying

    def assign(
        self,
        row: Document,
        project: str,
        item: int,
        how: str,
        drag: Removal | None = None,
        sure: Sure = WHATEVER,
    ) -> Document:
        """File a document under project and item, whatever was thought before.

        Args:
            how: what the person did, in Chinese. drag: the file they dragged, if so: nobody can be asked then.
            sure: which decisions of others they mean to change.

        Raises:
            Overrules: somebody else decided otherwise.
        """
        source = self._decidable(row, project)
        filed, told = self._assigned(row, source, project, item, how, None if drag else sure, drag=drag)
        if drag is not None:
            told = {**told, "folder": True}
        return self._carrying.carry_out(
            source, [filed], [], [*self._carrying.given_up(row), *_only(drag)], "assigned", **told
        )

    def assign_pages(
        self, row: Document, pages: tuple[int, int], project: str, item: int, sure: Sure = WHATEVER
    ) -> Document:
        """File some pages of a document; the pages before and after them wait as documents of their own.

        Raises:
            Overrules: somebody else decided otherwise.
        """
        first, last = pages
        if (first, last) == (row.first, row.last):
            return self.assign(row, project, item, "确认", sure=sure)
        source = self._decidable(row, project)
        taken: set[str] = set()
        narrowed = replace(self._narrowed(source, row, pages, taken), id=row.id)
        how = f"确认第{first}-{last}页"
        filed, told = self._assigned(narrowed, source, project, item, how, sure, before=row)
        rest = [part for part in ((row.first, first - 1), (last + 1, row.last)) if part[0] <= part[1]]
        others = [self._narrowed(source, row, part, taken) for part in rest]
        return self._carrying.carry_out(
            source, [filed], others, self._carrying.given_up(row), "assigned", **told
        )

    def put_back(self, row: Document, project: str, drag: Removal) -> Document:
        """A document was dragged into a project's folder, but into none of its items: it waits, the project known."""
        source = self._decidable(row, project)
        best = next((c.item for c in row.candidates if c.item is not None), None)
        name = waiting_name(source.name, part_of(row, source))
        path = (
            row.path
            if row.status is Status.REVIEW
            else self._shelving.free(self._waits_in(project, source), name)
        )
        change = overruled(self._index.decisions.placed(row), FOLDER, "放进项目文件夹", WHATEVER)
        candidates = (Candidate(project, best, 1.0), *(c for c in row.candidates if c.project != project))
        waits = replace(
            row,
            status=Status.REVIEW,
            project=project,
            item=best,
            candidates=candidates[:8],
            decided_by=None,
            reasons=(
                "已放进项目文件夹，但没有放进其中哪一项的子文件夹，请再拖到对应的子文件夹",
                *reason(change),
            ),
            path=path,
        )
        return self._carrying.carry_out(
            source, [waits], [], [*self._carrying.given_up(row), drag], "put back", **record(change)
        )

    def renamed(self, row: Document, path: str) -> Document:
        """A person gave a copy another name within its folder: the name stays theirs, and its note goes along."""
        moved = replace(row, path=path)
        self._index.documents.update(moved, "renamed", before=row.path)
        if row.status is not Status.FILED and row.path is not None:
            self._store.remove(self._notes.path(row.path))
            self._notes.write(self._index.sources.get(row.source), moved)
        return moved

    def dismiss(self, row: Document) -> Document:
        """A person took a document out of 待确认, and it was put nowhere: they want it not to be archived."""
        told = DISMISSED.format(review=self._config.store.review)
        gone = replace(
            row, status=Status.REJECTED, project=None, item=None, path=None, reasons=(told, *row.reasons)
        )
        assert row.path is not None
        with self._index.change():
            lessons = self._index.lessons.of([row.id])
            self._index.documents.update(gone, "dismissed", before=row.path)
            self._carrying.remember("dismissed", [row], [], lessons)
        self._store.remove(self._notes.path(row.path))
        return gone

    def take_back(self, row: Document, file: Path, drag: Removal) -> Document:
        """A document was dragged back into 待确认: it is not what it was filed as, and waits again."""
        change = self._by_a_move(row, self._config.store.review)
        source, least = self._index.sources.get(row.source), self._config.identification.guess_threshold
        candidates = _not_this(row, least)
        best = candidates[0] if candidates else Candidate(None, None, 0.0)
        project, item = guessed(best, least)
        place = (row.path or "").rpartition("/")[0] or self._config.store.rejected
        waits = replace(
            row,
            status=Status.REVIEW,
            project=project,
            item=item,
            confidence=best.score,
            candidates=candidates,
            decided_by=None,
            archival=True,
            reasons=(taken_back(self._index.actor.name, place), *reason(change)),
            path=self._left_at(file, self._config.review),
        )
        removals = [*self._carrying.given_up(row), drag]
        return self._carrying.carry_out(source, [waits], [], removals, "taken back", **record(change))

    def give_back(self, row: Document, file: Path, drag: Removal) -> Document:
        """A document was dragged into 退回: it is not to be archived."""
        change = self._by_a_move(row, self._config.store.rejected)
        told = given_back(self._index.actor.name, (row.path or "").rpartition("/")[0])
        path = self._left_at(file, self._config.rejected)
        return self._sent_back(row, path, (told, *reason(change)), {**record(change), "folder": True}, drag)

    def _by_a_move(self, row: Document, folder: str) -> Change | None:
        """What moving a document into ``folder`` changes of somebody's decision: nobody can be asked."""
        return overruled(self._index.decisions.placed(row), FOLDER, f"拖到“{folder}”", WHATEVER)

    def _left_at(self, file: Path, folder: Path) -> str:
        """Where a file that was dragged to ``folder`` is to stand: where it lies, if it lies there as people see it."""
        if folder in file.parents and self._store.relative(file).isprintable():
            return self._store.relative(file)
        return self._shelving.free(self._store.relative(folder), waiting_name(file.name, None))

    def stays(self, row: Document, told: str, drag: Removal | None = None) -> Document:
        """What was dragged away stands at its place again; ``told`` says why."""
        source = self._index.sources.get(row.source)
        reasons = (told, *(reason for reason in row.reasons if reason != told))
        return self._carrying.put_in_place(source, replace(row, reasons=reasons), _only(drag))

    def reject(self, row: Document, why: str, sure: Sure = WHATEVER) -> Document:
        """Send a document back (退回), whether it waited or was filed; a note beside it says why.

        Raises:
            Overrules: somebody else filed it.
        """
        if row.status is Status.REJECTED:
            raise UsageError(f"材料 {row.id} 已经退回了，不用再退。")
        if row.status is Status.DUPLICATE:
            raise UsageError(f"材料 {row.id} 是重复件，没有放进任何文件夹，不用退回。")
        source = self._index.sources.get(row.source)
        person = self._index.actor.name
        change = overruled(self._index.decisions.placed(row), person, "退回", sure)
        path = self._shelving.free(
            self._config.store.rejected, waiting_name(source.name, part_of(row, source))
        )
        return self._sent_back(row, path, (f"由 {person} 退回：{why}", *reason(change)), record(change))

    def _sent_back(
        self,
        row: Document,
        path: str,
        reasons: tuple[str, ...],
        told: Mapping[str, object],
        drag: Removal | None = None,
    ) -> Document:
        """Let a document stand in 退回, at ``path``; ``told`` is what the event tells besides."""
        gone = replace(
            row,
            status=Status.REJECTED,
            project=None,
            item=None,
            path=path,
            decided_by=self._index.actor.name,
            archival=False,
            reasons=reasons,
        )
        source, removals = self._index.sources.get(row.source), [*self._carrying.given_up(row), *_only(drag)]
        return self._carrying.carry_out(source, [gone], [], removals, "rejected", **told)

    def _decidable(self, row: Document, project: str) -> Source:
        if project not in self._knowledge.places:
            raise no_project(self._index, [project])
        source = self._index.sources.get(row.source)
        if source.vault is None:
            raise UsageError(f"“{source.name}”超过大小上限，没有收存，不能归档。请拆分后重新放入收件箱。")
        return source

    def _assigned(
        self,
        row: Document,
        source: Source,
        project: str,
        item: int,
        how: str,
        sure: Sure | None,
        before: Document | None = None,
        drag: Removal | None = None,
    ) -> tuple[Document, dict[str, object]]:
        """A document as filed, and what its event tells besides.

        Args:
            sure: None of a file moved in a folder: nobody can be asked. before: the document as it was decided on, where
                only some of its pages are filed. drag: the file they dragged, if so.
        """
        rule = self._annex.item(item)
        suffix = safe_suffix(row.path or "") or safe_suffix(source.name)
        name = archival_name(rule.number, rule.short, row.date, row.title, suffix)
        folder = "/".join((*self._knowledge.places[project], rule.folder))
        person = self._index.actor.name
        filed = replace(
            row,
            status=Status.FILED,
            project=project,
            item=item,
            confidence=1.0,
            decided_by=person,
            archival=True,
            path=self._place_for(row, folder, name, drag),
            path_sha256=row.path_sha256 or source.sha256,
        )
        placed = self._index.decisions.placed(before or row)
        part = f"（只取第{row.first}-{row.last}页）" if before else ""
        by, meant = (FOLDER, WHATEVER) if sure is None else (person, sure)
        change = overruled(placed, by, where_told(filed) + part, meant)
        return replace(filed, reasons=(f"{by_whom(person)}{how}", *reason(change))), record(change)

    def _place_for(self, row: Document, folder: str, name: str, drag: Removal | None) -> str:
        """The new place; the one it has already, or was dragged to, when that is where it belongs."""
        place = f"{folder}/{name}"
        there = drag is not None and drag.path == self._store.raw(self._store.path(place))
        return place if there or row.path == place else self._shelving.free(folder, name)

    def _waits_in(self, project: str | None, source: Source) -> str:
        folders, places = folders_of(self._config), self._knowledge.places
        return "/".join(waiting_folder(folders, project, source.name, places))

    def _narrowed(self, source: Source, row: Document, pages: tuple[int, int], taken: set[str]) -> Document:
        """The part ``pages`` of a document, waiting in 待确认."""
        found = Identification(
            pages[0], pages[1], row.candidates, reasons=("由人拆分出的页，待确认",), **_seen_anew(row)
        )
        best = row.candidates[0] if row.candidates else Candidate(None, None, 0.0)
        name = waiting_name(source.name, pages)
        project, item = guessed(best, self._config.identification.guess_threshold)
        folder = tuple(self._waits_in(project, source).split("/"))
        plan = FilingPlan(found, Status.REVIEW, project, item, best.score, folder, name, False, found.reasons)
        return self._shelving.document(source, source.kind or "", plan, taken)


def _not_this(row: Document, least: float) -> tuple[Candidate, ...]:
    """What a document may be once a person took it away from where it was filed: that place is the weakest guess that is
    told at all, so that nothing accepts it unseen.
    """
    here = (row.project, row.item)
    weaker = (
        replace(one, score=min(one.score, least)) if (one.project, one.item) == here else one
        for one in row.candidates
    )
    return tuple(sorted(weaker, key=lambda one: -one.score))


def part_of(row: Document, source: Source) -> tuple[int, int] | None:
    """The pages a document is of its source; None when it is the whole."""
    return None if row.path_sha256 == source.sha256 else (row.first, row.last)


def _seen_anew(row: Document) -> dict[str, Any]:
    """What a document says of itself, but for what was seen on pages that it may not hold any more."""
    unseen = {
        "of_kind": None,
        "sealed": Seen.UNKNOWN,
        "signed": Seen.UNKNOWN,
        "facts": (),
        "marks": NO_MARKS,
        "archival": True,
    }
    return {**described(row), **unseen}


def _only(drag: Removal | None) -> list[Removal]:
    return [] if drag is None else [drag]


def dragged(raw: bytes, sha256: str, stamp: Fingerprint) -> Removal:
    """The removal of a file that a person dragged: its document is going to stand under its clear name."""
    return Removal(STANDS, raw, sha256, str(stamp))
