"""State of each of the items (归档内容): what is there, what waits, what is missing.

The one place that decides it, for lists, pages, checks and the gate; `counting` says which documents count. On the light
path: named tuples, because a dataclass takes ten times as long to make.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple


class ItemState(StrEnum):
    """What a person reads."""

    PRESENT = "齐全"
    UNQUALIFIED = "不合格"
    REVIEW = "待确认"
    MISSING = "缺件"
    WAIVED = "免交"
    OPTIONAL = "选交"


class ItemCount(NamedTuple):
    """How many documents of one project's item are filed, and how many wait with it as best guess.

    ``unqualified`` of the filed ones cannot be counted on: the file was altered or is gone from its place.
    """

    project: str
    item: int
    filed: int
    review: int
    unqualified: int = 0


class Waiver(NamedTuple):
    """An item that a project need not hand in (免交): who decided it, when (ISO 8601), and why.

    ``document`` is the sealed statement it rests on; None for decisions of earlier editions, which hold no longer.
    """

    project: str
    item: int
    reason: str
    actor: str
    at: str
    document: str | None = None

    @property
    def told(self) -> str:
        """The reason with who and when, as people read it."""
        return f"{self.reason}（{self.actor}，{self.at[:10]}）"


class Completeness(NamedTuple):
    """One project against the catalogue. All but ``project`` hold item numbers, disjoint.

    ``waived`` are items that need not be there (免交) and are not; ``unqualified`` are there, but not to be counted on.
    """

    project: str
    present: tuple[int, ...]
    review: tuple[int, ...]
    missing: tuple[int, ...]
    waived: tuple[int, ...] = ()
    unqualified: tuple[int, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether nothing stands in the way of the required items being there (附件4)."""
        return not self.missing and not self.review and not self.unqualified

    def state(self, item: int, required: bool) -> ItemState:
        """The state of one item."""
        if item in self.unqualified:
            return ItemState.UNQUALIFIED
        if item in self.present:
            return ItemState.PRESENT
        if item in self.waived:
            return ItemState.WAIVED
        if item in self.review:
            return ItemState.REVIEW
        return ItemState.MISSING if required else ItemState.OPTIONAL


def completeness(
    projects: Iterable[str],
    counts: Iterable[ItemCount],
    required: Sequence[int],
    waivers: Iterable[Waiver] = (),
) -> list[Completeness]:
    """Return the state of ``projects`` in the order given.

    Args:
        counts: per project and item; items without any document may be left out.
        required: the items that must be there (items 1-7 of 附件4; item 8 is never missing).
        waivers: what need not be there after all; nothing waived stands in the way of completeness.
    """
    found: dict[str, dict[int, ItemCount]] = {}
    for count in counts:
        found.setdefault(count.project, {})[count.item] = count
    free: dict[str, set[int]] = {}
    for waiver in waivers:
        free.setdefault(waiver.project, set()).add(waiver.item)
    return [_one(project, found.get(project, {}), required, free.get(project, set())) for project in projects]


def _one(
    project: str, counts: dict[int, ItemCount], required: Sequence[int], free: Collection[int]
) -> Completeness:
    unqualified = tuple(sorted(item for item, count in counts.items() if count.unqualified))
    present = tuple(sorted(i for i, count in counts.items() if count.filed and i not in unqualified))
    open_ = [item for item in required if item not in present and item not in unqualified]
    waived = tuple(item for item in open_ if item in free)
    review = tuple(
        sorted(i for i, count in counts.items() if count.review and i in open_ and i not in waived)
    )
    missing = tuple(item for item in open_ if item not in review and item not in waived)
    return Completeness(project, present, review, missing, waived, unqualified)
