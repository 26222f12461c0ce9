"""A district made real: a workspace with the register, the papers drawn, scanned, dropped and dragged, and read by the
real recognition.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from archivist.cli.init import make_workspace
from archivist.core.project import Project
from archivist.core.register import project_from_record, project_to_record
from archivist.extract import Extractor
from archivist.folders.places import make_base, make_project_folders
from archivist.ingest.pipeline import Pipeline
from archivist.workspace.opened import Workspace, open_workspace
from support.district.anomalies import ALTERED, REMOVED, Case

_SETTLE = 0.1


def registered(case: Case) -> Project:
    """The project as the register has it."""
    own = case.story.own
    return project_from_record(
        {
            "code": own.code,
            "name": own.name,
            "township": own.township,
            "village": own.village,
            "year": own.year,
            "amount": str(Decimal(own.amount) * 10000),
            "category": "淘汰类",
            "department": own.department,
            "operator": own.operator,
            "contact": own.contact,
            "ownership": own.ownership,
            "poor_village": True,
        }
    )


def made(folder: Path, cases: Sequence[Case]) -> Workspace:
    """A workspace in which all that the cases drop was read and filed, and what is done afterwards was done."""
    make_workspace(folder)
    (folder / "archivist.toml").write_text(f"[intake]\nsettle_seconds = {_SETTLE}\n", "utf-8")
    opened = open_workspace(folder, "测试员")
    _register(opened, cases)
    for case in cases:
        _drop(opened, case, dragged=False)
    ingest(opened)
    for case in cases:  # who drags a paper into an item does so after what was sent in was filed
        _drop(opened, case, dragged=True)
    ingest(opened)
    for case in cases:
        for what, item in case.after:
            _afterwards(_folder(opened, case, item), what)
    ingest(opened)
    return opened


def ingest(opened: Workspace) -> None:
    """One pass with the real reader."""
    with (
        opened.writing("ingest", wait=10) as index,
        Pipeline(opened, index, reader=Extractor(opened.limits, os.cpu_count() or 1)) as line,
    ):
        line.run(patient=True)


def _register(opened: Workspace, cases: Sequence[Case]) -> None:
    projects = [registered(case) for case in cases]
    with opened.writing("register import", wait=10) as index:
        rows = [(project_to_record(one), one) for one in projects]
        index.projects.put(rows, {"file": "台账.xlsx", "added": [one.code for one in projects]})
        make_base(opened.config)
        make_project_folders(opened.config, index, opened.annex)


def _folder(opened: Workspace, case: Case, item: int) -> Path:
    own = case.story.own
    return opened.config.projects / own.township / f"{own.code} {own.name}" / opened.annex.item(item).folder


def _drop(opened: Workspace, case: Case, *, dragged: bool) -> None:
    for leaf in (one for one in case.leaves if (one.into is not None) is dragged):
        inbox = opened.config.inbox / case.story.own.township
        folder = inbox if leaf.into is None else _folder(opened, case, leaf.into)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / leaf.name).write_bytes(leaf.drawn(case.story.code))


def _afterwards(folder: Path, what: str) -> None:
    paper = next(path for path in sorted(folder.iterdir()) if path.suffix == ".pdf")
    if what == REMOVED:
        paper.unlink()
    elif what == ALTERED:
        paper.chmod(0o644)
        paper.write_bytes(paper.read_bytes() + b"\n%%")
