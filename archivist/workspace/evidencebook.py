"""The part of schemas/annex4.toml that says what an item asks of its papers, so that they are evidence ([item.evidence])."""

from __future__ import annotations

from collections.abc import Iterator

from archivist.core.evidence import EvidenceRule, EvidenceState, VoteRule
from archivist.workspace.rulefile import RuleTable


def evidence_rule(table: RuleTable) -> EvidenceRule:
    """Read one [item.evidence]."""
    rule = EvidenceRule(
        admissible=_states(table),
        records=table.flag("records", False),
        names=table.flag("names", False),
        issued=table.words("issued", ()),
        signed_off=table.words("signed_off", ()),
        votes=tuple(_vote(one) for one in table.tables("vote", "clause", optional=True)),
    )
    table.done()
    return rule


def facts_named(rule: EvidenceRule) -> Iterator[str]:
    """The names of the facts that ``rule`` looks at."""
    yield from rule.issued
    for vote in rule.votes:
        yield from (vote.due, vote.present, vote.yes, vote.no, vote.abstain)


def _states(table: RuleTable) -> tuple[EvidenceState, ...]:
    words = table.words("admissible")
    unknown = [word for word in words if word not in list(EvidenceState) or word == EvidenceState.DRAFT]
    if unknown or not words:
        allowed = "、".join(state for state in EvidenceState if state is not EvidenceState.DRAFT)
        table.wrong("admissible", f"应为 {allowed} 中的几种，现为 {list(words)!r}")
    return tuple(EvidenceState(word) for word in words if word not in unknown)


def _vote(table: RuleTable) -> VoteRule:
    clause, titles = table.text("clause"), table.words("titles", ())
    due, present, yes, no, abstain = (table.text(key) for key in ("due", "present", "yes", "no", "abstain"))
    quorum, majority = _share(table, "quorum"), _share(table, "majority")
    rule = VoteRule(clause, titles, due, present, yes, no, abstain, quorum, majority)
    table.done()
    return rule


def _share(table: RuleTable, key: str) -> tuple[int, int]:
    """A share of a whole as [part, whole]."""
    found = table.entries(key)
    whole = len(found) == 2 and all(isinstance(one, int) and one > 0 for one in found)
    if not whole or found[0] > found[1]:
        table.wrong(key, f"应为 [几, 分之几] 两个整数，如 [2, 3]，现为 {found!r}")
        return (1, 1)
    return (found[0], found[1])
