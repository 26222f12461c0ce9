"""The sheets of a filled-in form (项目底册表) → what is given for each project's dossier, by section and row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from archivist.core.dossier.book import Book
from archivist.core.dossier.reading import Given, Placed
from archivist.core.dossier.values import NONE
from archivist.core.drafts.clean import one_line
from archivist.core.drafts.names import printable
from archivist.core.register import Sheet
from archivist.core.register.table import CellTrouble, Row
from archivist.core.text import fold

ABOUT, CODE, NAME, VERSION = "说明", "项目编号", "项目名称", "底册版本"
"""The first sheet of a form, and its columns: which projects it is for, and how often their dossiers had changed then."""

_TROUBLES = {
    CellTrouble.UNCALCULATED: "是没有算出结果的公式，请改成内容",
    CellTrouble.ERROR_VALUE: "是出错的公式，请改成内容",
    CellTrouble.LONG_NUMBER: "数字太长，表格软件已经改动了后几位，请把这一格设成文本再填",
}


@dataclass(slots=True)
class Part:
    """What a form gives for one project; ``version`` is that of the dossier it was made from, None where it tells none."""

    project: str
    version: int | None = None
    given: dict[str, list[Placed] | None] = field(default_factory=dict)

    @property
    def sections(self) -> Given:
        """As `reading.read` takes it."""
        return self.given


def parts_of(book: Book, sheets: Sequence[Sheet]) -> tuple[list[Part], list[str]]:
    """What the sheets give, project by project, and what is wrong with them as sheets."""
    problems: list[str] = []
    by_title = {fold(one.name): one.name for one in book.kind.fields}
    known = {name: sheet for sheet in sheets if (name := by_title.get(fold(sheet.name)))}
    parts = {part.project: part for part in _about(sheets)}
    only = next(iter(parts)) if len(parts) == 1 else ""
    for name, sheet in known.items():
        for part in parts.values():
            part.given[name] = None
        for code, row in _rows(book, name, sheet, only, problems):
            part = parts.setdefault(code, Part(code))
            held = part.given.get(name) or []
            part.given[name] = held if row is None else [*held, row]
    strange = [sheet.name for sheet in sheets if fold(sheet.name) not in {*by_title, ABOUT}]
    if not known:
        problems.append(f"没有底册的工作表。要有的是：{'、'.join(one.name for one in book.kind.fields)}")
    elif strange:
        problems.append(f"不认识的工作表：{'、'.join(map(printable, strange))}。不是底册的内容请删去")
    return list(parts.values()), problems


def _about(sheets: Sequence[Sheet]) -> Iterator[Part]:
    """The projects that a form is for."""
    for sheet in sheets:
        head = next((row for row in sheet.rows if row.text(0).strip() == CODE), None)
        if fold(sheet.name) != ABOUT or head is None:
            continue
        at = next((column for column, title in enumerate(head.cells) if title.strip() == VERSION), None)
        for row in sheet.rows:
            code = one_line(row.text(0))
            if row.number > head.number and code:
                told = row.text(at).strip() if at is not None else ""
                yield Part(code, int(told) if told.isdecimal() and len(told) < 10 else None)


def _rows(
    book: Book, section: str, sheet: Sheet, only: str, problems: list[str]
) -> Iterator[tuple[str, Placed | None]]:
    """Project and row, None for a row that says that there is nothing (无)."""
    head = next((row for row in sheet.rows if _is_head(book, section, row)), None)
    if head is None:
        if sheet.rows:
            problems.append(f"“{section}”没有表头（{CODE} 和各栏名称），请用 archivist dossier form 导出的表")
        return
    titles = {at: title.strip() for at, title in enumerate(head.cells) if title.strip()}
    for at in [
        at for at, title in titles.items() if list(titles.values()).index(title) != list(titles).index(at)
    ]:
        problems.append(f"“{section}”有两栏都叫“{printable(titles.pop(at))}”，请改正表头")
    for row in sheet.rows:
        if row.number > head.number:
            yield from _row(section, row, titles, sheet, only, problems)


def _is_head(book: Book, section: str, row: Row) -> bool:
    words = {fold(cell) for cell in row.cells if cell}
    columns = {fold(one.title) for one in book.field(section).columns}
    return len(words & columns) >= min(2, len(columns))


def _row(
    section: str, row: Row, titles: Mapping[int, str], sheet: Sheet, only: str, problems: list[str]
) -> Iterator[tuple[str, Placed | None]]:
    place = f"第{row.number}行"
    for at, title in titles.items():
        if told := _TROUBLES.get(sheet.troubles.get((row.number, at), CellTrouble.DATE)):
            problems.append(f"“{section}”{place}“{printable(title)}”{told}")
    cells = {
        title: row.text(at).strip() for at, title in titles.items() if title != CODE and row.text(at).strip()
    }
    beside = [row.text(at) for at in range(len(row.cells)) if at not in titles and row.text(at).strip()]
    if beside:
        problems.append(f"“{section}”{place}“{printable(beside[0])}”上面没有栏名，请移到有栏名的格子里")
    code = next((one_line(row.text(at)) for at, title in titles.items() if title == CODE), "") or only
    if code == NONE:  # they mean the section
        code, cells = only, {CODE: NONE, **cells}
    if not cells:
        return
    if not code:
        problems.append(f"“{section}”{place}没有写{CODE}")
    elif list(cells.values()) == [NONE]:
        yield code, None
    else:
        yield code, (place, cells)
