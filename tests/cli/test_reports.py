"""``archivist report``: every report in every format, its numbers those of the other commands."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from openpyxl import load_workbook

from archivist.cli.report import FILTERS, PLACES, REPORTS
from archivist.cli.reporting import SUFFIXES
from support.cli_running import Run
from support.output_schemas import validator
from support.programs import needs_office

SCHEMA = {"missing": "missing"}
"""Reports whose lines are another command's."""
OWN = ("completeness", "findings", "missing", "activity", "deregistrations")


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def report(archivist: Run, workspace: Path, *arguments: str) -> str:
    ran = archivist("-w", str(workspace), "report", *arguments)
    assert (ran.code, ran.err) == (0, "")
    return ran.text


@pytest.mark.parametrize("name", OWN)
def test_every_line_fits_the_published_schema(name: str, workspace: Path, archivist: Run) -> None:
    checker = validator(f"output/{SCHEMA.get(name, f'report-{name}')}.schema.json")
    found = lines(report(archivist, workspace, name, "-f", "json"))

    assert found or name == "deregistrations"
    for record in found:
        assert [error.message for error in checker.iter_errors(record)] == []


@pytest.mark.parametrize("name", [*OWN, "four-properties"])
def test_who_reads_a_report_is_told_in_words_and_not_by_commands_and_files_of_rules(
    name: str, workspace: Path, archivist: Run
) -> None:
    text = report(archivist, workspace, name)

    assert "依据：" in text
    assert re.findall(r"archivist [a-z]+|--[a-z]+|[a-z0-9-]+\.toml", text) == []


@pytest.mark.parametrize("narrowed", [["--township", "珠溪镇"], ["--project", "DZ-2018-0017"]])
def test_narrowed_lines_fit_the_schema_too(narrowed: list[str], workspace: Path, archivist: Run) -> None:
    checker = validator("output/report-completeness.schema.json")
    found = lines(report(archivist, workspace, "completeness", "-f", "json", *narrowed))

    assert found
    assert [error.message for record in found for error in checker.iter_errors(record)] == []


def test_missing_prints_the_lines_of_missing(workspace: Path, archivist: Run) -> None:
    whole = archivist("-w", str(workspace), "missing", "--json").text

    assert report(archivist, workspace, "missing", "-f", "json") == whole


def test_findings_prints_the_lines_of_check(workspace: Path, archivist: Run) -> None:
    checked = lines(archivist("-w", str(workspace), "check", "--json").text)
    found = lines(report(archivist, workspace, "findings", "-f", "json"))

    assert [{key: one[key] for key in checked[0]} for one in found] == checked


@pytest.mark.parametrize("suffix", [".json", ".xlsx", ".html"])
def test_check_is_saved_in_every_format_and_never_over_a_file(
    suffix: str, workspace: Path, archivist: Run, tmp_path: Path
) -> None:
    target = tmp_path / f"问题{suffix}"
    first = archivist("-w", str(workspace), "check", "-o", str(target), "--fail-on", "error")
    data = target.read_bytes()
    second = archivist("-w", str(workspace), "check", "-o", str(target))

    assert (first.code, second.code) == (1, 7)
    assert target.read_bytes() == data
    assert data[:2] == {".xlsx": b"PK", ".html": b"<!"}.get(suffix, b'{"')


def test_every_cell_of_the_workbook_is_what_missing_says(
    workspace: Path, archivist: Run, tmp_path: Path
) -> None:
    """The heat map's numbers, and each project's states, against ``missing --json``."""
    states = lines(archivist("-w", str(workspace), "missing", "--json").text)
    ran = archivist("-w", str(workspace), "report", "completeness", "-o", str(tmp_path / "a.xlsx"))
    assert ran.code == 0, ran.err
    book = load_workbook(tmp_path / "a.xlsx")
    (grid, *_, listed) = (book[name] for name in book.sheetnames if name != "概要")
    rows = [
        row for row in grid.iter_rows(min_row=5, values_only=True) if row[1] is not None and row[0] != "合计"
    ]

    assert {row[0] for row in rows} == {one["township"] for one in states}
    for row in rows:
        name, projects, *cells = row
        own = [one for one in states if one["township"] == name]
        assert projects == len(own)
        for item, cell in enumerate(cells[:8], start=1):
            good = {"齐全", "免交", "选交"}
            assert cell == sum(one["states"][str(item)]["state"] in good for one in own)
        assert cells[8] == sum(one["complete"] for one in own)
    told = {line[0]: line for line in listed.iter_rows(min_row=5, values_only=True)}
    words = {"齐全": "√", "缺件": "缺", "选交": "／"}
    for one in states:
        shown = told[one["project"]][4:12]
        assert list(shown) == [words.get(state["state"], state["state"]) for state in one["states"].values()]


