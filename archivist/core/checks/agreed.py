"""Whether the meetings of each step agreed (明确意见): minutes that refuse, put off or only hear carry no project on.

What a meeting decided on this project was read out of its paper, in the closed vocabulary of schemas/annex4.toml. Of
several papers of an item the latest that decides counts; one without a date cannot take back what another says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules
from archivist.core.checks.votes import lost
from archivist.core.document import Holding
from archivist.core.model import Fact, Severity
from archivist.core.rules import AgreedRule, ItemRule

CODES = ("not-agreed", "agreed-conditional", "agreed-unclear")


class _Word(StrEnum):
    REFUSED = "not-agreed"
    CONDITIONAL = "agreed-conditional"
    AGREED = "agreed"


class _Said(NamedTuple):
    word: _Word
    fact: Fact
    held: Holding


def agreed(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """For each item whose meeting must have agreed."""
    rule = rules.procedure.agreed
    for number in rule.items if rule is not None else ():
        assert rule is not None
        yield _one(file, rules.item(number), rule)


def _one(file: ProjectFile, item: ItemRule, rule: AgreedRule) -> Checked:
    slug, name = f"agreed-{item.number}", f"第{item.number}项“{item.short}”写明会议同意"
    clause, held = f"{rule.clause}“{rule.quote}”", file.papers(item.number)
    if not held:
        waived = item.number in file.waivers
        outcome = Outcome.NOT_NEEDED if waived else Outcome.NOT_RUN
        return Checked(slug, name, clause, outcome, "免交" if waived else "没有材料可看")
    if lost(file, item):
        told = "到会人数或表决票数不够，写的意见不算数"
        return Checked(slug, name, clause, Outcome.BREACHED, told)
    said = _deciding([one for document in held if (one := _said(file.code, document, rule)) is not None])
    if said is None:
        told = "没有读出会议是否同意"
        paper = f"第{item.number}项“{item.short}”的{held[0].called}"
        message = f"{paper}{told}。请看原件：会议同意的，写明理由；没有同意的，改正归档。"
        unclear = _finding(file, item, "agreed-unclear", message, held[0], None, clause, Severity.WARNING)
        return Checked(slug, name, clause, Outcome.UNCLEAR, told, (unclear,))
    told = f"会议的意见是“{said.fact.value}”：“{said.fact.quote[:80]}”"
    if said.word is _Word.AGREED:
        return Checked(slug, name, clause, Outcome.PASSED, told)
    if said.word is _Word.CONDITIONAL:
        message = f"第{item.number}项{told}。附有条件的，条件怎样满足了、凭证在哪里，写作理由。"
        found = _finding(file, item, said.word, message, said.held, said.fact, clause, Severity.WARNING)
        return Checked(slug, name, clause, Outcome.BREACHED, told, (found,))
    message = f"第{item.number}项未通过：{told}，不能作为同意退出的依据。会议重新研究同意以后，把新的纪要（记录）归档。"
    found = _finding(file, item, said.word, message, said.held, said.fact, clause, Severity.ERROR)
    return Checked(slug, name, clause, Outcome.BREACHED, told, (found,))


def _said(code: str, document: Holding, rule: AgreedRule) -> _Said | None:
    """What one paper decided on the project: what it says of it by name, else of all; a refusal outweighs consent."""
    facts = [fact for fact in document.facts if fact.name == rule.fact and fact.project in ("", code)]
    own = [fact for fact in facts if fact.project] or facts
    for word, values in (
        (_Word.REFUSED, rule.no),
        (_Word.CONDITIONAL, rule.conditional),
        (_Word.AGREED, rule.yes),
    ):
        fact = next((one for one in own if one.value in values), None)
        if fact is not None:  # 原则同意 that names no condition is consent
            unconditional = word is _Word.CONDITIONAL and not fact.detail
            return _Said(_Word.AGREED if unconditional else word, fact, document)
    return None


def _deciding(said: Sequence[_Said]) -> _Said | None:
    """The latest; a refusal without a date, or of the same day as consent, stands."""
    refused = [one for one in said if one.word is _Word.REFUSED]
    others = [one for one in said if one.word is not _Word.REFUSED]
    last = max(others, key=lambda one: one.held.date or "", default=None)
    standing = [
        one for one in refused if last is None or not one.held.date or (last.held.date or "") <= one.held.date
    ]
    return standing[0] if standing else last


def _finding(
    file: ProjectFile,
    item: ItemRule,
    code: str,
    message: str,
    held: Holding,
    fact: Fact | None,
    clause: str,
    severity: Severity,
) -> Finding:
    page, quote = (fact.page, fact.quote) if fact is not None else (held.pages[0], held.title)
    return Finding(file.code, item.number, str(code), severity, message, held.id, page, quote, clause)
