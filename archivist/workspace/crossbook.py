"""Read what schemas/procedure.toml says of several papers of one project together.

A file without these parts is a valid one: then nothing of the kind is compared.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

from archivist.core.checks.differs import FORMS
from archivist.core.crossrules import (
    AssessmentRule,
    CrossRules,
    DossierRule,
    InPaperRules,
    MatchRule,
    MatterRule,
    MeetingRule,
    PlaceRule,
    Point,
    ScopeRule,
)
from archivist.core.dossier.told import FORMS as DOSSIER_FORMS
from archivist.core.project import Category, Project

if TYPE_CHECKING:
    from archivist.workspace.rulefile import RuleTable

_FACT = "[[fact]]"
_COLUMNS = tuple(field.name for field in fields(Project))


def cross_rules(table: RuleTable, known: Sequence[int], facts: Collection[str]) -> CrossRules:
    """Read the parts ``[[match]]``, ``[place]`` and ``[alike]``; ``known`` are the catalogue's items."""
    return CrossRules(
        matches=tuple(_match(one, known, facts) for one in table.tables("match", "slug", optional=True)),
        place=_place(table.table("place"), known, facts) if "place" in table else None,
        assessment=_assessment(table.table("assessed"), known, facts) if "assessed" in table else None,
        scopes=tuple(_scope(one, known) for one in table.tables("scope", "category", optional=True)),
        matters=tuple(_matter(one, known, facts) for one in table.tables("matter", "slug", optional=True)),
        meetings=tuple(_meeting(one, known, facts) for one in table.tables("meeting", "name", optional=True)),
        within=_within(table.table("within"), facts) if "within" in table else None,
        confused=_confused(table.table("alike", optional=True)),
        dossiers=tuple(_dossier(one, known, facts) for one in table.tables("dossier", "slug", optional=True)),
    )


def numbers(
    table: RuleTable, key: str, known: Sequence[int], every: bool = False, some: bool = False
) -> tuple[int, ...]:
    """Items of the catalogue, at least one where ``some``; a key left out stands for none, or for every one of them."""
    found = table.entries(key, list(known) if every else [])
    if (some and not found) or any(number not in known for number in found):
        listed = "、".join(map(str, known))
        table.wrong(key, f"应为归档目录的序号（{listed}），现为 {found!r}")
    return tuple(number for number in found if number in known)


def strict(table: RuleTable) -> bool:
    """Whether a breach stands in the way (error), or asks for a reason (warning)."""
    return table.choice("severity", ("error", "warning")) == "error"


def _match(table: RuleTable, known: Sequence[int], facts: Collection[str]) -> MatchRule:
    rule = MatchRule(
        slug=table.text("slug"),
        name=table.text("name"),
        form=table.choice("form", tuple(FORMS)),
        facts=table.names("facts", facts, _FACT),
        register=table.names("register", _COLUMNS, "台账字段"),
        items=numbers(table, "items", known, every=True),
        clause=table.text("clause"),
        quote=table.text("quote"),
        strict=strict(table),
        apart=table.words("apart", ()),
    )
    table.done()
    return rule


def _place(table: RuleTable, known: Sequence[int], facts: Collection[str]) -> PlaceRule:
    clause, quote, fact = (table.text(key) for key in ("clause", "quote", "fact"))
    table.known("fact", fact, facts, _FACT)
    mentioned = table.words("mentioned", ())
    for one in mentioned:
        table.known("mentioned", one, facts, _FACT)
    rule = PlaceRule(
        clause,
        quote,
        numbers(table, "villages", known),
        numbers(table, "townships", known),
        fact,
        table.words("never", ()),
        numbers(table, "districts", known) if "districts" in table else (),
        table.text("district", ""),
        numbers(table, "mentions", known) if "mentions" in table else (),
        mentioned,
    )
    table.done()
    return rule


def _assessment(table: RuleTable, known: Sequence[int], facts: Collection[str]) -> AssessmentRule:
    clause, quote, advice = (table.text(key) for key in ("clause", "quote", "advice"))
    table.known("advice", advice, facts, _FACT)
    rule = AssessmentRule(
        clause,
        quote,
        numbers(table, "items", known),
        tuple(_point(one, facts) for one in table.tables("point", "name")),
        advice,
        table.words("yes"),
        table.words("no"),
    )
    table.done()
    return rule


def _point(table: RuleTable, facts: Collection[str]) -> Point:
    point = Point(table.text("name"), table.names("facts", facts, _FACT))
    table.done()
    return point


def _scope(table: RuleTable, known: Sequence[int]) -> ScopeRule:
    rule = ScopeRule(
        category=table.choice("category", list(Category)),
        major=table.flag("major") if "major" in table else None,
        items=numbers(table, "items", known, every=True),
        name=table.text("name"),
        clause=table.text("clause"),
        quote=table.text("quote"),
    )
    table.done()
    return rule


def _matter(table: RuleTable, known: Sequence[int], facts: Collection[str]) -> MatterRule:
    rule = MatterRule(
        slug=table.text("slug"),
        name=table.text("name"),
        clause=table.text("clause"),
        quote=table.text("quote"),
        strict=strict(table),
        message=table.text("message"),
        told=table.names("told", facts, _FACT),
        denied=table.words("denied", ()),
        ownership=table.words("ownership", ()),
        met=table.names("met", facts, _FACT),
        unmet=table.words("unmet", ()),
        titles=table.patterns("titles"),
        items=numbers(table, "items", known, every=True),
        met_items=numbers(table, "met_items", known),
    )
    table.done()
    return rule


def _meeting(table: RuleTable, known: Sequence[int], facts: Collection[str]) -> MeetingRule:
    fact, item = table.text("fact"), table.number("item")
    table.known("fact", fact, facts, _FACT)
    if item not in known:
        table.wrong("item", f"应为归档目录的序号，现为 {item}")
    rule = MeetingRule(
        table.text("name"),
        table.text("clause"),
        table.text("quote"),
        fact,
        item,
        table.number("days"),
        table.names("counts", facts, _FACT),
    )
    table.done()
    return rule


def _within(table: RuleTable, facts: Collection[str]) -> InPaperRules:
    publicity = table.text("publicity")
    table.known("publicity", publicity, facts, _FACT)
    rules = InPaperRules(
        table.text("clause"), table.text("quote"), publicity, table.names("sums", facts, _FACT)
    )
    table.done()
    return rules


def _dossier(table: RuleTable, known: Sequence[int], facts: Collection[str]) -> DossierRule:
    fields, fixed = table.table("facts"), table.table("fixed", optional=True)
    for name in fields.data:
        fields.known(name, name, facts, _FACT)
    rule = DossierRule(
        slug=table.text("slug"),
        name=table.text("name"),
        form=table.choice("form", DOSSIER_FORMS),
        section=table.text("section"),
        items=numbers(table, "items", known, some=True),
        facts={name: fields.text(name) for name in fields.data},
        clause=table.text("clause"),
        quote=table.text("quote"),
        strict=strict(table),
        day=table.text("day", ""),
        fixed={name: fixed.text(name) for name in fixed.data},
        details=table.words("details", ()),
        unsure=table.words("unsure", ()),
    )
    table.done()
    return rule


def _confused(table: RuleTable) -> Mapping[int, str]:
    groups = table.words("groups", ())
    table.done()
    return {ord(char): group[0] for group in groups for char in group[1:]}
