"""Which projects miss documents, and which (缺件). The light path: no heavy imports, and named tuples for answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from archivist.core.catalogue.completeness import Completeness
from archivist.core.catalogue.keeping import InRegister, items_from_text, record_of, whole_from_text
from archivist.core.catalogue.tally import DEREGISTERED, Tally, tally
from archivist.core.reports.listings import ItemName, ProjectLine
from archivist.errors import UsageError
from archivist.index.states import Chosen
from archivist.questions.evidence import lost_evidence
from archivist.questions.register import PLACES, known_item, known_names

if TYPE_CHECKING:
    from archivist.core.catalogue.keeping import Kept
    from archivist.core.catalogue.standard import Standard
    from archivist.index.reader import IndexReader

ELIMINATED, EVERY = "淘汰类", "全部"


class Wanted(NamedTuple):
    """Which projects are asked for, against which catalogue; made by `wanted`.

    Attributes:
        items: the catalogue (归档目录). category: EVERY for all.
        township, village, department: part of the name is enough. item: only projects that miss this one.
    """

    items: tuple[ItemName, ...]
    category: str = ELIMINATED
    township: str | None = None
    village: str | None = None
    department: str | None = None
    item: int | None = None


class ProjectState(NamedTuple):
    """One project of the register against the catalogue; ``unsorted`` wait with it as guess and no item: their numbers."""

    project: InRegister
    state: Completeness
    unsorted: tuple[str, ...] = ()

    @property
    def line(self) -> ProjectLine:
        """The project as lists tell it."""
        one = self.project
        return ProjectLine(one.name, one.township, one.village, one.department, (one.deregistered or "")[:10])

    def record(self) -> dict[str, Any]:
        """One line of ``missing --json``, as schemas/output/missing.schema.json describes it."""
        return record_of(self.project, self.state, self.unsorted)


class Answer(NamedTuple):
    """Projects by township and code, and the sum of all that were asked for, whether they are listed or not;
    ``fitting`` are those the register's filters let through, whatever they miss. ``lost`` are those of them that were wound
    up (销号) and whose evidence is not there: why.
    """

    projects: tuple[ProjectState, ...]
    fitting: int
    lost: Mapping[str, str]
    sums: Tally


def wanted(
    items: tuple[ItemName, ...],
    category: str = ELIMINATED,
    township: str | None = None,
    village: str | None = None,
    department: str | None = None,
    item: int | None = None,
) -> Wanted:
    """What may be asked for; UsageError when the catalogue has no such item, before any index is opened."""
    if item is not None:
        known_item(items, item)
    return Wanted(items, category, township, village, department, item)


def missing(
    index: IndexReader,
    asked: Wanted,
    standard: Standard,
    incomplete: bool = False,
    most: int = -1,
) -> Answer:
    """Ask how projects stand to the catalogue.

    Args:
        incomplete: list only those that are not complete; the sum is of all. most: list so many, -1 for all.

    Raises:
        UsageError: a filter fits no project of the register at all.
    """
    chosen = _chosen(index, asked)
    sums = tally(index.states.outlines(standard, chosen))
    fitting = sums
    if asked.item is not None:
        fitting = tally(index.states.outlines(standard, chosen.of_any_item()))
    lost = lost_evidence(index)
    told = {} if not lost else _told(index, standard, chosen.of_any_item(), lost)
    rows = index.states.rows(standard, chosen.only(incomplete), most)
    projects = tuple(_state(row, row.project in told) for row in rows)
    return Answer(projects, fitting.projects, told, sums.without(DEREGISTERED, len(told)))


def each(
    index: IndexReader, asked: Wanted, standard: Standard, incomplete: bool = False
) -> Iterator[ProjectState]:
    """The projects of `missing`, one after the other as they are read; raises as it does."""
    lost = lost_evidence(index)
    rows = index.states.rows(standard, _chosen(index, asked).only(incomplete))
    return (_state(row, row.project in lost) for row in rows)


def _told(index: IndexReader, standard: Standard, chosen: Chosen, lost: Mapping[str, str]) -> dict[str, str]:
    """Those of ``lost`` that were asked for."""
    return {
        row.project: lost[row.project] for row in index.states.rows(standard, chosen) if row.project in lost
    }


def lines(index: IndexReader, asked: Wanted, standard: Standard, most: int = -1) -> Iterator[str]:
    """The same as ``missing --json`` prints it, a project a line, as it is read; UsageError as `missing`."""
    lost = lost_evidence(index)
    found = index.states.lines(standard, _chosen(index, asked), most)
    return map(partial(_corrected, lost=lost), found) if lost else found


def _corrected(line: str, lost: Mapping[str, str]) -> str:
    """A kept line, if need be without what does not hold."""
    import json

    told = json.loads(line)
    if told["project"] not in lost:
        return line
    return json.dumps({**told, "deregistered": None}, ensure_ascii=False)


def _state(row: Kept, lost: bool) -> ProjectState:
    since = None if lost else row.deregistered
    about = InRegister(row.project, row.name, row.township, row.village, row.department, since)
    state = Completeness(row.project, items_from_text(row.items), whole_from_text(row.whole))
    return ProjectState(about, state, tuple(row.unsorted.split()))


def _chosen(index: IndexReader, asked: Wanted) -> Chosen:
    """Which projects are asked for; a part of a place's name is enough."""
    categories = index.projects.values("category")
    if asked.category not in (*categories, EVERY, ELIMINATED) and index.projects.any():
        raise UsageError(
            f"台账里没有类别“{asked.category}”的项目。现有类别：{'、'.join(categories) or '无'}。"
        )
    places = {
        field: known_names(field, words, index.projects.values(field))
        for field in PLACES
        if (words := getattr(asked, field)) is not None
    }
    return Chosen(None if asked.category == EVERY else asked.category, places, asked.item)
