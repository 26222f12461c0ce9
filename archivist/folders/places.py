"""The folders people work in: made at init and import, one per 淘汰类 project with its item folders."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from archivist.core.filing import TOGETHER, Folders, project_path
from archivist.core.project import Category, Project
from archivist.core.rules import Annex
from archivist.errors import StoreError
from archivist.folders.listing import ProjectPlace
from archivist.store.layout import DECISION_PAGE, METADATA, STATUS_PAGE
from archivist.system.durable import told_in_chinese

if TYPE_CHECKING:
    from archivist.index.writer import Index
    from archivist.store.vault import Store
    from archivist.workspace.config import Config

_ITEM_FOLDER = re.compile(r"^0?([1-9][0-9]?)(?=\D|$)")


def folders_of(config: Config) -> Folders:
    """The folder names as the core wants them."""
    return Folders(config.store.review, config.store.projects, config.store.rejected)


def make_base(config: Config) -> None:
    """Make 收件箱, 待确认, 项目档案, 退回, and 公文 with 填好的表."""
    with told_in_chinese("建立档案库文件夹"):
        for folder in (config.inbox, config.review, config.projects, config.rejected, config.filled):
            folder.mkdir(parents=True, exist_ok=True)


def require_folders(store: Store, config: Config) -> None:
    """A share that is not connected must not look like an empty inbox: our private folder is the proof.

    Raises:
        StoreError: the store is not there.
    """
    if not store.is_there():
        raise StoreError(f"档案库“{store.root}”不见了。请检查共享盘是否断开。")
    make_base(config)


def make_project_folders(config: Config, index: Index, annex: Annex) -> list[str]:
    """Give each 淘汰类 project its folder with the numbered item folders; return the codes that got a new one.

    A project's folder stays where it is even when its name in the register changes later: people have it open.
    """
    made = {
        code: "/".join(project_path(folders_of(config), project))
        for code, project in index.projects.without_place().items()
        if project.category is Category.ELIMINATED
    }
    index.projects.place(made)
    for folder in made.values():
        make_folders(config.store_root / folder / rule.folder for rule in annex.items)
    return list(made)


def make_folders(paths: Iterable[Path]) -> None:
    """Make folders and those above them, where missing."""
    for path in paths:
        with told_in_chinese(f"建立项目文件夹“{path.name}”"):
            path.mkdir(parents=True, exist_ok=True)


def project_places(
    config: Config, projects: Mapping[str, tuple[Project, str | None]], annex: Annex
) -> list[ProjectPlace]:
    """Where files dropped by people into project folders may lie, for the listing."""
    items = {rule.folder: rule.number for rule in annex.items}
    root = config.store_root
    return [
        _place(code, root / folder, items) for code, (_, folder) in projects.items() if folder is not None
    ]


def _place(code: str, folder: Path, items: Mapping[str, int]) -> ProjectPlace:
    """A project's place; an item folder that a person renamed counts by its number as long as it keeps it."""
    try:
        present = os.listdir(folder)  # noqa: PTH208 (ten thousand of them: pathlib would cost thrice as much)
    except FileNotFoundError:
        return ProjectPlace(code, folder, items, False, tuple(items), frozenset())
    except OSError:
        return ProjectPlace(code, folder, items)
    renamed = {
        name: int(match.group(1))
        for name in present
        if name not in items and name != TOGETHER and (match := _ITEM_FOLDER.match(name))
        if int(match.group(1)) in items.values()
    }
    lost = [name for name, number in items.items() if name not in present and number not in renamed.values()]
    pages = frozenset({STATUS_PAGE, METADATA, DECISION_PAGE}.intersection(present))
    return ProjectPlace(code, folder, {**renamed, **items}, True, tuple(lost), pages)


def folder_parts(config: Config, project: Project, folder: str | None) -> tuple[str, ...]:
    """A project's folder as parts below the root, whether it exists yet or not."""
    return tuple(folder.split("/")) if folder else project_path(folders_of(config), project)
