"""A workspace with everything in its history: packed, combined, twice, dragged, decided, sent back, dismissed, renamed."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from archivist.core.project import Project
from archivist.decisions.gate import reopen_by_person
from archivist.index.changes import DERIVED
from archivist.ingest.pipeline import Pipeline
from archivist.pages.project import refresh
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.catalogue import required_but
from support.complete import WAIVABLE, hand_in, let_through, waive

OPERATION = Project(
    "CS-2021-0004", "龙井镇青石村食用菌大棚", "龙井镇", "青石村", year="2021", department="区农业农村委"
)


def lived_in(folder: Path) -> Workspace:
    """Make it: some dozen documents, every status, every kind of decision."""
    opened = w.workspace(folder / "w")
    inbox = opened.config.inbox
    w.pdf(inbox / "纪要.pdf", w.minutes(w.SHEEP))
    w.pdf(inbox / "拿不准.pdf", w.UNSURE)
    w.pdf(inbox / "也拿不准.pdf", w.UNSURE + "再一次\n")
    w.pdf(inbox / "不要的.pdf", w.UNSURE + "不用归档\n")
    w.pdf(inbox / "坏的.pdf", w.BAD)
    w.pdf(inbox / "合并.pdf", w.record(w.FISH), w.minutes(w.FISH, 3), sealed=True)
    w.pdf(inbox / "两份.pdf", w.UNSURE + "三页的\n", "没有标题的一页\n", "又一页\n")
    inside = {
        "里面/纪要.pdf": w.pdf(folder / "m.pdf", w.minutes(w.LEMON, 4)).read_bytes(),
        "../外面.pdf": b"x",
    }
    w.zipped(inbox / "材料.zip", inside)
    w.ingest(opened)
    w.pdf(inbox / "又一份.pdf", w.minutes(w.SHEEP))
    (opened.config.review / "拿不准.pdf").replace(w.item_folder(opened, w.SHEEP, 4) / "拿不准.pdf")
    (opened.config.review / "不要的.pdf").unlink()
    w.pdf(w.item_folder(opened, w.LEMON, 3) / "新合同.pdf", "产业项目合同书\n甲方：村集体\n乙方：某公司\n")
    filed = next(row for row in w.documents(opened) if row["source"] == "纪要.pdf")
    opened.store.path(filed["path"]).replace(w.item_folder(opened, w.SHEEP, 5) / "改过名字的.pdf")
    w.ingest(opened)
    with opened.writing("assign", wait=10) as index, Pipeline(opened, index, reader=w.TextReader()) as line:
        whole = next(row for row in index.documents.waiting() if row.last == 3)
        line.desk.deciding.assign_pages(whole, (2, 2), w.SHEEP.code, 8)
        slip = next(row for row in index.documents.waiting() if row.source != whole.source)
        line.desk.deciding.assign(slip, w.LEMON.code, 4, "确认")
        for one in index.decisions.latest(1):
            line.desk.undoing.undo(one)
        index.waivers.grant(w.LEMON.code, 2, "项目未开工，没有评估", None)
        line.desk.refresh_pages()
    w.import_projects(opened, [w.SHEEP, OPERATION])
    hand_in(opened, w.FISH, required_but(4, 5))
    hand_in(opened, OPERATION, required_but(WAIVABLE))
    w.ingest(opened)
    waive(opened, OPERATION)
    w.ingest(opened)
    wound_up(opened)
    assert w.disagreements(opened) == []
    return opened


def wound_up(opened: Workspace) -> None:
    """Two projects pass the gate; one on documents alone, the other, on a waiver too, is opened again by a person."""
    with opened.writing("deregister", wait=10) as index:
        for one in (w.FISH, OPERATION):
            verdict = let_through(opened, index, one.code)
            assert verdict.decision is not None, verdict.judged
        assert reopen_by_person(index, OPERATION.code, "还有债务没有清算")
        refresh(opened, index, index.projects.stale())


def tables(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but what belongs to the database file itself; texts without their row numbers."""
    with sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True) as db:
        names = [
            name
            for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            if not name.startswith(("page_words", "sqlite_", "_sqlite")) and name not in DERIVED - {"events"}
        ]
        found = {name: db.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in names}
        found["pages"] = db.execute(
            "SELECT source, number, text, text_source, rotation FROM pages ORDER BY 1, 2"
        ).fetchall()
        found["words"] = db.execute(
            "SELECT source, number FROM page_words JOIN pages ON pages.id = page_words.rowid "
            "WHERE page_words MATCH '\"会议\"' ORDER BY 1, 2"
        ).fetchall()
    db.close()
    return found


EVENT = ("seq", "at", "actor", "place", "act", "subject", "detail", "previous", "hash")
