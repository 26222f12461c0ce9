"""What checks are given and what they answer."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from archivist.core.catalogue.completeness import Waiver
from archivist.core.decision import Deregistration
from archivist.core.document import Holding
from archivist.core.dossier.values import Dossier
from archivist.core.evidence import EvidenceState, grade
from archivist.core.model import Severity
from archivist.core.override import Override
from archivist.core.project import Project
from archivist.core.proposal import Proposal
from archivist.core.rules import ItemRule, Procedure


class Outcome(StrEnum):
    """How a check went, as people read it.

    UNCLEAR was looked at, and the software cannot tell: a person can. NOT_RUN was not compared, or only in part: that
    never passes.
    """

    PASSED = "通过"
    BREACHED = "有问题"
    UNCLEAR = "看不准"
    NOT_RUN = "没有检查"
    NOT_NEEDED = "不适用"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or that a person should look at.

    Attributes:
        code: for programs. message: a Chinese sentence.
        in_folder: the same as it stands in the folders, where no command is named; None where ``message`` serves both.
        document, page, quote: the evidence, as far as there is one. clause: of the plan.
        other_document, other_page, other_quote: the paper that it contradicts.
    """

    project: str
    item: int | None
    code: str
    severity: Severity
    message: str
    document: str | None = None
    page: int | None = None
    quote: str | None = None
    clause: str | None = None
    other_document: str | None = None
    other_page: int | None = None
    other_quote: str | None = None
    in_folder: str | None = None

    @property
    def told(self) -> str:
        """The sentence for people who have nothing but the folders (归档状态.html)."""
        return self.message if self.in_folder is None else self.in_folder

    @property
    def key(self) -> str:
        """What a reason for it is given under (``--reason 键=理由``), where no other finding has the same; see `keyed`."""
        return self.code if self.item is None else f"{self.code}-{self.item}"

    def record(self) -> dict[str, Any]:
        """As ``check --json`` prints it."""
        return {
            "project": self.project,
            "item": self.item,
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
            "document": self.document,
            "page": self.page,
            "quote": self.quote,
            "clause": self.clause,
            "other_document": self.other_document,
            "other_page": self.other_page,
            "other_quote": self.other_quote,
        }


def keyed(findings: Sequence[Finding]) -> list[tuple[str, Finding]]:
    """Findings with the key that a reason for each is given under: no two have one, so that no reason covers two.

    Where several are of one code and item, the document's number tells them apart; where that does not, a digest of
    what is said does, so that a reason never comes to stand for something else.
    """
    same = Counter(one.key for one in findings)
    with_document = Counter(_document_key(one) for one in findings)

    def key(one: Finding) -> str:
        if same[one.key] == 1:
            return one.key
        longer = _document_key(one)
        if one.document is not None and with_document[longer] == 1:
            return longer
        said = "\n".join(map(str, (one.message, one.page, one.quote)))
        return f"{longer}-{hashlib.sha256(said.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"

    return [(key(one), one) for one in findings]


def _document_key(one: Finding) -> str:
    return one.key if one.document is None else f"{one.key}-{one.document}"


@dataclass(frozen=True, slots=True)
class Checked:
    """One rule and how a project's documents stand to it; ``told`` says what was compared, with dates."""

    rule: str
    name: str
    clause: str
    outcome: Outcome
    told: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where the same paper is filed for another project: the document's number, its project and item; ``by_person``: a
    person decided so.
    """

    document: str
    project: str
    item: int | None
    by_person: bool = False


@dataclass(frozen=True, slots=True)
class ProjectFile:
    """All that checks need to know of one project (案卷).

    Attributes:
        documents: those filed that count (an older version does not). waiting: those with it as best guess.
        debts: what the register says of its debts. register: all that it says; None where nobody asked.
        elsewhere: what of its papers is filed for other projects, too: by the document's number here.
        proposal: what waits for a second person.
        void: waivers (免交) that rest on no sealed statement, and so hold no longer.
        overrides: what was overridden (负责人核定), whether it still holds or not.
        folder: where its folder lies, below the store's root; None where it has none, or nobody asked.
        formerly: numbers and names that the register had for it before (曾用编号、曾用名): papers of then have them.
        retired: it left the register (移出台账).
        dossier: what was entered of it (项目底册); None where nobody entered anything.
    """

    code: str
    name: str
    category: str | None
    documents: tuple[Holding, ...] = ()
    waiting: tuple[Holding, ...] = ()
    waivers: Mapping[int, Waiver] = field(default_factory=dict)
    gate: Deregistration | None = None
    debts: str = ""
    register: Project | None = None
    elsewhere: Mapping[str, tuple[Elsewhere, ...]] = field(default_factory=dict)
    void: tuple[Waiver, ...] = ()
    proposal: Proposal | None = None
    overrides: tuple[Override, ...] = ()
    folder: str | None = None
    formerly: tuple[tuple[str, str], ...] = ()
    retired: bool = False
    dossier: Dossier | None = None

    def of(self, item: int) -> list[Holding]:
        """The documents of one item that count, by date."""
        return [one for one in self.documents if one.item == item]

    def papers(self, item: int) -> list[Holding]:
        """Those of one item that may be evidence: a draft (草稿) is none, though it is kept."""
        return [one for one in self.of(item) if grade(one).state is not EvidenceState.DRAFT]

    def without_papers(self, item: int) -> tuple[Outcome, str]:
        """How a check of an item's papers went that found none to look at, and what it tells."""
        if self.of(item):
            return Outcome.NOT_RUN, "没有可以作为归档材料的文件可看"
        return (Outcome.NOT_NEEDED, "免交") if item in self.waivers else (Outcome.NOT_RUN, "没有材料可看")


@dataclass(frozen=True, slots=True)
class Rules:
    """What projects are checked against: the catalogue's items and the procedure."""

    items: tuple[ItemRule, ...]
    procedure: Procedure

    def item(self, number: int | None) -> ItemRule:
        """Item ``number``; KeyError when the catalogue has no such item."""
        for rule in self.items:
            if rule.number == number:
                return rule
        raise KeyError(number)


class FromPlan(Protocol):
    """What rests on words of the plan (实施方案)."""

    @property
    def clause(self) -> str:
        """Where they stand (“三、（二）”)."""

    @property
    def quote(self) -> str:
        """The words themselves."""


def cited(rule: FromPlan) -> str:
    """The clause a rule rests on, with its words, as a finding carries it."""
    return f"{rule.clause}“{rule.quote}”"


def outcome_of(findings: tuple[Finding, ...]) -> Outcome:
    """A check that compared everything: whether it found something."""
    return Outcome.BREACHED if findings else Outcome.PASSED
