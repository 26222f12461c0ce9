"""What the checks find, of the projects that were asked for."""

from __future__ import annotations

import json
from datetime import date

import pytest
from jsonschema import Draft202012Validator

from archivist.core.checks import findings_of
from archivist.core.checks.values import Rules
from archivist.index.reader import IndexReader
from archivist.questions.check import check
from archivist.workspace.opened import Workspace
from archivist.workspace.resources import data_folder
from support import workspaces as w

TODAY = date(2026, 11, 28)
SCHEMA = Draft202012Validator(
    json.loads((data_folder("schemas") / "output" / "check.schema.json").read_text("utf-8"))
)


@pytest.fixture
def rules(lived: Workspace) -> Rules:
    return Rules(lived.annex.items, lived.procedure)


def test_without_codes_all_that_are_to_be_wound_up_are_checked(reader: IndexReader, rules: Rules) -> None:
    found = check(reader, rules, TODAY)

    assert [one.file for one in found] == reader.project_files.all()
    assert all(list(one.findings) == findings_of(one.file, rules, TODAY) for one in found)
    records = [record for one in found for record in one.records()]
    assert [error.message for record in records for error in SCHEMA.iter_errors(record)] == []
    assert {"missing"} <= {record["code"] for record in records}


def test_codes_and_township_leave_what_fits_both_in_the_registers_order(
    reader: IndexReader, rules: Rules
) -> None:
    codes = [w.SHEEP.code, w.LEMON.code]

    assert [one.file.code for one in check(reader, rules, TODAY, codes)] == [w.SHEEP.code, w.LEMON.code][
        :: 1 if w.SHEEP.township < w.LEMON.township else -1
    ]
    assert [one.file.code for one in check(reader, rules, TODAY, codes, "石坝")] == [w.SHEEP.code]
    assert [one.file.code for one in check(reader, rules, TODAY, (), "石坝")] == [w.SHEEP.code, w.FISH.code]


def test_all_unknown_codes_are_told_at_once(reader: IndexReader, rules: Rules) -> None:
    told = w.message_of(lambda: check(reader, rules, TODAY, ["CS-0", w.SHEEP.code, "CS-1"]))

    assert "没有项目编号“CS-0、CS-1”" in told


def test_a_township_the_register_does_not_have_is_told(reader: IndexReader, rules: Rules) -> None:
    assert "没有镇街含“古龙”" in w.message_of(lambda: check(reader, rules, TODAY, (), "古龙"))
