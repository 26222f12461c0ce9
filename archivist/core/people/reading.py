"""The rows of a table as people, with everything that is wrong in them told at once: gaps, doubles, unknown bodies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from archivist.core.patterns import lazily
from archivist.core.people.bodies import plain_body
from archivist.core.people.person import FIELD_TITLES, Person, Role, Standing
from archivist.core.people.rules import Known, PeopleRules
from archivist.core.register import places
from archivist.core.register.cells import CellError, clean_line, truth
from archivist.core.register.ditto import Leaning, leaning
from archivist.core.register.header import label_keys
from archivist.core.register.table import Row, RowNote, RowProblem, Sheet, shorten
from archivist.core.text import fold

_SEARCHED_ROWS = 60
_PARTED = lazily(r"[、,，;；/\s|和及]+")
_NAME = lazily(r"[\u3400-\u9fff\U00020000-\U0003ffff·•.A-Za-z ]{2,30}")
_ACCOUNT = lazily(r"[^\s（）()]{1,64}")
_COMMITTEE = lazily(r"(?:村民|居民)委员会.*$|(?:党支部|党总支|党委|股份经济合作|集体经济).*$")
"""What follows a village's name in the name of one of its bodies."""
_OWN = {"name", "account"}
"""What each person has for themselves."""
_DERIVED = {Standing.VILLAGE, Standing.TOWNSHIP}

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class PeopleHeader:
    """Where the columns are: number of the header's row; field → column; column → its name; what nobody knows."""

    row: int
    columns: Mapping[str, int]
    labels: Mapping[int, str]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlacedPerson:
    """A person and the row they were read from."""

    person: Person
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Claim:
    """What a row says of who somebody is: name, body and account, "" for what it does not say or says wrongly."""

    name: str
    body: str
    account: str
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class PeopleReading:
    """All a sheet says: its good rows, what is wrong, what somebody should know.

    ``claims``: who stands on each row, good or not, so that doubles are told with all that is wrong.
    """

    people: tuple[PlacedPerson, ...]
    claims: tuple[Claim, ...]
    problems: tuple[RowProblem, ...]
    notes: tuple[RowNote, ...]


def find_people_header(sheet: Sheet, rules: PeopleRules) -> PeopleHeader | None:
    """The header, or None when no row names both 姓名 and 单位."""
    for row in sheet.rows[:_SEARCHED_ROWS]:
        labels = {at: cell.strip() for at, cell in enumerate(row.cells) if cell.strip()}
        fields = {at: _field(label, rules) for at, label in labels.items()}
        if {"name", "body"} <= set(fields.values()):
            columns = {field: at for at, field in reversed(fields.items()) if field and field != "ignored"}
            unknown = tuple(shorten(labels[at], 20) for at, field in fields.items() if field is None)
            return PeopleHeader(row.number, columns, labels, unknown)
    return None


def _field(label: str, rules: PeopleRules) -> str | None:
    return next((rules.headers[key] for key in label_keys(label) if key in rules.headers), None)


def read_people(sheet: Sheet, header: PeopleHeader, rules: PeopleRules, known: Known) -> PeopleReading:
    """Read every row below the header."""
    people: list[PlacedPerson] = []
    claims: list[Claim] = []
    problems: list[RowProblem] = []
    notes: list[RowNote] = []
    by_number = {row.number: row for row in sheet.rows}
    above: _PersonReader | None = None
    for row in sheet.rows:
        if row.number <= header.row:
            continue
        reader = _PersonReader(sheet, header, rules, known, row, by_number)
        if reader.is_passed_over():
            continue
        by_number[row.number], above = reader.resolve(above), reader
        person = reader.person()
        claims.append(reader.claim)
        problems += reader.problems
        notes += reader.notes
        if person is not None and not reader.problems:
            people.append(PlacedPerson(person, sheet.name, row.number))
    return PeopleReading(tuple(people), tuple(claims), tuple(problems), tuple(notes))


def doubles(claims: Sequence[Claim], prefixes: tuple[str, ...]) -> list[RowProblem]:
    """A problem for each person who stands twice, and for each account that two people share.

    Args:
        prefixes: what may stand for the district before a body's name: its long and short names are one body.
    """
    people: dict[tuple[str, str], Claim] = {}
    accounts: dict[str, Claim] = {}
    problems = []
    for here in claims:
        if here.name and here.body:
            there = people.setdefault((here.name, plain_body(here.body, prefixes)), here)
            if there is not here:
                told = f"与{_where(there, here)}重复：{here.body}已有一个{here.name}，一个人只能占一行"
                problems.append(RowProblem(here.sheet, here.row, FIELD_TITLES["name"], here.name, told))
                continue
        if here.account:
            there = accounts.setdefault(here.account.casefold(), here)
            if there is not here:
                whose = f"的{there.name}" if there.name else ""
                told = f"与{_where(there, here)}{whose}相同，一个账号只能是一个人的"
                problems.append(RowProblem(here.sheet, here.row, FIELD_TITLES["account"], here.account, told))
    return problems


