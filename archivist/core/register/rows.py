"""The rows of a table as projects, with everything that is wrong in them told at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from archivist.core.project import Category, Project, Township
from archivist.core.register import cells, groups, once, places
from archivist.core.register.cells import CellError
from archivist.core.register.header import Header
from archivist.core.register.line import BLOCKS, Line
from archivist.core.register.rules import CategoryWord, RegisterRules
from archivist.core.register.table import CellTrouble, RowNote, RowProblem, Sheet

_Value = TypeVar("_Value")
_LINES = ("department", "operator", "ownership")

_TROUBLES = {
    CellTrouble.UNCALCULATED: "是公式，文件里没有保存计算结果。请用 Excel 或 WPS 打开，保存一次再导入",
    CellTrouble.ERROR_VALUE: "是出错的公式，请改正后再导入",
    CellTrouble.LONG_NUMBER: "超过 15 位，被表格软件当作数字，末尾几位已变成 0。请把这一列设为文本格式，重新填写",
    CellTrouble.DATE: "被表格软件改成了日期。请把这一列设为文本格式，重新填写",
}
_EXACT = (CellTrouble.LONG_NUMBER, CellTrouble.DATE)
"""Troubles that matter only where the exact digits do."""


@dataclass(frozen=True, slots=True)
class PlacedProject:
    """A project and the row it was read from."""

    project: Project
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class SheetReading:
    """All a sheet says: its good rows, what is wrong, what a person should know.

    ``faulty``: rows that have a code but also problems; their codes count when duplicates are sought.
    ``dittos``: how many cells said 同上 and count as the cell above.
    """

    projects: tuple[PlacedProject, ...]
    faulty: tuple[PlacedProject, ...]
    problems: tuple[RowProblem, ...]
    notes: tuple[RowNote, ...]
    dittos: int = 0


def read_rows(sheet: Sheet, header: Header, rules: RegisterRules) -> SheetReading:
    """Read every row below the header: first which rows are projects and what leans on the row above, then each."""
    projects: list[PlacedProject] = []
    faulty: list[PlacedProject] = []
    readers = list(_readers(sheet, header, rules))
    kept = [reader for reader in readers if reader.passed is None]
    for reader, filled in zip(kept, once.fill_down([reader.said() for reader in kept], rules), strict=True):
        reader.fill(filled)
        placed = PlacedProject(reader.project(), sheet.name, reader.row.number)
        (faulty if reader.problems else projects).append(placed)
    coded = tuple(placed for placed in faulty if placed.project.code)
    problems = tuple(problem for reader in readers for problem in reader.problems)
    return SheetReading(
        tuple(projects),
        coded,
        problems,
        tuple(note for reader in readers for note in reader.notes),
        sum(len(reader.resolved) for reader in kept),
    )


def _readers(sheet: Sheet, header: Header, rules: RegisterRules) -> Iterator[_RowReader]:
    """A reader for each row below the header, its dittos resolved by the project above it."""
    by_number = {row.number: row for row in sheet.rows}
    villages = _written(sheet, header, "village")
    above: _RowReader | None = None
    heading, group = "", 0
    for row in sheet.rows:
        if row.number <= header.last:
            continue
        reader = _RowReader(sheet, header, rules, row, by_number)
        passed = reader.passed = reader.passing()
        if passed is None:
            reader.heading, reader.group = heading, group
            by_number[row.number] = reader.resolve(above, villages)
            above = reader
        elif passed.parts:
            heading, group, above = passed.heading, group + 1, None
        yield reader


def _written(sheet: Sheet, header: Header, field: str) -> frozenset[str]:
    """What is written in a column, as far as it is long enough to be told from other words in a name."""
    column = header.columns.get(field)
    if column is None:
        return frozenset()
    return frozenset(text for row in sheet.rows if len(text := row.text(column).strip()) > 2)


def find_duplicates(placed: Sequence[PlacedProject], title: str) -> tuple[list[RowProblem], set[int]]:
    """Return a problem for each code that stands twice, and the indexes of repetitions that do no harm.

    A row of another sheet with the very same content (总表 and 分表) is harmless. Codes that differ only in
    upper and lower case are the same: folders on Windows cannot tell them apart.
    """
    first: dict[str, PlacedProject] = {}
    problems: list[RowProblem] = []
    harmless: set[int] = set()
    for index, here in enumerate(placed):
        there = first.setdefault(here.project.code.casefold(), here)
        if there is here:
            continue
        if there.sheet != here.sheet and there.project == here.project:
            harmless.add(index)
            continue
        sheet = f"工作表“{there.sheet}”" if there.sheet != here.sheet else ""
        expected = f"与{sheet}第 {there.row} 行的编号重复，一个项目只能占一行"
        problems.append(RowProblem(here.sheet, here.row, title, here.project.code, expected))
    return problems, harmless


class _RowReader(Line):
    """A project's row, read field by field."""

    def take(self, name: str, parse: Callable[[str], _Value], empty: _Value) -> _Value:
        """Parse a field's cell; a problem is noted and ``empty`` returned."""
        text = self.text(name)
        column = self.header.columns.get(name)
        if column is None or self._is_troubled(name, column, text):
            return empty
        try:
            return parse(text)
        except CellError as error:
            self.problem(name, text, str(error))
            return empty

    def _is_troubled(self, name: str, column: int, text: str) -> bool:
        if column in self.refused:
            self.problem(name, text, self.refused[column])
            return True
        trouble = self.sheet.troubles.get((self.row.number, column))
        if trouble is None or (trouble in _EXACT and name not in ("code", "phone", "contact_phone")):
            return False
        self.problem(name, text, _TROUBLES[trouble])
        return True

    def project(self) -> Project:
        """Return the row's project; meaningless when problems were found."""
        code, name = self._required("code", cells.code), self._required("name", cells.clean_line)
        township, village = self._place(name)
        word = self._category()
        contact, phone = self._contact()
        texts: dict[str, str] = {
            **{field: self.take(field, cells.clean_line, "") for field in _LINES},
            **{field: self.take(field, cells.clean_block, "") for field in BLOCKS},
        }
        return Project(
            code=code,
            name=name,
            township=township,
            village=village,
            category=word.category if word else None,
            major_idle=self._major(word),
            year=self.take("year", cells.year, ""),
            amount=self.take("amount", self._amount, None),
            contact=contact,
            phone=phone,
            poor_village=self.take("poor_village", self._truth, None),
            **texts,
        )

    def _required(self, name: str, parse: Callable[[str], str]) -> str:
        before = len(self.problems)
        value = self.take(name, parse, "")
        if not value and len(self.problems) == before:
            self.problem(name, "", "不能为空")
        return value

    def _truth(self, text: str) -> bool | None:
        return cells.truth(text, self.rules)

    def _amount(self, text: str) -> Any:
        column = self.header.columns["amount"]
        origin = self.sheet.merged.get((self.row.number, column))
        if not text and origin and origin[0] < self.row.number:
            title = "".join(self.header.labels[column].split())
            self.note(f"“{title}”与第 {origin[0]} 行合并在一个单元格里，金额只记在第 {origin[0]} 行的项目上")
        return cells.amount(text, self.header.unit or self.rules.unit, self.rules.max_amount)

    def _category(self) -> CategoryWord | None:
        if self.header.flags:
            return self._flagged_category()
        word = self.take("category", lambda text: cells.category(text, self.rules), None)
        if word is None and not self.problems:
            self.note("没有填项目类别，按未认定登记")
        return word

    def _flagged_category(self) -> CategoryWord | None:
        """Read 附件3's four columns: 是 below one of the categories."""
        chosen: list[CategoryWord] = []
        names = "、".join(dict.fromkeys(word.category.value for word in self.header.flags.values()))
        for column, word in self.header.flags.items():
            text, label = self.cell(column, fills=True), self.header.labels[column]
            trouble = self.sheet.troubles.get((self.row.number, column))
            expected = self.refused.get(column) or (
                _TROUBLES[trouble] if trouble and trouble not in _EXACT else ""
            )
            if expected:
                self.problem_at(label, text, expected)
                continue
            try:
                if self._truth(text):
                    chosen.append(word)
            except CellError as error:
                self.problem_at(label, text, str(error))
        if len({word.category for word in chosen}) > 1:
            shown = "、".join(dict.fromkeys(word.category.value for word in chosen))
            self.problem_at("项目现状", shown, f"{names}只能有一个填“是”")
        if not chosen and not self.problems:
            self.note(f"{names}都没有填“是”，按未认定登记")
        return max(chosen, key=lambda word: word.major is not None, default=None)

    def _major(self, word: CategoryWord | None) -> bool | None:
        own = self.take("major_idle", self._truth, None)
        if word is None or word.category is not Category.IDLE:
            return None
        return word.major if word.major is not None else own

    def _contact(self) -> tuple[str, str]:
        both = self.take("contact_phone", cells.contact_and_phone, ("", ""))
        contact = self.take("contact", cells.contact_and_phone, ("", ""))
        phone = self.take("phone", cells.phone, "")
        return contact[0] or both[0], phone or contact[1] or both[1]

    def _place(self, name: str) -> tuple[str, str]:
        """Return 镇街 and 村（社区） from whichever cells say them; the most explicit cell wins."""
        rules = self.rules
        nowhere = places.Place((), "")
        own = self.take("township", lambda text: places.read_township(text, rules), nowhere)
        village = self.take("village", lambda text: places.read_village(text, rules), nowhere)
        address = self.take("place", lambda text: places.read_address(text, rules), nowhere)
        named = village.rest or places.village_in(address.rest) or places.village_in(own.rest)
        if own.townships or self.problems:
            return self._one(own.townships), named
        if self.text("township"):
            return "", named
        for townships in self._derived(name, (village, address)):
            if len(townships) == 1:
                return townships[0].name, named
        heading = groups.heading_township(self.heading, rules) if self.heading else None
        if heading is not None:
            self.note(f"没有填镇街，按上面的标题“{self.heading[:20]}”登记为{heading.name}")
            return heading.name, named
        self.note("没有镇街，编号和名称里也看不出来，登记时留空")
        return "", named

    def _one(self, townships: tuple[Township, ...]) -> str:
        if len(townships) > 1:
            names = "、".join(township.name for township in townships)
            self.note(f"涉及多个镇街（{names}），按第一个登记")
        return townships[0].name if townships else ""

    def _derived(self, name: str, said: tuple[places.Place, ...]) -> Iterator[tuple[Township, ...]]:
        for place in said:
            yield place.townships
        yield self.townships_of_code()
        yield places.named_townships(name, self.rules)
