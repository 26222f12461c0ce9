"""How well a copy of a paper can be read (清晰程度): of two copies of one paper the better counts, not the newer. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from archivist.core.model import TextSource
from archivist.core.page import Page

_SURER = 0.04
"""Of the reader's own certainty (0..1): less is chance."""
_SHARPER, _FINE_PIXELS = 1.4, 1600
"""Longest side of a page: beyond some 135 dots an inch of A4 more of them tell nothing new."""
_LIGHTER, _DIM = 0.2, 0.6
_MORE_READ = 0.9


class Better(Enum):
    """Which of two copies can be read better."""

    FIRST = "first"
    SECOND = "second"
    SAME = "same"
    UNCLEAR = "unclear"
    """Each is better in something."""


@dataclass(frozen=True, slots=True)
class Legible:
    """How well a copy was read.

    Attributes:
        characters: how many were read. sure: the reader's certainty, the mean over them (0..1).
        pixels: longest side of the coarsest page, as it was captured; 0 where that is not known.
        paper: lightness of the darkest page's paper (0..1); 1 where that is not known.
    """

    characters: int
    sure: float
    pixels: int = 0
    paper: float = 1.0


def legible(pages: Sequence[Page]) -> Legible | None:
    """How well pages were read off a picture; None of typed ones, which everybody reads alike."""
    seen = [page for page in pages if page.text_source is TextSource.OCR]
    read = [(len(line.text), line.confidence) for page in seen for line in page.lines]
    characters = sum(length for length, _ in read)
    if not seen or not characters:
        return None
    sure = sum(length * confidence for length, confidence in read) / characters
    pixels = min((page.pixels for page in seen if page.pixels), default=0)
    return Legible(characters, sure, pixels, min(page.paper for page in seen))


def better(first: Legible | None, second: Legible | None) -> tuple[Better, str]:
    """Which of two copies of one paper can be read better, and why, in Chinese with the first one's figures first."""
    if first is None or second is None:
        return Better.SAME, ""
    votes = {
        told: vote
        for told, vote in (
            (f"识读把握 {first.sure:.0%}、{second.sure:.0%}", _vote(first.sure - second.sure, _SURER)),
            (f"像素 {first.pixels}、{second.pixels}", _by_pixels(first.pixels, second.pixels)),
            (f"画面明暗 {first.paper:.0%}、{second.paper:.0%}", _by_light(first.paper, second.paper)),
            (f"读出 {first.characters} 字、{second.characters} 字", _by_count(first, second)),
        )
        if vote is not Better.SAME
    }
    told = "，".join(votes)
    if not votes:
        return Better.SAME, ""
    return (next(iter(votes.values())) if len(set(votes.values())) == 1 else Better.UNCLEAR), told


def _vote(lead: float, least: float) -> Better:
    if abs(lead) < least:
        return Better.SAME
    return Better.FIRST if lead > 0 else Better.SECOND


def _by_pixels(one: int, other: int) -> Better:
    few, many = sorted((one, other))
    if not few or few >= _FINE_PIXELS or many < few * _SHARPER:
        return Better.SAME
    return Better.FIRST if one > other else Better.SECOND


def _by_light(one: float, other: float) -> Better:
    return _vote(one - other, _LIGHTER) if min(one, other) < _DIM else Better.SAME


def _by_count(one: Legible, other: Legible) -> Better:
    few, many = sorted((one.characters, other.characters))
    if few >= many * _MORE_READ:
        return Better.SAME
    return Better.FIRST if one.characters > other.characters else Better.SECOND
