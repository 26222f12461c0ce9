"""A report as a workbook: a sheet a table, each with title, unit and day, so that one printed alone says what it is.

Rows go out as they come; totals are formulas that follow the filter; text is never taken for a formula. Widths keep a
sheet that is fitted to one landscape A4 at eight points and more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Any, BinaryIO

from archivist.core.reports.plainly import as_listing
from archivist.core.reports.report import Facts, Grid, Listing, Report, Section, Trend, Words
from archivist.core.reports.shares import STEPS, step
from archivist.core.reports.table import BAD, GOOD, WAIT, Cell, Table
from archivist.render.csv import FORMULA_STARTS
from archivist.render.text import fitted, width
from archivist.render.xlsx import clean, sheet_name

_FONT, _POINTS = "宋体", 11
_MEASURED = 500
"""Rows by which widths are chosen."""
_ROOM = 195
"""Columns of 11 points that, fitted to the width of a landscape A4, still print at eight."""
_NARROWEST, _WIDEST, _HEADING_WRAPS_AT, _PADDING = 4, 38, 8, 2
_LINE_POINTS, _MORE, _MOST_LINES = 14.5, 1.5, 26
_PAGE, _COLUMN_POINTS, _READABLE = (780, 480), 5.4, 8
"""What a landscape A4 has room for between its margins, what a column of 11 points takes, in points; what can be read."""
_ROOM_OF_WORDS, _BESIDE = 90, 10
"""Title and notes stand over a narrow table and empty columns beside it."""
_LONGEST = 32_767
_COLOURS = {GOOD: "E2F0D9", WAIT: "FFF2CC", BAD: "F8CBAD"}
_SHADES = ("FFFFFF", "E6EDF7", "C9D9EE", "A3BEDE", "7FA3D0")
_HEAD, _SUM = "D9E2F3", "F2F2F2"
_FIRST = 4
"""The row of the headings: above are the title, whose and when, and what is counted."""


@dataclass(frozen=True, slots=True)
class _Look:
    """How a cell looks: bold, centred, wrapped, filled, framed, and quoted: it begins as a formula would."""

    bold: bool = False
    centre: bool = False
    colour: str = ""
    frame: bool = True
    points: int = _POINTS
    quoted: bool = False


def write(report: Report, stream: BinaryIO) -> None:
    """Write ``report`` as an .xlsx file."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    _Cover(book, report).write()
    names = {"概要"}
    for section in _sheets(report.sections):
        _Sheet(book, report, section, names).write()
    book.save(stream)


def _sheets(sections: Sequence[Section]) -> Iterator[Section]:
    """The sections that are sheets: facts and words stand on the first, what is folded is in another list."""
    for one in sections:
        if not isinstance(one, Facts | Words) and not (isinstance(one, Listing) and one.folded):
            yield one


class _Cells:
    """Cells of a sheet by their looks; a look is made once."""

    def __init__(self, sheet: Any) -> None:
        self._sheet, self._made = sheet, dict[_Look, Any]()

    def of(self, value: Cell, look: _Look) -> Any:
        """A cell; text stays text."""
        if isinstance(value, str):
            text = clean(value)[:_LONGEST]
            cell = copy(self._like(replace(look, quoted=text.startswith(FORMULA_STARTS))))
            cell.value, cell.data_type = text, "s"
            return cell
        cell = copy(self._like(look))
        cell.value = value
        return cell

    def formula(self, words: str, look: _Look) -> Any:
        """A cell that is worked out; ``words`` are ours alone."""
        cell = copy(self._like(look))
        cell.value = words
        return cell

    def _like(self, look: _Look) -> Any:
        if look not in self._made:
            self._made[look] = self._new(look)
        return self._made[look]

    def _new(self, look: _Look) -> Any:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        cell = WriteOnlyCell(self._sheet)
        cell.font = Font(name=_FONT, size=look.points, bold=look.bold)
        cell.alignment = Alignment(
            vertical="center", wrap_text=look.frame, horizontal="center" if look.centre else None
        )
        if look.frame:
            line = Side(style="thin", color="A6A6A6")
            cell.border = Border(left=line, right=line, top=line, bottom=line)
        if look.colour:
            cell.fill = PatternFill("solid", fgColor=look.colour)
        cell.quotePrefix = look.quoted
        return cell


