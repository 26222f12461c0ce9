"""What people decide about documents (决定): where they belong, that they wait, that they go back.

A command, a drag into a folder and a file taken out of 待确认 are the same decision, recorded and carried out alike.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from archivist.core.document import STANDS, Document, Removal, Source
from archivist.core.filing import FilingPlan, guessed, waiting_name
from archivist.core.identification import Identification
from archivist.core.model import NO_MARKS, Candidate, Seen, Status, described
from archivist.core.naming import archival_name, safe_suffix
from archivist.errors import UsageError
from archivist.questions.register import no_project
from archivist.system.fingerprints import Fingerprint

if TYPE_CHECKING:
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
    ) -> Document:
        """File a document under project and item, whatever was thought before.

        Args:
            how: what the person did, in Chinese. drag: the file they dragged, if so.
        """
        source = self._decidable(row, project)
        filed = self._assigned(row, source, project, item, how)
        return self._carrying.carry_out(
            source, [filed], [], [*self._carrying.given_up(row), *_only(drag)], "assigned"
        )

    def assign_pages(self, row: Document, pages: tuple[int, int], project: str, item: int) -> Document:
        """File some pages of a document; the pages before and after them wait as documents of their own."""
        first, last = pages
        if (first, last) == (row.first, row.last):
            return self.assign(row, project, item, "确认")
        source = self._decidable(row, project)
        taken: set[str] = set()
        narrowed = replace(self._narrowed(source, row, pages, taken), id=row.id)
        filed = self._assigned(narrowed, source, project, item, f"确认第{first}-{last}页")
        rest = [part for part in ((row.first, first - 1), (last + 1, row.last)) if part[0] <= part[1]]
        others = [self._narrowed(source, row, part, taken) for part in rest]
        return self._carrying.carry_out(source, [filed], others, self._carrying.given_up(row), "assigned")

    def put_back(self, row: Document, project: str, drag: Removal) -> Document:
        """A document was dragged into a project's folder, but into none of its items: it waits, the project known."""
        source = self._decidable(row, project)
        best = next((c.item for c in row.candidates if c.item is not None), None)
        name = waiting_name(source.name, part_of(row, source))
        path = (
            row.path if row.status is Status.REVIEW else self._shelving.free(self._config.store.review, name)
        )
        candidates = (Candidate(project, best, 1.0), *(c for c in row.candidates if c.project != project))
        waits = replace(
            row,
            status=Status.REVIEW,
            project=project,
            item=best,
            candidates=candidates[:8],
            decided_by=None,
            reasons=("已放进项目文件夹，但没有放进其中哪一项的子文件夹，请再拖到对应的子文件夹",),
            path=path,
        )
        return self._carrying.carry_out(
            source, [waits], [], [*self._carrying.given_up(row), drag], "put back"
        )

    def renamed(self, row: Document, path: str) -> Document:
        """A person gave a filed copy another name within its item's folder: the name stays theirs."""
        moved = replace(row, path=path)
        self._index.documents.update(moved, "renamed", before=row.path)
        return moved

    def dismiss(self, row: Document) -> Document:
        """A person took a document out of 待确认, and it was put nowhere: they want it not to be archived."""
        reason = "有人从“待确认”把它移走或删除，按不归档处理；收到的原件仍保存着，可用 archivist assign 归档"
        gone = replace(
            row, status=Status.REJECTED, project=None, item=None, path=None, reasons=(*row.reasons, reason)
        )
        assert row.path is not None
        with self._index.change():
            lessons = self._index.lessons.of([row.id])
            self._index.documents.update(gone, "dismissed", before=row.path)
            self._carrying.remember("dismissed", [row], [], lessons)
        self._store.remove(self._notes.path(row.path))
        return gone

    def reject(self, row: Document, reason: str) -> Document:
        """Send a document back (退回), whether it waited or was filed; a note beside it says why."""
        if row.status is Status.REJECTED:
            raise UsageError(f"材料 {row.id} 已经退回了，不用再退。")
        if row.status is Status.DUPLICATE:
            raise UsageError(f"材料 {row.id} 是重复件，没有放进任何文件夹，不用退回。")
        source = self._index.sources.get(row.source)
        person = self._index.actor.name
        path = self._shelving.free(
            self._config.store.rejected, waiting_name(source.name, part_of(row, source))
        )
        gone = replace(
            row,
            status=Status.REJECTED,
            project=None,
            item=None,
            path=path,
            decided_by=person,
            archival=False,
            reasons=(f"由 {person} 退回：{reason}",),
        )
        return self._carrying.carry_out(source, [gone], [], self._carrying.given_up(row), "rejected")

    def _decidable(self, row: Document, project: str) -> Source:
        if project not in self._knowledge.places:
            raise no_project(self._index, [project])
        source = self._index.sources.get(row.source)
        if source.vault is None:
            raise UsageError(f"“{source.name}”超过大小上限，没有收存，不能归档。请拆分后重新放入收件箱。")
        return source

    def _assigned(self, row: Document, source: Source, project: str, item: int, how: str) -> Document:
        rule = self._annex.item(item)
        suffix = safe_suffix(row.path or "") or safe_suffix(source.name)
        name = archival_name(rule.number, rule.short, row.date, row.title, suffix)
        folder = "/".join((*self._knowledge.places[project], rule.folder))
        person = self._index.actor.name
        return replace(
            row,
            status=Status.FILED,
            project=project,
            item=item,
            confidence=1.0,
            decided_by=person,
            archival=True,
            reasons=(f"由 {person} {how}",),
            path=self._place_for(row, folder, name),
            path_sha256=row.path_sha256 or source.sha256,
        )

    def _place_for(self, row: Document, folder: str, name: str) -> str:
        """The new place; the one it has already when that is where it belongs."""
        return f"{folder}/{name}" if row.path == f"{folder}/{name}" else self._shelving.free(folder, name)

    def _narrowed(self, source: Source, row: Document, pages: tuple[int, int], taken: set[str]) -> Document:
        """The part ``pages`` of a document, waiting in 待确认."""
        found = Identification(
            pages[0], pages[1], row.candidates, reasons=("由人拆分出的页，待确认",), **_seen_anew(row)
        )
        best = row.candidates[0] if row.candidates else Candidate(None, None, 0.0)
        folder, name = (self._config.store.review,), waiting_name(source.name, pages)
        project, item = guessed(best, self._config.identification.guess_threshold)
        plan = FilingPlan(found, Status.REVIEW, project, item, best.score, folder, name, False, found.reasons)
        return self._shelving.document(source, source.kind or "", plan, taken)


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
