"""What filed papers offer to a dossier (项目底册): read off them, confirmed by a person, with page and quote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from archivist.core.dossier.book import Book
from archivist.core.dossier.reading import Given, Placed
from archivist.core.dossier.told import OFFERED, Clash, Told, met, told
from archivist.core.dossier.values import Dossier, Row

if TYPE_CHECKING:
    from archivist.core.crossrules import DossierRule
    from archivist.core.document import Holding

_PROOF = "凭据"


class Stand(StrEnum):
    """How an offer stands to the dossier."""

    NEW = "底册里没有"
    MORE = "可以补充"
    OTHER = "与底册不同"


@dataclass(frozen=True, slots=True)
class Offer:
    """A row that can be taken over: what of it is new or other, and the row of the dossier that it belongs to.

    ``also`` are other papers that tell the same.
    """

    told: Told
    stand: Stand
    row: Row | None
    clashes: tuple[Clash, ...]
    also: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """What it is confirmed by."""
        return self.told.id

    @property
    def section(self) -> str:
        """Where it belongs."""
        return self.told.rule.section

    @property
    def taken(self) -> Row:
        """The fields that confirming it would write."""
        if self.row is None:
            return self.told.values
        wrong = {clash.field for clash in self.clashes}
        return {
            name: text
            for name, text in self.told.values.items()
            if name in wrong or (name not in self.row and name in self.told.facts)
        }

    def record(self) -> dict[str, Any]:
        """As `dossier offer --json` prints it."""
        fact = self.told.shown
        return {
            "id": self.id,
            "section": self.section,
            "stand": self.stand.value,
            "values": dict(self.taken),
            "known": {clash.field: clash.known for clash in self.clashes},
            "document": self.told.held.id,
            "page": fact.page,
            "quote": fact.quote,
            "also": list(self.also),
        }


def offers(
    documents: Sequence[Holding],
    code: str,
    rules: Sequence[DossierRule],
    dossier: Dossier,
    confused: Mapping[int, str],
) -> list[Offer]:
    """All that papers tell and the dossier does not have, or has otherwise; what several papers tell comes once."""
    found: dict[tuple[str, frozenset[tuple[str, str]]], Offer] = {}
    for one in told(documents, code, [rule for rule in rules if rule.form in OFFERED]):
        offer = _offer(one, dossier, confused)
        if offer is None:
            continue
        words = frozenset((name, text) for name, text in one.values.items() if name != _PROOF)
        before = found.get((offer.section, words))
        if before is None:
            found[offer.section, words] = offer
        elif one.held.id not in (before.told.held.id, *before.also):
            also = (*before.also, one.held.id)
            found[offer.section, words] = Offer(before.told, before.stand, before.row, before.clashes, also)
    return list(found.values())


def _offer(one: Told, dossier: Dossier, confused: Mapping[int, str]) -> Offer | None:
    how = met(one, dossier, confused)
    if how is None or how.row is None:
        return Offer(one, Stand.NEW, None, ())
    stand = Stand.OTHER if how.clashes else Stand.MORE
    offer = Offer(one, stand, how.row, how.clashes)
    return offer if offer.taken else None


def given_by(book: Book, dossier: Dossier, chosen: Sequence[Offer], sets: Mapping[str, str]) -> Given:
    """The sections with what is ``chosen`` taken over, for `reading.read`; ``sets`` are a person's words besides."""
    given: dict[str, list[Placed]] = {}
    for offer in chosen:
        rows = given.setdefault(offer.section, list(_kept(book, dossier, offer.section)))
        added = {**offer.taken, **sets}
        place = f"材料 {offer.told.held.id} 第{offer.told.shown.page}页"
        at = _at(book, rows, offer)
        if at is None:
            rows.append((place, added))
        else:
            rows[at] = (rows[at][0], {**rows[at][1], **added})
    return given


def _kept(book: Book, dossier: Dossier, section: str) -> Iterator[Placed]:
    for row in dossier.rows(section):
        yield f"编号 {row.get(book.key(section), '')}", row


def _at(book: Book, rows: Sequence[Placed], offer: Offer) -> int | None:
    if offer.row is None:
        return None
    key = book.key(offer.section)
    return next(at for at, (_, row) in enumerate(rows) if row.get(key) == offer.row.get(key))
