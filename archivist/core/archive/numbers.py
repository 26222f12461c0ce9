"""Numbers of an archive (档号): given once, stable from then on, never given again; the next is one more than the highest
ever given in its series. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from archivist.core.archive.rules import ArchiveRules, Fonds, Period
from archivist.core.patterns import lazily

_CODE = lazily(
    "(?P<fonds>[0-9A-Z]{1,12})-(?P<category>[A-Z]{2,4})·(?P<year>[0-9]{4})-(?P<period>Y|D[0-9]{1,3})"
    "(?:-(?P<organ>[0-9A-Z]{1,8}))?-(?P<number>[0-9]{4,6})(?:-(?P<place>[0-9]{3,4}))?"
)


class Series(NamedTuple):
    """What numbers are counted within (类): a year, a period of retention and a body of one fonds."""

    fonds: str
    category: str
    year: int
    period: str
    organ: str = ""

    @property
    def told(self) -> str:
        """As it stands before the number in a 档号."""
        return "-".join(
            part
            for part in (f"{self.fonds}-{self.category}·{self.year:04d}", self.period, self.organ)
            if part
        )


class Given(NamedTuple):
    """A number that was given, whether it still stands or not.

    Attributes:
        project: whose. document: the paper's number (of its first sheet), "" for the volume itself.
        number: 件号 or 案卷号. place: 顺序号 in the volume, 0 for what is in none.
        code: 档号, as it was given. at, actor: when (ISO 8601) and by whom.
        ended, ended_by, why: since when it stands for nothing any more; None while it does.
    """

    id: int
    project: str
    document: str
    series: Series
    number: int
    place: int
    code: str
    at: str = ""
    actor: str = ""
    ended: str | None = None
    ended_by: str | None = None
    why: str | None = None

    def record(self) -> dict[str, Any]:
        """As 档案元数据.json tells it; `read_code` reads the rest off the number."""
        told = ("document", "code", "at", "actor", "ended", "ended_by", "why")
        return {name: getattr(self, name) for name in told}

    @property
    def stands(self) -> bool:
        """Whether it was not taken back."""
        return self.ended is None


class Paper(NamedTuple):
    """One paper (件) to be numbered: its number, item, title and the year it is of (None: not known)."""

    document: str
    item: int
    called: str
    year: int | None


class New(NamedTuple):
    """A number to be given."""

    document: str
    series: Series
    number: int
    place: int
    code: str


class Plan(NamedTuple):
    """What numbering a project comes to: what is given, and why the rest is not, each a Chinese sentence."""

    new: tuple[New, ...]
    left: tuple[str, ...] = ()


Highest = Callable[[Series], int]
"""The highest number ever given in a series, 0 where none was."""


def code_of(series: Series, number: int, rules: ArchiveRules, place: int = 0) -> str:
    """A 档号; of a paper in a volume with its place there."""
    code = f"{series.told}-{number:0{rules.digits}d}"
    return f"{code}-{place:0{rules.places}d}" if place else code


def read_code(code: str) -> tuple[Series, int, int] | None:
    """The series, number and place of a 档号; None for what is none."""
    found = _CODE.fullmatch(code)
    if found is None:
        return None
    series = Series(
        found["fonds"], found["category"], int(found["year"]), found["period"], found["organ"] or ""
    )
    return series, int(found["number"]), int(found["place"] or 0)


def planned(
    papers: Sequence[Paper],
    given: Iterable[Given],
    fonds: Fonds,
    rules: ArchiveRules,
    highest: Highest,
    year: int | None = None,
) -> Plan:
    """What numbers a project's papers get that have none yet.

    Args:
        papers: those that count, in the catalogue's order. given: all that the project was ever given.
        year: 年度, where somebody says it; else that of the paper, or of the volume's latest one.
    """
    standing = [one for one in given if one.stands]
    if fonds.volumes:
        return _volume(papers, standing, fonds, rules, highest, year)
    return _pieces(papers, standing, fonds, rules, highest, year)


def _pieces(
    papers: Sequence[Paper],
    standing: Sequence[Given],
    fonds: Fonds,
    rules: ArchiveRules,
    highest: Highest,
    year: int | None,
) -> Plan:
    numbered = {one.document for one in standing}
    taken: dict[Series, int] = {}
    new, left = [], []
    for paper in papers:
        if paper.document in numbered:
            continue
        of = year or paper.year
        if of is None:
            left.append(f"{paper.called}（{paper.document}）没有日期，定不了年度：{_dated(paper)}")
            continue
        series = _series(fonds, of, rules.of(paper.item))
        number = taken[series] = taken.get(series, highest(series)) + 1
        new.append(New(paper.document, series, number, 0, code_of(series, number, rules)))
    return Plan(tuple(new), tuple(left))


def _dated(paper: Paper) -> str:
    return f"请先登记日期 archivist date {paper.document} 日期，或用 --year 写明年度"


def _volume(
    papers: Sequence[Paper],
    standing: Sequence[Given],
    fonds: Fonds,
    rules: ArchiveRules,
    highest: Highest,
    year: int | None,
) -> Plan:
    if not papers:
        return Plan((), ("没有可以编号的材料",))
    new: list[New] = []
    volume = next((one for one in standing if not one.document), None)
    if volume is not None:
        series, number = volume.series, volume.number
    else:
        of = year or max((one.year for one in papers if one.year is not None), default=None)
        if of is None:
            return Plan((), (f"没有一份材料有日期，定不了案卷的年度：{_dated(papers[0])}",))
        series = _series(fonds, of, rules.longest(one.item for one in papers))
        number = highest(series) + 1
        new.append(New("", series, number, 0, code_of(series, number, rules)))
    numbered = {one.document for one in standing}
    place = max((one.place for one in standing), default=0)
    for paper in papers:
        if paper.document not in numbered:
            place += 1
            new.append(New(paper.document, series, number, place, code_of(series, number, rules, place)))
    return Plan(tuple(new))


def _series(fonds: Fonds, year: int, period: Period) -> Series:
    return Series(fonds.number, fonds.category, year, period.code, fonds.organ)


def to_end(
    papers: Sequence[Paper],
    given: Iterable[Given],
    fonds: Fonds,
    rules: ArchiveRules,
    year: int | None = None,
) -> list[Given]:
    """Which numbers end when a project is numbered anew (重新编号): those that no longer fit, and in a volume all places.

    A volume whose number still fits keeps it; so does a paper numbered by itself.
    """
    standing = [one for one in given if one.stands]
    if fonds.volumes:
        volume = next((one for one in standing if not one.document), None)
        fitting = volume is not None and volume.series == _wanted(
            papers, fonds, rules, year, volume.series.year
        )
        return [one for one in standing if one.document or not fitting]
    by_number = {one.document: one for one in papers}
    return [one for one in standing if not _fits(one, by_number.get(one.document), fonds, rules, year)]


def _wanted(
    papers: Sequence[Paper], fonds: Fonds, rules: ArchiveRules, year: int | None, before: int
) -> Series:
    return _series(fonds, year or before, rules.longest(one.item for one in papers))


def _fits(one: Given, paper: Paper | None, fonds: Fonds, rules: ArchiveRules, year: int | None) -> bool:
    if paper is None or one.place or not one.document:
        return False
    return one.series == _series(fonds, year or one.series.year, rules.of(paper.item))
