"""Read what schemas/annex4.toml tells of the words of papers: bodies, outcomes of decisions, sums of money.

A file without these parts is a valid one: then nothing of the kind is read.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from archivist.core.saying import BodyRules, DecisionRules, OutcomeRule, Sayings, SumRules

if TYPE_CHECKING:
    from archivist.workspace.rulefile import RuleTable


def sayings(table: RuleTable, kinds: Collection[str]) -> Sayings:
    """Read the parts ``[bodies]``, ``[[outcome]]``, ``[deciding]``, ``[sums]`` and ``[[advice]]``."""
    return Sayings(
        _bodies(table.table("bodies", optional=True)),
        _decisions(table, table.table("deciding", optional=True), kinds),
        _sums(table.table("sums", optional=True)),
        tuple(_outcome(one) for one in table.tables("advice", "name", optional=True)),
    )


def _bodies(table: RuleTable) -> BodyRules:
    endings, never, within = (table.words(key, ()) for key in ("endings", "never", "within"))
    rules = BodyRules(endings, never, within)
    table.done()
    return rules


def _decisions(whole: RuleTable, table: RuleTable, kinds: Collection[str]) -> DecisionRules:
    rules = DecisionRules(
        outcomes=tuple(_outcome(one) for one in whole.tables("outcome", "name", optional=True)),
        kinds=table.names("kinds", kinds, "[[kind]]"),
        titled=table.words("titled", ()),
        noise=table.patterns("noise"),
        denied=table.patterns("denied"),
        earlier=table.patterns("earlier"),
        proposed=table.patterns("proposed"),
        asked=table.patterns("asked"),
        sought=table.patterns("sought"),
        single=table.patterns("single"),
        condition=table.patterns("condition"),
        void=table.patterns("void"),
        column=table.words("column", ()),
        other_column=table.words("other_column", ()),
    )
    table.done()
    return rules


def _outcome(table: RuleTable) -> OutcomeRule:
    rule = OutcomeRule(
        name=table.text("name"),
        patterns=table.patterns("patterns"),
        agrees=table.flag("agrees", False),
        conditional=table.flag("conditional", False),
        hears=table.flag("hears", False),
        defers=table.flag("defers", False),
    )
    table.done()
    return rule


def _sums(table: RuleTable) -> SumRules:
    settled, still_open, disputed = (table.words(key, ()) for key in ("settled", "open", "disputed"))
    rules = SumRules(settled, still_open, disputed, table.patterns("none"))
    table.done()
    return rules
