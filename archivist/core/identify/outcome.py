"""What a meeting (会议) decided on each of the projects its paper names: agreed, held back, or nothing that can be told.

Said clause by clause (“同意甲项目退出，乙项目暂缓”), in the row of a table, or of all that stand before at once (“上述两个
项目”). A project's own outcome counts before what is said of all.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice

from archivist.core.identify.clauses import Clause
from archivist.core.model import Box
from archivist.core.page import Line, Page
from archivist.core.patterns import lazily
from archivist.core.rules import Annex
from archivist.core.text import fold

_REACH = 220
"""Characters behind a mention that may still speak of it."""
_NUMERALS = "一二三四五六七八九十"
_COUNT = lazily(
    r"(?:上述|以上|前述|上列|所列)(?:的)?(?:这)?([0-9]{1,2}|两|[一二三四五六七八九十]{1,2})(?:个|项|宗)"
)
_LISTED = lazily(r"(?:[0-9两一二三四五六七八九十]{1,3}(?:个|项|宗))?.{0,6}项目")
_EXCEPT = lazily(r"除.{2,60}?外|.{2,60}?(?:除外|不在其列|不在此列|不包括在内)")
"""Words that leave out what they name, in the words of one clause."""
_ROW_NAME = 7
_MOST = 60
"""Rows of a project, and clauses about all projects, that are looked at: a stranger's text may hold any number."""


class Outcome(IntEnum):
    """What was decided on a project; the order is that in which one outweighs another."""

    NOTHING = 0
    TOUCHED = 1
    """A word of winding up stands with it, no decision, and nobody only heard of it (听取)."""
    MENTIONED = 2
    """It only stands for comparison, or what was decided earlier is told (参照、此前已)."""
    AGREED = 3
    HELD = 4
    UNCLEAR = 5
    """Agreed here, held back there."""


