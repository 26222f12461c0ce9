"""Whether the vote of a record carries what it says (应到、实到、同意): quorum and majority by the rules of its meeting.

A record that says 同意 over 4 votes for and 10 against, or over 15 present of 36, decides nothing. Where numbers are
missing or do not add up a person looks at the paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules
from archivist.core.document import Holding
from archivist.core.evidence import VoteRule, rule_for
from archivist.core.model import Fact, Severity
from archivist.core.rules import ItemRule

CODES = ("vote-quorum", "vote-failed", "vote-numbers", "vote-unclear")


@dataclass(frozen=True, slots=True)
class _Vote:
    """The numbers of one meeting: of each, the fact and the document that says it."""

    numbers: dict[str, tuple[Fact, Holding]]

    def __getitem__(self, name: str) -> int | None:
        found = self.numbers.get(name)
        return int(found[0].value) if found else None


@dataclass(frozen=True, slots=True)
class _Breach:
    """What is wrong with a vote, and the number that shows it."""

    code: str
    severity: Severity
    told: str
    name: str = ""


def votes(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """For each item whose papers tell of a vote."""
    for item in rules.items:
        if item.evidence.votes:
            yield _one(file, item)


def _one(file: ProjectFile, item: ItemRule) -> Checked:
    slug, name = f"vote-{item.number}", f"第{item.number}项“{item.short}”的到会人数和表决票数够数"
    held = file.papers(item.number)
    if not held:
        return Checked(slug, name, item.evidence.votes[0].clause, *file.without_papers(item.number))
    counted = [(meeting, _rule(meeting, item), _vote(meeting)) for meeting in _meetings(held)]
    voted = [one for one in counted if one[2][one[1].yes] is not None]
    meeting, rule, vote = (voted or counted)[-1]
    told = _told(vote, rule)
    breach = _breach(vote, rule, _several(meeting))
    if breach is None:
        return Checked(slug, name, rule.clause, Outcome.PASSED, told)
    outcome = Outcome.UNCLEAR if breach.code == "vote-unclear" else Outcome.BREACHED
    return Checked(
        slug, name, rule.clause, outcome, told, (_finding(file, item, rule, meeting, vote, breach),)
    )


def lost(file: ProjectFile, item: ItemRule) -> bool:
    """Whether an item's vote surely did not carry: then that is what is wrong, whatever its record says of the outcome."""
    if not item.evidence.votes:
        return False
    return any(finding.severity is Severity.ERROR for finding in _one(file, item).findings)


def _meetings(held: Sequence[Holding]) -> list[list[Holding]]:
    """The papers meeting by meeting, the latest last: those of one day belong together, as those without a date do."""
    days: dict[str, list[Holding]] = {}
    for one in held:
        days.setdefault(one.date or "", []).append(one)
    return [days[day] for day in sorted(days)]


def _rule(meeting: Sequence[Holding], item: ItemRule) -> VoteRule:
    """The rule for a meeting by its title; the last one where none fits."""
    title = "".join(one.title or "" for one in meeting)
    return rule_for(item.evidence.votes, title)


def _vote(meeting: Sequence[Holding]) -> _Vote:
    numbers: dict[str, tuple[Fact, Holding]] = {}
    for one in meeting:
        for fact in one.facts:
            if fact.value.isdecimal():
                numbers.setdefault(fact.name, (fact, one))
    return _Vote(numbers)


def _several(meeting: Sequence[Holding]) -> bool:
    """Whether a meeting voted on several matters: nobody can tell which numbers are this project's."""
    facts = [fact for one in meeting for fact in one.facts if fact.value.isdecimal()]
    return len({(fact.name, fact.value) for fact in facts}) > len({fact.name for fact in facts})


def _breach(vote: _Vote, rule: VoteRule, several: bool) -> _Breach | None:
    """The gravest thing that is wrong with a vote; what is not sure, for a person to look at."""
    due, there, yes = vote[rule.due], vote[rule.present], vote[rule.yes]
    if yes is None or there is None or due is None:
        names = (rule.due, rule.present, rule.yes)
        told = f"没有读出{'、'.join(name for name in names if vote[name] is None)}的人数"
        return _Breach("vote-unclear", Severity.WARNING, told)
    if several:
        return _several_breach(vote, rule)
    cast = yes + (vote[rule.no] or 0) + (vote[rule.abstain] or 0)
    whole = vote[rule.no] is not None and vote[rule.abstain] is not None
    if there > due or cast > there or (whole and cast != there):
        told = f"人数对不上：{rule.due} {due}、{rule.present} {there}，表决合计 {cast}"
        return _Breach("vote-numbers", Severity.WARNING, told, rule.present)
    return _lost(vote, rule, due, there, yes)


def _lost(vote: _Vote, rule: VoteRule, due: int, there: int, yes: int) -> _Breach | None:
    if not rule.quorate(due, there):
        part, whole = rule.quorum
        told = f"{rule.due} {due} 人，{rule.present} {there} 人，到会的不足 {part}/{whole}，会议的决定不算数"
        return _Breach("vote-quorum", Severity.ERROR, told, rule.present)
    if not rule.carried(there, yes):
        part, whole = rule.majority
        against = f"，{rule.no} {vote[rule.no]} 票" if vote[rule.no] is not None else ""
        told = f"{rule.present} {there} 人，{rule.yes} {yes} 票{against}，没有超过到会人数的 {part}/{whole}，表决没有通过"
        return _Breach("vote-failed", Severity.ERROR, told, rule.yes)
    return None


def _several_breach(vote: _Vote, rule: VoteRule) -> _Breach:
    told = "一次会议有几组票数，看不出哪一组是这个项目的"
    return _Breach("vote-unclear", Severity.WARNING, told, rule.yes)


def _told(vote: _Vote, rule: VoteRule) -> str:
    names = (rule.due, rule.present, rule.yes, rule.no, rule.abstain)
    return "，".join(f"{name} {vote[name]}" for name in names if vote[name] is not None) or "没有读出人数"


def _finding(
    file: ProjectFile,
    item: ItemRule,
    rule: VoteRule,
    meeting: Sequence[Holding],
    vote: _Vote,
    breach: _Breach,
) -> Finding:
    fact, one = vote.numbers.get(breach.name, (None, meeting[0]))
    what = f"第{item.number}项“{item.short}”的{one.called}"
    do = (
        "请重新召开会议，把新的记录归档。"
        if breach.severity is Severity.ERROR
        else "请看原件：人数够、表决通过的，写明理由；没有通过的，重新召开会议。"
    )
    page, quote = (fact.page, fact.quote) if fact else (one.pages[0], one.title)
    message = f"{what}{'未通过：' if breach.severity is Severity.ERROR else ''}{breach.told}。{do}"
    return Finding(
        file.code, item.number, breach.code, breach.severity, message, one.id, page, quote, rule.clause
    )
