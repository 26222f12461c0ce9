"""What the decisions of a paper come to (会议意见): votes counted, repetition left out, contradictions told as such."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from archivist.core.paper.outcomes import UNSURE, Decision
from archivist.core.paper.votes import Count
from archivist.core.saying import DecisionRules


def by_vote(counts: Sequence[Count]) -> str | None:
    """The outcome that the numbers of a vote carry: more than half of those present; None when they do not tell.

    村民委员会组织法: two thirds of the members must be present, and more than half of those present agree.
    """
    number = {one.name: one.number for one in reversed(counts)}
    yes, no = number.get("同意"), number.get("反对", 0)
    if yes is None:
        return None
    there = number.get("实到", yes + no + number.get("弃权", 0))
    due = number.get("应到")
    if yes + no + number.get("弃权", 0) > there or (due is not None and there * 3 < due * 2):
        return UNSURE
    if yes * 2 > there:
        return "同意"
    return "不同意" if no * 2 > there else UNSURE


def settled(
    found: Sequence[Decision], rules: DecisionRules, votes: Sequence[Count] = ()
) -> tuple[Decision, ...]:
    """What the decisions come to: without repetition, heard only where nothing was decided, contradictions told as such."""
    hears = {rule.name for rule in rules.outcomes if rule.hears}
    decided = [one for one in found if one.outcome not in hears]
    heard = [one for one in found if one.outcome in hears]
    voted = by_vote(votes)
    if voted is not None:
        decided = _with_vote(decided, voted, votes, rules)
    kept: list[Decision] = []
    for one in decided:
        same = [at for at, old in enumerate(kept) if (old.project, old.outcome) == (one.project, one.outcome)]
        if not same:
            kept.append(one)
        elif one.detail and not kept[same[0]].detail:
            kept[same[0]] = one
        elif one.detail and one.detail not in kept[same[0]].detail:
            kept.append(one)
    told = {one.project for one in kept}
    if not kept or "" not in told:
        first = {one.project: one for one in reversed(heard) if one.project not in told}
        kept += [] if kept and set(first) == {""} else list(first.values())
    return tuple(_without_contradictions(kept, rules))


def _with_vote(
    decided: Sequence[Decision], voted: str, votes: Sequence[Count], rules: DecisionRules
) -> list[Decision]:
    yes = next(one for one in votes if one.name == "同意")
    agreed = {rule.name for rule in rules.outcomes if rule.agrees}
    said = {one.outcome for one in decided if not one.project}
    plain = Decision(voted, "", yes.page, yes.quote, "按表决票数" if voted != UNSURE else "票数不足或不符")
    if not said:
        return [*decided, plain]
    agrees = voted in agreed
    if voted == UNSURE or all((outcome in agreed) == agrees for outcome in said):
        return [*decided] if voted != UNSURE else [*decided, plain]
    return [*decided, plain]


def _without_contradictions(kept: Sequence[Decision], rules: DecisionRules) -> list[Decision]:
    """Where one project has an agreement and its contrary in one matter, neither is told, but that a person must look."""
    agreed = {rule.name for rule in rules.outcomes if rule.agrees}
    firm = {rule.name for rule in rules.outcomes if rule.defers}
    bad: dict[str, list[Decision]] = {}
    for one, other in combinations(kept, 2):
        meet = one.project == other.project or not one.project or not other.project
        against = (one.outcome in agreed and other.outcome in firm) or (
            one.outcome in firm and other.outcome in agreed
        )
        unsure = UNSURE in {one.outcome, other.outcome}
        if meet and (against or unsure) and _one_matter(one, other):
            for decision in (one, other):
                held = bad.setdefault(one.project or other.project, [])
                if decision not in held:
                    held.append(decision)
    out = [one for one in kept if not any(one in held for held in bad.values())]
    for project, held in bad.items():
        told = "；".join(f"第{one.page}页“{one.quote}”" for one in held[:3])
        words = "、".join(dict.fromkeys(one.outcome for one in held if one.outcome != UNSURE))
        out.append(Decision(UNSURE, project, held[0].page, held[0].quote, f"前后不一致（{words}）：{told}"))
    return out


def _one_matter(one: Decision, other: Decision) -> bool:
    return not one.matter or not other.matter or bool(one.matter & other.matter)
