"""Whether what is filed is a draft (草稿): a paper with places left open (【待填】), or one never printed and signed.

Such papers wait by themselves; whoever files one by hand has filed no evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules
from archivist.core.document import Holding
from archivist.core.drafts.mark import FACT
from archivist.core.model import Fact, Severity
from archivist.core.rules import ItemRule

CODES = ("draft",)

_CLAUSE = "附件4"


def drafts(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """All documents of items that must be there."""
    asked = [(rule, one) for rule in rules.items if rule.required for one in file.of(rule.number)]
    found = tuple(
        _finding(file, rule, one, fact) for rule, one in asked for fact in one.facts if fact.name == FACT
    )
    told = f"{len(asked)} 件归档的材料" if asked else "没有材料可看"
    outcome = Outcome.BREACHED if found else Outcome.PASSED if asked else Outcome.NOT_NEEDED
    yield Checked("draft", "归档的材料都不是草稿", _CLAUSE, outcome, told, found)


def _finding(file: ProjectFile, rule: ItemRule, one: Holding, fact: Fact) -> Finding:
    message = (
        f"第{rule.number}项“{rule.short}”的{one.called}是草稿（{fact.value}），不能作为归档材料。"
        "请办理完毕后把签字、盖章的扫描件归档，把这一份改为不归档。"
    )
    return Finding(
        file.code,
        rule.number,
        "draft",
        Severity.ERROR,
        message,
        one.id,
        fact.page,
        fact.quote,
        rule.clause,
    )