@dataclass(frozen=True, slots=True)
class Named:
    """A project that a paper names: its folded name, and where it is mentioned (offsets in the folded text)."""

    code: str
    name: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The folded words of [decision] in schemas/annex4.toml."""

    agreed: tuple[str, ...]
    touched: tuple[str, ...]
    held: tuple[str, ...]
    mentioned: tuple[str, ...]
    heard: tuple[str, ...]
    every: tuple[str, ...]
    listing: tuple[str, ...]

    def lists(self, text: str) -> bool:
        """Whether folded ``text`` leads to a list of projects (下列3个项目)."""
        return any(
            at >= 0 and _LISTED.match(text, at + len(word)) is not None
            for word in self.listing
            for at in [text.find(word)]
        )

    def of(self, text: str) -> Outcome:
        """What folded ``text`` says; a refusal holds its consent within it (不同意)."""
        if any(word in text for word in self.held):
            return Outcome.HELD
        if any(word in text for word in self.mentioned):
            return Outcome.MENTIONED
        if any(word in text for word in self.agreed):
            return Outcome.AGREED
        if any(word in text for word in self.heard):
            return Outcome.NOTHING
        return Outcome.TOUCHED if any(word in text for word in self.touched) else Outcome.NOTHING


def words_of(annex: Annex) -> Words:
    """The words of decision, folded."""
    return Words(
        *(
            tuple(map(fold, words))
            for words in (
                annex.agreed_words,
                annex.decision_words,
                annex.held_words,
                annex.mention_words,
                annex.heard_words,
                annex.all_words,
                annex.list_words,
            )
        )
    )


def outcomes(
    named: Sequence[Named], clauses: Sequence[Clause], pages: Sequence[Page], annex: Annex
) -> dict[str, Outcome]:
    """Return what was decided on each project, by code."""
    words = words_of(annex)
    found = {one.code: _own(one, named, clauses, pages, words) for one in named}
    for code, outcome in of_all(named, clauses, words).items():
        if found[code] is Outcome.MENTIONED:
            found[code] = Outcome.UNCLEAR
        elif found[code] < Outcome.AGREED:
            found[code] = outcome
    return found


def of_all(named: Sequence[Named], clauses: Sequence[Clause], words: Words) -> dict[str, Outcome]:
    """What is said at once of all projects that stand before (上述两个项目) or behind (下列项目), by code."""
    found: dict[str, Outcome] = {}
    leading = (
        (at, clause)
        for at, clause in enumerate(clauses)
        if words.lists(clause.words) or any(word in clause.words for word in words.every)
    )
    for at, clause in islice(leading, _MOST):
        listing = words.lists(clause.words)
        outcome = _said(clauses, at, words)
        if outcome not in (Outcome.AGREED, Outcome.HELD):
            continue
        meant = (
            [one for one in named if min(one.places) > clause.start]
            if listing
            else _meant(clause, named, clauses)
        )
        excepted = _EXCEPT.search("".join(one.words for one in clauses if one.sentence == clause.sentence))
        for one in meant:
            out = excepted is not None and (
                one.name in excepted.group() or fold(one.code) in excepted.group()
            )
            said = outcome if not out else Outcome.HELD if outcome is Outcome.AGREED else Outcome.UNCLEAR
            found[one.code] = max(said, found.get(one.code, Outcome.NOTHING))
    return found


def _said(clauses: Sequence[Clause], at: int, words: Words) -> Outcome:
    """What the sentence of clause ``at`` decides: the clause itself, else those behind it, else the one before."""
    own = words.of(clauses[at].words)
    if own in (Outcome.AGREED, Outcome.HELD):
        return own
    same = [other for other in clauses[at + 1 :][:6] if other.sentence == clauses[at].sentence]
    for other in (*same, *clauses[max(0, at - 1) : at]):
        said = words.of(other.words)
        if other.sentence == clauses[at].sentence and said in (Outcome.AGREED, Outcome.HELD):
            return said
    return own


def _meant(clause: Clause, named: Sequence[Named], clauses: Sequence[Clause]) -> list[Named]:
    """The projects that 上述 means: those before it in its topic where there are any (as many as it counts), else all."""
    before = [one for one in named if min(one.places) < clause.start]
    spans = [other for other in clauses if other.topic == clause.topic and other.start < clause.start]
    inside = [one for one in before if any(s.start <= place < s.end for s in spans for place in one.places)]
    count = _count(clause.words)
    if count is None:
        return inside or before
    if len(inside) < count <= len(before):
        return before if count == len(before) else []
    return next((some for some in (inside, before) if some and len(some) <= count), [])


def _count(words: str) -> int | None:
    match = _COUNT.search(words)
    if match is None:
        return None
    said = match.group(1)
    if said.isdecimal():
        return int(said)
    if said == "两":
        return 2
    tens, _, ones = said.rpartition("十") if "十" in said else ("", "", said)
    unit = _NUMERALS.find(ones) + 1 if ones else 0
    return unit if "十" not in said else (_NUMERALS.find(tens) + 1 if tens else 1) * 10 + unit


def _own(
    one: Named, named: Sequence[Named], clauses: Sequence[Clause], pages: Sequence[Page], words: Words
) -> Outcome:
    row = row_outcome(one, named, pages, words)
    if row in (Outcome.AGREED, Outcome.HELD):
        return row
    others = [place for other in named if other.code != one.code for place in other.places]
    said = {
        Outcome.HELD if _left_out(one, place, clauses) else _at(place, one.places, others, clauses, words)
        for place in one.places
    }
    if {Outcome.AGREED, Outcome.HELD} <= said:
        return Outcome.UNCLEAR
    return max(said, default=Outcome.NOTHING)


def _left_out(one: Named, place: int, clauses: Sequence[Clause]) -> bool:
    """Whether the project is mentioned at ``place`` as what a decision does not cover (除甲项目外, 甲项目除外)."""
    at = bisect_right(clauses, place, key=lambda clause: clause.start)
    words = "".join(clause.words for clause in clauses[max(at - 1, 0) : at])
    spans = (match.group() for match in _EXCEPT.finditer(words))
    return any(one.name in span or fold(one.code) in span for span in spans)


def _at(
    place: int, own: Iterable[int], others: Sequence[int], clauses: Sequence[Clause], words: Words
) -> Outcome:
    """What is decided where the project is mentioned at ``place``: up to the clause that speaks of another."""
    at = bisect_right(clauses, place, key=lambda clause: clause.start) - 1
    if at < 0 or clauses[at].end <= place:
        return Outcome.NOTHING
    first = clauses[at]
    best = words.of(first.words)
    if best >= Outcome.MENTIONED:
        return best
    for clause in clauses[at + 1 :]:
        said = words.of(clause.words)
        beside = clause.sentence == first.sentence and said not in (Outcome.AGREED, Outcome.HELD)
        if clause.start > place + _REACH or any(word in clause.words for word in words.every):
            break
        if words.lists(clause.words):
            break  # what is said there is said of the next list
        if _holds(clause, others) and not beside:
            break
        if said in (Outcome.AGREED, Outcome.HELD):
            return said
        best = max(best, min(said, Outcome.TOUCHED))
    before = clauses[at - 1] if at else None
    if before is not None and before.sentence == first.sentence and not _holds(before, others):
        said = words.of(before.words)
        if said in (Outcome.AGREED, Outcome.HELD):
            return said
    return best


def _holds(clause: Clause, places: Iterable[int]) -> bool:
    return any(clause.start <= place < clause.end for place in places)


def row_outcome(one: Named, named: Sequence[Named], pages: Sequence[Page], words: Words) -> Outcome:
    """What the cells beside a project's name or code in a table say; NOTHING where there is no such row."""
    code = fold(one.code)
    for page in pages:
        boxed = [(line, line.box) for line in page.lines if line.box is not None]
        named_in = (
            (at, line, box)
            for at, (line, box) in enumerate(boxed)
            if code in (text := fold(line.text)) or _names_only(text, one, named)
        )
        for at, line, box in islice(named_in, _MOST):
            top, bottom = box[1], _bottom(boxed[at + 1 :], box, one.name)
            cells = "".join(
                fold(other.text)
                for other, where in boxed
                if other is not line and top <= (where[1] + where[3]) / 2 <= bottom and _apart(where, box)
            )
            said = words.of(cells)
            if said in (Outcome.AGREED, Outcome.HELD):
                return said
    return Outcome.NOTHING


def _names_only(text: str, one: Named, named: Iterable[Named]) -> bool:
    """Whether a cell holds the name, or the beginning of it that no other project shares."""
    if len(text) < _ROW_NAME or text not in one.name:
        return False
    return not any(text in other.name for other in named if other.code != one.code)


def _bottom(below: Iterable[tuple[Line, Box]], box: Box, name: str) -> float:
    """Where the cell ends that begins with ``box``: its further lines hold the rest of the name."""
    bottom, height = box[3], box[3] - box[1]
    for line, where in below:
        if where[1] - bottom < height and not _apart(where, box) and fold(line.text) in name:
            bottom = max(bottom, where[3])
    return bottom


def _apart(one: Box, other: Box) -> bool:
    """Whether two boxes stand in different columns."""
    return one[2] <= other[0] + 0.01 or other[2] <= one[0] + 0.01
