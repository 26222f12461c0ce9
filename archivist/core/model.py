"""The field's nouns as frozen values. Boxes are fractions of the page (0..1), pages are 1-based, money is yuan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

Box = tuple[float, float, float, float]
"""(left, top, right, bottom), each a fraction of the upright page's width or height."""


class Level(StrEnum):
    """Who met or issued (层级): the order of the plan's procedure, section 3(4)."""

    VILLAGE = "village"
    TOWNSHIP = "township"
    DEPARTMENT = "department"
    DISTRICT = "district"


class Status(StrEnum):
    """What became of a document (件) that was dropped."""

    FILED = "filed"
    REVIEW = "review"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"


class TextSource(StrEnum):
    """Where a page's text comes from."""

    NATIVE = "native"
    OCR = "ocr"
    NONE = "none"


class Seen(StrEnum):
    """The three honest answers to "is there a seal / a signature"."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


def best_seen(answers: Sequence[Seen]) -> Seen | None:
    """The answer of several papers together: one that shows it is enough; None when there is none to look at."""
    return next((answer for answer in (Seen.YES, Seen.UNKNOWN, Seen.NO) if answer in answers), None)


class Severity(StrEnum):
    """How bad something is. Of findings: in the gate's way; passed only with a stated reason; good to know."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acted and where: the operating system's user unless named (``--as``); watch, cli or web.

    ``user`` is the operating system's user, who stands in the log beside another name; "" when nobody asked.
    """

    name: str
    place: str
    user: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why we believe something: the page, the words on it, and the rule that used them."""

    page: int
    quote: str
    rule: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible project and item with its score (0..1), best first in every list."""

    project: str | None
    item: int | None
    score: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a document says (项目名称, 资金, 表决 …) for later checks.

    ``value`` is in plain form (money in yuan, counts as digits); ``page`` and ``quote`` are where it was read.

    Attributes:
        project: the number of the project it is about, in a paper about several; "" when it is about all of it.
        state: of a sum: 已结清, 未结清, 有争议; "" when not said. party: whom it is owed to or by.
        detail: what goes with the value: the conditions of an agreement, what a sum is for, what part of it.
    """

    name: str
    value: str
    page: int
    quote: str
    project: str = ""
    state: str = ""
    party: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SealSeen:
    """A seal (印章) on a document that counts, for people and later checks.

    Attributes:
        page: 1-based. box: in fractions of the upright page. confidence: how sure the outline is a seal's.
        text: the words along its arc as far as readable. owner: the body whose seal it is, "" when not known.
        fits: whether that body is one the item needs (附件4); UNKNOWN when the arc was not read well enough.
        block: the block of the form that it seals (附件2), "" for other papers and where nobody can tell.
    """

    page: int
    box: Box
    shape: str
    ink: str
    confidence: float
    text: str = ""
    owner: str = ""
    fits: Seen = Seen.UNKNOWN
    block: str = ""


@dataclass(frozen=True, slots=True)
class BlockSealed:
    """A block of a form that asks for a seal (附件2): whether it has one, and the body whose it is ("" when not known)."""

    name: str
    sealed: Seen
    owner: str = ""


@dataclass(frozen=True, slots=True)
class SignaturePlace:
    """A place that asks for a name: on which page, its label, whether something is written there, the words seen."""

    page: int
    label: str
    seen: Seen
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """What an auditor looks for on a document: its seals, the places to sign, and where its date stands."""

    seals: tuple[SealSeen, ...] = ()
    signatures: tuple[SignaturePlace, ...] = ()
    dated: Evidence | None = None
    blocks: tuple[BlockSealed, ...] = ()


NO_MARKS = Marks()


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a paper says of itself and shows (著录): the same for what was identified and for the document it became.

    Attributes:
        date: ISO 8601. issuer: as read off the paper. level: who met or issued.
        of_kind: its kind (文种) by slug, as far as that is sure; "" when nobody can tell, None when nobody asked.
        responsible: the body that made it (责任者) by its full name, None when the paper does not show it.
        archival: False for what never belongs into the archive (invoice, blank form, notice …).
    """

    title: str | None = None
    date: str | None = None
    issuer: str | None = None
    responsible: str | None = None
    level: Level | None = None
    of_kind: str | None = None
    sealed: Seen = Seen.UNKNOWN
    signed: Seen = Seen.UNKNOWN
    text_source: TextSource = TextSource.NONE
    archival: bool = True
    facts: tuple[Fact, ...] = ()
    marks: Marks = NO_MARKS


def described(one: Description) -> dict[str, Any]:
    """What a paper says of itself, by field: how it is handed on from one value to the next."""
    return {field.name: getattr(one, field.name) for field in fields(Description)}
