"""What people filled into a form, by project, with the place of each cell; what is wrong is told by sheet, row and column.

What stands as it was given out is not a person's: the register says it. Everything else is handed on as it was written; what
it must be is the schema's business, whose problems are told with the place here, too (`Entry.faults_of`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from archivist.core.drafts.clean import one_line
from archivist.core.drafts.names import printable
from archivist.core.drafts.values import coerce, is_given, printed, says_none
from archivist.core.forms.cells import CellRow, CellSheet, Unreadable, Value
from archivist.core.forms.layout import (
    CODE,
    MAIN,
    NAME,
    NOTHING,
    OPEN_MARK,
    REQUIRED,
    ROW_OF_HINTS,
    Sheet,
    is_locked,
    sheets_of,
)
from archivist.core.text import fold

if TYPE_CHECKING:
    from archivist.core.drafts.kinds import DocumentKind, Field
    from archivist.core.drafts.problems import Path, Problem

_HEADING_WITHIN = 20
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050
"""Excel's numbers of 2000-01-01 and of 2099-12-31: in a column for dates such a number is a day."""
_SERIAL_DAY = date(1899, 12, 30)


class Fault(NamedTuple):
    """What is wrong on a form: sheet, row (0: the sheet as a whole) and column ("": the whole row), and the rule."""

    sheet: str
    row: int
    column: str
    said: str
    project: str = ""

    @property
    def told(self) -> str:
        """One sentence: 表“资产清单”第5行“原值”：…."""
        row = f"第{self.row}行" if self.row else ""
        column = f"“{self.column}”" if self.column else ""
        return f"表“{self.sheet}”{row}{column}：{self.said}"


class Place(NamedTuple):
    """Where a value stands."""

    sheet: str
    row: int
    column: str


@dataclass(slots=True)
class Entry:
    """What a form says of one project. ``touched``: whether anybody wrote anything."""

    code: str
    row: int
    values: dict[str, Any] = field(default_factory=dict)
    places: dict[Path, Place] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    touched: bool = False

    def fault(self, place: Place, said: str) -> None:
        """Note what is wrong with it."""
        self.faults.append(Fault(*place, said, self.code))

    def faults_of(self, problems: Iterable[Problem], fields: Sequence[Field]) -> list[Fault]:
        """What is wrong with the document, with the places of this form; ``fields`` are those of its kind."""
        found = [Fault(*self._place(problem.path, fields), problem.said, self.code) for problem in problems]
        return sorted(found, key=lambda fault: fault.sheet != self.places[()].sheet)

    def _place(self, path: Path, fields: Sequence[Field]) -> Place:
        """Where a path leads to: the cell, else where it would stand, else the project's row."""
        if not path or path in self.places:
            return self.places[path]
        titles = {one.name: one.title for one in fields}
        if len(path) == 1:
            return Place(*self.places[()][:2], titles.get(str(path[0]), ""))
        above = self._place(path[:-1], fields)
        columns = {one.name: one.title for field in fields if field.name == path[0] for one in field.columns}
        return Place(above.sheet, above.row, columns.get(str(path[-1]), above.column))


class Filled(NamedTuple):
    """A form as it was read: the projects on it in their order, and what is wrong with no project's row."""

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]


def read_form(
    kind: DocumentKind, sheets: Sequence[CellSheet], known: Mapping[str, Mapping[str, Any]]
) -> Filled:
    """Return what ``sheets`` say.

    Args:
        known: what is known of each project of the register, as `layout.known_of` has it, by code.
    """
    there = {fold(sheet.name): sheet for sheet in sheets if not sheet.hidden}
    reading = _Reading(known)
    main, *tables = sheets_of(kind)
    for sheet in (main, *tables):
        found = there.pop(fold(sheet.name), None)
        if found is not None:
            reading.read(sheet, found)
        elif sheet is main:
            reading.faults.append(
                Fault(sheet.name, 0, "", "没有这张工作表，请用原来的表填写，工作表不要改名")
            )
    reading.faults += [
        Fault(extra.name, 0, "", "不是这张表里的工作表，里面填的没有用上；请填到原有的工作表里")
        for extra in there.values()
        if extra.rows
    ]
    return Filled(tuple(reading.entries.values()), tuple(reading.faults))


