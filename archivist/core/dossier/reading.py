"""What somebody gives for a dossier, section by section → the dossier, or all that is wrong with it at once, in Chinese."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archivist.core.dossier.book import Book
from archivist.core.dossier.rules import breaches
from archivist.core.dossier.values import Dossier, Row, day, in_order, number, plain
from archivist.core.drafts.kinds import Field
from archivist.core.drafts.names import by_name, printable
from archivist.core.drafts.values import coerce, is_given

Placed = tuple[str, Mapping[str, Any]]
"""One row as it was given, and how people find it: 第5行."""

Given = Mapping[str, Sequence[Placed] | None]
"""By section: its rows, none of them for “无”, None for a section that is to be forgotten."""


@dataclass(frozen=True, slots=True)
class Read:
    """A dossier that was read, and a sentence for each thing that is wrong: with any, nothing of it may be kept."""

    dossier: Dossier
    problems: tuple[str, ...] = ()


def read(book: Book, given: Given, before: Dossier) -> Read:
    """Put what was given in the place of what was known; sections that nobody gives stay.

    Everything is looked at: what stays must go with what comes.
    """
    problems: list[str] = []
    sections = {
        name: [(f"编号 {row.get(book.key(name), '')}", row) for row in rows]
        for name, rows in before.sections.items()
    }
    for name, rows in given.items():
        if rows is None:
            sections.pop(name, None)
        else:
            sections[name] = [(place, _row(book, name, place, row, problems)) for place, row in rows]
    for name, placed in sections.items():
        sections[name] = _counted(book, name, placed)
    places = {name: [place for place, _ in sections[name]] for name in sections}
    whole = Dossier({name: tuple(row for _, row in sections[name]) for name in book.ordered(sections)})
    problems += _cells(book, whole, places)
    problems += _repeated(book, whole, places)
    problems += [
        f"“{section}”{places[section][at]}“{_title(book, section, field)}”：{told}"
        for section, at, field, told in breaches(book, whole)
    ]
    ordered = {name: in_order(rows, book.key(name)) for name, rows in whole.sections.items()}
    return Read(Dossier(ordered), tuple(dict.fromkeys(problems)))


def _title(book: Book, section: str, field: str) -> str:
    return next((one.title for one in book.field(section).columns if one.name == field), field)


def _row(book: Book, section: str, place: str, row: Mapping[str, Any], problems: list[str]) -> Row:
    """A row by the fields' names, each cell as text in one form; what does not fit stays as it is, to be told."""
    columns = {column.name: column for column in book.field(section).columns}
    where = f"“{section}”{place}"
    named = by_name(row, book.field(section).columns, where, problems)
    out = {}
    for name, value in named.items():
        if not is_given(value):
            continue
        if isinstance(value, list | tuple | dict):
            problems.append(f"{where}“{columns[name].title}”应为一个值，现在是一组")
            continue
        out[name] = plain(coerce(columns[name], value))
    return {name: out[name] for name in columns if name in out}


def _counted(book: Book, section: str, placed: Sequence[tuple[str, Row]]) -> list[tuple[str, Row]]:
    """Rows of which each has its key: one that was left blank is the next number."""
    rule = book.rule(section)
    if not rule.counted:
        return list(placed)
    taken = [int(row[rule.key]) for _, row in placed if row.get(rule.key, "").isdecimal()]
    following = max(taken, default=0) + 1
    out = []
    for place, row in placed:
        if rule.key in row:
            out.append((place, row))
        else:
            out.append((place, {rule.key: str(following), **row}))
            following += 1
    return out


# -- cells -------------------------------------------------------------------------------------------------------


def _cells(book: Book, dossier: Dossier, places: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What the schema, and the calendar, do not allow."""
    from jsonschema import Draft202012Validator

    typed = {
        name: [{column: _typed(book, name, column, text) for column, text in row.items()} for row in rows]
        for name, rows in dossier.sections.items()
    }
    errors = Draft202012Validator(book.kind.schema).iter_errors(typed)
    for error in sorted(errors, key=lambda one: [str(step).zfill(6) for step in one.absolute_path]):
        yield from _sentences(book, error, places)
    for name, rows in dossier.sections.items():
        for column in book.field(name).columns:
            for at, row in enumerate(rows):
                text = row.get(column.name)
                if column.date and text is not None and _looks_dated(text) and day(text) is None:
                    yield f"“{name}”{places[name][at]}“{column.title}”填的是“{text}”，日历上没有这一天"


def _looks_dated(text: str) -> bool:
    return text.endswith("日") and "年" in text and len(text) <= len("2024年11月20日")


def _typed(book: Book, section: str, column: str, text: str) -> object:
    field = next(one for one in book.field(section).columns if one.name == column)
    value = number(text) if field.kind in ("number", "integer") else None
    if value is None:
        return text
    return int(value) if field.kind == "integer" and value == value.to_integral_value() else value


_TOO_MUCH: Mapping[str, Callable[[Any, Any], str]] = {
    "maxLength": lambda value, most: f"有 {len(value)} 个字，最多 {most} 个字",
    "maxItems": lambda value, most: f"有 {len(value)} 行，最多 {most} 行",
}


def _sentences(book: Book, error: Any, places: Mapping[str, Sequence[str]]) -> Iterator[str]:
    section, *more = error.absolute_path
    where = f"“{section}”" + (places[section][more[0]] if more else "")
    columns: Mapping[str, Field] = {one.name: one for one in book.field(section).columns}
    if error.validator == "required":
        for column in columns.values():
            if column.required and column.name not in error.instance:
                yield f"{where}缺少“{column.title}”{_expected(column)}"
        return
    if len(more) > 1:
        where += f"“{columns[more[1]].title}”"
    if error.validator in _TOO_MUCH:
        yield where + _TOO_MUCH[error.validator](error.instance, error.validator_value)
        return
    yield f"{where}填的是“{printable(error.instance)}”{_expected(columns[more[1]])}"


def _expected(field: Field) -> str:
    return f"，{field.description}" if field.description else ""


def _repeated(book: Book, dossier: Dossier, places: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Keys that come twice: no asset is disposed of twice, no debt entered twice under one number."""
    for name, rows in dossier.sections.items():
        seen: dict[str, str] = {}
        key = book.key(name)
        for at, row in enumerate(rows):
            value = row.get(key, "")
            if value and value in seen:
                yield f"“{name}”{places[name][at]}“{key}”：“{printable(value)}”在{seen[value]}已经写过，一项只登记一次"
            seen.setdefault(value, places[name][at])
