"""Text as it is compared: folded to letters, digits and Hanzi, with the way back to the words on the page."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from archivist.core.page import Line, Page

# Circles that print and OCR use for 〇, and characters that differ only typographically.
_ALIKE = str.maketrans({"○": "〇", "Ο": "〇", "◯": "〇", "―": "-", "—": "-", "–": "-", "／": "/"})


def fold(text: str) -> str:
    """Return ``text`` for comparison: NFKC, lower case, only letters and digits (Hanzi are letters)."""
    return text.translate(_folding)


class _Folding(dict[int, str]):
    """What becomes of each character, worked out when it is first met; a stranger's text cannot make it grow for ever."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKC", chr(code).translate(_ALIKE)).lower()
        kept = "".join(part for part in folded if part.isalnum())
        if len(self) < _MOST_KNOWN:
            self[code] = kept
        return kept


_MOST_KNOWN = 1 << 16
_folding = _Folding()


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
