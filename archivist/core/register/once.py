"""Values written once for several rows, the rows below left empty (只写一次): filled down where that is plain.

An empty cell may as well mean that there is nothing. A column is plainly kept so when no value stands in it twice in a row
and either several values have empty rows below them, or the rows speak for themselves: their names name the village, or
another column that is kept so is empty in the very same rows. What is not plain is asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archivist.core.register.rules import RegisterRules


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says in one column.

    Attributes:
        text: "" for nothing. blank: the cell was left empty (a sign for nothing, "/", is not).
        typed: it is written out in that very cell, neither by a ditto nor taken from elsewhere in the row.
    """

    text: str
    blank: bool
    typed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A project's row for what is asked here: its group between totals and headings, its name, its cells by field."""

    group: int
    name: str
    cells: Mapping[str, Said]


@dataclass(frozen=True, slots=True)
class FilledDown:
    """What becomes of a row's empty cells: taken from above (field → text), or left empty and asked about."""

    carried: Mapping[str, str]
    asked: tuple[str, ...]


def fill_down(lines: Sequence[Line], rules: RegisterRules) -> list[FilledDown]:
    """Say for each line what its empty cells mean."""
    carried: list[dict[str, str]] = [{} for _ in lines]
    asked: list[list[str]] = [[] for _ in lines]
    plain: list[frozenset[int]] = []
    for field in (*rules.carried, *rules.asked):
        column = _Column(
            lines, field, [_township(line, filled) for line, filled in zip(lines, carried, strict=True)]
        )
        sources = dict(column.sources())
        fits = {at for at, source in sources.items() if column.fits(at, source)}
        if field in rules.carried and column.is_plain({at: sources[at] for at in fits}, plain):
            plain.append(frozenset(fits))
            for at in fits:
                carried[at][field] = lines[sources[at]].cells[field].text
        else:
            fits = set()
        for at in sources.keys() - fits:
            asked[at].append(field)
    return [FilledDown(one, tuple(fields)) for one, fields in zip(carried, asked, strict=True)]


def _township(line: Line, filled: Mapping[str, str]) -> str:
    said = line.cells.get("township")
    return filled.get("township") or (said.text if said else "")


class _Column:
    """One column below the header; rows are counted from 0."""

    def __init__(self, lines: Sequence[Line], field: str, townships: Sequence[str]) -> None:
        self.lines, self.field, self.townships = lines, field, townships
        self.cells = [line.cells.get(field) for line in lines]
        self.values = {one.text for one in self.cells if one is not None and one.typed and len(one.text) > 2}

    def sources(self) -> Iterator[tuple[int, int]]:
        """Each empty cell with the last one above it, in its group, that says something."""
        last, group = None, -1
        for at, (line, said) in enumerate(zip(self.lines, self.cells, strict=True)):
            if line.group != group:
                last, group = None, line.group
            if said is None:
                continue
            if not said.blank:
                last = at if said.text else None
            elif last is not None:
                yield at, last

    def fits(self, at: int, source: int) -> bool:
        """Whether nothing speaks against a value in a row below: another township, a name that names another one."""
        if self.field == "department":
            return True
        if self.field != "township" and self.townships[at] != self.townships[source]:
            return False
        return not names_another(self.lines[at].name, self._text(source), self.values)

    def is_plain(self, sources: Mapping[int, int], plain: Sequence[frozenset[int]]) -> bool:
        """Whether the column is kept so that an empty cell means the one above."""
        if not sources or self._repeats():
            return False
        several = len(set(sources.values())) > 1
        named = all(self._text(source) in self.lines[at].name for at, source in sources.items())
        return several or named or any(sources.keys() <= one for one in plain)

    def _repeats(self) -> bool:
        """Whether a value is written again below itself, or by a ditto: then an empty cell is something else."""
        before: int | None = None
        for at, said in enumerate(self.cells):
            if said is None or said.blank or not said.text:
                continue
            if before is not None and self.lines[at].group == self.lines[before].group:
                alike = said.text == self._text(before)
                if alike and said.typed and self.townships[at] == self.townships[before]:
                    return True
            before = at
        return False

    def _text(self, at: int) -> str:
        said = self.cells[at]
        return said.text if said else ""


def names_another(name: str, value: str, values: set[str]) -> bool:
    """Whether a project's name names another of the ``values`` of a column, and not ``value``."""
    return value not in name and any(one in name for one in values if one not in value)
