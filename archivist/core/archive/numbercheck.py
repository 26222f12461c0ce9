"""What is wrong with the numbers of an archive (档号核对): gaps, doubles, numbers of papers that are gone, numbers that no
longer fit. Pure; a register of any length is looked at as it is read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from archivist.core.archive.numbers import Given, Paper, Series, code_of, read_code
from archivist.core.archive.rules import ArchiveRules, Fonds

GAP, DOUBLE, ENDED, VACANT, UNFIT, MALFORMED, UNNUMBERED = (
    "缺号",
    "重号",
    "停用",
    "空号",
    "不符",
    "不规范",
    "未编号",
)
FLAWS = (GAP, DOUBLE, ENDED, VACANT, UNFIT, MALFORMED, UNNUMBERED)
"""What may be wrong with a number, as people read it."""


class Flaw(NamedTuple):
    """One thing that is wrong: what, about which 档号 ("" for a paper without one), whose, and a Chinese sentence."""

    kind: str
    code: str
    project: str
    told: str

    def record(self) -> dict[str, Any]:
        """As ``number --check --json`` prints it."""
        return {"kind": self.kind, "number": self.code, "project": self.project or None, "message": self.told}


def series_flaws(given: Iterable[Given], rules: ArchiveRules) -> Iterator[Flaw]:
    """Gaps and doubles among the numbers of every series.

    Args:
        given: all that were ever given but places within volumes, by series, then number.
    """
    for series, rows in groupby(given, key=lambda one: one.series):
        expected = 1
        for number, same in groupby(rows, key=lambda one: one.number):
            yield from _gap(series, expected, number - 1, rules)
            yield from _of_number(list(same))
            expected = number + 1


def _gap(series: Series, first: int, last: int, rules: ArchiveRules) -> Iterator[Flaw]:
    if first > last:
        return
    low, high = code_of(series, first, rules), code_of(series, last, rules)
    what = low if first == last else f"{low} 到 {high}"
    count = "" if first == last else f"（{last - first + 1} 个）"
    yield Flaw(GAP, low, "", f"缺号：{what}{count}没有编给任何材料")


def _of_number(same: Sequence[Given]) -> Iterator[Flaw]:
    standing = [one for one in same if one.stands]
    if len(standing) > 1:
        whose = "、".join(f"{one.project} {one.document or '案卷'}" for one in standing)
        yield Flaw(
            DOUBLE, standing[0].code, standing[0].project, f"重号：{standing[0].code} 同时编给了 {whose}"
        )
    elif not standing:
        last = same[-1]
        told = f"停用：{last.code} {(last.ended or '')[:10]} 由 {last.ended_by} 停用（{last.why}），不再编给别的材料"
        yield Flaw(ENDED, last.code, last.project, told)


def project_flaws(
    project: str, papers: Sequence[Paper], given: Iterable[Given], fonds: Fonds, rules: ArchiveRules
) -> Iterator[Flaw]:
    """What is wrong with the numbers of one project's papers.

    Args:
        papers: those that are to be numbered. given: all the project was ever given.
    """
    standing = [one for one in given if one.stands]
    by_number = {one.document: one for one in papers}
    for one in standing:
        yield from _of_one(one, by_number.get(one.document), papers, fonds, rules)
    yield from _places(project, standing, rules)
    numbered = {one.document for one in standing}
    if standing:
        for paper in papers:
            if paper.document not in numbered:
                told = f"未编号：{paper.called}（{paper.document}）是编号以后归档的，请再编一次：archivist number {project}"
                yield Flaw(UNNUMBERED, "", project, told)


def _of_one(
    one: Given, paper: Paper | None, papers: Sequence[Paper], fonds: Fonds, rules: ArchiveRules
) -> Iterator[Flaw]:
    again = f"要改的，重新编号并写明理由：archivist number {one.project} --renumber --reason 理由"
    read = read_code(one.code)
    if read is None or read != (one.series, one.number, one.place):
        yield Flaw(MALFORMED, one.code, one.project, f"不规范：{one.code} 不是按规则编的档号。{again}")
    if one.document and paper is None:
        gone = "已不在这个项目（退回、改归或有了新版）"
        told = f"空号：{one.code} 编给了 {one.document}，它{gone}，这个号空着，不编给别的材料"
        yield Flaw(VACANT, one.code, one.project, told)
        return
    if bool(one.place) != (fonds.volumes and bool(one.document)) or (not one.document and not fonds.volumes):
        yield Flaw(UNFIT, one.code, one.project, f"不符：{one.code} 不是按“{fonds.by}”编的。{again}")
        return
    period = rules.longest(it.item for it in papers) if paper is None else rules.of(paper.item)
    by = fonds if fonds.number else one.series  # nobody set whose archive it is: only the period can be wrong
    whose = fonds.number or one.series.fonds
    now = Series(whose, by.category, one.series.year, period.code, by.organ)
    if not one.place and one.series != now:
        yield Flaw(
            UNFIT,
            one.code,
            one.project,
            f"不符：{one.code} 按现在的设置和保管期限应在 {now.told} 里。{again}",
        )


def _places(project: str, standing: Sequence[Given], rules: ArchiveRules) -> Iterator[Flaw]:
    """Gaps and doubles among the places (顺序号) of a volume."""
    places = Counter(one.place for one in standing if one.place)
    volumes = [one for one in standing if not one.document]
    if len(volumes) > 1:
        listed = "、".join(one.code for one in volumes)
        yield Flaw(DOUBLE, volumes[0].code, project, f"重号：{project} 有几个案卷号：{listed}")
    volume = volumes[0] if volumes else None
    for place in range(1, max(places, default=0) + 1):
        code = "" if volume is None else code_of(volume.series, volume.number, rules, place)
        if not places[place]:
            yield Flaw(GAP, code, project, f"缺号：{project} 卷内顺序号 {place} 没有编给任何材料")
        elif places[place] > 1:
            whose = "、".join(one.document for one in standing if one.place == place)
            yield Flaw(DOUBLE, code, project, f"重号：{project} 卷内顺序号 {place} 同时编给了 {whose}")
