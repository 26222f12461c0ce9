"""What a step leaves for recognition, and what comes back; without numpy: the parent handles both."""

from __future__ import annotations

from dataclasses import dataclass

from archivist.core.model import Box
from archivist.core.page import Hand, Line, SealMark


@dataclass(frozen=True, slots=True)
class Picture:
    """A page image in the scratch folder; ``file`` is "" if the page is blank or did not render.

    ``pixels`` is the longest side as it was captured, 0 where that is not known; ``paper`` how light the sheet is (0..1).
    """

    number: int
    file: str = ""
    blank: bool = False
    colour: str = ""
    note: str = ""
    pixels: int = 0
    paper: float = 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What recognition made of a page, and the clockwise turn (0/90/180/270) that made it upright.

    Seals, strokes (unread ink) and hands (handwriting) are in fractions of the upright page; ``note`` is for people, in
    Chinese.
    """

    lines: tuple[Line, ...]
    rotation: int = 0
    seals: tuple[SealMark, ...] = ()
    strokes: tuple[Box, ...] = ()
    note: str = ""
    hands: tuple[Hand, ...] | None = None
