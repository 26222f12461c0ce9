"""What every check owes: codes that the schema knows, a clause, a test file of its own. A new one without any is noticed."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatchcase
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given

from archivist.core import checks
from archivist.core.checks import CHECKS, run_checks
from archivist.core.checks.later import later
from archivist.core.checks.values import ProjectFile
from support.checking import FILES, RULES, TODAY
from support.places import SCHEMAS

NAMES = sorted(
    path.stem for path in Path(checks.__file__).parent.glob("*.py") if path.stem not in {"__init__", "values"}
)
CODE = json.loads((SCHEMAS / "output" / "check.schema.json").read_text("utf-8"))["properties"]["code"]
DATA = "".join(path.read_text("utf-8") for path in sorted(SCHEMAS.glob("*.toml")))
ONLY_TOLD = {"later"}
"""Breaks no rule of the plan, so it has no clause."""


def codes_of(name: str) -> tuple[str, ...]:
    """The codes a check says it may find; * stands for what the data calls a rule."""
    codes = import_module(f"archivist.core.checks.{name}").CODES
    assert isinstance(codes, tuple)
    return codes


def test_every_file_of_checks_is_run() -> None:
    assert {check.__module__.rpartition(".")[2] for check in CHECKS} == set(NAMES) - ONLY_TOLD


@pytest.mark.parametrize("name", NAMES)
def test_a_check_has_a_test_file_of_its_own_that_speaks_of_every_code(name: str) -> None:
    text = (Path(__file__).parent / f"test_{name}.py").read_text("utf-8")
    found = set(re.findall(r'"([a-z]+(?:-[a-z]+)*)"', text))

    assert codes_of(name)
    assert [code for code in codes_of(name) if not any(fnmatchcase(one, code) for one in found)] == []


def test_the_schema_knows_the_codes_of_all_checks_and_no_others() -> None:
    fixed, open_ = CODE["anyOf"]
    codes = [code for name in NAMES for code in codes_of(name)]
    named = [code for code in codes if "*" not in code]

    assert sorted(fixed["enum"]) == sorted(named)
    assert len(set(named)) == len(named)
    assert all(re.search(open_["pattern"], code) for code in codes if "*" in code)
    assert not any(re.search(open_["pattern"], code) for code in named)


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_says_in_words_what_a_code_means(name: str) -> None:
    told = CODE["description"].replace("规则", "*")

    assert [
        code for code in codes_of(name) if not re.search(rf"(?<![\w-]){re.escape(code)}(?![\w-])", told)
    ] == []


@given(FILES)
def test_a_check_finds_only_what_it_says_and_names_its_clause(file: ProjectFile) -> None:
    for check in CHECKS:
        codes = codes_of(check.__module__.rpartition(".")[2])
        for checked in check(file, RULES, TODAY):
            clauses = [checked.clause, *(finding.clause for finding in checked.findings)]
            quotes = [quote for clause in clauses for quote in re.findall("“([^”]*)”", clause or "")]

            assert all(any(fnmatchcase(one.code, code) for code in codes) for one in checked.findings)
            assert all(clauses), f"{checked.rule} names no clause"
            assert [quote for quote in quotes if quote not in DATA] == []
    assert {finding.code for finding in later(file)} <= set(codes_of("later"))


@given(FILES)
def test_every_rule_is_told_once(file: ProjectFile) -> None:
    rules = [checked.rule for checked in run_checks(file, RULES, TODAY)]

    assert len(set(rules)) == len(rules)
