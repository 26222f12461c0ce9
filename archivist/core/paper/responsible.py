"""Who is responsible for a document (责任者, DA/T 22: the body that made it), by the full name the register knows.

Only what the paper shows: the body whose seal was read, else the issuing body it names, if that is one of those whose
document it must be. What is neither is nobody's until a person says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from archivist.core.model import Fact, Marks
from archivist.core.paper.seals import likeness
from archivist.core.patterns import lazily
from archivist.core.rules import FactRule

_LIKE = 0.8
_WHERE = lazily(r"^[）)】\]:：\s]*(?:(?:重庆市)?大足区)?")


def parties(facts: Iterable[Fact], rules: Iterable[FactRule]) -> tuple[str, ...]:
    """The bodies that made a paper with one another (甲方、乙方), as it names them, without where all of them are."""
    named = {rule.name for rule in rules if rule.party}
    return tuple(dict.fromkeys(_WHERE.sub("", one.value) for one in facts if one.name in named))


def responsible(
    marks: Marks, issuer: str | None, bodies: Sequence[str], made_by: Sequence[str] = ()
) -> str | None:
    """Return the body's full name, None when the paper does not show it.

    Args:
        marks: the document's seals among them. issuer: the issuing body as read off the paper.
        bodies: full names of the bodies whose document it may be (see `marks.sealers`).
        made_by: the parties of an agreement: all of them are responsible for it.
    """
    if len(made_by) > 1:
        return "、".join(made_by)
    sealed = {seal.owner for seal in marks.seals if seal.owner}
    if len(sealed) == 1:
        return sealed.pop()
    if sealed or not issuer:
        return None  # several sealed it: which of them made it is not ours to say
    best = max(((likeness(issuer, body), body) for body in bodies), default=(0.0, ""))
    return best[1] if best[0] >= _LIKE else None
