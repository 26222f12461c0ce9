"""Whether what somebody handed in as a paper is a register (台账、人员名册): a table under the columns of one. Pure.

A register is imported, never filed. It is told by its header alone: a row that is nearly all names of columns, the number
and the name of projects among them, or persons with their bodies, levels and roles. A form about one project (摸底调查表)
has such labels, too, but a value beside each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import islice

from archivist.core.register.header import label_keys

_SEARCHED = 60
"""Lines below which no header begins."""

_FEWEST = 4
"""Columns that a register has at least."""

_JOINED = 3
"""Words of a line that one label may be broken into."""

_PROJECTS, _PEOPLE = frozenset({"code", "name"}), frozenset({"name", "body", "level", "roles"})


class Table(StrEnum):
    """What a table is, as people call it."""

    PROJECTS = "项目台账"
    PEOPLE = "人员名册"


def table_seen(
    lines: Iterable[str], projects: Mapping[str, tuple[str, int]], people: Mapping[str, str]
) -> Table | None:
    """What table the lines of a file are; None for any other paper.

    Args:
        lines: a row of a table each, cells joined by blanks. projects, people: folded names of columns → their meaning, as
            register.toml and people.toml have them.
    """
    fields = {key: field for key, (field, _) in projects.items()}
    for line in islice(lines, _SEARCHED):
        words = line.split()
        if _is_header(words, people, _PEOPLE):
            return Table.PEOPLE
        if _is_header(words, fields, _PROJECTS):
            return Table.PROJECTS
    return None


def _is_header(words: Sequence[str], columns: Mapping[str, str], needed: frozenset[str]) -> bool:
    """Whether at least half of a row's words are labels of columns, or pieces of such, and those needed are among them."""
    found, covered = set[str](), set[int]()
    for at, length in ((at, length) for at in range(len(words)) for length in range(1, _JOINED + 1)):
        field = _field("".join(words[at : at + length]), columns) if at + length <= len(words) else None
        if field is not None:
            found.add(field)
            covered.update(range(at, at + length))
    return needed <= found and len(found) >= _FEWEST and len(covered) * 2 >= len(words)


def _field(label: str, columns: Mapping[str, str]) -> str | None:
    return next((columns[key] for key in label_keys(label) if key in columns), None)
