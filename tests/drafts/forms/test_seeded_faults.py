"""Forms of many rows with faults seeded in: each is told by sheet, row and column, none besides, and good rows are taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from archivist.core.drafts.context import Unfit, build_context
from archivist.core.drafts.sources import Available
from archivist.core.drafts.values import coerce
from archivist.core.forms.layout import Row, known_of
from archivist.core.forms.reading import Entry, read_form
from archivist.drafts import find_kind
from archivist.drafts.forms import workbook
from archivist.drafts.forms.workbook import form_workbook
from archivist.extract.formats.cells import read_cells
from support.drafting import KINDS, PROJECT, TODAY
from support.forms import FIRST, number

PLAN = find_kind(KINDS, "disposal-plan")
ASSET = {"资产名称": "羊舍", "类别": "固定", "权属": "集体", "数量": 2, "原值": "58.60", "处置方式": "报废"}
Change = tuple[str, dict[str, Any]]
OF_A_LINE: list[Change] = [
    ("原值（万元）", {"原值": "五十八"}),
    ("数量", {"数量": "两栋"}),
    ("权属", {"权属": "私人"}),
    ("处置方式", {"处置方式": "送人"}),
    ("资产名称", {"资产名称": None}),
    ("单位", {"单位": "长" * 21}),
]
OF_A_ROW: list[Change] = [
    ("成文日期", {"成文日期": "二〇二四年"}),
    ("评估报告编号", {"评估报告编号": "号" * 101}),
    ("资金来源", {"资金来源": "源" * 201}),
]


class Seeded:
    """A form of ``projects`` rows with ``lines`` assets to each, ``faults`` of them wrong."""

    def __init__(self, projects: int, lines: int, faults: int) -> None:
        self.random, self.lines = Random(14), lines
        self.wrong: set[tuple[str, int, str]] = set()
        bad = set(self.random.sample(range(projects), faults))
        self.projects = [
            replace(PROJECT, code=f"DZ-{at:06}", name=f"第{at}号养殖场项目") for at in range(projects)
        ]
        self.known = {one.code: known_of(PLAN, Available(one, None, TODAY)) for one in self.projects}
        self.good: dict[str, dict[str, Any]] = {}
        self.rows = [self._row(at, lines, at in bad) for at in range(projects)]

    def _asset_row(self, at: int, line: int) -> int:
        """Where an asset stands: each project has as many rows as the paper opens, fewer where there are very many."""
        ready = max(1, min(PLAN.field("资产清单").open_rows, workbook._MOST_READY // len(self.projects)))
        return FIRST + at * max(ready, self.lines) + line

    def _row(self, at: int, lines: int, bad: bool) -> Row:
        project, known = self.projects[at], self.known[self.projects[at].code]
        given: dict[str, Any] = {
            "成文日期": "2024年12月1日",
            "项目现状": [f"第{at}处闲置"],
            "资产清单": [{**ASSET, "规格型号": f"{at}-{line}"} for line in range(lines)],
        }
        if not bad:
            self.good[project.code] = given
            return Row(project, known, given)
        sort = self.random.randrange(4)
        if sort == 0:
            column, change = self.random.choice(OF_A_ROW)
            self.wrong.add(("填写表", FIRST + at, column))
            return Row(project, known, {**given, **change})
        if sort == 1:
            self.wrong.add(("填写表", FIRST + at, "主管部门"))
            return Row(project, {**known, "主管部门": "区林业局"}, given)
        if sort == 2 and lines == 1:
            self.wrong |= {
                ("填写表", FIRST + at, "项目编号"),
                ("资产清单", self._asset_row(at, 0), "项目编号"),
            }
            del self.known[project.code]
            return Row(project, known, given)
        line = self.random.randrange(lines)
        column, change = self.random.choice(OF_A_LINE)
        self.wrong.add(("资产清单", self._asset_row(at, line), column))
        given["资产清单"][line] = {
            name: value for name, value in {**given["资产清单"][line], **change}.items() if value is not None
        }
        return Row(project, known, given)


def faults_of(entry: Entry, projects: dict[str, Any]) -> Iterator[tuple[str, int, str]]:
    found = list(entry.faults)
    try:
        build_context(PLAN, projects[entry.code], None, entry.values, TODAY)
    except Unfit as error:
        found += entry.faults_of(error.problems, PLAN.fields)
    return ((one.sheet, one.row, one.column) for one in found)


def check(seeded: Seeded, folder: Path) -> None:
    path = folder / "表.xlsx"
    path.write_bytes(form_workbook(PLAN, seeded.rows, number(PLAN), TODAY))
    found = read_form(PLAN, read_cells(path), seeded.known)
    projects = {one.code: one for one in seeded.projects}
    told = {(one.sheet, one.row, one.column) for one in found.faults}
    taken: dict[str, dict[str, Any]] = {}
    for entry in found.entries:
        faults = set(faults_of(entry, projects))
        told |= faults
        if not faults:
            taken[entry.code] = entry.values

    assert told == seeded.wrong
    fields = {field.name: field for field in PLAN.fields}
    assert taken == {
        code: {name: coerce(fields[name], value) for name, value in given.items()}
        for code, given in seeded.good.items()
    }


def test_every_one_of_forty_faults_in_two_hundred_rows_is_told_where_it_is(tmp_path: Path) -> None:
    check(Seeded(100, 1, 40), tmp_path)


@pytest.mark.long
def test_every_one_of_five_hundred_faults_in_ten_thousand_rows_is_told_where_it_is(tmp_path: Path) -> None:
    check(Seeded(5_000, 1, 500), tmp_path)


@pytest.mark.long
def test_a_form_of_ten_thousand_projects_comes_back_as_it_was_filled_in(tmp_path: Path) -> None:
    check(Seeded(10_000, 0, 0), tmp_path)
