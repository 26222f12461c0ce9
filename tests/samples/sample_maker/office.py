"""Writes a document as .docx as offices do: Chinese fonts, page header, tables with merges, a text box."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from docx import Document
from docx.document import Document as DocumentFile
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from .blocks import Block, Gap, Grid, Names, PageBreak, Paper, Parties, RedHead, Signed, Text
from .files import settled_zip

FONTS = {
    "title": ("方正小标宋简体", 22),
    "form": ("方正小标宋简体", 18),
    "cover": ("方正小标宋简体", 26),
    "subtitle": ("楷体", 16),
    "h1": ("黑体", 16),
    "h2": ("楷体", 16),
    "note": ("宋体", 10.5),
    "label": ("黑体", 14),
}
CENTRED = {"title", "form", "cover", "subtitle", "center"}
RED = RGBColor(0xD6, 0x14, 0x1C)
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)


def docx_bytes(paper: Paper) -> bytes:
    """Return ``paper`` as the bytes of a .docx file."""
    document = Document()
    _page(document)
    if paper.header:
        document.sections[0].header.paragraphs[0].text = paper.header
    if paper.textbox:
        document.add_paragraph()._p.append(_text_box(paper.textbox))
    for block in paper.blocks:
        _put(document, block, paper)
    _properties(document, paper.title)
    out = io.BytesIO()
    document.save(out)
    return settled_zip(out.getvalue())


def _page(document: DocumentFile) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = (
        Mm(28),
        Mm(26),
        Mm(37),
        Mm(35),
    )
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(16)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), "仿宋_GB2312")
    style.element.rPr.append(parse_xml(f'<w:lang {NAMESPACES} w:val="en-US" w:eastAsia="zh-CN"/>'))
    style.paragraph_format.line_spacing = Pt(28)
    style.paragraph_format.space_after = Pt(0)


def _properties(document: DocumentFile, title: str) -> None:
    core = document.core_properties
    core.title, core.author, core.last_modified_by, core.comments = title, "党政办", "党政办", ""
    core.created = core.modified = dt.datetime(2024, 11, 20, 10, 0)  # noqa: DTZ001 (Office times carry no zone)
    core.revision = 3


def _run(paragraph: Paragraph, text: str, face: str, points: float, colour: RGBColor | None = None) -> None:
    run = paragraph.add_run(text.replace("⟦", "").replace("⟧", ""))
    run.font.size = Pt(points)
    run.font.name = "Times New Roman"
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
    if colour is not None:
        run.font.color.rgb = colour


def _text(document: DocumentFile, text: str, style: str) -> None:
    face, points = FONTS.get(style, ("仿宋_GB2312", 16))
    paragraph = document.add_paragraph()
    _run(paragraph, text, face, points)
    if style in CENTRED:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif style in {"body", "text", "h1", "h2", "note"}:
        paragraph.paragraph_format.first_line_indent = Pt(points * 2)
    elif style == "right":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _red_head(document: DocumentFile, head: RedHead, boxed: bool) -> None:
    if not boxed:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.line_spacing = None
        _run(paragraph, head.mark, "方正小标宋简体", min(40, 440 / len(head.mark)), RED)
    _text(document, head.number, "center")
    _text(document, f"{head.issuer}              {head.date}".strip(), "flush")


def _text_box(text: str) -> Any:
    """A floating box as Word 2007 writes it; WPS and LibreOffice read it too."""
    return parse_xml(
        f"<w:r {NAMESPACES}><w:pict><v:shape id='box1' type='#_x0000_t202' "
        "style='position:absolute;margin-left:0;margin-top:-10pt;width:440pt;height:60pt;z-index:1' "
        "stroked='f' filled='f'>"
        "<v:textbox><w:txbxContent><w:p><w:pPr><w:jc w:val='center'/></w:pPr><w:r><w:rPr>"
        "<w:rFonts w:eastAsia='方正小标宋简体'/><w:color w:val='D6141C'/><w:sz w:val='60'/></w:rPr>"
        f"<w:t>{text}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )


def _grid(document: DocumentFile, grid: Grid) -> None:
    table = document.add_table(len(grid.heights), len(grid.widths))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for row, height in zip(table.rows, grid.heights, strict=True):
        row.height = Mm(height)
    table.autofit = False
    for column, width in enumerate(grid.widths):
        table.columns[column].width = Mm(width)
        for row in table.rows:
            row.cells[column].width = Mm(width)
    for cell in grid.cells:
        own = table.cell(cell.row, cell.col)
        if cell.rows > 1 or cell.cols > 1:
            own = own.merge(table.cell(cell.row + cell.rows - 1, cell.col + cell.cols - 1))
        _cell(own, cell.text, grid.size, cell.align)
        for line in cell.foot.splitlines():
            own.add_paragraph().alignment = WD_ALIGN_PARAGRAPH.RIGHT
            _run(own.paragraphs[-1], line, "仿宋_GB2312", grid.size)
    document.add_paragraph()


def _cell(own: _Cell, text: str, points: float, align: str) -> None:
    for i, line in enumerate(text.split("\n")):
        paragraph = own.paragraphs[0] if i == 0 else own.add_paragraph()
        paragraph.paragraph_format.line_spacing = Pt(points * 1.5)
        if align == "center":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(paragraph, line, "仿宋_GB2312", points)


def _signed(document: DocumentFile, block: Signed) -> None:
    if block.body:
        document.add_paragraph()
    if block.label:
        _text(document, block.label + block.name, "flush")
    if not block.body:
        return
    _text(document, block.body + "　　", "right")
    _text(document, block.date + "　　　　", "right")


def _put(document: DocumentFile, block: Block, paper: Paper) -> None:
    if isinstance(block, Text):
        _text(document, block.text, block.style)
    elif isinstance(block, RedHead):
        _red_head(document, block, bool(paper.textbox))
    elif isinstance(block, Grid):
        _grid(document, block)
    elif isinstance(block, Signed):
        _signed(document, block)
    elif isinstance(block, Names):
        _text(document, "　".join(block.names), "flush")
    elif isinstance(block, Parties):
        for label, name, person in (block.left, block.right):
            _text(document, f"{label}（盖章）：{name}    代表人：{person}", "flush")
        _text(document, f"签订日期：{block.date}", "flush")
    elif isinstance(block, PageBreak):
        document.add_page_break()  # type: ignore[no-untyped-call]  # the library leaves it so
    elif isinstance(block, Gap):
        document.add_paragraph()
