"""The sums of papers that are made to settle debts and claims (清偿凭证: 收据, 清算报告 …), told by their titles. Pure."""

from __future__ import annotations

import re

from archivist.core.model import Fact
from archivist.core.paper.amounts import amounts
from archivist.core.paper.reading import Reading
from archivist.core.paper.statements import short
from archivist.core.rules import FactRule

_HEAD = 3
_MOST = 200


def paid(rule: FactRule, one: Reading) -> list[Fact]:
    """Each amount with its sentence or row; one fact of 0 where such a paper names none."""
    head = [line.text for page in one.pages[:1] for line in page.lines[:_HEAD]]
    title = next((words for words in (one.title, *head) if _settles(rule, words)), "")
    if not title:
        return []
    found = [
        Fact(rule.name, amount.value, page, short(words))
        for page, words, unit in _rows(one)
        for amount in amounts(words, unit)
        if not amount.each
    ]
    return found[:_MOST] or [Fact(rule.name, "0.00", one.pages[0].number if one.pages else 1, title)]


def _settles(rule: FactRule, words: str) -> bool:
    bare = re.sub(r"\s", "", words)
    return any(label in bare for label in rule.labels)


def _rows(one: Reading) -> list[tuple[int, str, str]]:
    """Sentences, then the lines, which hold the rows of tables; the unit of bare figures is never guessed."""
    said = [(said.page, said.text, "") for said in one.said]
    lines = [(page.number, line.text, "") for page in one.pages for line in page.lines]
    return [*said, *(row for row in lines if not any(row[1].strip() in words for _, words, _ in said))]
