"""Tables on a terminal: Chinese characters are two columns wide, so alignment counts columns, not characters."""

from __future__ import annotations

import re

from archivist.core.table import Cell, Table

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """Return ``text`` safe for a terminal: no control or direction characters."""
    return _CONTROL.sub("·", text)


def table_text(table: Table, limit: int = 44) -> str:
    """Return ``table`` as aligned lines; cells wider than ``limit`` columns are shortened with ……."""
    rows = [tuple(_cell(cell, limit) for cell in row) for row in (table.columns, *table.rows)]
    widths = [max(width(row[at]) for row in rows) for at in range(len(table.columns))]
    lines = [_line(row, widths) for row in rows]
    lines.insert(1, "  ".join("─" * size for size in widths))
    if table.title:
        lines.insert(0, table.title)
    if table.summary:
        lines += ["", table.summary]
    return "\n".join(lines)


def _cell(cell: Cell, limit: int) -> str:
    text = plain("" if cell is None else str(cell))
    if width(text) <= limit:
        return text
    while width(text) > limit - 2:
        text = text[:-1]
    return text + "……"


def width(text: str) -> int:
    """Columns that ``text`` takes on a terminal."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth

    return max(0, wcswidth(text))


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    return "  ".join(text + " " * (size - width(text)) for text, size in zip(row, widths, strict=True)).rstrip()
