"""A document before it is put on paper: a list of blocks, drawn as an image, as .docx or as text PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. Between ⟦ and ⟧ stands what a person filled in by hand."""

    text: str
    style: str = "body"


@dataclass(frozen=True, slots=True)
class RedHead:
    """The red mark of minutes (纪要标志) with its number and the issuing line under it."""

    mark: str
    number: str
    issuer: str
    date: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a grid; at its lower right stand ``foot`` in print and ``seal`` over it."""

    row: int
    col: int
    text: str
    rows: int = 1
    cols: int = 1
    align: str = "left"
    foot: str = ""
    seal: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with spans. ``widths`` and ``heights`` are millimetres; heights are the least heights."""

    widths: tuple[float, ...]
    heights: tuple[float, ...]
    cells: tuple[Cell, ...]
    size: float = 12


@dataclass(frozen=True, slots=True)
class Signed:
    """A closing block: the signing body, a handwritten name (``clear``: with a blue pen), the date, and a seal over them."""

    body: str
    date: str
    seal: str = ""
    label: str = ""
    name: str = ""
    clear: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """Signatures in columns, each by its own hand, some with a fingerprint (手印); ``clear``: large, with a blue pen."""

    names: tuple[str, ...]
    columns: int = 4
    prints: bool = False
    clear: bool = False


@dataclass(frozen=True, slots=True)
class Parties:
    """The two signing columns of an agreement (甲方、乙方).

    ``clear``: signed with a blue pen, the seals above the names and not on them.
    """

    left: tuple[str, str, str]
    right: tuple[str, str, str]
    date: str
    clear: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Empty height in millimetres."""

    mm: float


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block starts on a new page."""


Block = Text | RedHead | Grid | Signed | Names | Parties | Gap | PageBreak


@dataclass(frozen=True, slots=True)
class Paper:
    """A document and what it is written on."""

    blocks: tuple[Block, ...]
    kind: str = "plain"
    """plain, ruled (横线纸, all by hand)"""
    face: str = "song"
    header: str = ""
    textbox: str = ""
    title: str = ""
    page_numbers: bool = True
    size: float = 16


def table(
    widths: tuple[float, ...], rows: Sequence[tuple[str, ...]], size: float = 12, height: float = 9
) -> Grid:
    """Return a plain table without spans, its first row centred as a heading."""
    cells = tuple(
        Cell(r, c, text, align="center" if r == 0 or len(text) < 9 else "left")
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    return Grid(widths, (float(height),) * len(rows), cells, size)


def paragraphs(text: str, style: str = "body") -> list[Text]:
    """Return a paragraph for each non-empty line; lines that begin with 一、 are headings."""
    return [Text(line.strip(), _style_of(line.strip(), style)) for line in text.splitlines() if line.strip()]


def _style_of(line: str, style: str) -> str:
    numbered = len(line) > 1 and line[0] in "一二三四五六七八九十" and "、" in line[:3] and len(line) < 30
    return "h1" if numbered and style == "body" else style
