"""The step that reads cells: values, places, and what is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest

from archivist.core.forms.cells import CellRow, Day, Figure, Unreadable
from archivist.extract import failures
from archivist.extract.failures import Refused
from archivist.extract.formats import cells
from archivist.extract.formats.cells import read_cells
from archivist.extract.limits import Limits
from archivist.extract.processes.sandbox import Sandbox
from support.makers import zip_bytes


def saved(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.create_sheet("藏").sheet_state = "hidden"
    book.save(path)
    return path


def with_part(path: Path, change: Callable[[bytes], bytes], part: str = "xl/worksheets/sheet1.xml") -> Path:
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[part] = change(parts[part])
    path.write_bytes(zip_bytes(parts))
    return path


def test_cells_come_with_their_types_and_rows_with_their_numbers(tmp_path: Path) -> None:
    path = saved(
        tmp_path / "表.xlsx",
        ["文字", 3, 0.1 + 0.2, True, date(2024, 12, 1), datetime(2024, 12, 1, 9, 30), time(9, 30), None],  # noqa: DTZ001
        [],
        [None, "  ", 1e20],
    )
    first, hidden = read_cells(path)

    assert first.rows == (
        CellRow(1, ("文字", 3, Figure("0.3"), True, Day("2024-12-01"), "2024-12-01 09:30", "09:30")),
        CellRow(3, (None, None, Figure("100000000000000000000"))),
    )
    assert (hidden.name, hidden.hidden, hidden.rows) == ("藏", True, ())


def test_formulas_count_by_their_saved_result_and_are_told_without_one(tmp_path: Path) -> None:
    path = saved(tmp_path / "表.xlsx", ["=1+1", "=2+2", "#REF!", "=A1"])
    path = with_part(
        path,
        lambda xml: xml.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>").replace(
            b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"
        ),
    )
    (row,) = read_cells(path)[0].rows

    assert row.cells[0] == 2
    assert row.cells[1] == row.cells[3] == Unreadable(cells.NO_RESULT)
    assert row.cells[2] == Unreadable(cells.ERROR_SHOWN.format(shown="#REF!"))


def test_a_process_that_ends_with_it_reads_the_same(tmp_path: Path) -> None:
    path = saved(tmp_path / "表.xlsx", ["甲", 0.5, date(2024, 12, 1)])

    assert Sandbox(Limits(tmp_path), 1).run(read_cells, path) == read_cells(path)


@pytest.mark.parametrize(
    ("part", "change", "told"),
    [
        ("xl/worksheets/sheet1.xml", lambda xml: xml[:200], failures.TABLE_UNREADABLE),
        ("xl/worksheets/sheet1.xml", lambda xml: b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + xml, failures.ENTITIES),
        ("xl/workbook.xml", lambda xml: b"<no/>", failures.TABLE_UNREADABLE),
    ],
)
def test_what_is_damaged_or_hostile_is_refused(
    tmp_path: Path, part: str, change: Callable[[bytes], bytes], told: str
) -> None:
    path = with_part(saved(tmp_path / "表.xlsx", *[[f"甲{at}", at] for at in range(50)]), change, part)

    with pytest.raises(Refused) as refused:
        read_cells(path)
    assert refused.value.reason == told


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(zip_bytes({"a.txt": b"a"}))
    (tmp_path / "b.xlsx").write_bytes(b"no zip")

    for name, told in (("a.xlsx", failures.TABLE_UNREADABLE), ("b.xlsx", failures.TRUNCATED)):
        with pytest.raises(Refused) as refused:
            read_cells(tmp_path / name)
        assert refused.value.reason == told


def test_a_row_number_that_claims_a_million_rows_is_refused(tmp_path: Path) -> None:
    path = with_part(
        saved(tmp_path / "表.xlsx", ["甲"]),
        lambda xml: xml.replace(b'"A1"', b'"A1048576"').replace(b'r="1"', b'r="1048576"'),
    )

    with pytest.raises(Refused) as refused:
        read_cells(path)
    assert refused.value.reason == failures.TOO_LARGE


def test_too_many_sheets_or_bytes_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path / "表.xlsx", ["甲"])
    for limit, value in (("_MAX_SHEETS", 1), ("_MAX_BYTES", 100)):
        with monkeypatch.context() as patched, pytest.raises(Refused) as refused:
            patched.setattr(cells, limit, value)
            read_cells(path)
        assert refused.value.reason == failures.TOO_LARGE


def test_columns_far_to_the_right_are_not_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["XFD1"] = "远"
    book.worksheets[0]["A1"] = "近"
    stream = io.BytesIO()
    book.save(stream)
    (tmp_path / "表.xlsx").write_bytes(stream.getvalue())

    assert read_cells(tmp_path / "表.xlsx")[0].rows == (CellRow(1, ("近",)),)
