"""The order of what waits (排队): fair among those who brought it, small before large, and nobody starves.

Self-clocked fair queueing (Golestani 1994): everything that joins gets a mark, the clock of the line or the last mark of its
group, whichever is later, plus what it costs; the smallest mark is next, and the clock is the mark of what was served
last. So somebody who brings one small thing is served before the rest of a pile that came earlier, whatever its size, and
a group pays for itself only. The clock moves on with every service, by a part of what it cost at least: so whatever waits
is reached, even if small things from ever new groups come faster than they can be served.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Hashable, Iterator
from heapq import heappop, heappush
from itertools import count
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)

_LEAST_PACE = 1 / 1024
"""So many groups are served side by side without the clock running ahead of them: were there more, who comes late would
wait longer, and still nobody for ever."""

_LITTLE, _LITTLE_IN_ALL = 4, 64
_LEAD, _DISCOUNT = 1.0, 1 / 16
"""Who comes with little is before a round of all groups, however many they are, for so much of what it costs: when many come
with little, they are to the others as one group of that weight."""
_WITH_LITTLE = object()
"""Their group."""


def is_little(brought: int, in_all: int) -> bool:
    """Whether a group that brings ``brought`` things, of ``in_all`` that came at once, is somebody with a paper or two."""
    return brought <= _LITTLE and in_all <= _LITTLE_IN_ALL


class Line(Generic[T]):
    """Who waits, in the order in which they are served. What joins twice waits once."""

    def __init__(self) -> None:
        self._clock = 0.0
        self._marks: dict[Hashable, float] = {}
        self._heap: list[tuple[float, int, T]] = []
        self._waiting: dict[T, tuple[float, int, float]] = {}
        self._costs: dict[T, float] = {}
        self._count = count()

    def __len__(self) -> int:
        return len(self._waiting)

    def __contains__(self, one: object) -> bool:
        return one in self._waiting

    def __iter__(self) -> Iterator[T]:
        """Everything that waits, in no order."""
        return iter(self._waiting)

    def join(self, one: T, group: Hashable, cost: float) -> float:
        """Let ``one`` wait behind what its ``group`` brought before; return its mark.

        Args:
            cost: what serving it takes, above 0; in any unit, the same for all.
        """
        if one in self._waiting:
            return self._waiting[one][0]
        return self._joined(one, group, cost, self._clock)

    def join_with_little(self, one: T, cost: float) -> float:
        """Let ``one`` wait that came with little else (`is_little`); return its mark."""
        if one in self._waiting:
            return self._waiting[one][0]
        return self._joined(one, _WITH_LITTLE, cost * _DISCOUNT, self._clock - _LEAD)

    def _joined(self, one: T, group: Hashable, cost: float, since: float) -> float:
        mark = max(since, self._marks.get(group, since)) + cost
        self._marks[group] = mark
        self._put(one, mark, cost)
        return mark

    def back(self, one: T, mark: float) -> None:
        """Let ``one`` wait again, at the ``mark`` it had."""
        if one not in self._waiting:
            self._put(one, mark, self._costs.pop(one, 0.0))

    def leave(self, one: T) -> None:
        """``one`` waits no longer."""
        self._waiting.pop(one, None)

    def next(self) -> tuple[float, T] | None:
        """The mark and the one that is next, who stays; None when nobody waits."""
        while self._heap:
            mark, order, one = self._heap[0]
            if self._waiting.get(one, ())[:2] == (mark, order):
                return mark, one
            heappop(self._heap)
        return None

    def take(self) -> tuple[float, T] | None:
        """The mark and the one that is next, who waits here no longer but is not served yet: `serves` tells of that."""
        found = self.next()
        if found is None:
            return None
        heappop(self._heap)
        *_, self._costs[found[1]] = self._waiting.pop(found[1])
        return found

    def serves(self, one: T, mark: float) -> None:
        """What was taken is being served now: the clock moves on."""
        self._clock = max(self._clock + self._costs.pop(one, 0.0) * _LEAST_PACE, mark)
        if not self._waiting and not self._costs:
            self._marks.clear()  # when nobody waits, nobody owes anything

    def serve(self) -> tuple[float, T] | None:
        """The mark and the one that is next, who waits no longer; None when nobody waits."""
        found = self.take()
        if found is not None:
            self.serves(found[1], found[0])
        return found

    def _put(self, one: T, mark: float, cost: float) -> None:
        order = next(self._count)
        self._waiting[one] = mark, order, cost
        heappush(self._heap, (mark, order, one))


_TEXT, _SHEET, _PICTURE, _PAGE = 1.0, 1.5, 10.0, 10.0
_PAGE_BYTES = 300_000
_TEXT_PDF_BYTES = 60_000
_SUFFIX_COSTS = {
    **dict.fromkeys(("docx", "txt", "csv", "md", "rtf", "html", "htm"), _TEXT),
    **dict.fromkeys(("xlsx", "xls", "ods", "et"), _SHEET),
    **dict.fromkeys(("doc", "wps", "odt"), 4.0),
    **dict.fromkeys(("jpg", "jpeg", "png", "bmp", "gif", "webp", "heic", "heif"), _PICTURE),
}
_BY_PAGES = frozenset({"pdf", "ofd", "tif", "tiff"})

_FEW = _TEXT + 4.0
LARGE = 3 * _PAGE
"""What costs more takes long, and only so much of it is read at once."""


def rank(cost: float) -> int:
    """How dear a file is, roughly: 0 text, 1 a few pages, 2 many. Files of one rank keep their order: pages of one paper
    that were photographed one by one are read one after the other.
    """
    return bisect((_FEW, LARGE), cost)


def reading_cost(name: str, size: int) -> float:
    """What reading a file will about take, before anybody looked into it: a tenth of a page's recognition is 1.

    Args:
        name: as people call it. size: bytes.
    """
    suffix = name.rpartition("/")[2].rpartition(".")[2].lower() if "." in name else ""
    if suffix in _BY_PAGES:
        return _TEXT + (3.0 if size <= _TEXT_PDF_BYTES else _PAGE * max(1.0, size / _PAGE_BYTES))
    return _SUFFIX_COSTS.get(suffix, _PAGE if suffix else _TEXT) + size / (20 << 20)
