"""Read [[shape]] of schemas/annex4.toml: what kinds of paper (文种) look like beyond the last words of their titles."""

from __future__ import annotations

from collections.abc import Collection

from archivist.core.shapes import ZONES, Shape, Sign
from archivist.core.text import fold
from archivist.workspace.rulefile import RuleTable

_KIND = "[[kind]]"


def shapes(table: RuleTable, slugs: Collection[str]) -> tuple[Shape, ...]:
    """The shapes that ``table`` tells, none needed; ``slugs`` are the kinds there are."""
    return tuple(_shape(one, slugs) for one in table.tables("shape", "kind", optional=True))


def _shape(table: RuleTable, slugs: Collection[str]) -> Shape:
    kind = table.text("kind")
    table.known("kind", kind, slugs, _KIND)
    shape = Shape(
        kind=kind,
        stems=_folded(table, "stems"),
        carriers=tuple(sorted(_folded(table, "carriers"), key=len, reverse=True)),
        strange=_folded(table, "strange"),
        open=frozenset(_folded(table, "open")),
        proved=table.flag("proved", False),
        rest=table.flag("rest", False),
        signs=tuple(_sign(one, slugs) for one in table.tables("sign", "name", optional=True)),
    )
    table.done()
    return shape


def _folded(table: RuleTable, key: str) -> tuple[str, ...]:
    return tuple(map(fold, table.words(key, ())))


def _sign(table: RuleTable, slugs: Collection[str]) -> Sign:
    sign = Sign(
        name=table.text("name"),
        zone=table.choice("zone", ZONES, ZONES[0]),
        groups=tuple(tuple(map(fold, words.split("|"))) for words in table.words("words", ())),
        patterns=table.patterns("patterns"),
        least=table.number("least", 1),
        key=table.flag("key", False),
        against=table.names("against", slugs, _KIND),
    )
    if not 1 <= sign.least <= len(sign.groups) + (100 if sign.patterns else 0):
        table.wrong("least", f"应在 1 与词语的组数之间，现为 {sign.least}")
    if not all(map(all, sign.groups)):
        table.wrong("words", "中有空的词语")
    table.done()
    return sign
