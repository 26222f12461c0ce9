"""How far all are (齐全情况): the district by townships and items, a township by projects, a project by items and papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from heapq import nsmallest
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from archivist.core.catalogue.completeness import ItemState
from archivist.core.reports.listings import MARKS_TOLD, TONES, item_word, verdict
from archivist.core.reports.report import Grid, GridCell, GridRow, Listing, Report, Section, Trend, Words
from archivist.core.reports.shares import percent_told
from archivist.core.reports.standing import NOWHERE, Count, Counting
from archivist.core.reports.table import Cell, Table
from archivist.core.reports.trend import Presence, month_told, months_to, standing
from archivist.questions.evidence import lost_evidence
from archivist.questions.missing import ELIMINATED, ProjectState, each
from archivist.questions.register import known_names

if TYPE_CHECKING:
    from archivist.questions.reports.asked import Asked

NAME, TITLE = "completeness", "归档材料齐全情况"
MOST_LISTED = 300
"""Projects that the district's report lists one by one; of more it gives the townships alone."""

_MOST_BYTES = 48_000
"""The same in bytes: with the map and the months the page stays below 100 KiB."""

_MONTHS, _OLDEST, _AT_ONCE = 12, 10, 500
_WORST = 3
_WRONG = (ItemState.MISSING, ItemState.REVIEW, ItemState.UNQUALIFIED, ItemState.CHECK)
_WHOLE = ("xlsx", "csv")
"""Formats that hold the projects of a district, however many."""


class Gap(NamedTuple):
    """A project that is not complete: since when nothing came for it (ISO 8601), whether anything ever did."""

    since: str
    ever: bool
    project: ProjectState


def completeness(asked: Asked) -> Report:
    """The report on the district, on the township or on the project that was asked for."""
    if asked.filters.project is not None:
        from archivist.questions.reports.project import project_report

        return project_report(asked, asked.filters.project, NAME, TITLE)
    return _of_township(asked) if asked.filters.township is not None else _of_district(asked)


# -- the district ----------------------------------------------------------------------------------------------------


def _of_district(asked: Asked) -> Report:
    counting, few, oldest = _counted(asked)
    count = counting.all
    listed = count.projects <= MOST_LISTED and sum(map(_size, few)) <= _MOST_BYTES
    linked = listed and asked.form == "html"
    links = {name: f"t{at}" if linked else "" for at, name in enumerate(counting.townships, start=1)}
    sections: list[Section] = [
        _grid("各镇街、各项归档内容", "镇街", counting.townships.values(), asked, links),
        *_trends(asked, count),
        _oldest(oldest, asked.today),
    ]
    if linked:
        for name, anchor in links.items():
            own = [one for one in few if (one.project.township or NOWHERE) == name]
            sections.append(_lines(f"{name}的项目", asked, own, anchor))
    elif asked.form == "html":
        told = f"项目有 {count.projects} 个，这一页只列到镇街；各镇街的项目另有一页，请按镇街出报表。"
        sections.append(Words("各镇街的项目", (told,)))
    elif asked.form in _WHOLE or (listed and asked.form != "text"):
        sections.append(_lines("各项目", asked, None, ""))
    return Report(
        NAME,
        TITLE,
        asked.unit,
        asked.today.isoformat(),
        asked.basis,
        (_told(f"共 {len(counting.townships)} 个镇街，", count), *_worst(asked, count)),
        tuple(sections),
        lambda: (one.record(asked.items) for one in (*counting.townships.values(), count)),
    )


def _size(one: ProjectState) -> int:
    """Bytes that a project takes in a list, about."""
    return len((one.project.code + one.project.name).encode("utf-8", "replace")) + 60


