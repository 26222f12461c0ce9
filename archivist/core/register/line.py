"""One row below the header: what its cells say, whether it is a project's, what it takes from the row above."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from archivist.core.project import Township
from archivist.core.register import groups, once, places
from archivist.core.register.diff import FIELD_TITLES
from archivist.core.register.ditto import Leaning, leaning
from archivist.core.register.header import Header
from archivist.core.register.rules import RegisterRules
from archivist.core.register.table import Row, RowNote, RowProblem, Sheet
from archivist.core.text import fold

BLOCKS = ("reason", "debts", "measures", "progress", "problems")
"""Fields of running text."""
_LONGEST_WORD = 20
_PLACES = ("township", "village")


@dataclass(frozen=True, slots=True)
class Passed:
    """A row that is no project. ``parts``: it ends a group of rows; ``heading``: it begins one, called so."""

    parts: bool = False
    heading: str = ""


class Line:
    """One row of a sheet; collects its problems and notes.

    Attributes:
        passed: why the row is no project; None for a project's.
        group: which of the groups between totals and headings it stands in; ``heading`` is the group's, if it has one.
        resolved: columns whose ditto stands for the cell above. refused: column → what is expected instead (Chinese).
        carried: field → what was written above, once for several rows.
    """

    def __init__(
        self, sheet: Sheet, header: Header, rules: RegisterRules, row: Row, by_number: dict[int, Row]
    ) -> None:
        self.sheet, self.header, self.rules, self.row = sheet, header, rules, row
        self.by_number = by_number
        self.problems: list[RowProblem] = []
        self.notes: list[RowNote] = []
        self.passed: Passed | None = None
        self.group, self.heading = 0, ""
        self.resolved: list[int] = []
        self.refused: dict[int, str] = {}
        self.carried: dict[str, str] = {}

    # -- cells -----------------------------------------------------------------------------------------------------

    def text(self, name: str) -> str:
        """Return a field's cell, or what counts in its place; "" for blank signs."""
        column = self.header.columns.get(name)
        if column is None:
            return ""
        return self.cell(column, fills=self._fills(column)) or self.carried.get(name, "")

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
        return value if self.is_filled(value) else ""

    def is_filled(self, cell: str) -> bool:
        """Whether a cell holds more than blanks or a sign for nothing."""
        return bool(cell.strip()) and cell.strip().lower() not in self.rules.blank

    def _fills(self, column: int | None) -> bool:
        fields = (name for name, at in self.header.columns.items() if at == column)
        return column in self.header.flags or any(
            name in self.rules.fill_down or name == "code" for name in fields
        )

    def problem(self, name: str, value: str, expected: str) -> None:
        """Note what is wrong with a field's cell."""
        label = self.header.labels.get(self.header.columns.get(name, -1)) or FIELD_TITLES.get(name, name)
        self.problem_at(label, value, expected)

    def problem_at(self, label: str, value: str, expected: str) -> None:
        """Note what is wrong with a column's cell."""
        column = "".join(label.split())
        self.problems.append(RowProblem(self.sheet.name, self.row.number, column, value.strip(), expected))

    def note(self, text: str) -> None:
        """Note what a person should know."""
        self.notes.append(RowNote(self.sheet.name, self.row.number, text))

    def label(self, name: str) -> str:
        """What the file calls a field's column."""
        return "".join(self.header.labels[self.header.columns[name]].split())

    # -- what is no project ------------------------------------------------------------------------------------------

    def passing(self) -> Passed | None:
        """Why the row is no project (totals, remarks, headings, blank), noting what matters; None for a project's."""
        own = [(column, cell) for column, cell in enumerate(self.row.cells) if self.is_filled(cell)]
        if not own or self._is_ordinal_row([cell for _, cell in own]) or self._repeats_header():
            return Passed()
        code, name = self.text("code"), self.text("name")
        if (total := self._total(own, code, name)) is not None:
            self.note("是小计、合计，不是项目，已跳过")
            return Passed(parts=not groups.is_page_total(total, self.rules.groups))
        if code and name and not self._is_skip_word(code) and not self._is_skip_word(name):
            return Passed() if self._continues_merged_code() else None
        if any(self._is_skip_word(cell) for _, cell in own[:2]) or self._is_skip_word(name):
            return Passed()
        if (heading := self._heading(own)) is not None:
            self.note(f"“{heading[:20]}”不是项目，已跳过")
            return Passed(parts=True, heading=heading)
        return Passed() if not code and not name and self._says_nothing(own) else None

    def _total(self, own: list[tuple[int, str]], code: str, name: str) -> str | None:
        """The cell that makes the row one of totals (珠溪镇小计), if it is one."""
        words, columns = self.rules.groups, self.header.columns
        running = {columns.get(field) for field in BLOCKS}
        asked = [name, code]
        if not code:
            asked += [
                cell
                for at, (column, cell) in enumerate(own)
                if at < 2 or (not name and column not in running)
            ]
        return next((cell for cell in asked if groups.is_total(cell, words)), None)

    def _heading(self, own: list[tuple[int, str]]) -> str | None:
        """The cell that makes the row a heading between projects: 一、农业农村委, alone or with the group's sum."""
        columns = self.header.columns
        column, cell = own[0]
        if len(own) == 1:
            place = column in (0, columns["code"]) or column not in columns.values()
            if place and column != columns["name"] and re.search(r"[\u4e00-\u9fff]", cell):
                return cell.strip()
        counts = all(re.fullmatch(r"\s*[\d.,]+\s*(?:个|万元|元)?\s*", other) for _, other in own[1:])
        return cell.strip() if counts and groups.is_heading(cell, self.rules.groups) else None

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
                self.note("没有项目编号和项目名称，已跳过")
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
                self.problem(name, here, expected)
        return True

    # -- what it takes from above --------------------------------------------------------------------------------------

    def resolve(self, above: Line | None, villages: Collection[str]) -> Row:
        """Let dittos stand for the cells above, or refuse them; return the row as it then reads.

        Args:
            above: the project's row above; None where the row is the first, or follows totals or a heading.
            villages: all that are written in the column, to notice a ditto that a name speaks against.
        """
        cells = list(self.row.cells)
        for field, column in [*self.header.columns.items(), *(("", at) for at in self.header.flags)]:
            text = self.row.text(column)
            said = leaning(text, self.rules.dittos) if text else Leaning.NOT
            if said is Leaning.NOT:
                continue
            value = above.cell(column, fills=self._fills(column)) if above else ""
            if above and (column in above.refused or leaning(value, self.rules.dittos) is not Leaning.NOT):
                value = ""
            if expected := self._refusal(field, said, above, value, villages):
                self.refused[column] = expected
            else:
                cells[column] = value
                self.resolved.append(column)
        if self.resolved:
            self.row = replace(self.row, cells=tuple(cells))
        for column in self.resolved:
            label = "".join(self.header.labels[column].split())
            self.note(f"“{label}”写的是“同上”一类的记号，按上面一行的内容登记")
        return self.row

    def _refusal(
        self, field: str, said: Leaning, above: Line | None, value: str, villages: Collection[str]
    ) -> str:
        """What is expected in the place of a ditto that cannot be resolved; "" for one that can."""
        if field in self.rules.dittos.unique:
            return "每个项目都不相同，不能写“同上”，请写明"
        if said is Leaning.UNCLEAR:
            return "看不出指的是哪一格的内容，请写明"
        if above is None:
            return "是“同上”的意思，但上面没有项目可以照着填（小计、标题后的第一行也不能写“同上”），请写明"
        if not value:
            return f"是“同上”的意思，但上面的第 {above.row.number} 行没有写明，请写明"
        if field in _PLACES and (other := self._named_otherwise(field, value, villages)):
            return f"照上面一行应是“{value.strip()}”，但项目名称写的是“{other}”，请写明"
        return ""

    def _named_otherwise(self, field: str, value: str, villages: Collection[str]) -> str:
        """The other place that the project's name names; "" for none."""
        name = self.text("name")
        if field == "township":
            named = places.named_townships(name, self.rules)
            theirs = places.read_address(value, self.rules).townships
            return named[0].name if named and theirs and not set(named) & set(theirs) else ""
        if value.strip() in name:
            return ""
        return next((one for one in villages if one in name and one not in value), "")

    def said(self) -> once.Line:
        """The row as `once` asks for it."""
        fields = (*self.rules.carried, *self.rules.asked)
        cells = {field: self._said(field) for field in fields if field in self.header.columns}
        return once.Line(self.group, self.text("name"), cells)

    def _said(self, field: str) -> once.Said:
        column = self.header.columns[field]
        text, own = self.text(field).strip(), self.row.text(column).strip()
        if text or own:
            return once.Said(text, False, bool(own) and column not in self.resolved)
        elsewhere = self._place_elsewhere(field) if field in _PLACES else ""
        return once.Said(elsewhere, not elsewhere, False)

    def _place_elsewhere(self, field: str) -> str:
        """A township or village that other cells of the row tell of."""
        said = [places.read_address(self.text(name), self.rules) for name in ("place", "township", "village")]
        if field == "village":
            return next((village for one in said if (village := places.village_in(one.rest))), "")
        named = places.named_townships(self.text("name"), self.rules)
        found = [*(one.townships for one in said), self.townships_of_code(), named]
        return next((one[0].name for one in found if len(one) == 1), "")

    def townships_of_code(self) -> tuple[Township, ...]:
        """The townships with whose statistical code the project's code begins."""
        code = self.text("code").strip()
        return tuple(township for township in self.rules.townships if code.startswith(township.code))

    def fill(self, filled: once.FilledDown) -> None:
        """Take what was written above once for several rows, and ask about what else was left empty."""
        self.carried = dict(filled.carried)
        for field in filled.carried:
            told = "这一列每个内容只写一次，按上面最近一次写的登记"
            self.note(f"“{self.label(field)}”空着，{told}")
        for field in filled.asked:
            if field != "township":
                self.note(
                    f"“{self.label(field)}”空着，没有照上面的填：看不出是“同上”还是没有。"
                    "是“同上”的请写“同上”，没有的请写“/”，再导入一次"
                )
