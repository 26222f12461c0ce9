"""Marks an auditor looks for (印章、签字、日期): where each stands, and whether the right body sealed."""

from __future__ import annotations

from collections.abc import Sequence

from archivist.core.model import BlockSealed, Evidence, Marks, SealSeen, Seen, SignaturePlace
from archivist.core.page import Page, SealMark
from archivist.core.paper.dates import FoundDate
from archivist.core.paper.sealnames import fits, owner
from archivist.core.paper.sealplaces import Asked, in_blocks, sealed_blocks
from archivist.core.paper.seals import sealed, seals_of
from archivist.core.project import Project
from archivist.core.rules import BodyRule, ItemRule


def read_marks(
    pages: Sequence[Page],
    places: Sequence[SignaturePlace],
    when: FoundDate | None,
    bodies: Sequence[str],
    rules: Sequence[BodyRule] = (),
    form: Sequence[Asked] = (),
) -> Marks:
    """Gather the marks of the document made of ``pages``.

    Args:
        places: where it asks for names. when: its own date. bodies: whose seals the item asks for (see `sealers`).
        rules: which names are one body's. form: the blocks of the form that are each sealed (see `asked_blocks`).
    """
    seals = tuple(_seal(number, mark, bodies, rules) for number, mark in seals_of(pages))
    seals = in_blocks(pages, seals, form)
    dated = None if when is None else Evidence(when.page, when.quote, "日期")
    return Marks(seals, tuple(places), dated, sealed_blocks(pages, seals, form, sealed(pages)))


def joined_marks(parts: Sequence[Marks]) -> Marks:
    """The marks of parts that a person took for one document; its date is the first part's."""
    return Marks(
        tuple(seal for part in parts for seal in part.seals),
        tuple(place for part in parts for place in part.signatures),
        parts[0].dated if parts else None,
        _joined_blocks([block for part in parts for block in part.blocks]),
    )


def _joined_blocks(blocks: Sequence[BlockSealed]) -> tuple[BlockSealed, ...]:
    """Of each block the best that was seen on any part."""
    order = (Seen.YES, Seen.UNKNOWN, Seen.NO)
    told: dict[str, BlockSealed] = {}
    for block in sorted(blocks, key=lambda one: order.index(one.sealed)):
        told.setdefault(block.name, block)
    names = dict.fromkeys(block.name for block in blocks)
    return tuple(told[name] for name in names)


def asked_blocks(rule: ItemRule | None, project: Project | None, issuer: str | None) -> tuple[Asked, ...]:
    """The blocks of the item's form that are sealed, each with the bodies whose seal it asks for."""
    blocks = rule.blocks if rule is not None else ()
    return tuple(Asked(block, _filled(block.sealers, project, issuer)) for block in blocks)


def _seal(number: int, mark: SealMark, bodies: Sequence[str], rules: Sequence[BodyRule]) -> SealSeen:
    name = owner(mark.text, bodies, rules)
    return SealSeen(
        number, mark.box, mark.shape, mark.ink, mark.confidence, mark.text, name, fits(mark, bodies, rules)
    )


def sealers(rule: ItemRule | None, project: Project | None, issuer: str | None) -> tuple[str, ...]:
    """Return the names of the bodies whose seals ``rule`` asks for; names that cannot be filled in are left out."""
    return _filled(rule.sealers, project, issuer) if rule is not None else ()


def _filled(names: Sequence[str], project: Project | None, issuer: str | None) -> tuple[str, ...]:
    known = {"issuer": issuer or "", "village": "", "township": "", "department": ""}
    if project is not None:
        known |= {"village": project.village, "township": project.township, "department": project.department}
    empty = [f"{{{name}}}" for name, value in known.items() if not value]
    return tuple(
        dict.fromkeys(
            _plain(words.format_map(known)) for words in names if not any(place in words for place in empty)
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
