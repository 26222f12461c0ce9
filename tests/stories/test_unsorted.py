"""What waits with a project as guess and no item: everybody who would be told to hand it in again is told of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from archivist.core.reports.listings import missing_sheet, missing_table
from archivist.index.reader import open_reader
from archivist.questions.missing import missing, wanted
from archivist.questions.status import look
from archivist.store.layout import STATUS_PAGE
from archivist.workspace.opened import Workspace
from archivist.workspace.resources import data_folder
from support import workspaces as w

LOG = f"养护手记\n{w.SHEEP.name}（项目编号：{w.SHEEP.code}）\n今天下雨，羊没有出圈。\n"
"""It names its project and says nothing of what it is."""


@pytest.fixture
def waiting(tmp_path: Path) -> Workspace:
    opened = w.workspace(tmp_path)
    w.import_projects(opened, [w.SHEEP, w.FISH])
    w.pdf(opened.config.inbox / "手记.pdf", LOG)
    w.ingest(opened)
    return opened


def words(opened: Workspace) -> str:
    page = w.folder_of(opened, w.SHEEP) / STATUS_PAGE
    return re.sub(r"<[^>]+>", "", page.read_text("utf-8"))


def test_it_stands_at_its_project_in_lists_pages_and_status(waiting: Workspace) -> None:
    items = tuple(waiting.annex.items)
    with open_reader(waiting.index_path) as reader:
        answer = missing(reader, wanted(items), waiting.standard)  # type: ignore[arg-type]
    records = {one.project.code: one.record() for one in answer.projects}
    (document,) = w.documents(waiting)
    schema = json.loads((data_folder("schemas") / "output" / "missing.schema.json").read_text("utf-8"))

    assert (document["status"], document["item"]) == ("review", None)
    assert records[w.SHEEP.code]["unsorted"] == [document["id"]]
    assert records[w.FISH.code]["unsorted"] == []
    assert all(not list(Draft202012Validator(schema).iter_errors(one)) for one in records.values())
    assert "手记.pdf”像是这个项目的，看不出是哪一项" in words(waiting)
    assert "先看上面黄框里的材料是不是这一项" in words(waiting)
    assert look(waiting.config).record()["review"]["unsorted"] == 1


def test_printed_lists_say_so(waiting: Workspace) -> None:
    items = tuple(waiting.annex.items)
    with open_reader(waiting.index_path) as reader:
        answer = missing(reader, wanted(items), waiting.standard)  # type: ignore[arg-type]
    states = [one.state for one in answer.projects]
    about = {one.project.code: one.line for one in answer.projects}
    unsorted = {one.project.code: len(one.unsorted) for one in answer.projects}
    screen = missing_table(answer.sums, states, about, items, unsorted)  # type: ignore[arg-type]
    sheet = missing_sheet(answer.sums, states, about, items, unsorted)  # type: ignore[arg-type]

    assert any(f"{w.SHEEP.code} 1 件" in note for note in screen.notes)
    assert [any("另有 1 件看不出是哪一项" in str(cell) for cell in row) for row in sheet.rows].count(
        True
    ) == 1


def test_nothing_is_said_where_nothing_waits(tmp_path: Path) -> None:
    opened = w.workspace(tmp_path)
    w.import_projects(opened, [w.SHEEP])
    w.pdf(opened.config.inbox / "纪要.pdf", w.minutes(w.SHEEP))
    w.ingest(opened)

    assert "看不出是哪一项" not in words(opened)
    assert "黄框" not in words(opened)
