"""Whether what is filed is admissible (可以作为归档材料): no draft (草稿), no copy where the original is asked for.

A draft beside the signed paper is kept and tells nothing; alone it is no evidence, whoever filed it. What is printed and
bears neither seal nor signature is left to the checks that ask for these.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules
from archivist.core.document import Holding
from archivist.core.evidence import EvidenceState, Grade, grade
from archivist.core.model import Severity
from archivist.core.rules import ItemRule
from archivist.core.words.doing import enter_original

CODES = ("draft", "draft-kept", "copy", "unsigned", "original-unknown")

_MOST_NAMED = 3


def evidence(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """For each item that must be there."""
    for rule in rules.items:
        if rule.required:
            yield _one(file, rule, [(one, grade(one)) for one in file.of(rule.number)])


def _one(file: ProjectFile, rule: ItemRule, held: Sequence[tuple[Holding, Grade]]) -> Checked:
    slug, name = f"evidence-{rule.number}", f"第{rule.number}项“{rule.short}”有可以作为归档材料的文件"
    if not held:
        waived = rule.number in file.waivers
        outcome = Outcome.NOT_NEEDED if waived else Outcome.NOT_RUN
        return Checked(slug, name, rule.clause, outcome, "免交" if waived else "没有材料可看")
    states = [worth.state for _, worth in held]
    told = "、".join(f"{state} {states.count(state)} 件" for state in EvidenceState if state in states)
    good = [one for one in held if one[1].state in rule.evidence.admissible]
    if good:
        return Checked(slug, name, rule.clause, Outcome.PASSED, told, tuple(_kept(file, rule, held, good)))
    found = _refused(file, rule, held)
    outcome = Outcome.BREACHED if found else Outcome.PASSED
    return Checked(slug, name, rule.clause, outcome, told, found)


def _refused(file: ProjectFile, rule: ItemRule, held: Sequence[tuple[Holding, Grade]]) -> tuple[Finding, ...]:
    """Why nothing of it counts: one finding, about what is nearest to what is asked for."""
    what = f"第{rule.number}项“{rule.short}”"
    by_state = {
        state: [one for one in held if one[1].state is state]
        for state in (EvidenceState.ISSUED, EvidenceState.COPY)
    }
    if printed := by_state[EvidenceState.ISSUED]:
        if rule.seal or rule.signature:
            return ()  # the seals' and signatures' own check says so
        message = f"{what}的{_named(printed)}没有签字、盖章。请把签字、盖章的扫描件归档。"
        return (_finding(file, rule, "unsigned", Severity.ERROR, message, printed[0]),)
    if copies := by_state[EvidenceState.COPY]:
        message = (
            f"{what}的{_named(copies)}是复印件，归档目录没有写明这一项可以用复印件。"
            "请换成签字、盖章的原件；确实只有复印件的，写明理由。"
        )
        return (_finding(file, rule, "copy", Severity.WARNING, message, copies[0]),)
    message = (
        f"{what}只有草稿：{_named(held)}（{held[0][1].reason}），不能作为归档材料。"
        "请打印、签字、盖章后扫描，把扫描件归档；草稿只作留存。"
    )
    return (_finding(file, rule, "draft", Severity.ERROR, message, held[0]),)


def _kept(
    file: ProjectFile,
    rule: ItemRule,
    held: Sequence[tuple[Holding, Grade]],
    good: Sequence[tuple[Holding, Grade]],
) -> Iterator[Finding]:
    """What is good to know where the item has its evidence."""
    drafts = [one for one in held if one[1].state is EvidenceState.DRAFT]
    if drafts:
        message = f"第{rule.number}项的{_named(drafts)}是草稿，只作留存，不作为归档材料。"
        yield _finding(file, rule, "draft-kept", Severity.INFO, message, drafts[0])
    if rule.evidence.records and all(one.original is None for one, _ in good):
        first = good[0][0]
        what, do = f"第{rule.number}项的{first.called}没有登记是原件还是复印件，", enter_original(first.id)
        found = _finding(file, rule, "original-unknown", Severity.INFO, what + do.command, good[0])
        yield replace(found, in_folder=what + do.folder)


def _named(held: Sequence[tuple[Holding, Grade]]) -> str:
    names = "、".join(one.called for one, _ in held[:_MOST_NAMED])
    return names if len(held) <= _MOST_NAMED else f"{names}等 {len(held)} 件"


def _finding(
    file: ProjectFile,
    rule: ItemRule,
    code: str,
    severity: Severity,
    message: str,
    about: tuple[Holding, Grade],
) -> Finding:
    one, worth = about
    page, quote = (worth.fact.page, worth.fact.quote) if worth.fact else (one.pages[0], one.title)
    remark = f"（备注“{rule.remark}”）" if rule.remark else ""
    return Finding(file.code, rule.number, code, severity, message, one.id, page, quote, rule.clause + remark)
