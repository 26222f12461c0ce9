"""Versions of filed documents (版本): noticed when one is filed, decided by people; nothing is moved or thrown away.

Both stand filed. A link says that one counts in place of the other; it holds only while both are filed under the same
project and item, so whatever happens to the newer one, the older counts again by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from archivist.core.evidence import editable
from archivist.core.model import Status
from archivist.core.overruling import WHATEVER, Change, Sure, overruled, reason, record
from archivist.core.paper.editions import EDITION, correction, edition, is_correction
from archivist.core.paper.legible import legible
from archivist.core.paper.versions import NUMBER, Kin, Kinship, Paper, by_name, compared, may_be_kin
from archivist.core.words.copies import WORSE_COPY
from archivist.errors import UsageError
from archivist.index.versions import SEPARATE

if TYPE_CHECKING:
    from archivist.core.document import Document
    from archivist.core.model import Fact
    from archivist.index.writer import Index

_MOST_COMPARED = 8


def noticed(index: Index, rows: Sequence[Document]) -> list[Document]:
    """Compare documents just filed with older ones; link what is certain, tell a person of the rest.

    Call it inside the transaction that files them. Returns the rows, with what was noticed among their reasons.
    """
    return [_one(index, row) if row.status is Status.FILED else row for row in rows]


def _one(index: Index, row: Document) -> Document:
    if row.title is None:
        return row
    if is_correction(row.title) and not _told_edition(row):
        row = replace(row, facts=(*row.facts, correction(row.title, row.first)))
        index.documents.update(row, "version noticed", other=None)
    mine, draft = _paper(row), _editable(index, row)
    for other in index.documents.namesakes(row, mine.facts.get(NUMBER), _MOST_COMPARED):
        theirs = _paper(other)
        if _editable(index, other) != draft or not may_be_kin(mine, theirs):
            continue  # a draft (草稿) takes no paper's place, nor is it an older one of it: it is kept beside
        mine, theirs = _with_text(index, row, mine), _with_text(index, other, theirs)
        new, old = (row, other) if row.source > other.source else (other, row)
        kin = compared(mine, theirs) if new is row else compared(theirs, mine)
        if kin.kinship is Kinship.OTHER:
            continue
        if kin.kinship is Kinship.MAYBE:
            row = _two_editions(index, row, other, kin, (new, old))
        else:
            row = _linked(index, row, kin, (new, old))
        index.documents.update(row, "version noticed", other=other.id)
        break
    return row


def _linked(index: Index, row: Document, kin: Kin, pair: tuple[Document, Document]) -> Document:
    """One of two counts in the other's place: the newer, or the one that is whole, or can be read."""
    new, old = pair if kin.kinship is Kinship.VERSION else pair[::-1]
    worse = kin.kinship is Kinship.WORSE
    if new is row:
        told = f"比 {old.id} 清楚，以这一份为准" if worse else f"是 {old.id} 的新版本"
    else:
        told = f"{WORSE_COPY}，以 {new.id} 为准" if worse else f"是旧版，以 {new.id} 为准"
    index.versions.replace(old.id, new.id, f"{WORSE_COPY}：{kin.why}" if worse else kin.why, by=None)
    return replace(row, reasons=(*row.reasons, f"{told}（{kin.why}）"))


def _two_editions(
    index: Index, row: Document, other: Document, kin: Kin, pair: tuple[Document, Document]
) -> Document:
    """Both count until a person says which does; where they part is kept with the one just filed."""
    new, old = pair
    told = (
        f"可能与 {other.id} 是同一份文件的两个版本（{kin.why}；两份都作数，请人看一看；"
        f"要以 {new.id} 为准、{old.id} 作旧版的，请管理员登记）"
    )
    fact = edition(other.id, kin.doubt, kin.substance, _rows(index, row), _rows(index, other))
    before = (one for one in row.facts if not (one.name == EDITION and one.value == other.id))
    return replace(row, reasons=(*row.reasons, told), facts=(*before, fact))


def _rows(index: Index, row: Document) -> list[tuple[int, str]]:
    """A document's lines with their pages."""
    pages = index.pages.of(row.source, row.first, row.last)
    return [(page.number, line.text) for page in pages for line in page.lines]


