"""Which projects miss documents, and which (缺件). The light path: no heavy imports, and named tuples for answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from archivist.core.catalogue.completeness import Completeness
from archivist.core.catalogue.tally import Tally, outline, tally
from archivist.core.reports.listings import ItemName, ProjectLine
from archivist.errors import UsageError
from archivist.questions.evidence import lost_evidence
from archivist.questions.register import PLACES, Register, Registered, known_item, known_place, registered

if TYPE_CHECKING:
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

    project: Registered
    state: Completeness
    unsorted: tuple[str, ...] = ()

    @property
    def line(self) -> ProjectLine:
        """The project as lists tell it."""
        one = self.project
        return ProjectLine(one.name, one.township, one.village, one.department, (one.deregistered or "")[:10])

    def record(self) -> dict[str, Any]:
        """One line of ``missing --json``, as schemas/output/missing.schema.json describes it."""
        return {
            "project": self.project.code,
            "name": self.project.name,
            "township": self.project.township,
            "village": self.project.village,
            "department": self.project.department,
            "missing": list(self.state.missing),
            "unqualified": list(self.state.unqualified),
            "check": list(self.state.check),
            "review": list(self.state.review),
            "unsorted": list(self.unsorted),
            "waived": list(self.state.waived),
            "complete": self.state.complete,
            "deregistered": self.project.deregistered,
            "states": {
                str(one.item): {"state": one.state.value, "reasons": list(one.reasons)}
                for one in self.state.items
            },
            "of_project": [
                {"state": one.state.value, "message": one.message} for one in self.state.of_project
            ],
        }


class Answer(NamedTuple):
    """All projects asked for, the complete ones too, by township and code, and their sum; ``fitting`` are those the
    register's filters let through, whatever they miss. ``lost`` are those that were wound up (销号) and whose evidence is
    not there: why.
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


def missing(index: IndexReader, asked: Wanted, standard: Standard) -> Answer:
    """Ask how projects stand to the catalogue; UsageError when a filter fits no project of the register at all."""
    from datetime import date

    from archivist.core.catalogue.states import states_of

    chosen = _chosen(registered(index), asked)
    lost = lost_evidence(index, chosen)
    chosen = {code: one.not_deregistered() if code in lost else one for code, one in chosen.items()}
    unsorted = index.items.unsorted()
    rules, today = standard.rules(), date.fromisoformat(standard.today)
    found = [states_of(file, rules, today) for file in index.project_files.each(list(chosen))]
    projects = tuple(
        ProjectState(chosen[state.project], state, unsorted.get(state.project, ()))
        for state in found
        if asked.item is None or asked.item in state.missing
    )
    sums = tally((outline(one.state, one.project.deregistered is not None), 1) for one in projects)
    return Answer(projects, len(chosen), lost, sums)


def _chosen(register: Register, asked: Wanted) -> Register:
    """The projects of the category that the filters let through."""
    of_category = {code: one for code, one in register.items() if asked.category in (one.category, EVERY)}
    if register and not of_category and asked.category != ELIMINATED:
        listed = "、".join(sorted({one.category for one in register.values() if one.category}))
        raise UsageError(f"台账里没有类别“{asked.category}”的项目。现有类别：{listed or '无'}。")
    filters: dict[str, str | None] = {field: getattr(asked, field) for field in PLACES}
    for field, words in filters.items():
        known_place(register, field, words)
    return {
        code: one
        for code, one in of_category.items()
        if all(words is None or words in getattr(one, field) for field, words in filters.items())
    }
