"""Whether a project is of those that are wound up (淘汰类)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from archivist.core.checks.values import Checked, Finding, ProjectFile, Rules, outcome_of
from archivist.core.model import Severity

CODES = ("category",)


def category(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """By the register."""
    wanted = rules.procedure
    findings: tuple[Finding, ...] = ()
    if file.category != wanted.category:
        message = (
            f"{file.code} 已移出台账，不用销号。移出有误的，请撤销：archivist register undo。"
            if file.retired
            else f"台账里的类别是“{file.category or '没有填'}”，不是{wanted.category}，不能销号。"
            "类别有误的，改正台账后重新导入。"
        )
        findings = (
            Finding(
                file.code,
                None,
                "category",
                Severity.ERROR,
                message,
                quote=wanted.quote,
                clause=wanted.clause,
            ),
        )
    told = f"台账类别：{file.category or '没有填'}"
    yield Checked("category", f"项目是{wanted.category}", wanted.clause, outcome_of(findings), told, findings)
