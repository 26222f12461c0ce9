"""Weigh what title and body show of each kind (文种): the one that several independent witnesses agree on, or none."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from archivist.core.identify.witness import Testimony
from archivist.core.model import Evidence
from archivist.core.rules import Annex, KindRule

_ENOUGH = 3
"""Witnesses that make a kind sure where no other comes near: a title's wording counts for one."""
_PLAIN = 5
"""From here on, or where all signs of its kind are seen, single signs of what is sent back are no doubt."""
_WORTH_TELLING = 2
_ALIEN = 0.5
"""Share of the words of what is sent back (an invoice) from which on a paper is never sure to be anything else."""

_NOTHING = Testimony()


@dataclass(frozen=True, slots=True)
class Weighed:
    """The kind that most witnesses speak for.

    Attributes:
        points: how many witnesses. titled: the title is one of them. shown: what the others saw.
        doubt: why a person should look, in Chinese; "" when it is sure.
    """

    rule: KindRule
    points: int
    titled: bool
    shown: tuple[Evidence, ...]
    doubt: str


def weigh(
    spoken: Collection[str],
    told: Mapping[str, Testimony],
    words: Mapping[str, float],
    annex: Annex,
    *,
    about: bool = False,
    certain: bool = False,
) -> Weighed | None:
    """Return the kind of an item that witnesses speak for, or None when fewer than two do.

    Args:
        spoken: the kinds that the title's wording speaks for. told: what the body shows. words: its use of each kind's
            words (0..1). about: whether the title also names the one project that the paper is surely about: it is
            then a paper of that project, which bears out what the title's wording speaks for, and nothing else.
        certain: whether there is such a project: what takes everything else takes papers of projects.
    """
    against = {slug for one in told.values() for slug in one.against}
    asked = {slug for item in annex.items for slug in item.kinds}
    rest = {shape.kind for shape in annex.shapes if shape.rest}
    points = {
        slug: len(told.get(slug, _NOTHING))
        + (slug in spoken)
        + (slug in spoken and (certain if slug in rest else about))
        - 2 * (slug in against)
        - (slug in rest and slug not in spoken)
        for slug in asked
    }
    best = max(points, key=lambda slug: (points[slug], slug not in rest, slug in spoken, words[slug], slug))
    if points[best] < _WORTH_TELLING:
        best = next((slug for slug in sorted(rest & asked) if len(told[slug]) >= _WORTH_TELLING), "")
    if not best:
        return None
    rule = annex.kind(best)
    doubt = next(_doubts(rule, spoken, points, told, words, annex), "")
    return Weighed(rule, points[best], best in spoken, told.get(best, _NOTHING).shown, doubt)


def _doubts(
    rule: KindRule,
    spoken: Collection[str],
    points: Mapping[str, int],
    told: Mapping[str, Testimony],
    words: Mapping[str, float],
    annex: Annex,
) -> Iterator[str]:
    own, rest = points[rule.slug], annex.shape(rule.slug).rest
    denied = told.get(rule.slug, _NOTHING).against
    for slug in sorted(points, key=lambda slug: (-points[slug], slug)):
        # What takes everything else never takes what another kind's title or body alone claims.
        whole = rest and (slug in spoken or (len(told.get(slug, _NOTHING)) >= _ENOUGH and told[slug].key))
        if slug != rule.slug and slug not in denied and points[slug] > 0 and (points[slug] >= own or whole):
            yield f"既像“{rule.name}”，又像“{annex.kind(slug).name}”，请核对"
    signs = len(annex.shape(rule.slug).signs)
    plain = own >= _PLAIN or 0 < signs <= len(told.get(rule.slug, _NOTHING))
    for other in annex.kinds:
        shown = not plain and len(told.get(other.slug, _NOTHING)) > 0
        if other.reject and other.slug not in rule.overlaps and (shown or words[other.slug] >= _ALIEN):
            yield f"内容也像“{other.name}”，请核对"
    seen = told.get(rule.slug, _NOTHING)
    unsaid = rest and rule.slug not in spoken and len(seen) < _ENOUGH
    if own < _ENOUGH or unsaid or not seen.key:
        yield f"像“{rule.name}”，但依据不足，请核对"
