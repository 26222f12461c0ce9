"""The dossier of a project (项目底册) as a value: sections of rows, every cell as its text in one plain form.

A section that nobody told of is not there; one of which there is nothing (无) is there without rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from archivist.core.patterns import lazily

Row = Mapping[str, str]
"""Field → text. Numbers without needless zeros, days as 2024年11月20日; what is blank is not there."""

NONE = "无"
"""What people write where a section has nothing."""

_DAY = lazily(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")
_NUMBER = lazily(r"-?[0-9]{1,24}(?:\.[0-9]{1,12})?")
_DIGITS = lazily(r"([0-9]+)")


@dataclass(frozen=True, slots=True)
class Dossier:
    """What is known of one project, by section; rows in the order of their keys."""

    sections: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)

    def rows(self, section: str) -> tuple[Row, ...]:
        """A section's rows; none where nobody told of it."""
        return self.sections.get(section, ())

    def first(self, section: str) -> Row:
        """The only row of a section that has one; an empty one where there is none."""
        return next(iter(self.rows(section)), {})

    def tells(self, section: str) -> bool:
        """Whether somebody told of a section, if only that there is nothing."""
        return section in self.sections

    def record(self) -> dict[str, list[dict[str, str]]]:
        """As it is kept and printed."""
        return {name: [dict(row) for row in rows] for name, rows in self.sections.items()}


EMPTY = Dossier()


def from_record(record: Mapping[str, Any]) -> Dossier:
    """The dossier of its record."""
    return Dossier({name: tuple(dict(row) for row in rows) for name, rows in record.items()})


def plain(value: object) -> str:
    """A typed value (text, int, Decimal) as it is kept."""
    if not isinstance(value, Decimal):
        return str(value)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def number(text: str | None) -> Decimal | None:
    """A cell's number; None where there is none, or what stands there is none in digits."""
    return Decimal(text) if text is not None and _NUMBER.fullmatch(text) else None


def day(text: str | None) -> date | None:
    """The day that a cell tells; None where it tells none, or one that no calendar has."""
    match = _DAY.fullmatch(text or "")
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def in_order(rows: Sequence[Row], key: str) -> tuple[Row, ...]:
    """Rows by their keys, 2 before 10."""
    return tuple(sorted(rows, key=lambda row: natural(row.get(key, ""))))


def natural(text: str) -> list[tuple[int, int, str]]:
    """Sorts texts as people count: 资产2 before 资产10."""
    parts = _DIGITS.split(text)
    return [(0, int(one), one) if at % 2 else (1, 0, one) for at, one in enumerate(parts) if one or not at]
