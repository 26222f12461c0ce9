"""The second author's papers: one function a layout and wording, registered by the item it belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from tests.bench.second.blocks import Paper
from tests.bench.second.world import Case

Maker = Callable[[Case], Paper]
FORMS: dict[int, list[tuple[Maker, int]]] = defaultdict(list)
"""Item (0: papers that do not belong) → makers, and the first seed that uses each."""
LATE, THIRD = 101, 201
"""Seeds from these on use the report seeds' makers, and the third author's."""


def form(item: int, late: bool = False, since: int = 1) -> Callable[[Maker], Maker]:
    """Register a maker that only seeds from ``since`` use; ``late``: only seeds from 101."""

    def kept(maker: Maker) -> Maker:
        FORMS[item].append((maker, max(since, LATE if late else 1)))
        return maker

    return kept


def makers(item: int, seed: int) -> list[Maker]:
    """The makers a seed may use for an item; from 201 on the third author's make up half of the list."""
    from tests.bench.second.papers import assess, deals, district, minutes, other, stray, survey, village  # noqa: F401, I001
    from tests.bench.second.papers import third  # noqa: F401

    known = [maker for maker, since in FORMS[item] if since <= min(seed, THIRD - 1)]
    fresh = [maker for maker, since in FORMS[item] if THIRD <= since <= seed]
    if not fresh:
        return known
    weighted = [fresh[(seed + turn) % len(fresh)] for turn in range(max(len(known), len(fresh)))]
    return known + weighted
