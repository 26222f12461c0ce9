"""Many projects summed up (合计): how many are complete, how many lack something, what is wrong with how many.

A project's outline is the words it is counted under. They are kept with it, so that a sum reads nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from archivist.core.catalogue.completeness import OVERRIDDEN, Completeness, ItemState

COMPLETE, DEREGISTERED = "齐全", "已销号"
_TOLD = (ItemState.MISSING, ItemState.REVIEW, ItemState.UNQUALIFIED, ItemState.CHECK)


class Tally(NamedTuple):
    """How many projects there are, and how many are counted under each word."""

    projects: int
    under: dict[str, int]

    def of(self, word: str) -> int:
        """How many are counted under ``word``."""
        return self.under.get(word, 0)

    def without(self, word: str, count: int) -> Tally:
        """The same with ``count`` fewer under ``word``."""
        return self._replace(under={**self.under, word: max(self.of(word) - count, 0)}) if count else self

    def reasons(self, state: ItemState) -> list[tuple[str, int]]:
        """Why items are in ``state``, and in how many projects; the most frequent first."""
        start = f"{state.value}:"
        found = [
            (word.removeprefix(start), count) for word, count in self.under.items() if word.startswith(start)
        ]
        return sorted(found, key=lambda one: (-one[1], one[0]))


def outline(one: Completeness, deregistered: bool) -> str:
    """The words a project is counted under, with spaces between."""
    return " ".join(dict.fromkeys(_words(one, deregistered)))


def _words(one: Completeness, deregistered: bool) -> Iterator[str]:
    if one.complete:
        yield COMPLETE
    if deregistered:
        yield DEREGISTERED
    if one.overridden:
        yield OVERRIDDEN
    states = {item.state for item in one.items}
    for state in _TOLD:
        if state in states:
            yield state.value
            reasons = {reason for item in one.items if item.state is state for reason in item.reasons}
            reasons.discard(OVERRIDDEN)
            yield from (f"{state.value}:{reason}" for reason in sorted(reasons))


def tally(outlines: Iterable[tuple[str, int]]) -> Tally:
    """Sum outlines up; each comes with how many projects have it."""
    projects, under = 0, dict[str, int]()
    for words, count in outlines:
        projects += count
        for word in words.split():
            under[word] = under.get(word, 0) + count
    return Tally(projects, under)
