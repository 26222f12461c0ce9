"""What was received and what became of it, as holdings whose public record is the published one."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from archivist.core.describe import describe
from archivist.core.model import Status
from archivist.core.reports.documents import documents_sheet, documents_table
from archivist.core.words.outcomes import OUTCOMES
from archivist.index.reader import IndexReader
from archivist.questions.documents import documents
from archivist.workspace.opened import Workspace
from archivist.workspace.resources import data_folder
from support import workspaces as w

SCHEMA = Draft202012Validator(
    json.loads((data_folder("schemas") / "output" / "documents.schema.json").read_text("utf-8"))
)


def test_every_document_is_answered_in_order_of_arrival(lived: Workspace, reader: IndexReader) -> None:
    found = documents(reader)

    assert {one.id for one in found} == {row["id"] for row in w.documents(lived)}
    assert [(one.source, one.first) for one in found] == sorted((one.source, one.first) for one in found)
    assert [error.message for one in found for error in SCHEMA.iter_errors(describe(one))] == []


def test_a_project_has_only_what_is_filed_under_it(reader: IndexReader) -> None:
    found = documents(reader, project=w.SHEEP.code)

    assert found == tuple(
        one for one in documents(reader) if one.status is Status.FILED and one.project == w.SHEEP.code
    )
    assert found


@pytest.mark.parametrize("status", Status)
def test_a_status_and_numbers_leave_what_has_them(reader: IndexReader, status: Status) -> None:
    everything = documents(reader)
    some = {one.id for one in everything[::2]}

    assert documents(reader, status=status.value) == tuple(one for one in everything if one.status is status)
    assert documents(reader, status=status.value, among=some) == tuple(
        one for one in everything[::2] if one.status is status
    )


def test_a_project_the_register_does_not_have_is_told(reader: IndexReader) -> None:
    assert "没有项目编号“CS-0”" in w.message_of(lambda: documents(reader, project="CS-0"))


def test_both_lists_have_a_row_for_every_document_and_the_same_summary(reader: IndexReader) -> None:
    found = documents(reader)
    table, sheet = documents_table(found), documents_sheet(found)

    assert [row[0] for row in table.rows] == [row[0] for row in sheet.rows] == [one.id for one in found]
    assert {len(row) for row in table.rows} == {len(table.columns)}
    assert {len(row) for row in sheet.rows} == {len(sheet.columns)}
    assert table.summary == sheet.summary
    assert all(f"{name} " in table.summary for name in OUTCOMES.values())


def test_what_waits_has_no_project_in_the_lists_yet(reader: IndexReader) -> None:
    table = documents_table(documents(reader, status="review"))
    at = table.columns.index("项目编号")

    assert table.rows
    assert {row[at] for row in table.rows} == {None}
