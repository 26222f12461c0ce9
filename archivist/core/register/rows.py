"""The rows of a table as projects, with everything that is wrong in them told at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from archivist.core.project import Category, Project, Township
from archivist.core.register import cells, places
from archivist.core.register.cells import CellError
from archivist.core.register.diff import FIELD_TITLES
from archivist.core.register.header import Header
from archivist.core.register.rules import CategoryWord, RegisterRules
from archivist.core.register.table import CellTrouble, Row, RowNote, RowProblem, Sheet
from archivist.core.text import fold

_Value = TypeVar("_Value")
_LINES = ("department", "operator", "ownership")
_BLOCKS = ("reason", "debts", "measures", "progress", "problems")

_LONGEST_WORD = 20

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
    """

    projects: tuple[PlacedProject, ...]
    faulty: tuple[PlacedProject, ...]
    problems: tuple[RowProblem, ...]
    notes: tuple[RowNote, ...]


def read_rows(sheet: Sheet, header: Header, rules: RegisterRules) -> SheetReading:
    """Read every row below the header."""
    projects: list[PlacedProject] = []
    faulty: list[PlacedProject] = []
    problems: list[RowProblem] = []
    notes: list[RowNote] = []
    by_number = {row.number: row for row in sheet.rows}
    for row in sheet.rows:
        if row.number <= header.last:
            continue
        reader = _RowReader(sheet, header, rules, row, by_number)
        if not reader.is_passed_over():
            placed = PlacedProject(reader.project(), sheet.name, row.number)
            (faulty if reader.problems else projects).append(placed)
        problems += reader.problems
        notes += reader.notes
    coded = tuple(placed for placed in faulty if placed.project.code)
    return SheetReading(tuple(projects), coded, tuple(problems), tuple(notes))


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


