"""CSV and xlsx: the same cells come back, nothing becomes a formula, the sheet prints on paper."""

from __future__ import annotations

import csv
import io
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from archivist.core.reports.table import BAD, GOOD, Table
from archivist.render.csv import table_csv
from archivist.render.xlsx import table_xlsx
from support.programs import needs_office, needs_pdftotext

EVIL = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "＝1+1",
    "－2",
    '=HYPERLINK("http://x")',
    "=cmd|' /C calc'!A0",
]
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=40)


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("cell", EVIL)
def test_csv_gives_no_spreadsheet_a_formula(cell: str) -> None:
    rows = read_csv(table_csv(Table("", ("名称", cell), ((cell, "好"),))))

    assert rows[1][0].startswith("'") and rows[0][1].startswith("'")
    assert rows[1][0].lstrip("'") == cell


@pytest.mark.parametrize("cell", EVIL)
def test_xlsx_holds_text_not_formulas(cell: str) -> None:
    data = table_xlsx(Table("清单", ("名称",), ((cell,),)))
    found = load_workbook(io.BytesIO(data)).worksheets[0]["A2"]

    assert found.data_type == "s"
    assert str(found.value).strip() == cell.strip()
    assert found.quotePrefix == (not cell.startswith(" "))


@given(st.lists(st.tuples(TEXT, st.none() | st.integers(-(10**9), 10**9)), max_size=5))
def test_what_goes_into_xlsx_comes_back(rows: list[tuple[str, int | None]]) -> None:
    sheet = load_workbook(io.BytesIO(table_xlsx(Table("清单", ("名称", "数"), tuple(rows))))).worksheets[0]
    found = (
        [tuple(row) for row in sheet.iter_rows(min_row=2, max_row=len(rows) + 1, values_only=True)]
        if rows
        else []
    )

    assert [(name or "", number) for name, number in found] == rows


@given(st.lists(st.tuples(TEXT, TEXT), max_size=5))
def test_what_goes_into_csv_comes_back_but_for_the_apostrophe(rows: list[tuple[str, str]]) -> None:
    found = read_csv(table_csv(Table("", ("甲", "乙"), tuple(rows))))[1:]

    for cells, wanted in zip(found, rows, strict=True):
        assert all(cell in (text, "'" + text) for cell, text in zip(cells, wanted, strict=True))


def test_excel_is_told_that_csv_is_utf8() -> None:
    assert table_csv(Table("", ("镇街",), ())).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("title", ["a/b\\c*?:[]", "'引号'", "长" * 60, "", "坏\x00\x0b字"])
def test_any_title_gives_a_workbook_that_opens(title: str) -> None:
    book = load_workbook(io.BytesIO(table_xlsx(Table(title, ("甲\x00",), (("乙\x0b\ud800",),)))))

    assert book.worksheets[0]["A2"].value == "乙"


def test_words_with_a_tone_have_its_colour() -> None:
    table = Table("清单", ("状态", "名称"), (("缺", "甲"), ("√", "缺甲")), tones={"缺": BAD, "√": GOOD})
    sheet = load_workbook(io.BytesIO(table_xlsx(table))).worksheets[0]
    colours = {cell: sheet[cell].fill.fgColor.rgb for cell in ("A2", "A3", "B2", "B3")}

    assert len({colours["A2"], colours["A3"], colours["B2"]}) == 3
    assert colours["B2"] == colours["B3"]


@pytest.mark.libreoffice
@needs_office
@needs_pdftotext
def test_the_sheet_prints_whole_one_page_wide(tmp_path: Path) -> None:
    """All columns of a wide list stand on one landscape page, the heading again on the next."""
    columns = ("项目编号", "项目名称", "镇街", *(f"{at} 归档内容名称" for at in range(1, 9)), "结论")
    rows = tuple(
        (f"DZ-2018-{at:04d}", "黑山羊标准化养殖场项目", "珠溪镇", *("缺" * 8), f"末{at}") for at in range(80)
    )
    (tmp_path / "a.xlsx").write_bytes(table_xlsx(Table("项目缺件清单", columns, rows)))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [
            "libreoffice",
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "a.xlsx"),
        ],
        check=True,
        capture_output=True,
    )
    text = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "a.pdf"), "-"], check=True, capture_output=True
    ).stdout.decode("utf-8")
    pages = [page for page in text.split("\f") if "DZ-2018" in page]

    assert 1 < len(pages) < 10
    for page in pages:
        assert "项目编号" in page and "结论" in page
        assert len(re.findall(r"DZ-2018-\d{4}", page)) == len(re.findall(r"末\d+", page))
