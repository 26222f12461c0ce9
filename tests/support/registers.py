"""Registers as files, and what people decide about projects taken at a desk."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from archivist.cli.register import Imported, import_register
from archivist.core.project import Project
from archivist.core.register import project_to_record
from archivist.decisions.desk import at_desk
from archivist.decisions.joining import Joining
from archivist.workspace.opened import Workspace
from support import workspaces as w
from support.places import SCHEMAS

_Answer = TypeVar("_Answer")
COLUMNS = {
    "code": "项目编号",
    "name": "项目名称",
    "township": "镇街",
    "village": "村（社区）",
    "category": "项目类别",
    "year": "建设年度",
    "amount": "投入帮扶资金（元）",
    "department": "主管部门",
    "operator": "经营主体",
}


def own_townships(opened: Workspace) -> Path:
    """Give a workspace schemas of its own that know the townships of the invented projects; return their file."""
    own = opened.config.workspace / "schemas"
    shutil.copytree(SCHEMAS, own)
    townships = (own / "townships.toml").read_text("utf-8")
    for real, invented in (("珠溪镇", "石坝镇"), ("铁山镇", "龙井镇")):
        townships = townships.replace(real, invented)
    (own / "townships.toml").write_text(townships, "utf-8")
    return own / "townships.toml"


def register_file(folder: Path, *projects: Project, name: str = "台账.csv") -> Path:
    """A register of these projects; those of no category are to be wound up (淘汰类)."""
    lines = [",".join(COLUMNS.values())]
    for one in projects:
        record = {"category": None, **project_to_record(one)}
        record["category"] = record["category"] or "淘汰类"
        lines.append(",".join(str(record[field] or "") for field in COLUMNS))
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


def imported(opened: Workspace, *projects: Project, name: str = "台账.csv") -> Imported:
    """Import such a register."""
    return import_register(opened, register_file(opened.config.workspace / "台账", *projects, name=name))


def decided(
    opened: Workspace, decide: Callable[[Joining], _Answer], command: str = "register renumber"
) -> _Answer:
    """Take a decision about projects as the command does."""
    with at_desk(opened, command) as desk:
        answer = decide(Joining(desk))
        desk.knowledge.refresh()
        desk.refresh_pages()
    return answer


def taken_back(opened: Workspace, count: int = 1, command: str = "undo") -> list[str]:
    """Undo the last decisions about projects."""
    with at_desk(opened, command) as desk:
        told = [Joining(desk).undo(one) for one in desk.index.succession.latest(count)]
        desk.knowledge.refresh()
        desk.refresh_pages()
    return told


KEPT = {
    "projects": "code, name, township, village, category, department, record, folder, formerly, retired",
    "documents": "id, status, project, item, path, path_sha256, candidates, facts",
    "lessons": "document, words, project, item",
    "waivers": "project, item, reason, actor, at, document",
    "dossiers": "project, record, version, at, actor",
    "dossier_changes": "project, version, at, actor, origin, changes",
    "overrides": "project, key, document, sha256, reason, at",
    "deregistrations": "project, at, actor, decision, reopened, reason",
    "proposals": "project, at, actor, proposal, ended",
    "decisions": "seq, act, source, before, undone",
    "copies": "path, source, sha256",
    "register_questions": "code, record, likes",
}
"""What is known of projects and papers, by table."""


def known(opened: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    """All of it, and every file people see but for the pages, which say when they were written."""
    found = {
        table: sorted(w.rows(opened, f"SELECT {names} FROM {table}"), key=str)
        for table, names in KEPT.items()
    }
    there = {
        path: digest
        for path, digest in w.files(opened.config.store_root).items()
        if not path.endswith(("html", "json"))
    }
    return {**found, "files": sorted(there.items())}
