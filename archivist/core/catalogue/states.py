"""The state of each item (归档内容): what is there, and what the checks find on it, as one answer.

The only place that decides it, for lists, pages, drafts, reports and the gate. It is a projection of the checks'
findings, whatever checks there are: filed papers with an error on their item are 不合格, with a warning 待核, else 齐全;
what is not filed is 缺件, 待确认, 免交 or 选交. What was overridden (负责人核定) speaks against nothing, and its item says
so. What is only good to know changes no state, and neither does a warning that was explained when the project passed
the gate: a person looked at it, and the decision tells the reason.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from archivist.core.catalogue.completeness import OVERRIDDEN, Completeness, ItemStanding, ItemState, OfProject
from archivist.core.catalogue.overridden import overridden
from archivist.core.catalogue.presence import presence
from archivist.core.catalogue.reasons import UNDECIDED, fits, reason_of
from archivist.core.checks import findings_of
from archivist.core.checks.values import Finding, ProjectFile, Rules
from archivist.core.model import Severity
from archivist.core.rules import ItemRule

Explained = Collection[tuple[str, int | None, str | None]]
"""Warnings that a person explained: code, item and document of each."""


def states_of(file: ProjectFile, rules: Rules, today: date) -> Completeness:
    """Run the checks on a project and say how it stands."""
    return completeness(file, rules, findings_of(known(file, rules), rules, today))


def known(file: ProjectFile, rules: Rules) -> ProjectFile:
    """A project's file without papers of items that the catalogue does not have (any more): no rule speaks of those."""
    numbers = {rule.number for rule in rules.items}
    if all(one.item in numbers for one in file.documents):
        return file
    return replace(file, documents=tuple(one for one in file.documents if one.item in numbers))


def completeness(
    file: ProjectFile, rules: Rules, findings: Iterable[Finding], explained: Explained | None = None
) -> Completeness:
    """How a project stands, by what was found.

    Args:
        explained: None for what the decision of the gate explains, as long as it holds.
    """
    found = list(findings)
    over = [one.finding for one in overridden(file, rules, found)]
    told = telling(found, explained_by(file) if explained is None else explained, over)
    marked = {one.item for one in over}
    items = tuple(
        _standing(file, rule, [one for one in told if one.item == rule.number], rule.number in marked)
        for rule in rules.items
    )
    whole = tuple(OfProject(_state(one), one.message) for one in told if one.item is None)
    return Completeness(file.code, items, whole)


def telling(
    findings: Iterable[Finding], explained: Explained = (), over: Collection[Finding] = ()
) -> list[Finding]:
    """What changes a state, the worst first. ``over``: what was overridden."""
    found = [
        one
        for one in findings
        if (one.severity is Severity.ERROR and one not in over)
        or (one.severity is Severity.WARNING and (one.code, one.item, one.document) not in explained)
    ]
    return sorted(found, key=lambda one: _state(one) is not ItemState.UNQUALIFIED)


def explained_by(file: ProjectFile) -> Explained:
    """What the gate's decision explains, as long as it holds."""
    gate = file.gate
    if gate is None or not gate.standing or gate.decision is None:
        return ()
    return explained_in(gate.decision.reasons)


def explained_in(reasons: Iterable[Any]) -> Explained:
    """The warnings that ``reasons`` (records of findings, as a decision keeps them) are about."""
    return {(one.get("code"), one.get("item"), one.get("document")) for one in reasons}


def _standing(file: ProjectFile, rule: ItemRule, found: Sequence[Finding], marked: bool) -> ItemStanding:
    state, mark = presence(file, rule), (OVERRIDDEN,) if marked else ()
    if state is not ItemState.PRESENT or not found:
        return ItemStanding(rule.number, state, mark, rule.required)
    state = _state(found[0])
    reasons = [reason_of(one.code) for one in found if _state(one) is state]
    words = tuple(dict.fromkeys(reason.value for reason in reasons if reason is not None))
    return ItemStanding(rule.number, state, (*words, *mark), rule.required)


def _state(finding: Finding) -> ItemState:
    """An error that says only that a comparison could not be made speaks against no paper: a person must look."""
    undecided = any(fits(finding.code, pattern) for pattern in UNDECIDED)
    wrong = finding.severity is Severity.ERROR and not undecided
    return ItemState.UNQUALIFIED if wrong else ItemState.CHECK
