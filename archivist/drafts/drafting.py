"""Draft a document for a project: register and index data, what people give, the template → a new Word file."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archivist.core.drafts.closing import PAGED
from archivist.core.naming import safe_name
from archivist.core.words.copies import gives_way
from archivist.drafts.closing import blank_pages, closing_of
from archivist.errors import BadInputError, UsageError
from archivist.index.reader import open_reader

if TYPE_CHECKING:
    from archivist.core.archive.lists import ArchiveLists
    from archivist.core.document import Holding
    from archivist.core.dossier.values import Dossier
    from archivist.core.drafts.closing import Closing
    from archivist.core.drafts.kinds import DocumentKind
    from archivist.core.project import Project
    from archivist.drafts import CatalogueEntry, Draft
    from archivist.index.reader import IndexReader
    from archivist.workspace.opened import Workspace


@dataclass(frozen=True, slots=True)
class Drafted:
    """A document that was written, and what it prints 【待填】 for (titles of fields)."""

    path: Path
    open: tuple[str, ...]
    kind: str
    project: str


def draft_document(
    workspace: Workspace, kind_name: str, code: str, data: Path | None, sets: Sequence[str], output: Path
) -> Drafted:
    """Write the document of kind ``kind_name`` for project ``code``.

    Args:
        data: what people give (YAML, JSON or xlsx); None when the register and ``sets`` say enough.
        sets: ``field=value`` words that win over ``data``.
        output: a new file, or a folder that gets ``<项目编号> <文种>.docx``.
    """
    from archivist.drafts import find_kind, parse_sets, read_data

    drafting = Drafting(workspace)
    kind = find_kind(drafting.kinds, kind_name)
    given: dict[str, Any] = {**(read_data(data) if data else {}), **parse_sets(sets)}
    return drafting.write(kind, code, given, output)


class Drafting:
    """Makes documents in one workspace, many of them one after the other."""

    def __init__(self, workspace: Workspace) -> None:
        from archivist.drafts import load_kinds

        self._workspace = workspace
        self.kinds = load_kinds(workspace.data("schemas"), workspace.data("doc_templates"))

    def draft(self, kind: DocumentKind, code: str, given: Mapping[str, Any]) -> Draft:
        """The draft of a document; ``given`` is what people gave, by the names or titles of fields."""
        from archivist.drafts import Office, build_context, catalogue_rows

        workspace = self._workspace
        known = _known(workspace, code, kind)
        rows = catalogue_rows(workspace.annex.items, known.entries, known.project, known.waived, known.states)
        settings = workspace.config.generation
        office = Office(settings.issuer.strip(), settings.sign.strip())
        votes = workspace.annex.item(kind.item).evidence.votes if kind.item else ()
        return build_context(
            kind,
            known.project,
            rows,
            given,
            _today(),
            office,
            closing=known.closing,
            votes=votes,
            lists=known.lists,
            dossier=known.dossier,
        )

    def write(self, kind: DocumentKind, code: str, given: Mapping[str, Any], output: Path) -> Drafted:
        """Write a document as a new file, or into the folder ``output`` under its usual name."""
        from archivist.drafts import write_new

        content, left = self.content(kind, code, given)
        path = output / file_name(kind, code) if output.is_dir() else output
        write_new(path, content)
        return Drafted(path, left, kind.name, code)

    def content(
        self, kind: DocumentKind, code: str, given: Mapping[str, Any]
    ) -> tuple[bytes, tuple[str, ...]]:
        """The Word file of a document, and what it prints 【待填】 for."""
        from archivist.drafts import render

        draft = self.draft(kind, code, given)
        return render(kind, draft), draft.open


def file_name(kind: DocumentKind, code: str) -> str:
    """What the document of a project is called as a file."""
    return f"{safe_name(code)} {safe_name(kind.name)}.docx"


@dataclass(frozen=True, slots=True)
class _Known:
    """What the register and the index know of a project; ``closing`` and ``lists`` only where the kind prints them."""

    project: Project
    entries: list[CatalogueEntry]
    waived: dict[int, str]
    states: dict[int, str]
    closing: Closing | None
    lists: ArchiveLists | None
    dossier: Dossier | None


def _today() -> date:
    return datetime.now().astimezone().date()


def _known(workspace: Workspace, code: str, kind: DocumentKind) -> _Known:
    from archivist.core.catalogue.completeness import ItemState
    from archivist.core.catalogue.states import states_of
    from archivist.core.checks.values import Rules
    from archivist.core.drafts.sources import FROM_ARCHIVE, FROM_DECISION, FROM_VOLUME
    from archivist.core.register import project_from_record

    with open_reader(workspace.index_path) as index:
        row = index.projects.find(code)
        if row is None:
            raise BadInputError(f"台账里没有项目编号“{code}”。请用 archivist register list 查看编号。")
        project = project_from_record(json.loads(row["record"]))
        entries = [_entry(index, one) for one in index.holdings.filed(code)]
        waived = {item: one.told for item, one in index.waivers.of(code).items()}
        sources = {field.source for field in kind.fields}
        (file,) = index.project_files.of([code])
        closes = any(source.startswith((FROM_ARCHIVE, FROM_DECISION)) for source in sources)
        closing = closing_of(workspace, index, project, kind.name) if closes else None
        listed = any(source.startswith(FROM_VOLUME) for source in sources)
        lists = _lists(workspace, index, code, kind.name, sources) if listed else None
    if any(source.startswith(FROM_DECISION) for source in sources) and not (closing and closing.decided):
        raise UsageError(
            f"项目 {code} 现在没有销号，没有决定可以生成“{kind.name}”。"
            f"请先用 archivist deregister {code} 办理销号；审批用的表用 archivist generate 销号审批表 {code} 生成。"
        )
    found = states_of(file, Rules(workspace.annex.items, workspace.procedure), _today())
    states = {
        one.item: one.told
        for one in found.items
        if one.overridden or one.state in {ItemState.CHECK, ItemState.UNQUALIFIED}
    }
    return _Known(project, entries, waived, states, closing, lists, file.dossier)


def _lists(
    workspace: Workspace, index: IndexReader, code: str, paper: str, sources: Collection[str]
) -> ArchiveLists:
    """What the lists of an archive say of a project.

    Raises:
        UsageError: ``paper`` is about a volume (案卷), and papers are kept one by one here.
    """
    from archivist.core.drafts.sources import OF_VOLUME
    from archivist.drafts.volume import lists_of

    lists = lists_of(workspace, index, code)
    if OF_VOLUME in sources and not lists.volumes:
        raise UsageError(
            f"设置是按件整理（archivist.toml 的 [archive] by），没有“{paper}”。请生成归档文件目录："
            f"archivist generate 归档文件目录 {code}"
        )
    return lists


def _entry(index: IndexReader, one: Holding) -> CatalogueEntry:
    from archivist.drafts import CatalogueEntry

    return CatalogueEntry(
        item=one.item or 0,
        title=one.title or "",
        date=one.date,
        pages=one.last - one.first + 1 if one.file.kind in PAGED else None,
        blank=blank_pages(index, one),
        original=one.original,
        note=gives_way(one, f" {one.replaced_by} ") if one.replaced_by else "",
        filed=True,
    )
