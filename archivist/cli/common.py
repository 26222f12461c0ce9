"""What the verbs share: opening the workspace, JSON Lines, showing or saving a table."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

import click

from archivist.errors import ArchivistError, BadInputError, StoreError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from archivist.core.overruling import Sure
    from archivist.core.reports.table import Table
    from archivist.index.reader import IndexReader
    from archivist.index.writer import Index
    from archivist.workspace.opened import Workspace

T = TypeVar("T")

_SUFFIXES = {".csv": "csv", ".xlsx": "xlsx", ".txt": "text"}


def workspace(place: str = "cli") -> Workspace:
    """Open the workspace the current command works on."""
    from pathlib import Path

    from archivist.workspace.opened import open_workspace

    asked = click.get_current_context().find_root().obj
    folder = asked["workspace"]
    return open_workspace(Path(folder) if folder else None, asked["actor"], place)


def workspace_folder() -> Path | None:
    """The folder of the workspace that was asked for or stands around us; None where there is none to be seen."""
    from pathlib import Path

    from archivist.workspace.config import SETTINGS_FILE, find_workspace

    asked = click.get_current_context().find_root().obj["workspace"]
    folder = find_workspace(Path(asked) if asked else None, os.environ, Path.cwd())
    return folder if asked or (folder / SETTINGS_FILE).exists() else None


def schemas_and_templates() -> tuple[Path, Path]:
    """The workspace's own, or the shipped ones for somebody who looks around before making a workspace."""
    from archivist.workspace.resources import data_folder

    if workspace_folder() is not None:
        opened = workspace()
        return opened.data("schemas"), opened.data("doc_templates")
    return data_folder("schemas"), data_folder("doc_templates")


def folder_asked() -> str | Path | None:
    """The workspace folder that was asked for with ``-w``; the verbs that only look hand it to ``workspace.quick``."""
    asked: str | Path | None = click.get_current_context().find_root().obj["workspace"]
    return asked


def tell_in_folders(opened: Workspace, index: Index, codes: Sequence[str]) -> None:
    """Write the pages of the projects ``codes`` and 最近处理.html: a decision was made without a pass."""
    from archivist.pages.project import refresh
    from archivist.pages.recent import Answers

    refresh(opened, index, codes)
    Answers(opened, index).leave()


def decided(yes: bool, decide: Callable[[Sure], T]) -> T:
    """Take a decision. Where it changes somebody else's, ask on a terminal first, the archive free for others meanwhile.

    Args:
        yes: they know, and mean it. decide: takes it, told what the person is sure of.

    Raises:
        Overrules: nobody can be asked.
    """
    from archivist.core.overruling import ASK, WHATEVER, Overrules, Sure
    from archivist.render.text import plain

    sure = WHATEVER if yes else ASK
    while True:
        try:
            return decide(sure)
        except Overrules as found:
            if not (sys.stdin.isatty() and sys.stderr.isatty()):
                raise
            click.echo(plain(found.question), err=True)
            click.confirm("确实要改吗？", abort=True, err=True)
            sure = Sure({*sure.told, found.earlier.seq})


def print_json(records: Iterable[dict[str, Any]]) -> None:
    """Print JSON Lines in UTF-8 to stdout, whatever the terminal's encoding."""
    import json

    out = sys.stdout.buffer
    for record in records:
        out.write((json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8", "replace"))
    out.flush()


_AT_ONCE = 500


def print_lines(lines: Iterable[str]) -> None:
    """Print lines in UTF-8 to stdout, whatever the terminal's encoding, as they come."""
    from itertools import islice

    out, left = sys.stdout.buffer, iter(lines)
    while few := list(islice(left, _AT_ONCE)):
        out.write(("\n".join(few) + "\n").encode("utf-8", "replace"))
    out.flush()


def form_of(output: str | None, form: str | None, as_json: bool) -> str:
    """Return json, text, csv or xlsx: what was asked for, or what the file's name says."""
    if as_json:
        if form or output:
            raise UsageError("--json 只输出到屏幕，不能和 -f、-o 一起用。要存成文件请写：… --json > 文件名")
        return "json"
    if form is None and output is not None:
        suffix = os.path.splitext(output)[1].lower()  # noqa: PTH122  (pathlib is not loaded on this path)
        if suffix not in _SUFFIXES:
            raise UsageError(f"看不出“{output}”要存成什么格式。请把扩展名写成 .xlsx、.csv 或 .txt，或加 -f。")
        return _SUFFIXES[suffix]
    if form == "xlsx" and output is None:
        raise UsageError("Excel 文件不能显示在屏幕上，请用 -o 文件名.xlsx 指定保存到哪里。")
    return form or "text"


def tell_asked(index: IndexReader) -> None:
    """Say on stderr that new numbers of the register wait for an answer."""
    from archivist.core.succession import asked_in_short

    if told := asked_in_short(index.projects.in_question()):
        click.echo(f"注意：{told}", err=True)


def show_table(make: Callable[[str], Table], form: str, output: str | None) -> None:
    """Show the table that ``make`` gives for ``form`` on the screen, or save it as a new file."""
    table = make(form)
    if output is not None:
        save_new(output, _rendered(table, form))
    elif form == "text":
        from archivist.render.text import table_text

        click.echo(table_text(table, screen_columns()))
    else:
        sys.stdout.buffer.write(_rendered(table, form))
        sys.stdout.buffer.flush()


def screen_columns() -> int | None:
    """Columns of the terminal that stdout is; None where it is a file or a pipe: nothing is shortened then."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns if sys.stdout.isatty() else None
    except (OSError, ValueError):
        return None


def _rendered(table: Table, form: str) -> bytes:
    if form == "xlsx":
        from archivist.render.xlsx import table_xlsx

        return table_xlsx(table)
    if form == "csv":
        from archivist.render.csv import table_csv

        return table_csv(table)
    from archivist.render.text import table_text

    return (table_text(table) + "\n").encode("utf-8")


def save_new(output: str, data: bytes) -> None:
    """Write a new file, whole or not at all, and say so; never over an existing one."""
    with new_file(output) as handle:
        handle.write(data)


def _outside_the_store(path: Path) -> None:
    """A report put into the archive's folders would be taken for material that came in."""
    from pathlib import Path

    from archivist.workspace.quick import index_path

    try:
        store = Path(index_path(folder_asked())).parent.parent.resolve()
    except ArchivistError:
        return  # no workspace, no store
    if store in path.resolve().parents:
        raise UsageError(f"“{path}”在档案库里面，没有保存：里面的文件会被当成收到的材料。请换一个位置。")


@contextmanager
def new_file(output: str, ours: bool = False) -> Iterator[BinaryIO]:
    """A new file to be written, whole or not at all, and told; never over an existing one.

    Args:
        ours: nobody chose the name. FileExistsError then says that it is taken.
    """
    from pathlib import Path

    path = Path(output)
    _outside_the_store(path)
    try:
        handle = path.open("xb")
    except FileExistsError:
        if ours:
            raise
        raise StoreError(f"文件“{output}”已经存在，没有覆盖。请换一个文件名。") from None
    except FileNotFoundError:
        raise BadInputError(
            f"文件夹“{path.parent}”不存在，没有保存。请先建好文件夹，或换一个位置。"
        ) from None
    except OSError as error:
        raise _not_written(output, error) from None
    try:
        with handle:
            yield handle
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _not_written(output, error) from None
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    click.echo(f"已保存：{output}", err=True)


def _not_written(output: str, error: OSError) -> StoreError:
    return StoreError(f"文件“{output}”写不进去（{error.strerror}）。请检查磁盘空间和文件夹权限。")
