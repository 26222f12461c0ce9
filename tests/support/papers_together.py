"""Papers of one project as pages of text, read as they are and put together for the checks across papers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from archivist.core.checks.values import Checked, ProjectFile
from archivist.core.document import Holding
from archivist.core.model import TextSource
from archivist.core.page import Line, Page
from archivist.core.paper.facts import read_facts
from archivist.core.project import Category, Project
from archivist.workspace.rulebook import load_annex
from support.checking import held, outcomes
from support.places import SCHEMAS

ANNEX = load_annex(SCHEMAS)
NAME = "石坝镇青杠村食用菌种植基地项目"
REGISTER = Project(
    "A",
    NAME,
    "石坝镇",
    "青杠村",
    Category.ELIMINATED,
    year="2019",
    amount=Decimal("183000.00"),
    operator="重庆市大足区青杠菌业有限公司",
    contact="谭德贵",
)
_KINDS = {1: "survey", 2: "assessment", 3: "agreement", 4: "record", 5: "minutes", 6: "minutes", 7: "minutes"}


def paper(
    item: int,
    text: str,
    day: str | None = "2024-11-20",
    number: int = 0,
    kind: str = "",
    **more: Any,
) -> Holding:
    """One paper of an item, one page for each part between form feeds; its first line is its title."""
    pages = [
        Page(at, tuple(Line(line) for line in part.splitlines()))
        for at, part in enumerate(text.split("\f"), 1)
    ]
    title = str(more.pop("title", text.splitlines()[0]))
    facts = read_facts(
        kind or _KINDS.get(item, "other"),
        pages,
        ANNEX.facts,
        ANNEX.sayings,
        title=title,
        projects=[("A", NAME)] if NAME in text else [],
    )
    document = held(item, day, number or item, facts=facts, title=title)
    return replace(document, **{"text_source": TextSource.OCR, **more})


def checked(rule: str, *papers: Holding, register: Project | None = REGISTER) -> Checked:
    """What one rule says of a project with these papers."""
    category = register.category if register else "淘汰类"
    file = ProjectFile(
        "A", NAME, category, papers, debts=register.debts if register else "", register=register
    )
    return outcomes(file)[rule]


def codes(one: Checked) -> list[str]:
    return [finding.code for finding in one.findings]
