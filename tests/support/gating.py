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
from support.complete import hand_in, let_through

CODE = w.SHEEP.code


def passable(folder: Path) -> Workspace:
    """A project all of whose items are there, the minutes filed by a person; what only a person can see has a reason."""
    opened = w.workspace(folder)
    w.pdf(opened.config.inbox / "记录.pdf", w.record(w.SHEEP, 2), sealed=True)
    w.pdf(w.item_folder(opened, w.SHEEP, 5) / "纪要.pdf", w.minutes(w.SHEEP, 5), sealed=True)
    w.pdf(opened.config.inbox / "别处.pdf", w.minutes(w.LEMON, 3), sealed=True)
    hand_in(opened, w.SHEEP, required_but(4, 5))
    w.ingest(opened)
    return opened


def ask(opened: Workspace, explained: bool = True, code: str = CODE) -> Verdict:
    """Ask the gate, which decides where nothing is in the way."""
    with opened.writing("deregister", wait=10) as index:
        verdict = let_through(opened, index, code) if explained else pass_gate(opened, index, code)
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
