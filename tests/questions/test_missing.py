"""Which projects miss documents: the answer is what pages and checks say, and a slip of the pen is told."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from archivist.core.catalogue.completeness import ItemState
from archivist.core.catalogue.states import states_of
from archivist.core.checks.values import Rules
from archivist.core.reports.listings import ItemName
from archivist.index.reader import IndexReader
from archivist.questions.check import check
from archivist.questions.missing import EVERY, Wanted, lines, missing, wanted
from archivist.store.layout import STATUS_PAGE
from archivist.workspace.opened import Workspace
from archivist.workspace.resources import data_folder
from support import workspaces as w
from support.complete import WAIVABLE
from support.histories import OPERATION

SCHEMA = Draft202012Validator(
    json.loads((data_folder("schemas") / "output" / "missing.schema.json").read_text("utf-8"))
)


STATE_ON_PAGE = re.compile(f'<td class="s [a-z]+">({"|".join(state.value for state in ItemState)})<')


def items(lived: Workspace) -> tuple[ItemName, ...]:
    return tuple(ItemName(rule.number, rule.short, rule.required) for rule in lived.annex.items)


def test_every_project_is_answered_once_by_township_and_code(lived: Workspace, reader: IndexReader) -> None:
    answer = missing(reader, wanted(items(lived)), lived.standard)
    codes = [one.project.code for one in answer.projects]

    assert answer.fitting == len(codes) == len(set(codes)) == 4
    assert codes == [
        one.project.code
        for one in sorted(answer.projects, key=lambda one: (one.project.township, one.project.code))
    ]


def test_the_record_is_the_published_one_and_tells_waived_and_deregistered(
    lived: Workspace, reader: IndexReader
) -> None:
    records = {
        one.project.code: one.record()
        for one in missing(reader, wanted(items(lived)), lived.standard).projects
    }

    assert [error.message for one in records.values() for error in SCHEMA.iter_errors(one)] == []
    assert records[w.LEMON.code]["waived"] == []  # given without a statement: it counts for nothing
    assert records[OPERATION.code]["waived"] == [WAIVABLE]
    assert records[w.FISH.code]["complete"] is True
    assert records[w.FISH.code]["deregistered"] is not None
    assert records[w.SHEEP.code]["missing"] == [1, 2, 3, 6, 7]


def test_lists_checks_and_pages_count_the_same(lived: Workspace, reader: IndexReader) -> None:
    rules = Rules(lived.annex.items, lived.procedure)
    today = date.fromisoformat(lived.standard.today)
    examined = {one.file.code: one.file for one in check(reader, rules, today)}
    for one in missing(reader, wanted(items(lived)), lived.standard).projects:
        code = one.project.code
        by_checks = states_of(examined[code], rules, today)
        row = reader.projects.find(code)
        assert row is not None
        page = (lived.config.store_root / row["folder"] / STATUS_PAGE).read_text("utf-8")

        assert one.state == by_checks
        for standing in one.state.items:
            assert all(f"<small>{reason}</small>" in page for reason in standing.reasons)
        assert STATE_ON_PAGE.findall(page) == [standing.state.value for standing in one.state.items]


@pytest.mark.parametrize(
    ("filters", "codes"),
    [
        ({"township": "石坝"}, {w.SHEEP.code, w.FISH.code}),
        ({"village": "青杠村"}, {w.SHEEP.code}),
        ({"department": "水利"}, {w.FISH.code}),
        ({"township": "石坝", "department": "农业"}, {w.SHEEP.code}),
        ({"township": "石坝", "village": "白沙村"}, set()),
        ({"category": EVERY, "village": "青杠村"}, {w.SHEEP.code}),
        ({"item": 3}, {w.SHEEP.code}),
        ({"item": 8}, set()),
    ],
)
def test_filters_leave_what_fits_all_of_them(
    lived: Workspace, reader: IndexReader, filters: dict[str, Any], codes: set[str]
) -> None:
    answer = missing(reader, wanted(items(lived), **filters), lived.standard)

    assert {one.project.code for one in answer.projects} == codes


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        ({"township": "古龙"}, "台账里没有镇街含“古龙”的项目"),
        ({"village": "古龙"}, "台账里没有村（社区）含“古龙”的项目"),
        ({"department": "古龙"}, "台账里没有主管部门含“古龙”的项目"),
        ({"category": "优势类"}, "台账里没有类别“优势类”的项目。现有类别：淘汰类"),
    ],
)
def test_a_filter_that_fits_nothing_in_the_register_is_a_slip_of_the_pen(
    lived: Workspace, reader: IndexReader, filters: dict[str, Any], told: str
) -> None:
    asked: Wanted = wanted(items(lived), **filters)

    assert told in w.message_of(lambda: missing(reader, asked, lived.standard))


def test_an_item_the_catalogue_does_not_have_is_told_before_any_index_is_asked(lived: Workspace) -> None:
    told = w.message_of(lambda: wanted(items(lived), item=9))

    assert told.startswith("归档目录没有第9项。各项是：1 摸底调查表、")


def test_a_paper_that_must_be_looked_at_is_green_nowhere(lived: Workspace, reader: IndexReader) -> None:
    """Neither in the list nor at the folder stands 齐全 beside a paper that was never signed."""
    states = {one.project.code: one for one in missing(reader, wanted(items(lived)), lived.standard).projects}
    sheep = states[w.SHEEP.code]

    assert sheep.state.of(4).told == "不合格（草稿）"
    assert 4 in sheep.record()["unqualified"]
    assert sheep.record()["states"]["4"] == {"state": "不合格", "reasons": ["草稿"]}
    assert not sheep.state.complete


def test_the_first_projects_are_listed_and_all_are_summed_up(lived: Workspace, reader: IndexReader) -> None:
    asked = wanted(items(lived))
    every, first = missing(reader, asked, lived.standard), missing(reader, asked, lived.standard, True, 1)

    assert (first.sums, first.fitting) == (every.sums, every.fitting)
    assert first.projects == tuple(one for one in every.projects if not one.state.complete)[:1]


def test_lines_are_the_records_of_the_answer(lived: Workspace, reader: IndexReader) -> None:
    asked = wanted(items(lived), EVERY)
    answer = missing(reader, asked, lived.standard)

    assert [json.loads(line) for line in lines(reader, asked, lived.standard)] == [
        one.record() for one in answer.projects
    ]
