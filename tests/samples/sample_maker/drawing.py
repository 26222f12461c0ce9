"""Draws a whole document, block after block."""

from __future__ import annotations

import random

from PIL import Image

from .blocks import Block, Gap, Grid, Names, PageBreak, Paper, Parties, RedHead, Signed, Text
from .grid import draw_grid
from .sheet import Sheet


def draw(paper: Paper, dpi: int, rng: random.Random) -> list[Image.Image]:
    """Put ``paper`` on A4 pages."""
    sheet = Sheet(paper, dpi, rng)
    for block in paper.blocks:
        _put(sheet, block)
    return sheet.numbered()


def _put(sheet: Sheet, block: Block) -> None:
    match block:
        case Text():
            sheet.paragraph(block)
        case RedHead():
            sheet.red_head(block)
        case Signed():
            sheet.signed(block)
        case Names():
            sheet.names(block)
        case Parties():
            sheet.parties(block)
        case Grid():
            draw_grid(sheet, block)
        case PageBreak():
            sheet.turn_page()
        case Gap():
            sheet.y += sheet.px(block.mm)
