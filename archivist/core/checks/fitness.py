"""Whether the papers of an item are what it asks for (文种): a form, a report, a record. Anything can be dragged anywhere.

A paper of which nothing was read shows nothing of what an item asks for; one of another kind shows something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules
from archivist.core.document import Holding
from archivist.core.model import Seen, Severity, TextSource
from archivist.core.rules import ItemRule
from archivist.core.words.doing import OTHER_KIND, PERHAPS_OTHER_KIND

CODES = ("unfit", "unfit-unclear", "unread")


def fitness(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """For each item that must be there. One paper of its kind is enough: others may be its annexes."""
    for rule in rules.items:
        if rule.required:
            yield _one(file, rules, rule)


def _one(file: ProjectFile, rules: Rules, rule: ItemRule) -> Checked:
    slug, name = f"fit-{rule.number}", f"第{rule.number}项是“{rule.short}”一类的材料"
    held = file.papers(rule.number)
    if not held and not _another_kind(file.of(rule.number), rule):
        return Checked(slug, name, rule.clause, *file.without_papers(rule.number))
    if any(one.of_kind in rule.kinds for one in held):
        return Checked(slug, name, rule.clause, Outcome.PASSED, "认出是这一类的材料")
    held = held or file.of(rule.number)
    blank = [one for one in held if nothing_known(one)]
    if all(one.of_kind is None for one in held) and not blank:  # of an edition that did not keep it
        return Checked(slug, name, rule.clause, Outcome.PASSED, "有题名、日期等内容")
    return _unfit(file, rules, rule, held, Checked(slug, name, rule.clause, Outcome.BREACHED, ""))


def _another_kind(drafts: Sequence[Holding], rule: ItemRule) -> bool:
    """Whether drafts are all there is, and another item's: whoever prints and seals them only makes it worse."""
    kinds = [one.of_kind for one in drafts]
    return any(kinds) and not any(kind in rule.kinds for kind in kinds)


def _unfit(
    file: ProjectFile, rules: Rules, rule: ItemRule, held: Sequence[Holding], told: Checked
) -> Checked:
    """None of the papers is of the item's kind: what they are instead, as far as anybody can tell."""
    what = f"第{rule.number}项“{rule.short}”的"
    other = next((one for one in held if one.of_kind), None)
    first = other or held[0]
    if other is not None:
        item = next((item for item in rules.items if other.of_kind in item.kinds), None)
        like = f"像是第{item.number}项“{item.short}”一类的材料" if item else "是别的材料"
        words, code, severity = f"{like}，不是这一项要的", "unfit", Severity.ERROR
    elif all(nothing_known(one) for one in held):
        read = any(one.text_source is not TextSource.NONE for one in held)
        words = "上面没有这一项的任何内容（题名、日期、事项都没有）" if read else "读不出文字"
        code, severity = "unfit" if read else "unread", Severity.ERROR
    else:
        words, code, severity = "看不出是这一类的材料", "unfit-unclear", Severity.WARNING
    do = OTHER_KIND if severity is Severity.ERROR else PERHAPS_OTHER_KIND
    found = Finding(
        file.code,
        rule.number,
        code,
        severity,
        f"{what}{first.called}{words}。{do.command}",
        first.id,
        first.pages[0],
        first.title,
        rule.clause,
        in_folder=f"{what}{first.called}{words}{_shown(first)}。{do.folder}",
    )
    outcome = Outcome.BREACHED if severity is Severity.ERROR else Outcome.UNCLEAR
    return Checked(told.rule, told.name, told.clause, outcome, words, (found,))


def _shown(one: Holding) -> str:
    """Where a paper says what it is."""
    return f"（第{one.pages[0]}页“{one.title}”）" if one.title else ""


def nothing_known(one: Holding) -> bool:
    """Whether a paper shows nothing: neither title nor level, fact, seal, signature or any word of a project."""
    if one.title or one.level or one.facts or one.of_kind or Seen.YES in (one.sealed, one.signed):
        return False
    return not any(guess.project and guess.evidence for guess in one.candidates)
