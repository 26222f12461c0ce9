"""One archive for all tests of packages, and a package of its wound-up project; those who change take a copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from archivist.workspace.opened import Workspace
from support import packages
from support import workspaces as w


@pytest.fixture(scope="package")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Not to be changed: see ``opened``."""
    return packages.wound_up(tmp_path_factory.mktemp("archive") / "w")


@pytest.fixture
def opened(archive: Workspace, tmp_path: Path) -> Workspace:
    """A copy to be changed."""
    return w.again(archive, tmp_path / "w")


@pytest.fixture(scope="package")
def bag(archive: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package; not to be changed."""
    place = tmp_path_factory.mktemp("bag")
    opened = w.again(archive, place / "w")
    (done,) = packages.exported(opened, place / "out")
    return done.path
