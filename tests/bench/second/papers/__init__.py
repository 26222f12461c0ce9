"""The second author's papers: one function a layout and wording, registered by the item it belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from tests.bench.second.blocks import Paper
from tests.bench.second.world import Case

Maker = Callable[[Case], Paper]
FORMS: dict[int, list[tuple[Maker, bool]]] = defaultdict(list)
"""Item (0: papers that do not belong) → makers, and whether a maker appears in report seeds only."""


def form(item: int, late: bool = False) -> Callable[[Maker], Maker]:
    """Register a maker. ``late``: only seeds from 101 use it."""

    def kept(maker: Maker) -> Maker:
        FORMS[item].append((maker, late))
        return maker

    return kept


def makers(item: int, seed: int) -> list[Maker]:
    """The makers a seed may use for an item."""
    from tests.bench.second.papers import assess, deals, district, minutes, other, stray, survey, village  # noqa: F401

    return [maker for maker, late in FORMS[item] if seed > 100 or not late]
