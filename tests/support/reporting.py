"""Reports made of a workspace, and written in every format."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from archivist.cli.report import maker
from archivist.core.reports.report import Listing, Report
from archivist.index.reader import IndexReader, open_reader
from archivist.questions.reports.asked import Asked, Filters
from archivist.render.formats import FORMATS, writer
from archivist.workspace.opened import Workspace

TODAY = date(2025, 3, 31)


def asked(opened: Workspace, index: IndexReader, form: str = "json", **filters: Any) -> Asked:
    return Asked(
        index,
        opened.standard,
        date.fromisoformat(opened.standard.today),
        opened.config.store_root,
        "某区专班",
        Filters(**filters),
        form,
    )


@contextmanager
def made(opened: Workspace, name: str, form: str = "json", **filters: Any) -> Iterator[Report]:
    """A report; its rows can be read within."""
    with open_reader(opened.index_path) as index:
        yield maker(name)(asked(opened, index, form, **filters))


def listing(report: Report, heading: str) -> Listing:
    """The list of that heading."""
    (found,) = (one for one in report.sections if isinstance(one, Listing) and one.heading == heading)
    return found


def written(report: Report, form: str) -> bytes:
    stream = io.BytesIO()
    writer(form)(report, stream)
    return stream.getvalue()


__all__ = ["FORMATS", "TODAY", "asked", "listing", "made", "written"]
