"""A register of people (人员名册) → people. Kind by content; every error at once; nothing half imported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from archivist.core.people.person import Person, Role, Standing
from archivist.core.people.reading import (
    Claim,
    PeopleHeader,
    PlacedPerson,
    doubles,
    find_people_header,
    read_people,
)
from archivist.core.people.rules import COLUMNS, Administrators, Known, PeopleRules
from archivist.core.register import RowNote, RowProblem, Sheet, describe_notes
from archivist.core.register.table import shorten
from archivist.core.text import fold
from archivist.errors import BadInputError
from archivist.ledger.reading import RegisterError, in_file_order, read_sheets
from archivist.ledger.rules import load_register_rules
from archivist.workspace.rulefile import RuleFile, RuleTable, raise_if_wrong


@dataclass(frozen=True, slots=True)
class PeopleFile:
    """What a file says: its people in the file's order, and notes for whoever imports it."""

    people: tuple[Person, ...]
    notes: tuple[str, ...]


def read_people_file(path: Path, rules: PeopleRules, known: Known) -> PeopleFile:
    """Read a register of people from .xlsx or .csv.

    Raises:
        RegisterError: rows are wrong; all of them are named, with row and column as in the file.
        BadInputError: the file cannot be read as a register of people at all.
    """
    name, sheets, notes = read_sheets(path)
    recognised = [(sheet, header) for sheet in sheets if (header := find_people_header(sheet, rules))]
    if not recognised:
        raise BadInputError(
            f"{name} 里找不到表头：要有一行同时写着“姓名”和“单位”。请补上这两列再导入；还要有“层级”和“角色”两列。"
        )
    placed: list[PlacedPerson] = []
    problems: list[RowProblem] = []
    row_notes: list[RowNote] = []
    claims: list[Claim] = []
    for sheet, header in recognised:
        problems += _lacking(sheet, header)
        reading = read_people(sheet, header, rules, known)
        placed += reading.people
        claims += reading.claims
        problems += reading.problems
        row_notes += reading.notes
        if header.unknown:
            notes.append(f"没有导入不认识的列：{'、'.join(header.unknown)}")
    problems += doubles(claims, rules.register.prefixes)
    if problems:
        raise RegisterError(name, in_file_order(problems, [sheet.name for sheet, _ in recognised]))
    if not placed:
        raise BadInputError(f"{name} 里只有表头，没有人员。请填好人员再导入。")
    others = [shorten(sheet.name) for sheet in sheets if not any(sheet is one for one, _ in recognised)]
    if others:
        notes.append(f"没有姓名和单位两列、已跳过的工作表：{'、'.join(others)}")
    return PeopleFile(tuple(one.person for one in placed), (*notes, *describe_notes(row_notes)))


def _lacking(sheet: Sheet, header: PeopleHeader) -> Iterator[RowProblem]:
    """Columns nobody can do without."""
    for field, title in (("level", "层级"), ("roles", "角色")):
        if field not in header.columns:
            yield RowProblem(sheet.name, header.row, title, "", "没有这一列，请补上")


# -- people.toml ---------------------------------------------------------------------------------------------------


def load_people_rules(folder: Path, register: Path) -> PeopleRules:
    """Read people.toml in ``folder``, and what is known of townships from the schemas in ``register``.

    Raises:
        SettingsError: a file is missing, does not parse, or holds what is not allowed (all of it named).
    """
    file = RuleFile(folder / "people.toml")
    table = file.toml()
    table.get("schema")
    columns, bodies = table.table("columns"), table.table("bodies")
    rules = PeopleRules(
        headers=dict(_headers(columns)),
        fill_down=frozenset(_fill_down(columns)),
        levels={word: Standing(name) for word, name in _spellings(table, "level", list(Standing))},
        roles={word: Role(name) for word, name in _spellings(table, "role", list(Role))},
        bodies={Standing(name): bodies.words(name) for name in _known(bodies, list(Standing))},
        administrators=_administrators(table.table("administrators")),
        register=load_register_rules(register),
        source=str(folder),
    )
    table.done()
    raise_if_wrong(file)
    return rules


def _headers(columns: RuleTable) -> Iterator[tuple[str, str]]:
    seen: dict[str, str] = {}
    for name in columns.data:
        if name not in COLUMNS:
            columns.wrong(name, f"：没有这个字段，可用的有 {'、'.join(COLUMNS)}")
            continue
        column = columns.table(name)
        for variant in column.words("variants"):
            if seen.setdefault(fold(variant), name) != name:
                column.wrong("variants", f"：列名“{variant}”在 columns.{seen[fold(variant)]} 里已有")
            yield fold(variant), name
        column.get("fill_down")
        column.done()
    for name in ("name", "body", "level", "roles"):
        if name not in columns:
            columns.file.wrong("", f"缺少 columns.{name}")


def _fill_down(columns: RuleTable) -> Iterator[str]:
    for name, column in columns.data.items():
        if name in COLUMNS and isinstance(column, dict) and columns.table(name).flag("fill_down", False):
            yield name


def _known(table: RuleTable, names: Sequence[str]) -> list[str]:
    for name in table.data:
        table.known(name, name, names, "名称")
    return [name for name in table.data if name in names]


def _spellings(table: RuleTable, key: str, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    part = table.table(key)
    for name in _known(part, names):
        own = part.table(name)
        for word in own.words("spellings"):
            yield fold(word), name
        own.done()


def _administrators(table: RuleTable) -> Administrators:
    clause, quote = table.text("clause"), table.text("quote")
    names = [name for name in table.data if name not in {"clause", "quote"}]
    for name in names:
        table.known(name, name, list(Standing), "层级")
    counts = {Standing(name): table.number(name) for name in names if name in list(Standing)}
    return Administrators(clause, quote, counts)
