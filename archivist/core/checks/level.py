"""Whether the minutes and records of an item are of the level that must have met (层级不符): villages do not decide for
the district. The level was read off the paper; whoever files by hand may have filed another one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules
from archivist.core.document import Holding
from archivist.core.model import Level, Severity
from archivist.core.rules import ItemRule
from archivist.core.words.doing import OTHER_KIND, PERHAPS_OTHER_KIND

CODES = ("level-wrong", "level-unclear")

NAMES = {
    Level.VILLAGE: "村（社区）",
    Level.TOWNSHIP: "镇街",
    Level.DEPARTMENT: "部门",
    Level.DISTRICT: "区",
}


def level(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """For each item that asks for a level. One document that shows it is enough, if none shows another."""
    for rule in rules.items:
        if rule.level is not None:
            yield _one(file, rule, rule.level)


def _one(file: ProjectFile, rule: ItemRule, wanted: Level) -> Checked:
    slug, name = f"level-{rule.number}", f"第{rule.number}项“{rule.short}”是{NAMES[wanted]}一级的会议"
    held = file.papers(rule.number)
    if not held:
        waived = rule.number in file.waivers
        outcome = Outcome.NOT_NEEDED if waived else Outcome.NOT_RUN
        return Checked(slug, name, rule.clause, outcome, "免交" if waived else "没有材料可看")
    wrong = [one for one in held if one.level not in {None, wanted}]
    if wrong:
        severity = Severity.WARNING if any(one.level is wanted for one in held) else Severity.ERROR
        found = tuple(
            _finding(
                file, rule, one, "level-wrong", f"看上去是{NAMES[one.level or wanted]}一级的会议", severity
            )
            for one in wrong
        )
        return Checked(slug, name, rule.clause, Outcome.BREACHED, "有别的层级的材料", found)
    if any(one.level is wanted for one in held):
        return Checked(slug, name, rule.clause, Outcome.PASSED, f"看出是{NAMES[wanted]}一级")
    unclear = _finding(file, rule, held[0], "level-unclear", "看不出是哪一级的会议")
    return Checked(slug, name, rule.clause, Outcome.UNCLEAR, "看不出是哪一级", (unclear,))


def _finding(
    file: ProjectFile,
    rule: ItemRule,
    one: Holding,
    code: str,
    what: str,
    severity: Severity = Severity.WARNING,
) -> Finding:
    do = PERHAPS_OTHER_KIND if severity is Severity.WARNING else OTHER_KIND
    told = f"第{rule.number}项“{rule.short}”的{one.called}{what}。"
    return Finding(
        file.code,
        rule.number,
        code,
        severity,
        told + do.command,
        one.id,
        one.pages[0],
        one.title,
        rule.clause,
        in_folder=told + do.folder,
    )
