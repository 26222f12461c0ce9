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
from archivist.core.paper.versions import NUMBER, Kinship, Paper, by_name, kinship, may_be_kin
from archivist.errors import UsageError

if TYPE_CHECKING:
    from archivist.core.document import Document
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
    mine, draft = _paper(row), _editable(index, row)
    for other in index.documents.namesakes(row, mine.facts.get(NUMBER), _MOST_COMPARED):
        theirs = _paper(other)
        if _editable(index, other) != draft or not may_be_kin(mine, theirs):
            continue  # a draft (草稿) takes no paper's place, nor is it an older one of it: it is kept beside
        mine, theirs = _with_text(index, row, mine), _with_text(index, other, theirs)
        new, old = (row, other) if row.source > other.source else (other, row)
        kin, why = kinship(mine, theirs) if new is row else kinship(theirs, mine)
        if kin is Kinship.OTHER:
            continue
        if kin is Kinship.PART:
            new, old = old, new
        if kin in {Kinship.VERSION, Kinship.PART}:
            told = f"是 {old.id} 的新版本" if new is row else f"是旧版，以 {new.id} 为准"
            index.versions.replace(old.id, new.id, why, by=None)
        else:
            told = f"可能与 {other.id} 是同一份文件的两个版本"
            why += f"；两份都作数，请人看一看；要以 {new.id} 为准、{old.id} 作旧版的，请管理员登记"
        row = replace(row, reasons=(*row.reasons, f"{told}（{why}）"))
        index.documents.update(row, "version noticed", other=other.id)
        break
    return row


def _editable(index: Index, row: Document) -> bool:
    """Whether a document is a file that people write on (Word …), not a paper."""
    return editable(index.sources.get(row.source))


def _paper(row: Document) -> Paper:
    """What a document is, but for its text."""
    facts = by_name(row.facts)
    return Paper(row.title, row.date, "", row.last - row.first + 1, row.sealed, row.signed, facts)


def _with_text(index: Index, row: Document, paper: Paper) -> Paper:
    if paper.text:
        return paper
    pages = index.pages.of(row.source, row.first, row.last)
    sheets = tuple(page.text for page in pages if page.text)
    return replace(paper, text="\n".join(sheets), sheets=sheets)


def decide(index: Index, new: Document, old: Document) -> None:
    """A person says that ``new`` counts in place of ``old``.

    Raises:
        UsageError: they are not both filed under one project and item, or are the same.
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
    person = index.actor.name
    with index.change():
        for document in index.versions.after(new.id):
            if document == old.id:
                index.versions.separate(new.id, person)
        index.versions.replace(old.id, new.id, f"由 {person} 指定", by=person)


def separate(index: Index, row: Document) -> bool:
    """A person says that a document counts by itself; False when it did already."""
    with index.change():
        return index.versions.separate(row.id, index.actor.name)
