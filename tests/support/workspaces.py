"""Workspaces and files for the tests of the imperative shell, and a small reader in the place of extraction."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from archivist.cli.init import make_workspace
from archivist.core.catalogue.completeness import Completeness
from archivist.core.model import Actor, TextSource
from archivist.core.page import Extract, Line, Page, SealMark
from archivist.core.project import Project
from archivist.core.register import project_from_record, project_to_record
from archivist.core.reports.listings import ItemName
from archivist.errors import ArchivistError
from archivist.extract import Unpacked
from archivist.extract.failures import DAMAGED, Refused, needs_office
from archivist.extract.limits import Limits
from archivist.extract.members.archive import unpack_step
from archivist.extract.members.attachments import attached_step
from archivist.folders.places import make_base, make_project_folders
from archivist.index.changes import State, rows_in
from archivist.index.mirror import read_log
from archivist.index.reader import IndexReader, open_reader
from archivist.index.writer import Index
from archivist.ingest.batch import Batch
from archivist.ingest.pipeline import Pipeline
from archivist.pages.project import decision_page
from archivist.store.layout import DECISION_PAGE, GUIDE, METADATA, RECENT, STATUS_PAGE
from archivist.system.durable import sha256_of
from archivist.workspace.opened import Workspace, open_workspace

SETTLE = 0.1
SHEEP = Project(
    "CS-2018-0001", "石坝镇青杠村黑山羊养殖场", "石坝镇", "青杠村", year="2018", department="区农业农村委"
)
LEMON = Project(
    "CS-2019-0002", "龙井镇白沙村柠檬加工厂", "龙井镇", "白沙村", year="2019", department="区农业农村委"
)
FISH = Project(
    "CS-2020-0003", "石坝镇柏林村稻渔综合种养基地", "石坝镇", "柏林村", year="2020", department="区水利局"
)


def project(plain: Project) -> Project:
    """The project as one that is to be wound up."""
    return project_from_record({**project_to_record(plain), "category": "淘汰类"})


def workspace(folder: Path, settings: str = "") -> Workspace:
    """A new workspace with three projects, quick settling, and their folders."""
    make_workspace(folder)
    (folder / "archivist.toml").write_text(f"[intake]\nsettle_seconds = {SETTLE}\n{settings}", "utf-8")
    opened = open_workspace(folder, "测试员")
    import_projects(opened, [SHEEP, LEMON, FISH])
    return opened


def import_projects(opened: Workspace, projects: list[Project]) -> None:
    with opened.writing("register import", wait=10) as index:
        rows = [(project_to_record(project(one)), project(one)) for one in projects]
        index.projects.put(rows, {"file": "台账.xlsx", "added": [one.code for one in projects]})
        make_base(opened.config)
        make_project_folders(opened.config, index, opened.annex)


def again(opened: Workspace, folder: Path) -> Workspace:
    """A copy of a workspace, with its time stamps, opened."""
    shutil.copytree(opened.config.workspace, folder)
    return open_workspace(folder, "测试员")


# -- documents ---------------------------------------------------------------------------------------------------


def minutes(one: Project, number: int = 1, more: str = "") -> str:
    """Minutes of a township about a project: filed as its item 5 without doubt."""
    return (
        f"{one.township}人民政府专题会议纪要\n〔2024〕{number}号\n2024年11月{number}日，镇长主持召开专题会议，研究"
        f"{one.name}（项目编号：{one.code}）退出处置事宜。\n出席：周某、吴某。\n会议议定：同意{one.name}退出。{more}\n"
    )


def record(one: Project, day: int = 2) -> str:
    """The record of a village's meeting about a project: its item 4."""
    return (
        f"{one.township}{one.village}会议记录\n时间：2024年11月{day}日\n地点：村委会\n主持人：郑某　记录人：王某\n"
        f"应到20人，实到18人\n议题：{one.name}（项目编号：{one.code}）处置\n表决：同意18票，反对0票，弃权0票。\n"
    )


UNSURE = "会议记录\n时间：2024年11月3日\n应到20人，实到18人，表决同意18票。讨论养殖场的事情。\n"
BAD = "damaged"
SEAL = (SealMark((0.6, 0.7, 0.8, 0.85), 1.0),)


