"""The words that tell a date's role (schemas/annex4.toml, [dates]), made ready for looking: labels, what stands behind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from archivist.core.daterules import DateRole, DateRules
from archivist.core.patterns import lazily
from archivist.core.text import normal

_TAIL = 30
"""Characters before a date in which its label ends."""
_TO = lazily(r"[—\-~–至到]{1,3}\s?(?:[0-9]|[一二][〇○零]|今|长期)")
_UNTIL = lazily(r"[日0-9]\s?(?:至|到|[—\-~–]{1,3})\s?$")
_OTHER_LABEL = lazily(r"[一-龥](?:时间|日期|期限|年度|年月)\s?[:：]\s?$")


@dataclass(frozen=True, slots=True)
class Words:
    """The rules as patterns.

    Attributes:
        label: the role that the label at the end of some text gives a date behind it.
        plain: whether such a label says only that the date is the paper's own. unknown: whether it is another label.
        behind: the role that text directly behind a date gives it. clause: the one that its clause gives it.
        apart: whether text ends with such a word set apart from what is before it, as in the row of a table.
        beside, body: whether text ends so that papers are dated beside or under it. headed: whether it begins so.
        witness: whether a line is of who dates an agreement besides its parties.
        meets: whether a sentence tells of a meeting held. announces: whether it goes on to what it decided.
        stamped: whether a line is an app's or a camera's.
    """

    label: Callable[[str], DateRole | None]
    plain: Callable[[str], bool]
    unknown: Callable[[str], bool]
    behind: Callable[[str], DateRole | None]
    clause: Callable[[str, str], DateRole | None]
    apart: Callable[[str], bool]
    beside: Callable[[str], bool]
    body: Callable[[str], bool]
    headed: Callable[[str], bool]
    witness: Callable[[str], bool]
    meets: Callable[[str], bool]
    announces: Callable[[str], bool]
    stamped: Callable[[str], bool]


@lru_cache(maxsize=8)
def words_of(rules: DateRules) -> Words:
    """Make ``rules`` ready."""
    labels = {_squashed(word): one.role for one in rules.roles for word in one.labels}
    ends = {normal(word): one.role for one in rules.roles for word in one.behind}
    label = re.compile(rf"({_any(labels, True)})[\s:：为是】\]]{{0,3}}$")
    plain = re.compile(rf"(?<![一-龥])(?:{_any(rules.plain, True)})[\s:：为是】\]]{{0,3}}$")
    behind = re.compile(rf"\s?({_any(ends)})")
    beside = re.compile(rf"(?:{_any(rules.beside, True)})\s?[:：)）]?\s?$")
    apart = re.compile(rf"(?:^|[\s（(:：|])(?:{_any((*rules.beside, *rules.plain), True)})\s?[:：)）]?\s?$")
    body = re.compile(rf"(?:{_any(rules.bodies)})\s?(?:[（(][^）)]{{0,8}}[）)])?\s?[:：]?\s?$")
    headed = re.compile(rf"(?:{_any((*rules.beside, *rules.plain), True)})")
    meets = re.compile(rf"(?:{_any(rules.meets)})(?!的)")
    stamps = [normal(word) for one in rules.roles if one.role is DateRole.STAMP for word in one.near]

    def labelled(text: str) -> DateRole | None:
        match = label.search(text[-_TAIL:])
        return labels[_squashed(match[1])] if match else None

    def followed(text: str) -> DateRole | None:
        if _TO.match(text):
            return DateRole.TERM
        match = behind.match(text)
        return ends[match[1]] if match else None

    return Words(
        label=labelled,
        plain=lambda text: bool(plain.search(text[-_TAIL:])),
        unknown=lambda text: bool(_OTHER_LABEL.search(text[-_TAIL:])),
        behind=followed,
        clause=lambda before, after: _clause(rules, before, after),
        apart=lambda text: bool(apart.search(text[-_TAIL:])),
        beside=lambda text: bool(beside.search(text[-_TAIL:])),
        body=lambda text: bool(body.search(text[-_TAIL:])),
        headed=lambda text: bool(headed.match(text)),
        witness=lambda text: any(word in text for word in rules.witnesses),
        meets=lambda text: bool(meets.search(text)),
        announces=lambda text: any(word in text for word in rules.announces),
        stamped=lambda text: any(word in text for word in stamps),
    )


def _clause(rules: DateRules, before: str, after: str) -> DateRole | None:
    if _UNTIL.search(before):
        return DateRole.TERM
    clause = before + after
    for one in rules.roles:
        if any(before.rstrip().endswith(word) or (len(word) > 1 and word in before) for word in one.ahead):
            return one.role
        if one.role is not DateRole.STAMP and any(word in clause for word in one.near):
            return one.role
    return None


def _squashed(text: str) -> str:
    return "".join(normal(text).split())


def _any(words: Iterable[str], spaced: bool = False) -> str:
    """A pattern for any of ``words``, the longest first; ``spaced`` lets blanks stand between their characters."""
    between = r"\s?" if spaced else ""
    listed = sorted({_squashed(word) for word in words}, key=lambda word: (-len(word), word))
    return "|".join(between.join(map(re.escape, word)) for word in listed) or r"(?!)"
