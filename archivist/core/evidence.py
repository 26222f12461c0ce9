"""What a document is worth as evidence (材料状态): a draft, printed or issued, signed and sealed, or a copy. Pure.

附件4 asks for what was decided, signed and sealed. What anybody can still change (an editable office file) proves
nothing, whoever made it; nor does a form with places left open (【待填】), or a draft of this software nobody printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from archivist.core.drafts.mark import FACT
from archivist.core.model import Seen, TextSource

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archivist.core.document import Holding, Source
    from archivist.core.model import Fact

NUMBER = "文号"
"""The fact that a paper carries a number of its own (发文字号、期号): it was issued."""
COPY = "复印件"
"""How a document says, or a person, that it is a copy (``Document.original``)."""


class EvidenceState(StrEnum):
    """What a document is worth as evidence."""

    DRAFT = "草稿"
    ISSUED = "已印发未签章"
    SIGNED = "签章件"
    COPY = "复印件"


EDITABLE_KINDS = frozenset(
    {
        *(
            "docx",
            "legacy",
            "ole",
            "rtf",
            "odf",
            "doc",
            "works",
            "odt",
            "wordxml",
            "flatodf",
            "oldword",
            "iwork",
        ),
        *("xlsx", "xls", "tablexml", "oldtable", "ppt", "pptx", "publisher", "visio", "drawing"),
        *("text", "html", "mht", "xml", "mail"),
    }
)
"""Kinds of files (``extract.kinds``, ``Source.kind``) that people write on: Word, WPS, tables, texts, pages of the web."""

EDITABLE_NAMES = (
    *(".docx", ".docm", ".dotx", ".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt", ".fodt", ".pages"),
    *(".xlsx", ".xlsm", ".xls", ".et", ".ett", ".ods", ".csv", ".numbers", ".pptx", ".ppt", ".dps", ".odp"),
    *(".txt", ".md", ".html", ".htm", ".mht", ".mhtml", ".xml", ".eml"),
)
"""How their names end: asked only where nobody looked at what the file is."""


@dataclass(frozen=True, slots=True)
class VoteRule:
    """When a meeting may decide, and a vote carries (应到、实到、同意、反对、弃权), by facts of its papers.

    Attributes:
        clause: where it is laid down.
        titles: words of the titles of meetings that it is for; of all when there are none.
        due, present, yes, no, abstain: the names of the facts.
        quorum: (2, 3): at least two thirds of those due must be present.
        majority: (1, 2): more than half of those present must agree.
    """

    clause: str
    titles: tuple[str, ...]
    due: str
    present: str
    yes: str
    no: str
    abstain: str
    quorum: tuple[int, int]
    majority: tuple[int, int]

    def quorate(self, due: int, present: int) -> bool:
        """Whether enough of those due are there to decide anything."""
        part, whole = self.quorum
        return present * whole >= due * part

    def carried(self, present: int, yes: int) -> bool:
        """Whether enough of those present agreed."""
        part, whole = self.majority
        return yes * whole > present * part


def rule_for(votes: Sequence[VoteRule], title: str) -> VoteRule:
    """The rule for a meeting by its title (会议名称); the last one where none fits. There must be one."""
    fitting = (rule for rule in votes if any(word in title for word in rule.titles))
    return next(fitting, votes[-1])


@dataclass(frozen=True, slots=True)
class EvidenceRule:
    """What an item asks of its papers, so that they are evidence (schemas/annex4.toml, [item.evidence]).

    Attributes:
        admissible: the states that count.
        records: it is written down whether a paper is an original or a copy (原件或复印件).
        names: its papers name the project.
        issued: facts any of which shows that a paper was issued (文号); so does a seal, and a signature at a place called
            by one of ``signed_off`` (签发). Not asked where there are none.
        votes: for records of meetings; the first whose titles fit.
    """

    admissible: tuple[EvidenceState, ...] = (EvidenceState.ISSUED, EvidenceState.SIGNED, EvidenceState.COPY)
    records: bool = False
    names: bool = False
    issued: tuple[str, ...] = ()
    signed_off: tuple[str, ...] = ()
    votes: tuple[VoteRule, ...] = ()


PLAIN = EvidenceRule()
"""Of an item that says nothing of it: all but drafts count."""


@dataclass(frozen=True, slots=True)
class Grade:
    """The state of a document, and in Chinese what it rests on; ``fact`` is where a draft says that it is one."""

    state: EvidenceState
    reason: str
    fact: Fact | None = None


def editable(file: Source) -> bool:
    """Whether a source is a file that people write on (Word, WPS, 表格 …), by what it is."""
    if file.kind in (None, "", "unknown"):
        return file.name.lower().endswith(EDITABLE_NAMES)
    return file.kind in EDITABLE_KINDS


def grade(one: Holding) -> Grade:
    """What ``one`` is worth as evidence, and why."""
    draft = next((fact for fact in one.facts if fact.name == FACT), None)
    if draft is not None:
        return Grade(EvidenceState.DRAFT, draft.value, draft)
    if editable(one.file):
        return Grade(EvidenceState.DRAFT, "Word、WPS 或表格等可以改动的文件，没有打印、签字、盖章")
    if one.original == COPY:
        return Grade(EvidenceState.COPY, "写明或登记为复印件")
    if Seen.YES in (one.sealed, one.signed):
        return Grade(EvidenceState.SIGNED, "、".join(_seen(one)))
    return _unsigned(one)


def _seen(one: Holding) -> list[str]:
    """What was seen on it, with the bodies whose seals it carries."""
    told = []
    if one.sealed is Seen.YES:
        owners = dict.fromkeys(seal.owner for seal in one.marks.seals if seal.owner)
        told.append(f"看到印章（{'、'.join(owners)}）" if owners else "看到印章")
    if one.signed is Seen.YES:
        told.append("看到签字")
    return told


def _unsigned(one: Holding) -> Grade:
    """What carries neither seal nor signature that anybody saw."""
    number = next((fact.value for fact in one.facts if fact.name == NUMBER), "")
    unseen = "没看到印章、签字" if one.sealed is Seen.NO else "印章、签字没看到或看不准"
    if number:
        return Grade(EvidenceState.ISSUED, f"编有文号 {number}，{unseen}")
    if one.text_source is TextSource.NATIVE:
        return Grade(EvidenceState.DRAFT, "电子版式文件，没有印章、签字，也没有文号")
    return Grade(EvidenceState.ISSUED, f"扫描件或照片，{unseen}")