def _counted(asked: Asked) -> tuple[Counting, list[ProjectState], list[Gap]]:
    """All projects counted, the first of them, and those that wait longest; read once."""
    counting, few, gaps = Counting(), list[ProjectState](), list[Gap]()
    states = each(asked.index, asked.wanted(), asked.standard)
    while portion := list(islice(states, _AT_ONCE)):
        for one in portion:
            counting.add(one.project.township, one.state, one.project.deregistered is not None)
        few += portion[: max(0, MOST_LISTED - len(few))]
        gaps = nsmallest(_OLDEST, [*gaps, *_gaps(asked, portion)], key=lambda gap: gap.since)
    return counting, few, gaps


def _gaps(asked: Asked, portion: Sequence[ProjectState]) -> Iterator[Gap]:
    open_ones = [one for one in portion if not one.state.complete]
    seen = asked.index.history.last_filed([one.project.code for one in open_ones])
    for one in open_ones:
        last, row = seen[one.project.code]
        yield Gap(last or row, last is not None, one)


def _told(start: str, count: Count) -> str:
    left = count.projects - count.complete
    return (
        f"{start}{ELIMINATED}项目 {count.projects} 个：材料齐全 {count.complete} 个"
        f"（{percent_told(count.complete, count.projects)}），还不齐的 {left} 个，已销号 {count.deregistered} 个。"
    )


def _worst(asked: Asked, count: Count) -> Iterator[str]:
    """The items that are least often there."""
    lacking = sorted(
        ((count.enough(item.number).number, item) for item in asked.items if item.required),
        key=lambda pair: pair[0],
    )
    told = [
        f"第{item.number}项{item.short}（差 {count.projects - number} 个）"
        for number, item in lacking[:_WORST]
        if number < count.projects
    ]
    if told:
        yield f"差得最多的归档内容：{'，'.join(told)}。"


def _grid(
    heading: str, unit: str, counts: Iterable[Count], asked: Asked, links: dict[str, str] | None = None
) -> Grid:
    columns = (unit, *(f"{item.number} {item.short}" for item in asked.items), "齐全的项目")
    rows = tuple(
        GridRow(
            one.name,
            (
                *(one.enough(item.number) for item in asked.items),
                GridCell(one.complete, one.projects),
            ),
            (links or {}).get(one.name, ""),
        )
        for one in counts
    )
    free = "、".join(f"第{item.number}项" for item in asked.items if not item.required)
    note = "格子里是这一项齐全或免交的项目数" + (
        f"；{free}可有可无，没有材料不算差，有材料而有问题的算差" if free else ""
    )
    return Grid(heading, columns, rows, f"{note}。最后一列是必须有的各项都齐的项目数。")


# -- months ----------------------------------------------------------------------------------------------------------


def _trends(asked: Asked, count: Count) -> Iterator[Trend]:
    months = months_to(asked.today, _MONTHS)
    names = [month_told(month) for month in months]
    names[-1] += "（至今）"
    formers = asked.index.succession.formers()
    presence = Presence(
        months,
        [item.number for item in asked.items if item.required],
        {old: former.code for old, former in formers.items()},
    )
    presence.take(asked.index.history.changes())
    for waiver in asked.index.waivers.among(None):
        presence.waived(waiver.project, waiver.item, waiver.at)
    places = asked.filters.township
    townships = (
        None if places is None else known_names("township", places, asked.index.projects.values("township"))
    )
    codes = asked.index.projects.codes((), townships, ELIMINATED)
    lost = asked.index.history.lost_before()
    note = (
        "月末每一项都有归档材料（或已定免交）的项目数，按事件日志；日志没有记当时检查的结论，所以不论材料合格不合格。"
        f"今天按检查算齐全的是 {count.complete} 个。"
        + (f"{lost[:10]}以前的记录丢失过，那以前的数可能偏少。" if lost else "")
    )
    yield Trend("材料到齐的项目（月末）", tuple(zip(names, presence.complete(codes), strict=True)), note)
    chosen = set(codes)
    gone = lost_evidence(asked.index)
    spans = (
        (since, asked.today.isoformat() if until is None and code in gone else until)
        for code, since, until in asked.index.history.deregistered()
        if code in chosen
    )
    yield Trend(
        "已销号的项目（月末）",
        tuple(zip(names, standing(spans, months), strict=True)),
        "月末销号决定仍然有效的项目数；重新打开的从重新打开那个月起不算，现在发现依据不在了的这个月起不算。",
    )


