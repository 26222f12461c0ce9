"""What a dossier may hold, as data: schemas/dossier.schema.json (fields) and schemas/dossier.toml (keys, cross rules)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.core.drafts.kinds import DocumentKind, Field

if TYPE_CHECKING:
    from archivist.core.dossier.values import Dossier, Row
    from archivist.core.evidence import VoteRule


@dataclass(frozen=True, slots=True)
class SectionRule:
    """What a row of a section is known by; ``counted``: the key is given by itself where it is left blank."""

    name: str
    key: str
    counted: bool


@dataclass(frozen=True, slots=True)
class CrossRule:
    """What must hold between cells: ``form`` says how the rest is meant (see the head of dossier.toml).

    Attributes:
        told: what is wrong where it does not hold. basis: the clause with its words, 算术 or 软件约定.
        fields: of ``unique`` those compared, of ``total`` the parts, of ``needs`` and ``bars`` those asked for.
        field: whose value decides whether the rule is asked, by ``values`` (any where there are none).
        one, other: the smaller and the larger, the earlier and the later, the two numbers; ``other`` of ``total`` the whole.
        to: the other section, "" for the same row.
        where, being: a second condition.
    """

    form: str
    section: str
    told: str
    basis: str
    fields: tuple[str, ...] = ()
    field: str = ""
    values: tuple[str, ...] = ()
    one: str = ""
    other: str = ""
    to: str = ""
    where: str = ""
    being: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """The whole of it. ``kind`` holds the sections as fields that are tables; ``votes`` say when a vote carries."""

    kind: DocumentKind
    sections: tuple[SectionRule, ...]
    rules: tuple[CrossRule, ...] = ()
    votes: tuple[VoteRule, ...] = ()

    def field(self, section: str) -> Field:
        """A section with its columns; KeyError when there is none."""
        return self.kind.field(section)

    def rule(self, section: str) -> SectionRule:
        """What a section's rows are known by; KeyError when there is none."""
        for one in self.sections:
            if one.name == section:
                return one
        raise KeyError(section)

    def key(self, section: str) -> str:
        """The field that a section's rows are known by."""
        return self.rule(section).key

    def known(self, dossier: Dossier) -> Dossier:
        """A dossier as far as the book knows its sections and fields: a district's own may have fewer than before."""
        kept = {}
        for one in self.kind.fields:
            if dossier.tells(one.name):
                columns = [column.name for column in one.columns]
                rows = (
                    {name: row[name] for name in columns if name in row} for row in dossier.rows(one.name)
                )
                kept[one.name] = tuple(rows)
        return type(dossier)(kept)

    def called(self, section: str, row: Row) -> str:
        """A row as people find it: its key with the first words that it says of itself."""
        words = (row[one.name] for one in self.field(section).columns if one.name in row)
        told = [word for word in words if word != row.get(self.key(section))][:2]
        return "　".join(one for one in (row.get(self.key(section), ""), *told) if one)

    def ordered(self, sections: Iterable[str]) -> list[str]:
        """Names of sections as the book orders them."""
        known = [one.name for one in self.sections]
        return sorted(sections, key=known.index)

    def summary(self, dossier: Dossier) -> str:
        """How much a dossier holds: 资产 3、债权债务 无."""
        told = (f"{name} {len(dossier.rows(name)) or '无'}" for name in self.ordered(dossier.sections))
        return "、".join(told)