def pdf(path: Path, *pages: str, scanned: bool = False, sealed: bool = False) -> Path:
    """Write a real PDF whose pages carry their text where `TextReader` looks for it.

    ``scanned``: as if recognised. ``sealed``: with an electronic seal on each page, whose words nobody can read.
    """
    import pikepdf

    path.parent.mkdir(parents=True, exist_ok=True)
    with pikepdf.new() as made:
        for text in pages:
            made.add_blank_page(page_size=(200, 200))
            made.pages[-1].obj["/TestText"] = pikepdf.String(text)
            made.pages[-1].obj["/TestScan"] = scanned
            if sealed:
                made.pages[-1].obj["/TestSeal"] = True
        made.save(path, deterministic_id=True)
    return path


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    """Write an archive."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 11, 1, 0, 0, 0)), data)
    return path


class TextReader:
    """Reads what `pdf` wrote, in this process."""

    def __init__(self, before: Callable[[str], object] = lambda name: None) -> None:
        self.read: list[str] = []
        self._before = before

    def extract(self, path: Path, name: str) -> Extract:
        import pikepdf

        self._before(name)
        self.read.append(name)
        try:
            with pikepdf.open(path) as found:
                texts = [str(page.obj.get("/TestText", "")) for page in found.pages]
                scanned = any(page.obj.get("/TestScan", False) for page in found.pages)
                seals = SEAL if any(page.obj.get("/TestSeal", False) for page in found.pages) else ()
        except pikepdf.PdfError:
            return Extract("unknown", failure=f"“{name}”：{DAMAGED}")
        if BAD in texts[0]:
            return Extract("pdf", failure=f"“{name}”：{DAMAGED}")
        page = _scan if scanned else _page
        pages = (replace(page(number, text), seals=seals) for number, text in enumerate(texts, 1))
        return Extract("pdf", tuple(pages))

    def unpack(self, path: Path, name: str, folder: Path) -> Unpacked:
        try:
            return unpack_step(path, Limits(folder), folder)
        except Refused as refusal:
            return Unpacked(failure=f"“{name}”：{refusal.reason}")

    def attached(self, path: Path, name: str, folder: Path) -> Unpacked:
        try:
            return attached_step(path, Limits(folder), folder)
        except Refused as refusal:
            return Unpacked(failure=f"“{name}”：{refusal.reason}")

    def close(self) -> None:
        return


class WithoutOffice(TextReader):
    """Reads nothing: every file is one that LibreOffice would have to read first, and there is none."""

    def extract(self, path: Path, name: str) -> Extract:
        return Extract("legacy", notes=(needs_office("doc"),))


def _page(number: int, text: str) -> Page:
    lines = tuple(Line(line) for line in text.splitlines())
    return Page(number, lines, TextSource.NATIVE, blank=not lines)


def _scan(number: int, text: str) -> Page:
    """A page as recognition gives it: lines with boxes."""
    words = text.splitlines()
    boxes = [(0.1, 0.05 + 0.09 * at, 0.9, 0.12 + 0.09 * at) for at in range(len(words))]
    lines = tuple(Line(word, box, 0.97) for word, box in zip(words, boxes, strict=True))
    return Page(number, lines, TextSource.OCR, blank=not lines)


def ingest(opened: Workspace, reader: TextReader | None = None, patient: bool = True) -> Batch:
    """One pass, as ``archivist ingest`` makes it."""
    with (
        opened.writing("ingest", wait=10) as index,
        Pipeline(opened, index, reader=reader or TextReader()) as line,
    ):
        return line.run(patient=patient)


# -- what is there -------------------------------------------------------------------------------------------------


def folder_of(opened: Workspace, one: Project) -> Path:
    return opened.config.projects / one.township / f"{one.code} {one.name}"


def item_folder(opened: Workspace, one: Project, item: int) -> Path:
    return folder_of(opened, one) / opened.annex.item(item).folder


def files(folder: Path) -> dict[str, str]:
    """sha256 of all files below ``folder`` but pages that carry a time, by path."""
    return {
        path.relative_to(folder).as_posix(): sha256_of(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in PAGES and ".archivist" not in path.parts
    }


PAGES = {STATUS_PAGE, METADATA, GUIDE, RECENT, DECISION_PAGE}
"""What the software writes for people."""


def dropped(opened: Workspace) -> list[str]:
    """What lies in 收件箱, but for the page that tells of it."""
    return sorted(path.name for path in opened.config.inbox.iterdir() if path.name != RECENT)


def documents(opened: Workspace) -> list[dict[str, Any]]:
    with open_reader(opened.index_path) as index:
        query = (
            "SELECT documents.*, sources.name AS source, sources.sha256, sources.origin FROM documents "
            "JOIN sources ON sources.id = documents.source ORDER BY documents.rowid"
        )
        return list(index.rows(query))


def rows(opened: Workspace, query: str) -> list[tuple[Any, ...]]:
    with open_reader(opened.index_path) as index:
        return [tuple(row) for row in index.execute(query)]


def outcome(opened: Workspace) -> Counter[tuple[Any, ...]]:
    """What became of every document, without what depends on the order of work."""
    columns = ("source", "sha256", "first", "last", "status", "project", "item", "path_sha256", "decided_by")
    gates = rows(opened, "SELECT project, actor, reopened IS NULL, reason FROM deregistrations")
    return Counter([*(tuple(row[name] for name in columns) for row in documents(opened)), *gates])


def disagreements(opened: Workspace) -> list[str]:
    """Where folders and index say different things, or work is left over."""
    from archivist.index.events import verify_chain

    root, found = opened.config.store_root, []
    known = {row["path"]: row["path_sha256"] for row in documents(opened) if row["path"]}
    known |= dict(rows(opened, "SELECT path, sha256 FROM copies"))
    there = files(root)
    copies, about = copies_there(opened, there), f"{opened.config.store.copies}/这里是什么.txt"
    found += [f"copy: {path}" for path, _ in copies ^ set(rows(opened, _COPIES))]
    there = {path: sha for path, sha in there.items() if (path, sha) not in copies and path != about}
    found += [f"not there: {path}" for path, sha in known.items() if there.get(path) != sha]
    found += [f"unknown: {path}" for path in there if path not in known and not path.endswith("（说明）.txt")]
    notes = {path.removesuffix("（说明）.txt") for path in there if path.endswith("（说明）.txt")}
    told = {
        row["path"] for row in documents(opened) if row["path"] and row["status"] in {"review", "rejected"}
    }
    found += [f"no note: {path}" for path in told - notes]
    found += [f"note of nothing: {path}" for path in notes - told if not path.endswith(".zip")]
    for name, query in _LEFT_OVER.items():
        found += [f"{name}: {row}" for row in rows(opened, query)]
    with open_reader(opened.index_path) as index:
        found += [problem.message for problem in verify_chain(index.events.all())]
        found += _unlogged(opened, index)
    found += [
        f"scratch: {path.name}" for path in opened.store.scratch.iterdir() if path.name != ".archivist-clock"
    ]
    found += _untrue_pages(opened)
    for path, sha in rows(opened, "SELECT vault, sha256 FROM sources WHERE vault IS NOT NULL"):
        if sha256_of(root / path) != sha:
            found.append(f"vault: {path}")
    return found


def untold(opened: Workspace) -> list[str]:
    """Where the events say other things than the index: each source received once, each document as last told."""
    found = []
    events = [
        (act, subject, json.loads(detail))
        for act, subject, detail in rows(opened, "SELECT act, subject, detail FROM events ORDER BY seq")
    ]
    received = Counter((told["source"], told["sha256"]) for act, _, told in events if act == "received")
    sources = Counter(rows(opened, "SELECT id, sha256 FROM sources"))
    if received != sources:
        found.append(f"received {received - sources}, sources {sources - received}")
    last = {subject: told for _, subject, told in events if "status" in told}
    for row in documents(opened):
        told = last.get(row["id"], {})
        said = {name: told.get(name) for name in ("status", "project", "item", "path", "path_sha256")}
        if said != {name: row[name] for name in said}:
            found.append(f"{row['id']}: told {said}")
    return found


def _unlogged(opened: Workspace, index: IndexReader) -> list[str]:
    """Where the log outside the database, or what the events carry, differs from the database."""
    state, found = State(), []
    events = list(index.events.all())
    logged = [line.event for line in read_log(opened.index_path.with_name("events"))]
    if logged != events:
        found.append(f"log: {len(logged)} lines, {len(events)} events")
    for event in events:
        state.replay(rows_in(event["detail"]))
    return found + [f"not in the events: {one}" for one in state.differences(index)]


_LEFT_OVER = {
    "unfinished": "SELECT name, state FROM sources WHERE state <> 'done'",
    "removal": "SELECT reason, path FROM removals",
    "stale": "SELECT code FROM projects WHERE stale = 1 AND folder IS NOT NULL",
}


_COPIES = "SELECT path, sha256 FROM searchable WHERE path IS NOT NULL"


def copies_there(opened: Workspace, there: dict[str, str] | None = None) -> set[tuple[str, str]]:
    """Searchable copies on disk: path and sha256."""
    found = files(opened.config.store_root) if there is None else there
    inside = f"{opened.config.store.copies}/"
    return {(path, sha) for path, sha in found.items() if path.startswith(inside) and path.endswith(".pdf")}


def _untrue_pages(opened: Workspace) -> list[str]:
    found = []
    for folder, code in rows(opened, "SELECT folder, code FROM projects WHERE folder IS NOT NULL"):
        told = json.loads((opened.config.store_root / folder / METADATA).read_text("utf-8"))
        said = {(row["id"], row["status"], row["item"], row["path"]) for row in told["documents"]}
        true = {
            (r["id"], r["status"], r["item"], r["path"]) for r in documents(opened) if r["project"] == code
        }
        if said != true:
            found.append(f"untrue page: {code}")
        page = opened.config.store_root / folder / DECISION_PAGE
        if page.exists() != (told["deregistration"] is not None):
            found.append(f"a decision's page and no description of it, or the other way round: {code}")
    return found + _untrue_decisions(opened)


def _untrue_decisions(opened: Workspace) -> list[str]:
    """Where the pages say otherwise than the index of a project's 销号, or it stands on what is there no longer."""
    found, decided = [], {code for (code,) in rows(opened, "SELECT project FROM deregistrations")}
    if not decided:
        return []
    with tables_open(opened) as index:
        for code in decided:
            gate, row = index.deregistrations.latest(code), index.projects.find(code)
            assert gate is not None and gate.decision is not None and row is not None
            folder = opened.config.store_root / row["folder"]
            told = json.loads((folder / METADATA).read_text("utf-8"))["deregistration"]
            said = (folder / STATUS_PAGE).read_text("utf-8")
            if (folder / DECISION_PAGE).read_bytes() != decision_page(index, gate):
                found.append(f"untrue decision: {code}")
            if (told["decision"], told["reopened"]) != (gate.decision.record(), gate.reopened):
                found.append(f"untrue description of a decision: {code}")
            if gate.standing and index.deregistrations.why_lost(gate.decision):
                found.append(f"deregistered on nothing: {code}")
            if ("重新打开" if gate.reopened else "已销号") not in said:
                found.append(f"untold: {code}")
    return found


def everywhere(opened: Workspace) -> set[str]:
    """sha256 of every file in the workspace, wherever it is."""
    return {
        sha256_of(path)
        for path in opened.config.workspace.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def tables_open(opened: Workspace) -> closing[Index]:
    """The index opened for writing without the lock, for looking and tampering."""
    return closing(Index(opened.index_path, Actor("测试员", "test")))


def message_of(act: Callable[[], object]) -> str:
    """What a person is told when ``act`` is refused."""
    try:
        act()
    except ArchivistError as error:
        return error.message
    raise AssertionError("not refused")


def states(opened: Workspace, one: Project) -> Completeness:
    """How a project stands to the catalogue, as ``archivist missing`` tells it."""
    from archivist.questions.missing import EVERY, missing, wanted

    items = tuple(ItemName(rule.number, rule.short, rule.required) for rule in opened.annex.items)
    with open_reader(opened.index_path) as index:
        answer = missing(index, wanted(items, EVERY), opened.standard)
    return next(found.state for found in answer.projects if found.project.code == one.code)
