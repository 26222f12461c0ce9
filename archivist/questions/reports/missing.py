"""What is missing (缺件清单): the list of ``archivist missing`` for all townships, with subtotals."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING

from archivist.core.catalogue.completeness import ItemState
from archivist.core.reports.listings import missing_summary, sheet_of, sheet_row
from archivist.core.reports.report import Listing, Report
from archivist.core.reports.standing import Counting
from archivist.core.reports.table import Cell, Table
from archivist.questions.missing import each
from archivist.questions.missing import missing as ask

if TYPE_CHECKING:
    from archivist.questions.reports.asked import Asked

NAME, TITLE = "missing", "项目缺件清单"
_TOLD = (ItemState.MISSING, ItemState.REVIEW, ItemState.UNQUALIFIED, ItemState.CHECK)


def missing(asked: Asked) -> Report:
    """The report on what is missing."""
    counting = Counting().taken(
        (one.project.township, one.state, one.project.deregistered is not None)
        for one in each(asked.index, asked.wanted(), asked.standard)
    )
    sums = ask(asked.index, asked.wanted(), asked.standard, most=0).sums
    table = sheet_of((), "", asked.items).headed("还不齐的项目")
    narrow = asked.form in {"docx", "pdf"}
    kept = [at for at, name in enumerate(table.columns) if not (narrow and name in _left_out(asked))]
    table = table.picked(kept)
    return Report(
        NAME,
        TITLE + (f"（{asked.filters.township}）" if asked.filters.township else ""),
        asked.unit,
        asked.today.isoformat(),
        asked.basis,
        (missing_summary(sums, asked.items),),
        (
            _subtotals(asked, counting),
            Listing("还不齐的项目", table, lambda: (tuple(row[at] for at in kept) for row in _rows(asked))),
        ),
        lambda: (one.record() for one in each(asked.index, asked.wanted(), asked.standard)),
    )


def _left_out(asked: Asked) -> set[str]:
    """Columns that a sheet of paper has no room for; what they say stands in the columns that name items."""
    return {"主管部门", "结论", *(f"{item.number} {item.short}" for item in asked.items)}


def _subtotals(asked: Asked, counting: Counting) -> Listing:
    """Townships: how many projects, how many complete, how many items stand how."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            one.name,
            one.projects,
            one.complete,
            one.projects - one.complete,
            *(sum(one.of(item.number, state) for item in asked.items) for state in _TOLD),
            one.deregistered,
        )
        for one in counting.townships.values()
    )
    columns = ("镇街", "项目数", "齐全", "还不齐", *(f"{state.value}（项）" for state in _TOLD), "已销号")
    note = "缺件、待确认、不合格、待核按归档内容的项数计，一个项目可有几项。"
    table = Table("各镇街小计", columns, rows, notes=(note,))
    return Listing("各镇街小计", table, totals=frozenset(columns[1:]))


def _rows(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    shorts, number = {item.number: item.short for item in asked.items}, count(1)
    for one in each(asked.index, asked.wanted(), asked.standard, incomplete=True):
        yield sheet_row(next(number), one.state, one.line, shorts, len(one.unsorted))
