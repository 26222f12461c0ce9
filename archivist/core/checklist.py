"""State of each of the eight items (归档内容): what is there, what waits, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class ItemState(StrEnum):
    """What a person reads: 免交 comes with waivers."""

    PRESENT = "齐全"
    UNQUALIFIED = "不合格"
    REVIEW = "待确认"
    MISSING = "缺件"
    OPTIONAL = "选交"


@dataclass(frozen=True, slots=True)
class ItemCount:
    """How many documents of one project's item are filed, and how many wait with it as best guess.

    ``unqualified`` of the filed ones cannot be counted on: the file was altered or is gone from its place.
    """

    project: str
    item: int
    filed: int
    review: int
    unqualified: int = 0


@dataclass(frozen=True, slots=True)
class Completeness:
    """One project against the catalogue. All but ``project`` hold item numbers, disjoint."""

    project: str
    present: tuple[int, ...]
    review: tuple[int, ...]
    missing: tuple[int, ...]
    unqualified: tuple[int, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether nothing stands in the way of the eight items being there (附件4)."""
        return not self.missing and not self.review and not self.unqualified

    def state(self, item: int, required: bool) -> ItemState:
        """The state of one item."""
        if item in self.unqualified:
            return ItemState.UNQUALIFIED
        if item in self.present:
            return ItemState.PRESENT
        if item in self.review:
            return ItemState.REVIEW
        return ItemState.MISSING if required else ItemState.OPTIONAL


def completeness(
    projects: Iterable[str], counts: Iterable[ItemCount], required: Sequence[int]
) -> list[Completeness]:
    """Return the state of ``projects`` in the order given.

    Args:
        counts: per project and item; items without any document may be left out.
        required: the items that must be there (items 1-7 of 附件4; item 8 is never missing).
    """
    found: dict[str, dict[int, ItemCount]] = {}
    for count in counts:
        found.setdefault(count.project, {})[count.item] = count
    return [_one(project, found.get(project, {}), required) for project in projects]


def _one(project: str, counts: dict[int, ItemCount], required: Sequence[int]) -> Completeness:
    unqualified = tuple(sorted(item for item, count in counts.items() if count.unqualified))
    present = tuple(sorted(i for i, count in counts.items() if count.filed and i not in unqualified))
    review = tuple(
        sorted(i for i, count in counts.items() if count.review and not count.filed and i in required)
    )
    missing = tuple(item for item in required if item not in {*present, *review, *unqualified})
    return Completeness(project, present, review, missing, unqualified)
