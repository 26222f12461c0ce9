"""People's decisions (人工确认): a document assigned, divided, put back, renamed or dismissed.

Each is recorded in one transaction with what has to stand and what may go, then carried out; interrupted, the next
start carries it out.
"""

from __future__ import annotations

import os
from dataclasses import replace

from archivist.core.filing import Planned, waiting_name
from archivist.core.identify.lessons import lessons_of
from archivist.core.identify.register_index import RegisterIndex
from archivist.core.model import Candidate, Identification, Status
from archivist.core.naming import archival_name, safe_suffix
from archivist.errors import UsageError
from archivist.filing import Filer, Places
from archivist.index.rows import OWN, STANDS, DocumentRow, Removal, SourceRow
from archivist.store import Stamp
from archivist.versions import noticed


class Decider(Filer):
    """A Filer that also records what people decide, and what that teaches once ``register`` is set."""

    register: RegisterIndex | None = None

    def assign(
        self,
        row: DocumentRow,
        project: str,
        item: int,
        places: Places,
        how: str,
        drag: Removal | None = None,
    ) -> DocumentRow:
        """File a document under project and item, whatever was thought before.

        Args:
            places: project folders. how: what the person did, in Chinese. drag: the file they dragged, if so.
        """
        source = self._decidable(row, project, places)
        filed = self._assigned(row, source, project, item, places, how)
        return self._carry_out(source, [filed], [], [*self._given_up(row), *_only(drag)], "assigned", places)

    def assign_pages(
        self, row: DocumentRow, pages: tuple[int, int], project: str, item: int, places: Places
    ) -> DocumentRow:
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

    def put_back(self, row: DocumentRow, project: str, places: Places, drag: Removal) -> DocumentRow:
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

    def renamed(self, row: DocumentRow, path: str) -> DocumentRow:
        """A person gave a filed copy another name within its item's folder: the name stays theirs."""
        moved = replace(row, path=path)
        self.index.update_document(moved, "renamed", before=row.path)
        return moved

    def dismiss(self, row: DocumentRow) -> DocumentRow:
        """A person took a document out of 待确认, and it was put nowhere: they want it not to be archived."""
        reason = "有人从“待确认”把它移走或删除，按不归档处理；收到的原件仍保存着，可用 archivist assign 归档"
        gone = replace(
            row, status=Status.REJECTED, project=None, item=None, path=None, reasons=(*row.reasons, reason)
        )
        assert row.path is not None
        self.index.update_document(gone, "dismissed", before=row.path)
        self.store.remove(self.note_path(row.path))
        return gone

    def _decidable(self, row: DocumentRow, project: str, places: Places) -> SourceRow:
        if project not in places:
            raise UsageError(f"台账里没有项目编号“{project}”。请用 archivist register list 查看编号。")
        source = self.index.source(row.source)
        if source.vault is None:
            raise UsageError(f"“{source.name}”超过大小上限，没有收存，不能归档。请拆分后重新放入收件箱。")
        return source

    def _assigned(
        self, row: DocumentRow, source: SourceRow, project: str, item: int, places: Places, how: str
    ) -> DocumentRow:
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

    def _place_for(self, row: DocumentRow, folder: str, name: str) -> str:
        """The new place; the one it has already when that is where it belongs."""
        return f"{folder}/{name}" if row.path == f"{folder}/{name}" else self.free(folder, name)

    def _given_up(self, row: DocumentRow) -> list[Removal]:
        """Our copy and its note at the place the document has now; what a person changed there stays."""
        if row.path is None or row.path_sha256 is None:
            return []
        return [Removal(OWN, self.store.raw(self.store.path(row.path)), row.path_sha256)]

    def _carry_out(
        self,
        source: SourceRow,
        changed: list[DocumentRow],
        added: list[DocumentRow],
        removals: list[Removal],
        act: str,
        places: Places,
    ) -> DocumentRow:
        stays = {self.store.raw(self.store.path(row.path)) for row in changed if row.path}
        going = [removal for removal in removals if removal.path not in stays]
        before = [os.fsdecode(removal.path) for removal in going if removal.reason == OWN]
        with self.index.change():
            rows = self.index.decide(source.id, changed, added, going, act, before=before)
            if act == "assigned":
                self._learn(rows[0])
                rows = [*noticed(self.index, rows[:1]), *rows[1:]]
        return self.complete(source, rows, places)[0]

    def _learn(self, row: DocumentRow) -> None:
        """Keep what this decision teaches for the next document like it."""
        if self.register is None or row.project is None or row.item is None:
            return
        pages = self.index.pages_of(row.source, row.first, row.last)
        self.index.teach(row.id, lessons_of(pages, row.project, row.item, self.register))

    def _narrowed(
        self, source: SourceRow, row: DocumentRow, pages: tuple[int, int], taken: set[str]
    ) -> DocumentRow:
        """The part ``pages`` of a document, waiting in 待确认."""
        found = Identification(
            pages[0], pages[1], row.candidates, title=row.title, date=row.date, issuer=row.issuer, level=row.level,
            text_source=row.text_source, reasons=("由人拆分出的页，待确认",),
        )  # fmt: skip
        best = row.candidates[0] if row.candidates else Candidate(None, None, 0.0)
        folder, name = (self.config.store.review,), waiting_name(source.name, pages)
        plan = Planned(
            found, Status.REVIEW, best.project, best.item, best.score, folder, name, False, found.reasons
        )
        return self.row(source, source.kind or "", plan, taken)


def _part(row: DocumentRow, source: SourceRow) -> tuple[int, int] | None:
    return None if row.path_sha256 == source.sha256 else (row.first, row.last)


def _only(drag: Removal | None) -> list[Removal]:
    return [] if drag is None else [drag]


def dragged(raw: bytes, sha256: str, stamp: Stamp) -> Removal:
    """The removal of a file that a person dragged: its document is going to stand under its clear name."""
    return Removal(STANDS, raw, sha256, str(stamp))
