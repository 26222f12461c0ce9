"""What must hold between the cells of a dossier (算得平、日期不倒、不重复): each breach a sentence at its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from archivist.core.dossier.book import Book, CrossRule
from archivist.core.dossier.values import Dossier, Row, day, number
from archivist.core.evidence import rule_for


class Breach(NamedTuple):
    """What is wrong: in which row of a section (counted from 0), at which field, in words."""

    section: str
    row: int
    field: str
    told: str


def breaches(book: Book, dossier: Dossier) -> Iterator[Breach]:
    """All of them, rule by rule."""
    for rule in book.rules:
        rows = dossier.rows(rule.section)
        if rule.form == "unique":
            yield from _unique(rule, rows)
            continue
        for at, row in enumerate(rows):
            if not _asked(rule, row):
                continue
            told = _FORMS[rule.form](rule, row, dossier, book)
            if told is not None:
                where = rule.fields[0] if rule.form == "needs" else rule.one or rule.field
                yield Breach(rule.section, at, where, f"{rule.told}{told}（依据：{rule.basis}）")


def _asked(rule: CrossRule, row: Row) -> bool:
    """Whether a rule is for this row."""
    if rule.field and rule.form != "refers":
        value = row.get(rule.field)
        if value is None or (rule.values and value not in rule.values):
            return False
    return not rule.where or row.get(rule.where) in rule.being


def _unique(rule: CrossRule, rows: Sequence[Row]) -> Iterator[Breach]:
    seen: dict[tuple[str, ...], int] = {}
    for at, row in enumerate(rows):
        values = tuple(row.get(name, "") for name in rule.fields)
        if not any(values):
            continue
        if values in seen:
            told = f"{rule.told}：{'、'.join(filter(None, values))}（依据：{rule.basis}）"
            yield Breach(rule.section, at, rule.fields[0], told)
        seen.setdefault(values, at)


_Form = Callable[[CrossRule, Row, Dossier, Book], str | None]
"""What to say behind the rule's words where it is broken; None where it holds or cannot be asked."""


def _refers(rule: CrossRule, row: Row, dossier: Dossier, book: Book) -> str | None:
    value = row.get(rule.field)
    if value is None or any(one.get(rule.other) == value for one in dossier.rows(rule.to)):
        return None
    return f"：{value}"


def _total(rule: CrossRule, row: Row, dossier: Dossier, book: Book) -> str | None:
    parts = [number(row.get(name)) for name in rule.fields]
    whole = number(row.get(rule.other))
    if whole is None or any(part is None for part in parts):
        return None
    added = sum((part for part in parts if part is not None), Decimal(0))
    return None if added == whole else f"：{' + '.join(map(str, parts))} = {added}，{rule.other} {whole}"


def _at_most(rule: CrossRule, row: Row, dossier: Dossier, book: Book) -> str | None:
    smaller, larger = number(row.get(rule.one)), number(row.get(rule.other))
    if smaller is None or larger is None or smaller <= larger:
        return None
    return f"：{rule.one} {smaller}，{rule.other} {larger}"


def _order(rule: CrossRule, row: Row, dossier: Dossier, book: Book) -> str | None:
    earlier = day(row.get(rule.one))
    others = dossier.rows(rule.to) if rule.to else (row,)
    for other in others:
        later = day(other.get(rule.other))
        if earlier is not None and later is not None and later < earlier:
            return f"：{rule.one} {row[rule.one]}，{rule.other} {other[rule.other]}"
    return None


def _needs(rule: CrossRule, row: Row, dossier: Dossier, book: Book) -> str | None:
    return None if any(row.get(name) for name in rule.fields) else ""


def _bars(rule: CrossRule, row: Row, dossier: Dossier, book: Book) -> str | None:
    return "" if any(row.get(name) for name in rule.fields) else None


def _equal(rule: CrossRule, row: Row, dossier: Dossier, book: Book) -> str | None:
    one, other = number(row.get(rule.one)), number(row.get(rule.other))
    if one is None or other is None or (one == other) == (rule.form == "equal"):
        return None
    return f"：{rule.one} {one}，{rule.other} {other}"


def _days(rule: CrossRule, row: Row, dossier: Dossier, book: Book) -> str | None:
    first, last, told = day(row.get(rule.one)), day(row.get(rule.other)), number(row.get(rule.field))
    if first is None or last is None or last < first or told == (counted := (last - first).days + 1):
        return None
    return f"：写着 {told} 天，从{row[rule.one]}到{row[rule.other]}是 {counted} 天"


def _vote(rule: CrossRule, row: Row, dossier: Dossier, book: Book) -> str | None:
    """As `core.drafts.voting` tells of records, by the same rules."""
    numbers = [number(row.get(name)) for name in ("应到人数", "实到人数", "同意人数")]
    due, present, yes = numbers
    if due is None or present is None or yes is None or not book.votes:
        return None
    votes = rule_for(book.votes, row.get("会议名称", ""))
    said = f"写着“{row[rule.field]}”"
    if not votes.quorate(int(due), int(present)):
        return f"：{said}，应到 {due} 人、实到 {present} 人，到会的不够，会议的决定不算数"
    if not votes.carried(int(present), int(yes)):
        return f"：{said}，实到 {present} 人、同意 {yes} 人，没有通过"
    return None


_FORMS: Mapping[str, _Form] = {
    "refers": _refers,
    "total": _total,
    "at_most": _at_most,
    "order": _order,
    "needs": _needs,
    "bars": _bars,
    "equal": _equal,
    "unequal": _equal,
    "days": _days,
    "vote": _vote,
}
FORMS = ("unique", *_FORMS)
"""The forms that a rule may have (schemas/dossier.toml)."""
