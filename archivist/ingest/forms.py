"""A filled form (填写表) that somebody dropped: the documents it asks for are made in 公文, the form itself is kept.

It is known by its number among the words that were read of it; its cells are read where strangers' files are, in a process
that ends with it. What is made stands before the form is through, and making it again on the same day changes nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from archivist.core.filing import last_part
from archivist.core.forms.number import number_seen
from archivist.core.naming import safe_name, unused
from archivist.core.words.forms import form_told, made_note, some_told, unmade_note
from archivist.errors import BadInputError
from archivist.extract.failures import Refused
from archivist.folders.places import make_folders
from archivist.ingest.stages.read import stop_if_not_the_files
from archivist.store.layout import NOTE_SUFFIX

if TYPE_CHECKING:
    from archivist.core.document import Source
    from archivist.core.forms.cells import CellSheet
    from archivist.core.page import Extract
    from archivist.drafts.batch import Made, Task
    from archivist.drafts.forms.taking import Taken
    from archivist.extract.processes.sandbox import Sandbox
    from archivist.filing.parts import Parts
    from archivist.index.writer import Index
    from archivist.workspace.opened import Workspace

KEPT = "收到的表"
"""What the folder in 公文 is called where forms stay that were taken in."""

_WORKBOOK = "xlsx"
_LINES, _MOST_PROJECTS = 12, 300


class Answered(NamedTuple):
    """What became of a form, as sentences: what it is, then what is wrong."""

    reasons: tuple[str, ...]


class Forms:
    """Answers forms in one workspace."""

    def __init__(self, workspace: Workspace, index: Index, parts: Parts) -> None:
        self._workspace, self._index, self._parts = workspace, index, parts

    @cached_property
    def _sandbox(self) -> Sandbox:
        from archivist.extract.processes.sandbox import Sandbox

        return Sandbox(self._workspace.limits, 1)

    def answered(self, source: Source, extract: Extract) -> Answered | None:
        """Make what a form asks for; None where the file is no form."""
        lines = (line.text for page in extract.pages[:3] for line in islice(page.lines, _LINES))
        if extract.kind != _WORKBOOK or source.vault is None or number_seen(lines) is None:
            return None
        try:
            return self._made(source, self._cells(source))
        except Refused as refusal:
            stop_if_not_the_files(refusal.reason)
            return Answered((f"这张填写表读不出来：{refusal.reason}",))
        except BadInputError as error:
            return Answered((error.message,))

    def _cells(self, source: Source) -> tuple[CellSheet, ...]:
        from archivist.extract.formats.cells import read_cells

        return self._sandbox.run(read_cells, self._parts.original(source))

    def _made(self, source: Source, sheets: Sequence[CellSheet]) -> Answered:
        from archivist.drafts.batch import made, of_form
        from archivist.drafts.drafting import Drafting
        from archivist.drafts.forms.taking import take

        drafting = Drafting(self._workspace)
        today = datetime.now().astimezone().date()
        taken = take(self._workspace, self._index, drafting.kinds, sheets, today)
        if len(taken.entries) > _MOST_PROJECTS:
            return Answered(
                (
                    f"这张填写表填了 {len(taken.entries)} 个项目，放进文件夹的一次最多 {_MOST_PROJECTS} 个，没有生成；"
                    "请分成几张表，或请管理员用命令生成",
                )
            )
        form, names = last_part(source.name), {one.code: self._folder(one.code) for one in taken.entries}
        done = []
        for task in of_form(taken.kind, taken.entries):
            one = made(drafting, task, partial(self._write, names[task.code]))
            self._note(names[task.code], one, form)
            done.append(one)
        return Answered(tuple(self._told(taken, done)))

    def _folder(self, code: str) -> Path:
        """A project's folder in 公文."""
        row = self._index.projects.find(code)
        name = f"{code} {row['name']}" if row else code
        return self._workspace.config.papers / safe_name(name)

    def _write(self, folder: Path, task: Task, content: bytes) -> Path:
        """Write a document as a new file; the very same one that stands there already is not written twice."""
        from archivist.drafts import write_new
        from archivist.drafts.drafting import file_name

        make_folders([folder])
        name = file_name(task.kind, task.code)

        def is_other(candidate: str) -> bool:
            path = folder / candidate
            return os.path.lexists(path) and not _is(path, content)

        path = folder / unused(name, is_other)
        if not os.path.lexists(path):
            write_new(path, content)
        return path

    def _note(self, folder: Path, one: Made, form: str) -> None:
        contact = self._workspace.config.about.contact
        if one.path is None:
            words, name = unmade_note(one.kind, one.problems, form, contact), f"{one.code} {one.kind}"
        else:
            words, name = made_note(one.path.name, one.open, form, contact), one.path.stem
        make_folders([folder])
        data = ("\ufeff" + words.replace("\n", "\r\n")).encode("utf-8", "replace")
        self._workspace.store.write_status(data, folder / (safe_name(name) + NOTE_SUFFIX))

    def _told(self, taken: Taken, done: Sequence[Made]) -> Iterator[str]:
        bad = [one for one in done if one.path is None]
        faults = [*(fault.told for fault in taken.faults), *(line for one in bad for line in one.problems)]
        papers = self._workspace.config.store.papers
        yield from form_told(taken.kind.name, len(done) - len(bad), len(bad), len(faults), papers)
        yield from some_told(faults)
        yield from taken.notices
        if not taken.entries:
            yield "表里没有填写任何内容"
        elif taken.untouched:
            yield f"没有填写的 {len(taken.untouched)} 个项目没有生成"
        yield from (
            f"{one.code} 还有 {len(one.open)} 处【待填】，见“{papers}”里它的说明" for one in done if one.open
        )


def _is(path: Path, content: bytes) -> bool:
    """Whether a file that stands there is this very one."""
    try:
        return path.is_file() and not path.is_symlink() and path.read_bytes() == content
    except OSError:
        return False
