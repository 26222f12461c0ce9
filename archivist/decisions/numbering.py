"""Numbers of the archive (档号) given to projects' papers, taken back, given anew; and what is wrong with those given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.core.archive.lists import not_final, numberable
from archivist.core.archive.numbercheck import Flaw, project_flaws, series_flaws
from archivist.core.archive.numbers import Plan, planned, to_end
from archivist.errors import BadInputError, SettingsError

if TYPE_CHECKING:
    from archivist.core.archive.numbers import Given, Paper
    from archivist.core.checks.values import ProjectFile
    from archivist.index.reader import IndexReader
    from archivist.index.writer import Index
    from archivist.workspace.opened import Workspace

_FEW = 500


@dataclass(frozen=True, slots=True)
class Numbered:
    """What became of one project: what is given, what ended for it, and what could not be numbered, in sentences; ``lacks``
    are the items whose papers are still to come.
    """

    project: str
    name: str
    plan: Plan
    ended: tuple[Given, ...] = ()
    lacks: tuple[int, ...] = ()


def number(
    workspace: Workspace,
    index: Index,
    codes: Sequence[str],
    year: int | None = None,
    anew: str | None = None,
    dry_run: bool = False,
) -> Iterator[Numbered]:
    """Number the papers of projects that have no number yet, a project a transaction. Write lock held.

    Args:
        codes: of the register. year: 年度, where somebody says it. anew: why they are numbered anew (重新编号).
        dry_run: only say what would be given; of several projects each as if it were the next.

    Raises:
        SettingsError: what only the office knows is not set.
    """
    ready(workspace)
    for file in index.project_files.each(codes):
        yield _number(workspace, index, file, year, anew, dry_run)


def ready(workspace: Workspace) -> None:
    """SettingsError that says what is to be set before a number can be given."""
    wrong = workspace.fonds.wrong()
    if wrong:
        listed = "\n".join(f"  · {one}" for one in wrong)
        raise SettingsError(f"还不能编档号，没有编任何号：\n{listed}")


def _number(
    workspace: Workspace, index: Index, file: ProjectFile, year: int | None, anew: str | None, dry_run: bool
) -> Numbered:
    papers, fonds, rules = numberable(file), workspace.fonds, workspace.archive
    given = index.numbers.of([file.code])[file.code]
    ended = to_end(papers, given, fonds, rules, year) if anew is not None else []
    gone = {one.id for one in ended}
    standing = [one for one in given if one.stands and one.id not in gone]
    plan = planned(papers, standing, fonds, rules, index.numbers.highest, year)
    if not dry_run and (plan.new or ended):
        with index.change():
            if ended:
                index.numbers.end(file.code, ended, anew or "", act="")
            told = {} if anew is None else {"anew": anew, "ended": [one.code for one in ended]}
            index.numbers.give(file.code, plan.new, **told)
    left = (*plan.left, *(why for one in file.documents if (why := not_final(one))))
    return Numbered(file.code, file.name, Plan(plan.new, left), tuple(ended), _lacks(workspace, file, papers))


def _lacks(workspace: Workspace, file: ProjectFile, papers: Sequence[Paper]) -> tuple[int, ...]:
    """The items that must be there and have no final paper, nor were waived."""
    there = {*(one.item for one in papers), *file.waivers}
    return tuple(rule.number for rule in workspace.annex.items if rule.required and rule.number not in there)


def withdraw(index: Index, code: str, reason: str) -> list[Given]:
    """Take all numbers of a project back; they are never given again. Write lock held.

    Raises:
        BadInputError: it has none.
    """
    standing = [one for one in index.numbers.of([code])[code] if one.stands]
    if not standing:
        raise BadInputError(f"{code} 没有档号可以收回。")
    index.numbers.end(code, standing, reason)
    return standing


def flaws(workspace: Workspace, index: IndexReader, codes: Sequence[str] = ()) -> Iterator[Flaw]:
    """What is wrong with the numbers given (档号核对): of ``codes``, or of all; of series always all that touch them."""
    rules, wanted = workspace.archive, set(codes)
    for one in series_flaws(index.numbers.in_series(), rules):
        if not wanted or not one.project or one.project in wanted:
            yield one
    asked = list(codes) or index.numbers.projects()
    for start in range(0, len(asked), _FEW):
        few = asked[start : start + _FEW]
        given = index.numbers.of(few)
        for file in index.project_files.of(few):
            yield from project_flaws(file.code, numberable(file), given[file.code], workspace.fonds, rules)
