"""Writes a document as a PDF with real text, as a word processor exports it."""

from __future__ import annotations

import io

from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from .blocks import Block, Grid, Paper, Signed, Text
from .fonts import FACES


def _style(name: str, face: str, points: float, **more: object) -> ParagraphStyle:
    return ParagraphStyle(name, fontName=face, fontSize=points, leading=points * 1.75, wordWrap="CJK", **more)


def text_pdf(paper: Paper) -> bytes:
    """Return ``paper`` as a text PDF. Only texts, tables and closing lines: what a report needs."""
    pdfmetrics.registerFont(TTFont("Body", FACES["kai"].path))
    pdfmetrics.registerFont(TTFont("Head", FACES["zenhei"].path, subfontIndex=0))
    styles = {
        "title": _style("title", "Head", 20, alignment=TA_CENTER, spaceAfter=6),
        "h1": _style("h1", "Head", 15, firstLineIndent=30),
        "body": _style("body", "Body", 15, firstLineIndent=30),
        "right": _style("right", "Body", 15, alignment=TA_RIGHT, rightIndent=40),
        "cell": _style("cell", "Body", 11),
    }
    out = io.BytesIO()
    margins = {"leftMargin": 28 * mm, "rightMargin": 26 * mm, "topMargin": 37 * mm, "bottomMargin": 35 * mm}
    document = SimpleDocTemplate(out, pagesize=A4, title=paper.title, author="核查组", invariant=1, **margins)
    document.build([flowable for block in paper.blocks for flowable in _flowables(block, styles)])
    return out.getvalue()


def _flowables(block: Block, styles: dict[str, ParagraphStyle]) -> list[Flowable]:
    if isinstance(block, Text):
        return [Paragraph(block.text, styles.get(block.style, styles["body"]))]
    if isinstance(block, Grid):
        return [_table(block, styles["cell"]), Spacer(1, 12)]
    if isinstance(block, Signed):
        lines = (block.label, block.body, block.date)
        return [Spacer(1, 24), *(Paragraph(line, styles["right"]) for line in lines if line)]
    return []


def _table(grid: Grid, style: ParagraphStyle) -> Table:
    rows: list[list[object]] = [[""] * len(grid.widths) for _ in grid.heights]
    for cell in grid.cells:
        rows[cell.row][cell.col] = Paragraph(cell.text, style)
    lines = [("GRID", (0, 0), (-1, -1), 0.6, (0, 0, 0))]
    return Table(rows, colWidths=[width * mm for width in grid.widths], style=lines)
