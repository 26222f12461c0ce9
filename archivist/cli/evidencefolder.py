"""``archivist report evidence``: one project's sheet as any report is given; of several, a file each in a folder.

A run that was cut off is taken up where it stopped: what is there is left alone. The page that leads to all of them is
written last.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from archivist.cli.common import folder_asked
from archivist.cli.reporting import PDF, SUFFIXES, form_asked, give, write_into
from archivist.errors import (
    ArchivistError,
    BadInputError,
    ExitCode,
    MissingProgramError,
    StoreError,
    UsageError,
)
from archivist.render.text import plain

if TYPE_CHECKING:
    from pathlib import Path

    from archivist.core.reports.report import Report
    from archivist.questions.reports.asked import Asked, Filters

Make = Callable[["Asked"], "Report"]

_HALF = ".archivist-未写完-"
_MADE, _THERE = "已写好", "原来就有，没有重写"
_SHORT = 40
_DAY_SECONDS = 86_400
_MOST_INDEXES = 1000


@dataclass(frozen=True, slots=True)
class Sheet:
    """A project's sheet in the folder: its file, "" where there is none, and what became of it."""

    code: str
    name: str
    township: str
    village: str
    file: str
    told: str


def give_evidence(
    make: Make, projects: Sequence[str], form: str | None, output: str | None, filters: Filters
) -> int:
    """Give the sheets of ``projects``, else of the township that was asked for."""
    codes = list(dict.fromkeys([*projects, *([filters.project] if filters.project else [])]))
    if filters.township is not None and codes:
        raise UsageError("项目编号和 --township 只写一样。")
    if not codes and filters.township is None:
        raise UsageError(
            "请写明项目编号，例如：archivist report evidence DZ-2018-0017；或者 --township 镇街 -o 文件夹/"
        )
    if len(codes) == 1 and not _is_folder(output):
        give(make, form_asked(output, form), output, replace(filters, project=codes[0]))
        return ExitCode.OK
    if output is None or not _is_folder(output):
        raise UsageError("几个项目各写一个文件：请用 -o 写一个文件夹，末尾加斜杠，例如 -o 依据/")
    form = form or "html"
    if form in ("text", "csv", "json"):
        raise UsageError("存到文件夹的格式可以是 html、docx、pdf 或 xlsx。")
    return _into(output, make, form, list(_wanted(codes, filters)), filters)


def _is_folder(output: str | None) -> bool:
    return output is not None and (output.endswith(("/", os.sep)) or os.path.isdir(output))  # noqa: PTH112


def _wanted(codes: Sequence[str], filters: Filters) -> Iterator[Sheet]:
    """The projects, by township and number; UsageError when the register lacks one, or the township."""
    from archivist.index.reader import open_reader
    from archivist.questions.register import known_names, known_projects
    from archivist.workspace.quick import index_path

    with open_reader(index_path(folder_asked())) as index:
        if codes:
            known_projects(index, index.projects.names(codes), codes)
            chosen = list(codes)
        else:
            values = index.projects.values("township")
            chosen = index.projects.codes(
                [], known_names("township", filters.township or "", values), "淘汰类"
            )
        for file in index.project_files.each(chosen):
            one = file.register
            place = (one.township, one.village) if one is not None else ("", "")
            yield Sheet(file.code, file.name, *place, "", "")


def _into(output: str, make: Make, form: str, wanted: Sequence[Sheet], filters: Filters) -> int:
    from pathlib import Path

    folder = Path(output)
    try:
        folder.mkdir(exist_ok=True)
    except FileNotFoundError:
        raise BadInputError(
            f"文件夹“{folder.parent}”不存在，没有保存。请先建好文件夹，或换一个位置。"
        ) from None
    except OSError as error:
        raise StoreError(f"文件夹“{output}”建不了（{error.strerror}）。请检查文件夹权限。") from None
    _sweep(folder)
    done = []
    for number, one in enumerate(wanted, start=1):
        done.append(_sheet(folder, make, form, one, filters))
        click.echo(plain(f"{number}/{len(wanted)}　{one.code}　{done[-1].told}"), err=True)
    path = _index(folder, done)
    made, failed = sum(one.told == _MADE for one in done), sum(not one.file for one in done)
    there = len(done) - made - failed
    click.echo(
        f"归档依据表：写好 {made} 个"
        + (f"，原来就有的 {there} 个没有重写" if there else "")
        + (f"，没有做成的 {failed} 个，再运行一次会接着做" if failed else "")
        + f"。目录：{plain(str(path))}",
        err=True,
    )
    return ExitCode.PARTIAL if failed else ExitCode.OK


def _sweep(folder: Path) -> None:
    """Take away what runs that were killed left half written; what is younger may be another run's, on any computer."""
    from time import time

    for half in folder.glob(f"{_HALF}*"):
        with suppress(OSError):
            if half.stat().st_mtime < time() - _DAY_SECONDS:
                half.unlink()


def _sheet(folder: Path, make: Make, form: str, one: Sheet, filters: Filters) -> Sheet:
    """Write one project's sheet, whole or not at all, and never over one that is there."""
    from archivist.system.durable import Occupied, link_into

    name = file_name(one.code, one.name, next(suffix for suffix, of in SUFFIXES.items() if of == form))
    target, half = folder / name, folder / f"{_HALF}{os.getpid()}"
    if os.path.lexists(target):
        return replace(one, file=name, told=_THERE)
    try:
        with half.open("wb") as stream:
            write_into(make, form, replace(filters, project=one.code, township=None), stream)
        link_into(half, target)
    except Occupied:
        return replace(one, file=name, told=_THERE)
    except MissingProgramError:
        if form == PDF:
            raise
        return replace(one, told="没有做成")
    except ArchivistError as error:
        return replace(one, told=f"没有做成：{error}")
    except OSError as error:
        raise StoreError(f"“{folder}”写不进去（{error.strerror}）。请检查磁盘空间和文件夹权限。") from None
    finally:
        half.unlink(missing_ok=True)
    return replace(one, file=name, told=_MADE)


def file_name(code: str, name: str, suffix: str) -> str:
    """What a project's sheet is called; two numbers that look alike in a file's name do not get the same."""
    from hashlib import sha256

    from archivist.core.naming import safe_name

    plain_code = safe_name(code, _SHORT)
    if plain_code != code:
        plain_code += f"-{sha256(code.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
    return f"{plain_code} {safe_name(name, _SHORT)} 归档依据表{suffix}"


def _index(folder: Path, done: Sequence[Sheet]) -> Path:
    """Write the page that leads to all sheets; one of the same words that is there will do."""
    from archivist.render.sheetindex import index_page

    page = index_page([(one.file, one.code, one.name, one.township, one.village, one.told) for one in done])
    for number in range(1, _MOST_INDEXES):
        path = folder / ("目录.html" if number == 1 else f"目录 ({number}).html")
        try:
            with path.open("xb") as stream:
                stream.write(page)
        except FileExistsError:
            if path.read_bytes() == page:
                return path
        else:
            return path
    raise StoreError(f"“{folder}”里的目录太多了，请换一个文件夹。")
