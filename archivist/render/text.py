"""Tables on a terminal: Chinese characters are two columns wide, so alignment counts columns, not characters.

``wcwidth`` knows every character but is slow to load; what ordinary register data is made of is told from its ranges
alone, and a test holds both to the same answer.
"""

from __future__ import annotations

from archivist.core.reports.table import Table

_GAP = "  "
_NARROWEST = 8
_ELLIPSIS = "……"
_NOT_FIRST = "，。；：、！？）》”’】…—,.;:!?)]}"
_NOT_LAST = "（《“‘【([{"


def plain(text: str) -> str:
    """Return ``text`` safe for a terminal: no control or direction characters, no half of a surrogate pair."""
    if text.isprintable():
        return text
    import re

    return re.sub(
        "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]", "·", text
    )


class _Columns(dict[str, int]):
    """Columns of each ordinary character, kept once asked for; KeyError for what only wcwidth knows."""

    def __missing__(self, char: str) -> int:
        if "\u4e00" <= char <= "\u9fff" or "\u3000" <= char <= "\u3029" or "\uff01" <= char <= "\uff60":
            self[char] = 2
        elif " " <= char <= "~" or "\u2010" <= char <= "\u2027" or char in "·×√─":
            self[char] = 1
        else:
            raise KeyError(char)
        return self[char]


_COLUMNS = _Columns()


def width(text: str) -> int:
    """Columns that ``text`` takes on a terminal."""
    if text.isascii():
        return len(text)
    try:
        return sum(map(_COLUMNS.__getitem__, text))
    except KeyError:
        from wcwidth import wcswidth

        return max(0, wcswidth(text))


def table_text(table: Table, room: int | None = None) -> str:
    """Return ``table`` as aligned lines.

    Args:
        room: columns of the terminal; the widest columns are shortened until a line fits, never those of
            ``table.whole``. None: nothing is shortened.
    """
    rows = [
        tuple(plain("" if cell is None else str(cell)) for cell in row)
        for row in (table.columns, *table.rows)
    ]
    widths = [max(width(row[at]) for row in rows) for at in range(len(table.columns))]
    if room is not None:
        widths = fitted(widths, [name in table.whole for name in table.columns], room)
    lines = [_line(row, widths) for row in rows]
    lines.insert(1, _GAP.join("-" * size for size in widths))
    if table.title:
        lines.insert(0, plain(table.title))
    notes = [plain(note) for note in (*table.notes, table.summary) if note]
    if room is not None:
        notes = [line for note in notes for line in wrapped(note, room)]
    return "\n".join([*lines, "", *notes] if notes else lines)


def fitted(widths: list[int], whole: list[bool], room: int, least: int = _NARROWEST) -> list[int]:
    """Take columns from the widest column that may be shortened, and is wider than ``least``, until the line fits."""
    sizes = list(widths)
    while sum(sizes) + len(_GAP) * (len(sizes) - 1) > room:
        able = [at for at, size in enumerate(sizes) if not whole[at] and size > least]
        if not able:
            break
        sizes[max(able, key=lambda at: sizes[at])] -= 1
    return sizes


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    cells = (cut(text, size) for text, size in zip(row, widths, strict=True))
    return _GAP.join(
        text + " " * (size - width(text)) for text, size in zip(cells, widths, strict=True)
    ).rstrip()


def cut(text: str, size: int) -> str:
    """Return ``text`` in at most ``size`` columns, shortened where it is wider."""
    if width(text) <= size:
        return text
    return _start(text, size - width(_ELLIPSIS)) + _ELLIPSIS


def _start(text: str, size: int) -> str:
    """The longest start of ``text`` that takes at most ``size`` columns."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width(text[:middle]) <= size else (low, middle - 1)
    return text[:low]


def wrapped(text: str, room: int, later: str = "") -> list[str]:
    """Break ``text`` into lines of at most ``room`` columns, the second and later ones beginning with ``later``.

    Chinese breaks between any two characters but not before closing or after opening punctuation; words in Latin
    letters stay whole unless one alone is wider than a line.
    """
    lines, line = [], ""
    for piece in _units(text):
        if line.strip() and width(line + piece.rstrip()) > room:
            lines.append(line.rstrip())
            line = later + piece.lstrip(" ")
        else:
            line += piece
        while width(line.rstrip()) > room:
            head = _start(line, max(room, width(later) + 2))
            lines.append(head)
            line = later + line[len(head) :]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _units(text: str) -> list[str]:
    """Pieces that a line end may stand between."""
    import re

    units: list[str] = []
    for piece in re.findall(r"[!-~]+| +|.", text, re.DOTALL):
        glued = units and (piece[0] in _NOT_FIRST or units[-1][-1] in _NOT_LAST or piece.isspace())
        if glued:
            units[-1] += piece
        else:
            units.append(piece)
    return units
