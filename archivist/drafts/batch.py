"""Many documents made one after the other (成批生成): each on its own, so that one that fails stops no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archivist.core.drafts.context import Unfit
from archivist.drafts.drafting import Drafting
from archivist.errors import ArchivistError, SettingsError

if TYPE_CHECKING:
    from archivist.core.drafts.kinds import DocumentKind
    from archivist.core.forms.reading import Entry


@dataclass(frozen=True, slots=True)
class Task:
    """One document to make; ``entry`` is where a form has it."""

    kind: DocumentKind
    code: str
    given: Mapping[str, Any] = field(default_factory=dict)
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What became of one: the new file and what it prints 【待填】 for, or what is wrong."""

    kind: str
    code: str
    path: Path | None
    open: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """One line of ``generate --json``."""
        return {
            "path": None if self.path is None else str(self.path),
            "open": list(self.open),
            "project": self.code,
            "kind": self.kind,
            "problems": list(self.problems),
        }


def of_form(kind: DocumentKind, entries: Iterable[Entry]) -> Iterator[Task]:
    """The documents a form asks for."""
    return (Task(kind, one.code, one.values, one) for one in entries)


def made(drafting: Drafting, task: Task, write: Callable[[Task, bytes], Path]) -> Made:
    """Make one document; whatever is wrong with what was filled in is told, all of it.

    Args:
        write: writes the Word file as a new one, and says where.

    What is wrong with a template is told of the document, too: it may be wrong for what this project's fields say only.
    """
    entry = task.entry
    try:
        if entry is not None and entry.faults:
            return Made(task.kind.name, task.code, None, (), _told(drafting, task, entry))
        content, left = drafting.content(task.kind, task.code, task.given)
        path = write(task, content)
    except Unfit as error:
        if entry is None:
            problems = [problem.told for problem in error.problems]
        else:
            problems = [fault.told for fault in entry.faults_of(error.problems, task.kind.fields)]
        return Made(task.kind.name, task.code, None, (), tuple(problems))
    except ArchivistError as error:
        return Made(task.kind.name, task.code, None, (), (_without_places(task.kind, error),))
    return Made(task.kind.name, task.code, path, left)


def _without_places(kind: DocumentKind, error: ArchivistError) -> str:
    """What an error says; of a template or a schema the file's name, not where it lies on this machine."""
    if not isinstance(error, SettingsError):
        return error.message
    said = error.message
    for source in filter(None, (kind.template_source, kind.schema_source)):
        said = said.replace(source, Path(source).name)
    return f"模板或设置有误，请告诉管理员：{said}"


def _told(drafting: Drafting, task: Task, entry: Entry) -> tuple[str, ...]:
    """All that is wrong with a row: what could not be read, and what the document says of the rest."""
    found = list(entry.faults)
    unread = {(fault.sheet, fault.row, fault.column) for fault in entry.faults}
    try:
        drafting.draft(task.kind, task.code, task.given)
    except Unfit as error:
        found += [
            fault
            for fault in entry.faults_of(error.problems, task.kind.fields)
            if (fault.sheet, fault.row, fault.column) not in unread
        ]
    except ArchivistError as error:
        return (*(fault.told for fault in found), _without_places(task.kind, error))
    found.sort(key=lambda fault: (fault.sheet != entry.places[()].sheet, fault.sheet, fault.row))
    return tuple(fault.told for fault in found)
