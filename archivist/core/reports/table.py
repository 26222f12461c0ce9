"""A table of plain values: what every report is before a format is chosen.

On the light path: a named tuple, because a dataclass takes ten times as long to make.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

Cell = str | int | float | None

GOOD, WAIT, BAD = "good", "wait", "bad"
"""Tones a cell's word may have; formats that know colours show them."""

_NO_TONES: Mapping[str, str] = {}


class Table(NamedTuple):
    """Columns and rows for people, with a title and closing lines.

    Attributes:
        notes: what a reader has to know to read the table (图例), before the summary.
        whole: columns that are never shortened, whatever the room: codes that people copy.
        tones: cell text → GOOD, WAIT or BAD.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    summary: str = ""
    notes: tuple[str, ...] = ()
    whole: frozenset[str] = frozenset({"编号", "项目编号"})
    tones: Mapping[str, str] = _NO_TONES

    def headed(self, title: str) -> Table:
        """The same under another title."""
        return self._replace(title=title)

    def picked(self, columns: Sequence[int]) -> Table:
        """The same with these columns of it alone."""
        rows = tuple(tuple(row[at] for at in columns) for row in self.rows)
        return self._replace(columns=tuple(self.columns[at] for at in columns), rows=rows)

    def bare(self, rows: tuple[tuple[Cell, ...], ...]) -> Table:
        """Its columns over other rows, without title and closing lines."""
        return self._replace(title="", rows=rows, notes=(), summary="")
