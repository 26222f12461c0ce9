"""Draft a document for a project: register and index data, what people give, the template → a new Word file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archivist.core.naming import safe_name
from archivist.errors import BadInputError
from archivist.index.reader import open_reader

if TYPE_CHECKING:
    from archivist.core.document import Holding
    from archivist.core.project import Project
    from archivist.drafts import CatalogueEntry
    from archivist.index.reader import IndexReader
    from archivist.workspace.opened import Workspace


def draft_document(
    workspace: Workspace, kind_name: str, code: str, data: Path | None, sets: Sequence[str], output: Path
) -> Path:
    """Write the document of kind ``kind_name`` for project ``code`` and return its path.

    Args:
        data: what people give (YAML, JSON or xlsx); None when the register and ``sets`` say enough.
        sets: ``field=value`` words that win over ``data``.
        output: a new file, or a folder that gets ``<项目编号> <文种>.docx``.
    """
    from archivist.drafts import (
        Office,
        build_context,
        catalogue_rows,
        find_kind,
        load_kinds,
        parse_sets,
        read_data,
        render,
        write_new,
    )

    kinds = load_kinds(workspace.data("schemas"), workspace.data("doc_templates"))
    kind = find_kind(kinds, kind_name)
    project, entries, waived = _known(workspace, code)
    given: dict[str, Any] = {**(read_data(data) if data else {}), **parse_sets(sets)}
    rows = catalogue_rows(workspace.annex.items, entries, project, waived)
    settings = workspace.config.generation
    office = Office(settings.issuer.strip(), settings.sign.strip())
    draft = build_context(kind, project, rows, given, datetime.now().astimezone().date(), office)
    content = render(kind, draft)
    path = output / f"{safe_name(project.code)} {safe_name(kind.name)}.docx" if output.is_dir() else output
    write_new(path, content)
    return path


def _known(workspace: Workspace, code: str) -> tuple[Project, list[CatalogueEntry], dict[int, str]]:
    from archivist.core.register import project_from_record

    with open_reader(workspace.index_path) as index:
        row = index.projects.find(code)
        if row is None:
            raise BadInputError(f"台账里没有项目编号“{code}”。请用 archivist register list 查看编号。")
        entries = [_entry(index, one) for one in index.holdings.filed(code)]
        waived = {item: one.told for item, one in index.waivers.of(code).items()}
    return project_from_record(json.loads(row["record"])), entries, waived


_PAGED = frozenset({"pdf", "ofd", "image", "heic"})
"""Word and Excel break their pages only when printed: how many there are is for a person to count."""


def _entry(index: IndexReader, one: Holding) -> CatalogueEntry:
    from archivist.drafts import CatalogueEntry

    return CatalogueEntry(
        item=one.item or 0,
        title=one.title or "",
        date=one.date,
        pages=one.last - one.first + 1 if one.file.kind in _PAGED else None,
        blank=index.pages.blank(one.source, one.first, one.last) if one.file.kind in _PAGED else 0,
        original=one.original,
        note=f"旧版，以 {one.replaced_by} 为准" if one.replaced_by else "",
        filed=True,
    )
