"""Identified → Planned (归档方案): where each document of a source will stand, recorded before anything moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archivist.core.document import RECEIVED, Document, Source
from archivist.core.filing import FilingPlan, last_part, plan_filing
from archivist.core.identification import Identification
from archivist.core.identify.unfinished import being_written
from archivist.core.model import Status, TextSource
from archivist.core.page import Extract
from archivist.core.paper.original import copy_fact
from archivist.core.words.forms import FORM
from archivist.core.words.moved import PUT_BACK
from archivist.filing.versions import noticed
from archivist.folders.places import folders_of
from archivist.ingest.forms import KEPT
from archivist.ingest.hands import by_whoever_owns
from archivist.ingest.stages.read import stop_if_not_the_files

if TYPE_CHECKING:
    from archivist.core.rules import Annex
    from archivist.decisions.undoing import Undoing
    from archivist.filing.knowledge import Knowledge
    from archivist.filing.shelving import Shelving
    from archivist.index.writer import Index
    from archivist.ingest.forms import Answered
    from archivist.ingest.members import Within
    from archivist.ingest.registers import Registers
    from archivist.ingest.stages.identify import Identified
    from archivist.workspace.config import Config


@dataclass(frozen=True, slots=True)
class Planned:
    """A source whose documents and their places are recorded; ``brought`` are files that lay within it."""

    source: Source
    documents: tuple[Document, ...]
    brought: tuple[Source, ...] = ()


class Planning:
    """Plans what becomes of sources, in one workspace: each plan is one transaction."""

    def __init__(
        self,
        index: Index,
        config: Config,
        annex: Annex,
        knowledge: Knowledge,
        shelving: Shelving,
        undoing: Undoing,
        registers: Registers,
    ) -> None:
        self._index, self._annex, self._knowledge = index, annex, knowledge
        self._shelving, self._undoing, self._registers = shelving, undoing, registers
        self._folders, self._least = folders_of(config), config.identification.guess_threshold
        self._kept_forms = (config.store.papers, KEPT)

    def plan(self, one: Identified) -> Planned:
        """Plan the places of what was identified; what lies within a PDF becomes sources of their own."""
        if one.decision is None:
            return self._plan(self._registers.told(one))
        store = self._registers.store
        raw = self._index.removals.drop_of(one.source.id)
        with by_whoever_owns(self._index, store, store.from_raw(raw) if raw else None) as person:
            return self._plan(
                self._registers.told(replace(one, decision=replace(one.decision, person=person)))
            )

    def form(self, source: Source, extract: Extract, answered: Answered) -> Planned:
        """A filled form is none of the archive's papers: it is kept in 公文, beside what was made of it."""
        found = Identification(1, 1, archival=False, reasons=answered.reasons, of_kind="")
        plans = plan_filing([found], last_part(source.name), {}, self._folders, self._annex)
        plans = [replace(plan, folder=self._kept_forms) for plan in plans]
        rows = self._shelving.documents(source, FORM, plans)
        return Planned(source, tuple(self._index.sources.plan(source.id, FORM, extract.pages, rows)))

    def _plan(self, one: Identified) -> Planned:
        source, extract = one.source, one.extract
        if not one.found:
            return self._rejected(source, extract.kind, extract.failure)
        plans = plan_filing(
            one.found,
            source.name,
            self._knowledge.places,
            self._folders,
            self._annex,
            one.decision,
            self._least,
        )
        within = one.within
        if within.members and all(page.blank for page in extract.pages):
            plans = []  # the cover of a portfolio: what is in it is what was handed in
        plans = [_noted(plan, extract, within.told) for plan in plans]
        rows = [
            _copy_marked(row, source, extract)
            for row in self._shelving.documents(source, extract.kind, plans)
        ]
        with self._index.change():
            planned = self._index.sources.plan(
                source.id, extract.kind, extract.pages, [*rows, *within.refused], members=within.members
            )
            documents = noticed(self._index, planned)
            self._undoing.remember_drop(source, documents)
        brought: list[Source] = []
        if within.members:
            brought = [one for one in self._index.sources.members(source.id) if one.state == RECEIVED]
        return Planned(source, tuple(documents), tuple(brought))

    # -- what needs no reading -------------------------------------------------------------------------------------

    def interrupted(self, source: Source) -> Planned:
        """What was planned before an interruption."""
        return Planned(source, tuple(self._index.documents.of(source.id)))

    def duplicate(self, source: Source, earlier: Source, back: Sequence[str] = ()) -> Planned:
        """The same bytes were received before: nothing is filed twice. ``back``: copies taken away that stand again."""
        first = next((row for row in self._index.documents.of(earlier.id) if row.path), None)
        where = f"，已在“{first.path}”" if first is not None else ""
        told = PUT_BACK.format(where=back[0]) if back else "，没有重复归档"
        row = Document(
            id="",
            source=source.id,
            first=1,
            last=max(1, earlier.pages or 1),
            status=Status.DUPLICATE,
            reasons=(f"与先前收到的“{earlier.name}”内容完全相同{'' if back else where}{told}",),
        )
        return Planned(
            source, tuple(self._index.sources.plan(source.id, earlier.kind or "", (), [row], "duplicate"))
        )

    def unpacked(self, source: Source, found: Within) -> Planned:
        """Receive an archive's members as sources of their own, all at once, and be done with the archive itself."""
        if found.failure:
            stop_if_not_the_files(found.failure)
            return self._rejected(source, "zip", found.failure)
        received, rows = self._index.sources.unpacked(source.id, found.members, found.refused)
        return Planned(source, tuple(rows), tuple(received))

    # -- what cannot be used ---------------------------------------------------------------------------------------

    def _rejected(self, source: Source, kind: str, reason: str) -> Planned:
        found = Identification(1, 1, archival=False, reasons=(reason,), text_source=TextSource.NONE)
        return self._unread(source, kind, found, "rejected")

    def given_up(self, source: Source, trouble: str) -> Planned:
        """Trying again does not help: a person looks at it, with the true reason."""
        reason = (
            f"软件读这个文件时多次出错，没有读出内容（{trouble}）。"
            "请人工查看；确认后拖入项目的对应文件夹即可归档"
        )
        found = Identification(1, 1, reasons=(reason,), text_source=TextSource.NONE)
        return self._unread(source, "", found, "given up")

    def _unread(self, source: Source, kind: str, found: Identification, act: str) -> Planned:
        plans = plan_filing([found], source.name, {}, self._folders, self._annex)
        rows = self._shelving.documents(source, kind, plans)
        return Planned(source, tuple(self._index.sources.plan(source.id, kind, (), rows, act)))


def _copy_marked(row: Document, source: Source, extract: Extract) -> Document:
    """Note that a document is a copy (复印件) where it or its name says so."""
    pages = [page for page in extract.pages if row.first <= page.number <= row.last]
    fact = copy_fact(source.name, pages)
    return row if fact is None else replace(row, original=fact.value, facts=(*row.facts, fact))


def _noted(plan: FilingPlan, extract: Extract, within: str) -> FilingPlan:
    """What a person has to know of the reading, among the reasons."""
    if within:
        plan = _with_reasons(plan, within)
    told = being_written(extract.properties)
    if told and not any(told[0] in reason for reason in plan.reasons):
        plan = _with_reasons(plan, *told)
    if extract.failure:
        return _with_reasons(plan, "软件读不出这种文件的内容，按人的决定归档，请核对")
    if not extract.notes or plan.status is Status.FILED:
        return plan
    if plan.found.text_source is TextSource.NONE:
        return replace(plan, reasons=(*extract.notes, *plan.reasons))
    return _with_reasons(plan, *extract.notes)


def _with_reasons(plan: FilingPlan, *reasons: str) -> FilingPlan:
    return replace(plan, reasons=(*plan.reasons, *reasons))
