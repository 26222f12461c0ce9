"""What one version of a dossier says otherwise than another: cell by cell, so that its history can be told and replayed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archivist.core.dossier.book import Book
from archivist.core.dossier.values import EMPTY, NONE, Dossier, Row, in_order


@dataclass(frozen=True, slots=True)
class Change:
    """One cell: ``before`` and ``after`` are "" where it was, or is, blank.

    With ``key`` and ``field`` "" it is the section itself: whether somebody told of it (无) or not ("").
    """

    section: str
    key: str
    field: str
    before: str
    after: str

    @property
    def contradicts(self) -> bool:
        """Whether it says otherwise than was entered before; what only adds does not."""
        return bool(self.before)

    def record(self) -> dict[str, str]:
        """As it is kept and printed."""
        return {
            "section": self.section,
            "key": self.key,
            "field": self.field,
            "before": self.before,
            "after": self.after,
        }

    @property
    def back(self) -> Change:
        """What takes it back."""
        return Change(self.section, self.key, self.field, self.after, self.before)


def change_from(record: Mapping[str, Any]) -> Change:
    """The change of its record."""
    return Change(*(str(record[name]) for name in ("section", "key", "field", "before", "after")))


def differences(book: Book, before: Dossier, after: Dossier) -> tuple[Change, ...]:
    """All that changed, by section, row and field in the order of the book."""
    sections = book.ordered({*before.sections, *after.sections})
    return tuple(change for name in sections for change in _section(book, name, before, after))


def _section(book: Book, name: str, before: Dossier, after: Dossier) -> Iterator[Change]:
    """A section comes before its rows, and goes after them."""
    if after.tells(name) and not before.tells(name):
        yield Change(name, "", "", "", NONE)
    key = book.key(name)
    old, new = ({row.get(key, ""): row for row in one.rows(name)} for one in (before, after))
    for known in (row[key] for row in in_order([{key: one} for one in {*old, *new}], key)):
        was, now = old.get(known, {}), new.get(known, {})
        for column in book.field(name).columns:
            if was.get(column.name) != now.get(column.name):
                yield Change(name, known, column.name, was.get(column.name, ""), now.get(column.name, ""))
    if before.tells(name) and not after.tells(name):
        yield Change(name, "", "", NONE, "")


def applied(book: Book, dossier: Dossier, changes: Iterable[Change]) -> Dossier:
    """A dossier after ``changes``, which need not know what was there before."""
    sections: dict[str, dict[str, dict[str, str]]] = {
        name: {row.get(book.key(name), ""): dict(row) for row in rows}
        for name, rows in dossier.sections.items()
    }
    for one in changes:
        if not one.field:
            if one.after:
                sections.setdefault(one.section, {})
            else:
                sections.pop(one.section, None)
            continue
        row = sections.setdefault(one.section, {}).setdefault(one.key, {})
        if one.after:
            row[one.field] = one.after
        else:
            row.pop(one.field, None)
    return Dossier(
        {
            name: in_order([_laid(book, name, row) for row in sections[name].values() if row], book.key(name))
            for name in book.ordered(sections)
        }
    )


def _laid(book: Book, section: str, row: Row) -> Row:
    return {one.name: row[one.name] for one in book.field(section).columns if one.name in row}


def replayed(book: Book, history: Iterable[Iterable[Change]]) -> Dossier:
    """What a history makes of nothing."""
    dossier = EMPTY
    for changes in history:
        dossier = applied(book, dossier, changes)
    return dossier


def undoing(changes: Iterable[Change]) -> tuple[Change, ...]:
    """What takes ``changes`` back, the last of them first."""
    return tuple(one.back for one in reversed(list(changes)))


def _is_key(book: Book, one: Change) -> bool:
    return one.field == book.key(one.section)


def told(book: Book, changes: Iterable[Change]) -> Iterator[str]:
    """A line for each change, as people read it; a row that is gone is told once, not cell by cell."""
    listed = list(changes)
    gone = {(one.section, one.key) for one in listed if _is_key(book, one) and not one.after}
    for one in listed:
        if (one.section, one.key) in gone and one.field and not _is_key(book, one):
            continue
        if not one.field:
            words = "登记（没有的写无）" if one.after else "不再登记"
            yield f"“{one.section}”：{words}"
            continue
        title = next(
            (column.title for column in book.field(one.section).columns if column.name == one.field),
            one.field,
        )
        where = f"“{one.section}”{one.key}　{title}"
        if _is_key(book, one):
            yield f"“{one.section}”{one.key}：{'新增一行' if one.after else '删除这一行'}"
        elif not one.before:
            yield f"{where}：填写“{one.after}”"
        elif not one.after:
            yield f"{where}：“{one.before}”→ 空"
        else:
            yield f"{where}：“{one.before}”→“{one.after}”"
