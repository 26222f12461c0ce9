"""Workbooks as offices leave them: every kind of value, merged cells, macros, charts, pictures; and hostile ones."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from PIL import Image

from archivist.core.model import TextSource
from archivist.extract import Extractor, Limits, failures
from archivist.extract.failures import Refused
from archivist.extract.formats import sheet as sheets
from archivist.extract.formats.sheet import SheetText, read_sheets

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def workbook(*rows: list[object], change: Callable[[Any], None] | None = None) -> Path:
        book = openpyxl.Workbook()
        for row in rows:
            book.worksheets[0].append(row)
        if change is not None:
            change(book)
        book.save(tmp_path / "a.xlsx")
        return tmp_path / "a.xlsx"

    return workbook


def read(path: Path, **limits: int) -> SheetText:
    folder = path.parent / "scratch"
    folder.mkdir(exist_ok=True)
    return read_sheets(path, folder, Limits(folder, **limits))


def lines(path: Path) -> list[str]:
    return [line.text for page in read(path).pages for line in page.lines]


def repacked(path: Path, changes: dict[str, bytes | None]) -> Path:
    """The package with parts changed, added, or (None) left out."""
    with zipfile.ZipFile(path) as package:
        parts: dict[str, bytes | None] = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in (parts | changes).items():
            if data is not None:
                package.writestr(name, data)
    return path


def noise() -> bytes:
    """A picture too large to be a logo."""
    stream = io.BytesIO()
    Image.fromarray(np.random.default_rng(1).integers(0, 255, (150, 150), "uint8")).save(stream, "PNG")
    return stream.getvalue()


def test_every_kind_of_value_reads_as_people_see_it(write: Write) -> None:
    row: list[object] = [
        True,
        False,
        12.0,
        0.1 + 0.2,
        datetime.fromisoformat("2024-11-28"),
        datetime.fromisoformat("2024-11-28T09:30"),
        date(2024, 12, 1),
        time(9, 5),
        "羊舍",
    ]

    assert lines(write(row)) == ["是 否 12 0.3 2024-11-28 2024-11-28 09:30 2024-12-01 09:05:00 羊舍"]


def test_a_cell_merged_downwards_is_told_in_each_row_it_covers(write: Write) -> None:
    path = write(
        ["三驱镇", "羊舍"],
        [None, "青贮池"],
        [None, None],
        change=lambda b: b.worksheets[0].merge_cells("A1:A3"),
    )

    assert lines(path) == ["三驱镇 羊舍", "三驱镇 青贮池"]


def test_merged_cells_without_end_are_not_followed(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "_MAX_MERGED", 1)
    path = write(["三驱镇", "羊舍"], [None, "青贮池"], change=lambda b: b.worksheets[0].merge_cells("A1:A2"))

    assert lines(path) == ["三驱镇 羊舍", "青贮池"]


def test_hidden_sheets_are_left_out_unless_all_are_hidden(write: Write) -> None:
    def hide(book: Any) -> None:
        book.create_sheet("底稿").append(["不给人看"])
        book.worksheets[1].sheet_state = "hidden"

    found = read(write(["资产清单"], change=hide))

    assert (found.properties["sheets"], len(found.pages)) == ("Sheet", 1)


def test_a_sheet_longer_than_anybody_reads_says_that_it_was_cut(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "_MAX_LINES", 2)
    page = read(write(["一"], ["二"], ["三"])).pages[0]

    assert [line.text for line in page.lines] == ["一", "二"]
    assert page.note == "表格过长，只读了前 2 行"


def test_a_workbook_of_too_many_sheets_is_refused(write: Write) -> None:
    path = write(["一"], change=lambda b: [b.create_sheet(str(n)) for n in range(3)])

    with pytest.raises(Refused) as refused:
        read(path, max_pages=2)

    assert refused.value.reason == failures.too_many_pages(4, 2)


def test_a_cell_at_the_far_corner_is_refused_before_it_spreads(write: Write) -> None:
    path = write(["一"], change=lambda b: b.worksheets[0].cell(1_000_000, 16_000, "远"))

    with pytest.raises(Refused) as refused:
        read(path)

    assert refused.value.reason == failures.TOO_LARGE


def test_parts_that_unpack_beyond_reason_are_refused(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "_MAX_BYTES", 100)

    with pytest.raises(Refused) as refused:
        read(write(["一"]))

    assert refused.value.reason == failures.TOO_LARGE


def test_a_large_picture_in_a_sheet_without_words_is_taken_out_and_a_logo_is_not(write: Write) -> None:
    parts = {"xl/media/b.png": noise(), "xl/media/a.png": b"\x89PNG logo", "xl/media/c.txt": noise()}
    found = read(repacked(write([]), dict(parts)))

    assert [path.read_bytes() for path in found.pictures] == [noise()]
    assert found.pages[0].blank


def test_a_workbook_of_nothing_but_a_chart_says_that_it_has_no_words(write: Write) -> None:
    page = read(repacked(write([]), {"xl/charts/chart1.xml": b"<c/>"})).pages[0]

    assert (page.note, page.blank) == (failures.NO_WORDS, False)


def test_a_workbook_of_nothing_is_blank(write: Write) -> None:
    page = read(write([])).pages[0]

    assert (page.blank, page.note, page.text_source) == (True, "", TextSource.NONE)


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


@pytest.mark.parametrize(
    ("stream", "draws"),
    [
        (record(0x0809, struct.pack("<HH", 0x0600, 0x0005)) + record(0x00EC), True),
        (record(0x0809, struct.pack("<HH", 0x0600, 0x0020)), True),
        (record(0x0809, struct.pack("<HH", 0x0600, 0x0040)), True),
        (record(0x0809, struct.pack("<HH", 0x0600, 0x0010)) + record(0x000A), False),
        (b"\x09\x08\x04", False),
        (record(0x0809)[:4], False),
        (b"", False),
    ],
    ids=["drawing", "chart", "macros", "cells", "cut off", "headless", "nothing"],
)
def test_an_old_workbook_tells_whether_it_draws(
    stream: bytes, draws: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    import olefile

    class Compound:
        """The container alone is stood in for: writing one needs a library that nothing else needs."""

        def __init__(self, path: Path) -> None:
            self.path = path

        def __enter__(self) -> Compound:
            return self

        def __exit__(self, *_: object) -> None:
            return

        def exists(self, name: str) -> bool:
            return bool(stream) and name == "Book"

        def openstream(self, name: str) -> io.BytesIO:
            return io.BytesIO(stream)

    monkeypatch.setattr(olefile, "OleFileIO", Compound)

    assert sheets._draws(Path("a.xls")) is draws


def test_what_calamine_does_not_open_is_tried_another_way(tmp_path: Path, write: Write) -> None:
    def hide(book: Any) -> None:
        book.create_sheet("底稿").append(["不给人看"])
        book.worksheets[1].sheet_state = "hidden"

    path = write(["资产清单", None, 3], [None, None], ["羊舍"], change=hide)

    assert sheets._by_openpyxl(path, Limits(tmp_path)) == (["Sheet"], [["资产清单 3", "羊舍"]])
    assert sheets._by_openpyxl(write([]), Limits(tmp_path)) is None


def test_the_other_way_refuses_too_many_sheets_and_gives_up_on_what_is_no_workbook(
    tmp_path: Path, write: Write
) -> None:
    (tmp_path / "b.xlsx").write_bytes(b"PK nothing")

    assert sheets._by_openpyxl(tmp_path / "b.xlsx", Limits(tmp_path)) is None
    with pytest.raises(Refused) as refused:
        sheets._by_openpyxl(
            write(["一"], change=lambda b: b.create_sheet("二")), Limits(tmp_path, max_pages=1)
        )
    assert refused.value.reason == failures.too_many_pages(2, 1)


@pytest.mark.parametrize("data", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"PK\x03\x04 cut"])
def test_what_is_no_workbook_says_that_it_cannot_be_read(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.xls").write_bytes(data)

    with pytest.raises(Refused) as refused:
        read(tmp_path / "a.xls")

    assert refused.value.reason == failures.TABLE_UNREADABLE
    assert not list((tmp_path / "scratch").iterdir())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_workbook_that_defines_entities_is_told_as_that(
    plain: Extractor, tmp_path: Path, encoding: str
) -> None:
    made = tmp_path / "a.xlsx"
    openpyxl.Workbook().save(made)
    bomb = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'
    )
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(tmp_path / "b", "w") as after:
        for name in before.namelist():
            hostile = name == "xl/worksheets/sheet1.xml"
            after.writestr(name, bomb.encode(encoding) if hostile else before.read(name))

    assert plain.extract(tmp_path / "b", "b.xlsx").failure == f"“b.xlsx”：{failures.ENTITIES}"
