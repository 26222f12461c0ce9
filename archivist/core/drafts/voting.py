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
_ACTS = lazily(
    r"(?<![不未])(?:予以|准予|批准|认定为|确认为|列为|拍卖|变卖|出让|报废|拆除|销号|退出|淘汰|实施|执行|办理)"
)
"""Words of a resolution that acts as if it were agreed."""
_DENIES = lazily(
    r"未(?:能|获|获得)?通过|没有(?:获得)?通过|不通过|不同意|未(?:获)?同意|没有同意|不赞成|另行|再议|否决|不予|暂不|暂缓|搁置|不算数"
)
"""Words of a resolution that does not agree, or leaves it for another time."""
_REFUSES = lazily(
    r"(?<![人户名位票无])(?<!没有)(?:不同意|不赞成)(?![见者的票数0-9０-９一二三四五六七八九十])|否决"
)
_FAILED = lazily(r"(?:未(?:能|获|获得)?|没有(?:获得)?)通过(?!验收|评|审|年检|检|环)")


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
    """What a person resolved that the vote does not carry, and what it carried that the resolution denies."""
    vote, told = kind.vote, outcome(kind, values, votes)
    if vote is None or told is None:
        return
    carried = told.endswith("表决通过。")
    line = (_denied if carried else _acted)([str(one) for one in values.get(vote.resolution, ())])
    if line:
        yield (
            f"“{kind.field(vote.resolution).title}”写着“{line[:30]}”，但{told.removesuffix('。')}。"
            f"人数写错了的请改正；{'通过了的' if carried else '没有通过的'}，决议照实写"
        )


def _acted(lines: Sequence[str]) -> str:
    """The line of a resolution over a failed vote that agrees, or acts as if it did; "" where none does.

    A resolution that nowhere says that the matter did not pass, or is left for another time, agrees in whatever words.
    """
    for line in lines:
        if (AGREES.search(line) or _ACTS.search(line)) and not _DENIES.search(line):
            return line
    return "" if any(map(_DENIES.search, lines)) else next(iter(lines), "")


def _denied(lines: Sequence[str]) -> str:
    """The line of a resolution over a vote that carried that says that it did not, or that refuses; "" where none does."""
    agreed = any(map(AGREES.search, lines))
    return next(
        (line for line in lines if _FAILED.search(line) or (_REFUSES.search(line) and not agreed)), ""
    )


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
