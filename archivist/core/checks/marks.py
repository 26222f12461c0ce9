"""Whether the seals and signatures that an item asks for were seen (盖章、签字). Three answers: yes, no, cannot tell.

Of a form whose blocks are each sealed (附件2) every block is asked; one finding tells of all of them. What was looked for
where it must stand and is not there is a breach; what cannot be told is left to a person, who looks at the paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules
from archivist.core.document import Holding
from archivist.core.model import SealSeen, Seen, Severity, best_seen
from archivist.core.rules import ItemRule
from archivist.core.words.seen import SEEN

CODES = ("seal-absent", "seal-unclear", "seal-foreign", "signature-absent", "signature-unclear")

_SEAL, _SIGNATURE = "盖章", "签字"


def marks(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """For each item that asks for a seal or a signature."""
    for rule in rules.items:
        if rule.seal:
            yield _seal(file, rule)
        if rule.signature:
            held = file.papers(rule.number)
            seen = best_seen([one.signed for one in held])
            yield _one(file, rule, held, "signature", _SIGNATURE, seen)


def _seal(file: ProjectFile, rule: ItemRule) -> Checked:
    held = file.papers(rule.number)
    seen = best_seen([one.sealed for one in held])
    strangers = _strangers(rule, held) if seen is Seen.YES else []
    if strangers:
        return _foreign(file, rule, held, strangers)
    if rule.blocks and seen is not None:
        return _blocks(file, rule, held, {block.name: _of_block(held, block.name) for block in rule.blocks})
    return _one(file, rule, held, "seal", _SEAL, seen)


def _of_block(held: Sequence[Holding], name: str) -> Seen:
    """Whether a block is sealed on any of the papers; one that stands on none of them nobody can tell of."""
    answers = [block.sealed for one in held for block in one.marks.blocks if block.name == name]
    return (
        best_seen(answers) or best_seen([one.sealed for one in held if one.sealed is Seen.NO]) or Seen.UNKNOWN
    )


def _blocks(file: ProjectFile, rule: ItemRule, held: Sequence[Holding], seen: Mapping[str, Seen]) -> Checked:
    slug, name = f"seal-{rule.number}", f"第{rule.number}项“{rule.short}”的 {len(seen)} 处盖章栏都有{_SEAL}"
    told = "，".join(f"{block}{SEEN[answer]}" for block, answer in seen.items())
    open_ = {block: answer for block, answer in seen.items() if answer is not Seen.YES}
    if not open_:
        return Checked(slug, name, rule.clause, Outcome.PASSED, told)
    absent = Seen.NO in open_.values()
    unsealed = "、".join(f"{block}（{SEEN[answer]}）" for block, answer in open_.items())
    words = f"有的栏没有{_SEAL}：{unsealed}" if absent else f"有没有{_SEAL}，软件看不准：{unsealed}"
    return Checked(
        slug,
        name,
        rule.clause,
        Outcome.BREACHED if absent else Outcome.UNCLEAR,
        told,
        (_finding(file, rule, held[0], "seal", words, absent),),
    )


def _one(
    file: ProjectFile, rule: ItemRule, held: Sequence[Holding], code: str, what: str, seen: Seen | None
) -> Checked:
    name = f"第{rule.number}项“{rule.short}”有{what}"
    slug = f"{code}-{rule.number}"
    if seen is None:
        return Checked(slug, name, rule.clause, *file.without_papers(rule.number))
    if seen is Seen.YES:
        return Checked(slug, name, rule.clause, Outcome.PASSED, f"看到了{what}")
    absent = seen is Seen.NO
    told = f"没看到{what}" if absent else f"有没有{what}，软件看不准"
    outcome = Outcome.BREACHED if absent else Outcome.UNCLEAR
    return Checked(
        slug, name, rule.clause, outcome, told, (_finding(file, rule, held[0], code, told, absent),)
    )


def _finding(
    file: ProjectFile, rule: ItemRule, first: Holding, code: str, told: str, absent: bool
) -> Finding:
    do = "请补齐后重新扫描归档" if absent else "请看原件；确实有的，把核对情况写作理由"
    return Finding(
        file.code,
        rule.number,
        f"{code}-absent" if absent else f"{code}-unclear",
        Severity.ERROR if absent else Severity.WARNING,
        f"第{rule.number}项的{first.called}{told}。{do}。",
        first.id,
        first.pages[0],
        None,
        _clause(rule),
    )


def _strangers(rule: ItemRule, held: Sequence[Holding]) -> list[tuple[Holding, SealSeen]]:
    """Seals of bodies that the item does not ask for, where no other seal of the same place may be the right one."""
    seals = [(one, seal) for one in held for seal in one.marks.seals]
    wrong = [(one, seal) for one, seal in seals if seal.fits is Seen.NO]
    places = {seal.block for _, seal in seals if seal.fits is not Seen.NO}
    return [(one, seal) for one, seal in wrong if seal.block not in places] if wrong else []


def _foreign(
    file: ProjectFile, rule: ItemRule, held: Sequence[Holding], strangers: Sequence[tuple[Holding, SealSeen]]
) -> Checked:
    one, seal = strangers[0]
    words = "、".join(dict.fromkeys(f"“{found.text}”" for _, found in strangers))
    told = f"盖的是{words}的章，不是这一项应当盖章的单位"
    message = f"第{rule.number}项的{one.called}{told}。请由应当盖章的单位盖章后重新扫描归档。"
    finding = Finding(
        file.code,
        rule.number,
        "seal-foreign",
        Severity.ERROR,
        message,
        one.id,
        seal.page,
        seal.text,
        _clause(rule),
    )
    name = f"第{rule.number}项“{rule.short}”有{_SEAL}"
    return Checked(f"seal-{rule.number}", name, rule.clause, Outcome.BREACHED, told, (finding,))


def _clause(rule: ItemRule) -> str:
    return rule.clause + (f"（备注“{rule.remark}”）" if rule.remark else "")
