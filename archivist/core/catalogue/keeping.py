"""States as they are kept and printed: a short text and back, and the public record of ``missing --json``.

On the light path: the text is read without a parser of JSON, and the record is kept as it is printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from archivist.core.catalogue.completeness import Completeness, ItemStanding, ItemState, OfProject

_OPTIONAL = "?"


class InRegister(NamedTuple):
    """What the register says of a project that lists name; ``deregistered`` is when it passed the gate, if that holds."""

    code: str
    name: str
    township: str
    village: str
    department: str
    deregistered: str | None


class Kept(NamedTuple):
    """A project's state as a row.

    Attributes:
        complete: 0 or 1. missing: numbers of items with spaces around each. outline: see `tally`.
        items, whole: as below. unsorted: numbers of documents with spaces between.
        deregistered: when, None if it is not. made, until: days. line: the record as it is printed.
    """

    project: str
    name: str
    category: str | None
    township: str
    village: str
    department: str
    complete: int
    missing: str
    outline: str
    items: str
    whole: str
    unsorted: str
    deregistered: str | None
    made: str
    until: str
    line: str


def record_of(about: InRegister, state: Completeness, unsorted: Sequence[str]) -> dict[str, Any]:
    """One line of ``missing --json``, as schemas/output/missing.schema.json describes it."""
    return {
        "project": about.code,
        "name": about.name,
        "township": about.township,
        "village": about.village,
        "department": about.department,
        "missing": list(state.missing),
        "unqualified": list(state.unqualified),
        "check": list(state.check),
        "review": list(state.review),
        "unsorted": list(unsorted),
        "waived": list(state.waived),
        "complete": state.complete,
        "deregistered": about.deregistered,
        "states": {
            str(one.item): {"state": one.state.value, "reasons": list(one.reasons)} for one in state.items
        },
        "of_project": [{"state": one.state.value, "message": one.message} for one in state.of_project],
    }


def items_to_text(items: Sequence[ItemStanding]) -> str:
    """``1 齐全;2 待核 未签字,未盖章;8? 选交``; the mark stands behind items that need not be there."""
    return ";".join(
        f"{one.item}{'' if one.required else _OPTIONAL} {one.state.value} {','.join(one.reasons)}".rstrip()
        for one in items
    )


@lru_cache(maxsize=10_000)
def items_from_text(text: str) -> tuple[ItemStanding, ...]:
    """The way back."""
    return tuple(_standing(*one.split(" ")) for one in text.split(";") if one)


def _standing(number: str, state: str, reasons: str = "") -> ItemStanding:
    told = tuple(reasons.split(",")) if reasons else ()
    required = not number.endswith(_OPTIONAL)
    return ItemStanding(int(number.rstrip(_OPTIONAL)), ItemState(state), told, required)


def whole_to_text(found: Sequence[OfProject]) -> str:
    """A line each: the state, a space, the sentence."""
    return "\n".join(f"{one.state.value} {' '.join(one.message.split())}" for one in found)


def whole_from_text(text: str) -> tuple[OfProject, ...]:
    """The way back; spaces in sentences are single ones."""
    pairs = (line.partition(" ") for line in text.split("\n") if line)
    return tuple(OfProject(ItemState(state), message) for state, _, message in pairs)
