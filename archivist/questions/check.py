"""What stands in the way of a project's 销号, and what a person should look at (检查)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.core.checks import findings_of
from archivist.questions.register import known_names, known_projects

if TYPE_CHECKING:
    from datetime import date

    from archivist.core.checks.values import Finding, ProjectFile, Rules
    from archivist.index.reader import IndexReader


@dataclass(frozen=True, slots=True)
class Examined:
    """One project and what the checks found; a finding's ``record`` is what ``check --json`` prints."""

    file: ProjectFile
    findings: tuple[Finding, ...]


def check(
    index: IndexReader, rules: Rules, today: date, codes: Collection[str] = (), township: str | None = None
) -> tuple[Examined, ...]:
    """Check the projects ``codes``, by township and code; without any, all that are to be wound up (淘汰类).

    Args:
        township: only its projects; part of the name is enough.

    Raises:
        UsageError: the register lacks one of the projects, or the township.
    """
    townships = None
    if township is not None:
        townships = known_names("township", township, index.projects.values("township"))
    if codes:
        known_projects(index.projects.names(codes), codes)
    chosen = index.projects.codes(codes, townships, None if codes else rules.procedure.category)
    return tuple(
        Examined(file, tuple(findings_of(file, rules, today))) for file in index.project_files.each(chosen)
    )
