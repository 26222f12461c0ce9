"""What the checks find (检查发现的问题): by township and rule, and each with its paper, page and clause.

Each check runs once, whatever the format: what it found is put aside while it is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from archivist.core.checks.values import Finding, Outcome
from archivist.core.model import Severity
from archivist.core.reports.report import Listing, Report
from archivist.core.reports.standing import NOWHERE
from archivist.core.reports.table import BAD, GOOD, WAIT, Cell, Table
from archivist.questions.check import Examined, examined
from archivist.system.spool import Spool

if TYPE_CHECKING:
    from archivist.core.override import Override
    from archivist.questions.reports.asked import Asked

NAME, TITLE = "findings", "检查发现的问题"
SEVERITIES: Mapping[Severity, str] = {
    Severity.ERROR: "错误",
    Severity.WARNING: "提醒",
    Severity.INFO: "知悉",
}
"""How much it matters, in words."""

OVERRIDDEN = "负责人核定"
OTHERS = "其他要知道的"
"""What findings stand under that no rule made."""

_KINDS = (*SEVERITIES.values(), OVERRIDDEN)
_TONES = {"错误": BAD, "提醒": WAIT, OVERRIDDEN: WAIT, "通过": GOOD}


def findings(asked: Asked) -> Report:
    """The report on what the checks find."""
    codes = [] if asked.filters.project is None else [asked.filters.project]
    return findings_of_projects(asked, codes)[0]


def findings_of_projects(asked: Asked, codes: Collection[str]) -> tuple[Report, frozenset[Severity]]:
    """The same of these projects, of all that are to be wound up where none is named; and which severities stand."""
    counted = _Counted()
    for one in examined(asked.index, asked.rules, asked.today, codes, asked.filters.township):
        counted.take(one)
    narrowed = asked.narrowed or "、".join(codes)
    report = Report(
        NAME,
        TITLE + (f"（{narrowed}）" if narrowed else ""),
        asked.unit,
        asked.today.isoformat(),
        "《实施方案》，各条见“依据”一列",
        counted.summary(),
        (counted.townships(), counted.rules(), counted.listing()),
        counted.records,
    )
    return report, frozenset(counted.standing)


class _Counted:
    """Projects examined one after the other: counted, and what was found put aside. ``standing``: what nobody overrode."""

    def __init__(self) -> None:
        self._kept = Spool()
        self._projects, self._clean = Counter[str](), Counter[str]()
        self._places: dict[str, Counter[str]] = {}
        self._rules: dict[str, Counter[str]] = {}
        self.standing: set[Severity] = set()

    def take(self, one: Examined) -> None:
        """Count one project in."""
        place = (one.file.register.township if one.file.register is not None else "") or NOWHERE
        self._projects[place] += 1
        counts = self._places.setdefault(place, Counter())
        self._clean[place] += all(found.severity is Severity.INFO for found in one.standing)
        for rule, finding in _by_rule(one):
            override = one.override(finding)
            kind = OVERRIDDEN if override is not None else SEVERITIES[finding.severity]
            counts[kind] += 1
            if override is None:
                self.standing.add(finding.severity)
            self._rules.setdefault(rule, Counter())[kind] += 1
            self._kept.put(_record(one, place, rule, finding, override))
        for checked in one.checked:
            if checked.outcome is Outcome.NOT_RUN:
                self._rules.setdefault(checked.name, Counter())[Outcome.NOT_RUN.value] += 1

    def summary(self) -> tuple[str, ...]:
        """The answer in a sentence."""
        whole = sum(self._places.values(), Counter[str]())
        over = f"；另有{OVERRIDDEN} {whole[OVERRIDDEN]} 处" if whole[OVERRIDDEN] else ""
        return (
            f"检查了 {self._projects.total()} 个项目：没有错误和提醒的 {self._clean.total()} 个；"
            f"错误 {whole['错误']} 处，提醒 {whole['提醒']} 处{over}。没有检查成的不算通过。",
        )

    def townships(self) -> Listing:
        """How many of each severity, by township."""
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (place, self._projects[place], self._clean[place], *(counts[kind] for kind in _KINDS))
            for place, counts in self._places.items()
        )
        columns = ("镇街", "检查的项目", "没有错误和提醒的", *_KINDS)
        return Listing("按镇街", Table("按镇街", columns, rows), totals=frozenset(columns[1:]))

    def rules(self) -> Listing:
        """How many of each severity, by rule; and of how many projects it could not be compared."""
        kinds = (*_KINDS, Outcome.NOT_RUN.value)
        found = sorted(self._rules.items(), key=lambda pair: [-pair[1][kind] for kind in kinds])
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (rule, *(counts[kind] for kind in kinds)) for rule, counts in found
        )
        columns = ("检查的内容", *_KINDS, "没有检查成的项目")
        return Listing("按规则", Table("按规则", columns, rows), totals=frozenset(columns[1:]))

    def listing(self) -> Listing:
        """All that was found, a line each."""
        columns = (
            *("镇街", "项目编号", "项目名称", "项", "程度", "问题", "依据", "材料编号", "页", "原文"),
            *("对照的材料", "检查的内容"),
        )
        whole = frozenset({"项目编号", "项", "材料编号", "页"})
        table = Table("全部问题", columns, (), whole=whole, tones=_TONES)
        return Listing("全部问题", table, lambda: map(_row, self._kept.each()))

    def records(self) -> Iterator[dict[str, Any]]:
        """What ``-f json`` prints."""
        return self._kept.each()


def _by_rule(one: Examined) -> Iterator[tuple[str, Finding]]:
    """What was found, in the order of ``check --json``, each with the rule that found it."""
    rules = {id(finding): checked.name for checked in one.checked for finding in checked.findings}
    for finding in one.findings:
        yield rules.get(id(finding), OTHERS), finding


def _record(
    one: Examined, place: str, rule: str, finding: Finding, override: Override | None
) -> dict[str, Any]:
    return {
        **finding.record(),
        "override": None if override is None else override.record(),
        "name": one.file.name,
        "township": "" if place == NOWHERE else place,
        "rule": rule,
        "told": finding_told(finding, override),
    }


def finding_told(finding: Finding, override: Override | None) -> str:
    """What was found, for readers of a paper: no command is named; who overrode it, where somebody did."""
    return finding.told + (override.told if override is not None else "")


def _row(one: dict[str, Any]) -> tuple[Cell, ...]:
    kind = OVERRIDDEN if one["override"] is not None else SEVERITIES[Severity(one["severity"])]
    return (
        one["township"] or NOWHERE,
        one["project"],
        one["name"],
        one["item"],
        kind,
        one["told"],
        one["clause"],
        one["document"],
        one["page"],
        one["quote"],
        one["other_document"],
        one["rule"],
    )
