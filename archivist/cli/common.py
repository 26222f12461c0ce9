"""What the verbs share: opening the workspace, JSON Lines, writing a table where it is asked for."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archivist.errors import BadInputError, UsageError

if TYPE_CHECKING:
    from archivist.core.table import Table
    from archivist.workspace import Workspace


def workspace(place: str = "cli") -> Workspace:
    """Open the workspace the current command works on."""
    from archivist.workspace import open_workspace

    asked = click.get_current_context().find_root().obj
    return open_workspace(asked["workspace"], asked["actor"], place)


def print_json(records: Iterable[dict[str, Any]]) -> None:
    """Print JSON Lines in UTF-8 to stdout, whatever the terminal's encoding."""
    out = sys.stdout.buffer if hasattr(sys.stdout, "buffer") else None
    for record in records:
        line = json.dumps(record, ensure_ascii=False) + "\n"
        if out is None:
            sys.stdout.write(line)
        else:
            out.write(line.encode("utf-8", "replace"))


def write_table(table: Table, form: str, output: Path | None) -> None:
    """Write a table as text, csv or xlsx to ``output`` or stdout; a file that exists is not overwritten."""
    if form == "text" and output is None:
        from archivist.render.text import table_text

        click.echo(table_text(table))
        return
    data = _rendered(table, form)
    if output is None:
        if form == "xlsx":
            raise UsageError("Excel 文件不能显示在屏幕上，请用 -o 文件名.xlsx 指定保存到哪里。")
        sys.stdout.buffer.write(data)
        return
    save_new(output, data)


def _rendered(table: Table, form: str) -> bytes:
    if form == "xlsx":
        from archivist.render.xlsx import table_xlsx

        return table_xlsx(table)
    if form == "csv":
        from archivist.render.csv import table_csv

        return table_csv(table)
    from archivist.render.text import table_text

    return (table_text(table) + "\n").encode("utf-8")


def save_new(output: Path, data: bytes) -> None:
    """Write a new file and say so; never over an existing one."""
    try:
        with output.open("xb") as handle:
            handle.write(data)
    except FileExistsError:
        raise BadInputError(f"文件“{output}”已经存在，没有覆盖它。请换一个文件名。") from None
    except OSError as error:
        raise BadInputError(f"文件“{output}”写不进去（{error.strerror}）。请检查文件夹和权限。") from error
    click.echo(f"已保存：{output}", err=True)


def form_of(output: Path | None, form: str | None) -> str:
    """The format asked for, or the one the file name says."""
    if form:
        return form
    suffix = output.suffix.lower() if output else ""
    return {".csv": "csv", ".xlsx": "xlsx"}.get(suffix, "text")