class _Reading:
    """One form under way."""

    def __init__(self, known: Mapping[str, Mapping[str, Any]]) -> None:
        self._known = known
        self._names = -1
        self.entries: dict[str, Entry] = {}
        self.faults: list[Fault] = []

    def read(self, sheet: Sheet, found: CellSheet) -> None:
        """Read one sheet."""
        at = next((at for at, row in enumerate(found.rows[:_HEADING_WITHIN]) if _is_heading(row)), None)
        if at is None:
            said = f"没有表头（第一格应为“{CODE}”），请用原来的表填写，表头不要改"
            self.faults.append(Fault(sheet.name, 0, "", said))
            return
        self._names = -1
        columns = self._columns(sheet, found.rows[at])
        for row in found.rows[at + 1 :]:
            if row.text(0) != ROW_OF_HINTS:
                self._row(sheet, columns, row)

    def _columns(self, sheet: Sheet, heading: CellRow) -> dict[int, Field]:
        """Which column of the sheet is which field; what no field is called is told, and what stands twice."""
        fields = {fold(word): one for one in sheet.columns for word in (one.name, one.title)}
        columns: dict[int, Field] = {}
        for at in range(1, len(heading.cells)):
            title = heading.text(at).rstrip(REQUIRED + OPEN_MARK).strip()
            if not title or fold(title) == fold(NAME):
                self._names = at if title else self._names
                continue
            named = fields.get(fold(title))
            if named is None:
                said = "表里没有这一列，表头不要改；要另外说的话请写在别的列里"
                self.faults.append(Fault(sheet.name, heading.number, printable(title), said))
            elif named in columns.values():
                self.faults.append(Fault(sheet.name, heading.number, named.title, "有两列同名，请只留一列"))
            else:
                columns[at] = named
        return columns

    def _row(self, sheet: Sheet, columns: Mapping[int, Field], row: CellRow) -> None:
        filled = {one: cell for at, one in columns.items() if _says(cell := row.value(at))}
        entry = self._entry(sheet, row, bool(filled))
        if entry is None:
            return
        self._check_name(sheet, entry, row)
        if sheet.table is None:
            self._fields(sheet, entry, row, filled)
        elif filled:
            self._line(sheet, sheet.table, entry, row, filled)

    def _entry(self, sheet: Sheet, row: CellRow, filled: bool) -> Entry | None:
        """The project a row is about; a row without one is told when something is written in it."""
        code = one_line(row.text(0))
        if sheet.table is not None and not code and len(self.entries) == 1:
            return next(iter(self.entries.values()))
        if sheet.table is None and code:
            return self._new_entry(sheet, row, code)
        if code not in self.entries and filled:
            said = f"项目“{printable(code)}”不在“{MAIN}”里" if code else "没有写项目编号，不知道是哪个项目的"
            self.faults.append(Fault(sheet.name, row.number, CODE, said, code))
        return self.entries.get(code)

    def _new_entry(self, sheet: Sheet, row: CellRow, code: str) -> Entry | None:
        if code in self.entries:
            said = f"项目 {code} 在第{self.entries[code].row}行已经有了，请合成一行"
            self.entries[code].fault(Place(sheet.name, row.number, CODE), said)
            return None
        if code not in self._known:
            said = f"台账里没有项目编号“{printable(code)}”，请核对编号"
            self.faults.append(Fault(sheet.name, row.number, CODE, said, code))
            return None
        self.entries[code] = Entry(code, row.number, places={(): Place(sheet.name, row.number, "")})
        return self.entries[code]

    def _check_name(self, sheet: Sheet, entry: Entry, row: CellRow) -> None:
        """Rows that were sorted by one column only carry one project's number beside another's name."""
        written = row.text(self._names) if self._names > 0 else ""
        name = str(self._known[entry.code][NAME])
        if written and fold(written) != fold(name):
            said = f"写的是“{printable(written)}”，台账里 {entry.code} 是“{printable(name)}”，请核对这一行是哪个项目的"
            entry.fault(Place(sheet.name, row.number, NAME), said)

    def _fields(self, sheet: Sheet, entry: Entry, row: CellRow, filled: Mapping[Field, Value]) -> None:
        """What the main sheet says of a project; what stands as it was given out is the register's."""
        known = self._known[entry.code]
        for one, cell in filled.items():
            place = Place(sheet.name, row.number, one.title)
            if isinstance(cell, Unreadable):
                entry.fault(place, cell.why)
                continue
            value = coerce(one, _meant(one, cell))
            registered = known.get(one.name)
            if value == registered:
                continue
            entry.touched = True
            entry.places[one.name,] = place
            if registered is not None and is_locked(one):
                entry.fault(place, _otherwise(one, value, registered))
            else:
                entry.values[one.name] = value

    def _line(
        self, sheet: Sheet, table: Field, entry: Entry, row: CellRow, filled: Mapping[Field, Value]
    ) -> None:
        """One row of a table."""
        entry.touched = True
        rows: list[dict[str, Any]] = entry.values.setdefault(table.name, [])
        nothing = (
            sheet.may_be_none and list(filled) == [sheet.columns[0]] and says_none(filled[sheet.columns[0]])
        )
        if entry.places.get((table.name,)) or (nothing and rows):
            said = f"同一个项目又写了“{NOTHING}”，又写了别的，请删去一样"
            entry.fault(Place(sheet.name, row.number, ""), said)
        if nothing:
            entry.places[table.name,] = Place(sheet.name, row.number, "")
            return
        number, line = len(rows), dict[str, Any]()
        entry.places[table.name, number] = Place(sheet.name, row.number, "")
        for one, cell in filled.items():
            place = entry.places[table.name, number, one.name] = Place(sheet.name, row.number, one.title)
            if isinstance(cell, Unreadable):
                entry.fault(place, cell.why)
            else:
                line[one.name] = coerce(one, _meant(one, cell))
        rows.append(line)


def _otherwise(one: Field, value: Any, registered: Any) -> str:
    written, known = (printable(_shown(one, each)) for each in (value, registered))
    return f"填的是“{written}”，台账里是“{known}”：台账对的，这一格留空就行；台账不对的，请先更正台账"


def _shown(one: Field, value: Any) -> str:
    return "；".join(map(str, value)) if isinstance(value, list) else printed(one, value)


def _is_heading(row: CellRow) -> bool:
    return fold(row.text(0)) == fold(CODE)


def _says(cell: Value) -> bool:
    return isinstance(cell, Unreadable) or is_given(cell)


def _meant(one: Field, cell: Value) -> Value:
    """In a column for dates a bare number is the day that Excel counts with it."""
    if not one.date or isinstance(cell, bool) or not isinstance(cell, int | Decimal | str):
        return cell
    text = str(cell).strip()
    if (
        text.isdecimal()
        and len(text) == len(str(_FIRST_SERIAL))
        and _FIRST_SERIAL <= int(text) <= _LAST_SERIAL
    ):
        return _SERIAL_DAY + timedelta(days=int(text))
    return cell
