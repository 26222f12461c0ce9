"""Whether the vote of a record carries what it resolves (到会人数、表决票数): what is printed, and what is refused.

The rules of quorum and majority are those that filed records are held to (schemas/annex4.toml, ``[[item.evidence.vote]]``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from archivist.core.drafts.kinds import DocumentKind, VoteFields
from archivist.core.evidence import VoteRule, rule_for
from archivist.core.patterns import lazily
from archivist.core.words.numbers import in_words

AGREES = lazily(r"(?<![不未])(?:同意|通过|赞成)")
"""Words of a resolution that agrees."""


def outcome(kind: DocumentKind, values: Mapping[str, Any], votes: Sequence[VoteRule]) -> str | None:
    """The sentence that says how the vote went; None where numbers are open, or the kind tells of no vote."""
    vote, numbers = kind.vote, _numbers(kind.vote, values)
    if vote is None or numbers is None or not votes:
        return None
    rule = rule_for(votes, str(values.get(vote.meeting, "")))
    due, present, yes = numbers
    if not rule.quorate(due, present):
        return f"到会人数不足应到人数的{_fraction(rule.quorum)}，会议的决定不算数，表决未通过。"
    if not rule.carried(present, yes):
        return f"同意的没有超过到会人数的{_fraction(rule.majority)}，表决未通过。"
    return f"到会人数达到应到人数的{_fraction(rule.quorum)}，同意的超过到会人数的{_fraction(rule.majority)}，表决通过。"


def vote_problems(kind: DocumentKind, values: Mapping[str, Any], votes: Sequence[VoteRule]) -> Iterator[str]:
    """What a person resolved that the vote does not carry."""
    vote, told = kind.vote, outcome(kind, values, votes)
    if vote is None or told is None or told.endswith("表决通过。"):
        return
    for line in values.get(vote.resolution, ()):
        if AGREES.search(str(line)):
            yield (
                f"“{kind.field(vote.resolution).title}”写着“{str(line)[:30]}”，但{told.removesuffix('。')}。"
                "人数写错了的请改正；没有通过的，决议照实写"
            )
            return


def _numbers(vote: VoteFields | None, values: Mapping[str, Any]) -> tuple[int, int, int] | None:
    if vote is None:
        return None
    found = [values.get(name) for name in (vote.due, vote.present, vote.yes)]
    due, present, yes = found
    if isinstance(due, int) and isinstance(present, int) and isinstance(yes, int):
        return due, present, yes
    return None


def _fraction(parts: tuple[int, int]) -> str:
    part, whole = parts
    return f"{in_words(whole)}分之{in_words(part)}"
