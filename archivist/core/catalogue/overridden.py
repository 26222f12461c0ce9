"""Which findings are overridden (负责人核定), by the rules and the papers as they are.

Decided here, once for the gate, states and reports alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from archivist.core.checks.values import Finding, ProjectFile, Rules, keyed
from archivist.core.model import Severity
from archivist.core.override import Override


class Overridden(NamedTuple):
    """A finding that stands in nobody's way any more, and why."""

    finding: Finding
    override: Override


def may_be_overridden(file: ProjectFile, rules: Rules, finding: Finding) -> bool:
    """Whether a finding stands in the way and rests on what was seen on a filed document."""
    rule = rules.procedure.override
    return (
        rule is not None
        and finding.severity is Severity.ERROR
        and finding.code in rule.codes
        and any((one.id, one.item) == (finding.document, finding.item) for one in file.documents)
    )


def keys(file: ProjectFile, rules: Rules, findings: Iterable[Finding]) -> list[tuple[str, Finding]]:
    """Those of ``findings`` that may be or are overridden, each with the key it is named by."""
    return keyed([one for one in findings if may_be_overridden(file, rules, one)])


def overridden(file: ProjectFile, rules: Rules, findings: Iterable[Finding]) -> list[Overridden]:
    """Those of ``findings`` that are overridden, in their order; one override is about one finding."""
    if not file.overrides:
        return []
    open_ = [finding for _, finding in keys(file, rules, findings)]
    pairs = ((finding, _of(finding, open_, file)) for finding in open_)
    return [Overridden(finding, one) for finding, one in pairs if one is not None]


def _of(finding: Finding, findings: Sequence[Finding], file: ProjectFile) -> Override | None:
    """What overrides a finding; where others say the like of the same document, only what was said word for word."""
    alike = sum(_about(one) == _about(finding) for one in findings)
    return next(
        (
            one
            for one in file.overrides
            if (one.code, one.item, one.document) == _about(finding)
            and not one.void(file.documents)
            and (alike == 1 or one.message == finding.message)
        ),
        None,
    )


def _about(finding: Finding) -> tuple[str, int | None, str | None]:
    return finding.code, finding.item, finding.document
