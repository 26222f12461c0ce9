"""What names a project of the register and its winding up is never sent back: it waits, with item and project as guess."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from archivist.core.identify.kind import KindReading, on_matter
from archivist.core.identify.project import ProjectScore
from archivist.core.rules import Annex

_GUESSED = 0.78
"""How sure a guess of the item that takes everything else is: enough for it to be told at its project."""


def belonging(
    kind: KindReading, ranked: Sequence[ProjectScore], code: str | None, text: str, annex: Annex
) -> KindReading:
    """Return ``kind`` as it is for a paper that names a project and its matter; unchanged for any other.

    Args:
        ranked: the projects it may be about. code: the one it is clearly about, if any. text: its folded text.
    """
    if kind.item is not None or not _names_project(ranked, code) or not on_matter(text, annex):
        return kind
    if kind.reject:
        return kind.instead if kind.instead is not None else _guessed(kind, annex)
    if kind.guess is not None or kind.rule is None or kind.rule.attaches or kind.rule.meeting:
        return kind
    return _guessed(kind, annex)


def _names_project(ranked: Sequence[ProjectScore], code: str | None) -> bool:
    return code is not None or any(score.named for score in ranked)


def _guessed(kind: KindReading, annex: Annex) -> KindReading:
    """The item that takes what no other does (其他), for a person to say."""
    rest = next((item for item in annex.items for slug in item.kinds if annex.shape(slug).rest), None)
    doubts = kind.doubts
    if kind.reject:
        told = "点了台账中的项目，又说到退出、处置等事，不退回，是否归档请人工确定"
        doubts = (f"{kind.reject}；但{told}", *doubts)
    guess = None if rest is None else rest.number
    return replace(kind, doubts=doubts, guess=guess, confidence=_GUESSED if guess else kind.confidence)
