"""What stands in the way of a project's 销号, and what a person should look at (检查)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archivist.core.catalogue.overridden import overridden
from archivist.core.checks import run_checks
from archivist.core.checks.later import later
from archivist.questions.register import known_names, known_projects

if TYPE_CHECKING:
    from datetime import date

    from archivist.core.catalogue.overridden import Overridden
    from archivist.core.checks.values import Checked, Finding, ProjectFile, Rules
    from archivist.core.override import Override
    from archivist.index.reader import IndexReader


@dataclass(frozen=True, slots=True)
class Examined:
    """One project and what the checks found; ``overridden`` are those of them that somebody overrode, ``checked`` is how
    each check went.
    """

    file: ProjectFile
    findings: tuple[Finding, ...]
    overridden: tuple[Overridden, ...] = ()
    checked: tuple[Checked, ...] = ()

    def override(self, finding: Finding) -> Override | None:
        """What overrides one of the findings (负责人核定); None where nothing does."""
        return next((one.override for one in self.overridden if one.finding == finding), None)

    @property
    def standing(self) -> list[Finding]:
        """The findings that nobody overrode."""
        return [one for one in self.findings if self.override(one) is None]

    def records(self) -> Iterator[dict[str, Any]]:
        """The lines of ``check --json``."""
        for one in self.findings:
            over = self.override(one)
            yield {**one.record(), "override": None if over is None else over.record()}


def check(
    index: IndexReader, rules: Rules, today: date, codes: Collection[str] = (), township: str | None = None
) -> tuple[Examined, ...]:
    """Check the projects ``codes``, by township and code; without any, all that are to be wound up (淘汰类).

    Args:
        township: only its projects; part of the name is enough.

    Raises:
        UsageError: the register lacks one of the projects, or the township.
    """
    return tuple(examined(index, rules, today, codes, township))


def examined(
    index: IndexReader, rules: Rules, today: date, codes: Collection[str] = (), township: str | None = None
) -> Iterator[Examined]:
    """As `check`, project by project; what is asked for wrongly is said before the first."""
    townships = None
    if township is not None:
        townships = known_names("township", township, index.projects.values("township"))
    if codes:
        known_projects(index, index.projects.names(codes), codes)
    chosen = index.projects.codes(codes, townships, None if codes else rules.procedure.category)
    return (_examined(file, rules, today) for file in index.project_files.each(chosen))


def _examined(file: ProjectFile, rules: Rules, today: date) -> Examined:
    checked = tuple(run_checks(file, rules, today))
    found = (*(finding for one in checked for finding in one.findings), *later(file))
    return Examined(file, found, tuple(overridden(file, rules, found)), checked)
