"""What filed papers tell of a dossier (项目底册): rows with page and quote, held against the dossier or offered to it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from archivist.core.compare import money, names
from archivist.core.dossier.values import Dossier, Row, number, plain
from archivist.core.model import Fact
from archivist.core.paper.sums import OPEN, SETTLED

if TYPE_CHECKING:
    from archivist.core.crossrules import DossierRule
    from archivist.core.document import Holding

WAN = Decimal(10_000)
_MONEY, _PARTY, _FOR, _STATE = "金额", "对方名称", "事由", "是否结清"
_FROM, _TO = "开始日期", "截止日期"
_PROOF, _ABOUT = "凭据", "公示内容"
_SAME_NAME = frozenset({"会议地点", "评估单位", "评估结论", "对方名称"})
"""Fields that people word freely: alike is enough."""


class Clash(NamedTuple):
    """A field of which paper and dossier say different things: the dossier's words, and the fact that says otherwise."""

    field: str
    known: str
    said: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Told:
    """A row as one paper tells it: ``values`` by field, and the fact each was read from (the paper's day from none)."""

    rule: DossierRule
    held: Holding
    values: Row
    facts: Mapping[str, Fact]

    @property
    def shown(self) -> Fact:
        """The fact that is quoted for all of it."""
        return next(iter(self.facts.values()))

    @property
    def id(self) -> str:
        """What it is confirmed by: the same for the same words of the same paper."""
        words = "\n".join(
            (self.rule.slug, self.held.id, *(f"{name}={text}" for name, text in self.values.items()))
        )
        return hashlib.sha256(words.encode("utf-8", "backslashreplace")).hexdigest()[:6]


def told(documents: Sequence[Holding], code: str, rules: Sequence[DossierRule]) -> Iterator[Told]:
    """All that the papers of project ``code`` tell, rule by rule."""
    for rule in rules:
        for held in documents:
            if held.item in rule.items:
                yield from _TELLERS[rule.form](rule, held, _facts(rule, held, code))


def _facts(rule: DossierRule, held: Holding, code: str) -> list[Fact]:
    """The facts of a rule that are about the project; its own outweigh those of the whole paper."""
    found = [
        fact
        for fact in held.facts
        if fact.name in rule.facts
        and fact.project in ("", code)
        and fact.value not in rule.unsure
        and (not rule.details or any(word in fact.detail for word in rule.details))
    ]
    return [fact for fact in found if fact.project] or found


def official(iso: str | None) -> str:
    """A paper's day as a dossier holds it; "" for one that is not whole."""
    try:
        found = date.fromisoformat(iso or "")
    except ValueError:
        return ""
    return f"{found.year}年{found.month}月{found.day}日"


# -- what a paper tells, by form -----------------------------------------------------------------------------------


def _sums(rule: DossierRule, held: Holding, facts: Sequence[Fact]) -> Iterator[Told]:
    for fact in facts:
        field = rule.facts[fact.name]
        amount = Decimal(fact.value)
        if amount <= 0 or fact.detail.startswith("约"):
            continue
        said = {**rule.fixed, field: plain(amount / WAN), _PARTY: fact.party, _FOR: fact.detail}
        said[_STATE] = SETTLED if fact.state == SETTLED else OPEN if fact.state else ""
        said[_PROOF] = held.title or ""
        values = {name: text for name, text in said.items() if text}
        yield Told(rule, held, values, {field: fact})


def _row(rule: DossierRule, held: Holding, facts: Sequence[Fact]) -> Iterator[Told]:
    first: dict[str, Fact] = {}
    several = set()
    for fact in facts:
        field = rule.facts[fact.name]
        if first.setdefault(field, fact).value != fact.value:
            several.add(field)  # several votes, several places: nobody can tell which is this project's
    clear = {field: fact for field, fact in first.items() if field not in several}
    day = official(held.date) if rule.day else ""
    if clear and (day or not rule.day):
        said = {**rule.fixed, rule.day: day, **{field: fact.value for field, fact in clear.items()}}
        yield Told(rule, held, {name: text for name, text in said.items() if name and text}, clear)


def _period(rule: DossierRule, held: Holding, facts: Sequence[Fact]) -> Iterator[Told]:
    for fact in facts:
        first, _, last = (official(part) for part in fact.value.partition("/"))
        if first and last:
            days = {rule.facts[fact.name]: fact.detail} if fact.detail.isdecimal() else {}
            said = {_FROM: first, _TO: last, **days}
            about = {_ABOUT: held.title} if held.title else {}
            yield Told(rule, held, {**about, **said}, dict.fromkeys(said, fact))


def _whole(rule: DossierRule, held: Holding, facts: Sequence[Fact]) -> Iterator[Told]:
    for fact in facts:
        if not fact.detail.startswith("约"):
            field = rule.facts[fact.name]
            yield Told(rule, held, {field: plain(Decimal(fact.value) / WAN)}, {field: fact})