def _oldest(gaps: Sequence[Gap], today: date) -> Listing:
    rows = tuple(
        (
            gap.project.project.code,
            gap.project.project.name,
            gap.project.project.township,
            verdict(gap.project.state),
            gap.since[:10] if gap.ever else "还没有收到过",
            days_since(gap.since, today),
        )
        for gap in gaps
    )
    columns = ("项目编号", "项目名称", "镇街", "结论", "最近一次收到材料", "至今（天）")
    note = "还不齐的项目里，最久没有收到新材料的；一份也没有收到过的，从台账最近一次写入算起。"
    table = Table("最久没有进展的项目", columns, rows, notes=(note,), tones=TONES)
    return Listing("最久没有进展的项目", table)


def days_since(at: str, today: date) -> int | None:
    """Days from then to today; None where ``at`` is no time."""
    try:
        return (today - date.fromisoformat(at[:10])).days
    except ValueError:
        return None


# -- a township ------------------------------------------------------------------------------------------------------


def _of_township(asked: Asked) -> Report:
    villages = Counting()
    for one in each(asked.index, asked.wanted(), asked.standard):
        villages.add(one.project.village or "（没有写村）", one.state, one.project.deregistered is not None)
    count = villages.all
    sections: tuple[Section, ...] = (
        _lines("各项目", asked, None, ""),
        _grid("各村（社区）、各项归档内容", "村（社区）", villages.townships.values(), asked),
        *_trends(asked, count),
    )
    return Report(
        NAME,
        f"{TITLE}（{asked.filters.township}）",
        asked.unit,
        asked.today.isoformat(),
        asked.basis,
        (_told("", count), *_worst(asked, count)),
        sections,
        lambda: (_record(one) for one in each(asked.index, asked.wanted(), asked.standard)),
    )


def _lines(heading: str, asked: Asked, few: Sequence[ProjectState] | None, anchor: str) -> Listing:
    """Projects by items, a line each; ``few`` are those to list, None for all that are asked for."""
    items = (f"{one.number} {one.short}" for one in asked.items)
    columns = ("项目编号", "项目名称", "镇街", "村（社区）", *items, "结论", "销号日期")
    if few is not None:
        return Listing(heading, _short_table(heading, few), anchor=anchor, folded=True)

    def stream() -> Iterator[tuple[Cell, ...]]:
        return map(_line, each(asked.index, asked.wanted(), asked.standard))

    return Listing(heading, Table(heading, columns, (), notes=(MARKS_TOLD,), tones=TONES), stream)


def _short_table(heading: str, few: Sequence[ProjectState]) -> Table:
    """Projects by what is wrong with them, for a page that is to stay small."""
    rows = tuple(
        (
            one.project.code,
            one.project.name,
            verdict(one.state),
            *("、".join(map(str, numbers)) for numbers in _wrong(one)),
            one.line.deregistered,
        )
        for one in few
    )
    columns = ("项目编号", "项目名称", "结论", *(f"{state.value}的项" for state in _WRONG), "销号日期")
    return Table(heading, columns, rows)


def _wrong(one: ProjectState) -> tuple[tuple[int, ...], ...]:
    return one.state.missing, one.state.review, one.state.unqualified, one.state.check


def _line(one: ProjectState) -> tuple[Cell, ...]:
    about = one.project
    marks = (item_word(item) for item in one.state.items)
    return (
        about.code,
        about.name,
        about.township,
        about.village,
        *marks,
        verdict(one.state),
        one.line.deregistered,
    )


def _record(one: ProjectState) -> dict[str, Any]:
    told = one.record()
    keys = ("project", "name", "township", "village", "complete", "deregistered", "states")
    return {"level": "project", **{key: told[key] for key in keys}}
