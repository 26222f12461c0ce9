"""Minutes that decide on several projects count for each of them; a mere mention does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from archivist.core.identify.clauses import Clause, clauses_of
from archivist.core.identify.kind import KindReading
from archivist.core.identify.outcome import Named, Outcome, of_all, outcomes, words_of
from archivist.core.identify.project import ProjectScore
from archivist.core.page import Page
from archivist.core.rules import Annex
from archivist.core.text import Folded, fold, fold_pages

_SAME = 0.9
"""Share of a name that must stand in the text for its words to be looked for elsewhere."""
_MOST_PLACES, _SHORTEST = 60, 5


@dataclass(frozen=True, slots=True)
class Joint:
    """The projects a text decides on; empty ``codes`` and ``doubt`` mean the ordinary single-project way."""

    codes: tuple[str, ...] = ()
    doubt: str = ""


def joint_projects(
    kind: KindReading, ranked: Sequence[ProjectScore], folded: Folded, pages: Sequence[Page], annex: Annex
) -> Joint:
    """Decide which of several plainly named projects a document counts for.

    Args:
        folded: the text with wrapped cells (`text.fold_columns`) of ``pages``.
    """
    scores = distinct([score for score in ranked if score.named], folded.text)
    if len(scores) < 2:
        return Joint()
    if kind.rule is None or not kind.rule.meeting:
        return _one_of_several(scores, kind, folded)
    plain = fold_pages(pages).text
    named = [Named(score.code, score.name, _places(score, folded, plain)) for score in scores]
    clauses = clauses_of(pages)
    if not kind.rule.joint:
        return _all_at_once(named, clauses, annex) or _one_of_several(scores, kind, folded)
    decided: list[str] = []
    for code, outcome in outcomes(named, clauses, pages, annex).items():
        if outcome in (Outcome.HELD, Outcome.MENTIONED):
            continue
        if outcome in (Outcome.AGREED, Outcome.TOUCHED):
            decided.append(code)
        else:
            return Joint(doubt=f"纪要提到 {len(scores)} 个项目，看不清是否对“{code}”作出了决定")
    if not decided:
        return Joint(doubt=f"纪要提到 {len(scores)} 个项目，但没有看到对它们的决定")
    return Joint(tuple(decided))


def _all_at_once(named: Sequence[Named], clauses: Sequence[Clause], annex: Annex) -> Joint | None:
    """A record in which people speak of this and that counts for several only where it decides on all at once."""
    said = of_all(named, clauses, words_of(annex))
    if len(said) < len(named) or any(outcome is not Outcome.AGREED for outcome in said.values()):
        return None
    return Joint(tuple(one.code for one in named))


def _places(score: ProjectScore, folded: Folded, plain: str) -> tuple[int, ...]:
    """Everywhere ``plain``, the text without wrapped cells, names the project: by code, name, the words taken for it."""
    words = {fold(score.code), score.name}
    if score.mention is not None and score.mention.cover >= _SAME:
        words.add(folded.text[score.mention.start : score.mention.end])
    found: set[int] = set()
    for word in filter(None, words):
        at = plain.find(word)
        while at >= 0 and len(found) < _MOST_PLACES:
            found.add(at)
            at = plain.find(word, at + len(word))
    return tuple(sorted(found)) or (_beginning(score.name, plain),)


def _beginning(name: str, plain: str) -> int:
    """Where a name that wraps in a cell begins; the end of the text when no longer part of it is found."""
    for length in range(len(name) - 1, _SHORTEST, -1):
        if (at := plain.find(name[:length])) >= 0:
            return at
    return len(plain)


def _one_of_several(named: Sequence[ProjectScore], kind: KindReading, folded: Folded) -> Joint:
    """A report or contract that names several projects is about the one its title or its head names."""
    if kind.title is not None:
        head = [score for score in named if _place(score) < len(kind.title.heading) + 80]
        if len(head) == 1 and _mentions(head[0], folded) >= max(1, *(_mentions(s, folded) for s in named)):
            return Joint((head[0].code,))
    listed = "、".join(score.code for score in named[:4])
    return Joint(doubt=f"材料中提到几个项目（{listed}），分不清是哪一个的材料")


def _mentions(score: ProjectScore, folded: Folded) -> int:
    if score.mention is None:
        return 1
    words = folded.text[score.mention.start : score.mention.end]
    return folded.text.count(words) if words else 1


def _place(score: ProjectScore) -> int:
    if score.mention is not None and score.mention.cover >= 0.9:
        return score.mention.start
    return score.by_code or 0


def distinct(named: Sequence[ProjectScore], text: str) -> list[ProjectScore]:
    """Leave out twins: projects whose mention is better explained by a name that is already taken."""
    kept: list[ProjectScore] = []
    for score in sorted(named, key=lambda s: (-s.points, s.code)):
        if score.by_code is not None or not any(_shadows(other, score, text) for other in kept):
            kept.append(score)
    return kept


def _shadows(one: ProjectScore, other: ProjectScore, text: str) -> bool:
    """Whether the words taken for ``other``'s name are rather ``one``'s."""
    if other.mention is None:
        return False
    words = text[other.mention.start : other.mention.end]
    return fuzz.partial_ratio(words, one.name) >= fuzz.partial_ratio(words, other.name) - 2
