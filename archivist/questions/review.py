"""What waits for a person (待确认), with the best guess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.core.catalogue.counting import counts
from archivist.core.paper.editions import EDITION
from archivist.errors import BadInputError
from archivist.questions.documents import documents
from archivist.questions.register import Register, known_place, known_projects, registered

if TYPE_CHECKING:
    from archivist.core.document import Holding
    from archivist.core.model import Fact
    from archivist.index.reader import IndexReader


@dataclass(frozen=True, slots=True)
class Review:
    """Documents that wait, in order of arrival, and what projects are called, by code."""

    documents: tuple[Holding, ...]
    names: Mapping[str, str]

    def sure(self, least: float) -> tuple[Holding, ...]:
        """Those whose guess can be accepted, and is at least this sure (0..1)."""
        return tuple(one for one in self.documents if one.guess is not None and one.guess.score >= least)

    def one(self, number: str) -> Holding:
        """The document with this number (编号); BadInputError when it does not wait or has no guess to accept."""
        found = next((one for one in self.documents if one.id == number.strip().upper()), None)
        if found is None:
            raise BadInputError(f"待确认的材料里没有编号“{number}”。请用 archivist review 查看。")
        if found.guess is None:
            raise BadInputError(
                f"材料 {found.id} 看不出是哪个项目的哪一项，没有可以同意的猜测。"
                f"请自己指定：archivist assign {found.id} --project 项目编号 --item 序号"
            )
        return found


def editions_asked(index: IndexReader) -> list[str]:
    """Filed documents of which nobody said yet whether they or another edition count, a sentence each with the command."""
    told = index.holdings.telling(EDITION)
    counting = {one.id for one in told if counts(one)}
    others = {fact.value for one in told for fact in one.facts if fact.name == EDITION and fact.value}
    counting |= {one.id for one in index.holdings.numbered(others - counting) if counts(one)}
    return [
        _asked(one, fact)
        for one in told
        if one.id in counting
        for fact in one.facts
        if fact.name == EDITION and (fact.value in counting if fact.value else not one.replaces)
    ]


def _asked(one: Holding, fact: Fact) -> str:
    other = fact.value or "原来那一份的编号"
    apart = (
        f"和 {fact.value} {fact.detail}像是同一份文件的两个版本，{fact.party}" if fact.value else fact.party
    )
    return (
        f"{one.called}第{fact.page}页“{fact.quote}”{apart}。指定以哪一份为准："
        f"archivist version {one.id} --replaces {other}；两份都作数：archivist version {one.id} --separate"
    )


def decided_already(index: IndexReader, number: str) -> str:
    """Who decided about a document that waits no longer, when and what, as a sentence; "" where nobody did."""
    from archivist.index.decisions import Decisions

    row = index.documents.find(number.strip().upper())
    earlier = None if row is None else Decisions(index).placed(row)
    if row is None or earlier is None:
        return ""
    return (
        f"材料 {row.id} 不再待确认：已由 {earlier.told}。什么也没有改动。"
        f"仍要改的：archivist assign {row.id} --project 项目编号 --item 序号 --yes"
    )


def waiting(
    index: IndexReader, project: str | None = None, township: str | None = None, item: int | None = None
) -> Review:
    """Ask what waits, filtered by the first guess; UsageError when the register lacks the project or township.

    Args:
        township: part of the name is enough.
    """
    register = registered(index)
    if project is not None:
        known_projects(index, register, [project])
    known_place(register, "township", township)
    found = documents(index, status="review")
    return Review(
        tuple(one for one in found if _fits(one, register, project, township, item)),
        {code: one.name for code, one in register.items()},
    )


def _fits(
    one: Holding, register: Register, project: str | None, township: str | None, item: int | None
) -> bool:
    first = one.candidates[0] if one.candidates else None
    code = first.project if first else None
    where = register[code].township if code is not None and code in register else None
    return (
        (project is None or code == project)
        and (township is None or (where is not None and township in where))
        and (item is None or (first is not None and first.item == item))
    )