class _RowReader:
    """One row being read; collects its problems and notes."""

    def __init__(
        self, sheet: Sheet, header: Header, rules: RegisterRules, row: Row, by_number: dict[int, Row]
    ) -> None:
        self.sheet, self.header, self.rules, self.row = sheet, header, rules, row
        self.by_number = by_number
        self.problems: list[RowProblem] = []
        self.notes: list[RowNote] = []

    def is_passed_over(self) -> bool:
        """Tell whether the row is no project (totals, remarks, headings, blank), noting what matters."""
        own = [(column, cell) for column, cell in enumerate(self.row.cells) if self._filled(cell)]
        if not own or self._is_ordinal_row([cell for _, cell in own]) or self._repeats_header():
            return True
        code, name = self.text("code"), self.text("name")
        if code and name and not self._is_skip_word(code) and not self._is_skip_word(name):
            return self._continues_merged_code()
        if any(self._is_skip_word(cell) for _, cell in own[:2]) or self._is_skip_word(name):
            return True
        if len(own) == 1 and self._is_heading(*own[0]):
            self._note(f"“{own[0][1].strip()[:20]}”不是项目，已跳过")
            return True
        return not code and not name and self._says_nothing(own)

    def _is_heading(self, column: int, cell: str) -> bool:
        """Tell whether a row's only cell is a heading between projects (一、农业农村委)."""
        columns = self.header.columns
        place = column in (0, columns["code"]) or column not in columns.values()
        return place and column != columns["name"] and bool(re.search(r"[\u4e00-\u9fff]", cell))

    def _filled(self, cell: str) -> bool:
        return bool(cell.strip()) and cell.strip().lower() not in self.rules.blank

    def _is_ordinal_row(self, texts: list[str]) -> bool:
        """Tell whether the row numbers the columns (1 2 3 …)."""
        numbers = [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 4]
        return 3 <= len(texts) == len(numbers) and numbers == list(
            range(numbers[0], numbers[0] + len(numbers))
        )

    def _repeats_header(self) -> bool:
        columns, labels = self.header.columns, self.header.labels
        return all(
            fold(self.row.text(columns[name])[:200]) == fold(labels[columns[name]])
            for name in ("code", "name")
        )

    def _is_skip_word(self, text: str) -> bool:
        """Tell whether a cell begins with 合计, 备注 … as a word of its own."""
        word = re.split(r"[:：（(\s\d]", re.sub(r"\s", "", text[:200]), maxsplit=1)[0]
        return fold(word[:_LONGEST_WORD]) in self.rules.skip

    def _says_nothing(self, own: list[tuple[int, str]]) -> bool:
        """Tell whether a row without code and name has only what forms are prefilled with."""
        quiet = {self.header.columns.get(name) for name in ("amount", "township", "department", "year")}
        known = {*self.header.columns.values(), *self.header.flags}
        if all(column in quiet or column not in known or cell.strip() in ("0", "否") for column, cell in own):
            if any(column in known for column, _ in own):
                self._note("没有项目编号和项目名称，已跳过")
            return True
        return False

    def _continues_merged_code(self) -> bool:
        """Tell whether 项目编号 is merged down into this row: one project on several rows."""
        column = self.header.columns["code"]
        origin = self.sheet.merged.get((self.row.number, column))
        if origin is None or origin[0] == self.row.number or origin[0] not in self.by_number:
            return False
        for name, at in self.header.columns.items():
            here, there = self.row.text(at).strip(), self.by_number[origin[0]].text(at).strip()
            if here and here != there:
                expected = f"与第 {origin[0]} 行合用一个项目编号，但两行内容不同。请把一个项目并成一行"
                self._problem(name, here, expected)
        return True

    def text(self, name: str) -> str:
        """Return a field's cell, looking through merged cells where it fills down; "" for blank signs."""
        column = self.header.columns.get(name)
        return (
            self.cell(column, fills=name in self.rules.fill_down or name == "code")
            if column is not None
            else ""
        )

    def cell(self, column: int, *, fills: bool) -> str:
        """Return the text of a cell, or of the merged cell above it that covers it."""
        value = self.row.text(column)
        origin = self.sheet.merged.get((self.row.number, column))
        if (
            not value.strip()
            and fills
            and origin
            and origin[0] > self.header.last
            and origin[0] in self.by_number
        ):
            value = self.by_number[origin[0]].text(origin[1])
        return value if self._filled(value) else ""

    def take(self, name: str, parse: Callable[[str], _Value], empty: _Value) -> _Value:
        """Parse a field's cell; a problem is noted and ``empty`` returned."""
        text = self.text(name)
        column = self.header.columns.get(name)
        if column is None or self._is_troubled(name, column, text):
            return empty
        try:
            return parse(text)
        except CellError as error:
            self._problem(name, text, str(error))
            return empty

    def _is_troubled(self, name: str, column: int, text: str) -> bool:
        trouble = self.sheet.troubles.get((self.row.number, column))
        if trouble is None or (trouble in _EXACT and name not in ("code", "phone", "contact_phone")):
            return False
        self._problem(name, text, _TROUBLES[trouble])
        return True

    def _problem(self, name: str, value: str, expected: str) -> None:
        label = self.header.labels.get(self.header.columns.get(name, -1)) or FIELD_TITLES.get(name, name)
        self._problem_at(label, value, expected)

    def _problem_at(self, label: str, value: str, expected: str) -> None:
        column = "".join(label.split())
        self.problems.append(RowProblem(self.sheet.name, self.row.number, column, value.strip(), expected))

    def _note(self, text: str) -> None:
        self.notes.append(RowNote(self.sheet.name, self.row.number, text))

    def project(self) -> Project:
        """Return the row's project; meaningless when problems were found."""
        code, name = self._required("code", cells.code), self._required("name", cells.clean_line)
        township, village = self._place(code, name)
        word = self._category()
        contact, phone = self._contact()
        texts: dict[str, str] = {
            **{field: self.take(field, cells.clean_line, "") for field in _LINES},
            **{field: self.take(field, cells.clean_block, "") for field in _BLOCKS},
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
            self._problem(name, "", "不能为空")
        return value

    def _truth(self, text: str) -> bool | None:
        return cells.truth(text, self.rules)

    def _amount(self, text: str) -> Any:
        column = self.header.columns["amount"]
        origin = self.sheet.merged.get((self.row.number, column))
        if not text and origin and origin[0] < self.row.number:
            title = "".join(self.header.labels[column].split())
            self._note(f"“{title}”与第 {origin[0]} 行合并在一个单元格里，金额只记在第 {origin[0]} 行的项目上")
        return cells.amount(text, self.header.unit or self.rules.unit, self.rules.max_amount)

    def _category(self) -> CategoryWord | None:
        if self.header.flags:
            return self._flagged_category()
        word = self.take("category", lambda text: cells.category(text, self.rules), None)
        if word is None and not self.problems:
            self._note("没有填项目类别，按未认定登记")
        return word

    def _flagged_category(self) -> CategoryWord | None:
        """Read 附件3's four columns: 是 below one of the categories."""
        chosen: list[CategoryWord] = []
        names = "、".join(dict.fromkeys(word.category.value for word in self.header.flags.values()))
        for column, word in self.header.flags.items():
            text, label = self.cell(column, fills=True), self.header.labels[column]
            trouble = self.sheet.troubles.get((self.row.number, column))
            if trouble and trouble not in _EXACT:
                self._problem_at(label, text, _TROUBLES[trouble])
                continue
            try:
                if self._truth(text):
                    chosen.append(word)
            except CellError as error:
                self._problem_at(label, text, str(error))
        if len({word.category for word in chosen}) > 1:
            shown = "、".join(dict.fromkeys(word.category.value for word in chosen))
            self._problem_at("项目现状", shown, f"{names}只能有一个填“是”")
        if not chosen and not self.problems:
            self._note(f"{names}都没有填“是”，按未认定登记")
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

    def _place(self, code: str, name: str) -> tuple[str, str]:
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
        for townships in self._derived(code, name, (village, address)):
            if len(townships) == 1:
                return townships[0].name, named
        self._note("没有镇街，编号和名称里也看不出来，登记时留空")
        return "", named

    def _one(self, townships: tuple[Township, ...]) -> str:
        if len(townships) > 1:
            names = "、".join(township.name for township in townships)
            self._note(f"涉及多个镇街（{names}），按第一个登记")
        return townships[0].name if townships else ""

    def _derived(
        self, code: str, name: str, said: tuple[places.Place, ...]
    ) -> Iterator[tuple[Township, ...]]:
        for place in said:
            yield place.townships
        yield tuple(township for township in self.rules.townships if code.startswith(township.code))
        yield places.named_townships(name, self.rules)
