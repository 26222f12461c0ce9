from __future__ import annotations

import pytest

from archivist.core.identify.register_index import RegisterIndex, build_index
from archivist.core.project import Category, Project
from archivist.core.rules import Annex
from archivist.workspace.resources import data_folder
from archivist.workspace.rulebook import load_annex
from support.read_pages import TWINS


@pytest.fixture(scope="session")
def annex() -> Annex:
    return load_annex(data_folder("schemas"))


@pytest.fixture(scope="session")
def register(annex: Annex) -> RegisterIndex:
    projects = [
        Project(code, name, township, village, Category.ELIMINATED) for code, name, township, village in TWINS
    ]
    return build_index(projects, annex.generic_words)
