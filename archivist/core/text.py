"""The normal form of text, and text as it is compared, with the way back to the words on the page.

What a page says is kept as it was read (`extract.clean`) and quoted so. Dates, titles and file names are taken from its
normal form (`normal`): readable, the same for whoever typed or printed it. Words are looked for in its folded form
(`fold`): letters, digits and Hanzi alone. Both work character by character, so that the way back stays known, and
``fold(normal(x)) == fold(x)``.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from archivist.core.characters import RADICALS, UNSEEN, VARIANTS
from archivist.core.page import Line, Page
from archivist.core.patterns import lazily

_UNSEEN = lazily(f"[{UNSEEN}]")
_MEANT = {"<circle>", "<square>", "<super>", "<sub>", "<fraction>"}
"""Compatibility characters that mean something as they stand: ① ㎡ ² ½."""


def normal(text: str) -> str:
    """Return the normal form of ``text``: what is read out of it and named after it.

    Letters, digits and Hanzi in their ordinary shape (NFKC: ２０２４ → 2024; radicals ⼤⾜ → 大足; printing variants
    囯 → 国), spaces as one kind, what is not seen left out. Punctuation stays as Chinese is printed, and so do signs
    that mean something (① ㎡). A character becomes one character or none.
    """
    return text.translate(_normal)


class _Normal(dict[int, str]):
    """What becomes of each character in the normal form, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        kept = _normal_of(chr(code))
        if len(self) < _MOST_KNOWN:
            self[code] = kept
        return kept


def _normal_of(char: str) -> str:
    code = ord(char)
    if known := RADICALS.get(code) or VARIANTS.get(code):
        return VARIANTS.get(ord(known), known)
    if _UNSEEN.match(char):
        return ""
    if unicodedata.category(char) == "Zs":
        return " "
    tag = unicodedata.decomposition(char).partition(" ")[0]
    if not tag or tag in _MEANT or unicodedata.category(char) == "Nl":
        return char
    plain = unicodedata.normalize("NFKC", char)
    return _normal_of(plain) if len(plain) == 1 and plain.isalnum() and plain != char else char


# Circles that print and OCR use for 〇, and characters that differ only typographically.
_ALIKE = str.maketrans({"○": "〇", "Ο": "〇", "◯": "〇", "―": "-", "—": "-", "–": "-", "／": "/"})


def fold(text: str) -> str:
    """Return ``text`` for comparison: normal form, NFKC, lower case, only letters and digits (Hanzi are letters)."""
    return text.translate(_folding)


class _Folding(dict[int, str]):
    """What becomes of each character, worked out when it is first met; a stranger's text cannot make it grow for ever."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKC", _normal_of(chr(code)).translate(_ALIKE)).lower()
        kept = "".join(_normal_of(part) for part in folded if part.isalnum())
        if len(self) < _MOST_KNOWN:
            self[code] = kept
        return kept


_MOST_KNOWN = 1 << 16
_folding = _Folding()
_normal = _Normal()


@dataclass(frozen=True, slots=True)
class Folded:
    """The folded text of some lines, and where each line begins in it.

    Attributes:
        text: folded text of all lines, without any separator (words wrap over lines).
        starts: for each line, the offset of its first character in ``text``.
        pages: for each line, its page number (1-based).
        lines: for each line, the words as they stand on the page.
    """

    text: str
    starts: tuple[int, ...]
    pages: tuple[int, ...]
    lines: tuple[str, ...]

    def line_at(self, offset: int) -> int:
        """Return the index of the line that holds ``offset``."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def page_at(self, offset: int) -> int:
        """Return the page number at ``offset``."""
        return self.pages[self.line_at(offset)] if self.pages else 1

    def quote(self, start: int, end: int) -> str:
        """Return the original lines that ``start``..``end`` touches, shortened for people."""
        if not self.lines:
            return ""
        first, last = self.line_at(start), self.line_at(max(start, end - 1))
        joined = "".join(line.strip() for line in self.lines[first : last + 1])
        return joined if len(joined) <= 60 else joined[:58] + "……"


def fold_pages(pages: Iterable[Page]) -> Folded:
    """Fold the lines of ``pages`` into one searchable text."""
    rows = [(page.number, line.text) for page in pages for line in page.lines]
    return _fold_rows(rows)


def _fold_rows(rows: Sequence[tuple[int, str]]) -> Folded:
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    for _, text in rows:
        folded = fold(text)
        starts.append(length)
        parts.append(folded)
        length += len(folded)
    return Folded(
        "".join(parts), tuple(starts), tuple(page for page, _ in rows), tuple(text for _, text in rows)
    )


def fold_columns(pages: Iterable[Page]) -> Folded:
    """Fold the lines of ``pages``, and after them the text of table cells that wrap over lines.

    Reading a form row by row interleaves a wrapped cell with its neighbours; lines that stand below each other are
    therefore joined once more, so that a name or a code broken over lines can be found whole.
    """
    rows: list[tuple[int, str]] = []
    for page in pages:
        rows += [(page.number, line.text) for line in page.lines]
        rows += [(page.number, text) for text in _stacked(page.lines)]
    return _fold_rows(rows)


_STACK = 3


def _stacked(lines: Sequence[Line]) -> list[str]:
    """Texts of lines that stand directly below each other but are not neighbours in reading order."""
    found = []
    for at in range(len(lines)):
        chain, stands = [at], at
        while len(chain) < _STACK and (below := _below(lines, stands)) is not None:
            chain.append(below)
            stands = below
        if any(later - earlier != 1 for earlier, later in pairwise(chain)):
            found.append("".join(lines[index].text.strip() for index in chain))
    return found


def _below(lines: Sequence[Line], at: int) -> int | None:
    """The next line straight under line ``at``: close below it, one within the other's width."""
    box = lines[at].box
    if box is None:
        return None
    height = box[3] - box[1]
    best: tuple[float, int] | None = None
    for index in range(at + 1, min(len(lines), at + 12)):
        other = lines[index].box
        if other is None or not -0.6 * height <= other[1] - box[3] <= 1.1 * height:
            continue
        shared = min(box[2], other[2]) - max(box[0], other[0])
        if shared >= 0.75 * min(box[2] - box[0], other[2] - other[0]) and (
            best is None or other[1] < best[0]
        ):
            best = (other[1], index)
    return best[1] if best else None
