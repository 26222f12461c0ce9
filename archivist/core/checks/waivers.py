"""Whether what need not be there (免交) may be left out: 附件4 knows no 免交, so hardly anything may."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from archivist.core.catalogue.completeness import Waiver
from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules, cited, outcome_of
from archivist.core.model import Severity
from archivist.core.rules import ItemRule

CODES = ("waiver-void",)


def waivers(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """Every waiver, those of earlier editions as well, where nothing is filed for its item."""
    given = [one for one in (*file.waivers.values(), *file.void) if not file.of(one.item)]
    known = {rule.number: rule for rule in rules.items}
    found = tuple(
        _void(file, known[one.item], one, why)
        for one in sorted(given, key=lambda one: one.item)
        if one.item in known and (why := _why_void(file, known[one.item], one))
    )
    clause = cited(rules.procedure)
    outcome = outcome_of(found) if given else Outcome.NOT_NEEDED
    told = f"{len(given)} 项免交，不算数的 {len(found)} 项" if given else "没有免交"
    yield Checked("waivers", "免交只限可以免交的内容，有盖章的情况说明", clause, outcome, told, found)


def _why_void(file: ProjectFile, rule: ItemRule, one: Waiver) -> str:
    """Why a waiver counts for nothing; "" when it holds."""
    if rule.waiver is None:
        return f"{rule.clause}，方案没有免交的规定，这一项要有材料"
    statement = next((held for held in file.documents if held.id == one.document), None)
    good = statement is not None and rule.waiver.called_so(statement.title, statement.path)
    if one in file.void or statement is None or statement.item not in rule.waiver.items or not good:
        return f"没有盖章的情况说明作依据（{rule.waiver.when}，才可以免交）"
    return ""


def _void(file: ProjectFile, rule: ItemRule, one: Waiver, why: str) -> Finding:
    message = f"第{one.item}项“{rule.short}”的免交（{one.told}）不算数：{why}。"
    return Finding(
        file.code, one.item, "waiver-void", Severity.ERROR, message, one.document, clause=rule.clause
    )
