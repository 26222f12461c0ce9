"""What the register and the settings know of projects: what forms are filled with, and what comes back is held against."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from archivist.core.drafts.sources import Available, Office
from archivist.core.forms.layout import Row, known_of
from archivist.core.forms.number import FormNumber, edition_of, workspace_mark
from archivist.errors import BadInputError, UsageError

if TYPE_CHECKING:
    from archivist.core.drafts.kinds import DocumentKind
    from archivist.core.project import Project
    from archivist.index.reader import IndexReader
    from archivist.workspace.opened import Workspace


def chosen_projects(index: IndexReader, codes: Sequence[str], township: str | None) -> list[Project]:
    """The projects that were asked for, each once: by number in the order given, then those of a township.

    Raises:
        BadInputError: the register has none of these numbers; all are told. UsageError: no project in the township.
    """
    registered = index.projects.registered()
    unknown = [code for code in codes if code not in registered]
    if unknown:
        raise BadInputError(
            f"台账里没有项目编号“{'”“'.join(unknown[:10])}”{'等' if len(unknown) > 10 else ''}。"
            "请用 archivist register list 查看编号。"
        )
    found = {code: registered[code][0] for code in codes}
    if township is not None:
        there = {code: one for code, (one, _) in registered.items() if township and township in one.township}
        if not there:
            raise UsageError(f"台账里没有“{township}”的项目。请用 archivist register list 查看镇街的写法。")
        found |= there
    return list(found.values())


def known_rows(
    workspace: Workspace, kind: DocumentKind, projects: Iterable[Project], today: date
) -> list[Row]:
    """What is known of each project that the form asks for."""
    settings = workspace.config.generation
    office = Office(settings.issuer.strip(), settings.sign.strip())
    return [Row(one, known_of(kind, Available(one, None, today, office))) for one in projects]


def known_by_code(
    workspace: Workspace, index: IndexReader, kind: DocumentKind, today: date
) -> dict[str, dict[str, Any]]:
    """The same of every project of the register, by code."""
    projects = [project for project, _ in index.projects.registered().values()]
    return {row.project.code: dict(row.known) for row in known_rows(workspace, kind, projects, today)}


def number_of(kind: DocumentKind, index: IndexReader, day: date) -> FormNumber:
    """The number of a form given out today."""
    mark = workspace_mark(index.events.hash_of(1) or "")
    return FormNumber(kind.slug, edition_of(kind), f"{day:%Y%m%d}", mark)
