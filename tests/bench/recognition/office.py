"""Documents that were never paper: Word files, and PDF files with a text layer."""

from __future__ import annotations

import io
from pathlib import Path
from random import Random
from typing import Any

from tests.bench.recognition.fonts import faces
from tests.bench.recognition.paper import HEIGHT_INCHES, WIDTH_INCHES, Sheet
from tests.bench.recognition.stamps import picture
from tests.bench.recognition.writing import Block, Document

_CENTRE, _RIGHT = 1, 2


def to_docx(document: Document, path: Path, chance: Random) -> None:
    """Write a Word file as people type them: no seals, names typed where a pen would sign."""
    from docx import Document as new_document
    from docx.shared import Mm

    word = new_document()
    page = word.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.left_margin, page.right_margin, page.bottom_margin = Mm(30), Mm(28), Mm(26), Mm(28)
    body = chance.choice(["仿宋_GB2312", "宋体", "FangSong"])
    for block in document.blocks:
        _type(word, block, body, document.points, chance)
    word.save(str(path))


def _type(word: Any, block: Block, body: str, points: float, chance: Random) -> None:
    from docx.shared import Mm

    if block.kind == "pb":
        word.add_page_break()
    elif block.kind == "table":
        _table(word, block)
    elif block.kind == "pic":
        bytes_ = io.BytesIO()
        picture(900, 540, chance).save(bytes_, "JPEG")
        word.add_picture(bytes_, width=Mm(120))
    elif block.kind == "sp":
        for _ in range(int(block.text)):
            word.add_paragraph()
    elif block.kind == "title":
        _paragraph(word, block.text, "方正小标宋简体", block.size, _CENTRE)
    elif block.kind == "red":
        _paragraph(word, block.text, "方正小标宋简体", 26, _CENTRE, red=True)
    elif block.kind == "center":
        _paragraph(word, block.text, body, block.size, _CENTRE)
    elif block.kind in ("h", "p"):
        _paragraph(word, block.text, "黑体" if block.kind == "h" else body, points, indent=2)
    elif block.kind == "right":
        _paragraph(word, block.text, body, points, _RIGHT)
    elif block.kind not in ("seal", "redline"):
        _paragraph(word, block.text + "  ".join(block.more), body, points)


def _paragraph(
    word: Any, text: str, family: str, points: float, align: int = 0, indent: int = 0, red: bool = False
) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    paragraph = word.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(points), family
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), family)
    if red:
        run.font.color.rgb = RGBColor(215, 20, 20)
    paragraph.alignment = align
    paragraph.paragraph_format.first_line_indent = Pt(points * indent)
    paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(0), 1.5


def _table(word: Any, block: Block) -> None:
    table = word.add_table(rows=0, cols=12)
    table.style = "Table Grid"
    for row in block.rows:
        cells, column = table.add_row().cells, 0
        for cell in row:
            last = column + cell.width - 1
            target = cells[column].merge(cells[last]) if last > column else cells[column]
            text = cell.text.replace("@SIGN2@", "@SIGN@")
            for name in cell.signs:
                text = text.replace("@SIGN@", name, 1)
            target.text, column = text, last + 1


def can_write_pdf() -> bool:
    """True when reportlab is installed and a font it can embed is at hand."""
    try:
        import reportlab  # noqa: F401
    except ImportError:
        return False
    return _embedded() is not None


def _embedded() -> str | None:
    """Register the first face with TrueType outlines; None when there is none."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    for role in ("kai", "zenhei", "serif", "sans", "hand"):
        face = faces()[role]
        name = f"bench-{role}"
        if name in pdfmetrics.getRegisteredFontNames():
            return name
        try:
            pdfmetrics.registerFont(TTFont(name, face.path, subfontIndex=face.index))
        except TTFError:
            continue
        return name
    return None


def to_pdf(sheets: list[Sheet], dpi: int, path: Path) -> None:
    """Write the sheets as a PDF with real text where `paper` drew it, the lines of its tables and its seals."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    name, unit = _embedded(), 72 / dpi
    height = HEIGHT_INCHES * 72
    canvas = Canvas(str(path), pagesize=(WIDTH_INCHES * 72, height), invariant=1)
    for sheet in sheets:
        for x, y, wide, high in sheet.rules:
            canvas.rect(x * unit, height - (y + high) * unit, wide * unit, high * unit)
        for run in sheet.runs:
            size = run.size * unit
            canvas.setFont(name, size)
            canvas.drawString(run.x * unit, height - run.y * unit - size * 0.9, run.text)
        for left, top, mark in sheet.seals:
            seen = mark.convert("RGBA")
            seen.putalpha(mark.convert("L").point(lambda grey: 255 - grey if grey > 235 else 255))
            wide, high = mark.width * unit, mark.height * unit
            canvas.drawImage(
                ImageReader(seen), left * unit, height - top * unit - high, wide, high, mask="auto"
            )
        canvas.showPage()
    canvas.save()
