"""Sentences that tell of a matter (耕地、确权、诉求 …): that hold one of its words, or stand under a heading that does.

A heading alone tells nothing, and neither does a place that is still to be filled in.
"""

from __future__ import annotations

from archivist.core.model import Fact
from archivist.core.paper.reading import Reading
from archivist.core.patterns import lazily
from archivist.core.rules import FactRule

_COMMA = lazily("[，,；;]")
_MOST = 12
_LONGEST = 160
_UNFILLED = ("【待填】", "____", "××")


def _head(topic: str) -> str:
    """The words of a heading: a numbered sentence (四、土地已退还，恢复种粮。) is none beyond its first comma."""
    sentence, end, _ = topic.partition("。")
    return _COMMA.split(sentence, maxsplit=1)[0] if end else topic


def told(rule: FactRule, one: Reading) -> list[Fact]:
    """Each sentence, in order, with the project it is about."""
    found: dict[str, Fact] = {}
    for said in one.said:
        head = _head(said.topic)
        if said.text.rstrip("。") == head or any(mark in said.text for mark in _UNFILLED):
            continue
        if any(label in said.text or label in head for label in rule.labels):
            scope = one.scope_of(said.quote, said.topic)
            found.setdefault(said.text, Fact(rule.name, said.text[:_LONGEST], said.page, said.quote, scope))
    return list(found.values())[:_MOST]
