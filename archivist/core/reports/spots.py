"""What the checks found on each page of a paper and rest on (页上的依据): where it stands, what it says, by which rule.

For the auditor who holds the page beside it. A spot has a number on its page, a kind, and boxes where its words or its ink
were found again; what was not found again is told without a box.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from archivist.core.checks.values import Finding, Rules, cited
from archivist.core.compare import money
from archivist.core.document import Holding
from archivist.core.evidence import NUMBER
from archivist.core.model import Box, Fact, SealSeen, Seen, Severity, SignaturePlace
from archivist.core.override import Override
from archivist.core.page import Page
from archivist.core.paper.seals import CAPTURED_IN_COLOUR, SURE
from archivist.core.paper.signatures import NAME_STAMP
from archivist.core.paper.whereabouts import where_quoted, where_signed
from archivist.core.rules import ItemRule
from archivist.core.words.seen import SEEN

_MOST_QUOTED = 60
_SUMS = frozenset({"money", "sums"})
"""Forms of a `MatchRule` that compare amounts."""


class Kind(StrEnum):
    """What a spot shows: each is drawn in a shape of its own (see `SHAPES`)."""

    SEAL = "印章"
    SIGNATURE = "签字"
    DATE = "日期"
    QUOTE = "引文"


LEVELS = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.INFO: "知悉"}


@dataclass(frozen=True, slots=True)
class Spot:
    """One thing on a page.

    Attributes:
        page: of the source, 1-based. label: what it is, in a word (应到, 日期, 错误).
        told: what was found. quote: the words on the page, "" for ink. rule, clause: what it serves, and what that rests on.
        boxes: where, in fractions of the upright page; none where that is not known.
        number: on its page, from 1; 0 before it has one.
    """

    kind: Kind
    page: int
    label: str
    told: str
    quote: str = ""
    rule: str = ""
    clause: str = ""
    boxes: tuple[Box, ...] = ()
    number: int = 0

    def record(self) -> dict[str, Any]:
        """As ``-f json`` prints it."""
        return {
            "number": self.number,
            "kind": self.kind.value,
            "label": self.label,
            "told": self.told,
            "quote": self.quote or None,
            "rule": self.rule or None,
            "clause": self.clause or None,
            "boxes": [[round(side, 4) for side in box] for box in self.boxes],
        }


@dataclass(frozen=True, slots=True)
class Served:
    """By the name of a fact: what it serves, and the clause that rests on."""

    by_fact: Mapping[str, tuple[str, str]]


def served_by(rules: Rules) -> Served:
    """What the checks read facts for: votes, what was decided, amounts, numbers of issue; other facts decide nothing."""
    told: dict[str, tuple[str, str]] = {}
    for item in rules.items:
        for vote in item.evidence.votes:
            for name in (vote.due, vote.present, vote.yes, vote.no, vote.abstain):
                told.setdefault(name, ("表决", vote.clause))
        for name in item.evidence.issued:
            told.setdefault(name, ("印发", item.clause))
    procedure = rules.procedure
    if procedure.agreed is not None:
        told[procedure.agreed.fact] = ("明确意见", cited(procedure.agreed))
    if procedure.cross.assessment is not None:
        told[procedure.cross.assessment.advice] = ("评估建议", cited(procedure.cross.assessment))
    for match in procedure.cross.matches:
        for name in match.facts if match.form in _SUMS else ():
            told.setdefault(name, (match.name, cited(match)))
    return Served(told)


def spots_of(
    one: Holding,
    pages: Sequence[Page],
    item: ItemRule,
    rules: Rules,
    findings: Iterable[tuple[Finding, Override | None]],
) -> dict[int, tuple[Spot, ...]]:
    """What stands on each page of a paper, numbered page by page.

    Args:
        pages: of its source as read, with boxes; those not among them give words without boxes.
        findings: of its project, each with what overrides it.
    """
    read = {page.number: page for page in pages}
    found = [
        *_seals(one, read, item),
        *_suspicions(one, pages),
        *_signatures(one, read, item),
        *_date(one, read, item, rules),
        *_facts(one, served_by(rules)),
        *_findings(one, findings),
        *_identity(one),
    ]
    placed = [spot if spot.boxes else _placed(spot, read.get(spot.page)) for spot in found]
    by_page: dict[int, list[Spot]] = {}
    for spot in _merged(placed):
        by_page.setdefault(spot.page, []).append(spot)
    return {
        number: tuple(replace(spot, number=at) for at, spot in enumerate(spots, 1))
        for number, spots in sorted(by_page.items())
        if one.first <= number <= one.last
    }


def _seals(one: Holding, read: Mapping[int, Page], item: ItemRule) -> Iterator[Spot]:
    asked = _clause(item) if item.seal else ""
    for seal in one.marks.seals:
        told = _seal_told(seal, read.get(seal.page))
        yield Spot(Kind.SEAL, seal.page, "印章", told, "", "盖章", asked, (seal.box,))


_FITS = {
    Seen.YES: "是应当盖章的单位",
    Seen.NO: "不是这一项应当盖章的单位",
    Seen.UNKNOWN: "是不是应当盖章的单位，看不准",
}


def _seal_told(seal: SealSeen, page: Page | None) -> str:
    words = [seal.owner or (f"章上的字读作“{seal.text}”" if seal.text else "章上的字没有读出来")]
    if seal.block:
        words.append(f"盖在“{seal.block}”栏")
    words.append(_FITS[seal.fits])
    if seal.ink == "dark":
        copied = page is not None and page.colour in CAPTURED_IN_COLOUR
        words.append("彩色图像上是黑色的，是复印的章" if copied else "图像没有颜色，看不出是不是红章")
    return "，".join(words)


def _suspicions(one: Holding, pages: Sequence[Page]) -> Iterator[Spot]:
    """What looks like a seal and counts for none: a stamp of receipt, and what 看不准 is said of where no seal was seen."""
    counted = {(seal.page, seal.box) for seal in one.marks.seals}
    for page in pages:
        for mark in page.seals:
            doubtful = mark.confidence < SURE
            if (page.number, mark.box) in counted or mark.shape == NAME_STAMP:
                continue
            if not doubtful or one.sealed is not Seen.YES:
                words = f"，字读作“{mark.text}”" if mark.text else ""
                told = f"有像印章的东西，没有算作印章{words}"
                yield Spot(Kind.SEAL, page.number, "疑似印章", told, "", "盖章", "", (mark.box,))


def _signatures(one: Holding, read: Mapping[int, Page], item: ItemRule) -> Iterator[Spot]:
    asked = _clause(item) if item.signature else ""
    before: Counter[tuple[int, str, str]] = Counter()
    for place in one.marks.signatures:
        page, words = read.get(place.page), (place.page, place.label, place.quote)
        boxes = where_signed(page, place, before[words]) if page is not None else ()
        before[words] += 1
        yield Spot(
            Kind.SIGNATURE, place.page, "签字", _signature_told(place), place.quote, "签字", asked, boxes
        )


def _signature_told(place: SignaturePlace) -> str:
    return (
        f"“{place.label}”处{SEEN[place.seen]}签字"
        if place.seen is not Seen.UNKNOWN
        else f"“{place.label}”处有没有签字，看不准"
    )


def _date(one: Holding, read: Mapping[int, Page], item: ItemRule, rules: Rules) -> Iterator[Spot]:
    dated = one.marks.dated
    if dated is None:
        return
    order = next(
        (rule for rule in rules.procedure.orders if any(item.number in step.items for step in rule.steps)),
        None,
    )
    name, clause = (order.name, cited(order)) if order is not None else ("日期", _clause(item))
    page = read.get(dated.page)
    boxes = where_quoted(page, dated.quote, latest=True) if page is not None else ()
    told = f"这份材料的日期：{one.date}" if one.date else "写着日期，没有读成年月日"
    yield Spot(Kind.DATE, dated.page, "日期", told, dated.quote, name, clause, boxes)


def _facts(one: Holding, served: Served) -> Iterator[Spot]:
    """What papers say that checks rest on; what is about another project alone is left out."""
    for fact in one.facts:
        if fact.name not in served.by_fact or fact.project not in ("", one.project):
            continue
        rule, clause = served.by_fact[fact.name]
        yield Spot(Kind.QUOTE, fact.page, fact.name, _fact_told(fact, rule), fact.quote, rule, clause)


def _fact_told(fact: Fact, rule: str) -> str:
    """A count and words as they are; an amount with its unit, whom it is owed to, whether it is settled."""
    value = fact.value if fact.name == NUMBER or not _is_sum(fact) else f"{money.told(fact.value)}"
    more = "，".join(word for word in (fact.party, fact.state) if word)
    return f"{fact.name}：{value}" + (f"（{more}）" if more else "")


def _is_sum(fact: Fact) -> bool:
    whole, point, part = fact.value.partition(".")
    return point == "." and whole.isdecimal() and part.isdecimal()


def _findings(one: Holding, findings: Iterable[tuple[Finding, Override | None]]) -> Iterator[Spot]:
    for finding, override in findings:
        over = f"（{override.told}）" if override is not None else ""
        label, clause = LEVELS[finding.severity], finding.clause or ""
        if finding.document == one.id and finding.page is not None:
            yield Spot(
                Kind.QUOTE, finding.page, label, finding.told + over, finding.quote or "", "检查", clause
            )
        elif finding.other_document == one.id and finding.other_page is not None:
            told, quote = f"与这里不一致：{finding.told}{over}", finding.other_quote or ""
            yield Spot(Kind.QUOTE, finding.other_page, label, told, quote, "检查", clause)


def _identity(one: Holding) -> Iterator[Spot]:
    """Why it is taken for this project's and this item's: what the software found, where it decided so."""
    guess = one.candidates[0] if one.candidates else None
    if guess is None or (guess.project, guess.item) != (one.project, one.item):
        return
    for proof in guess.evidence:
        if proof.quote:
            yield Spot(Kind.QUOTE, proof.page, "归档依据", proof.rule, proof.quote, proof.rule)


def _placed(spot: Spot, page: Page | None) -> Spot:
    if page is None or not spot.quote or spot.kind is Kind.SIGNATURE:
        return spot
    return replace(spot, boxes=where_quoted(page, spot.quote))


def _merged(spots: Iterable[Spot]) -> list[Spot]:
    """Spots with what rests on the same words put together: one number, one box."""
    found: dict[tuple[Any, ...], Spot] = {}
    for spot in spots:
        same = spot.kind is Kind.QUOTE and spot.label not in LEVELS.values()
        key = (spot.kind, spot.page, spot.boxes or spot.quote) if same else (len(found),)
        known = found.get(key)
        found[key] = spot if known is None else _joined(known, spot)
    return list(found.values())


def _joined(one: Spot, other: Spot) -> Spot:
    def both(first: str, second: str, mark: str = "；") -> str:
        known = f"{mark}{second}{mark}" in f"{mark}{first}{mark}"
        return first if known or not second else f"{first}{mark}{second}" if first else second

    quote = one.quote if len(one.quote) >= len(other.quote) else other.quote
    return replace(
        one,
        label=both(one.label, other.label, "、"),
        told=both(one.told, other.told),
        rule=both(one.rule, other.rule),
        clause=both(one.clause, other.clause),
        quote=quote,
    )


def _clause(item: ItemRule) -> str:
    return item.clause + (f"（备注“{item.remark}”）" if item.remark else "")


def shown(spot: Spot, pictured: bool = False) -> tuple[str, str]:
    """A spot as a line: number and label, then what was found with quote, rule and clause.

    Args:
        pictured: it stands beside a picture, in which one looks for its box.
    """
    words = spot.told if spot.told.endswith("。") else f"{spot.told}。"
    if spot.quote and spot.kind is not Kind.SIGNATURE:
        quote = spot.quote if len(spot.quote) <= _MOST_QUOTED else f"{spot.quote[: _MOST_QUOTED - 1]}…"
        words += f"原文“{quote}”。"
    if spot.clause:
        words += f"依据：{spot.clause}。"
    if pictured and spot.quote and not spot.boxes:
        words += "（图上没有找到位置，没有框出。）"
    return f"{spot.number} {spot.label}", words
