"""The root code (归档根码) that a paper prints: read off its scan, held against its check digits."""

from __future__ import annotations

from collections.abc import Sequence

from archivist.core.model import Fact
from archivist.core.page import Line
from archivist.core.paper.cells import MOST_QUOTE, after_label, beside, each
from archivist.core.paper.reading import Reading
from archivist.core.rootcode import UNREADABLE, code_in
from archivist.core.rules import FactRule


def roots(rule: FactRule, one: Reading) -> list[Fact]:
    """Every code the paper prints, each once; where none can be read, that the label is there."""
    found: dict[str, Fact] = {}
    unread: Fact | None = None
    for page, lines, at, line in each(one):
        if not any(
            line.text.lstrip().startswith(label) or f"{label}：" in line.text for label in rule.labels
        ):
            continue
        quote = line.text.strip()[:MOST_QUOTE]
        value = _code(rule, lines, at)
        if value is not None:
            found.setdefault(value, Fact(rule.name, value, page, quote))
        elif unread is None:
            unread = Fact(rule.name, UNREADABLE, page, quote)
    return list(found.values()) or ([unread] if unread else [])


def _code(rule: FactRule, lines: Sequence[Line], at: int) -> str | None:
    words = after_label(rule, lines[at].text) or ""
    return code_in(words) or code_in(beside(lines, at))
