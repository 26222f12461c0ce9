"""Whether documents or the register tell of debts that were not settled (债权债务): a project does not go with them.

What counts is the latest document that says either way: a statement of settlement after an assessment that told of
debts. One without a date cannot take away what another says.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules
from archivist.core.document import Holding
from archivist.core.model import Fact, Severity
from archivist.core.paper.sums import SETTLED
from archivist.core.rules import DebtRule

CODES = ("debts",)

_LONGEST_QUOTE = 80
_LAST = "9999"


def debts(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """By the facts read out of the documents; where these say nothing, by the register."""
    rule = rules.procedure.debts
    if rule is None:
        return
    said = sorted(_statements(file, rule), key=lambda one: (one[0], one[1]))
    if said:
        _, open_, one, fact = said[-1]
        words = fact.quote if fact.name in rule.sums else fact.value
        yield _checked(file, rule, open_, words, (one, fact))
        return
    open_in_register = _tells(rule, file.debts)
    if open_in_register is None:
        told = "材料和台账里都没有写到欠款"
        yield Checked("debts", "债权债务已经清算", _clause(rule), Outcome.NOT_NEEDED, told)
        return
    yield _checked(file, rule, open_in_register, file.debts, None)


def _statements(file: ProjectFile, rule: DebtRule) -> Iterator[tuple[str, bool, Holding, Fact]]:
    """What documents say: when, whether a debt is open, where. Without a date an open debt counts as said last."""
    for one in file.documents:
        for fact in one.facts:
            open_ = _tells(rule, fact.value) if fact.name == rule.fact else None
            if open_ is not None:
                yield one.date or (_LAST if open_ else ""), open_, one, fact
        sums = [fact for fact in one.facts if fact.name in rule.sums]
        still = [fact for fact in sums if fact.state not in {"", SETTLED}]
        if still or (sums and all(fact.state == SETTLED for fact in sums)):
            yield one.date or (_LAST if still else ""), bool(still), one, (still or sums)[0]


def _tells(rule: DebtRule, words: str) -> bool | None:
    """Whether words tell of an open debt (True) or of none left (False); None when they tell neither."""
    if any(word in words for word in rule.settled):
        return False
    return True if any(word in words for word in rule.open) else None


def _checked(
    file: ProjectFile, rule: DebtRule, open_: bool, words: str, where: tuple[Holding, Fact] | None
) -> Checked:
    one, fact = where or (None, None)
    quote = " ".join(words.split())[:_LONGEST_QUOTE]
    place = f"第{one.item}项{one.called}" if one else "台账"
    told = f"{place}写着“{quote}”"
    findings: tuple[Finding, ...] = ()
    if open_:
        message = f"{told}。销号前要清算债权债务：已经清算的，把怎么清算的、凭证在哪里写作理由。"
        findings = (
            Finding(
                file.code,
                None,
                "debts",
                Severity.WARNING,
                message,
                one.id if one else None,
                fact.page if fact else None,
                fact.quote if fact else quote,
                _clause(rule),
            ),
        )
    outcome = Outcome.BREACHED if open_ else Outcome.PASSED
    return Checked("debts", "债权债务已经清算", _clause(rule), outcome, told, findings)


def _clause(rule: DebtRule) -> str:
    return f"{rule.clause}“{rule.quote}”"
