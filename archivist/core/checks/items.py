"""Whether the catalogue's items (附件4) are there, need not be (免交), wait, or cannot be counted on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from archivist.core.catalogue.completeness import ItemState
from archivist.core.catalogue.presence import presence
from archivist.core.checks.values import Checked, Finding, ProjectFile, Rules, outcome_of
from archivist.core.model import Severity
from archivist.core.rules import ItemRule
from archivist.core.words.copies import ASK_TO_PUT_BACK, put_back, what_became

CODES = ("missing", "review", "altered", "gone")


def items(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """One for each item of the catalogue."""
    for rule in rules.items:
        state = presence(file, rule)
        found = tuple(_findings(file, rule, state))
        yield Checked(
            f"item-{rule.number}",
            f"第{rule.number}项“{rule.short}”",
            rule.clause,
            outcome_of(found),
            _state_in_words(file, rule, state),
            found,
        )


def _state_in_words(file: ProjectFile, rule: ItemRule, state: ItemState) -> str:
    held = file.of(rule.number)
    waiver = file.waivers.get(rule.number)
    if state is ItemState.WAIVED and waiver is not None:
        return f"免交：{waiver.told}"
    return f"有材料 {len(held)} 件" if held else state.value


def _findings(file: ProjectFile, rule: ItemRule, state: ItemState) -> Iterator[Finding]:
    number, what = rule.number, f"第{rule.number}项“{rule.short}”"

    def found(code: str, message: str, document: str | None = None, in_folder: str | None = None) -> Finding:
        return Finding(
            file.code,
            number,
            code,
            Severity.ERROR,
            message,
            document,
            clause=rule.clause,
            in_folder=in_folder,
        )

    for one in file.of(number):
        if one.wrong:
            told = f"{what}的{one.called}{what_became(one.wrong)}了。"
            yield found(
                one.wrong,
                f"{told}用收存的原件放回：{put_back(one.id)}",
                one.id,
                f"{told}{ASK_TO_PUT_BACK}。",
            )
    if state is ItemState.MISSING:
        yield found("missing", f"{what}缺件。")
    if state is ItemState.REVIEW:
        waits = [one for one in file.waiting if one.item == number]
        names = "、".join(one.called for one in waits[:3])
        yield found("review", f"{what}的材料还在待确认：{names}。", waits[0].id)