def _where(there: Claim, here: Claim) -> str:
    return (f"工作表“{there.sheet}”" if there.sheet != here.sheet else "") + f"第 {there.row} 行"


class _PersonReader:
    """One row being read; collects its problems and notes."""

    def __init__(
        self,
        sheet: Sheet,
        header: PeopleHeader,
        rules: PeopleRules,
        known: Known,
        row: Row,
        by_number: Mapping[int, Row],
    ) -> None:
        self._sheet, self._header, self._rules, self._known = sheet, header, rules, known
        self._row, self._by_number = row, by_number
        self.problems: list[RowProblem] = []
        self.notes: list[RowNote] = []
        self.claim = Claim("", "", "", sheet.name, row.number)
        self._refused: dict[int, str] = {}

    def is_passed_over(self) -> bool:
        """Whether the row is nobody: blank but for what is merged down, a remark, the header again."""
        columns = self._header.columns
        own = [cell for cell in self._row.cells if self._filled(cell)]
        if not own or fold(own[0][:20].split("：")[0].split(":")[0]) in self._rules.register.skip:
            return True
        if all(
            self._row.text(columns[name]).strip() == self._header.labels[columns[name]]
            for name in ("name", "body")
        ):
            return True
        return not any(self._filled(self._row.text(at)) for at in columns.values())

    def resolve(self, above: _PersonReader | None) -> Row:
        """Let dittos (同上) stand for the cells of the person above, or refuse them; return the row as it then reads."""
        cells, resolved = list(self._row.cells), []
        for field, at in self._header.columns.items():
            text = self._row.text(at)
            said = leaning(text, self._rules.register.dittos) if text else Leaning.NOT
            if said is Leaning.NOT:
                continue
            value = above.text(field) if above is not None else ""
            if field in _OWN:
                self._refused[at] = "每个人都不相同，不能写“同上”，请写明"
            elif said is Leaning.UNCLEAR or not self._filled(value):
                self._refused[at] = "看不出指的是哪一格的内容，请写明"
            elif leaning(value, self._rules.register.dittos) is not Leaning.NOT:
                self._refused[at] = "上面一行也没有写明，请写明"
            else:
                cells[at] = value
                resolved.append("".join(self._header.labels[at].split()))
        for label in resolved:
            told = f"“{label}”写的是“同上”一类的记号，按上面一行的内容登记"
            self.notes.append(RowNote(self._sheet.name, self._row.number, told))
        self._row = replace(self._row, cells=tuple(cells)) if resolved else self._row
        return self._row

    def person(self) -> Person | None:
        """The row's person; None when what they are cannot be told."""
        name, body = self._needed("name", self._name), self._needed("body", clean_line)
        level, roles = self._needed("level", self._level), self._needed("roles", self._roles)
        township, village = self._place(level, body or "")
        account = self._take("account", self._account, "")
        stopped = self._take("stopped", lambda text: bool(truth(text, self._rules.register)), False)
        duty = self._take("duty", clean_line, "")
        used = "" if stopped else account
        self.claim = Claim(name or "", body or "", used, self._sheet.name, self._row.number)
        if level is not None and body:
            self._known_body(level, body)
        if not name or not body or level is None or not roles:
            return None
        return Person(name, body, level, roles, duty, township, village, account, stopped)

    # -- cells -----------------------------------------------------------------------------------------------------

    def _filled(self, cell: str) -> bool:
        return bool(clean_line(cell)) and clean_line(cell).lower() not in self._rules.register.blank

    def text(self, field: str) -> str:
        """A field's cell; where it fills down, that of the merged cell that covers it."""
        at = self._header.columns.get(field)
        if at is None:
            return ""
        text = self._row.text(at)
        origin = self._sheet.merged.get((self._row.number, at))
        if (
            not self._filled(text)
            and origin
            and field in self._rules.fill_down
            and origin[0] in self._by_number
        ):
            text = self._by_number[origin[0]].text(origin[1])
        return text if self._filled(text) else ""

    def _take(self, field: str, parse: Callable[[str], _T], empty: _T) -> _T:
        text = self.text(field)
        at = self._header.columns.get(field, -1)
        if at in self._refused:
            self._problem(field, text, self._refused[at])
            return empty
        if (self._row.number, at) in self._sheet.troubles:
            self._problem(field, text, "单元格里是公式、错误值、日期或过长的数字，请改成文字")
            return empty
        try:
            return parse(text) if text else empty
        except CellError as error:
            self._problem(field, text, str(error))
            return empty

    def _needed(self, field: str, parse: Callable[[str], _T]) -> _T | None:
        before = len(self.problems)
        value = self._take(field, parse, None)
        if value is None and len(self.problems) == before:
            self._problem(field, "", "不能为空")
        return value

    def _problem(self, field: str, value: str, expected: str) -> None:
        label = self._header.labels.get(self._header.columns.get(field, -1)) or FIELD_TITLES[field]
        self.problems.append(
            RowProblem(self._sheet.name, self._row.number, "".join(label.split()), value.strip(), expected)
        )

    # -- what they mean --------------------------------------------------------------------------------------------

    def _name(self, text: str) -> str:
        name = clean_line(text)
        if not _NAME.fullmatch(name):
            raise CellError("应为 2 到 30 个字的姓名，不带括号、数字；同名的人以单位区分")
        return name

    def _level(self, text: str) -> Standing:
        levels = self._rules.levels
        found = next((levels[key] for key in label_keys(text) if key in levels), None)
        if found is None:
            raise CellError(f"应为 {'、'.join(Standing)} 之一")
        return found

    def _roles(self, text: str) -> tuple[Role, ...]:
        known = self._rules.roles
        whole = known.get(fold(text))
        parts = [part for part in _PARTED.split(text) if part]
        found = (whole,) if whole else tuple(known.get(fold(part)) for part in parts)
        roles = tuple(dict.fromkeys(role for role in found if role is not None))
        if None in found or not roles:
            raise CellError(f"应为 {'、'.join(Role)} 之一或几个，用顿号隔开")
        return roles

    def _account(self, text: str) -> str:
        account = clean_line(text)
        if not _ACCOUNT.fullmatch(account):
            raise CellError("应为登录这台电脑的用户名，不带空格和括号")
        return account

    def _place(self, level: Standing | None, body: str) -> tuple[str, str]:
        """镇街 and 村（社区） of people who work there, from their own columns or from their body's name."""
        if level not in _DERIVED:
            return "", ""
        rules = self._rules.register
        said = self._take("township", self._township, "")
        of_body = places.read_address(body, rules)
        township = said or self._township_of(body, of_body)
        if not township and not self.problems:
            self._problem("township", "", "不能为空：镇街和村（社区）的人要写明是哪个镇街")
        if level is Standing.TOWNSHIP:
            return township, ""
        after = body.partition(township)[2] if township and township in body else of_body.rest
        village = places.read_village(self.text("village"), rules).rest or places.village_in(
            _COMMITTEE.sub("", after)
        )
        if not village:
            self._problem("village", "", "不能为空：村（社区）的人要写明是哪个村（社区）")
        elif township and (township, village) not in self._known.villages:
            self.notes.append(
                RowNote(self._sheet.name, self._row.number, f"台账里没有{township}{village}的项目")
            )
        return township, village

    def _township(self, text: str) -> str:
        known = next((name for name in self._known.townships if name and name == clean_line(text)), "")
        return known or next(
            (one.name for one in places.read_township(text, self._rules.register).townships), ""
        )

    def _township_of(self, body: str, read: places.Place) -> str:
        if read.townships:
            return read.townships[0].name
        return next((name for name in sorted(self._known.townships) if name and name in body), "")

    def _known_body(self, level: Standing, body: str) -> None:
        if level in _DERIVED:
            return
        listed = self._rules.bodies.get(level, ())
        if level is Standing.DEPARTMENT:
            if not self._known.has_department(body, self._rules):
                self._unknown(level, body, "，台账里也没有项目由它主管", listed)
        elif listed and not _among(body, listed, self._rules.register.prefixes):
            self._unknown(level, body, "", listed)

    def _unknown(self, level: Standing, body: str, also: str, listed: Iterable[str]) -> None:
        self._problem(
            "body",
            body,
            f"不是名单里的{level.value}单位{also}。"
            f"名单在 {self._rules.source} 的 people.toml 里，可以改：{'、'.join(listed)}",
        )


def _among(body: str, listed: Iterable[str], prefixes: tuple[str, ...]) -> bool:
    return plain_body(body, prefixes) in {plain_body(one, prefixes) for one in listed}
