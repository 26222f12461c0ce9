"""A text cut into clauses (分句), each with its sentence and its topic (议题): who decided what is said clause by clause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archivist.core.model import Box
from archivist.core.page import Line, Page
from archivist.core.patterns import lazily
from archivist.core.text import fold

_TOPIC = lazily(r"^\s*[一二三四五六七八九十]{1,3}\s*[、.．]")
_POINT = lazily(
    r"^\s*(?:[（(][一二三四五六七八九十0-9]{1,3}[）)]|[0-9]{1,3}\s*[、.．)]|第[一二三四五六七八九十]{1,3}[，、]|[①-⑳])"
)
_CLAUSE, _SENTENCE = frozenset("，,：:"), frozenset("。；;！!？?")
_WRAPS = 20
"""Characters from which a line of text without boxes may go on in the next."""
_FULL = 0.9


@dataclass(frozen=True, slots=True)
class Clause:
    """``start``..``end`` in the folded text; ``words`` are those folded words."""

    start: int
    end: int
    sentence: int
    topic: int
    words: str


def clauses_of(pages: Sequence[Page]) -> list[Clause]:
    """The clauses of ``pages`` in order; offsets are those of `text.fold_pages`."""
    found: list[Clause] = []
    words: list[str] = []
    at = start = sentence = topic = 0

    def close() -> None:
        nonlocal start
        if at > start:
            found.append(Clause(start, at, sentence, topic, "".join(words)))
        words.clear()
        start = at

    for line, ends in _with_ends(pages):
        if heads := bool(_TOPIC.match(line)) or bool(_POINT.match(line)):
            close()
            sentence, topic = sentence + heads, topic + bool(_TOPIC.match(line))
        for char in line:
            folded = fold(char)
            words.append(folded)
            at += len(folded)
            if char in _CLAUSE or char in _SENTENCE:
                close()
                sentence += char in _SENTENCE
        if ends:
            close()
            sentence += 1
    close()
    return found


def _with_ends(pages: Sequence[Page]) -> Iterator[tuple[str, bool]]:
    """Each line's words, and whether a paragraph or a row of a table ends with it."""
    for page in pages:
        right = max((line.box[2] for line in page.lines if line.box is not None), default=0.0)
        for number, line in enumerate(page.lines):
            following = page.lines[number + 1] if number + 1 < len(page.lines) else None
            yield line.text, _ends(line, following, right)


def _ends(line: Line, following: Line | None, right: float) -> bool:
    if line.box is None:
        cells = len(line.text.split()) > 2  # a row of a table: its cells are divided by spaces
        return cells or len(line.text.strip()) < _WRAPS
    if following is None or following.box is None:
        return False
    return not _beside(line.box, following.box) and line.box[2] < _FULL * right


def _beside(one: Box, other: Box) -> bool:
    """Whether two lines stand side by side."""
    return min(one[3], other[3]) - max(one[1], other[1]) > 0.4 * min(one[3] - one[1], other[3] - other[1])
