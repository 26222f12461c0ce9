"""What schemas/register.toml, townships.toml and project.schema.json say, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from archivist.core.project import Category, Township

PROJECT_FIELDS = (
    "code",
    "name",
    "township",
    "village",
    "category",
    "major_idle",
    "year",
    "amount",
    "department",
    "operator",
    "contact",
    "phone",
    "ownership",
    "poor_village",
    "reason",
    "debts",
    "measures",
    "progress",
    "problems",
)
SPLIT_FIELDS = ("place", "contact_phone", "ignored")
"""Columns that are not a field of a project: parted into several fields, or passed over."""

UNITS = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
"""Units of money, in yuan."""


@dataclass(frozen=True, slots=True)
class CategoryWord:
    """A spelling's meaning: the category, and for 闲置类 whether 重大 (None: not said)."""

    category: Category
    major: bool | None = None


@dataclass(frozen=True, slots=True)
class Dittos:
    """Which cells mean "as the cell above" (同上).

    Attributes:
        signs: characters of which such a cell may consist (〃). words: lower-case words for it, without blanks.
        unclear: words that point elsewhere (同左), written so, too. unique: fields where each row has a value of its own.
    """

    signs: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    unclear: frozenset[str] = frozenset()
    unique: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class GroupWords:
    """How rows show that they belong to a group of rows and are no project; all folded.

    Attributes:
        totals: what a row of totals ends with (小计). page_totals: what those of a page begin with (本页).
        headings: what a numbered heading ends with (一、珠溪镇).
    """

    totals: tuple[str, ...] = ()
    page_totals: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterRules:
    """Everything the reading of a register needs to know.

    Attributes:
        headers: folded column name → (field, rank); the lower rank wins where two columns mean one field.
        fill_down: fields whose vertically merged cell counts for each row it covers.
        categories: folded spelling → meaning.
        yes, no, blank: folded (yes, no) and lower-case (blank) cell values.
        skip, hints: folded first words of rows that are no projects; folded third-row hints of a header.
        dittos, groups: how rows lean on those around them.
        carried, asked: fields written once for several rows: filled down where that is plain, else told of.
        unit: yuan per unit where a table names none.
        max_amount: in yuan; above it the unit is taken to be wrong.
        schema: JSON Schema of one project's record.
        source: the folder the rules came from, for messages.
    """

    district_name: str
    townships: tuple[Township, ...]
    prefixes: tuple[str, ...]
    whole_district: frozenset[str]
    suffixes: tuple[str, ...]
    headers: Mapping[str, tuple[str, int]]
    fill_down: frozenset[str]
    categories: Mapping[str, CategoryWord]
    yes: frozenset[str]
    no: frozenset[str]
    blank: frozenset[str]
    skip: frozenset[str]
    hints: frozenset[str]
    dittos: Dittos
    groups: GroupWords
    carried: tuple[str, ...]
    asked: tuple[str, ...]
    unit: Decimal
    max_amount: Decimal
    schema: Mapping[str, object]
    source: str = "schemas"
