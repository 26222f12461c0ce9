"""A district with every anomaly the rules know, on rendered scans and through recognition: all found, none invented.

What is to be found stands in district.toml; the papers are drawn by `support.district`, seeded.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from archivist.core.model import Severity
from archivist.index.reader import open_reader
from archivist.questions.check import check
from archivist.workspace.rulebook import load_rules
from support.district.anomalies import ANOMALIES, Case, case
from support.district.made import made
from support.district.stories import district

DATA = tomllib.loads((Path(__file__).parent / "district.toml").read_text("utf-8"))
PROJECTS: list[dict[str, Any]] = DATA["project"]
TODAY = date.fromisoformat(DATA["today"])


def cases() -> list[Case]:
    stories = district(DATA["seed"], len(PROJECTS))
    return [case(story, tuple(one["broken"])) for story, one in zip(stories, PROJECTS, strict=True)]


def test_every_anomaly_is_in_the_district_once() -> None:
    broken = [name for one in PROJECTS for name in one["broken"]]

    assert sorted(broken) == sorted(ANOMALIES)


def test_some_projects_of_the_district_have_none() -> None:
    assert sum(not one["broken"] for one in PROJECTS) >= 2


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    """What the checks find of each project, by key, in the order of the data; what is only good to know left out."""
    all_cases = cases()
    opened = made(tmp_path_factory.mktemp("district") / "w", all_cases)
    rules = load_rules(opened.data("schemas"), opened.rules_file("procedure.toml").parent)
    with open_reader(opened.index_path) as index:
        answers = {one.file.code: one for one in check(index, rules, TODAY)}
    return [
        sorted(
            f"{finding.code}-{finding.item}" if finding.item else finding.code
            for finding in answers[one.story.code].findings
            if finding.severity is not Severity.INFO
        )
        for one in all_cases
    ]


@pytest.mark.long
def test_all_that_is_wrong_is_found_and_nothing_is_invented(found: list[list[str]]) -> None:
    wanted = [sorted(one.get("finds", [])) for one in PROJECTS]

    assert {
        at: (one["broken"], seen, want)
        for at, (one, seen, want) in enumerate(zip(PROJECTS, found, wanted, strict=True))
        if [finding for finding in seen if finding not in one.get("perhaps", [])] != want
    } == {}
