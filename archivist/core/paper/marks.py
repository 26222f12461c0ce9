"""Marks an auditor looks for (印章、签字、日期): where each stands, and whether the right body sealed."""

from __future__ import annotations

from collections.abc import Sequence

from archivist.core.model import Evidence, Marks, SealSeen, SignaturePlace
from archivist.core.page import Page, SealMark
from archivist.core.paper.dates import FoundDate
from archivist.core.paper.sealnames import fits, owner
from archivist.core.paper.seals import seals_of
from archivist.core.project import Project
from archivist.core.rules import BodyRule, ItemRule


def read_marks(
    pages: Sequence[Page],
    places: Sequence[SignaturePlace],
    when: FoundDate | None,
    bodies: Sequence[str],
    rules: Sequence[BodyRule] = (),
) -> Marks:
    """Gather the marks of the document made of ``pages``.

    Args:
        places: where it asks for names. when: its own date. bodies: whose seals the item asks for (see `sealers`).
        rules: which names are one body's.
    """
    seals = tuple(_seal(number, mark, bodies, rules) for number, mark in seals_of(pages))
    dated = None if when is None else Evidence(when.page, when.quote, "日期")
    return Marks(seals, tuple(places), dated)


def joined_marks(parts: Sequence[Marks]) -> Marks:
    """The marks of parts that a person took for one document; its date is the first part's."""
    return Marks(
        tuple(seal for part in parts for seal in part.seals),
        tuple(place for part in parts for place in part.signatures),
        parts[0].dated if parts else None,
    )


def _seal(number: int, mark: SealMark, bodies: Sequence[str], rules: Sequence[BodyRule]) -> SealSeen:
    name = owner(mark.text, bodies, rules)
    return SealSeen(
        number, mark.box, mark.shape, mark.ink, mark.confidence, mark.text, name, fits(mark, bodies, rules)
    )


def sealers(rule: ItemRule | None, project: Project | None, issuer: str | None) -> tuple[str, ...]:
    """Return the names of the bodies whose seals ``rule`` asks for; names that cannot be filled in are left out."""
    if rule is None:
        return ()
    known = {"issuer": issuer or "", "village": "", "township": "", "department": ""}
    if project is not None:
        known |= {"village": project.village, "township": project.township, "department": project.department}
    empty = [f"{{{name}}}" for name, value in known.items() if not value]
    return tuple(
        dict.fromkeys(
            _plain(words.format_map(known))
            for words in rule.sealers
            if not any(name in words for name in empty)
        )
    )


def _plain(name: str) -> str:
    """石梯村村民委员会, 双路街道街道办事处: what the place's own name says already is not said twice."""
    for twice, once in (
        ("村村民", "村村民"),
        ("村村党", "村党"),
        ("街道街道", "街道"),
        ("社区村民委员会", "社区居民委员会"),
    ):
        name = name.replace(twice, once)
    return name
