"""A project with papers whose pages show something, for sheets of evidence: no recognition, real files."""

from __future__ import annotations

from pathlib import Path

from archivist.index.reader import IndexReader
from archivist.questions.reports.asked import Asked, Filters
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.catalogue import required_but
from support.complete import hand_in

CODE = w.SHEEP.code
LONG_NAME = "很长的名字" * 13 + "<script>alert(1)</script>"
"""More bytes than a name may have with a date and an item before it, and markup within."""


def visible(path: Path, *texts: str, sealed: bool = True) -> Path:
    """A PDF as `workspaces.pdf` writes it, with a disk of red ink where its seal is said to be and a bar of black above."""
    import pikepdf

    w.pdf(path, *texts, scanned=True, sealed=sealed)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            ink = b"0 g 20 150 120 12 re f 0.85 0.1 0.1 rg 125 34 30 22 re f"
            page.obj.Contents = pdf.make_stream(ink)
        pdf.save(path, deterministic_id=True)
    return path


def sheep(folder: Path) -> Workspace:
    """A project all of whose items are there: the record of item 4 on two pages that show something, item 5 on one with
    a title that is markup, the rest on pages with nothing drawn on them.
    """
    opened = w.workspace(folder)
    visible(
        w.item_folder(opened, w.SHEEP, 4) / "记录.pdf",
        w.record(w.SHEEP, 2),
        "参会人员签字：\n冯某　吴某　郑某\n",
    )
    visible(w.item_folder(opened, w.SHEEP, 5) / f"{LONG_NAME}.pdf".replace("/", "-"), w.minutes(w.SHEEP, 5))
    hand_in(opened, w.SHEEP, required_but(4, 5))
    w.ingest(opened)
    return opened


def asked(opened: Workspace, index: IndexReader, form: str = "html", pages: int | None = None) -> Asked:
    """What ``archivist report evidence`` asks for."""
    from datetime import date

    filters = Filters(project=CODE, pages=pages)
    return Asked(index, opened.standard, date(2026, 1, 31), opened.config.store_root, "", filters, form)
