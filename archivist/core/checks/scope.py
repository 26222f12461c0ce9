"""Which rules a project's category asks for (适用的规则): 附件4 is for 淘汰类, the four steps also for 重大闲置类."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules, cited, outcome_of
from archivist.core.crossrules import ScopeRule
from archivist.core.model import Severity
from archivist.core.rules import ItemRule

CODES = ("scope-unclear",)


def scope(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """Which it is, and whether the register says enough to tell."""
    known = _of_category(file, rules)
    name = "按项目类别适用的规则"
    if not rules.procedure.cross.scopes:
        return
    if not known:
        told = "附件4的归档目录只用于淘汰类，不适用于这个类别的项目"
        yield Checked("scope", name, rules.procedure.clause, Outcome.NOT_NEEDED, told)
        return
    chosen = _chosen(file, known)
    if chosen is not None:
        yield Checked("scope", name, cited(chosen), Outcome.PASSED, chosen.name)
        return
    rule = known[0]
    told = f"台账没有写明{rule.category}是一般还是重大"
    message = f"{told}：重大的要走四步程序。请在台账里补填后重新导入。"
    finding = Finding(
        file.code, None, "scope-unclear", Severity.WARNING, message, quote=rule.quote, clause=cited(rule)
    )
    yield Checked("scope", name, cited(rule), outcome_of((finding,)), told, (finding,))


def scoped(file: ProjectFile, rules: Rules) -> Rules:
    """The rules as far as they ask something of this project. Without scopes in the data all of them do."""
    procedure = rules.procedure
    if not procedure.cross.scopes:
        return rules
    chosen = _chosen(file, _of_category(file, rules))
    asked = set(chosen.items if chosen is not None else ())
    items = tuple(_item(rule, chosen, rule.number in asked) for rule in rules.items)
    orders = tuple(
        order for order in procedure.orders if all(asked.issuperset(step.items) for step in order.steps)
    )
    agreed, assessment = procedure.agreed, procedure.cross.assessment
    if agreed is not None:
        agreed = replace(agreed, items=tuple(number for number in agreed.items if number in asked))
    if assessment is not None and not asked.issuperset(assessment.items):
        assessment = None
    cross = replace(procedure.cross, assessment=assessment)
    return Rules(items, replace(procedure, orders=orders, agreed=agreed, cross=cross))


def _item(rule: ItemRule, chosen: ScopeRule | None, asked: bool) -> ItemRule:
    """An item as it is asked of the project: what only 重大闲置类 asks for is asked by its clause, not by 附件4."""
    clause = chosen.clause if chosen is not None and chosen.major is not None else rule.clause
    return replace(rule, required=rule.required and asked, clause=clause)


def _of_category(file: ProjectFile, rules: Rules) -> Sequence[ScopeRule]:
    return [rule for rule in rules.procedure.cross.scopes if rule.category == file.category]


def _chosen(file: ProjectFile, known: Sequence[ScopeRule]) -> ScopeRule | None:
    """The rule that is the project's; None where the register does not say which of two."""
    major = file.register.major_idle if file.register is not None else None
    return next((rule for rule in known if rule.major is None or rule.major is major), None)
