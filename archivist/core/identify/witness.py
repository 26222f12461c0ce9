"""What a paper shows of its kind (文种) besides its title: the signs of [[shape]], each an independent witness."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archivist.core.model import Evidence
from archivist.core.page import Page
from archivist.core.rules import Annex
from archivist.core.shapes import Shape, Sign
from archivist.core.text import fold

_HEAD, _END = 16, 14
"""Lines of the first and the last zone."""
_LONGEST_LINE = 400
"""Characters of a line that patterns look at: a file may hold a line of a million."""
_MOST_LINES = 1200


@dataclass(frozen=True, slots=True)
class Testimony:
    """What was seen of one kind.

    Attributes:
        shown: a sentence for each sign seen, with page and words.
        key: whether one of the kind's key signs is among them, or it has none.
        against: kinds that these signs speak against.
    """

    shown: tuple[Evidence, ...] = ()
    key: bool = False
    against: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self.shown)


@dataclass(frozen=True, slots=True)
class _Row:
    page: int
    raw: str
    folded: str


def testimonies(pages: Sequence[Page], annex: Annex) -> Mapping[str, Testimony]:
    """What ``pages`` show of each kind, by slug; a kind without a shape has no entry."""
    rows = [
        _Row(page.number, line.text[:_LONGEST_LINE], fold(line.text)) for page in pages for line in page.lines
    ][:_MOST_LINES]
    zones = {"body": rows, "head": rows[:_HEAD], "end": rows[-_END:]}
    texts = {name: "".join(row.folded for row in zone) for name, zone in zones.items()}
    return {shape.kind: _testimony(shape, zones, texts) for shape in annex.shapes}


def _testimony(shape: Shape, zones: Mapping[str, Sequence[_Row]], texts: Mapping[str, str]) -> Testimony:
    seen = [
        (sign, found)
        for sign in shape.signs
        if (found := _seen(sign, zones[sign.zone], texts[sign.zone])) is not None
    ]
    return Testimony(
        tuple(found for _, found in seen),
        not shape.keyed or any(sign.key for sign, _ in seen),
        frozenset(kind for sign, _ in seen for kind in sign.against),
    )


def _seen(sign: Sign, rows: Sequence[_Row], text: str) -> Evidence | None:
    words = [word for group in sign.groups if (word := next((one for one in group if one in text), None))]
    lines = list(_matching(sign, rows)) if len(words) < sign.least else []
    if len(words) + len(lines) < sign.least:
        return None
    row = lines[0] if lines else _row_of(rows, words[0])
    quote = row.raw.strip()[:40] if lines else "、".join(words)[:60]
    return Evidence(row.page, quote, sign.name)


def _matching(sign: Sign, rows: Sequence[_Row]) -> Iterator[_Row]:
    for row in rows:
        if any(pattern.search(row.raw) for pattern in sign.patterns):
            yield row


def _row_of(rows: Sequence[_Row], word: str) -> _Row:
    """The line with ``word``; the first where it wraps."""
    return next((row for row in rows if word in row.folded), rows[0])
