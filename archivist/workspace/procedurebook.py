"""Read what schemas/procedure.toml says (认定和处置的程序) into values; `rulebook` opens the file and tells its mistakes."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from archivist.core.override import SEEN_ON_PICTURES, OverrideRule
from archivist.core.project import Category
from archivist.core.rules import (
    AgreedRule,
    ClosingRule,
    DebtRule,
    EditionsRule,
    IdentityRule,
    ItemRule,
    OrderRule,
    Procedure,
    RootRule,
    SharedRule,
    Step,
)
from archivist.workspace.crossbook import cross_rules, numbers
from archivist.workspace.rulefile import RuleTable

_FACT = "[[fact]]"


def procedure_of(table: RuleTable, items: Sequence[ItemRule], facts: Collection[str]) -> Procedure:
    """The whole of it; ``items`` and ``facts`` are those that annex4.toml knows."""
    table.get("schema")
    known = [rule.number for rule in items]
    orders = tuple(_order(one, known) for one in table.tables("order", "slug"))
    gate = table.table("deregistration")
    procedure = Procedure(
        orders=orders,
        category=gate.choice("category", list(Category)),
        clause=gate.text("clause"),
        quote=gate.text("quote"),
        debts=_debts(table.table("debts"), known, facts) if "debts" in table else None,
        identity=_identity(table.table("identity"), known, facts) if "identity" in table else None,
        agreed=_agreed(table.table("agreed"), known, facts) if "agreed" in table else None,
        shared=_shared(table.table("shared"), known) if "shared" in table else None,
        editions=_editions(table.table("editions")) if "editions" in table else None,
        cross=cross_rules(table, known, facts),
        closing=_closing(gate.table("approval")) if "approval" in gate else None,
        root=_root(table.table("root")) if "root" in table else None,
        override=_override(table.table("override")) if "override" in table else None,
    )
    gate.done()
    table.done()
    slugs = [rule.slug for rule in orders]
    for slug in sorted({slug for slug in slugs if slugs.count(slug) > 1}):
        table.wrong("order.slug", f"{slug!r} 出现了两次")
    return procedure


def _closing(table: RuleTable) -> ClosingRule:
    rule = ClosingRule(table.text("title"), table.text("basis"))
    table.done()
    return rule


def _order(table: RuleTable, known: Sequence[int]) -> OrderRule:
    severity = table.choice("severity", ("error", "warning"))
    steps = tuple(_step(one, known) for one in table.tables("step", "name"))
    if len(steps) < 2:
        table.wrong("", "至少要有两个 [[order.step]]")
    slug, name, clause, quote = (table.text(key) for key in ("slug", "name", "clause", "quote"))
    table.done()
    return OrderRule(slug, name, clause, quote, severity == "error", steps)


def _step(table: RuleTable, known: Sequence[int]) -> Step:
    step = Step(table.text("name"), numbers(table, "items", known, some=True))
    table.done()
    return step


def _debts(table: RuleTable, known: Sequence[int], facts: Collection[str]) -> DebtRule:
    clause, quote, fact = (table.text(key) for key in ("clause", "quote", "fact"))
    table.known("fact", fact, facts, _FACT)
    paid = table.text("paid", "")
    if paid:
        table.known("paid", paid, facts, _FACT)
    sums, claims = (table.names(key, facts, _FACT) for key in ("sums", "claims"))
    rule = DebtRule(
        clause,
        quote,
        fact,
        table.words("open"),
        table.words("settled"),
        sums,
        table.words("owed", ()),
        claims,
        paid,
        numbers(table, "items", known),
    )
    table.done()
    return rule


def _agreed(table: RuleTable, known: Sequence[int], facts: Collection[str]) -> AgreedRule:
    clause, quote, fact = (table.text(key) for key in ("clause", "quote", "fact"))
    table.known("fact", fact, facts, _FACT)
    yes, conditional, no = (table.words(key) for key in ("yes", "conditional", "no"))
    items, about = numbers(table, "items", known, some=True), table.words("about", ())
    against, conditions, beside = (table.patterns(key) for key in ("against", "conditions", "beside"))
    rule = AgreedRule(clause, quote, fact, items, yes, conditional, no, about, against, conditions, beside)
    table.done()
    return rule


def _shared(table: RuleTable, known: Sequence[int]) -> SharedRule:
    rule = SharedRule(table.text("clause"), table.text("quote"), numbers(table, "items", known, some=True))
    table.done()
    return rule


def _editions(table: RuleTable) -> EditionsRule:
    rule = EditionsRule(table.text("clause"), table.text("quote"))
    table.done()
    return rule


def _identity(table: RuleTable, known: Sequence[int], facts: Collection[str]) -> IdentityRule:
    clause, fact = (table.text(key) for key in ("clause", "fact"))
    table.known("fact", fact, facts, _FACT)
    rule = IdentityRule(clause, fact, numbers(table, "items", known, some=True))
    table.done()
    return rule


def _root(table: RuleTable) -> RootRule:
    rule = RootRule(table.text("clause"), table.text("quote"))
    table.done()
    return rule


def _override(table: RuleTable) -> OverrideRule:
    codes = table.names("codes", SEEN_ON_PICTURES, "检查代码（只有软件看图得出的可以核定）")
    rule = OverrideRule(codes, table.text("basis"))
    table.done()
    return rule
