"""Minutes that decide on several projects count for each of them; a mere mention does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from archivist.core.identify.kind import KindReading
from archivist.core.identify.project import ProjectScore
from archivist.core.rules import Annex
from archivist.core.text import Folded, fold

_BEFORE, _AFTER, _LEAD, _LEADS_IN = 40, 160, 120, 14


@dataclass(frozen=True, slots=True)
class Joint:
    """The projects a text decides on; empty ``codes`` and ``doubt`` mean the ordinary single-project way."""

    codes: tuple[str, ...] = ()
    doubt: str = ""


def joint_projects(kind: KindReading, ranked: Sequence[ProjectScore], folded: Folded, annex: Annex) -> Joint:
    """Decide which of several plainly named projects a document counts for."""
    named = distinct([score for score in ranked if score.named], folded.text)
    if len(named) < 2:
        return Joint()
    if kind.rule is None or not kind.rule.joint:
        return _one_of_several(named, kind, folded)
    decided: list[ProjectScore] = []
    places = sorted(_place(score) for score in named)
    listed = _decided_list(folded.text[max(0, places[0] - _LEAD) : places[0]], annex)
    for score in named:
        around = _around(folded.text, _place(score), places)
        if any(fold(word) in around for word in annex.mention_words):
            continue
        if listed or any(fold(word) in around for word in annex.decision_words):
            decided.append(score)
        else:
            return Joint(doubt=f"纪要提到 {len(named)} 个项目，看不清是否对“{score.code}”作出了决定")
    if not decided:
        return Joint(doubt=f"纪要提到 {len(named)} 个项目，但没有看到对它们的决定")
    return Joint(tuple(score.code for score in decided))


def _decided_list(lead: str, annex: Annex) -> bool:
    """Whether the words before the first project decide on all that are listed after them (同意下列5个项目…)."""
    return any(fold(word) in lead for word in annex.list_words) and any(
        fold(word) in lead for word in annex.decision_words
    )


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


def _around(text: str, place: int, places: Sequence[int]) -> str:
    """The words about a mention, up to those that lead to the next project's."""
    following = [other for other in places if other > place]
    end = min(place + _AFTER, following[0] - _LEADS_IN if following else len(text))
    return text[max(0, place - _BEFORE) : max(end, place + _BEFORE)]
