"""The lists of an archive (归档文件目录、卷内目录、案卷封面、备考表) of a project, read off an open index."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archivist.core.archive.lists import archive_lists
from archivist.drafts.closing import blank_pages
from archivist.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from archivist.core.archive.lists import ArchiveLists
    from archivist.index.reader import IndexReader
    from archivist.workspace.opened import Workspace

OF_VOLUME = ("案卷封面", "卷内目录", "卷内备考表")
OF_PIECES = ("归档文件目录", "卷内备考表")
"""The kinds of documents that list a project's papers, as a volume (案卷) and one by one (件)."""


def lists_of(workspace: Workspace, index: IndexReader, code: str) -> ArchiveLists:
    """The lists of the project ``code``, by the workspace's settings and rules.

    Raises:
        BadInputError: the register has no such project.
    """
    found = index.project_files.of([code])
    if not found or found[0].register is None:
        raise BadInputError(f"台账里没有项目编号“{code}”。请用 archivist register list 查看编号。")
    (file,) = found
    project = found[0].register
    given = index.numbers.of([code])[code]
    blank = {one.id: empty for one in file.documents if (empty := blank_pages(index, one))}
    return archive_lists(
        file, project, given, blank, workspace.annex.items, workspace.fonds, workspace.archive
    )


def papers_of(
    workspace: Workspace, index: IndexReader, code: str, today: date
) -> Iterator[tuple[str, bytes]]:
    """The lists of a project as Word files, each with a name for it: those of a volume, or of papers one by one.

    Args:
        today: printed as the day they were made; the same day and archive give the same bytes.

    Raises:
        BadInputError: the register has no such project. SettingsError: a template cannot be rendered.
    """
    from archivist.core.drafts.context import build_context
    from archivist.core.register import project_from_record
    from archivist.drafts.kinds import find_kind, load_kinds
    from archivist.drafts.render import render

    lists = lists_of(workspace, index, code)
    row = index.projects.find(code)
    assert row is not None, "it has lists"
    project = project_from_record(json.loads(row["record"]))
    kinds = load_kinds(workspace.data("schemas"), workspace.data("doc_templates"))
    for name in OF_VOLUME if lists.volumes else OF_PIECES:
        kind = find_kind(kinds, name)
        yield f"{name}.docx", render(kind, build_context(kind, project, None, {}, today, lists=lists))
