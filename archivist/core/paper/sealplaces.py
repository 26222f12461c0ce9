"""Which block of a form a seal seals (附件2：村级初步认定、镇街认定、主管部门认定), told by whose it is and by its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from archivist.core.model import BlockSealed, Box, SealSeen, Seen
from archivist.core.page import Page
from archivist.core.rules import SealBlock
from archivist.core.text import fold

_LEFT = 0.45
"""Headings of a form stand in its left part."""
_SHORTEST = 3
_NEARER = 0.6
"""How much nearer than the next heading one must be for a seal's place alone to say whose block it is in."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A block of the form and the names of the bodies whose seal it asks for."""

    block: SealBlock
    bodies: tuple[str, ...]


def in_blocks(
    pages: Sequence[Page], seals: Sequence[SealSeen], form: Sequence[Asked]
) -> tuple[SealSeen, ...]:
    """Return ``seals``, each with the name of the block that it seals; "" where nobody can tell.

    The words round a seal outweigh its place: a seal is larger than the cell it is pressed in.
    """
    headings = {page.number: _headings(page, form) for page in pages} if form else {}
    return tuple(
        replace(seal, block=_by_owner(seal, form) or _by_place(seal, headings.get(seal.page, [])))
        for seal in seals
    )


def sealed_blocks(
    pages: Sequence[Page], seals: Sequence[SealSeen], form: Sequence[Asked], whole: Seen
) -> tuple[BlockSealed, ...]:
    """Tell of each block that stands on the pages whether it is sealed, and by whom.

    ``whole`` is what is said of the document. NO only where that is certain and every seal has its block.
    """
    shown = {name for page in pages for _, name in _headings(page, form)}
    certain = whole is not Seen.UNKNOWN and all(seal.block and seal.ink == "red" for seal in seals)
    certain = certain and all(
        page.looked and page.colour in ("colour", "plain") for page in pages if not page.blank
    )
    certain = certain and all(len(page.seals) == _counted(page, seals) for page in pages)
    told = []
    for asked in form:
        own = [seal for seal in seals if seal.block == asked.block.name]
        if any(seal.ink == "red" for seal in own):
            owner = next((seal.owner for seal in own if seal.owner), "")
            told.append(BlockSealed(asked.block.name, Seen.YES, owner))
        elif own or asked.block.name in shown:
            told.append(BlockSealed(asked.block.name, Seen.NO if certain else Seen.UNKNOWN))
    return tuple(told)


def _counted(page: Page, seals: Sequence[SealSeen]) -> int:
    """How many of a page's marks are seals that count; another one is a suspicion."""
    return sum(seal.page == page.number for seal in seals)


def _by_owner(seal: SealSeen, form: Sequence[Asked]) -> str:
    named = [asked.block.name for asked in form if seal.owner and seal.owner in asked.bodies]
    return named[0] if len(named) == 1 else ""


def _by_place(seal: SealSeen, headings: Sequence[tuple[float, str]]) -> str:
    """The block whose heading stands at the seal's height, no other nearly as near."""
    middle = _middle(seal.box)
    near = sorted((abs(height - middle), name) for height, name in headings)
    if not near:
        return ""
    others = [away for away, name in near if name != near[0][1]]
    return near[0][1] if not others or near[0][0] < _NEARER * others[0] else ""


def _headings(page: Page, form: Sequence[Asked]) -> list[tuple[float, str]]:
    """(height, block) of the headings on a page; "" is the block of what needs no seal."""
    found = []
    for line in page.lines:
        words = fold(line.text)
        if line.box is None or line.box[0] > _LEFT or len(words) < _SHORTEST:
            continue
        for asked in form:
            if _heads(words, asked.block.labels):
                found.append((_middle(line.box), asked.block.name))
            elif _heads(words, asked.block.apart):
                found.append((_middle(line.box), ""))
    return found


def _heads(words: str, labels: Sequence[str]) -> bool:
    """Whether a line is a heading, or what of it fits into a narrow cell."""
    return any(words.startswith(label) or label.startswith(words) for label in map(fold, labels))


def _middle(box: Box) -> float:
    return (box[1] + box[3]) / 2
