"""The lists of an archive (归档文件目录、卷内目录、案卷封面、备考表) of one project, as one value. Pure.

Everything the index can answer is answered here; what nobody knows is None or "", and is told in words where a list has
room for words. That something is an original is not noted; that it is a copy, or lacks pages, is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from archivist.core.archive.numbers import Given, Paper, read_code
from archivist.core.archive.rules import ArchiveRules, Fonds, Period
from archivist.core.catalogue.itemname import item_name
from archivist.core.checks.values import ProjectFile
from archivist.core.compare.sheets import papers as papers_of
from archivist.core.document import Holding
from archivist.core.drafts.closing import PAGED
from archivist.core.evidence import COPY, NUMBER, EvidenceState, grade
from archivist.core.project import Project
from archivist.core.rules import ItemRule
from archivist.core.standing import ALTERED, GONE
from archivist.core.words.numbers import in_words

_LACKS_PAGES = "缺页"


class ArchiveRow(NamedTuple):
    """One paper (件) of a list.

    Attributes:
        order: 序号 in this list, 1 and on. place: 顺序号 that stands in its 档号; None while it has none.
        code: 档号, "" while it has none. number: 文号, "" where the paper has none.
        responsible: 责任者, "" where nobody knows. title: 题名; in [ ] where it was made by the software.
        date: 8 digits, "" where nobody knows. secrecy: 密级, "" for none.
        pages: 页数 with words or pictures; None where nobody can tell before it is printed. start, end: 页号 in the volume.
        note: 备注. retention: 保管期限. item, item_name: of the plan's 归档目录.
        documents, paths: numbers and places (below the store's root) of its files, sheet by sheet.
    """

    order: int
    place: int | None
    code: str
    number: str
    responsible: str
    title: str
    date: str
    secrecy: str
    pages: int | None
    start: int | None
    end: int | None
    note: str
    retention: str
    item: int
    item_name: str
    documents: tuple[str, ...]
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArchiveLists:
    """All that the lists of one project say.

    Attributes:
        by: 案卷 or 件. fonds, fonds_name: 全宗号 and 全宗名称, "" where nobody set them. category, organ: their codes.
        title: 案卷题名. code: 档号 of the volume, "" while it has none, and where there are no volumes.
        year: 年度, None while there is no number. retention: 保管期限 of the whole. first, last: days, 8 digits, or "".
        pages: of all papers whose pages are known; unknown: papers whose are not.
        situation: 本卷情况说明, a sentence each. left: files that are no final papers and stand in no list, and why.
    """

    project: str
    name: str
    by: str
    fonds: str
    fonds_name: str
    category: str
    organ: str
    title: str
    code: str
    year: int | None
    retention: str
    first: str
    last: str
    secrecy: str
    rows: tuple[ArchiveRow, ...]
    pages: int
    unknown: int
    situation: tuple[str, ...]
    left: tuple[tuple[str, str], ...] = ()

    @property
    def volumes(self) -> bool:
        """Whether the papers are one volume."""
        return self.by == "案卷"

    @property
    def numbered(self) -> bool:
        """Whether every paper has its 档号."""
        return bool(self.rows) and all(row.code for row in self.rows)


class Piece(NamedTuple):
    """One paper: its sheets, the first of them first."""

    sheets: tuple[Holding, ...]

    @property
    def first(self) -> Holding:
        """The sheet whose number the paper is known by."""
        return self.sheets[0]


def pieces(file: ProjectFile) -> list[Piece]:
    """The final papers of a project (件), in the order of the plan's catalogue; photos of one paper are one."""
    final = [one for one in file.documents if grade(one).state is not EvidenceState.DRAFT]
    found = [Piece(sheets) for sheets in papers_of(final)]
    return sorted(found, key=lambda one: (one.first.item or 0, one.first.date or "9", _age(one.first)))


def _age(one: Holding) -> tuple[int, str]:
    return len(one.id), one.id


def numberable(file: ProjectFile) -> list[Paper]:
    """The same, as they are numbered."""
    return [
        Paper(
            one.first.id, one.first.item or 0, f"“{one.first.title or one.first.name}”", _year(one.first.date)
        )
        for one in pieces(file)
    ]


def _year(iso: str | None) -> int | None:
    text = eight_digits(iso)
    return int(text[:4]) if text else None


def eight_digits(iso: str | None) -> str:
    """A day as an archive writes it (YYYYMMDD); "" for what is none."""
    try:
        return date.fromisoformat(iso or "").strftime("%Y%m%d").zfill(8)
    except ValueError:
        return ""


def archive_lists(
    file: ProjectFile,
    project: Project,
    given: Iterable[Given],
    blank: Mapping[str, int],
    items: Sequence[ItemRule],
    fonds: Fonds,
    rules: ArchiveRules,
) -> ArchiveLists:
    """The lists of a project.

    Args:
        given: the numbers it was ever given. blank: empty pages by a document's number, where there are any.
        items: of the plan's catalogue.
    """
    standing = {one.document: one for one in given if one.stands}
    found = pieces(file)
    names = {item.number: item_name(item, project) for item in items}
    if fonds.volumes:
        found.sort(key=lambda one: _place(standing.get(one.first.id)))
    rows: list[ArchiveRow] = []
    start: int | None = 1
    for order, one in enumerate(found, 1):
        row = _row(order, one, standing.get(one.first.id), blank, names, start, fonds, rules)
        rows.append(row)
        start = None if row.end is None else row.end + 1
    volume = standing.get("")
    days = [row.date for row in rows if row.date]
    period = rules.longest(row.item for row in rows)
    if volume is not None:
        period = rules.coded(volume.series.period) or period
    left = tuple((one.id, told) for one in file.documents if (told := not_final(one)))
    return ArchiveLists(
        file.code,
        file.name,
        fonds.by,
        fonds.number,
        fonds.name,
        fonds.category,
        fonds.organ,
        f"{file.name}退出销号材料",
        volume.code if volume is not None and fonds.volumes else "",
        _year_given(volume, standing),
        period.name,
        min(days, default=""),
        max(days, default=""),
        fonds.secrecy,
        tuple(rows),
        sum(row.pages or 0 for row in rows),
        sum(row.pages is None for row in rows),
        tuple(_situation(file, rows, standing, names, items, fonds, left)),
        left,
    )


def _year_given(volume: Given | None, standing: Mapping[str, Given]) -> int | None:
    one = volume or next(iter(standing.values()), None)
    return None if one is None else one.series.year


def _place(given: Given | None) -> int:
    """What has no number yet comes last."""
    return given.place if given is not None and given.place else 1_000_000


def _row(
    order: int,
    piece: Piece,
    given: Given | None,
    blank: Mapping[str, int],
    names: Mapping[int, str],
    start: int | None,
    fonds: Fonds,
    rules: ArchiveRules,
) -> ArchiveRow:
    one = piece.first
    item = one.item or 0
    pages = _pages(piece.sheets, blank)
    end = None if start is None or pages is None else start + max(pages, 1) - 1
    period: Period | None = rules.of(item)
    if given is not None and not given.place:
        read = read_code(given.code)
        period = (rules.coded(read[0].period) if read else None) or period
    return ArchiveRow(
        order,
        (given.place or given.number) if given is not None else None,
        given.code if given is not None else "",
        next((fact.value for sheet in piece.sheets for fact in sheet.facts if fact.name == NUMBER), ""),
        next((sheet.responsible for sheet in piece.sheets if sheet.responsible), "") or one.issuer or "",
        one.title or f"[{names.get(item, '材料')}]",
        eight_digits(one.date),
        fonds.secrecy,
        pages,
        start if fonds.volumes else None,
        end if fonds.volumes else None,
        "；".join(_notes(piece.sheets, blank, pages)),
        period.name if period else "",
        item,
        names.get(item, ""),
        tuple(sheet.id for sheet in piece.sheets),
        tuple(sheet.path or "" for sheet in piece.sheets),
    )


def _pages(sheets: Sequence[Holding], blank: Mapping[str, int]) -> int | None:
    if any(one.file.kind not in PAGED for one in sheets):
        return None
    return sum(one.last - one.first + 1 - blank.get(one.id, 0) for one in sheets)


def _notes(sheets: Sequence[Holding], blank: Mapping[str, int], pages: int | None) -> Iterable[str]:
    if any(one.original == COPY for one in sheets):
        yield COPY
    if any(reason.startswith(_LACKS_PAGES) for one in sheets for reason in one.reasons):
        yield _LACKS_PAGES
    if empty := sum(blank.get(one.id, 0) for one in sheets):
        yield f"另有空白页{empty}页"
    if pages is None:
        yield "页数待打印后数"
    if any(one.wrong == ALTERED for one in sheets):
        yield "文件被改动"
    if any(one.wrong == GONE for one in sheets):
        yield "文件不在原处"


def not_final(one: Holding) -> str:
    """Why a document stands in no list and gets no number; "" for one that does."""
    worth = grade(one)
    return f"{one.called}不是定稿：{worth.reason}" if worth.state is EvidenceState.DRAFT else ""


def _situation(
    file: ProjectFile,
    rows: Sequence[ArchiveRow],
    standing: Mapping[str, Given],
    names: Mapping[int, str],
    items: Sequence[ItemRule],
    fonds: Fonds,
    left: Sequence[tuple[str, str]],
) -> Iterable[str]:
    unit = "本卷" if fonds.volumes else "本盒"
    unknown = sum(row.pages is None for row in rows)
    more = f"，另有 {unknown} 件页数待打印后数" if unknown else ""
    yield f"{unit}共 {len(rows)} 件、{sum(row.pages or 0 for row in rows)} 页{more}。"
    for row in rows:
        if row.note:
            yield f"第 {row.order} 件“{row.title}”：{row.note}。"
    there = {one.item for one in file.documents}
    for item in items:
        if not item.required or item.number in there:
            continue
        waived = file.waivers.get(item.number)
        told = f"免交（{waived.reason}）" if waived is not None else "缺"
        yield f"归档目录第{in_words(item.number)}项“{names[item.number]}”{told}。"
    known = {row.documents[0] for row in rows}
    for one in standing.values():
        if one.document and one.document not in known:
            yield f"{one.code} 原编给 {one.document}，该件已不在本项目，此号空缺。"
    if left:
        yield f"另有 {len(left)} 件未签章的电子文件存于项目文件夹，未编入目录。"
