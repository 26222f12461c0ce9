"""Two papers that may be one paper in two editions (两个版本): where they part, kept with the later one as a fact. Pure.

The copies of a paper say the same. Where two of one number or one day say otherwise, or one is headed 更正, somebody has
corrected what was issued, or a copy was misread: which counts is for a person to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from archivist.core.model import Fact
from archivist.core.patterns import lazily
from archivist.core.text import fold

EDITION = "另一版"
"""The fact: ``value`` is the other document's number ("" of a correction, 更正), ``page`` and ``quote`` where this one says
otherwise, ``detail`` the same of the other, ``party`` what differs, ``state`` whether it is of substance."""

SUBSTANCE, UNCLEAR = "内容不同", "看不准"
_CORRECTION = lazily(r"更正|勘误|补正|订正")
_OTHER = lazily(r"第(\d+)页“(.*)”", re.DOTALL)
_LONGEST, _LONGEST_TITLE = 20, 60
_MOST_ROWS = 400
_MATTERS = lazily(r"[0-9零〇一二三四五六七八九十百千万亿两]|同意|反对|弃权|不予|通过|否决")

Row = tuple[int, str]
"""A page's number and a line on it."""


def is_correction(title: str | None) -> bool:
    """Whether a title says that a paper corrects another (更正, 勘误)."""
    return bool(_CORRECTION.search(title or ""))


def edition(other: str, why: str, substance: bool, mine: Sequence[Row], theirs: Sequence[Row]) -> Fact:
    """That a document may be another edition of the document ``other``.

    Args:
        why: what differs, in Chinese. substance: it is more than how it was copied. mine, theirs: their lines.
    """
    (page, line), (their_page, their_line) = parting(mine, theirs)
    at = next((at for at, (a, b) in enumerate(zip(line, their_line, strict=False)) if a != b), 0)
    state = SUBSTANCE if substance else UNCLEAR
    detail = f"第{their_page}页“{_around(their_line, at)}”"
    return Fact(EDITION, other, page, _around(line, at), state=state, party=why, detail=detail)


def _around(line: str, at: int) -> str:
    """As much of a line as can be told, with what stands at ``at``."""
    start = max(min(at - _LONGEST // 2, len(line) - _LONGEST), 0)
    return line[start : start + _LONGEST]


def correction(title: str, page: int) -> Fact:
    """That a document says of itself that it corrects another."""
    return Fact(EDITION, "", page, title[:_LONGEST_TITLE], state=SUBSTANCE, party="题名写明是更正")


def other_place(fact: Fact) -> tuple[int, str] | None:
    """Page and quote of the other document."""
    found = _OTHER.fullmatch(fact.detail)
    return (int(found.group(1)), found.group(2)) if found else None


def parting(mine: Sequence[Row], theirs: Sequence[Row]) -> tuple[Row, Row]:
    """The first lines in which two texts part, those with numbers or votes first; the first lines when none do."""
    from rapidfuzz.distance import Indel

    one, other = ([row for row in rows if fold(row[1])][:_MOST_ROWS] for rows in (mine, theirs))
    if not one or not other:
        return (one or [(1, "")])[0], (other or [(1, "")])[0]
    steps = Indel.opcodes([fold(row[1]) for row in one], [fold(row[1]) for row in other])
    changed = [step for step in steps if step.tag != "equal"]
    spans = [(step.src_start, step.src_end, step.dest_start, step.dest_end) for step in changed]
    pairs = list(chain.from_iterable(_pairs(one, other, *span) for span in _joined(spans)))
    if not pairs:
        return one[0], other[0]
    return next((pair for pair in pairs if _matter(pair)), pairs[0])


def _joined(spans: Sequence[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Removals and additions that touch are one change."""
    found: list[tuple[int, int, int, int]] = []
    for span in spans:
        if found and found[-1][1] == span[0] and found[-1][3] == span[2]:
            found[-1] = (found[-1][0], span[1], found[-1][2], span[3])
        else:
            found.append(span)
    return found


def _pairs(
    one: Sequence[Row], other: Sequence[Row], start: int, end: int, there: int, to: int
) -> list[tuple[Row, Row]]:
    """Lines of a change beside one another; where one text has none, the line it stands at."""
    left = one[start:end] or [one[min(start, len(one) - 1)]]
    right = other[there:to] or [other[min(there, len(other) - 1)]]
    longest = max(len(left), len(right))
    return [(left[min(at, len(left) - 1)], right[min(at, len(right) - 1)]) for at in range(longest)]


def _matter(pair: tuple[Row, Row]) -> bool:
    here, there = ("".join(_MATTERS.findall(fold(row[1]))) for row in pair)
    return here != there
