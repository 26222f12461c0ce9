"""Facts of the four properties, of a project with nothing wrong, to be spoilt one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from archivist.core.archive.lists import archive_lists, numberable
from archivist.core.archive.numbercheck import project_flaws
from archivist.core.archive.numbers import planned
from archivist.core.checks.values import ProjectFile
from archivist.core.document import Holding
from archivist.core.fourproperties.attachments import Attached
from archivist.core.fourproperties.values import Facts, FileSeen, FolderSeen
from archivist.core.model import TextSource
from archivist.core.project import Project
from archivist.workspace.fourbook import load_four
from support.archiving import RULES, VOLUMES, Counted
from support.catalogue import ITEMS, NUMBERS, REQUIRED
from support.checking import TODAY, held
from support.places import SCHEMAS

FOUR = load_four(SCHEMAS / "four-properties.toml", NUMBERS)
PROJECT = Project("A", "养殖场", "石坝镇", "青杠村")


def paper(item: int, number: int | None = None, **more: Any) -> Holding:
    """A paper with nothing wrong."""
    number = item if number is None else number
    one = held(item, more.pop("date", f"2024-11-{item:02d}"), number)
    digest = f"{number:064x}"
    file = replace(one.file, kind="pdf", sha256=digest, size=1000 + number, vault=f"{digest}.pdf", pages=2)
    whole: dict[str, Any] = {
        "title": f"第{item}项材料{number}",
        "responsible": "石坝镇人民政府",
        "path": f"家/{item}/{number}.pdf",
        "path_sha256": digest,
        "text_source": TextSource.OCR,
        "file": file,
    }
    return replace(one, **{**whole, **more})


PAPERS = tuple(paper(item) for item in REQUIRED)


def seen(one: Holding, **more: Any) -> FileSeen:
    """A file as it was filed."""
    return FileSeen(True, one.file.size, one.path_sha256 or "", "pdf", (".pdf",))._replace(**more)


def facts(papers: Sequence[Holding] = PAPERS, numbered: bool = True, **more: Any) -> Facts:
    """Facts of a numbered project whose files are as they were filed."""
    file = ProjectFile("A", "养殖场", "淘汰类", tuple(papers), folder="家", register=PROJECT)
    kept = Counted()
    if numbered:
        kept.give("A", planned(numberable(file), (), VOLUMES, RULES, kept.highest).new)
    known: dict[str, Any] = {
        "file": file,
        "project": PROJECT,
        "lists": archive_lists(file, PROJECT, kept.given, {}, ITEMS, VOLUMES, RULES),
        "bounds": FOUR.bounds,
        "today": TODAY,
        "seen": {one.id: seen(one) for one in papers},
        "folder": FolderSeen(True, counts={one.item or 0: 1 for one in papers}),
        "flaws": tuple(project_flaws("A", numberable(file), kept.given, VOLUMES, RULES)),
        "places": {item: f"家/{item}" for item in NUMBERS},
        "filed": {one.item or 0: 1 for one in papers},
        "required": REQUIRED,
        "periods": frozenset(one.name for one in RULES.periods),
        "townships": frozenset({"石坝镇"}),
        "attached": {one.id: Attached(0, 0) for one in papers},
        "chain": "",
        "people": True,
    }
    return Facts(**{**known, **more})
