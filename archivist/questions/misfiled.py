"""What people filed and does not look as if it belonged there (像是放错的): another project's, place's or item's paper.

A person's filing stands; it is told at once, beside what became of the file, and to whoever looks at what waits.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.core.catalogue.reasons import reason_of
from archivist.core.checks import findings_of
from archivist.core.model import Severity
from archivist.index.states import Chosen

if TYPE_CHECKING:
    from datetime import date

    from archivist.core.catalogue.standard import Standard
    from archivist.core.checks.values import Finding, Rules
    from archivist.core.document import Holding
    from archivist.index.reader import IndexReader

CODES = frozenset(
    {
        "names-other",
        "other-place",
        "other-place-unclear",
        "other-project",
        "unfit",
        "level-wrong",
        "same-paper",
    }
)
"""Codes of findings that say so of a document, with the reasons of a state they make."""

_REASONS = frozenset(reason.value for code in CODES if (reason := reason_of(code)) is not None)


@dataclass(frozen=True, slots=True)
class Misfiled:
    """A document that a person filed, and the worst that speaks against its place."""

    document: Holding
    finding: Finding


def misfiled(index: IndexReader, rules: Rules, today: date, codes: Collection[str]) -> Iterator[Misfiled]:
    """What people filed in the projects ``codes`` that looks misplaced, by project and item."""
    for file in index.project_files.each(sorted(codes)) if codes else ():
        told: dict[str, Finding] = {}
        for finding in findings_of(file, rules, today):
            if finding.code in CODES and finding.document is not None:
                before = told.get(finding.document)
                if before is None or before.severity is not Severity.ERROR is finding.severity:
                    told[finding.document] = finding
        for one in file.documents:
            if one.decided_by is not None and one.id in told:
                yield Misfiled(one, told[one.id])


def suspects(
    index: IndexReader, standard: Standard, project: str | None = None, township: str | None = None
) -> list[str]:
    """Projects in which something may look misplaced, by what is kept of their states.

    Args:
        project: this one alone. township: of this one; part of the name is enough.
    """
    return [
        one.project
        for one in index.states.rows(standard, Chosen())
        if project in (None, one.project)
        and (township or "") in one.township
        and any(reason in one.items for reason in _REASONS)
    ]
