"""Who did what when (经办记录), by the log of events: counted by person and act, and each act."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from archivist.core.authority import DECISIONS
from archivist.core.reports.report import Listing, Report
from archivist.core.reports.table import Cell, Table
from archivist.core.words.acts import act_word, place_word
from archivist.core.words.deeds import deed
from archivist.core.words.times import second
from archivist.errors import UsageError
from archivist.index.history import Sought
from archivist.questions.register import known_names, known_projects

if TYPE_CHECKING:
    from archivist.questions.reports.asked import Asked

_OWN = DECISIONS | {"exported"}
"""Acts of people: what they decided, and what they took away."""

NAME, TITLE = "activity", "经办记录"
_NOTE = "写“软件”的，是软件在这个人运行它的时候做的，不是这个人的决定。"


def activity(asked: Asked) -> Report:
    """The report on who did what; UsageError for a person, project or township that there is not."""
    sought = _sought(asked)
    counts = asked.index.history.counts(sought)
    people = {one["actor"] for one in counts}
    told = sum(one["count"] for one in counts)
    first, last = (
        (min(one["first"] for one in counts)[:10], max(one["last"] for one in counts)[:10])
        if counts
        else ("", "")
    )
    when = f"，从 {first} 到 {last}" if first else ""
    return Report(
        NAME,
        TITLE + (f"（{asked.narrowed}）" if asked.narrowed else ""),
        asked.unit,
        asked.today.isoformat(),
        "档案库的事件日志（只增不改，逐条相连；有没有被改动，见核验）",
        (f"{len(people)} 人，共 {told} 件事{when}。",),
        (_by_person(counts), _each(asked, sought)),
        lambda: map(_record, asked.index.history.acts(sought)),
    )


def _sought(asked: Asked) -> Sought:
    filters, index = asked.filters, asked.index
    if filters.person is not None and not any(filters.person in one for one in index.history.people()):
        raise UsageError(
            f"日志里没有名字含“{filters.person}”的人。请用 archivist report activity 查看都有谁。"
        )
    codes: list[str] = []
    if filters.project is not None:
        known_projects(index, index.projects.names([filters.project]), [filters.project])
        former = index.succession.formerly([filters.project]).get(filters.project, ())
        codes = [filters.project, *(code for code, _ in former if code)]
    elif filters.township is not None:
        townships = known_names("township", filters.township, index.projects.values("township"))
        codes = index.projects.codes((), townships)
    return Sought(filters.person, tuple(dict.fromkeys(codes)), filters.since, filters.until)


def _by_person(counts: list[dict[str, Any]]) -> Listing:
    rows = tuple(
        (
            one["actor"],
            act_word(one["act"]),
            _whose(one),
            one["count"],
            one["first"][:10],
            one["last"][:10],
        )
        for one in counts
    )
    columns = ("经办人", "事情", "谁的决定", "次数", "最早", "最近")
    table = Table("各人办了什么", columns, rows, notes=(_NOTE,))
    return Listing("各人办了什么", table, totals=frozenset({"次数"}))


def _each(asked: Asked, sought: Sought) -> Listing:
    columns = ("事件号", "时间", "经办人", "经由", "事情", "谁的决定", "对象", "项目编号", "项", "说明")
    table = Table("逐件", columns, (), whole=frozenset({"事件号", "项目编号", "项"}))

    def stream() -> Iterator[tuple[Cell, ...]]:
        return map(_row, asked.index.history.acts(sought))

    return Listing("逐件", table, stream)


def _row(one: dict[str, Any]) -> tuple[Cell, ...]:
    user = f"（系统用户 {one['user']}）" if one["user"] else ""
    return (
        one["seq"],
        second(one["at"]),
        f"{one['actor']}{user}",
        place_word(one["place"]),
        act_word(one["act"]),
        _whose(one),
        one["subject"],
        _text(one["project"]),
        _text(one["item"]),
        deed(one["act"], one),
    )


def _whose(one: dict[str, Any]) -> str:
    """Whether an act is a person's decision, or what the software did for whoever ran it."""
    return "本人" if one["act"] in _OWN and one["own"] else "软件"


def _text(told: object) -> str | int | None:
    """What an event tells, as far as it is words or a number."""
    return told if isinstance(told, str | int) else None


def _record(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "event": one["seq"],
        "at": one["at"],
        "person": one["actor"],
        "user": _text(one["user"]),
        "place": one["place"],
        "act": one["act"],
        "told": act_word(one["act"]),
        "subject": one["subject"],
        "project": _text(one["project"]),
        "item": _text(one["item"]),
        "reason": deed(one["act"], one),
    }
