"""What papers tell of and others must show to be settled (事项): property registered, land restored, replacements signed.

All rules are one: told by the facts of any paper, met by those of another or by a paper's title.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules, cited
from archivist.core.crossrules import MatterRule
from archivist.core.document import Holding
from archivist.core.evidence import EvidenceState, grade
from archivist.core.model import Fact, Severity

CODES = ("matter-*",)
"""* stands for the rule's slug in procedure.toml."""

_NOTHING = {"", "0.00"}


def matters(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """One for each matter."""
    for rule in rules.procedure.cross.matters:
        yield _checked(file, rule)


def _checked(file: ProjectFile, rule: MatterRule) -> Checked:
    slug, clause = f"matter-{rule.slug}", cited(rule)
    told = _told(file, rule)
    if told is None or not _asked(file, rule):
        return Checked(slug, rule.name, clause, Outcome.NOT_NEEDED, "材料里没有写到这样的事项")
    met = _met(file, rule)
    if met:
        return Checked(slug, rule.name, clause, Outcome.PASSED, met)
    held, fact = told
    place = f"第{held.item}项{held.called}"
    message = f"{place}写到了“{fact.quote[:80]}”，{rule.message}"
    severity = Severity.ERROR if rule.strict else Severity.WARNING
    finding = Finding(file.code, None, slug, severity, message, held.id, fact.page, fact.quote, clause)
    return Checked(slug, rule.name, clause, Outcome.BREACHED, f"{place}写到了，没有看到办好", (finding,))


def _asked(file: ProjectFile, rule: MatterRule) -> bool:
    ownership = file.register.ownership if file.register is not None else ""
    return not rule.ownership or any(word in ownership for word in rule.ownership)


def _told(file: ProjectFile, rule: MatterRule) -> tuple[Holding, Fact] | None:
    """The first that tells of it."""
    return next(
        (
            (held, fact)
            for held, fact in _facts(file, rule.told)
            if fact.value not in _NOTHING and not any(word in fact.value for word in rule.denied)
        ),
        None,
    )


def _met(file: ProjectFile, rule: MatterRule) -> str:
    """What shows it settled, in words; "" when nothing does."""
    for held in file.documents:
        if grade(held).state is EvidenceState.DRAFT:
            continue  # what somebody means to do is not done
        words = held.title or held.name
        if held.item in rule.items and any(pattern.search(words) for pattern in rule.titles):
            return f"第{held.item}项{held.called}"
    for held, fact in _facts(file, rule.met):
        if rule.met_items and held.item not in rule.met_items:
            continue
        if grade(held).state is not EvidenceState.DRAFT and not any(
            word in fact.value for word in rule.unmet
        ):
            return f"第{held.item}项{held.called}第{fact.page}页“{fact.quote[:80]}”"
    return ""


def _facts(file: ProjectFile, names: tuple[str, ...]) -> Iterator[tuple[Holding, Fact]]:
    for held in file.documents:
        for fact in held.facts:
            if fact.name in names and fact.project in ("", file.code):
                yield held, fact