def _parties(rule: DossierRule, held: Holding, facts: Sequence[Fact]) -> Iterator[Told]:
    if facts:
        yield Told(rule, held, {fact.name: fact.value for fact in facts}, {fact.name: fact for fact in facts})


_TELLERS: Mapping[str, Callable[[DossierRule, Holding, Sequence[Fact]], Iterator[Told]]] = {
    "sums": _sums,
    "row": _row,
    "period": _period,
    "whole": _whole,
    "parties": _parties,
}
FORMS = tuple(_TELLERS)
"""The forms of `DossierRule`."""

OFFERED = ("sums", "row", "period")
"""Those whose rows can be taken into a dossier."""


# -- held against the dossier --------------------------------------------------------------------------------------


class Met(NamedTuple):
    """The row of the dossier that a paper tells of (None: it has none such), and where the two differ."""

    row: Row | None
    clashes: tuple[Clash, ...]


def met(one: Told, dossier: Dossier, confused: Mapping[int, str]) -> Met | None:
    """How a paper's row stands to the dossier; None where the dossier tells nothing that it could be held against."""
    rows = dossier.rows(one.rule.section)
    if one.rule.form == "whole":
        return _met_whole(one, rows)
    if one.rule.form == "parties":
        return _met_party(one, rows, confused)
    mine = [row for row in rows if all(row.get(name) == text for name, text in one.rule.fixed.items())]
    if not mine and one.rule.form != "sums":
        return None
    if one.rule.form == "sums":
        return _met_sum(one, dossier, mine, confused)
    keys = [one.rule.day] if one.rule.day else [_FROM, _TO] if one.rule.form == "period" else []
    row = next((row for row in mine if any(row.get(key) == one.values[key] for key in keys)), None)
    if row is None and keys:
        return Met(None, ())
    return _compared(one, row or mine[0], confused)


def _compared(one: Told, row: Row, confused: Mapping[int, str]) -> Met:
    return Met(
        row,
        tuple(
            Clash(field, row[field], one.values[field], fact)
            for field, fact in one.facts.items()
            if field in row and not _alike(field, row[field], one.values[field], confused)
        ),
    )


def _alike(field: str, known: str, said: str, confused: Mapping[int, str]) -> bool:
    first, second = number(known), number(said)
    if first is not None and second is not None:
        return first == second
    return known == said or (field in _SAME_NAME and names.alike(known, said, confused))


def _met_sum(one: Told, dossier: Dossier, rows: Sequence[Row], confused: Mapping[int, str]) -> Met | None:
    """A debt is met by one of its sum, or by all, or all open ones, together; one of its party is another sum."""
    if not dossier.tells(one.rule.section):
        return None
    ((field, fact),) = one.facts.items()
    exact = [row for row in rows if _same_sum(row.get(field), fact)]
    if exact:
        party = one.values.get(_PARTY, "")
        return Met(next((row for row in exact if _party(row, party, confused)), exact[0]), ())
    for some in (
        rows,
        [row for row in rows if row.get(_STATE) == OPEN],
        [row for row in rows if row.get(_STATE) == SETTLED],
    ):
        added = sum((number(row.get(field)) or Decimal(0) for row in some), Decimal(0))
        if some and _same_sum(plain(added), fact):
            return Met(some[0], ())
    theirs = [row for row in rows if one.values.get(_PARTY) and _party(row, one.values[_PARTY], confused)]
    if len(theirs) == 1 and field in theirs[0]:
        return Met(theirs[0], (Clash(field, theirs[0][field], one.values[field], fact),))
    return Met(None, ())


def _party(row: Row, party: str, confused: Mapping[int, str]) -> bool:
    return bool(party) and names.alike(row.get(_PARTY, ""), party, confused)


def _same_sum(wan: str | None, fact: Fact) -> bool:
    amount = number(wan)
    if amount is None:
        return False
    exact = replace(fact, value=f"{amount * WAN:.2f}", quote="", detail="")
    return money.alike(exact, replace(fact, detail=""))


def _met_party(one: Told, rows: Sequence[Row], confused: Mapping[int, str]) -> Met | None:
    """One of the parties of a paper is one of those that the dossier names."""
    field = next(iter(one.rule.facts.values()))
    known = [row for row in rows if field in row]
    alike = (row for row in known for said in one.values.values() if names.alike(row[field], said, confused))
    return Met(next(alike, None), ()) if known else None


def _met_whole(one: Told, rows: Sequence[Row]) -> Met | None:
    """All rows of a section together, where each says how much."""
    ((field, fact),) = one.facts.items()
    amounts = [number(row.get(field)) for row in rows]
    if not amounts or any(amount is None for amount in amounts):
        return None
    added = sum((amount for amount in amounts if amount is not None), Decimal(0))
    if _same_sum(plain(added), fact):
        return Met(rows[0], ())
    return Met(rows[0], (Clash(field, plain(added), one.values[field], fact),))
