"""A file as read (识读结果): pages of lines, seals and ink. Boxes are fractions of the page (0..1), pages 1-based."""

from __future__ import annotations

from dataclasses import dataclass, field

from archivist.core.model import Box, TextSource

REVISED, COMMENTED = "（修订）", "（批注）"
"""Of an Extract's properties: what of a Word file nobody accepted or refused yet, and what comments it carries."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text in reading order. ``confidence`` is 1.0 for native text.

    ``hand`` is how sure most of it is handwriting (手写, 0..1), None where nobody judged. What was written by hand is
    read with less certainty than the reader says: no date or fact rests on it alone.
    """

    text: str
    box: Box | None = None
    confidence: float = 1.0
    hand: float | None = None


@dataclass(frozen=True, slots=True)
class Hand:
    """Ink on a page that may be handwriting: where (fractions of the upright page), and how sure (0..1)."""

    box: Box
    sure: float


@dataclass(frozen=True, slots=True)
class SealMark:
    """A seal (印章) seen on a page image.

    Attributes:
        box: where, in fractions of the upright page.
        confidence: how sure the outline is a seal's (0..1).
        shape: "round", "oval", or "square" (a person's name stamp 私章: it signs and seals nothing).
        ink: "red", or "dark" on grey pages and copies.
        text: the words along its arc as far as readable, "" if not; they may lack or confuse characters.
        text_confidence: the reader's own (0..1).
    """

    box: Box
    confidence: float
    shape: str = "round"
    ink: str = "red"
    text: str = ""
    text_confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read. ``rotation`` is the clockwise turn (0/90/180/270) that made it upright.

    Attributes:
        colour: how a page image was captured: "colour" (something on it is coloured), "plain" (in colour, but nothing
            coloured on it), "grey", "bw"; "" without an image.
        seals: the seals seen on it; empty also when nobody looked (``looked`` is False).
        strokes: ink that recognition did not read as text and that is no ruled line: pieces of handwriting.
        hands: what on it may be handwriting, read or not; what was read and is not among them is print. None where
            nobody judged.
        looked: whether its image was searched for seals and strokes.
        pixels: longest side of its image as it was captured; 0 without one, or where that is not known.
        paper: how light its paper is on the image (0..1); 1 where nobody looked.
    """

    number: int
    lines: tuple[Line, ...] = ()
    text_source: TextSource = TextSource.NONE
    rotation: int = 0
    blank: bool = False
    colour: str = ""
    note: str = ""
    seals: tuple[SealMark, ...] = ()
    strokes: tuple[Box, ...] = ()
    hands: tuple[Hand, ...] | None = None
    looked: bool = False
    pixels: int = 0
    paper: float = 1.0

    @property
    def text(self) -> str:
        """The page's text, a line each."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Extract:
    """What was read from one file.

    ``kind`` is the sniffed type: pdf, docx, image. ``failure`` is a Chinese sentence when the file cannot be used at
    all (encrypted, damaged, empty …); then ``pages`` is empty. ``notes`` tell of lesser trouble, for people.
    """

    kind: str
    pages: tuple[Page, ...] = ()
    properties: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    failure: str = ""
    doubt: str = ""
    """Why a person should look at it before it is filed, however clear it seems; Chinese."""
