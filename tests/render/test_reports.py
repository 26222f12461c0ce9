"""Reports in every format: the same numbers, nothing hostile comes through, and each prints."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from archivist.core.reports.report import Listing, Words
from archivist.core.reports.shares import STEPS
from archivist.core.reports.table import Table
from archivist.render.reportdocx import MOST_ROWS
from archivist.render.reporttext import lines
from archivist.render.text import width
from support.accessible import looked_at
from support.browser import printed_pages
from support.office import converted
from support.programs import needs_axe, needs_browser, needs_office, needs_pdftotext
from support.reporting import FORMATS, written
from support.sample_reports import EVIL, district, every_section, grid, report


class Seen(HTMLParser):
    """Elements and words of a page."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


# -- hostile words ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", EVIL, ids=range(len(EVIL)))
def test_no_words_become_elements_or_attributes_of_a_page(words: str) -> None:
    plain = Seen(written(report(*every_section()), "html"))
    evil = Seen(written(report(*every_section(words), title=words, unit=words), "html"))

    assert [tag for tag, _ in evil.tags] == [tag for tag, _ in plain.tags]
    names = [[found.keys() - {"class"} for _, found in one.tags] for one in (evil, plain)]
    assert names[0] == names[1]
    assert {"script", "img"}.isdisjoint(tag for tag, _ in evil.tags)
    assert not any(name.startswith("on") for _, found in evil.tags for name in found)
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e\u2066\ud800-\udfff]", "".join(evil.words))


@pytest.mark.parametrize("words", EVIL, ids=range(len(EVIL)))
def test_no_words_become_a_formula_of_a_workbook(words: str) -> None:
    book = load_workbook(io.BytesIO(written(report(*every_section(words), title=words, unit=words), "xlsx")))
    formulas = [
        cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]

    assert formulas and all(str(one).startswith("=SUBTOTAL(109,") for one in formulas)
    assert len({name.casefold() for name in book.sheetnames}) == len(book.sheetnames)


@pytest.mark.parametrize("words", EVIL, ids=range(len(EVIL)))
def test_a_word_file_a_list_and_a_screen_take_any_words(words: str) -> None:
    evil = report(*every_section(words), title=words, unit=words)
    document = Document(io.BytesIO(written(evil, "docx")))
    rows = list(csv.reader(io.StringIO(written(evil, "csv").decode("utf-8-sig"), newline="")))
    screen = written(evil, "text").decode()

    assert len(document.tables) == 4
    assert not any(cell.startswith(("=", "@", "-", "＝")) for row in rows for cell in row)
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e\u2066\ud800-\udfff]", screen)


# -- the same numbers ------------------------------------------------------------------------------------------------


def numbers(text: str) -> list[int]:
    return [int(one) for one in re.findall(r"\d+", text)]


def test_the_map_says_the_same_in_every_format() -> None:
    one = grid()
    expected = [[row.cells[0].of, *(cell.number for cell in row.cells)] for row in one.rows]
    book = load_workbook(io.BytesIO(written(report(one), "xlsx")))
    sheet = [list(row) for row in book.worksheets[1].iter_rows(min_row=5, max_row=6, values_only=True)]
    (table,) = Document(io.BytesIO(written(report(one), "docx"))).tables
    rows = list(csv.reader(io.StringIO(written(report(one), "csv").decode("utf-8-sig"))))
    page = written(report(one), "html").decode()
    found = re.findall(r"<tr><th scope=row>[^<]+</th>(.*?)</tr>", page)

    assert [row[1:-1] for row in sheet] == expected
    assert [[int(cell.text) for cell in row.cells[1:-1]] for row in table.rows[1:3]] == expected
    assert [[int(cell) for cell in row[1:-1]] for row in rows[1:]] == expected
    assert [numbers(re.sub("<small>.*?</small>|class=s.", "", row)) for row in found] == expected
    assert [int(cell.text) for cell in table.rows[3].cells[2:-1]] == [
        sum(column) for column in zip(*(row[1:] for row in expected), strict=True)
    ]


def test_each_shade_has_its_number_and_a_legend() -> None:
    page = written(report(grid(("甲镇",) * 12)), "html").decode()

    assert all(re.search(rf"<td class=s{at}>\d+ <small>\d+%</small></td>", page) for at in range(5))
    assert all(f'<span class="s{at}">{name}</span>' in page for at, name in enumerate(STEPS))


def test_lines_of_json_are_the_records() -> None:
    assert [json.loads(line) for line in written(report(), "json").splitlines()] == [{"甲": 1}]


def test_a_report_of_nothing_says_so_in_every_format() -> None:
    empty = report(Listing("空表", Table("空表", ("甲",), ()), totals=frozenset({"甲"})), Words("话", ()))

    for form in FORMATS:
        assert written(empty, form) or form == "json"
    assert "没有" in written(empty, "html").decode()
    assert "（没有）" in written(empty, "text").decode()


def streamed(count: int) -> Listing:
    def rows() -> Iterator[tuple[str | int, ...]]:
        return ((f"P-{at:06d}", f"项目{'长' * (at // 400)}", at) for at in range(count))

    return Listing("长表", Table("长表", ("项目编号", "项目名称", "份数"), ()), rows, frozenset({"份数"}))


