"""A register that somebody handed in as a paper (台账、人员名册): it goes back with whom to give it to, wherever it was put.

It is filed for no project: not by what it says, since it names them all, and not by the folder it lies in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from archivist.core.identification import Identification
from archivist.core.register.seen import table_seen
from archivist.core.words.moved import REGISTERS
from archivist.errors import BadInputError
from archivist.ingest.stages.identify import Identified

if TYPE_CHECKING:
    from archivist.store.vault import Store
    from archivist.workspace.opened import Workspace

_TEXT = "text"
_TEXT_BYTES = 1 << 16
"""So much of a text file is looked at: its header stands at the top."""


class Registers:
    """Knows registers by the columns that the workspace's rules name."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    @property
    def store(self) -> Store:
        """The workspace's store."""
        return self._workspace.store

    def told(self, one: Identified) -> Identified:
        """What was identified, or, of a register, one document that is none of the archive's, with whom to give it to."""
        table = table_seen(self._lines(one), *self._columns)
        if table is None:
            return one
        pages = one.extract.pages
        found = Identification(
            1, pages[-1].number if pages else 1, archival=False, reasons=(REGISTERS[table],), of_kind=""
        )
        return replace(one, extract=replace(one.extract, failure=""), found=(found,), decision=None)

    @cached_property
    def _columns(self) -> tuple[dict[str, tuple[str, int]], dict[str, str]]:
        from archivist.ledger.people import load_people_rules

        workspace = self._workspace
        rules = load_people_rules(workspace.rules_file("people.toml").parent, workspace.data("schemas"))
        return dict(rules.register.headers), dict(rules.headers)

    def _lines(self, one: Identified) -> Iterator[str]:
        """The first lines of each page; of a text file, which is not read else, its rows."""
        for page in one.extract.pages[:3]:
            yield from islice((line.text for line in page.lines), 60)
        if one.extract.kind == _TEXT and one.source.vault is not None:
            yield from _rows(self._workspace.store, one.source.vault, one.source.name)


def _rows(store: Store, vault: str, name: str) -> Iterator[str]:
    from archivist.ledger.delimited import read_csv

    with store.path(vault).open("rb") as file:
        head = file.read(_TEXT_BYTES)
    if len(head) == _TEXT_BYTES:
        head = head.rpartition(b"\n")[0]
    try:
        rows = read_csv(head, name).rows
    except BadInputError:
        return
    for row in rows:
        yield " ".join("".join(cell.split()) for cell in row.cells)
