"""How the cells of a form look: headings, what is locked (grey), what is to be filled in (white); how wide columns are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archivist.core.drafts.clean import clean_text
from archivist.render.csv import FORMULA_STARTS

if TYPE_CHECKING:
    from archivist.core.drafts.kinds import Field

_FONT = "宋体"
_DATE = 'yyyy"年"m"月"d"日"'
_LINES = 34
_BY_LENGTH = ((20, 10), (60, 14), (100, 18), (300, 24))
"""Characters a text may have → how wide its column is."""


def width_of(field: Field) -> int:
    """How wide the column of a field is, in characters of half width."""
    if field.kind in ("number", "integer"):
        size = 10
    elif field.date:
        size = 16
    elif field.choices:
        size = max(2 * max(map(len, field.choices)), 8) + 4
    elif field.kind == "lines":
        size = _LINES
    else:
        size = next((wide for most, wide in _BY_LENGTH if (field.longest or 10**6) <= most), _LINES)
    return max(size, min(2 * len(field.title), 14) + 4)


class Looks:
    """Makes the cells of each sheet of a form."""

    def of(self, sheet: Any) -> Cells:
        """The cells of one sheet."""
        return Cells(sheet)


class Cells:
    """The cells of one sheet: one of each look, used again and again, since a sheet that is streamed writes each at once."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._looks: dict[tuple[str, bool], Any] = {}

    def filled(self, look: str, value: Any) -> Any:
        """The cell of a look with this in it: text is text, whatever it begins with. Good until the next is asked for."""
        quoted = isinstance(value, str) and value.startswith(FORMULA_STARTS)
        cell = self._looks.get((look, quoted))
        if cell is None:
            cell = self._looks[look, quoted] = self._new(look)
            cell.quotePrefix = quoted
        cell.value = None
        if isinstance(value, str):
            cell.value = clean_text(value)
            cell.data_type = "s"
        elif value is not None:
            cell.value = value
        return cell

    def noted(self, words: str, required: bool, note: str) -> Any:
        """A heading with a comment."""
        from openpyxl.comments import Comment

        cell = self._new("required" if required else "heading")
        cell.value = words
        comment = Comment(note, "填法")
        comment.width, comment.height = 320, 24 + 20 * (note.count("\n") + 1 + len(note) // 22)
        cell.comment = comment
        return cell

    def _new(self, look: str) -> Any:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

        cell: Any = WriteOnlyCell(self._sheet)
        if look in ("title", "how", "number"):
            size, colour = {"title": (16, "000000"), "how": (11, "000000"), "number": (8, "7F7F7F")}[look]
            cell.font = Font(name=_FONT, size=size, bold=look == "title", color=colour)
            cell.alignment = Alignment(vertical="center", wrap_text=look == "how")
            return cell
        thin = Side(style="thin", color="808080")
        cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
        head = look in ("heading", "required", "hint")
        cell.alignment = Alignment(
            vertical="top" if look == "long" else "center",
            horizontal="center" if look in ("heading", "required") else None,
            wrap_text=True,
        )
        cell.font = Font(
            name=_FONT,
            size=9 if look == "hint" else 11,
            bold=look in ("heading", "required"),
            color={"hint": "595959", "required": "C00000"}.get(look, "000000"),
        )
        fill = {"heading": "D9E2F3", "required": "D9E2F3", "hint": "F2F2F2", "locked": "E7E6E6"}.get(look)
        if fill:
            cell.fill = PatternFill("solid", fgColor=fill)
        cell.protection = Protection(locked=head or look == "locked")
        cell.number_format = _format(look)
        return cell


def _format(look: str) -> str:
    """The number format: text stays text as it is typed; what may be longer than 255 characters is shown only as General."""
    if look == "date":
        return _DATE
    if look.startswith("number"):
        decimals = int(look.removeprefix("number"))
        return f"0.{'0' * decimals}####" if decimals else "General"
    return "@" if look == "text" else "General"
