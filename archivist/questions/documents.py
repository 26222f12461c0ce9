"""What was received and what became of it (材料). Answers are holdings; `core.describe` gives their public record."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from archivist.questions.register import known_projects, registered

if TYPE_CHECKING:
    from archivist.core.document import Holding
    from archivist.index.reader import IndexReader


def documents(
    index: IndexReader,
    project: str | None = None,
    status: str | None = None,
    among: Collection[str] | None = None,
) -> tuple[Holding, ...]:
    """All documents in order of arrival.

    Args:
        project: only those filed under this project; UsageError when the register does not have it.
        status: only those with this status. among: only those with these numbers (编号).
    """
    if project is not None:
        known_projects(index, registered(index), [project])
    return tuple(
        one
        for one in index.holdings.all()
        if (project is None or (one.status == "filed" and one.project == project))
        and (status is None or one.status == status)
        and (among is None or one.id in among)
    )
