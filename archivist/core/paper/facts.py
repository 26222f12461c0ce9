"""Facts read out of a document for later checks (项目名称, 资金, 表决, 会议意见 …), each with its page and its words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from archivist.core.model import Fact
from archivist.core.page import Page
from archivist.core.paper import attachments, cells, fund, judging, meetings
from archivist.core.paper.called import called
from archivist.core.paper.outcomes import decides, decisions, tabled
from archivist.core.paper.paid import paid
from archivist.core.paper.printedroot import roots
from archivist.core.paper.reading import Reading
from archivist.core.paper.sums import Sum
from archivist.core.paper.told import told
from archivist.core.paper.verdicts import settled
from archivist.core.rules import FactRule
from archivist.core.saying import NO_SAYINGS, Sayings

PART = "（其中）"
"""Behind the name of a sum that is a part of another, so that nobody counts it twice."""


def read_facts(
    kind: str | None,
    pages: Sequence[Page],
    rules: Sequence[FactRule],
    sayings: Sayings = NO_SAYINGS,
    *,
    title: str = "",
    projects: Sequence[tuple[str, str]] = (),
    issuer: str | None = None,
) -> tuple[Fact, ...]:
    """Return the facts found, in the order of the rules; most come once, some (附件, 债务, 会议意见) several times.

    Args:
        kind: of the paper. pages: its pages. title: as it was read.
        projects: (number, name) of the register's projects that the paper plainly names.
        issuer: the body that issued it.
    """
    one = Reading(kind, tuple(pages), sayings, title, tuple(projects), issuer)
    return tuple(
        fact
        for rule in rules
        if not rule.kinds or kind in rule.kinds
        for fact in _READERS[rule.form](rule, one)
        if fact.value
    )


def of_project(facts: Sequence[Fact], project: str | None) -> tuple[Fact, ...]:
    """The facts of a paper about several projects that one of them keeps: its own and those of the whole paper."""
    return tuple(fact for fact in facts if not fact.project or fact.project == project)


def doubts(facts: Sequence[Fact], unsure: str) -> tuple[str, ...]:
    """What people have to look at among the facts, a sentence each."""
    return tuple(
        f"{fact.name}{unsure}：{fact.detail or f'第{fact.page}页“{fact.quote}”'}，请看原件"
        for fact in facts
        if fact.value == unsure
    )


def _votes(rule: FactRule, one: Reading) -> list[Fact]:
    found = [count for count in one.votes if count.name == rule.name]
    several = len({count.topic for count in found}) > 1
    return [
        Fact(
            rule.name,
            str(count.number),
            count.page,
            count.quote,
            detail="、".join(
                word
                for word in ("一致同意" if count.unanimous else "", count.topic[:40] if several else "")
                if word
            ),
        )
        for count in found
    ]


def _outcomes(rule: FactRule, one: Reading) -> list[Fact]:
    words = one.sayings.decisions
    if not decides(one.kind, one.title, words):
        return []
    found = [
        *decisions(one.told, one.named, words, title=one.title, issuer=one.issuer),
        *tabled(one.tables, one.named, words),
    ]
    return [
        Fact(rule.name, told.outcome, told.page, told.quote, told.project, detail=told.detail)
        for told in settled(found, words, one.votes)
    ]


def _sums(rule: FactRule, one: Reading) -> list[Fact]:
    return [_sum(rule, found, one) for found in one.sums if found.name == rule.name]


def _sum(rule: FactRule, found: Sum, one: Reading) -> Fact:
    about = "约" if found.about else ""
    return Fact(
        rule.name + (PART if found.part else ""),
        f"{found.yuan:.2f}",
        found.page,
        found.quote,
        one.scope_of(found.quote, found.topic),
        found.state,
        found.party,
        f"{about}{found.what}",
    )


def _attached(rule: FactRule, one: Reading) -> list[Fact]:
    return [Fact(rule.name, name, page, quote) for name, page, quote in attachments.attachments(one.pages)]


_Reader = Callable[[FactRule, Reading], list[Fact]]
_READERS: dict[str, _Reader] = {
    "text": cells.text,
    "code": cells.code,
    "money": fund.money,
    "count": _votes,
    "ticks": judging.category,
    "number": cells.number,
    "sentence": cells.sentence,
    "outcome": _outcomes,
    "sum": _sums,
    "list": _attached,
    "assessor": judging.assessor,
    "advice": judging.advice,
    "called": called,
    "paid": paid,
    "told": told,
    "root": roots,
    "period": meetings.period,
    "met": meetings.met,
}
FORMS = tuple(_READERS)
"""The forms a fact may have (schemas/annex4.toml)."""
