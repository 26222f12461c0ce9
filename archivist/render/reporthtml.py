"""A report as one page of HTML: nothing else is loaded, no script, written as rows are read; made to be printed on A4.

Shades stand beside numbers, never in their place, and their five steps differ in grey print, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import BinaryIO

from archivist.core.reports.plainly import as_listing
from archivist.core.reports.report import (
    Facts,
    Gallery,
    Grid,
    GridCell,
    Listing,
    Report,
    Section,
    Trend,
    Words,
)
from archivist.core.reports.shares import STEPS, percent_told, step
from archivist.core.reports.table import Cell, Table
from archivist.render.reportstyle import STYLE
from archivist.render.text import plain

_CODE = "项目编号"
_BAR = 100
_DAY = re.compile(r"[\d-]{10}( [\d:]{5,8})?")
_UNBROKEN, _SHORT, _LONG = 24, 5, 14
"""Characters of a code and of a word that stay on one line, and of words that get room."""


def write(report: Report, stream: BinaryIO) -> None:
    """Write ``report`` as a page, UTF-8."""
    for piece in pieces(report):
        stream.write(piece.encode("utf-8", "replace"))


def pieces(report: Report) -> Iterator[str]:
    """The page in pieces, as rows are read."""
    title = _text(report.title)
    yield (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title>'
        f"<style>{STYLE}{_more_style(report)}</style></head>\n"
        f"<body><header><h1>{title}</h1>"
        f'<p class="whose">{_text("　".join(filter(None, (report.unit, f"截至 {report.day}"))))}</p></header>\n<main>\n'
    )
    for told in report.summary:
        yield f'<p class="told">{_text(told)}</p>\n'
    known = _codes(report.sections)
    in_order = _has_gallery(report)
    beside = [one for one in report.sections if in_order or not _below(one)]
    below = [] if in_order else [one for one in report.sections if _below(one)]
    side_by_side = any(isinstance(one, Grid) for one in beside) and len(beside) > 1
    yield '<div class="beside">\n' if side_by_side else ""
    for section in beside:
        yield from _section(section, known)
    yield "</div>\n" if side_by_side else ""
    for section in below:
        yield from _section(section, known)
    yield f"</main>\n<footer><p>依据：{_text(report.basis)}。</p></footer></body></html>\n"


def _has_gallery(report: Report) -> bool:
    """Whether it shows pictures: then its sections follow one another as they are given."""
    return any(isinstance(one, Gallery) for one in report.sections)


def _more_style(report: Report) -> str:
    if not _has_gallery(report):
        return ""
    from archivist.render.gallery import style

    return style(report.title)


def _below(section: Section) -> bool:
    """Whether a section takes the whole width: long lists, and what is folded."""
    return (
        isinstance(section, Gallery)
        or (isinstance(section, Listing) and (section.folded or section.stream is not None))
        or (isinstance(section, Listing) and len(section.table.columns) > 7)
    )


def _codes(sections: Iterable[Section]) -> dict[str, str]:
    """Where in the page the line of a project stands, by its number."""
    found: dict[str, str] = {}
    for section in sections:
        if isinstance(section, Listing) and section.anchor and _CODE in section.table.columns:
            at = section.table.columns.index(_CODE)
            for row in section.table.rows:
                found.setdefault(str(row[at]), f"p{len(found) + 1}")
    return found


def _section(section: Section, known: dict[str, str]) -> Iterator[str]:
    if isinstance(section, Gallery):
        from archivist.render.gallery import gallery_html

        yield from gallery_html(section)
    elif isinstance(section, Grid):
        yield from _grid(section)
    elif isinstance(section, Trend):
        yield from _trend(section)
    elif isinstance(section, Words):
        lines = "".join(f"<li>{_text(line)}</li>" for line in section.lines)
        yield f"<section><h2>{_text(section.heading)}</h2><ul>{lines}</ul></section>\n"
    elif isinstance(section, Facts):
        lines = "".join(
            f"<tr><th scope=row>{_text(name)}</th><td>{_text(words)}</td></tr>"
            for name, words in section.lines
        )
        yield (
            f"<section><h2>{_text(section.heading)}</h2>"
            f'<table class="facts"><tbody>{lines}</tbody></table></section>\n'
        )
    else:
        yield from _listing(as_listing(section), known)


# -- heat map --------------------------------------------------------------------------------------------------------


def _grid(grid: Grid) -> Iterator[str]:
    unit, *columns = grid.columns
    heads = "".join(f"<th scope=col>{_text(name)}</th>" for name in columns)
    yield (
        f'<section class="map"><h2>{_text(grid.heading)}</h2>'
        f'<div class="wide" tabindex=0 role=group aria-label="{_text(grid.heading)}"><table class="grid">'
        f"<thead><tr><th scope=col>{_text(unit)}</th><th scope=col>项目</th>{heads}</tr></thead><tbody>\n"
    )
    for row in grid.rows:
        name = _text(row.name)
        name = f'<a href="#{_text(row.link)}">{name}</a>' if row.link else name
        of = row.cells[0].of if row.cells else 0
        yield f"<tr><th scope=row>{name}</th><td>{of}</td>{''.join(map(_shaded, row.cells))}</tr>\n"
    if len(grid.rows) > 1:
        sums = [
            GridCell(
                sum(row.cells[at].number for row in grid.rows), sum(row.cells[at].of for row in grid.rows)
            )
            for at in range(len(columns))
        ]
        of = sums[0].of if sums else 0
        yield f"<tr class=sum><th scope=row>合计</th><td>{of}</td>{''.join(map(_shaded, sums))}</tr>\n"
    legend = "".join(f'<span class="s{at}">{name}</span>' for at, name in enumerate(STEPS))
    note = f"<p class=note>{_text(grid.note)}</p>" if grid.note else ""
    yield f'</tbody></table></div><p class="legend">{legend}</p>{note}</section>\n'


def _shaded(cell: GridCell) -> str:
    at = step(cell.number, cell.of)
    if at is None:
        return "<td>—</td>"
    return f"<td class=s{at}>{cell.number} <small>{percent_told(cell.number, cell.of)}</small></td>"


def _trend(trend: Trend) -> Iterator[str]:
    """A table whose bars are drawn beside its numbers."""
    most = max((number for _, number in trend.points), default=0)
    yield (
        f'<section class="trend"><h2>{_text(trend.heading)}</h2><table><thead><tr><th scope=col>月份</th>'
        "<th scope=col>个数</th><th scope=col>图</th></tr></thead><tbody>\n"
    )
    for name, number in trend.points:
        long = _BAR * number / most if most else 0
        drawn = f'<rect width="{long:.1f}" height="10"/>'
        bar = f'<svg viewBox="0 0 {_BAR} 10" preserveAspectRatio="none" aria-hidden="true">{drawn}</svg>'
        yield f"<tr><th scope=row>{_text(name)}</th><td>{number}</td><td>{bar}</td></tr>\n"
    note = f"<p class=note>{_text(trend.note)}</p>" if trend.note else ""
    yield f"</tbody></table>{note}</section>\n"


# -- lists -----------------------------------------------------------------------------------------------------------


def _listing(listing: Listing, known: dict[str, str]) -> Iterator[str]:
    table, heading = listing.table, _text(listing.heading)
    if listing.folded:
        yield f'<details id="{_text(listing.anchor)}"><summary>{heading}（{len(table.rows)}）</summary>\n'
    else:
        place = f' id="{_text(listing.anchor)}"' if listing.anchor else ""
        yield f"<section{place}><h2>{heading}</h2>"
    heads = "".join(f"<th scope=col>{_text(name)}</th>" for name in table.columns)
    yield (
        f'<div class="wide" tabindex=0 role=group aria-label="{heading}"><table class="list">'
        f"<thead><tr>{heads}</tr></thead><tbody>\n"
    )
    at = table.columns.index(_CODE) if _CODE in table.columns else -1
    sums = [0] * len(table.columns)
    empty = True
    for row in listing.rows():
        empty = False
        yield _folded(row, at, known) if listing.folded else _row(row, table, at, known, bool(listing.anchor))
        for column, cell in enumerate(row):
            if isinstance(cell, int) and table.columns[column] in listing.totals:
                sums[column] += cell
    if empty:
        yield f"<tr><td colspan={len(table.columns)}>没有</td></tr>\n"
    elif listing.totals:
        told = (
            str(one) if name in listing.totals else "" for one, name in zip(sums, table.columns, strict=True)
        )
        cells = "".join(f"<td class=n>{one}</td>" for one in list(told)[1:])
        yield f"<tr class=sum><th scope=row>合计</th>{cells}</tr>\n"
    notes = "".join(f"<p class=note>{_text(note)}</p>" for note in (*table.notes, table.summary) if note)
    yield f"</tbody></table></div>{notes}</{'details' if listing.folded else 'section'}>\n"


def _row(row: tuple[Cell, ...], table: Table, at: int, known: dict[str, str], own: bool) -> str:
    """A line; the number of a project leads to its own line elsewhere in the page, which bears its name."""
    place = known.get(str(row[at])) if at >= 0 else None
    cells = []
    for column, cell in enumerate(row):
        words = "" if cell is None else _text(str(cell))
        if column == at and place is not None and not own:
            words = f'<a href="#{place}">{words}</a>'
        cells.append(f"<td{_kind(cell, table, table.columns[column])}>{words}</td>")
    name = f" id={place}" if place is not None and own else ""
    return f"<tr{name}>{''.join(cells)}</tr>\n"


def _folded(row: tuple[Cell, ...], at: int, known: dict[str, str]) -> str:
    """A line of a list that is there for whoever opens it: as few bytes as may be (cells end where the next begins)."""
    place = known.get(str(row[at])) if at >= 0 else None
    name = f" id={place}" if place is not None else ""
    return f"<tr{name}><td>{'<td>'.join('' if cell is None else _text(str(cell)) for cell in row)}\n"


def _kind(cell: Cell, table: Table, column: str) -> str:
    """The class of a cell: its tone, a number, a code that is not broken, or long words."""
    if isinstance(cell, int | float):
        return " class=n"
    if cell is None:
        return ""
    tone = table.tones.get(cell)
    whole = column in table.whole or _DAY.fullmatch(cell) or len(cell) <= _SHORT
    if tone is None and len(cell) <= _UNBROKEN and whole:
        return " class=c"
    kind = tone or ("l" if len(cell) > _LONG else "")
    return f" class={kind}" if kind else ""


def _text(text: str) -> str:
    return escape(plain(text))
