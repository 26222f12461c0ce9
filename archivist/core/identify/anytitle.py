"""The title (题名) of a paper whatever its last words are: by its shape, by what it is about and the noun it ends with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from archivist.core.identify.titles import (
    heading_of,
    strip_tail,
    title_windows,
    windows_shape,
    without_maker,
)
from archivist.core.page import Line, Page
from archivist.core.patterns import lazily
from archivist.core.rules import Annex
from archivist.core.text import fold

_NAMED = 88.0
"""Likeness (of 100) from which on a stretch of a title is the project's name: a character in eight may be misread."""
_CORE = 4
"""Characters that what was built needs in the register, to be told by it (养殖项目; not 项目)."""
_STRONG = 0.45
_NO_BOX_LINES = 6
"""Without boxes a title stands in the first lines: an annex mark, the issuing body and a number may come before it."""
_WIDE = 0.94
_TEXT = lazily(r"[，。；！？：:,;!?]")
"""Marks of running text and of labels: without boxes a title comes before the first line with one."""
_SPOKEN = lazily(
    r"^(?:会议(?:听取|认为|指出|强调|要求|决定|议定|同意|原则|明确|研究)|经(?:查|研究|核|评|双|友|主)|现将|根据|为了?|按照|鉴于|"
    r"受|因|由|我|你|兹|双方|上述|以上|同意|建议|自(?:20|19))"
)
_BARE = lazily(r"^(?:第?[0-9一二三四五六七八九十〇]+[号期次]?|[0-9年月日]+|附件[0-9一二三四五六七八九十]*)$")


@dataclass(frozen=True, slots=True)
class ProjectName:
    """The folded names of the one project that a paper is surely about, whole and without its place; "" when unsure."""

    whole: str = ""
    core: str = ""

    def named_in(self, folded: str) -> bool:
        """Whether a folded title names it."""
        return len(self.core) >= _CORE and (
            self.core in folded or fuzz.partial_ratio(self.whole, folded, score_cutoff=_NAMED) > 0
        )

    def without(self, folded: str) -> str:
        """The title without the name: 某某村复垦项目 is about 复垦 only when the rest of the title says so."""
        for name in (self.whole, self.core):
            if name and name in folded:
                return folded.replace(name, "", 1)
        return folded


NOBODY = ProjectName()


@dataclass(frozen=True, slots=True)
class AnyTitle:
    """A line or a few set as a title.

    Attributes:
        text: as it stands. folded: for comparison, without issue numbers and the like. heading: with the lines above.
        first, last: its lines on the page. strength: 0..1.
        kinds: kinds whose matter and noun it has (核查评估 … 函).
        about: whether it names the one project that the paper is surely about.
    """

    text: str
    folded: str
    heading: str
    first: int
    last: int
    strength: float
    kinds: tuple[str, ...] = ()
    about: bool = False


def any_title(page: Page, annex: Annex, project: ProjectName = NOBODY) -> AnyTitle | None:
    """The likeliest title of ``page``, or None; those that speak for a kind come first."""
    return min(_titles(page, annex, project), key=_likeliest, default=None)


def whole_title(
    page: Page, annex: Annex, part: tuple[int, int], project: ProjectName = NOBODY
) -> AnyTitle | None:
    """The likeliest title of ``page`` that ends where ``part`` (first and last line) ends and holds it, or None."""
    found = (one for one in _titles(page, annex, project) if one.first <= part[0] and one.last == part[1])
    return min(found, key=_likeliest, default=None)


def _likeliest(one: AnyTitle) -> tuple[bool, bool, float, int, int]:
    return not one.kinds, not one.about, -one.strength, one.first, one.last - one.first


def _titles(page: Page, annex: Annex, project: ProjectName) -> Iterator[AnyTitle]:
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
        heading = heading_of(lines, first) + folded
        kinds = spoken_for(project.without(folded), annex)
        yield AnyTitle(text, folded, heading, first, last, strength, kinds, project.named_in(folded))


def spoken_for(folded: str, annex: Annex) -> tuple[str, ...]:
    """The kinds that a folded title speaks for, by what it is about and the noun it ends with."""
    folded = without_maker(folded)
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
