"""Documents made in batches by ``archivist generate``: of a form, a list, a township, of what projects lack; one summary."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from archivist.cli.common import print_json, screen_columns, workspace
from archivist.cli.losttold import tell_lost_evidence
from archivist.errors import BadInputError, ExitCode, UsageError
from archivist.render.text import plain, wrapped

if TYPE_CHECKING:
    from pathlib import Path

    from archivist.core.forms.cells import CellSheet
    from archivist.core.project import Project
    from archivist.drafts.batch import Made, Task
    from archivist.drafts.drafting import Drafting
    from archivist.workspace.opened import Workspace

_COLUMNS = 100
_MOST_LISTED = 20
_PROGRESS_EVERY = 10


def generate_many(
    kind: str, codes: Sequence[str], township: str | None, sets: Sequence[str], place: Path, as_json: bool
) -> int:
    """One kind of document for a list of projects, or for those of a township."""
    from archivist.drafts import find_kind, parse_sets
    from archivist.drafts.batch import Task
    from archivist.drafts.drafting import Drafting

    opened = workspace()
    drafting, given = Drafting(opened), parse_sets(sets)
    wanted = find_kind(drafting.kinds, kind)
    chosen = _chosen(opened, codes, township)
    fitting = [one for one in chosen if wanted.fits(one) or one.code in codes]
    notices = []
    if left := len(chosen) - len(fitting):
        notices.append(
            f"“{wanted.name}”只用于{'、'.join(wanted.categories)}项目，其余 {left} 个项目没有生成。"
        )
    return _all(drafting, [Task(wanted, one.code, given) for one in fitting], place, as_json, notices)


def generate_form(
    kind: str, codes: Sequence[str], sheets: Sequence[CellSheet], place: Path, as_json: bool
) -> int:
    """The documents that a filled form asks for, or those of them for ``codes``."""
    from datetime import datetime

    from archivist.drafts import find_kind
    from archivist.drafts.batch import of_form
    from archivist.drafts.drafting import Drafting
    from archivist.drafts.forms.taking import take
    from archivist.index.reader import open_reader

    opened = workspace()
    drafting = Drafting(opened)
    wanted = find_kind(drafting.kinds, kind)
    with open_reader(opened.index_path) as index:
        today = datetime.now().astimezone().date()
        taken = take(opened, index, drafting.kinds, sheets, today, wanted)
    entries = [one for one in taken.entries if not codes or one.code in codes]
    absent = [code for code in codes if code not in {one.code for one in entries}]
    if absent:
        raise BadInputError(f"表里没有填项目 {'、'.join(absent)}。请核对编号，或先在表里填好。")
    notices = list(taken.notices)
    if taken.untouched and not codes:
        notices.append(f"没有填写的 {len(taken.untouched)} 个项目没有生成：{_some(taken.untouched)}")
    faults = [fault.told for fault in taken.faults]
    return _all(drafting, list(of_form(wanted, entries)), place, as_json, notices, faults)


def generate_lacking(codes: Sequence[str], township: str | None, place: Path, as_json: bool) -> int:
    """All that projects lack among what can be generated."""
    from archivist.drafts.drafting import Drafting

    if not codes and township is None:
        raise UsageError("请写明哪些项目：项目编号（可写几个），或 --township 镇街。")
    opened = workspace()
    drafting = Drafting(opened)
    tasks = list(_lacking(opened, drafting, _chosen(opened, codes, township), codes))
    if not tasks:
        click.echo("没有要生成的：这些项目能生成的归档内容都有了。")
        return ExitCode.OK
    return _all(drafting, tasks, place, as_json, [])


def _lacking(
    opened: Workspace, drafting: Drafting, projects: Sequence[Project], codes: Sequence[str]
) -> Iterator[Task]:
    """What is lacking, of those named and of the others that are to be wound up (淘汰类): the catalogue is theirs."""
    from archivist.core.project import Category
    from archivist.core.reports.listings import ItemName
    from archivist.drafts.batch import Task
    from archivist.index.reader import open_reader
    from archivist.questions.missing import EVERY, missing, wanted

    items = tuple(ItemName(rule.number, rule.short, rule.required) for rule in opened.annex.items)
    with open_reader(opened.index_path) as index:
        answer = missing(index, wanted(items, EVERY), opened.standard)
    lacks = {one.project.code: one.state.missing for one in answer.projects}
    asked = [one for one in projects if one.code in codes or one.category is Category.ELIMINATED]
    for project in asked:
        for item in lacks.get(project.code, ()):
            for kind in drafting.kinds:
                if kind.item == item and not kind.instead and kind.fits(project):
                    yield Task(kind, project.code)


def _chosen(opened: Workspace, codes: Sequence[str], township: str | None) -> list[Project]:
    from archivist.drafts.forms.known import chosen_projects
    from archivist.index.reader import open_reader

    with open_reader(opened.index_path) as index:
        return chosen_projects(index, codes, township)


def _all(
    drafting: Drafting,
    tasks: Sequence[Task],
    place: Path,
    as_json: bool,
    notices: Sequence[str],
    faults: Sequence[str] = (),
) -> int:
    """Make them all, tell how far it is, and in the end what was made, what is wrong, what is left open."""
    from archivist.drafts import write_new
    from archivist.drafts.batch import made
    from archivist.drafts.drafting import file_name

    if not place.is_dir() and (len(tasks) != 1 or place.suffix.lower() != ".docx"):
        raise BadInputError(
            f"“{place}”不是文件夹，没有生成。成批的公文存到一个文件夹里，请先建好，再用 -o 写它的名称。"
        )

    def write(task: Task, content: bytes) -> Path:
        path = place / file_name(task.kind, task.code) if place.is_dir() else place
        write_new(path, content)
        return path

    done: list[Made] = []
    progress = _progress(len(tasks), as_json)
    for task in tasks:
        done.append(made(drafting, task, write))
        progress(len(done))
    tell_lost_evidence(sorted({task.code for task in tasks}))
    if as_json:
        print_json(one.record() for one in done)
        for line in (*notices, *faults):
            click.echo(plain(line), err=True)
    else:
        _tell(done, place, notices, faults)
    bad = [one for one in done if one.path is None]
    if not bad and not faults:
        return ExitCode.OK
    return ExitCode.PARTIAL if len(bad) < len(done) else ExitCode.BAD_INPUT


def _progress(total: int, as_json: bool) -> Callable[[int], None]:
    """How far it is, on a terminal only and for more than a few."""
    if as_json or total < _PROGRESS_EVERY or not sys.stderr.isatty():
        return lambda count: None
    return lambda count: click.echo(
        f"\r{count}/{total}" + ("\n" if count == total else ""), nl=False, err=True
    )


def _tell(done: Sequence[Made], place: Path, notices: Sequence[str], faults: Sequence[str]) -> None:
    good = [one for one in done if one.path is not None]
    bad = [one for one in done if one.path is None]
    if len(good) <= _MOST_LISTED:
        for one in good:
            click.echo(f"已生成：{one.path}")
    where = place if place.is_dir() else place.parent
    left = f"，没有生成 {len(bad)} 份" if bad else ""
    _say(f"共生成 {len(good)} 份{left}。" + (f"都在：{where}" if len(good) > _MOST_LISTED else ""))
    for line in notices:
        _say(f"注意：{line}")
    if bad or faults:
        count = len(faults) + sum(len(one.problems) for one in bad)
        click.echo()
        _say(f"要改正的 {count} 处（改好以后，有错的项目再生成一次）：")
        for fault in faults:
            _say(f"  · {fault}")
        for one in bad:
            _say(f"  {one.code} {one.kind}：")
            for problem in one.problems:
                for line in problem.split("\n"):
                    _say(f"  · {line.strip().removeprefix('· ')}")
    _tell_open(good)


def _tell_open(good: Sequence[Made]) -> None:
    """What is left open, all documents together: what most of them lack first."""
    open_ = Counter((one.kind, field) for one in good for field in one.open)
    if not open_:
        return
    with_open = sum(bool(one.open) for one in good)
    click.echo()
    _say(f"还有【待填】的 {with_open} 份，补齐后再打印：")
    for kind in dict.fromkeys(one.kind for one in good):
        fields = [(field, count) for (name, field), count in open_.most_common() if name == kind]
        of = sum(one.kind == kind for one in good)
        if fields:
            listed = "；".join(field if count == of else f"{field}（{count} 份）" for field, count in fields)
            _say(f"  {kind}：{listed}")


def _some(names: Sequence[str]) -> str:
    listed = "、".join(names[:_MOST_LISTED])
    return f"{listed} 等" if len(names) > _MOST_LISTED else listed


def _say(line: str) -> None:
    click.echo("\n".join(wrapped(plain(line), screen_columns() or _COLUMNS)))
