"""Whether filed papers and the dossier of their project (项目底册) say the same: debts, meetings, votes, outcomes, days.

What is compared, and with which papers, is data (schemas/procedure.toml, ``[[dossier]]``). A project without a dossier is
asked nothing; a paper that tells of what the dossier does not have is a finding only where the dossier tells of such things.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules, cited
from archivist.core.crossrules import DossierRule
from archivist.core.dossier.told import Clash, Met, Told, met, told
from archivist.core.evidence import EvidenceState, grade
from archivist.core.model import Severity

CODES = ("dossier-*",)
"""* stands for the rule's slug in procedure.toml."""

_LONGEST = 60


def dossier(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """One for each thing that is compared."""
    for rule in rules.procedure.cross.dossiers:
        yield _checked(file, rules, rule)


def _checked(file: ProjectFile, rules: Rules, rule: DossierRule) -> Checked:
    slug, name, clause = f"dossier-{rule.slug}", f"材料和项目底册写的{rule.name}一致", cited(rule)
    if file.dossier is None:
        return Checked(slug, name, clause, Outcome.NOT_NEEDED, "没有项目底册")
    if not file.dossier.tells(rule.section):
        return Checked(slug, name, clause, Outcome.NOT_NEEDED, f"项目底册没有登记{rule.section}")
    papers = [one for one in file.documents if grade(one).state is not EvidenceState.DRAFT]
    confused = rules.procedure.cross.confused
    compared = [
        (one, how)
        for one in told(papers, file.code, [rule])
        if (how := met(one, file.dossier, confused)) is not None
    ]
    if not compared:
        return Checked(slug, name, clause, Outcome.NOT_NEEDED, f"材料里没有读到可以和底册比较的{rule.name}")
    found = tuple(finding for one, how in compared for finding in _findings(file, one, how))
    said = f"比较了 {len(compared)} 处，{f'{len(found)} 处不同' if found else '没有不同'}"
    return Checked(slug, name, clause, Outcome.BREACHED if found else Outcome.PASSED, said, found)


def _findings(file: ProjectFile, one: Told, how: Met) -> Iterator[Finding]:
    if how.row is None:
        yield _finding(file, one, None)
    for clash in how.clashes:
        yield _finding(file, one, clash)


def _finding(file: ProjectFile, one: Told, clash: Clash | None) -> Finding:
    fact = one.shown if clash is None else clash.fact
    paper = f"第{one.held.item}项{one.held.called}第{fact.page}页“{fact.quote[:_LONGEST]}”"
    if clash is None:
        words = "、".join(text for name, text in one.values.items() if name != "凭据")
        what = f"{paper}写到{one.rule.name}（{words}），项目底册的“{one.rule.section}”里没有"
    else:
        unit = "万元" if one.rule.form in ("sums", "whole") else ""
        what = (
            f"{paper}写的{one.rule.name}的{clash.field}是“{clash.said}{unit}”，"
            f"项目底册写的是“{clash.known}{unit}”，不一致"
        )
    message = f"{what}。请看原件：底册写错的，更正底册；材料写错的，改正重报；没有错的，写明理由。"
    severity = Severity.ERROR if one.rule.strict else Severity.WARNING
    code = f"dossier-{one.rule.slug}"
    held = one.held
    return Finding(
        file.code, held.item, code, severity, message, held.id, fact.page, fact.quote, cited(one.rule)
    )
