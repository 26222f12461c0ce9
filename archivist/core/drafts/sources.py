"""What the register and the index can fill in by themselves: the vocabulary of ``x-source``.

A source returns ``None`` when the register does not say; the field is then open or asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from archivist.core.archive.pages import page_numbers
from archivist.core.dossier.drawing import DRAWS, FROM_DOSSIER, Drawn, debts_told
from archivist.core.drafts.clean import MISSING, OPEN
from archivist.core.project import Project

if TYPE_CHECKING:
    from archivist.core.archive.lists import ArchiveLists
    from archivist.core.drafts.closing import Closing
    from archivist.core.drafts.decided import Decided

WAN = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Office:
    """The issuing organ (发文机关) and the short mark in its document numbers (机关代字); "" when not set."""

    issuer: str = ""
    sign: str = ""


NO_OFFICE = Office()


@dataclass(frozen=True, slots=True)
class Available:
    """What is known before a person fills in anything.

    Attributes:
        catalogue: rows of the plan's 附件4.
        office: who issues documents here, as the settings say.
        closing: what papers that close the project print of its archive; None where nobody asked.
        lists: what the lists of an archive (卷内目录 …) print; None where nobody asked.
        drawn: the project's dossier (项目底册); None where it has none.
    """

    project: Project
    catalogue: Sequence[Mapping[str, Any]] | None
    today: date
    office: Office = NO_OFFICE
    closing: Closing | None = None
    lists: ArchiveLists | None = None
    drawn: Drawn | None = None


def official_date(day: date) -> str:
    """Return ``day`` as official documents print it: no zero padding (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def township_body(name: str) -> str | None:
    """Return the organ of a 镇街: a 镇 has a people's government, a 街道 has an office (办事处)."""
    if not name:
        return None
    return f"{name}办事处" if name.endswith("街道") else f"{name}人民政府"


def _number(known: Available) -> str | None:
    """Return the document number (发文字号) as far as it is known: only the serial number is left open."""
    return f"{known.office.sign}〔{known.today.year}〕{OPEN}号" if known.office.sign else None


def village_committee(name: str) -> str | None:
    """Return a village's or community's committee: 青杠岭村民委员会, 西湖社区居民委员会."""
    if not name:
        return None
    if name.endswith("社区"):
        return f"{name}居民委员会"
    return f"{name}民委员会" if name.endswith("村") else f"{name}村民委员会"


def _village_body(project: Project) -> str | None:
    """Return a village's committee with its township before it, as it signs: 珠溪镇青杠岭村民委员会."""
    committee = village_committee(project.village)
    return committee and project.township + committee


def _residents(name: str) -> str | None:
    if not name:
        return None
    return "居民" if name.endswith("社区") else "村民"


def _wan(yuan: Decimal | None) -> Decimal | None:
    return None if yuan is None else yuan / WAN


def _yes_no(value: bool | None) -> str | None:
    return None if value is None else "是" if value else "否"


def _contact(project: Project) -> str:
    return " ".join(part for part in (project.contact, project.phone) if part)


def _idle_degree(project: Project) -> str | None:
    return None if project.major_idle is None else "重大" if project.major_idle else "一般"


def _ledger_row(known: Available) -> dict[str, Any]:
    """Return the project's row of the ledger (管理台账, 附件3), by the names of the plan's columns."""
    project = known.project
    classes = ("优势类", "薄弱类", "闲置类", "淘汰类")
    return {
        "项目编号": project.code,
        "项目名称": project.name,
        "购建年度": project.year,
        "资产权属": project.ownership,
        "主管部门": project.department,
        "联系人及联系电话": _contact(project),
        **({} if project.category is None else {name: _yes_no(project.category == name) for name in classes}),
        "债权债务等情况": _debts(known),
        "推进举措": project.measures,
        "取得的成效": project.progress,
        "问题及建议": project.problems,
    }


def _missing(known: Available) -> list[dict[str, Any]] | None:
    """Return a row for each item of the catalogue that has no paper and must have one (缺件)."""
    if known.catalogue is None:
        return None
    return [
        {"项目编号": known.project.code, "项目名称": known.project.name, "缺少的材料": row["归档内容"]}
        for row in known.catalogue
        if any(paper["题名"] == MISSING for paper in row["材料"])
    ]


def _debts(known: Available) -> str:
    """Debts and claims as the dossier has them; where it does not say, as the register does."""
    return (known.drawn and debts_told(known.drawn.dossier)) or known.project.debts


def _from_dossier(draw: Callable[[Drawn], Any]) -> Callable[[Available], Any]:
    return lambda known: None if known.drawn is None else draw(known.drawn)


def _decided(known: Available) -> Decided | None:
    return None if known.closing is None else known.closing.decided


def _volume(say: Callable[[ArchiveLists], Any]) -> Callable[[Available], Any]:
    """A source that the lists of an archive answer."""
    return lambda known: None if known.lists is None else say(known.lists)


def _dates(lists: ArchiveLists) -> str:
    """起止日期; "" where no paper has a date."""
    return f"{lists.first}—{lists.last}" if lists.first and lists.first != lists.last else lists.first


def _count_of_pages(lists: ArchiveLists) -> str:
    return f"{lists.pages}（另有{lists.unknown}件待数）" if lists.unknown else str(lists.pages)


def _listed(lists: ArchiveLists) -> list[dict[str, str]]:
    """A row per paper, by the names of the columns that lists of an archive have."""
    last = len(lists.rows)
    return [
        {
            "序号": str(row.order),
            "顺序号": str(row.place or row.order),
            "档号": row.code,
            "文号": row.number,
            "责任者": row.responsible,
            "题名": row.title,
            "日期": row.date,
            "密级": row.secrecy,
            "页数": "" if row.pages is None else str(row.pages),
            "页号": page_numbers(row, row.order == last),
            "备注": row.note,
            "保管期限": row.retention,
            "归档内容": row.item_name,
        }
        for row in lists.rows
    ]


SOURCES: dict[str, Callable[[Available], Any]] = {
    "project.code": lambda known: known.project.code,
    "project.name": lambda known: known.project.name,
    "project.township": lambda known: known.project.township,
    "project.village": lambda known: known.project.village,
    "project.place": lambda known: known.project.township + known.project.village,
    "project.category": lambda known: known.project.category and str(known.project.category),
    "project.idle_degree": lambda known: _idle_degree(known.project),
    "project.year": lambda known: known.project.year,
    "project.amount_wan": lambda known: _wan(known.project.amount),
    "project.department": lambda known: known.project.department,
    "project.operator": lambda known: known.project.operator,
    "project.contact": lambda known: known.project.contact,
    "project.phone": lambda known: known.project.phone,
    "project.contact_phone": lambda known: _contact(known.project),
    "project.ownership": lambda known: known.project.ownership,
    "project.poor_village": lambda known: _yes_no(known.project.poor_village),
    "project.reason": lambda known: known.project.reason,
    "project.debts": _debts,
    "project.measures": lambda known: known.project.measures,
    "project.progress": lambda known: known.project.progress,
    "project.problems": lambda known: known.project.problems,
    "township.body": lambda known: township_body(known.project.township),
    "issuer.township": lambda known: known.office.issuer or township_body(known.project.township),
    "issuer.department": lambda known: known.office.issuer or known.project.department,
    "issuer.district": lambda known: known.office.issuer,
    "issuer.number": _number,
    "village.committee": lambda known: village_committee(known.project.village),
    "village.body": lambda known: _village_body(known.project),
    "village.residents": lambda known: _residents(known.project.village),
    "catalogue.rows": lambda known: known.catalogue,
    "catalogue.missing": _missing,
    "ledger.rows": lambda known: [_ledger_row(known)],
    "today": lambda known: official_date(known.today),
    "archive.code": lambda known: known.closing and known.project.code,
    "archive.name": lambda known: known.closing and known.project.name,
    "archive.contents": lambda known: known.closing and list(known.closing.contents),
    "archive.remarks": lambda known: known.closing and list(known.closing.remarks),
    "archive.proofs": lambda known: known.closing and list(known.closing.proofs),
    "archive.root": lambda known: known.closing and known.closing.root.printed,
    "archive.digest": lambda known: known.closing and known.closing.root.digest,
    "volume.by": _volume(lambda lists: lists.by),
    "volume.fonds": _volume(lambda lists: lists.fonds),
    "volume.fonds_name": _volume(lambda lists: lists.fonds_name),
    "volume.organ": _volume(lambda lists: lists.organ),
    "volume.title": _volume(lambda lists: lists.title),
    "volume.code": _volume(lambda lists: lists.code),
    "volume.year": _volume(lambda lists: lists.year and str(lists.year)),
    "volume.dates": _volume(_dates),
    "volume.retention": _volume(lambda lists: lists.retention),
    "volume.secrecy": _volume(lambda lists: lists.secrecy),
    "volume.count": _volume(lambda lists: str(len(lists.rows))),
    "volume.pages": _volume(_count_of_pages),
    "volume.rows": _volume(_listed),
    "volume.situation": _volume(lambda lists: list(lists.situation)),
    "decision.code": lambda known: (one := _decided(known)) and one.code,
    "decision.name": lambda known: (one := _decided(known)) and one.name,
    "decision.sentence": lambda known: (one := _decided(known)) and one.sentence,
    "decision.contents": lambda known: (one := _decided(known)) and list(one.contents),
    "decision.checks": lambda known: (one := _decided(known)) and list(one.checks),
    "decision.reasons": lambda known: (one := _decided(known)) and list(one.reasons),
    "decision.proofs": lambda known: (one := _decided(known)) and list(one.proofs),
    "decision.rules": lambda known: (one := _decided(known)) and list(one.rules),
    "decision.head": lambda known: (one := _decided(known)) and one.head,
    "decision.root": lambda known: (one := _decided(known)) and one.root and one.root.printed,
    "decision.digest": lambda known: (one := _decided(known)) and one.root and one.root.digest,
    **{name: _from_dossier(draw) for name, draw in DRAWS.items()},
}


EXACTLY = frozenset({"project.code", "project.category"})
"""What stands in the register sign by sign."""
REGISTERED = EXACTLY | {
    *("project.name", "project.amount_wan", "project.township", "project.village", "project.place"),
    "project.year",
}
"""What nobody writes otherwise on a paper: it is corrected in the register (台账), where everything reads it.
Who is in charge (主管部门) and who runs it (经营主体) may be called by their full names."""

FROM_ARCHIVE, FROM_DECISION, FROM_VOLUME = "archive.", "decision.", "volume."
"""How the sources are called that say what the archive holds, what the gate decided, and what the lists of an archive say:
nobody may say otherwise."""
OF_VOLUME = "volume.code"
"""What only a project has whose papers are kept as a volume (案卷)."""
_SUGGESTED = frozenset({"volume.title"})
"""What people may word otherwise."""


def from_dossier(source: str) -> bool:
    """Whether a source is the project's dossier (项目底册): a person may add to what it says, and not say otherwise."""
    return source.startswith(FROM_DOSSIER)


def fixed(source: str) -> bool:
    """Whether nobody may put other words in the place of what ``source`` says."""
    return source.startswith((FROM_ARCHIVE, FROM_DECISION, FROM_VOLUME)) and source not in _SUGGESTED
