"""A report as a Word file: A4, turned where tables are wide, headings of tables on every page, pages numbered.

Fonts are those of official documents (GB/T 9704). A list of more lines than anybody prints is cut, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

from archivist.core.reports.plainly import as_listing
from archivist.core.reports.report import Facts, Gallery, Grid, Listing, Report, Section, Words
from archivist.core.reports.shares import STEPS, step
from archivist.core.reports.table import BAD, GOOD, WAIT, Cell
from archivist.render.text import fitted, plain, width

MOST_ROWS = 1000
"""Lines of one table; what is longer belongs into a workbook."""

_TITLE, _BODY, _HEADING, _LATIN = "方正小标宋简体", "仿宋_GB2312", "黑体", "Times New Roman"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WIDE = 7
"""Columns of a table that an upright page has room for."""
_ACROSS, _DOWN = (16838, 11906)
_A_WORD = 10
_A_LETTER = 105
"""Twentieths of a point: half a character of 10.5 points, by which codes are not broken."""
_MARGIN = 964
_WIDEST, _NARROW = 44, 70
"""Columns of characters: the widest cell; a table of less than so many does not fill the page."""
_COLOURS = {GOOD: "E2F0D9", WAIT: "FFF2CC", BAD: "F8CBAD"}
_SHADES = ("FFFFFF", "E6EDF7", "C9D9EE", "A3BEDE", "7FA3D0")
_HEAD, _SUM = "E7E6E6", "F2F2F2"


def write(report: Report, stream: BinaryIO) -> None:
    """Write ``report`` as a .docx file."""
    from docx import Document

    document = Document()
    wide = _is_wide(report.sections)
    _page(document, wide)
    _properties(document, report)
    _paragraph(document, report.title, _TITLE, 18, centred=True)
    whose = "　".join(filter(None, (report.unit, f"截至 {report.day}")))
    _paragraph(document, whose, _BODY, 12, centred=True)
    for told in report.summary:
        _paragraph(document, told, _BODY, 11)
    for section in report.sections:
        if not (isinstance(section, Listing) and section.folded):
            _section(document, section, (_ACROSS if wide else _DOWN) - 2 * _MARGIN)
    _paragraph(document, f"依据：{report.basis}。", _BODY, 10.5)
    document.save(stream)


def _is_wide(sections: Sequence[Section]) -> bool:
    return any(
        not isinstance(one, Facts | Words | Gallery) and len(as_listing(one).table.columns) > _WIDE
        for one in sections
    )


def _page(document: Any, wide: bool) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Twips

    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = (
        Twips(one) for one in ((_ACROSS, _DOWN) if wide else (_DOWN, _ACROSS))
    )
    page.left_margin = page.right_margin = Twips(_MARGIN)
    page.top_margin = page.bottom_margin = Twips(_MARGIN - 170)
    page.header_distance = page.footer_distance = Twips(400)
    foot = page.footer.paragraphs[0]
    foot.alignment = 1
    holder = foot.add_run().element.getparent()
    for piece in ("— ", "PAGE", " —"):
        holder.append(_parsed(_field(piece) if piece.isupper() else _run(piece, "宋体", 14)))


def _properties(document: Any, report: Report) -> None:
    """Who and when stand in the text; the file itself says nothing that changes from run to run."""
    from datetime import datetime

    about = document.core_properties
    about.title, about.author, about.comments = plain(report.title)[:200], plain(report.unit)[:200], ""
    about.last_modified_by = ""
    about.created = about.modified = datetime.fromisoformat(report.day)


def _section(document: Any, section: Section, room: int) -> None:
    _paragraph(document, section.heading, _HEADING, 14, keep=True)
    if isinstance(section, Gallery):
        from archivist.render.gallery import gallery_docx

        gallery_docx(section, document)
        return
    if isinstance(section, Words):
        for line in section.lines:
            _paragraph(document, line, _BODY, 12)
        return
    listing = as_listing(section)
    rows = list(islice(listing.rows(), MOST_ROWS + 1))
    _table(
        document, listing, rows[:MOST_ROWS], _shades(section), room, heading=not isinstance(section, Facts)
    )
    if len(rows) > MOST_ROWS:
        told = f"这里只列前 {MOST_ROWS} 行；全部内容请存成 .xlsx 查看。"
        _paragraph(document, told, _BODY, 10.5)
    if isinstance(section, Grid):
        _paragraph(document, f"底色由浅到深：{'、'.join(STEPS)}。", _BODY, 10.5)
    for note in filter(None, (*listing.table.notes, listing.table.summary)):
        _paragraph(document, note, _BODY, 10.5)


def _shades(section: Section) -> dict[tuple[int, int], str]:
    if not isinstance(section, Grid):
        return {}
    return {
        (at, column): _SHADES[shade]
        for at, row in enumerate(section.rows)
        for column, cell in enumerate(row.cells, start=2)
        if (shade := step(*cell)) is not None
    }


# -- tables ----------------------------------------------------------------------------------------------------------


def _table(
    document: Any,
    listing: Listing,
    rows: Sequence[tuple[Cell, ...]],
    shades: dict[tuple[int, int], str],
    room: int,
    heading: bool,
) -> None:
    if not rows:
        _paragraph(document, "没有。", _BODY, 12)
        return
    columns = listing.table.columns
    sizes = _sizes(columns if heading else ("",) * len(columns), rows, listing.table.whole, room)
    widths = [room * size // max(sum(sizes), _NARROW) for size in sizes]
    middle = [heading and _short(row[at] for row in rows) for at in range(len(columns))]
    points = 10.5 if len(columns) <= _WIDE else 9
    grey, all_middle = [_HEAD] * len(columns), [True] * len(columns)
    lines = [_row(columns, widths, points, grey, all_middle, _HEADING, repeated=True)] if heading else []
    for at, row in enumerate(rows):
        colours = [
            shades.get((at, column)) or _COLOURS.get(listing.table.tones.get(str(cell), ""), "")
            for column, cell in enumerate(row)
        ]
        lines.append(_row(row, widths, points, colours, middle))
    if listing.totals:
        sums = _sums(listing, rows)
        lines.append(_row(sums, widths, points, [_SUM] * len(columns), [True] * len(columns), _HEADING))
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    xml = (
        f'<w:tbl xmlns:w="{_WORD}"><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f"<w:tblBorders>{edges}</w:tblBorders>"
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
    )
    document.element.body.insert_element_before(_parsed(xml), "w:sectPr")


def _short(cells: Iterable[Cell]) -> bool:
    """Whether all cells of a column are numbers or a word."""
    return all(not isinstance(cell, str) or width(cell) <= _A_WORD for cell in cells)


def _sums(listing: Listing, rows: Sequence[tuple[Cell, ...]]) -> tuple[Cell, ...]:
    return tuple(
        sum(row[at] for row in rows if isinstance(row[at], int))  # type: ignore[misc]
        if name in listing.totals
        else ("合计" if at == 0 else None)
        for at, name in enumerate(listing.table.columns)
    )


def _sizes(
    columns: Sequence[str], rows: Sequence[Sequence[Cell]], whole: frozenset[str], room: int
) -> list[int]:
    """Shares of the width (``room`` twentieths of a point): by content, a long column never so wide that the others
    starve.
    """
    sizes = []
    for at, name in enumerate(columns):
        contents = max((width(str(row[at])) for row in rows[:500] if row[at] is not None), default=0)
        sizes.append(min(max(contents + 2, min(width(name), 8), 4), _WIDEST))
    return fitted(sizes, [name in whole for name in columns], room // _A_LETTER, least=6)


def _row(
    cells: Sequence[Cell],
    widths: Sequence[int],
    points: float,
    colours: Sequence[str],
    middle: Sequence[bool],
    font: str = _BODY,
    repeated: bool = False,
) -> str:
    """A row; ``middle``: which cells stand in the middle. ``repeated``: on each page."""
    pieces = []
    for cell, size, colour, centred in zip(cells, widths, colours, middle, strict=True):
        text = "" if cell is None else str(cell)
        fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>' if colour else ""
        place = '<w:jc w:val="center"/>' if centred else ""
        run = _run(text, font, points)
        pieces.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{size}" w:type="dxa"/>{fill}<w:vAlign w:val="center"/></w:tcPr>'
            f'<w:p><w:pPr><w:spacing w:before="0" w:after="0"/>{place}</w:pPr>{run}</w:p></w:tc>'
        )
    again = "<w:tblHeader/>" if repeated else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{again}</w:trPr>{''.join(pieces)}</w:tr>"


# -- words -----------------------------------------------------------------------------------------------------------


def _paragraph(
    document: Any, text: str, font: str, points: float, centred: bool = False, keep: bool = False
) -> None:
    """A paragraph at the end. ``keep``: with what follows."""
    place = '<w:jc w:val="center"/>' if centred else ""
    stays = "<w:keepNext/>" if keep else ""
    before = 160 if keep else 40
    xml = (
        f'<w:p xmlns:w="{_WORD}"><w:pPr>{stays}<w:spacing w:before="{before}" w:after="60"/>{place}</w:pPr>'
        f"{_run(text, font, points)}</w:p>"
    )
    document.element.body.insert_element_before(_parsed(xml), "w:sectPr")


def _run(text: str, font: str, points: float) -> str:
    size = round(points * 2)
    return (
        f'<w:r xmlns:w="{_WORD}"><w:rPr>{_fonts(_LATIN, font)}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(plain(text))}</w:t></w:r>'
    )


def _field(name: str) -> str:
    return (
        f'<w:fldSimple xmlns:w="{_WORD}" w:instr=" {name} ">'
        f'<w:r><w:rPr>{_fonts("宋体", "宋体")}<w:sz w:val="28"/></w:rPr><w:t>1</w:t></w:r></w:fldSimple>'
    )


def _fonts(latin: str, east: str) -> str:
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{east}" w:cs="{latin}"/>'


def _parsed(xml: str) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(xml)
