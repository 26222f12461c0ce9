"""Which projects were wound up (销号), by whom and on what; which were opened again, and what waits to be confirmed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from archivist.core.reports.report import Facts, Listing, Report
from archivist.core.reports.standing import NOWHERE
from archivist.core.reports.table import BAD, GOOD, WAIT, Cell, Table
from archivist.core.rootcode import RootCode
from archivist.core.words.decided import who_decided
from archivist.core.words.times import minute
from archivist.index.closed import Closed, Passed
from archivist.questions.evidence import FORGED, lost_evidence
from archivist.questions.register import known_names, known_projects

if TYPE_CHECKING:
    from archivist.questions.reports.asked import Asked

NAME, TITLE = "deregistrations", "销号情况"
STANDS, DOUBTED, OPENED = "已销号", "依据不在，不能作数", "已重新打开"
WAITS, CONFIRMED, ENDED = "等待另一人确认", "已确认", "没有办成"
"""How a decision, and a proposal, stands."""

_TONES = {STANDS: GOOD, DOUBTED: BAD, OPENED: WAIT, WAITS: WAIT, CONFIRMED: GOOD}
_CONFIRMED_WHY = "已确认"


def deregistrations(asked: Asked) -> Report:
    """The report on what was wound up; UsageError for a project or township that there is not."""
    chosen = _chosen(asked)
    lost = lost_evidence(asked.index)
    counts, places = Counter[str](), dict[str, Counter[str]]()
    for one in asked.index.closings.passed(chosen):
        if one.last:
            state, _ = _state(asked, one, lost)
            counts[state] += 1
            places.setdefault(one.township or NOWHERE, Counter())[state] += 1
    waiting = Counter(_ended(one) for one in asked.index.closings.proposed(chosen))
    told = (
        f"已销号 {counts[STANDS]} 个项目；销号后重新打开、还没有再办的 {counts[OPENED]} 个；"
        f"依据不在的 {counts[DOUBTED]} 个；等待另一人确认的 {waiting[WAITS]} 个。"
    )
    return Report(
        NAME,
        TITLE + (f"（{asked.narrowed}）" if asked.narrowed else ""),
        asked.unit,
        asked.today.isoformat(),
        "档案库的销号决定和事件日志；销号的条件依《实施方案》规定的程序",
        (told,),
        (
            Facts("合计", tuple((state, f"{counts[state]} 个") for state in (STANDS, OPENED, DOUBTED))),
            _townships(places),
            Listing("各次销号", _passed_table(), lambda: _passed_rows(asked, chosen, lost)),
            Listing("提请", _proposed_table(), lambda: _proposed_rows(asked, chosen)),
        ),
        lambda: _records(asked, chosen, lost),
    )


def _chosen(asked: Asked) -> Closed:
    index, filters = asked.index, asked.filters
    townships = None
    if filters.township is not None:
        townships = known_names("township", filters.township, index.projects.values("township"))
    if filters.project is not None:
        known_projects(index, index.projects.names([filters.project]), [filters.project])
    return Closed(townships, filters.project)


def _state(asked: Asked, one: Passed, lost: dict[str, str]) -> tuple[str, str]:
    """How a passing stands now, and why."""
    if one.reopened is not None:
        return OPENED, one.reason or ""
    if one.event is None:
        return DOUBTED, FORGED
    if one.decision is None:
        return DOUBTED, "决定的记录读不出来"
    why = lost.get(one.project) or "；".join(asked.index.deregistrations.why_lost(one.decision))
    return (DOUBTED, why) if why else (STANDS, "依据都在")


def _townships(places: dict[str, Counter[str]]) -> Listing:
    states = (STANDS, OPENED, DOUBTED)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (place, *(places[place][state] for state in states)) for place in sorted(places)
    )
    note = "每个项目只算最近一次。"
    table = Table("各镇街", ("镇街", *states), rows, notes=(note,))
    return Listing("各镇街", table, totals=frozenset(states))


def _passed_table() -> Table:
    columns = (
        *("镇街", "项目编号", "项目名称", "现在", "销号时间", "办理人", "决定号（事件号）", "归档根码"),
        *(
            "依据材料（份）",
            "免交（项）",
            "说明理由（处）",
            "负责人核定（处）",
            "依据现在怎样",
            "重新打开",
            "由谁打开",
        ),
    )
    note = "没有通过核对的办理不留决定，不在这里；每次核对的结果见检查。"
    return Table("各次销号", columns, (), notes=(note,), tones=_TONES)


def _passed_rows(asked: Asked, chosen: Closed, lost: dict[str, str]) -> Iterator[tuple[Cell, ...]]:
    for one in asked.index.closings.passed(chosen):
        state, why = _state(asked, one, lost)
        decision = one.decision
        yield (
            one.township or NOWHERE,
            one.project,
            one.name,
            state,
            minute(one.at),
            one.actor if decision is None else who_decided(decision),
            one.event or None,
            RootCode(decision.root).printed if decision is not None and decision.root else None,
            None if decision is None else len(decision.evidence()),
            None if decision is None else sum(item.waiver is not None for item in decision.items),
            None if decision is None else len(decision.reasons),
            None if decision is None else len(decision.overrides),
            why,
            minute(one.reopened) if one.reopened else None,
            one.reopened_by,
        )


def _proposed_table() -> Table:
    columns = ("镇街", "项目编号", "项目名称", "现在", "提请时间", "提请人", "结束时间", "经办人", "说明")
    return Table("提请", columns, (), tones=_TONES)


def _ended(one: dict[str, Any]) -> str:
    if one["ended"] is None:
        return WAITS
    return CONFIRMED if str(one["why"] or "").startswith(_CONFIRMED_WHY) else ENDED


def _proposed_rows(asked: Asked, chosen: Closed) -> Iterator[tuple[Cell, ...]]:
    for one in asked.index.closings.proposed(chosen):
        ended = minute(one["ended"]) if one["ended"] else None
        yield (
            one["township"] or NOWHERE,
            one["project"],
            one["name"],
            _ended(one),
            minute(one["at"]),
            one["actor"],
            ended,
            one["ended_by"],
            one["why"],
        )


def _records(asked: Asked, chosen: Closed, lost: dict[str, str]) -> Iterator[dict[str, Any]]:
    for one in asked.index.closings.passed(chosen):
        state, why = _state(asked, one, lost)
        decision = one.decision
        yield {
            "kind": "decision",
            **_about(one.project, one.name, one.township, state, one.at),
            "by": one.actor if decision is None else who_decided(decision),
            "event": one.event or None,
            "root": decision.root if decision is not None and decision.root else None,
            "papers": None if decision is None else len(decision.evidence()),
            "ended": one.reopened,
            "ended_by": one.reopened_by,
            "why": why,
        }
    for row in asked.index.closings.proposed(chosen):
        yield {
            "kind": "proposal",
            **_about(row["project"], row["name"], row["township"], _ended(row), row["at"]),
            "by": row["actor"],
            "event": None,
            "root": None,
            "papers": None,
            "ended": row["ended"],
            "ended_by": row["ended_by"],
            "why": row["why"] or "",
        }


def _about(project: str, name: str, township: str, state: str, at: str) -> dict[str, Any]:
    return {"project": project, "name": name, "township": township, "state": state, "at": at}