def test_without_a_name_a_file_appears_in_the_current_folder_and_another_time_another(
    workspace: Path, archivist: Run, tmp_path: Path
) -> None:
    for _ in range(2):
        ran = archivist("-w", str(workspace), "report", "missing", "-f", "html", cwd=tmp_path)
        assert (ran.code, ran.out) == (0, b"")
    names = sorted(path.name for path in tmp_path.iterdir())

    assert len(names) == 2 and all(name.startswith("项目缺件清单 20") for name in names)
    assert {path.read_bytes() for path in tmp_path.iterdir()} == {(tmp_path / names[0]).read_bytes()}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nothing"], "completeness"),
        (["missing", "--person", "张"], "--township"),
        (["activity", "--person", "没有这个人"], "没有这个人"),
        (["activity", "--since", "去年"], "2024-11-08"),
        (["activity", "--since", "2025-02-01", "--until", "2025-01-01"], "2025-01-01"),
        (["missing", "-o", "缺件.odt"], ".xlsx"),
    ],
)
def test_a_slip_of_the_pen_is_told_and_nothing_is_printed(
    arguments: list[str], told: str, workspace: Path, archivist: Run, tmp_path: Path
) -> None:
    ran = archivist("-w", str(workspace), "report", *arguments, cwd=tmp_path)

    assert (ran.code, ran.out) == (2, b"")
    assert told in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_report_is_not_put_into_the_archive_where_it_would_be_taken_for_material(
    workspace: Path, archivist: Run
) -> None:
    inbox = workspace / "archive_store" / "收件箱"
    before = sorted(inbox.iterdir())
    for arguments in (("report", "missing"), ("check",), ("missing",)):
        ran = archivist("-w", str(workspace), *arguments, "-o", str(inbox / "缺件.xlsx"))
        assert ran.code == 2 and "在档案库里面，没有保存" in ran.err

    assert sorted(inbox.iterdir()) == before


def test_without_libreoffice_a_pdf_is_refused_and_no_file_is_left(
    workspace: Path, archivist: Run, tmp_path: Path
) -> None:
    ran = archivist(
        "-w", str(workspace), "report", "missing", "-o", str(tmp_path / "a.pdf"), env={"PATH": ""}
    )

    assert ran.code == 5
    assert "LibreOffice" in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.libreoffice
@needs_office
def test_a_pdf_is_made_of_the_word_file(workspace: Path, archivist: Run, tmp_path: Path) -> None:
    ran = archivist("-w", str(workspace), "report", "missing", "-f", "pdf", cwd=tmp_path)
    (made,) = tmp_path.iterdir()

    assert (ran.code, ran.out) == (0, b"")
    assert made.suffix == ".pdf"
    with pikepdf.open(made) as document:
        assert len(document.pages) >= 1


def test_the_unit_of_the_settings_stands_on_the_report(bare: Path, archivist: Run, tmp_path: Path) -> None:
    shutil.copytree(bare, tmp_path / "w")
    settings = tmp_path / "w" / "archivist.toml"
    settings.write_text(settings.read_text("utf-8").replace('#unit = ""', 'unit = "甲区<b>专班"'), "utf-8")
    page = archivist("-w", str(tmp_path / "w"), "report", "missing", "-o", str(tmp_path / "a.html"))

    assert page.code == 0, page.err
    assert "甲区&lt;b&gt;专班" in (tmp_path / "a.html").read_text("utf-8")


def test_the_register_is_saved_with_every_column_and_comes_back(
    bare: Path, archivist: Run, tmp_path: Path
) -> None:
    target = tmp_path / "台账.xlsx"
    assert archivist("-w", str(bare), "register", "list", "-o", str(target)).code == 0
    known = lines(archivist("-w", str(bare), "register", "list", "--json").text)
    rows = list(load_workbook(target).worksheets[0].iter_rows(values_only=True))
    back = archivist("-w", str(bare), "register", "import", str(target), "--dry-run")

    assert len(rows[0]) == 21 and len(rows) == len(known) + 1
    assert f"没有变化 {len(known)} 个" in back.text, back.err


def test_a_report_of_each_name_says_what_it_may_be_narrowed_to() -> None:
    assert set(FILTERS) <= set(REPORTS)
    assert set(SUFFIXES.values()) >= {"html", "xlsx", "docx", "pdf", "csv", "json", "text"}
    assert all(set(PLACES) | {"person", "since", "until", "pages"} >= set(keys) for keys in FILTERS.values())


def test_the_same_data_on_the_same_day_give_the_same_page(
    workspace: Path, archivist: Run, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        for suffix in (".html", ".docx"):
            ran = archivist(
                "-w", str(workspace), "report", "completeness", "-o", str(tmp_path / f"{name}{suffix}")
            )
            assert ran.code == 0, ran.err

    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.docx") as one, zipfile.ZipFile(tmp_path / "b.docx") as other:
        assert one.read("word/document.xml") == other.read("word/document.xml")


def test_the_list_of_a_report_as_csv_is_one_table(workspace: Path, archivist: Run) -> None:
    rows = list(
        csv.reader(io.StringIO(report(archivist, workspace, "findings", "-f", "csv").lstrip("\ufeff")))
    )

    assert {len(row) for row in rows} == {len(rows[0])}
    assert rows[0][:3] == ["镇街", "项目编号", "项目名称"]