def test_a_long_list_is_written_as_it_is_read() -> None:
    long = report(streamed(1200))
    screen = list(lines(long, 60))
    sheet = load_workbook(io.BytesIO(written(long, "xlsx"))).worksheets[1]

    assert sum("P-" in line for line in screen) == 1200
    assert all(width(line) <= 60 for line in screen if "P-" in line)
    assert written(long, "html").count(b"<tr><td") == 1200
    assert (sheet.max_row, sheet.auto_filter.ref) == (1205, "A4:C1204")
    assert sheet["C1205"].value == "=SUBTOTAL(109,C5:C1204)"
    assert len(list(lines(long, None))) == len(screen)


def test_a_word_file_lists_as_many_as_anybody_prints_and_says_so() -> None:
    document = Document(io.BytesIO(written(report(streamed(MOST_ROWS + 5)), "docx")))

    assert len(document.tables[0].rows) == MOST_ROWS + 2
    assert any(f"只列前 {MOST_ROWS} 行" in one.text for one in document.paragraphs)


# -- on paper --------------------------------------------------------------------------------------------------------


def test_a_sheet_says_what_it_is_and_prints_on_a_turned_page() -> None:
    book = load_workbook(io.BytesIO(written(report(grid(), *every_section()), "xlsx")))

    for sheet in book.worksheets:
        assert str(sheet["A1"].value).startswith("题名")
        assert "某区专班" in str(sheet["A2"].value) and "2025-03-31" in str(sheet["A2"].value)
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.page_setup.fitToWidth == 1
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "A5"
        assert sheet.print_title_rows == "$4:$4"
        wide = sum(one.width for one in sheet.column_dimensions.values())
        assert wide <= 200, "11 points would print below eight"


def test_a_word_file_repeats_headings_and_numbers_its_pages() -> None:
    data = written(report(grid()), "docx")
    document = Document(io.BytesIO(data))
    (page,) = document.sections

    across, high = page.page_width, page.page_height
    assert across is not None and high is not None and across > high
    assert "tblHeader" in document.tables[0].rows[0]._tr.xml
    assert "PAGE" in page.footer._element.xml
    (upright,) = Document(io.BytesIO(written(report(*every_section()), "docx"))).sections
    assert upright.page_width == high


def test_a_districts_page_is_small_and_needs_nothing_else() -> None:
    page = written(district(), "html")

    assert len(page) <= 100 * 1024
    assert not re.search(rb"<script|<link|src=|url\(|https?:|@import", page)
    for at in range(27):
        assert f'href="#t{at}"'.encode() in page and f'id="t{at}"'.encode() in page
    assert page.count(b"<details") == 27
    places = re.findall(rb'href="#(p\d+)"', page)
    assert places and all(b"<tr id=" + one + b">" in page for one in places)


@pytest.mark.long
@needs_browser
def test_a_district_prints_on_one_page(tmp_path: Path) -> None:
    assert printed_pages(written(district(), "html"), tmp_path) == 1


@pytest.mark.long
@needs_axe
@pytest.mark.parametrize("wide", [1400, 390], ids=["screen", "phone"])
def test_nothing_keeps_people_from_reading_a_report(wide: int, tmp_path: Path) -> None:
    pages = {
        "district": written(district(), "html"),
        "sections": written(report(*every_section()), "html"),
        "hostile": written(report(*every_section(EVIL[8]), title=EVIL[8]), "html"),
    }

    assert {name: told for name, told in looked_at(pages, wide, tmp_path).items() if told} == {}


@pytest.mark.libreoffice
@needs_office
@needs_pdftotext
def test_formulas_come_out_as_the_numbers_they_sum(tmp_path: Path) -> None:
    """What LibreOffice works out is what the rows add up to."""
    one = grid(tuple(f"镇{at}" for at in range(27)))
    (tmp_path / "a.xlsx").write_bytes(written(report(one), "xlsx"))
    (tmp_path / "out").mkdir()
    (made,) = converted(tmp_path / "out", [tmp_path / "a.xlsx"], "xlsx")
    sheet = load_workbook(made, data_only=True).worksheets[1]
    sums = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "合计")

    assert list(sums[1:11]) == [
        sum(row.cells[0].of for row in one.rows),
        *(sum(row.cells[at].number for row in one.rows) for at in range(9)),
    ]


@pytest.mark.libreoffice
@needs_office
@needs_pdftotext
def test_a_workbook_and_a_word_file_of_a_district_open_and_print(tmp_path: Path) -> None:
    import pypdfium2

    (tmp_path / "x.xlsx").write_bytes(written(report(grid(tuple(f"镇{at}" for at in range(27)))), "xlsx"))
    (tmp_path / "w.docx").write_bytes(written(report(grid(tuple(f"镇{at}" for at in range(20)))), "docx"))
    sheet, word = converted(tmp_path, [tmp_path / "x.xlsx", tmp_path / "w.docx"])

    assert len(pypdfium2.PdfDocument(sheet)) == 2, "what it is on one page, the map on another"
    assert len(pypdfium2.PdfDocument(word)) == 1
