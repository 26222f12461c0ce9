"""Reports as plain tables: which projects miss which documents (缺件清单)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from archivist.core.catalogue.completeness import OVERRIDDEN, Completeness, ItemStanding, ItemState
from archivist.core.catalogue.tally import COMPLETE, DEREGISTERED, Tally
from archivist.core.reports.table import BAD, GOOD, WAIT, Cell, Table

_MARKS = {
    ItemState.PRESENT: "√",
    ItemState.CHECK: "核",
    ItemState.UNQUALIFIED: "不",
    ItemState.REVIEW: "确",
    ItemState.MISSING: "缺",
    ItemState.WAIVED: "免",
    ItemState.OPTIONAL: "／",
}
"""One character an item, the ones that forms on paper use; all of them are in GB2312."""

_NAMED_WAITING = 4
"""Projects named in the note about what waits."""

_MOST_REASONS = 4
"""Reasons named in the summary for one state."""

TONES = {
    f"√（{OVERRIDDEN}）": WAIT,
    "√": GOOD,
    "齐全": GOOD,
    "待确认": WAIT,
    "待核": WAIT,
    "缺": BAD,
    "缺件": BAD,
    "不合格": BAD,
}
"""How words of the list look, where colours are."""


class ItemName(NamedTuple):
    """An item of the catalogue (归档内容) as a list needs it."""

    number: int
    short: str
    required: bool


class ProjectLine(NamedTuple):
    """What the list says of a project, from the register, and the day it was deregistered (销号), "" if it is not."""

    name: str
    township: str
    village: str
    department: str
    deregistered: str = ""


def missing_table(
    sums: Tally,
    listed: Sequence[Completeness],
    about: Mapping[str, ProjectLine],
    items: Sequence[ItemName],
    unsorted: Mapping[str, int] | None = None,
) -> Table:
    """The list for a screen: one mark an item.

    Args:
        sums: all projects asked for, summed up.
        listed: those to print, in order.
        about: per project code.
        items: the catalogue, in its order.
        unsorted: how many documents wait with a project as guess and no item.
    """
    rows: list[tuple[Cell, ...]] = []
    for state in listed:
        line = about[state.project]
        marks = " ".join(_narrow(_mark(one)) for one in state.items).rstrip()
        rows.append((state.project, line.name, line.township, line.village, marks, line.deregistered))
    heading = " ".join(f"{item.number:<2}" for item in items).rstrip()
    columns: tuple[str, ...] = ("项目编号", "项目名称", "镇街", "村（社区）", heading, "销号")
    if not any(row[-1] for row in rows):
        rows, columns = [row[:-1] for row in rows], columns[:-1]
    names = "　".join(f"{item.number} {item.short}" for item in items)
    notes: tuple[str, ...] = (
        "√ 齐全　核 待核（有材料，要看原件核对）　不 不合格（有材料，不能用）　确 待确认　缺 缺件　免 免交"
        "　／ 选交，没有也可以",
        f"各列：{names}",
    )
    if any(state.check or state.unqualified for state in listed):
        notes += ("待核、不合格的原因和办法：见项目文件夹里的归档状态，或运行 archivist check 项目编号",)
    notes += tuple(_overridden_notes(listed))
    notes += tuple(_waiting_notes([state.project for state in listed], unsorted or {}))
    whole = frozenset({"项目编号", heading, "销号"})
    return Table("项目缺件清单", columns, tuple(rows), missing_summary(sums, items), notes, whole)


def _mark(one: ItemStanding) -> str:
    """One character; what is there because somebody overrode (核定) what was found is not ticked."""
    return "定" if one.overridden and one.state is ItemState.PRESENT else _MARKS[one.state]


def _overridden_notes(listed: Sequence[Completeness]) -> Iterator[str]:
    """What was overridden, in projects that are listed."""
    told = [
        f"{state.project} 第{'、'.join(map(str, state.overridden))}项" for state in listed if state.overridden
    ]
    if told:
        more = f"等 {len(told)} 个项目" if len(told) > _NAMED_WAITING else ""
        named = "，".join(told[:_NAMED_WAITING]) + more
        yield f"定 齐全，其中有软件看错、由负责人核定的（是谁、为什么，见 archivist check 项目编号）：{named}"


def _waiting_notes(listed: Sequence[str], unsorted: Mapping[str, int]) -> Iterator[str]:
    """What waits and may be what is missing, so that nobody hands in again what lies there."""
    told = [f"{code} {unsorted[code]} 件" for code in listed if unsorted.get(code)]
    if told:
        more = f"等 {len(told)} 个项目" if len(told) > _NAMED_WAITING else ""
        named = "，".join(told[:_NAMED_WAITING]) + more
        yield f"待确认里还有看得出项目、看不出是哪一项的：{named}；补交以前先看一看（archivist review）"


def _narrow(mark: str) -> str:
    """A mark two columns wide: only the tick is narrower than a Chinese character."""
    return "√ " if mark == "√" else mark


def missing_sheet(
    sums: Tally,
    listed: Sequence[Completeness],
    about: Mapping[str, ProjectLine],
    items: Sequence[ItemName],
    unsorted: Mapping[str, int] | None = None,
) -> Table:
    """The list for a spreadsheet: one column an item, the names of what is missing spelled out."""
    shorts = {item.number: item.short for item in items}
    rows = tuple(
        sheet_row(number, state, about[state.project], shorts, (unsorted or {}).get(state.project, 0))
        for number, state in enumerate(listed, start=1)
    )
    return sheet_of(rows, missing_summary(sums, items), items)


def sheet_row(
    number: int, state: Completeness, line: ProjectLine, shorts: Mapping[int, str], unsorted: int
) -> tuple[Cell, ...]:
    """One line of `missing_sheet`.

    Args:
        shorts: names of items. unsorted: how many documents wait with the project as guess and no item.
    """
    return (
        number,
        state.project,
        line.name,
        line.township,
        line.village,
        line.department,
        *(item_word(one) for one in state.items),
        verdict(state),
        _names(state.missing, shorts),
        _waiting(state, shorts, unsorted),
        _why(state, ItemState.UNQUALIFIED, shorts),
        _why(state, ItemState.CHECK, shorts),
        line.deregistered,
    )


def sheet_of(rows: tuple[tuple[Cell, ...], ...], summary: str, items: Sequence[ItemName]) -> Table:
    """`missing_sheet` around its lines; none where they are given one after another."""
    columns = (
        "序号",
        "项目编号",
        "项目名称",
        "镇街",
        "村（社区）",
        "主管部门",
        *(f"{item.number} {item.short}" for item in items),
        "结论",
        "缺少的归档内容",
        "待确认的归档内容",
        "不合格的归档内容和原因",
        "待核的归档内容和原因",
        "销号日期",
    )
    return Table("项目缺件清单", columns, rows, summary, (MARKS_TOLD,), tones=TONES)


MARKS_TOLD = (
    "√ 齐全；缺 缺件；待确认 有材料等待人工确认；待核 有材料，要看原件核对；不合格 有材料，不能用；"
    "免交 不用交；／ 选交，没有也可以。"
)
"""What the words of `missing_sheet` mean."""


_SPELLED = frozenset({ItemState.REVIEW, ItemState.UNQUALIFIED, ItemState.CHECK, ItemState.WAIVED})


def item_word(one: ItemStanding) -> str:
    """An item in a cell: one character, or its state in words."""
    word = one.state.value if one.state in _SPELLED else _MARKS[one.state]
    return f"{word}（{OVERRIDDEN}）" if one.overridden else word


def verdict(state: Completeness) -> str:
    """A project in a word or two: 齐全, 缺2项, or the worst that stands in the way."""
    if state.complete:
        return "齐全"
    if state.missing:
        return f"缺{len(state.missing)}项"
    states = {one.state for one in state.items if one.required}
    worst = (ItemState.UNQUALIFIED, ItemState.REVIEW, ItemState.CHECK)
    return next(one.value for one in worst if one in states)


def _why(state: Completeness, wanted: ItemState, shorts: Mapping[int, str]) -> str:
    """The items in a state, each with its reasons."""
    found = [one for one in state.items if one.state is wanted]
    return "；".join(
        f"{one.item} {shorts.get(one.item, '')}{f'（{reasons}）' if (reasons := '、'.join(one.reasons)) else ''}"
        for one in found
    )


def _waiting(state: Completeness, shorts: Mapping[int, str], unsorted: int) -> str:
    more = f"另有 {unsorted} 件看不出是哪一项" if unsorted else ""
    return "；".join(filter(None, (_names(state.review, shorts), more)))


def _names(numbers: Sequence[int], shorts: Mapping[int, str]) -> str:
    return "、".join(f"{number} {shorts.get(number, '')}".rstrip() for number in numbers)


def missing_summary(sums: Tally, items: Sequence[ItemName]) -> str:
    """One line that sums the list up."""
    told = "".join(
        f"，{state.value} {sums.of(state.value)} 个{_reasons(sums, state)}"
        for state in (ItemState.UNQUALIFIED, ItemState.CHECK)
        if sums.of(state.value)
    )
    told += f"，有负责人核定的 {over} 个" if (over := sums.of(OVERRIDDEN)) else ""
    told += f"，已销号 {passed} 个" if (passed := sums.of(DEREGISTERED)) else ""
    free = "".join(
        f"第{item.number}项“{item.short}”可有可无，不计缺件。" for item in items if not item.required
    )
    missing, waiting = sums.of(ItemState.MISSING.value), sums.of(ItemState.REVIEW.value)
    return (
        f"共 {sums.projects} 个项目：材料齐全 {sums.of(COMPLETE)} 个，缺件 {missing} 个，"
        f"有材料待确认 {waiting} 个{told}。{free}"
    )


def _reasons(sums: Tally, state: ItemState) -> str:
    """Why, and in how many projects; a project may have several."""
    found = sums.reasons(state)
    told = "，".join(f"{reason} {count}" for reason, count in found[:_MOST_REASONS])
    return f"（{told}{'等' if len(found) > _MOST_REASONS else ''}）" if told else ""
