"""What the log of events tells of earlier months (月末): which items had a paper then. Pure.

The log says when which document was filed where; what a check would have found then it does not say. So what is
counted is that every item had something, whether it was good or not.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple


class Change(NamedTuple):
    """One event about a document: when (ISO 8601), and where it stands from then on; ``filed``: in a project's item."""

    document: str
    at: str
    filed: bool
    project: str | None
    item: int | None


def months_to(today: date, count: int) -> tuple[str, ...]:
    """The last ``count`` months as 2024-11, oldest first, this month the last."""
    at = today.year * 12 + today.month - 1
    return tuple(f"{one // 12:04d}-{one % 12 + 1:02d}" for one in range(at - count + 1, at + 1))


def month_told(month: str) -> str:
    """As people read it: 2024年11月."""
    year, _, number = month.partition("-")
    return f"{year}年{int(number)}月"


class Presence:
    """Which items each project had a paper of at the end of each month.

    Args:
        months: as `months_to` gives them. required: the items that must be there.
        numbers: numbers of now by those that projects had before (曾用编号).
    """

    def __init__(
        self, months: tuple[str, ...], required: Collection[int], numbers: Mapping[str, str] | None = None
    ) -> None:
        self._months = months
        self._bits = {item: 1 << at for at, item in enumerate(sorted(required))}
        self._all = (1 << len(self._bits)) - 1
        self._numbers = numbers or {}
        self._masks: dict[str, array[int]] = {}

    def take(self, changes: Iterable[Change]) -> None:
        """Take in the log, document by document, each document's events in their order."""
        last: Change | None = None
        for one in changes:
            if last is not None:
                self._stood(last, one.at if one.document == last.document else None)
            last = one
        if last is not None:
            self._stood(last, None)

    def waived(self, project: str, item: int, since: str) -> None:
        """An item that need not be there since then (免交)."""
        self._stood(Change("", since, True, project, item), None)

    def complete(self, projects: Iterable[str]) -> list[int]:
        """How many of ``projects`` had a paper of each required item, month by month."""
        counts = [0] * len(self._months)
        for code in projects:
            for at, mask in enumerate(self._masks.get(code, ())):
                counts[at] += mask == self._all
        return counts

    def _stood(self, one: Change, until: str | None) -> None:
        bit = self._bits.get(one.item or 0)
        if not one.filed or bit is None or one.project is None:
            return
        start = bisect_left(self._months, one.at[:7])
        end = len(self._months) if until is None else bisect_left(self._months, until[:7])
        if start >= end:
            return
        code = self._numbers.get(one.project.casefold(), one.project)
        masks = self._masks.get(code)
        if masks is None:
            masks = self._masks[code] = array("Q", bytes(8 * len(self._months)))
        for at in range(start, end):
            masks[at] |= bit


def standing(spans: Iterable[tuple[str, str | None]], months: tuple[str, ...]) -> list[int]:
    """How many of these spans of time (from, until; None: it lasts) lasted at the end of each month."""
    counts = [0] * len(months)
    for since, until in spans:
        end = len(months) if until is None else bisect_left(months, until[:7])
        for at in range(bisect_left(months, since[:7]), end):
            counts[at] += 1
    return counts