class _Page:
    """A sheet that prints on landscape A4, one page wide."""

    def __init__(self, book: Any, report: Report, title: str) -> None:
        self.sheet: Any = book.create_sheet(title)
        self.report, self.cells, self.row, self.height = report, _Cells(self.sheet), 0, 0.0
        sheet = self.sheet
        sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = _LINE_POINTS + _MORE, True
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = _fitting()
        sheet.page_margins.left = sheet.page_margins.right = 0.4
        sheet.page_margins.top = sheet.page_margins.bottom = 0.75
        sheet.page_margins.header = sheet.page_margins.footer = 0.3
        told = clean(" ".join(filter(None, (report.unit, report.title)))).replace("\n", " ")
        sheet.oddHeader.right.text = told[:120].replace("&", "&&")
        sheet.oddFooter.center.text = "第 &P 页　共 &N 页"

    def append(self, cells: list[Any], lines: int = 1, points: float = _LINE_POINTS) -> None:
        """Add a row; its height is written down: not every program works it out for itself."""
        self.row += 1
        height = points * min(lines, _MOST_LINES) + _MORE
        self.height += height
        if lines > 1 or points != _LINE_POINTS:
            self.sheet.row_dimensions[self.row].height = height
        self.sheet.append(cells)
        self.sheet.row_dimensions.pop(self.row, None)

    def words(self, text: str, across: int, look: _Look, room: int) -> None:
        """A line of words over the whole width."""
        lines = _lines(text, max(room, 10))
        self.append([self.cells.of(text, look)], lines, max(_LINE_POINTS, look.points * 1.4))
        if across > 1:
            self.sheet.merged_cells.add(f"A{self.row}:{_letter(across)}{self.row}")

    def on_one_page(self, room: int) -> None:
        """Fit the sheet on one page where that leaves it large enough to be read; ``room``: the width of its columns."""
        scale = min(1.0, _PAGE[0] / (room * _COLUMN_POINTS), _PAGE[1] / self.height)
        if scale * _POINTS >= _READABLE:
            self.sheet.page_setup.fitToHeight = 1

    @property
    def whose(self) -> str:
        """Whose report it is, and of which day."""
        return "　".join(filter(None, (self.report.unit, f"截至 {self.report.day}")))


class _Cover(_Page):
    """The first sheet: the answer, facts, what it goes by."""

    def __init__(self, book: Any, report: Report) -> None:
        super().__init__(book, report, "概要")

    def write(self) -> None:
        """Write it."""
        self.sheet.column_dimensions["A"].width = 24
        self.sheet.column_dimensions["B"].width = 96
        plain = _Look(frame=False)
        self._line(self.report.title, _Look(bold=True, frame=False, points=16))
        self._line(self.whose, plain)
        for told in self.report.summary:
            self._line(told, plain)
        for section in self.report.sections:
            if isinstance(section, Facts | Words):
                self.append([])
                self._line(section.heading, _Look(bold=True, frame=False))
                for name, words in _pairs(section):
                    cells = [self.cells.of(name, _Look()), self.cells.of(words, _Look())]
                    self.append(cells, max(_lines(name, 24), _lines(words, 94)))
        self.append([])
        self._line(f"依据：{self.report.basis}", plain)

    def _line(self, text: str, look: _Look) -> None:
        self.words(text, 2, look, 116)


