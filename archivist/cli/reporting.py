"""Giving a report: to the screen, or as a new file in the format that was asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO

from archivist.cli.common import folder_asked, new_file, screen_columns, tell_asked
from archivist.errors import MissingProgramError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from archivist.core.reports.report import Report
    from archivist.index.reader import IndexReader
    from archivist.questions.reports.asked import Asked, Filters

PDF = "pdf"
SUFFIXES = {
    ".txt": "text",
    ".csv": "csv",
    ".json": "json",
    ".jsonl": "json",
    ".xlsx": "xlsx",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".pdf": PDF,
}
"""Endings of files, and the format each stands for."""

_PDF_SECONDS = 600.0
_MOST_NAMES = 1000


def form_asked(output: str | None, form: str | None) -> str:
    """The format that was asked for, or that the file's name says; text where neither does."""
    if form is not None:
        return form
    if output is None:
        return "text"
    suffix = os.path.splitext(output)[1].lower()  # noqa: PTH122  (pathlib is not loaded on this path)
    if suffix not in SUFFIXES:
        raise UsageError(
            f"看不出“{output}”要存成什么格式。请把扩展名写成 .html、.xlsx、.docx、.pdf、.csv、.json 或 .txt，或加 -f。"
        )
    return SUFFIXES[suffix]


def give(make: Callable[[Asked], Report], form: str, output: str | None, filters: Filters) -> Report:
    """Make a report and show it, or save it; all of it is of one moment. Returns it, its rows no longer to be read."""
    from archivist.index.reader import open_reader
    from archivist.workspace.quick import index_path

    program = _soffice() if form == PDF else None
    with open_reader(index_path(folder_asked())) as index, index.one_moment():
        report = make(_agreed(index, filters, form))
        tell_asked(index)
        if output is None and form in {"text", "csv", "json"}:
            _show(report, form)
            return report
        for path in [output] if output is not None else _names(report, form):
            with suppress(FileExistsError), new_file(path, ours=output is None) as stream:
                if program is None:
                    _write(report, form, stream)
                else:
                    _print(report, stream, program)
                return report
    raise UsageError("当前文件夹里同名的报表太多了。请用 -o 指定文件名。")


def write_into(make: Callable[[Asked], Report], form: str, filters: Filters, stream: BinaryIO) -> Report:
    """Make a report, all of it of one moment, and write it into ``stream``. Returns it, its rows no longer to be read.

    Raises:
        MissingProgramError: as a PDF, without LibreOffice.
    """
    from archivist.index.reader import open_reader
    from archivist.workspace.quick import index_path

    program = _soffice() if form == PDF else None
    with open_reader(index_path(folder_asked())) as index, index.one_moment():
        report = make(_agreed(index, filters, form))
        if program is None:
            _write(report, form, stream)
        else:
            _print(report, stream, program)
        return report


def _agreed(index: IndexReader, filters: Filters, form: str) -> Asked:
    """What is asked; UsageError where its filters contradict each other."""
    asked = _asked(index, filters, form)
    asked.agree()
    return asked


def _asked(index: IndexReader, filters: Filters, form: str) -> Asked:
    """What is asked of the workspace, by its rules and settings."""
    from datetime import date
    from pathlib import Path

    from archivist.questions.reports.asked import Asked
    from archivist.workspace.opened import open_workspace
    from archivist.workspace.quick import standard

    folder = folder_asked()
    by = standard(folder)
    opened = open_workspace(Path(folder) if folder else None, None)
    config = opened.config
    day, unit = date.fromisoformat(by.today), config.about.unit.strip()
    return Asked(index, by, day, config.store_root, unit, filters, form, opened)


def _show(report: Report, form: str) -> None:
    if form == "text":
        from archivist.render.reporttext import write

        write(report, sys.stdout.buffer, screen_columns())
    else:
        _write(report, form, sys.stdout.buffer)
    sys.stdout.buffer.flush()


def _write(report: Report, form: str, stream: BinaryIO) -> None:
    from archivist.render.formats import writer

    writer(form)(report, stream)


def _names(report: Report, form: str) -> list[str]:
    """Names that a report may have in the current folder, the first that is free is taken."""
    import re

    from archivist.render.text import plain

    start = re.sub(r'[\\/:*?"<>|\s·]+', " ", plain(report.title)).strip(" .")[:80]
    suffix = next(suffix for suffix, of in SUFFIXES.items() if of == form)
    name = f"{start} {report.day}"
    return [f"{name}{suffix}", *(f"{name} ({number}){suffix}" for number in range(2, _MOST_NAMES))]


def _soffice() -> Path:
    from archivist.extract.formats.legacy import find_soffice

    found = find_soffice()
    if found is None:
        raise MissingProgramError(
            "存成 PDF 要用 LibreOffice，这台电脑上没有找到。请安装后再试，或存成 .docx、.html 再打印成 PDF。"
        )
    return found


def _print(report: Report, stream: BinaryIO, program: Path) -> None:
    """As a PDF, by way of Word."""
    from pathlib import Path
    from shutil import copyfileobj
    from tempfile import TemporaryDirectory

    from archivist.extract.failures import Refused
    from archivist.extract.formats.legacy import to_pdf
    from archivist.extract.limits import Limits

    with TemporaryDirectory(prefix="archivist-") as scratch:
        source = Path(scratch) / "report.docx"
        with source.open("wb") as word:
            _write(report, "docx", word)
        try:
            made = to_pdf(program, source, Path(scratch), Limits(Path(scratch), office_seconds=_PDF_SECONDS))
        except Refused:
            raise MissingProgramError(
                "LibreOffice 没有能把报表打印成 PDF。请存成 .docx 或 .html，再打印成 PDF。"
            ) from None
        with made.open("rb") as printed:
            copyfileobj(printed, stream)
