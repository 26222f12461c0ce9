"""A template's paragraphs as marks stand in them: text, what is marked in it, tables around it, pending changes.

Paragraphs are counted in document order, part by part, text boxes and cells included, as Word's own file has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MARK = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_PENDING = tuple(f"{WORD}{tag}" for tag in ("ins", "del", "moveFrom", "moveTo"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


class Fault(NamedTuple):
    """One fault of a template.

    Attributes:
        part: the part of the Word file ("word/document.xml").
        paragraph: number of the paragraph there, 0-based; 0 for what is wrong with the whole.
        code: what kind of fault it is.
        words: what is wrong, a Chinese sentence without its full stop.
        instead: what to write or do instead.
    """

    part: str
    paragraph: int
    code: str
    words: str
    instead: str


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph of a part.

    Attributes:
        element: its ``w:p``.
        spans: start and end in ``text`` of what a tracked change (修订) added or moved; where it took something away,
            an empty span.
    """

    part: str
    number: int
    element: Any
    text: str
    spans: tuple[tuple[int, int], ...]

    @property
    def row(self) -> Any:
        """The innermost table row it stands in, None outside tables."""
        return _around(self.element, "tr")

    @property
    def table(self) -> Any:
        """The innermost table, None outside tables."""
        return _around(self.element, "tbl")

    @property
    def container(self) -> Any:
        """What it is a paragraph of: a cell, the body, a header."""
        return self.element.getparent()

    def fault(self, code: str, words: str, instead: str) -> Fault:
        """A fault of this paragraph."""
        return Fault(self.part, self.number, code, words, instead)

    def pending(self, start: int, end: int) -> bool:
        """Whether a tracked change touches the text from ``start`` to ``end``."""
        return any(
            (first < end and last > start) or start < first == last < end for first, last in self.spans
        )


def places(part: str, tree: Any) -> Iterator[Place]:
    """The paragraphs of a part."""
    for number, paragraph in enumerate(paragraphs(tree)):
        text, spans = _text(paragraph)
        yield Place(part, number, paragraph, text, spans)


def paragraphs(tree: Any) -> list[Any]:
    """All ``w:p`` of a part in their order; the doubles that Word keeps for old programs are none."""
    return [one for one in tree.iter(f"{WORD}p") if next(one.iterancestors(_FALLBACK), None) is None]


def _text(paragraph: Any) -> tuple[str, tuple[tuple[int, int], ...]]:
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    length = 0
    for node in paragraph.iter():
        if node.tag in _PENDING:
            mine = "".join(one.text or "" for one in node.iter(f"{WORD}t"))
            spans.append((length, length + len(mine)))
        if node.tag == f"{WORD}t" and _owner(node) is paragraph:
            pieces.append(node.text or "")
            length += len(node.text or "")
        elif node.tag in (f"{WORD}br", f"{WORD}tab") and _owner(node) is paragraph:
            pieces.append("\n")
            length += 1
    return "".join(pieces), tuple(spans)


def _owner(node: Any) -> Any:
    return next(node.iterancestors(f"{WORD}p"), None)


def _around(element: Any, tag: str) -> Any:
    return next(element.iterancestors(f"{WORD}{tag}"), None)
