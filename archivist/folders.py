"""The folders people work in: made at init and import, one per 淘汰类 project with its eight item folders."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from archivist.core.filing import TOGETHER, Folders, project_path
from archivist.core.model import Category, Project
from archivist.core.register import project_from_record
from archivist.core.rules import Annex
from archivist.intake import ProjectPlace
from archivist.store import told_in_chinese

if TYPE_CHECKING:
    from archivist.config import Config
    from archivist.index.writer import Index

_ITEM_FOLDER = re.compile(r"^0?([1-9])(?=\D|$)")


def folders_of(config: Config) -> Folders:
    """The folder names as the core wants them."""
    return Folders(config.store.review, config.store.projects, config.store.rejected)


def make_base(config: Config) -> None:
    """Make 收件箱, 待确认, 项目档案 and 退回."""
    with told_in_chinese("建立档案库文件夹"):
        for folder in (config.inbox, config.review, config.projects, config.rejected):
            folder.mkdir(parents=True, exist_ok=True)


def projects_in(index: Index) -> dict[str, tuple[Project, str | None]]:
    """All projects of the register by code, with the folder each already has (below the store's root)."""
    rows = index.db.query("SELECT code, record, folder FROM projects ORDER BY code")
    return {row["code"]: (project_from_record(json.loads(row["record"])), row["folder"]) for row in rows}


def make_project_folders(config: Config, index: Index, annex: Annex) -> list[str]:
    """Give each 淘汰类 project its folder with the numbered item folders; return the codes that got a new one.

    A project's folder stays where it is even when its name in the register changes later: people have it open.
    """
    projects = projects_in(index)
    made = {
        code: "/".join(project_path(folders_of(config), project))
        for code, (project, folder) in projects.items()
        if folder is None and project.category is Category.ELIMINATED
    }
    index.set_folders(made)
    for folder in [*made.values(), *(folder for _, folder in projects.values() if folder is not None)]:
        with told_in_chinese(f"建立项目文件夹“{folder}”"):
            for rule in annex.items:
                (config.store_root / folder / rule.folder).mkdir(parents=True, exist_ok=True)
    return list(made)


def project_places(
    config: Config, projects: Mapping[str, tuple[Project, str | None]], annex: Annex
) -> list[ProjectPlace]:
    """Where files dropped by people into project folders may lie, for the listing."""
    items = {rule.folder: rule.number for rule in annex.items}
    return [
        ProjectPlace(code, config.store_root / folder, _with_variants(config.store_root / folder, items))
        for code, (_, folder) in projects.items()
        if folder is not None
    ]


def _with_variants(folder: Path, items: Mapping[str, int]) -> dict[str, int]:
    """Item folders by name; one that a person renamed counts by its number as long as it keeps it."""
    found = dict(items)
    try:
        present: Iterable[Path] = list(folder.iterdir())
    except OSError:
        return found
    for path in present:
        match = _ITEM_FOLDER.match(path.name)
        if match and path.name != TOGETHER and int(match.group(1)) in items.values():
            found.setdefault(path.name, int(match.group(1)))
    return found


def folder_parts(config: Config, project: Project, folder: str | None) -> tuple[str, ...]:
    """A project's folder as parts below the root, whether it exists yet or not."""
    return tuple(folder.split("/")) if folder else project_path(folders_of(config), project)
