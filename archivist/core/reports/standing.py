"""Projects counted by township and item (齐全情况): what a heat map, a list and a total are made of. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from archivist.core.catalogue.completeness import Completeness, ItemState
from archivist.core.reports.listings import ItemName
from archivist.core.reports.report import GridCell

ENOUGH = (ItemState.PRESENT, ItemState.WAIVED, ItemState.OPTIONAL)
"""States of an item with which nothing is to be done for it: it is there as it should be, or need not be."""

NOWHERE = "（没有写镇街）"
"""What the projects of no township stand under."""


@dataclass(slots=True)
class Count:
    """The projects of one township, or of all, counted.

    Attributes:
        states: how many are in which state, by item. gaps: how many required items of all projects are not enough.
    """

    name: str
    projects: int = 0
    complete: int = 0
    deregistered: int = 0
    gaps: int = 0
    states: dict[int, dict[ItemState, int]] = field(default_factory=dict)

    def add(self, state: Completeness, deregistered: bool) -> None:
        """Count one project in."""
        self.projects += 1
        self.complete += state.complete
        self.deregistered += deregistered
        for one in state.items:
            found = self.states.setdefault(one.item, {})
            found[one.state] = found.get(one.state, 0) + 1
            self.gaps += one.required and one.state not in ENOUGH

    def enough(self, item: int) -> GridCell:
        """Of how many projects the item is there as it should be, or need not be."""
        found = self.states.get(item, {})
        return GridCell(sum(found.get(state, 0) for state in ENOUGH), self.projects)

    def of(self, item: int, state: ItemState) -> int:
        """In how many projects the item is in ``state``."""
        return self.states.get(item, {}).get(state, 0)

    def record(self, items: Sequence[ItemName]) -> dict[str, object]:
        """As ``report completeness -f json`` prints it."""
        return {
            "level": "township",
            "township": self.name,
            "projects": self.projects,
            "complete": self.complete,
            "deregistered": self.deregistered,
            "items": [
                {
                    "item": item.number,
                    "name": item.short,
                    "enough": self.enough(item.number).number,
                    "states": {state.value: self.of(item.number, state) for state in ItemState},
                }
                for item in items
            ],
        }


class Counting:
    """Counts by township, in the order in which townships come, and all together."""

    def __init__(self) -> None:
        self.townships: dict[str, Count] = {}
        self.all = Count("合计")

    def add(self, township: str, state: Completeness, deregistered: bool) -> None:
        """Count one project in."""
        name = township or NOWHERE
        self.townships.setdefault(name, Count(name)).add(state, deregistered)
        self.all.add(state, deregistered)

    def taken(self, projects: Iterable[tuple[str, Completeness, bool]]) -> Counting:
        """Count all of these in: township, state, whether it was wound up."""
        for one in projects:
            self.add(*one)
        return self
