"""What must agree within a document beside its sums: dates in their order, days counted, the cells of a row.

The rules are those of the kind's schema: ``x-order``, ``x-days`` and ``x-rows``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from archivist.core.drafts.kinds import DocumentKind, Field, RowRule
from archivist.core.drafts.names import printable
from archivist.core.drafts.problems import Path, Problem
from archivist.core.drafts.sources import official_date
from archivist.core.drafts.values import printed
from archivist.core.patterns import lazily

_SPAN = lazily(
    r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?"
    r"(?:[^\d年月日]{0,6}?[至到—－~～-]+\s*(?:(\d{4})[年./-])?(?:(\d{1,2})[月./-])?(\d{1,2})日?(?![\d时点:：.]))?"
)
"""A day, or the first and last of some (2024年12月2日至5日): what the last does not say is as of the first."""


class _Days(NamedTuple):
    """The first and the last day that a field or cell names, with its place."""

    path: Path
    title: str
    first: date
    last: date


def agreement_problems(kind: DocumentKind, values: Mapping[str, Any]) -> list[Problem]:
    """Return what disagrees, with its place."""
    return [*_out_of_order(kind, values), *_miscounted(kind, values), *_rows(kind, values)]


def _out_of_order(kind: DocumentKind, values: Mapping[str, Any]) -> Iterator[Problem]:
    """Dates before what must have been before them; those left open are passed over, the same day is in order."""
    for chain in kind.orders:
        latest: _Days | None = None
        for name in chain:
            found = list(_days(kind, name, values))
            yield from (
                Problem(one.path, one.title, f"从{_told(one.first)}到{_told(one.last)}，截止早于开始，请核对")
                for one in found
                if one.last < one.first
            )
            yield from (
                Problem(
                    one.path,
                    one.title,
                    f"是{_told(one.first)}，早于{latest.title}{_told(latest.last)}，请核对",
                )
                for one in found
                if latest is not None and one.first < latest.last
            )
            latest = max((one for one in (latest, *found) if one), key=lambda one: one.last, default=None)


def _days(kind: DocumentKind, name: str, values: Mapping[str, Any]) -> Iterator[_Days]:
    """The days that a field names, or each row of a column (表格.列)."""
    table, _, column = name.partition(".")
    if not column:
        span = _span(values.get(name))
        if span:
            yield _Days((name,), f"“{kind.field(name).title}”", *span)
        return
    title = _column(kind.field(table), column).title
    for at, row in _rows_of(values, table):
        span = _span(row.get(column))
        if span:
            yield _Days((table, at, column), f"“{kind.field(table).title}”第 {at + 1} 行“{title}”", *span)


def _span(value: Any) -> tuple[date, date] | None:
    found = _SPAN.search(value) if isinstance(value, str) else None
    if found is None:
        return None
    first = _date(*found.group(1, 2, 3))
    if first is None or not found[6]:
        return None if first is None else (first, first)
    last = _date(found[4] or found[1], found[5] or found[2], found[6])
    return (first, first if last is None else last)


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _miscounted(kind: DocumentKind, values: Mapping[str, Any]) -> Iterator[Problem]:
    """A count of days that its first and last day do not have, whether the first is counted or not (民法典第二百零一条)."""
    for rule in kind.days:
        count = values.get(rule.days)
        first, last = (_span(values.get(name)) for name in (rule.first, rule.last))
        if not isinstance(count, int) or not first or not last or last[1] < first[0]:
            continue
        between = (last[1] - first[0]).days
        if count not in (between, between + 1):
            said = f"填的是 {count}，从{_told(first[0])}到{_told(last[1])}是 {between + 1} 天，请核对"
            yield Problem((rule.days,), f"“{kind.field(rule.days).title}”", said)


def _rows(kind: DocumentKind, values: Mapping[str, Any]) -> Iterator[Problem]:
    for rule in kind.rows:
        table = kind.field(rule.of)
        for at, row in _rows_of(values, rule.of):
            if all(row.get(column) == wanted for column, wanted in rule.where) and (
                wrong := _wrong(rule, table, row)
            ):
                columns = "，".join(wanted for _, wanted in rule.where)
                because = f"写着“{columns}”，但" if columns else ""
                path = (rule.of, at, rule.needs or rule.compared[0])
                yield Problem(path, f"“{table.title}”第 {at + 1} 行", f"{because}{wrong}，请核对")


def _wrong(rule: RowRule, table: Field, row: Mapping[str, Any]) -> str:
    """What is wrong with a row that a rule is for; "" where nothing is, or a figure is open."""
    if rule.needs:
        given = row.get(rule.needs)
        return f"没有填“{_column(table, rule.needs).title}”" if given in (None, "") else ""
    one, other = (row.get(name) for name in rule.compared)
    if one is None or other is None or isinstance(one, str) or isinstance(other, str):
        return ""
    if not (one < other if rule.least else one > other):
        return ""
    fields = [_column(table, name) for name in rule.compared]
    told = [
        f"{field.title} {printable(printed(field, value))}"
        for field, value in zip(fields, (one, other), strict=True)
    ]
    return f"{told[0]} {'少于' if rule.least else '多于'}{told[1]}"


def _rows_of(values: Mapping[str, Any], table: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    rows = values.get(table)
    if isinstance(rows, list):
        yield from ((at, row) for at, row in enumerate(rows) if isinstance(row, Mapping))


def _column(table: Field, name: str) -> Field:
    return next(column for column in table.columns if column.name == name)


def _told(day: date) -> str:
    return official_date(day)
