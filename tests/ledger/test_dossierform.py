"""The form of dossiers, as Excel files: what goes out comes back the same, whatever people wrote; no form is refused."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from openpyxl import Workbook, load_workbook

from archivist.core.dossier.reading import read
from archivist.core.dossier.values import EMPTY, Dossier
from archivist.errors import BadInputError
from archivist.ledger.dossierform import read_dossier_form
from archivist.render.dossierform import Filled, dossier_form
from support.dossiers import BOOK, DOSSIERS, MEETING, SHED, dossier

OTHER = dossier(资产=[SHED], 会议=[MEETING], 债权债务=[])


def form(path: Path, *known: Dossier) -> Path:
    filled = [Filled(f"DZ-{at}", "=名称", at, one) for at, one in enumerate(known)]
    path.write_bytes(dossier_form(BOOK, filled))
    return path


@settings(max_examples=8)
@given(DOSSIERS)
def test_what_goes_out_comes_back_the_same_beside_another_projects(made: Dossier) -> None:
    with tempfile.TemporaryDirectory() as folder:
        parts, problems = read_dossier_form(form(Path(folder) / "表.xlsx", made, OTHER), BOOK)

    assert problems == []
    assert [(part.project, part.version) for part in parts] == [("DZ-0", 0), ("DZ-1", 1)]
    for part, known in zip(parts, (made, OTHER), strict=True):
        again = read(BOOK, part.sections, EMPTY)
        assert again.problems == ()
        assert again.dossier == known


def test_a_form_has_a_sheet_a_section_locked_heads_choices_and_no_formula(tmp_path: Path) -> None:
    long = dossier(土地=[{"地块": "=HYPERLINK(1)", "面积": "123456.123456", "用途": "长" * 100}])
    book = load_workbook(form(tmp_path / "表.xlsx", long))
    sheet = book["土地"]

    assert book.sheetnames == ["说明", *(one.name for one in BOOK.kind.fields), "选项"]
    assert sheet.protection.sheet and not sheet["C2"].protection.locked and sheet["C1"].protection.locked
    assert sheet["C2"].data_type == "s" and sheet["D2"].value == 123456.123456
    assert sheet["C1"].comment.text.startswith("必填。")
    assert [cell for row in book["说明"].iter_rows() for cell in row if cell.data_type == "f"] == []
    hidden = book["选项"]
    for rule in book["会议"].data_validations.dataValidation:
        if rule.type == "list":
            assert rule.formula1.startswith("'选项'!$")  # without =, which Excel would repair
            letter, last = rule.formula1.split("$")[1], int(rule.formula1.rpartition("$")[2])
            assert all(hidden[f"{letter}{at}"].value for at in range(1, last + 1))
            assert hidden[f"{letter}{last + 1}"].value is None


def test_the_same_dossier_gives_the_same_sheets(tmp_path: Path) -> None:
    one, other = form(tmp_path / "1.xlsx", OTHER), form(tmp_path / "2.xlsx", OTHER)

    with zipfile.ZipFile(one) as first, zipfile.ZipFile(other) as second:
        names = [name for name in first.namelist() if name.startswith("xl/")]
        assert names == [name for name in second.namelist() if name.startswith("xl/")]
        assert [name for name in names if first.read(name) != second.read(name)] == []


def test_what_is_no_form_is_refused(tmp_path: Path) -> None:
    text, empty, damaged = (tmp_path / f"{name}.xlsx" for name in ("字", "空", "坏"))
    text.write_text("不是表格", "utf-8")
    book, buffer = Workbook(), io.BytesIO()
    book.active.title = "资产"  # type: ignore[union-attr]
    book.save(buffer)
    empty.write_bytes(buffer.getvalue())

    damaged.write_bytes(b"PK\x03\x04" + b"x" * 99)

    assert read_dossier_form(text, BOOK)[1][0].startswith("没有底册的工作表")
    with pytest.raises(BadInputError, match="损坏"):
        read_dossier_form(damaged, BOOK)
    with pytest.raises(BadInputError, match="里没有项目"):
        read_dossier_form(empty, BOOK)
