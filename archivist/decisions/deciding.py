"""People's decisions (人工确认): a document assigned, divided, put back, sent back, renamed or dismissed; and undoing.

Each is recorded in one transaction with what has to stand and what may go, then carried out; interrupted, the next
start carries it out.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from archivist.core.document import OWN, STANDS, Document, Removal, Source
from archivist.core.filing import TOGETHER, Planned, guessed, waiting_name
from archivist.core.identify.lessons import lessons_of
from archivist.core.identify.register_index import RegisterIndex
from archivist.core.model import NO_MARKS, Candidate, Identification, Seen, Status, described
from archivist.core.naming import archival_name, safe_suffix
from archivist.errors import UsageError
from archivist.filing.filer import Filer, Places
from archivist.filing.versions import noticed
from archivist.index.decisions import Decided, Taught
from archivist.system.fingerprints import Stamp


class Decider(Filer):
    """A Filer that also records what people decide, and what that teaches once ``register`` is set."""

    register: RegisterIndex | None = None
    _batch: int | None = None

    @contextmanager
    def as_one(self) -> Iterator[None]:
        """What is decided meanwhile was decided together: undoing takes all of it back."""
        self._batch = self.index.decisions.next_batch()
        try:
            yield
        finally:
            self._batch = None

    def assign(
        self,
        row: Document,
        project: str,
        item: int,
        places: Places,
        how: str,
        drag: Removal | None = None,
    ) -> Document:
        """File a document under project and item, whatever was thought before.

        Args:
            places: project folders. how: what the person did, in Chinese. drag: the file they dragged, if so.
        """
        source = self._decidable(row, project, places)
        filed = self._assigned(row, source, project, item, places, how)
        return self._carry_out(source, [filed], [], [*self._given_up(row), *_only(drag)], "assigned", places)

    def assign_pages(
        self, row: Document, pages: tuple[int, int], project: str, item: int, places: Places
    ) -> Document:
        """File some pages of a document; the pages before and after them wait as documents of their own."""
        first, last = pages
        if (first, last) == (row.first, row.last):
            return self.assign(row, project, item, places, "确认")
        source = self._decidable(row, project, places)
        taken: set[str] = set()
        narrowed = replace(self._narrowed(source, row, pages, taken), id=row.id)
        filed = self._assigned(narrowed, source, project, item, places, f"确认第{first}-{last}页")
        rest = [part for part in ((row.first, first - 1), (last + 1, row.last)) if part[0] <= part[1]]
        others = [self._narrowed(source, row, part, taken) for part in rest]
        return self._carry_out(source, [filed], others, self._given_up(row), "assigned", places)

    def put_back(self, row: Document, project: str, places: Places, drag: Removal) -> Document:
        """A document was dragged into a project's folder, but into none of its items: it waits, the project known."""
        source = self._decidable(row, project, places)
        best = next((c.item for c in row.candidates if c.item is not None), None)
        name = waiting_name(source.name, _part(row, source))
        path = row.path if row.status is Status.REVIEW else self.free(self.config.store.review, name)
        candidates = (Candidate(project, best, 1.0), *(c for c in row.candidates if c.project != project))
        waits = replace(
            row, status=Status.REVIEW, project=project, item=best, candidates=candidates[:8], decided_by=None,
            reasons=("已放进项目文件夹，但没有放进其中哪一项的子文件夹，请再拖到对应的子文件夹",),
            path=path,
        )  # fmt: skip
        return self._carry_out(source, [waits], [], [*self._given_up(row), drag], "put back", places)

    def renamed(self, row: Document, path: str) -> Document:
        """A person gave a filed copy another name within its item's folder: the name stays theirs."""
        moved = replace(row, path=path)
        self.index.documents.update(moved, "renamed", before=row.path)
        return moved

    def dismiss(self, row: Document) -> Document:
        """A person took a document out of 待确认, and it was put nowhere: they want it not to be archived."""
        reason = "有人从“待确认”把它移走或删除，按不归档处理；收到的原件仍保存着，可用 archivist assign 归档"
        gone = replace(
            row, status=Status.REJECTED, project=None, item=None, path=None, reasons=(*row.reasons, reason)
        )
        assert row.path is not None
        with self.index.change():
            lessons = self.index.lessons.of([row.id])
            self.index.documents.update(gone, "dismissed", before=row.path)
            self._remember("dismissed", [row], [], lessons)
        self.store.remove(self.note_path(row.path))
        return gone

    def reject(self, row: Document, reason: str, places: Places) -> Document:
        """Send a document back (退回), whether it waited or was filed; a note beside it says why."""
        if row.status is Status.REJECTED:
            raise UsageError(f"材料 {row.id} 已经退回了，不用再退。")
        if row.status is Status.DUPLICATE:
            raise UsageError(f"材料 {row.id} 是重复件，没有放进任何文件夹，不用退回。")
        source = self.index.sources.get(row.source)
        person = self.index.actor.name
        path = self.free(self.config.store.rejected, waiting_name(source.name, _part(row, source)))
        gone = replace(
            row, status=Status.REJECTED, project=None, item=None, path=path, decided_by=person, archival=False,
            reasons=(f"由 {person} 退回：{reason}",),
        )  # fmt: skip
        return self._carry_out(source, [gone], [], self._given_up(row), "rejected", places)

    def undo(self, decision: Decided, places: Places) -> list[Document]:
        """Take a decision back: its documents are and stand as before it, parts it had made are joined again.

        Raises:
            UsageError: one of its documents was decided again since; that must be undone first.
        """
        later = self.index.decisions.later_on(decision)
        if later is not None:
            raise UsageError(
                f"材料 {later} 后来又有别的决定，请先撤销那一个：archivist undo {later}，再撤销这一个。"
            )
        source = self.index.sources.get(decision.source)
        standing = [row for one in decision.documents if (row := self.index.documents.find(one))]
        restored = [self._as_before(row) for row in decision.before]
        stays = {self.store.raw(self.store.path(row.path)) for row in restored if row.path}
        going = [one for row in standing for one in self._given_up(row) if one.path not in stays]
        with self.index.change():
            self.index.sources.decide(
                source.id, restored, [], going, "undone", decision=decision.seq, was=decision.act
            )
            self.index.decisions.take_back(decision, restored)
            self._drop_combined(source, places)
        return self.complete(source, restored, places)

    def remember_drop(self, source: Source, rows: Sequence[Document], seq: int | None = None) -> bool:
        """Keep what it takes to undo that a person put a new file into an item's folder: undone, it waits in 待确认.

        Call it inside ``change``, once such a file is planned (by the event ``seq``, else the last one). False when
        ``rows`` were not decided so.
        """
        dropped = [row for row in rows if row.status is Status.FILED and row.decided_by and row.path]
        if source.decided_item is None or not dropped:
            return False
        before = [self._undecided(source, row) for row in dropped]
        self.index.decisions.record("dropped", self.index.decisions.next_batch(), before, [], [], seq)
        return True

    def _undecided(self, source: Source, row: Document) -> Document:
        """A file dropped into an item's folder as if nobody had decided about it."""
        best = row.candidates[0] if row.candidates else Candidate(None, None, 0.0)
        project, item = guessed(best, self.config.identification.guess_threshold)
        suffix = safe_suffix(row.path or "")
        name = waiting_name(source.name, _part(row, source))
        name = name.removesuffix(safe_suffix(name)) + suffix
        return replace(
            row, status=Status.REVIEW, project=project, item=item, confidence=best.score, decided_by=None,
            reasons=("曾放入归档文件夹，这个决定已经撤销，请重新确认", *row.reasons[1:]),
            path=f"{self.config.store.review}/{name}",
        )  # fmt: skip

    def _as_before(self, row: Document) -> Document:
        """A document as it was; at the next free name if its place was taken meanwhile."""
        now = self.index.documents.find(row.id)
        if row.path is None or (now is not None and now.path == row.path):
            return row
        folder, _, name = row.path.rpartition("/")
        return replace(row, path=self.free(folder, name))

    def _remember(self, act: str, before: Sequence[Document], added: Sequence[str], lessons: Taught) -> None:
        batch = self.index.decisions.next_batch() if self._batch is None else self._batch
        self.index.decisions.record(act, batch, before, added, lessons)
        for row in before:
            if act != "assigned":
                self.index.lessons.teach(row.id, [])

    def _drop_combined(self, source: Source, places: Places) -> None:
        """Give up the combined scan kept in a project that none of its documents is filed in any more."""
        kept = self.index.copies.of(source.id)
        if not kept:
            return
        projects = {
            row.project or ""
            for row in self.index.documents.of(source.id)
            if row.status is Status.FILED and row.path_sha256 != source.sha256
        }
        wanted = {"/".join((*places[code], TOGETHER)) for code in projects if code in places}
        for path, sha256 in kept.items():
            if path.rpartition("/")[0] not in wanted:
                self.index.copies.forget(path)
                self.index.removals.put(
                    source.id, [Removal(OWN, self.store.raw(self.store.path(path)), sha256)]
                )

    def _decidable(self, row: Document, project: str, places: Places) -> Source:
        if project not in places:
            raise UsageError(f"台账里没有项目编号“{project}”。请用 archivist register list 查看编号。")
        source = self.index.sources.get(row.source)
        if source.vault is None:
            raise UsageError(f"“{source.name}”超过大小上限，没有收存，不能归档。请拆分后重新放入收件箱。")
        return source

    def _assigned(
        self, row: Document, source: Source, project: str, item: int, places: Places, how: str
    ) -> Document:
        rule = self.annex.item(item)
        suffix = safe_suffix(row.path or "") or safe_suffix(source.name)
        name = archival_name(rule.number, rule.short, row.date, row.title, suffix)
        folder = "/".join((*places[project], rule.folder))
        person = self.index.actor.name
        return replace(
            row, status=Status.FILED, project=project, item=item, confidence=1.0, decided_by=person, archival=True,
            reasons=(f"由 {person} {how}",), path=self._place_for(row, folder, name),
            path_sha256=row.path_sha256 or source.sha256,
        )  # fmt: skip

    def _place_for(self, row: Document, folder: str, name: str) -> str:
        """The new place; the one it has already when that is where it belongs."""
        return f"{folder}/{name}" if row.path == f"{folder}/{name}" else self.free(folder, name)

    def _given_up(self, row: Document) -> list[Removal]:
        """Our copy and its note at the place the document has now; what a person changed there stays."""
        if row.path is None or row.path_sha256 is None:
            return []
        return [Removal(OWN, self.store.raw(self.store.path(row.path)), row.path_sha256)]

    def _carry_out(
        self,
        source: Source,
        changed: list[Document],
        added: list[Document],
        removals: list[Removal],
        act: str,
        places: Places,
    ) -> Document:
        stays = {self.store.raw(self.store.path(row.path)) for row in changed if row.path}
        going = [removal for removal in removals if removal.path not in stays]
        before = [os.fsdecode(removal.path) for removal in going if removal.reason == OWN]
        earlier = [known for row in changed if (known := self.index.documents.find(row.id))]
        with self.index.change():
            lessons = self.index.lessons.of([row.id for row in earlier])
            rows = self.index.sources.decide(source.id, changed, added, going, act, before=before)
            self._remember(act, earlier, [row.id for row in rows[len(changed) :]], lessons)
            if act == "assigned":
                self._give_folder(rows[0].project, places)
                self._learn(rows[0])
                rows = [*noticed(self.index, rows[:1]), *rows[1:]]
            self._drop_combined(source, places)
        return self.complete(source, rows, places)[0]

    def _give_folder(self, code: str | None, places: Places) -> None:
        """A project that is not wound up has a folder from the first document on that a person files there."""
        for missing in self.index.projects.without_folder([code]):
            path = "/".join(places[missing])
            self.index.projects.place({missing: path})
            self.index.event("folder", missing, path=path, made="for a decision")

    def _learn(self, row: Document) -> None:
        """Keep what this decision teaches for the next document like it."""
        if self.register is None or row.project is None or row.item is None:
            return
        pages = self.index.pages.of(row.source, row.first, row.last)
        self.index.lessons.teach(row.id, lessons_of(pages, row.project, row.item, self.register, self.annex))

    def _narrowed(self, source: Source, row: Document, pages: tuple[int, int], taken: set[str]) -> Document:
        """The part ``pages`` of a document, waiting in 待确认."""
        found = Identification(
            pages[0], pages[1], row.candidates, reasons=("由人拆分出的页，待确认",), **_seen_anew(row)
        )
        best = row.candidates[0] if row.candidates else Candidate(None, None, 0.0)
        folder, name = (self.config.store.review,), waiting_name(source.name, pages)
        project, item = guessed(best, self.config.identification.guess_threshold)
        plan = Planned(found, Status.REVIEW, project, item, best.score, folder, name, False, found.reasons)
        return self.row(source, source.kind or "", plan, taken)


def _part(row: Document, source: Source) -> tuple[int, int] | None:
    return None if row.path_sha256 == source.sha256 else (row.first, row.last)


def _seen_anew(row: Document) -> dict[str, Any]:
    """What a document says of itself, but for what was seen on pages that it may not hold any more."""
    unseen = {
        "sealed": Seen.UNKNOWN,
        "signed": Seen.UNKNOWN,
        "facts": (),
        "marks": NO_MARKS,
        "archival": True,
    }
    return {**described(row), **unseen}


def _only(drag: Removal | None) -> list[Removal]:
    return [] if drag is None else [drag]


def dragged(raw: bytes, sha256: str, stamp: Stamp) -> Removal:
    """The removal of a file that a person dragged: its document is going to stand under its clear name."""
    return Removal(STANDS, raw, sha256, str(stamp))
