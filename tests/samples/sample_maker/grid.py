"""Draws a table with spans on a sheet; it runs on to the next page where no span forbids it."""

from __future__ import annotations

from itertools import accumulate

from PIL import ImageDraw

from .blocks import Cell, Grid
from .sheet import Sheet, runs_of

PAD = 1.6
"""Millimetres between a cell's rule and its text."""


def draw_grid(sheet: Sheet, grid: Grid) -> None:
    """Draw ``grid`` from the sheet's present height downwards."""
    edges = [sheet.left + sheet.px(x) for x in accumulate((0.0, *grid.widths))]
    heights = _heights(sheet, grid, edges)
    first = 0
    while first < len(heights):
        last = _fitting(sheet, grid, heights, first)
        _part(sheet, grid, edges, heights, first, last)
        first = last
        if first < len(heights):
            sheet.turn_page()
    sheet.y += sheet.pt(8)


def _lines(sheet: Sheet, grid: Grid, cell: Cell, edges: list[int]) -> list[list[tuple[str, bool]]]:
    width = edges[cell.col + cell.cols] - edges[cell.col] - 2 * sheet.px(PAD)
    return sheet.broken(runs_of(cell.text), sheet.paper.face, sheet.pt(grid.size), width)


def _heights(sheet: Sheet, grid: Grid, edges: list[int]) -> list[int]:
    heights = [sheet.px(h) for h in grid.heights]
    pitch = round(sheet.pt(grid.size) * 1.45)
    for cell in sorted(grid.cells, key=lambda c: c.rows):
        lines = len(_lines(sheet, grid, cell, edges)) + (cell.foot.count("\n") + 2 if cell.foot else 0)
        wanted = lines * pitch + 2 * sheet.px(PAD)
        short = wanted - sum(heights[cell.row : cell.row + cell.rows])
        if short > 0:
            heights[cell.row + cell.rows - 1] += short
    return heights


def _fitting(sheet: Sheet, grid: Grid, heights: list[int], first: int) -> int:
    last = first + 1
    while last < len(heights) and sheet.y + sum(heights[first : last + 1]) <= sheet.foot + sheet.px(8):
        last += 1
    while last < len(heights) and last > first + 1 and any(c.row < last < c.row + c.rows for c in grid.cells):
        last -= 1
    return last


def _part(sheet: Sheet, grid: Grid, edges: list[int], heights: list[int], first: int, last: int) -> None:
    tops = dict(zip(range(first, last + 1), accumulate((sheet.y, *heights[first:last])), strict=True))
    for cell in grid.cells:
        if first <= cell.row < last:
            below = min(cell.row + cell.rows, last)
            box = (edges[cell.col], tops[cell.row], edges[cell.col + cell.cols], tops[below])
            _cell(sheet, grid, cell, box, edges)
    sheet.y = tops[last]


def _cell(sheet: Sheet, grid: Grid, cell: Cell, box: tuple[int, int, int, int], edges: list[int]) -> None:
    left, top, right, bottom = box
    ImageDraw.Draw(sheet.page).rectangle(box, outline=(30, 30, 32), width=max(2, sheet.pt(0.8)))
    size = sheet.pt(grid.size)
    pitch = round(size * 1.45)
    lines = _lines(sheet, grid, cell, edges)
    y = top + sheet.px(PAD) + pitch / 2
    if cell.align == "center" or (len(lines) == 1 and not cell.foot):
        y = (top + bottom - len(lines) * pitch) / 2 + pitch / 2
    for line in lines:
        wide = sum(sheet.width_of(run, sheet.paper.face, size) for run in line)
        x = (left + right - wide) / 2 if cell.align == "center" else left + sheet.px(PAD)
        sheet.draw_line(line, (x, y), sheet.paper.face, size)
        y += pitch
    _foot(sheet, cell, size, (right - sheet.px(6), bottom - sheet.px(PAD) - pitch // 2))
    if cell.seal:
        sheet.stamp(cell.seal, (right - sheet.px(27), bottom - sheet.px(17)), 36)


def _foot(sheet: Sheet, cell: Cell, size: int, corner: tuple[int, int]) -> None:
    y = corner[1]
    for text in reversed(cell.foot.splitlines()):
        line = runs_of(text)
        wide = sum(sheet.width_of(run, sheet.paper.face, size) for run in line)
        sheet.draw_line(line, (corner[0] - wide, y), sheet.paper.face, size)
        y -= round(size * 1.45)
