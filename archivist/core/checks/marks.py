"""Whether the seals and signatures that an item asks for were seen (盖章、签字). Three answers: yes, no, cannot tell.

What the software did not see or cannot tell is left to a person, who looks at the paper and says so as the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules
from archivist.core.document import Holding
from archivist.core.model import Seen, Severity
from archivist.core.rules import ItemRule

CODES = ("seal-absent", "seal-unclear", "signature-absent", "signature-unclear")


def marks(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """For each item that asks for a seal or a signature."""
    for rule in rules.items:
        held = file.of(rule.number)
        if rule.seal:
            yield _one(file, rule, held, "seal", "盖章", _best([one.sealed for one in held]))
        if rule.signature:
            yield _one(file, rule, held, "signature", "签字", _best([one.signed for one in held]))


def _best(answers: Sequence[Seen]) -> Seen | None:
    """The item's answer: one document with it is enough; None when there is none to look at."""
    return next((answer for answer in (Seen.YES, Seen.UNKNOWN, Seen.NO) if answer in answers), None)


def _one(
    file: ProjectFile, rule: ItemRule, held: Sequence[Holding], code: str, what: str, seen: Seen | None
) -> Checked:
    name = f"第{rule.number}项“{rule.short}”有{what}"
    slug = f"{code}-{rule.number}"
    if seen is None:
        waived = rule.number in file.waivers
        outcome = Outcome.NOT_NEEDED if waived else Outcome.NOT_RUN
        return Checked(slug, name, rule.clause, outcome, "免交" if waived else "没有材料可看")
    if seen is Seen.YES:
        return Checked(slug, name, rule.clause, Outcome.PASSED, f"看到了{what}")
    absent = seen is Seen.NO
    told = f"没看到{what}" if absent else f"有没有{what}，软件看不准"
    first = held[0]
    message = f"第{rule.number}项的{first.called}{told}。请看原件；确实有的，把核对情况写作理由。"
    finding = Finding(
        file.code,
        rule.number,
        f"{code}-absent" if absent else f"{code}-unclear",
        Severity.WARNING,
        message,
        first.id,
        first.pages[0],
        None,
        rule.clause + (f"（备注“{rule.remark}”）" if rule.remark else ""),
    )
    return Checked(slug, name, rule.clause, Outcome.BREACHED if absent else Outcome.UNCLEAR, told, (finding,))
