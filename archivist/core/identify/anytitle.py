"""The title (题名) of a paper whatever its last words are: by its shape, by what it is about and the noun it ends with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archivist.core.identify.titles import heading_of, strip_tail, title_windows, windows_shape
from archivist.core.page import Line, Page
from archivist.core.rules import Annex
from archivist.core.text import fold

_STRONG = 0.45
_NO_BOX_LINES = 6
"""Without boxes a title stands in the first lines: an annex mark, the issuing body and a number may come before it."""
_WIDE = 0.94
_TEXT = re.compile(r"[，。；！？：:,;!?]")
"""Marks of running text and of labels: without boxes a title comes before the first line with one."""
_SPOKEN = re.compile(
    r"^(?:会议(?:听取|认为|指出|强调|要求|决定|议定|同意|原则|明确|研究)|经(?:查|研究|核|评|双|友|主)|现将|根据|为了?|按照|鉴于|"
    r"受|因|由|我|你|兹|双方|上述|以上|同意|建议|自(?:20|19))"
)
_BARE = re.compile(
    r"^(?:第?[0-9一二三四五六七八九十〇]+[号期次]?|[0-9年月日]+|附件[0-9一二三四五六七八九十]*)$"
)


@dataclass(frozen=True, slots=True)
class AnyTitle:
    """A line or a few set as a title.

    Attributes:
        text: as it stands. folded: for comparison, without issue numbers and the like. heading: with the lines above.
        first, last: its lines on the page. strength: 0..1.
        kinds: kinds whose matter and noun it has (核查评估 … 函).
    """

    text: str
    folded: str
    heading: str
    first: int
    last: int
    strength: float
    kinds: tuple[str, ...] = ()


def any_title(page: Page, annex: Annex) -> AnyTitle | None:
    """The likeliest title of ``page``, or None; those that speak for a kind come first."""
    found = list(_titles(page, annex))
    return min(
        found, key=lambda one: (not one.kinds, -one.strength, one.first, one.last - one.first), default=None
    )


def _titles(page: Page, annex: Annex) -> Iterator[AnyTitle]:
    lines = page.lines
    widest = max((line.box[2] - line.box[0] for line in lines if line.box is not None), default=0.0)
    for first, last in title_windows(lines):
        window = lines[first : last + 1]
        strength = windows_shape(lines, first, last)
        if strength < _STRONG or not _set_apart(lines, first, last, widest):
            continue
        folded = strip_tail("".join(fold(line.text) for line in window))
        if (
            not 3 <= len(folded) <= 64
            or _SPOKEN.search(folded)
            or any(_BARE.search(fold(o.text)) for o in window)
        ):
            continue
        text = "".join(line.text.strip() for line in window)
        yield AnyTitle(
            text, folded, heading_of(lines, first) + folded, first, last, strength, spoken_for(folded, annex)
        )


def spoken_for(folded: str, annex: Annex) -> tuple[str, ...]:
    """The kinds that a folded title speaks for, by what it is about and the noun it ends with."""
    return tuple(
        shape.kind
        for shape in annex.shapes
        if any(folded.endswith(word) for word in shape.carriers)
        and any(word in folded for word in shape.stems)
        and not any(word in folded for word in shape.strange)
        and not any(word in folded for word, other in annex.kind(shape.kind).handed if other != shape.kind)
    )


def _set_apart(lines: Sequence[Line], first: int, last: int, widest: float) -> bool:
    """Whether the lines are no running text: that goes from margin to margin and is set no larger than its neighbours."""
    box = lines[first].box
    if box is None:
        return last < _NO_BOX_LINES and not any(_TEXT.search(line.text.strip()) for line in lines[:first])
    below = next((line.box for line in lines[last + 1 :] if line.box is not None), None)
    larger = below is None or box[3] - box[1] >= 1.12 * (below[3] - below[1])
    return larger or box[2] - box[0] < _WIDE * widest
