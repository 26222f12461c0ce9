"""How far a project is with each item (归档内容), as values for lists, pages, reports and the gate.

`states` decides them, and nothing else does. On the light path: named tuples, because a dataclass takes ten times as
long to make.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class ItemState(StrEnum):
    """What a person reads.

    CHECK is filed, and a person must look at it; UNQUALIFIED is filed, and it is wrong. REVIEW is not filed: something
    waits that may be it.
    """

    PRESENT = "齐全"
    CHECK = "待核"
    UNQUALIFIED = "不合格"
    REVIEW = "待确认"
    MISSING = "缺件"
    WAIVED = "免交"
    OPTIONAL = "选交"


OVERRIDDEN = "负责人核定"
"""Stands among the reasons of an item of which a finding was overridden: whatever its state, it stays visible."""


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


class ItemStanding(NamedTuple):
    """One item: its state, why it is UNQUALIFIED or to be looked at (`reasons.Reason`), whether it must be there.

    With OVERRIDDEN among ``reasons``, something that was found on it was overridden.
    """

    item: int
    state: ItemState
    reasons: tuple[str, ...] = ()
    required: bool = True

    @property
    def overridden(self) -> bool:
        """Whether something that was found on it was overridden (负责人核定)."""
        return OVERRIDDEN in self.reasons

    @property
    def told(self) -> str:
        """The state with its reasons, as people read it."""
        return f"{self.state.value}（{'、'.join(self.reasons)}）" if self.reasons else self.state.value


class OfProject(NamedTuple):
    """What was found on the project as a whole: whether it is wrong (UNQUALIFIED) or to be looked at (CHECK), a sentence."""

    state: ItemState
    message: str


class Completeness(NamedTuple):
    """One project against the catalogue: its items in the catalogue's order, and what was found on all of it."""

    project: str
    items: tuple[ItemStanding, ...]
    of_project: tuple[OfProject, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every item that must be there is there as it should be, or need not be (附件4)."""
        return all(one.state in _ENOUGH for one in self.items if one.required)

    @property
    def present(self) -> tuple[int, ...]:
        """Items that are there as they should be."""
        return self._in(ItemState.PRESENT)

    @property
    def overridden(self) -> tuple[int, ...]:
        """Items of which something was overridden (负责人核定)."""
        return tuple(one.item for one in self.items if one.overridden)

    @property
    def check(self) -> tuple[int, ...]:
        """Items that are there and that a person must look at (待核)."""
        return self._in(ItemState.CHECK)

    @property
    def unqualified(self) -> tuple[int, ...]:
        """Items that are there and wrong (不合格)."""
        return self._in(ItemState.UNQUALIFIED)

    @property
    def review(self) -> tuple[int, ...]:
        """Items that must be there, are not, and may be among what waits (待确认)."""
        return self._in(ItemState.REVIEW)

    @property
    def missing(self) -> tuple[int, ...]:
        """Items that must be there and of which there is nothing (缺件)."""
        return self._in(ItemState.MISSING)

    @property
    def waived(self) -> tuple[int, ...]:
        """Items that need not be there (免交) and are not."""
        return self._in(ItemState.WAIVED)

    def _in(self, state: ItemState) -> tuple[int, ...]:
        return tuple(one.item for one in self.items if one.state is state)

    def of(self, item: int) -> ItemStanding:
        """How the project is with one item; KeyError when the catalogue has no such item."""
        for one in self.items:
            if one.item == item:
                return one
        raise KeyError(item)

    def state(self, item: int) -> ItemState:
        """The state of one item."""
        return self.of(item).state


_ENOUGH = frozenset({ItemState.PRESENT, ItemState.WAIVED})
