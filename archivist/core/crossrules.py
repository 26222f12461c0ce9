"""Value types for what schemas/procedure.toml says of several papers of one project together (材料之间)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class MatchRule:
    """What the papers of a project and its register say alike (一致).

    Attributes:
        slug: its findings are ``differs-<slug>``. name: what is compared, as people call it.
        form: how two are told to be the same, one of `FORMS` of `core/checks/differs`.
        facts: where papers say it. register: the fields of the project that say it.
        items: whose papers are compared. apart: details of facts that decide nothing (初步认定).
        strict: whether a difference stands in the way; else it asks for a reason.
    """

    slug: str
    name: str
    form: str
    facts: tuple[str, ...]
    register: tuple[str, ...]
    items: tuple[int, ...]
    clause: str
    quote: str
    strict: bool
    apart: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceRule:
    """Whose papers must be of the project's own village and township.

    Attributes:
        villages, townships: the items whose papers name the place whose they are. districts: those that name the
            district, ``district`` without its ending ("" where it is not said).
        fact: what else tells where a paper is from, when its title and its body do not.
        never: words that end with 村 and name none.
        mentions: the items whose papers tell of a village or township by the way, in title, body or ``mentioned`` (facts).
    """

    clause: str
    quote: str
    villages: tuple[int, ...]
    townships: tuple[int, ...]
    fact: str
    never: tuple[str, ...] = ()
    districts: tuple[int, ...] = ()
    district: str = ""
    mentions: tuple[int, ...] = ()
    mentioned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """One thing a paper must tell of, found in any of ``facts``."""

    name: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AssessmentRule:
    """What the assessment (核查评估) of ``items`` must tell, and what its advice (the fact ``advice``) must be."""

    clause: str
    quote: str
    items: tuple[int, ...]
    points: tuple[Point, ...]
    advice: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScopeRule:
    """What is asked of the projects of a category (类别).

    Attributes:
        major: whether only of the grave ones (重大) or of the others; None for all.
        items: whose papers must be there; order rules and outcomes of meetings are asked for these alone.
    """

    category: str
    major: bool | None
    items: tuple[int, ...]
    name: str
    clause: str
    quote: str


@dataclass(frozen=True, slots=True)
class MatterRule:
    """A matter (事项) that papers tell of and that others must show to be settled.

    Attributes:
        slug: its findings are ``matter-<slug>``. message: what a person is to do.
        told: the facts that tell of it; ``denied`` are words with which they tell of none.
        ownership: words of the register's 资产权属, one of which must be there for it to be asked; none: always asked.
        met: the facts that show it settled; ``unmet`` are words with which they only plan it. met_items: those whose papers
            may show it so; none: any's. What is proposed and decided comes before what is done.
        titles: how the titles of papers of ``items`` show it settled.
    """

    slug: str
    name: str
    clause: str
    quote: str
    strict: bool
    message: str
    told: tuple[str, ...]
    denied: tuple[str, ...]
    ownership: tuple[str, ...]
    met: tuple[str, ...]
    unmet: tuple[str, ...]
    titles: tuple[re.Pattern[str], ...]
    items: tuple[int, ...]
    met_items: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingRule:
    """A meeting that other papers tell of: the fact that gives its day, the item of its own paper, its counts.

    Attributes:
        days: what lies further from its own day is another meeting.
        counts: the facts of its own paper that are counts (应到, 同意 …).
    """

    name: str
    clause: str
    quote: str
    fact: str
    item: int
    days: int
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InPaperRules:
    """What must hold within one paper: ``publicity`` is the fact of a public notice's period, ``sums`` are facts whose
    parts (其中) must not be more than the whole.
    """

    clause: str
    quote: str
    publicity: str
    sums: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DossierRule:
    """What papers and the dossier of their project (项目底册) say alike, and what is offered to be taken into it.

    Attributes:
        slug: its findings are ``dossier-<slug>``. name: what is compared, as people call it.
        form: how papers tell of a row, one of `FORMS` of `core/dossier/told`.
        section: of the dossier. items: whose papers.
        facts: the field each fact fills in. day: the field that the paper's own day fills in, "" for none.
        fixed: what every row of it says (层级 = 镇街). details: words one of which a fact's detail must hold; any if none.
        unsure: values that say nothing.
    """

    slug: str
    name: str
    form: str
    section: str
    items: tuple[int, ...]
    facts: Mapping[str, str]
    clause: str
    quote: str
    strict: bool
    day: str = ""
    fixed: Mapping[str, str] = field(default_factory=dict)
    details: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CrossRules:
    """All that is said of several papers together. ``confused`` makes one what readers of scans confuse (O, 0)."""

    matches: tuple[MatchRule, ...] = ()
    place: PlaceRule | None = None
    assessment: AssessmentRule | None = None
    scopes: tuple[ScopeRule, ...] = ()
    matters: tuple[MatterRule, ...] = ()
    meetings: tuple[MeetingRule, ...] = ()
    within: InPaperRules | None = None
    confused: Mapping[int, str] = field(default_factory=dict)
    dossiers: tuple[DossierRule, ...] = ()


NO_CROSS_RULES = CrossRules()
