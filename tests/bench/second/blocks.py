"""What a paper is made of: blocks in reading order, independent of how they are laid out or saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

RED = (200, 24, 36)
BLACK = (22, 22, 24)


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation: its full name, how it is called in daily papers, and the writing round its seal."""

    full: str
    short: str
    seal: str = ""

    def names(self) -> set[str]:
        """All names by which it may rightly be called."""
        return {self.full, self.short, self.seal or self.full} - {""}


@dataclass(frozen=True, slots=True)
class Seal:
    """A stamp. ``kind``: star, emblem, contract, finance, oval; ``look``: fresh, faint, brown, dark, cut, heavy."""

    owner: Body
    kind: str = "star"
    look: str = "fresh"


@dataclass(slots=True)
class Block:
    """Any block."""


@dataclass(slots=True)
class Head(Block):
    """A title, centred; a line feed in it is the writer's own."""

    text: str
    points: float = 22
    part: str = "title"
    red: bool = False
    after: float = 0.6


@dataclass(slots=True)
class Para(Block):
    """Running text. ``indent`` in characters; ``pen``: written by hand."""

    text: str
    indent: float = 2
    align: str = "left"
    part: str = "body"
    points: float = 0
    pen: bool = False
    red: bool = False


@dataclass(slots=True)
class Rule(Block):
    """A line across the page."""

    red: bool = True
    thick: float = 1.2
    star: bool = False


@dataclass(slots=True)
class Gap(Block):
    """White space, in lines."""

    lines: float = 1


@dataclass(slots=True)
class Break(Block):
    """A new page."""


@dataclass(slots=True)
class Cell:
    """A cell of a table. ``pen``: filled in by hand; ``seal``: a stamp in its lower right."""

    text: str
    across: int = 1
    pen: bool = False
    bold: bool = False
    centre: bool = False
    tall: float = 0
    seal: Seal | None = None
    ink: str = ""
    tail: str = ""
    pen_tail: bool = False


@dataclass(slots=True)
class Rows(Block):
    """A ruled table; ``widths`` are shares of the type area."""

    rows: list[list[Cell]]
    widths: Sequence[float]
    points: float = 12
    red: bool = False


@dataclass(slots=True)
class Sign(Block):
    """Places to sign in a row: (label, name, how) with how = ink, print or blank."""

    places: list[tuple[str, str, str]]
    right: bool = False


@dataclass(slots=True)
class Roll(Block):
    """The names of those who came, each in their own hand (or typed: ``ink`` False), with finger prints or not."""

    label: str
    names: list[str]
    ink: bool = True
    prints: bool = False


@dataclass(slots=True)
class Close(Block):
    """Body and date at the lower right, a seal over them."""

    lines: list[str]
    seals: list[Seal] = field(default_factory=list)
    pen_date: bool = False
    centre: bool = False


@dataclass(slots=True)
class Parties(Block):
    """Two or three parties side by side: (label, name, seal, signer, how, date)."""

    sides: list[tuple[str, str, Seal | None, str, str, str]]
    signer: str = "代表人（签字）："
    stacked: bool = False


@dataclass(slots=True)
class Imprint(Block):
    """The 版记 at the foot of the last page."""

    lines: list[str]


@dataclass(slots=True)
class Scene(Block):
    """A picture of a yard, a field, a shed, with a caption."""

    caption: str
    share: float = 0.42


@dataclass(slots=True)
class Paper:
    """One document and what is true of it.

    Attributes:
        item: 1–8 of the plan's list, 0 for what does not belong.
        projects: codes it counts for. outcomes: code → decision in the closed vocabulary.
        dates: ISO dates that are right, the best first ("": none is right, too); with ``undated`` none is.
        traps: ISO dates that stand in it for something else → for what.
        draft: not the final paper: may wait, may be filed. loose: names its project only in passing: may wait.
        facts: what it says, by the names of `truth.Known.facts`.
        stray: kind of a paper that does not belong.
        numbering: how its pages are numbered: none, dash, slash, page.
        face: kinds of page it suits: typed, form, pen.
    """

    name: str
    title: str
    blocks: list[Block]
    item: int = 0
    projects: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    undated: bool = False
    traps: dict[str, str] = field(default_factory=dict)
    outcomes: dict[str, str] = field(default_factory=dict)
    level: str | None = None
    draft: bool = False
    loose: bool = False
    facts: dict[str, str] = field(default_factory=dict)
    stray: str = ""
    names_project: bool = False
    has_code: bool = False
    numbering: str = "none"
    variant: str = ""
    landscape: bool = False
    body: Body | None = None
    red_print: bool = False
    pen: bool = False

    def signed(self) -> bool | None:
        """True with ink, False where places stay blank or hold print only, None where nobody is asked."""
        asked: list[bool] = []
        for block in self.blocks:
            if isinstance(block, Sign):
                asked += [how == "ink" for _, _, how in block.places]
            elif isinstance(block, Roll):
                asked.append(block.ink)
            elif isinstance(block, Parties):
                asked += [side[4] == "ink" for side in block.sides]
            elif isinstance(block, Rows):
                asked += [True for row in block.rows for cell in row if cell.ink]
        return any(asked) if asked else None

    def seals(self) -> list[Seal]:
        """Every stamp on it."""
        found: list[Seal] = []
        for block in self.blocks:
            if isinstance(block, Close):
                found += block.seals
            elif isinstance(block, Parties):
                found += [side[2] for side in block.sides if side[2]]
            elif isinstance(block, Rows):
                found += [cell.seal for row in block.rows for cell in row if cell.seal]
        return found
