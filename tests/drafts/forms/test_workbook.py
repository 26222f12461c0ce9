"""A form as a workbook: what Excel and LibreOffice open without repair, and what nobody can slip into it."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from archivist.core.forms.layout import sheets_of
from archivist.drafts import find_kind
from archivist.drafts.forms import workbook
from archivist.drafts.forms.taking import number_on
from archivist.drafts.forms.workbook import form_workbook
from archivist.errors import BadInputError
from archivist.extract.formats.cells import read_cells
from support.drafting import KINDS, PROJECT
from support.forms import FIRST, OTHER, columns, form, number, read_back, rows_of
from support.office import converted
from support.programs import needs_office

PLAN = find_kind(KINDS, "disposal-plan")
RECORD = find_kind(KINDS, "village-record")


def opened(raw: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(raw))


def cell(sheet: Worksheet, heading: str, row: int = FIRST) -> Any:
    return sheet.cell(row, columns(sheet)[heading])


@pytest.mark.parametrize("kind", KINDS, ids=[kind.slug for kind in KINDS])
def test_every_shipped_kind_has_a_form_that_keeps_to_the_rules_of_excel(kind: Any) -> None:
    raw = form(kind, PROJECT, OTHER)
    book = opened(raw)
    hidden = book["选项"]

    assert hidden.sheet_state == "hidden" and book.security.lockStructure
    for sheet in book.worksheets[:-1]:
        assert len(sheet.title) <= 31 and sheet.protection.sheet and not sheet.protection.password
        for rule in sheet.data_validations.dataValidation:
            assert (
                len(str(rule.formula1)) <= 255
                and len(rule.error or "") <= 225
                and len(rule.errorTitle or "") <= 32
            )
            if rule.type == "list":
                place = re.fullmatch(r"'选项'!\$([A-Z]+)\$2:\$\1\$(\d+)", rule.formula1)
                assert place and hidden[f"{place[1]}{place[2]}"].value is not None
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        assert package.testzip() is None
        assert not [
            name for name in package.namelist() if "vba" in name.lower() or "external" in name.lower()
        ]


def test_headings_and_register_words_are_locked_and_the_rest_is_open() -> None:
    main = opened(form(PLAN, PROJECT))["填写表"]

    assert cell(main, "主管部门").value == "区农业农村委" and cell(main, "主管部门").protection.locked
    assert cell(main, "主管部门", 4).protection.locked and main["A6"].protection.locked
    assert not cell(main, "资金来源").protection.locked
    assert cell(main, "发文机关").value == "珠溪镇人民政府" and not cell(main, "发文机关").protection.locked
    assert cell(main, "投入帮扶资金").value == 86.5


def test_what_the_register_does_not_know_is_asked_for() -> None:
    main = opened(form(PLAN, replace(PROJECT, department="")))["填写表"]

    assert cell(main, "主管部门").value is None and not cell(main, "主管部门").protection.locked


def test_headings_carry_a_comment_that_says_what_is_wanted() -> None:
    book = opened(form(PLAN, PROJECT))
    note = cell(book["资产清单"], "处置方式", 4).comment.text
    told = cell(book["填写表"], "资金来源", 4).comment.text

    assert "可选：拍卖、转让" in note
    assert "如 财政专项扶贫资金" in told and "最多 200 个字" in told
    assert "先更正台账" in cell(book["填写表"], "主管部门", 4).comment.text
    assert str(cell(book["资产清单"], "资产名称", 4).value) == "资产名称＊"


def test_each_project_has_as_many_rows_as_the_paper_opens_and_there_are_spare_ones() -> None:
    debts = opened(form(PLAN, PROJECT, OTHER))["债权债务清单"]
    codes = [debts.cell(row, 1).value for row in range(FIRST, debts.max_row + 1)]

    assert codes[:8] == [PROJECT.code] * 4 + [OTHER.code] * 4
    assert len(codes) == 28 and set(codes[8:]) == {None}
    assert not debts.cell(debts.max_row, 1).protection.locked


def test_a_large_batch_has_fewer_rows_ready_for_each_and_at_least_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workbook, "_MOST_READY", 50)
    many = [replace(PROJECT, code=f"DZ-{at:05}") for at in range(30)]

    assert opened(form(RECORD, *many))["发言记录"].max_row == FIRST - 1 + 30 + 20


def test_what_was_given_before_stands_there_ready_to_be_corrected() -> None:
    given = {
        "资金来源": "衔接资金",
        "项目现状": ["闲置", "锈蚀"],
        "资产清单": [{"资产名称": "羊舍"}] * 8,
        "债权债务清单": [],
    }
    book = opened(form(PLAN, PROJECT, given=[given]))

    assert cell(book["填写表"], "项目现状").value == "闲置\n锈蚀"
    assert [cell(book["资产清单"], "资产名称", FIRST + at).value for at in range(9)] == ["羊舍"] * 8 + [None]
    assert cell(book["债权债务清单"], "类型").value == "无"


@pytest.mark.parametrize("name", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2", '=HYPERLINK("http://x")'])
def test_no_word_of_the_register_becomes_a_formula(name: str) -> None:
    raw = form(PLAN, replace(PROJECT, name=name, code="=A1", department=name))
    main = opened(raw)["填写表"]

    assert (main["A6"].data_type, main["B6"].data_type, cell(main, "主管部门").data_type) == ("s", "s", "s")
    assert main["B6"].quotePrefix and main["B6"].value == name
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        assert not any(b"<f>" in package.read(part) for part in package.namelist() if "worksheets" in part)


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    main = opened(form(RECORD, replace(PROJECT, name="甲\x00\ud800\x0b乙<&>")))["填写表"]

    assert main["B6"].value == "甲\n乙<&>"


def test_the_same_form_on_the_same_day_is_the_same_file() -> None:
    first, again = form(PLAN, PROJECT), form(PLAN, PROJECT)
    other = form_workbook(PLAN, rows_of(PLAN, PROJECT), number(PLAN), date(2024, 12, 21))

    assert first == again != other


def test_the_number_stands_in_the_form_seen_and_unseen() -> None:
    book = opened(form(PLAN, PROJECT))

    assert str(number(PLAN)) in book["填写表"]["A3"].value
    assert book["选项"]["A1"].value == book.properties.keywords == str(number(PLAN))


def test_what_a_cell_cannot_hold_is_refused_and_not_cut() -> None:
    with pytest.raises(BadInputError, match="32767"):
        form(RECORD, PROJECT, given=[{"会议决议": ["长" * 5000] * 7}])


@needs_office
def test_libreoffice_opens_it_keeps_lists_and_lock_and_what_it_saves_is_read_the_same(tmp_path: Path) -> None:
    given = {
        "资金来源": "衔接资金",
        "项目现状": ["闲置", "锈蚀"],
        "资产清单": [{"资产名称": "羊舍", "原值": Decimal("58.6")}],
    }
    (tmp_path / "表.xlsx").write_bytes(
        form(PLAN, PROJECT, OTHER, given=[{**given, "成文日期": "2024年12月1日"}])
    )
    made = tmp_path / "又一份"
    made.mkdir()
    (saved,) = converted(made, [tmp_path / "表.xlsx"], "xlsx")
    again = openpyxl.load_workbook(saved)
    first, second = read_back(PLAN, saved.read_bytes(), tmp_path, PROJECT, OTHER).entries

    assert [sheet.title for sheet in again.worksheets] == [*(sheet.name for sheet in sheets_of(PLAN)), "选项"]
    assert again["选项"].sheet_state == "hidden" and again["填写表"].protection.sheet
    for sheet in again.worksheets[1:-1]:
        lists = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
        assert lists and all("选项" in rule.formula1 for rule in lists)
    assert number_on(read_cells(saved)) == number(PLAN)
    assert first.values == {**given, "成文日期": "2024年12月1日"} and not (first.faults or second.touched)
