"""The formats a report comes in: one table, each format's module loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import BinaryIO, NamedTuple

from archivist.core.reports.report import Report

Writer = Callable[[Report, BinaryIO], None]


class Format(NamedTuple):
    """A format: the module of `render` with its ``write(report, stream)``, the ending of its files, and whether it is text
    that a screen can show.
    """

    module: str
    suffix: str
    shown: bool


FORMATS = {
    "text": Format("reporttext", ".txt", True),
    "csv": Format("reportcsv", ".csv", True),
    "json": Format("reportjson", ".json", True),
    "html": Format("reporthtml", ".html", False),
    "xlsx": Format("reportxlsx", ".xlsx", False),
    "docx": Format("reportdocx", ".docx", False),
}
"""By the name people ask for. PDF is made of the docx by LibreOffice, where that is: the command sees to it."""


def writer(form: str) -> Writer:
    """The function that writes a report in ``form``; KeyError for what is no format."""
    write: Writer = import_module(f"archivist.render.{FORMATS[form].module}").write
    return write
