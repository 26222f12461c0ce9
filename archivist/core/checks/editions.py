"""Whether a person has said which of two editions of a paper counts (更正, 勘误, 同一文号内容不同).

Both are told side by side, with page and words of each. It stands in the way until somebody says `archivist version`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules, cited, outcome_of
from archivist.core.document import Holding
from archivist.core.model import Fact, Severity
from archivist.core.paper.editions import EDITION, SUBSTANCE, other_place

CODES = ("edition-differs", "edition-unclear", "correction")


def editions(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """All documents that count."""
    rule = rules.procedure.editions
    if rule is None:
        return
    found = tuple(
        finding
        for one in file.documents
        for fact in one.facts
        if fact.name == EDITION and (finding := _finding(file, one, fact, cited(rule))) is not None
    )
    told = f"{len(file.documents)} 件归档的材料" if file.documents else "没有材料可看"
    if found:
        told = f"{len(found)} 处有两个版本，没有写明以哪一份为准"
    outcome = outcome_of(found) if file.documents else Outcome.NOT_NEEDED
    yield Checked("editions", "同一份文件只以一个版本为准", cited(rule), outcome, told, found)


def _finding(file: ProjectFile, one: Holding, fact: Fact, clause: str) -> Finding | None:
    """What is asked about a document; None once it was answered."""
    if not fact.value:
        return None if one.replaces else _correction(file, one, fact, clause)
    other = next((two for two in file.documents if two.id == fact.value and two.item == one.item), None)
    place = other_place(fact)
    if other is None or place is None:
        return None
    strict = fact.state == SUBSTANCE
    page, quote = place
    message = (
        f"{one.called}和 {other.id} 像是同一份文件的两个版本：“{fact.quote}”（第{fact.page}页）、“{quote}”（第{page}页），"
        f"{fact.party}。请看原件，指定以哪一份为准：archivist version {one.id} --replaces {other.id}（或反过来）；"
        f"两份都作数：archivist version {one.id} --separate"
    )
    finding = Finding(
        file.code,
        one.item,
        "edition-differs" if strict else "edition-unclear",
        Severity.ERROR if strict else Severity.WARNING,
        message,
        one.id,
        fact.page,
        fact.quote or None,
        clause,
    )
    return replace(finding, other_document=other.id, other_page=page, other_quote=quote or None)


def _correction(file: ProjectFile, one: Holding, fact: Fact, clause: str) -> Finding:
    message = (
        f"{one.called}题名写着更正（“{fact.quote}”）：它改了别的材料里的什么、以哪一份为准，要由人看过。"
        f"代替原来那一份的：archivist version {one.id} --replaces 原来那一份的编号；"
        f"两份都作数的：archivist version {one.id} --separate"
    )
    return Finding(
        file.code, one.item, "correction", Severity.ERROR, message, one.id, fact.page, fact.quote, clause
    )