def _editable(index: Index, row: Document) -> bool:
    """Whether a document is a file that people write on (Word …), not a paper."""
    return editable(index.sources.get(row.source))


def _paper(row: Document) -> Paper:
    """What a document is, but for its text."""
    facts = by_name([fact for fact in row.facts if fact.name != EDITION])
    return Paper(row.title, row.date, "", row.last - row.first + 1, row.sealed, row.signed, facts)


def _with_text(index: Index, row: Document, paper: Paper) -> Paper:
    if paper.text:
        return paper
    pages = index.pages.of(row.source, row.first, row.last)
    sheets = tuple(page.text for page in pages if page.text)
    kept = index.pages.kept(row.source) or ()
    read = legible([page for page in kept if row.first <= page.number <= row.last])
    return replace(paper, text="\n".join(sheets), sheets=sheets, legible=read)


def _told_edition(row: Document) -> bool:
    return any(fact.name == EDITION for fact in row.facts)


def decide(index: Index, new: Document, old: Document, sure: Sure = WHATEVER) -> None:
    """A person says that ``new`` counts in place of ``old``.

    Raises:
        UsageError: they are not both filed under one project and item, or are the same.
        Overrules: somebody else said otherwise of one of them.
    """
    if new.id == old.id:
        raise UsageError("一份材料不能是它自己的旧版。请写两个不同的材料编号。")
    for row in (new, old):
        if row.status is not Status.FILED:
            raise UsageError(f"材料 {row.id} 还没有归档，谈不上版本。请先用 archivist assign 归档。")
    if (new.project, new.item) != (old.project, old.item):
        raise UsageError(
            f"{new.id} 归在项目 {new.project} 第 {new.item} 项，{old.id} 归在项目 {old.project} 第 {old.item} 项，"
            "不是同一项的版本。请先用 archivist assign 改到一处。"
        )
    person, now = index.actor.name, f"指定以 {new.id} 为准，{old.id} 作为旧版"
    with index.change():
        turned = old.id in index.versions.after(new.id)
        change = overruled(index.versions.said(old.id), person, now, sure) or (
            overruled(index.versions.said(new.id), person, now, sure) if turned else None
        )
        if turned:
            index.versions.separate(new.id, person)
        index.versions.replace(old.id, new.id, f"由 {person} 指定", by=person, **record(change))
        _tell(index, (new, old), change)


def separate(index: Index, row: Document, sure: Sure = WHATEVER) -> bool:
    """A person says that a document counts by itself; False when it did already.

    Raises:
        Overrules: somebody else said that another counts in its place.
    """
    person = index.actor.name
    with index.change():
        change = overruled(index.versions.said(row.id), person, f"指定{SEPARATE}", sure)
        done = index.versions.separate(row.id, person, **record(change)) or _stand_beside(index, row)
        row = index.documents.find(row.id) or row
        _tell(index, (row,), change if done else None)
        return done


def _stand_beside(index: Index, row: Document) -> bool:
    """A person says that a document which may be another edition stands beside that; False when nobody asked.

    Either of the two may be named: the question is kept with the one that was filed later.
    """
    asked = [one for one in index.documents.editions_of(row.id) if _asks(one, row.id)]
    for one in asked:
        facts = tuple(fact for fact in one.facts if not _about(fact, one, row.id))
        told = f"由 {index.actor.name} 指定{SEPARATE}"
        index.documents.update(
            replace(one, facts=facts, reasons=(*one.reasons, told)), "version", replaces=None, beside=row.id
        )
    return bool(asked)


def _asks(one: Document, document: str) -> bool:
    return any(_about(fact, one, document) for fact in one.facts)


def _about(fact: Fact, one: Document, document: str) -> bool:
    """Whether a fact of ``one`` asks whether ``document`` is an edition of another."""
    return fact.name == EDITION and document in (one.id, fact.value)


def _tell(index: Index, rows: Sequence[Document], change: Change | None) -> None:
    """Leave word with the documents that somebody's decision was changed."""
    for row in rows if change else ():
        told = replace(row, reasons=(*row.reasons, *reason(change)))
        index.documents.update(told, "version noticed", **record(change))
