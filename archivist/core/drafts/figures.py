"""Figures worked out from tables (合计), and the refusal of a total that its parts contradict."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from archivist.core.drafts.kinds import DocumentKind, Field, Tally
from archivist.core.drafts.problems import Problem
from archivist.core.drafts.values import printed


def tally(field: Field, values: Mapping[str, Any]) -> Decimal | int | None:
    """Return the figure ``field`` asks for; ``None`` when its table is absent or a cell it needs is open."""
    assert field.tally is not None
    rows = values.get(field.tally.of)
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        return None
    if any(row.get(column) is None for row in rows for column, _ in field.tally.where):
        return None
    counted = [row for row in rows if _fits(field.tally, row)]
    if not field.tally.column:
        return len(counted)
    cells = [row.get(field.tally.column) for row in counted]
    if not all(isinstance(cell, Decimal | int) for cell in cells):
        return None
    return sum((Decimal(cell) for cell in cells if cell is not None), Decimal(0))


def sum_problems(kind: DocumentKind, values: Mapping[str, Any]) -> list[Problem]:
    """Return what is wrong with every total that does not agree with its parts, with both figures."""
    problems = []
    for field in kind.fields:
        if field.tally is None or field.name not in values:
            continue
        worked_out = tally(field, values)
        if worked_out is not None and worked_out != values[field.name]:
            said = (
                f"填的是 {printed(field, values[field.name])}，"
                f"按“{kind.field(field.tally.of).title}”算出来是 {printed(field, worked_out)}，"
                f"相差 {printed(field, abs(worked_out - values[field.name]))}，请核对"
            )
            problems.append(Problem((field.name,), f"“{field.title}”", said))
    return problems + _check_parts(kind, values)


def _check_parts(kind: DocumentKind, values: Mapping[str, Any]) -> list[Problem]:
    problems = []
    for check in kind.checks:
        if any(name not in values for name in (*check.parts, check.total)):
            continue
        total = sum(values[name] for name in check.parts)
        if total != values[check.total]:
            parts = " + ".join(f"{kind.field(name).title} {values[name]}" for name in check.parts)
            said = f"{parts} = {total}，与{kind.field(check.total).title} {values[check.total]} 不符，请核对"
            problems.append(Problem((check.total,), "", said))
    return problems


def _fits(rule: Tally, row: Mapping[str, Any]) -> bool:
    return all(row.get(column) == wanted for column, wanted in rule.where)
