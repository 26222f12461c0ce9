"""What is known of projects at the moment (已知的项目): where their folders are, and what they are recognised by.

Read again when the register was imported, a folder moved or a decision taught something; whoever holds it sees that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from archivist.core.identify.lessons import learned, taught
from archivist.core.identify.register_index import RegisterIndex, build_index, former_names
from archivist.core.project import Project
from archivist.core.rules import Annex
from archivist.folders.listing import ProjectPlace
from archivist.folders.places import folder_parts, make_project_folders, project_places

if TYPE_CHECKING:
    from archivist.filing.placing import Places
    from archivist.index.writer import Index
    from archivist.workspace.config import Config


class Knowledge:
    """The register as filing needs it.

    Attributes:
        projects: by code, each with the folder it already has (below the store's root).
        places: project folders, as parts below the root, by code.
        rules: the catalogue's rules with what people's decisions taught. register: the projects, searchable.
    """

    projects: Mapping[str, tuple[Project, str | None]]
    places: Places
    rules: Annex
    register: RegisterIndex

    def __init__(self, config: Config, index: Index, annex: Annex) -> None:
        self._config, self._index, self._annex = config, index, annex
        self.refresh()

    def refresh(self) -> None:
        """Read the register and the lessons (they may have changed meanwhile) and make missing project folders."""
        make_project_folders(self._config, self._index, self._annex)
        self._versions = self._current()
        self.projects = self._index.projects.registered()
        self.places = {
            code: folder_parts(self._config, project, folder)
            for code, (project, folder) in self.projects.items()
        }
        lessons = learned(self._index.lessons.all())
        self.rules = taught(self._annex, lessons)
        known = [project for project, _ in self.projects.values()]
        before = self._index.succession.formerly()
        numbers = {code: [old for old, _ in told] for code, told in before.items()}
        names = former_names(known, before, lessons.names)
        self.register = build_index(known, self._annex.generic_words, names, numbers)

    def refresh_if_changed(self) -> None:
        """Read again when ``register import`` or a person's decision changed something since."""
        if self._current() != self._versions:
            self.refresh()

    def _current(self) -> tuple[int, int]:
        return self._index.projects.version(), self._index.lessons.version()

    def folders(self) -> list[ProjectPlace]:
        """The project folders as the listing looks into them."""
        return project_places(self._config, self.projects, self._annex)
