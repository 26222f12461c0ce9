"""Whether the meetings of each step agreed (明确意见): minutes that refuse, put off or only hear carry no project on.

What a meeting decided on this project was read out of its paper, in the closed vocabulary of schemas/annex4.toml. Of
several papers of an item the latest that decides counts; one without a date cannot take back what another says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules, cited
from archivist.core.checks.votes import lost
from archivist.core.document import Holding
from archivist.core.model import Fact, Severity
from archivist.core.rules import AgreedRule, ItemRule

CODES = ("not-agreed", "agreed-conditional", "agreed-unclear")


class _Word(StrEnum):
    REFUSED = "not-agreed"
    CONDITIONAL = "agreed-conditional"
    UNCLEAR = "agreed-unclear"
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
    if rule is not None:
        yield _elsewhere(file, rules, rule)


def _one(file: ProjectFile, item: ItemRule, rule: AgreedRule) -> Checked:
    slug, name = f"agreed-{item.number}", f"第{item.number}项“{item.short}”写明会议同意"
    clause, held = cited(rule), file.papers(item.number)
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
    return _told(file, item, said, (slug, name, clause))


def _told(file: ProjectFile, item: ItemRule, said: _Said, check: tuple[str, str, str]) -> Checked:
    """The outcome by what the deciding paper says; ``check`` is the rule, its name and clause."""
    slug, name, clause = check
    told = f"会议的意见是“{said.fact.value}”：“{said.fact.quote[:80]}”"
    if said.word is _Word.AGREED:
        return Checked(slug, name, clause, Outcome.PASSED, told)
    if said.word is _Word.UNCLEAR:
        message = f"第{item.number}项{told}，看不准是不是同意本项目退出。请看原件，把会议怎样定的写作理由。"
        found = _finding(file, item, said.word, message, said.held, said.fact, clause, Severity.WARNING)
        return Checked(slug, name, clause, Outcome.UNCLEAR, told, (found,))
    if said.word is _Word.CONDITIONAL:
        message = f"第{item.number}项{told}。附有条件的，条件怎样满足了、凭证在哪里，写作理由。"
        found = _finding(file, item, said.word, message, said.held, said.fact, clause, Severity.WARNING)
        return Checked(slug, name, clause, Outcome.BREACHED, told, (found,))
    message = f"第{item.number}项未通过：{told}，不能作为同意退出的依据。会议重新研究同意以后，把新的纪要（记录）归档。"
    found = _finding(file, item, said.word, message, said.held, said.fact, clause, Severity.ERROR)
    return Checked(slug, name, clause, Outcome.BREACHED, told, (found,))


def _elsewhere(file: ProjectFile, rules: Rules, rule: AgreedRule) -> Checked:
    """Refusals filed under other items: they stand until a later paper of the meetings agrees, wherever they lie."""
    clause, name = cited(rule), "归在别的项下的材料没有不同意的意见"
    said = [one for held in file.documents if (one := _said(file.code, held, rule)) is not None]
    agreed_on = max(
        (
            one.held.date or ""
            for one in said
            if one.held.item in rule.items and one.word in (_Word.AGREED, _Word.CONDITIONAL)
        ),
        default="",
    )
    outside = [one for one in said if one.held.item not in rule.items]
    standing = [
        one
        for one in outside
        if one.word is _Word.REFUSED and (one.held.date is None or one.held.date >= agreed_on)
    ]
    found = tuple(_refused(file, rules.item(one.held.item), one, clause) for one in standing)
    told = f"{len(outside)} 件写有会议意见的材料" if outside else "别的项下没有写会议意见的材料"
    outcome = Outcome.BREACHED if found else Outcome.PASSED if outside else Outcome.NOT_NEEDED
    return Checked("agreed-elsewhere", name, clause, outcome, told, found)


def _refused(file: ProjectFile, item: ItemRule, said: _Said, clause: str) -> Finding:
    message = (
        f"第{item.number}项的{said.held.called}写着“{said.fact.value}”：“{said.fact.quote[:80]}”，以后没有会议同意。"
        "是会议纪要（记录）的，归到它的那一项；会议重新研究同意以后，把新的归档。"
    )
    return _finding(file, item, _Word.REFUSED, message, said.held, said.fact, clause, Severity.ERROR)


def _said(code: str, document: Holding, rule: AgreedRule) -> _Said | None:
    """What one paper decided on the project: what it says of it by name, else of all; a refusal outweighs consent."""
    facts = [fact for fact in document.facts if fact.name == rule.fact and fact.project in ("", code)]
    own = [fact for fact in facts if fact.project] or facts
    doubtful = None
    for word, values in (
        (_Word.REFUSED, rule.no),
        (_Word.CONDITIONAL, rule.conditional),
        (_Word.AGREED, rule.yes),
    ):
        read = [_read(fact, word, rule) for fact in own if fact.value in values]
        sure = next(((fact, said) for fact, said in read if said is not _Word.UNCLEAR), None)
        if sure is not None:
            return _Said(sure[1], sure[0], document)
        doubtful = doubtful or next((fact for fact, _ in read), None)
    return None if doubtful is None else _Said(_Word.UNCLEAR, doubtful, document)


def _read(fact: Fact, word: _Word, rule: AgreedRule) -> tuple[Fact, _Word]:
    """What a sentence decides on the project's end: consent to something else is none, nor is a refusal of that."""
    if word is _Word.REFUSED:
        return fact, _Word.UNCLEAR if any(one.search(fact.quote) for one in rule.beside) else word
    if rule.about and not any(said in fact.quote for said in rule.about):
        return fact, _Word.UNCLEAR
    if any(pattern.search(fact.quote) for pattern in rule.against):
        return fact, _Word.UNCLEAR
    if any(pattern.search(fact.quote) for pattern in rule.conditions):
        return fact, _Word.CONDITIONAL
    unconditional = (
        word is _Word.CONDITIONAL and not fact.detail
    )  # 原则同意 that names no condition is consent
    return fact, _Word.AGREED if unconditional else word


def _deciding(said: Sequence[_Said]) -> _Said | None:
    """The latest; a refusal without a date, or of the same day as consent, stands."""
    refused = [one for one in said if one.word is _Word.REFUSED]
    sure = [one for one in said if one.word in (_Word.AGREED, _Word.CONDITIONAL)]
    others = sure or [one for one in said if one.word is _Word.UNCLEAR]
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