class _Sheet(_Page):
    """A sheet with one table."""

    def __init__(self, book: Any, report: Report, section: Section, names: set[str]) -> None:
        super().__init__(book, report, _unused(section.heading, names))
        self.section, self.listing = section, as_listing(section)
        self._shades = _shades(section)

    def write(self) -> None:
        """Write it, row by row."""
        rows = iter(self.listing.rows())
        first = list(islice(rows, _MEASURED))
        table = self.listing.table
        sizes = _sizes(table, first)
        columns, room = len(sizes), sum(sizes) + _PADDING * len(sizes)
        beside = max(0, -(-(_ROOM_OF_WORDS - room) // _BESIDE))
        across, room = columns + beside, room + beside * _BESIDE
        for at, size in enumerate([*sizes, *[_BESIDE - _PADDING] * beside], start=1):
            self.sheet.column_dimensions[_letter(at)].width = size + _PADDING
        self.sheet.freeze_panes = f"A{_FIRST + 1}"
        self.sheet.print_title_rows = f"{_FIRST}:{_FIRST}"
        plain = _Look(frame=False)
        self.words(
            f"{self.report.title}　{self.section.heading}", across, _Look(True, frame=False, points=15), room
        )
        self.words(self.whose, across, plain, room)
        self.words("；".join(table.notes) or "　", across, plain, room)
        heads = [self.cells.of(name, _Look(bold=True, centre=True, colour=_HEAD)) for name in table.columns]
        self.append(heads, _most(table.columns, sizes))
        for at, row in enumerate(chain(first, rows)):
            self.append([*self._row(row, at)], _most(row, sizes))
        last = self.row
        self.sheet.auto_filter.ref = f"A{_FIRST}:{_letter(columns)}{max(last, _FIRST)}"
        if last > _FIRST:
            self._totals(table, last)
        for line in filter(None, (table.summary, self._legend())):
            self.words(line, across, plain, room)
        if isinstance(self.section, Trend) and last > _FIRST:
            self._chart(last)
        self.on_one_page(room)

    def _row(self, row: Sequence[Cell], at: int) -> Iterator[Any]:
        tones, shades = self.listing.table.tones, self._shades.get(at, {})
        for column, cell in enumerate(row):
            tone = tones.get(cell) if isinstance(cell, str) else None
            colour = shades.get(column) or _COLOURS.get(tone or "", "")
            centre = not isinstance(cell, str) or tone is not None or len(cell) <= 1
            yield self.cells.of(cell, _Look(centre=centre, colour=colour))

    def _totals(self, table: Table, last: int) -> None:
        """A line of formulas; it sums what the filter shows."""
        if not self.listing.totals:
            return
        look, cells = _Look(bold=True, centre=True, colour=_SUM), list[Any]()
        for at, name in enumerate(table.columns, start=1):
            if name in self.listing.totals:
                letter = _letter(at)
                cells.append(self.cells.formula(f"=SUBTOTAL(109,{letter}{_FIRST + 1}:{letter}{last})", look))
            else:
                cells.append(self.cells.of("合计" if at == 1 else None, look))
        self.append(cells)

    def _legend(self) -> str:
        if not self._shades:
            return ""
        return f"底色由浅到深：{'、'.join(STEPS)}。筛选以后，合计是显示出来的各行的合计。"

    def _chart(self, last: int) -> None:
        from openpyxl.chart import BarChart, Reference

        chart = BarChart()
        chart.type, chart.legend, chart.title = "col", None, clean(self.section.heading)
        chart.add_data(Reference(self.sheet, min_col=2, min_row=_FIRST + 1, max_row=last))
        chart.set_categories(Reference(self.sheet, min_col=1, min_row=_FIRST + 1, max_row=last))
        chart.x_axis.delete = chart.y_axis.delete = False
        chart.width, chart.height = 22, 9
        self.sheet.add_chart(chart, "D4")


def _fitting() -> Any:
    from openpyxl.worksheet.properties import PageSetupProperties

    return PageSetupProperties(fitToPage=True)


def _pairs(section: Facts | Words) -> Sequence[tuple[str, str]]:
    return section.lines if isinstance(section, Facts) else [("", line) for line in section.lines]


def _shades(section: Section) -> Mapping[int, Mapping[int, str]]:
    """Colours of the cells of a heat map, by row and column of its table."""
    if not isinstance(section, Grid):
        return {}
    return {
        at: {
            column: _SHADES[shade]
            for column, cell in enumerate(row.cells, start=2)
            if (shade := step(*cell)) is not None
        }
        for at, row in enumerate(section.rows)
    }


def _sizes(table: Table, rows: Sequence[Sequence[Cell]]) -> list[int]:
    """Widths: as wide as the contents within limits; a longer heading wraps; all together within `_ROOM`."""
    sizes = []
    for at, name in enumerate(table.columns):
        contents = max((width(str(row[at])) for row in rows if row[at] is not None), default=0)
        heading = min(width(name), _HEADING_WRAPS_AT)
        sizes.append(min(max(contents, heading, _NARROWEST), _WIDEST))
    return fitted(sizes, [name in table.whole for name in table.columns], _ROOM, least=_HEADING_WRAPS_AT)


def _most(row: Sequence[Cell], sizes: Sequence[int]) -> int:
    return max(
        (_lines(cell, size) for cell, size in zip(row, sizes, strict=True) if isinstance(cell, str)),
        default=1,
    )


def _lines(text: str, size: int) -> int:
    """Lines that a text takes in a cell, a little too many rather than too few."""
    if "\n" in text:
        return sum(_lines(line, size) for line in text.split("\n"))
    long = width(text)
    return 1 if long <= size else -(-long // max(size - 1, 1))


def _unused(heading: str, names: set[str]) -> str:
    """A name for a sheet that no other has, whatever its case."""
    start = name = sheet_name(heading)
    number = 2
    while name.casefold() in names:
        name, number = f"{start[:28]}{number}", number + 1
    names.add(name.casefold())
    return name


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    letter: str = get_column_letter(column)
    return letter
