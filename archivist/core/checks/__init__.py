"""The checks of one project's documents (检查), one a file: what is there, whether it may be relied on, in what order.

A check is a function of the project's file, the rules and today's date, and gives what it compared (`Checked`) with
its findings. What it could not compare it says; it never counts as passed. Its module's `CODES` are those its findings
may have; schemas/output/check.schema.json says them to other programs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from archivist.core.checks.agreed import agreed
from archivist.core.checks.assessment import assessment
from archivist.core.checks.category import category
from archivist.core.checks.dates import dates
from archivist.core.checks.debts import debts
from archivist.core.checks.differs import differs
from archivist.core.checks.dossier import dossier
from archivist.core.checks.editions import editions
from archivist.core.checks.evidence import evidence
from archivist.core.checks.fitness import fitness
from archivist.core.checks.identity import identity
from archivist.core.checks.issued import issued
from archivist.core.checks.items import items
from archivist.core.checks.later import later
from archivist.core.checks.level import level
from archivist.core.checks.marks import marks
from archivist.core.checks.matters import matters
from archivist.core.checks.meetings import meetings
from archivist.core.checks.naming import naming
from archivist.core.checks.order import order
from archivist.core.checks.place import place
from archivist.core.checks.root import root
from archivist.core.checks.same_paper import same_paper
from archivist.core.checks.scope import scope, scoped
from archivist.core.checks.values import Checked, Finding, ProjectFile, Rules
from archivist.core.checks.votes import votes
from archivist.core.checks.waivers import waivers
from archivist.core.checks.within import within

CHECKS: tuple[Callable[[ProjectFile, Rules, date], Iterator[Checked]], ...] = (
    category,
    scope,
    items,
    evidence,
    fitness,
    naming,
    waivers,
    identity,
    same_paper,
    editions,
    place,
    level,
    votes,
    assessment,
    agreed,
    issued,
    differs,
    dossier,
    marks,
    dates,
    order,
    debts,
    matters,
    meetings,
    within,
    root,
)
"""All checks, in the order in which their outcome is told. Tests compare them with the files here and ask of each its
codes in the schema, its clause and a test file of its own."""


def run_checks(file: ProjectFile, rules: Rules, today: date) -> list[Checked]:
    """Run every check on one project, by the rules for its category."""
    own = scoped(file, rules)
    return [checked for check in CHECKS for checked in check(file, own, today)]


def findings_of(file: ProjectFile, rules: Rules, today: date) -> list[Finding]:
    """What the checks find, and what else a person should know of the project."""
    found = [finding for checked in run_checks(file, rules, today) for finding in checked.findings]
    return [*found, *later(file)]
