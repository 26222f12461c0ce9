"""The number of a form (表号): of which kind, edition, day and workspace it is. It stands in the form, seen and unseen.

A form is known by it at a glance at its words, before anybody looks into its cells.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from archivist.core.patterns import lazily

if TYPE_CHECKING:
    from archivist.core.drafts.kinds import DocumentKind, Field

_NUMBER = lazily(r"AF1-([a-z0-9-]{1,60})-([0-9a-f]{8})-([0-9]{8})-([0-9a-f]{8})(?![0-9a-f])")
_LOOKED_AT = 12
"""Lines of a form below which its number never stands."""


class FormNumber(NamedTuple):
    """What a form is: ``edition`` of the kind's fields, ``day`` as 20241220 it was given out, ``workspace`` it is of."""

    kind: str
    edition: str
    day: str
    workspace: str

    def __str__(self) -> str:
        return f"AF1-{self.kind}-{self.edition}-{self.day}-{self.workspace}"


def number_in(text: str) -> FormNumber | None:
    """The first number of a form that ``text`` holds."""
    found = _NUMBER.search(text)
    return FormNumber(*found.groups()) if found else None


def number_seen(lines: Iterable[str]) -> FormNumber | None:
    """The number that the first lines of a file hold; None for any other paper."""
    for _, line in zip(range(_LOOKED_AT), lines, strict=False):
        if found := number_in(line):
            return found
    return None


def edition_of(kind: DocumentKind) -> str:
    """The edition (版) of a kind's fields: another as soon as anything that is asked for, or allowed, changes."""
    return _short(repr([_asks(one) for one in kind.fields]))


def _asks(one: Field) -> tuple[object, ...]:
    """What a field asks for, in plain values, so that the edition is the same whatever else a field may come to say."""
    told = (one.name, one.title, one.description, one.kind, one.required, one.open, one.open_rows, one.source)
    bounds = (one.date, one.decimals, one.choices, one.also, one.low, one.high, one.longest)
    return (*told, *bounds, tuple(map(_asks, one.columns)))


def workspace_mark(first: str) -> str:
    """How a form tells whose it is: by the first thing that ever happened in the workspace (its hash)."""
    return _short(first)


def _short(text: str) -> str:
    return sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:8]
