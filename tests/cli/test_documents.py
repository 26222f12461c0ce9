"""documents, review, search and register list, in the forms people read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from support.cli_running import DROPPED, Run


def records(archivist: Run, workspace: Path, *arguments: str) -> list[dict[str, object]]:
    return [
        json.loads(line) for line in archivist("-w", str(workspace), *arguments, "--json").text.splitlines()
    ]


def test_the_list_names_every_source_with_what_became_of_it(workspace: Path, archivist: Run) -> None:
    text = archivist("-w", str(workspace), "documents").text

    assert all(name in text for name in DROPPED)
    assert all(word in text for word in ("已归档", "退回", "重复"))
    assert text.splitlines()[-1].startswith(f"共 {len(records(archivist, workspace, 'documents'))} 件：")


@pytest.mark.parametrize("status", ["filed", "review", "rejected", "duplicate"])
def test_a_status_keeps_only_its_documents(status: str, workspace: Path, archivist: Run) -> None:
    everything = records(archivist, workspace, "documents")

    assert records(archivist, workspace, "documents", "--status", status) == [
        record for record in everything if record["status"] == status
    ]


def test_a_project_keeps_only_its_documents(workspace: Path, archivist: Run) -> None:
    everything = records(archivist, workspace, "documents")
    project = next(str(record["project"]) for record in everything if record["project"])

    assert records(archivist, workspace, "documents", "--project", project) == [
        record for record in everything if record["project"] == project
    ]


def test_a_project_that_is_not_in_the_register_is_told(workspace: Path, archivist: Run) -> None:
    ran = archivist("-w", str(workspace), "documents", "--project", "DZ-0000-0000")

    assert (ran.code, ran.out) == (2, b"")
    assert "DZ-0000-0000" in ran.err


def test_the_saved_list_says_where_each_document_stands(
    workspace: Path, archivist: Run, tmp_path: Path
) -> None:
    assert archivist("-w", str(workspace), "documents", "-o", str(tmp_path / "a.xlsx")).code == 0
    heading, *rows = load_workbook(tmp_path / "a.xlsx").worksheets[0].iter_rows(values_only=True)
    places = {row[heading.index("存放位置")] for row in rows} - {None}

    assert places
    assert all((workspace / "archive_store" / str(place)).exists() for place in places)


def test_review_tells_the_reason_and_the_command_that_settles_it(workspace: Path, archivist: Run) -> None:
    waiting = records(archivist, workspace, "review")
    text = archivist("-w", str(workspace), "review").text

    assert waiting == records(archivist, workspace, "documents", "--status", "review")
    for record in waiting:
        assert f"{record['id']}  {record['source']}" in text
    assert text.endswith(f"共 {len(waiting)} 件待确认。\n")


def test_search_shows_the_words_in_their_context(workspace: Path, archivist: Run) -> None:
    text = archivist("-w", str(workspace), "search", "会议").text

    assert "【会议】" in text
    assert text.splitlines()[-1] == f"找到 {len(records(archivist, workspace, 'search', '会议'))} 页。"


def test_search_says_when_it_stops_early(workspace: Path, archivist: Run) -> None:
    ran = archivist("-w", str(workspace), "search", "会议", "--limit", "1")

    assert len(records(archivist, workspace, "search", "会议")) > 1
    assert ran.text.splitlines()[-1].startswith("只列出前 1 页")


@pytest.mark.parametrize(
    ("words", "code", "told"), [(["不存在的词语"], 0, "没有找到"), (["会"], 2, "至少要有两个字")]
)
def test_search_tells_what_it_cannot_find(
    words: list[str], code: int, told: str, workspace: Path, archivist: Run
) -> None:
    ran = archivist("-w", str(workspace), "search", *words)

    assert ran.code == code
    assert told in ran.text + ran.err


def test_the_register_can_be_saved_as_a_sheet(bare: Path, archivist: Run, tmp_path: Path) -> None:
    assert archivist("-w", str(bare), "register", "list", "-o", str(tmp_path / "台账.xlsx")).code == 0
    sheet = load_workbook(tmp_path / "台账.xlsx").worksheets[0]

    assert sheet.max_row - 1 == len(records(archivist, bare, "register", "list"))
    assert sheet["A1"].value == "项目编号"
