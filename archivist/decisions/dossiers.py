"""The dossier of a project (项目底册): taken from a form, a file or filed papers, all of it or nothing, and taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archivist.core.dossier.differences import Change, applied, differences, undoing
from archivist.core.dossier.reading import Given, read
from archivist.core.dossier.sheets import Part
from archivist.core.dossier.values import Dossier
from archivist.core.drafts.clean import one_line
from archivist.core.drafts.names import printable
from archivist.errors import BadInputError
from archivist.index.dossiers import Entry, Kept
from archivist.questions.register import no_project

if TYPE_CHECKING:
    from pathlib import Path

    from archivist.core.dossier.book import Book
    from archivist.index.reader import IndexReader
    from archivist.index.writer import Index

_CODE = ("项目编号", "project")
_WHOLE = ("底册", "dossier")
_BESIDE = frozenset({"name", "version", "at", "actor", "history", "项目名称"})
"""What `dossier show --json` prints besides: passed over, so that what it prints can be read back."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What will be kept of one project's dossier: checked, and compared with what is kept now."""

    project: str
    name: str
    before: Kept
    after: Dossier
    changes: tuple[Change, ...]


def read_dossier_file(path: Path, book: Book) -> tuple[list[Part], list[str]]:
    """What a file (.xlsx, .json, .yaml) gives, and what is wrong with it as such.

    Raises:
        BadInputError: it cannot be read at all.
    """
    if path.suffix.lower() in (".xlsx", ".csv", ".xlsm"):
        from archivist.ledger.dossierform import read_dossier_form

        return read_dossier_form(path, book)
    from archivist.drafts.data import read_data

    return _from_data(read_data(path), book, path.name)


def _from_data(data: Mapping[str, Any], book: Book, name: str) -> tuple[list[Part], list[str]]:
    code = next((data[key] for key in _CODE if data.get(key)), None)
    if not isinstance(code, str) or not one_line(code):
        raise BadInputError(f"{name} 没有写“项目编号”。请在最前面写上，如 项目编号: DZ-2018-0017")
    rest = {key: value for key, value in data.items() if key not in {*_CODE, *_BESIDE}}
    inner = next((rest.pop(key) for key in _WHOLE if key in rest), None)
    if inner is not None and not isinstance(inner, dict):
        raise BadInputError(f"{name} 的“底册”应为一组：各部分的名称和各行。")
    version = data.get("version")
    part, problems = Part(one_line(code), version if type(version) is int else None), list[str]()
    known = [one.name for one in book.kind.fields]
    for key, value in {**rest, **(inner or {})}.items():
        if key not in known:
            problems.append(f"底册没有“{printable(key)}”这一部分，有的是：{'、'.join(known)}")
        elif value is None or value == "":
            part.given[key] = None
        elif isinstance(value, list) and all(isinstance(row, dict) for row in value):
            part.given[key] = [(f"第{at}行", row) for at, row in enumerate(value, 1)]
        else:
            problems.append(f"“{key}”应为一行一行的列表；没有的写空表 []")
    return [part], problems


def prepare(
    index: IndexReader, book: Book, parts: Iterable[Part], problems: Sequence[str] = (), source: str = ""
) -> list[Prepared]:
    """Check all that is given for all projects and compare it with what is kept.

    Args:
        problems: what is wrong with the file already. source: its name, for messages.

    Raises:
        BadInputError: something is wrong; all of it is told, nothing is kept. UsageError: no such project.
    """
    listed, told = list(parts), list(problems)
    unknown = [part.project for part in listed if index.projects.find(part.project) is None]
    if unknown:
        raise no_project(index, unknown)
    several, out = len(listed) > 1, []
    for part in listed:
        before = index.dossiers.of(part.project)
        known = book.known(before.dossier)
        if part.version is not None and part.version != before.version:
            told.append(_outdated(index, part, before))
            continue
        done = read(book, part.sections, known)
        told += [f"{part.project} {problem}" if several else problem for problem in done.problems]
        row = index.projects.find(part.project) or {}
        changes = differences(book, known, done.dossier)
        out.append(Prepared(part.project, row.get("name", ""), before, done.dossier, changes))
    if told:
        lines = "\n".join(f"  · {line}" for line in told)
        raise BadInputError(f"{source or '底册'} 有 {len(told)} 处要改，这次一条也没有保存：\n{lines}")
    return out


def _outdated(index: IndexReader, part: Part, before: Kept) -> str:
    since = [one for one in index.dossiers.history(part.project) if one.version > (part.version or 0)]
    who = f"，最后是{before.actor}（{before.at[:16].replace('T', ' ')}）" if since else ""
    return (
        f"{part.project} 的表是底册第 {part.version} 版时导出的，现在是第 {before.version} 版{who}："
        f"请重新导出（archivist dossier form {part.project}），再填"
    )


def keep(index: Index, prepared: Iterable[Prepared], origin: str) -> list[Prepared]:
    """Keep what changed; return those. Write lock held. RefusedError where a project is none of the person's."""
    changed = [one for one in prepared if one.changes]
    for one in changed:
        index.may_touch(one.project)
    with index.change():
        for one in changed:
            index.dossiers.put(one.project, one.after, one.changes, origin)
    return changed


def put(index: Index, book: Book, code: str, given: Given, origin: str) -> Prepared:
    """Check and keep what is given for one project; see `prepare` and `keep`."""
    part = Part(code, given={name: None if rows is None else list(rows) for name, rows in given.items()})
    (prepared,) = prepare(index, book, [part])
    keep(index, [prepared], origin)
    return prepared


def take_back(index: Index, book: Book, code: str) -> tuple[Entry, Prepared]:
    """Take the last change of a project's dossier back; that is a change of its own. Write lock held.

    Raises:
        BadInputError: there is none. UsageError: no such project.
    """
    row = index.projects.find(code)
    if row is None:
        raise no_project(index, [code])
    history = index.dossiers.history(code)
    if not history:
        raise BadInputError(f"{code} 还没有底册，没有可以撤销的。")
    last, before = history[-1], index.dossiers.of(code)
    known = book.known(before.dossier)
    after = applied(book, known, undoing(last.changes))
    prepared = Prepared(code, row["name"], before, after, differences(book, known, after))
    keep(index, [prepared], f"撤销第 {last.version} 版")
    return last, prepared
