"""A project that may pass the gate (销号), and the gate asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from archivist.decisions.gate import Verdict, pass_gate
from archivist.ingest.pipeline import Pipeline
from archivist.pages.project import refresh
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.catalogue import required_but

CODE = w.SHEEP.code
SEEN = "看过原件，记录有签字"


def passable(folder: Path) -> Workspace:
    """A project whose record and minutes are filed, the minutes by a person; the other items need not be there."""
    opened = w.workspace(folder)
    w.pdf(opened.config.inbox / "记录.pdf", w.record(w.SHEEP, 2))
    w.pdf(w.item_folder(opened, w.SHEEP, 5) / "纪要.pdf", w.minutes(w.SHEEP, 5))
    w.pdf(opened.config.inbox / "别处.pdf", w.minutes(w.LEMON, 3))
    w.ingest(opened)
    with opened.writing("waive", wait=10) as index:
        for item in required_but(4, 5):
            index.waivers.grant(CODE, item, "项目未建成，没有这项材料")
    w.ingest(opened)
    return opened


def ask(opened: Workspace, for_all: str = SEEN, code: str = CODE) -> Verdict:
    """Ask the gate, which decides where nothing is in the way."""
    with opened.writing("deregister", wait=10) as index:
        verdict = pass_gate(opened, index, code, for_all, {})
        refresh(opened, index, index.projects.stale())
    return verdict


def obstacles(opened: Workspace, code: str = CODE) -> list[tuple[str, int | None]]:
    """What stands in the way: code and item of each."""
    return [(one.code, one.item) for one in ask(opened, code=code).judged.obstacles]


def document(opened: Workspace, source: str) -> dict[str, Any]:
    return next(row for row in w.documents(opened) if row["source"].endswith(source))


def with_line(opened: Workspace, act: Callable[[Pipeline], object]) -> None:
    with opened.writing("assign", wait=10) as index, Pipeline(opened, index, reader=w.TextReader()) as line:
        act(line)
        line.desk.refresh_pages()
