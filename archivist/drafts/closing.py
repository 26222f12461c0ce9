"""What the papers that close a project (销号审批表, 销号决定) print, taken from the archive and looked at there and then.

They print digests for people to sign: a file that is not as it was filed stops them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from archivist.core.checks import findings_of
from archivist.core.checks.values import Rules
from archivist.core.drafts.closing import PAGED, Closing, closing
from archivist.core.standing import ALTERED, GONE
from archivist.core.words.copies import put_back, what_became
from archivist.errors import FixityError
from archivist.system.durable import sha256_of

if TYPE_CHECKING:
    from archivist.core.document import Holding
    from archivist.core.project import Project
    from archivist.index.reader import IndexReader
    from archivist.workspace.opened import Workspace


def closing_of(workspace: Workspace, index: IndexReader, project: Project, paper: str) -> Closing:
    """What ``paper`` prints of a project.

    Raises:
        FixityError: a filed copy is not as it was filed, or gone; all are told.
    """
    rules = Rules(workspace.annex.items, workspace.procedure)
    (file,) = index.project_files.of([project.code])
    _as_filed(workspace, file.documents, paper)
    today = datetime.now().astimezone().date()
    blank = {one.id: blank_pages(index, one) for one in file.documents}
    return closing(file, rules, project, findings_of(file, rules, today), blank)


def blank_pages(index: IndexReader, one: Holding) -> int:
    """Its empty pages, of a document that has pages before it is printed."""
    return index.pages.blank(one.source, one.first, one.last) if one.file.kind in PAGED else 0


def _as_filed(workspace: Workspace, documents: Iterable[Holding], paper: str) -> None:
    wrong = [
        f"第{one.item}项的{one.called}{what_became(state)}了，用收存的原件放回：{put_back(one.id)}"
        for one in documents
        if (state := _state(workspace, one))
    ]
    if wrong:
        listed = "\n".join(f"  · {line}" for line in wrong)
        raise FixityError(
            f"“{paper}”没有生成：印出来的校验值要和文件一致，有 {len(wrong)} 份材料不是归档时的样子：\n{listed}"
        )


def _state(workspace: Workspace, one: Holding) -> str:
    """How its copy stands now, "" when it is as it was filed."""
    if one.path is None:
        return GONE
    try:
        return "" if sha256_of(workspace.store.path(one.path)) == one.path_sha256 else ALTERED
    except OSError:
        return GONE
