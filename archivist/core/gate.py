"""The gate (销号): what stands in its way, what it decides, and when its evidence no longer holds.

A project passes when its items are there or need not be, nothing that is wrong is left, what the plan allows in
principle only (原则上) has a stated reason, and every check was really made. What is decided is written down with all
that it rests on, so that it can be read, and held against what is there later, without this software.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archivist.core.catalogue.completeness import ItemState
from archivist.core.catalogue.overridden import Overridden, keys, overridden
from archivist.core.catalogue.states import completeness, explained_in
from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules, keyed
from archivist.core.decision import About, DecidedCheck, DecidedItem, Decision, Proof, Waived
from archivist.core.document import Holding
from archivist.core.evidence import grade
from archivist.core.model import Severity
from archivist.core.project import Project
from archivist.core.register import FIELD_TITLES, project_to_record
from archivist.core.rootcode import evidence_root
from archivist.core.words.copies import what_became
from archivist.core.words.reasons import essence


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a project passes in spite of a warning; ``key`` is what it was given under."""

    finding: Finding
    words: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the gate says: ``obstacles`` stand in the way, ``unexplained`` need a reason, ``reasons`` were given.

    Attributes:
        unknown: keys that reasons were given under and that nothing asked for.
        repeated: keys whose reason says the same words as another's: it explains neither.
        keys: what a reason for each of ``unexplained`` is given under, in their order.
        overrides: what would stand in the way had nobody overridden it (负责人核定).
        open_to: the keys of those obstacles that may be overridden, each with its finding.
    """

    obstacles: tuple[Finding, ...]
    unexplained: tuple[Finding, ...]
    reasons: tuple[Reason, ...]
    unknown: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    overrides: tuple[Overridden, ...] = ()
    open_to: tuple[tuple[str, Finding], ...] = ()

    def key_of(self, obstacle: Finding) -> str:
        """What an obstacle is overridden under; "" of one that nobody overrides."""
        return next((key for key, one in self.open_to if one == obstacle), "")

    @property
    def passes(self) -> bool:
        """Whether the project may be deregistered."""
        return not self.obstacles and not self.unexplained


def judge(
    file: ProjectFile, checks: Sequence[Checked], by_key: Mapping[str, str], rules: Rules | None = None
) -> Judged:
    """Whether the gate opens. Each warning needs a reason of its own: none covers all, and none stands twice. An error
    that was overridden (负责人核定) stands in the way no more; None for ``rules`` by which nothing is.

    Args:
        checks: the outcome of every check. by_key: reasons by the key of what they are for (see `keyed`).
    """
    found = [finding for checked in checks for finding in checked.findings]
    errors = [finding for finding in found if finding.severity is Severity.ERROR]
    over = [] if rules is None else overridden(file, rules, errors)
    obstacles = [finding for finding in errors if all(finding != one.finding for one in over)]
    open_to = [] if rules is None else [one for one in keys(file, rules, errors) if one[1] in obstacles]
    obstacles += [_not_made(file, one) for one in checks if _silent(one) and not obstacles]
    warnings = keyed([finding for finding in found if finding.severity is Severity.WARNING])
    repeated = _repeated({key: by_key[key] for key, _ in warnings if key in by_key})
    given = {key: words for key, words in by_key.items() if words and key not in repeated}
    reasons = [Reason(finding, given[key], key) for key, finding in warnings if key in given]
    left = [(key, finding) for key, finding in warnings if key not in given]
    unknown = sorted(set(by_key) - {key for key, _ in warnings})
    return Judged(
        tuple(obstacles),
        tuple(finding for _, finding in left),
        tuple(reasons),
        tuple(unknown),
        tuple(sorted(repeated)),
        tuple(key for key, _ in left),
        tuple(over),
        tuple(open_to),
    )


def _repeated(by_key: Mapping[str, str]) -> set[str]:
    """The keys whose reasons say the same, whatever the blanks and the punctuation."""
    said = Counter(essence(words) for words in by_key.values())
    return {key for key, words in by_key.items() if said[essence(words)] > 1}


def _silent(checked: Checked) -> bool:
    """Whether a check that did not pass left nothing in the way: it must not pass for good all the same."""
    if checked.outcome is Outcome.NOT_RUN:
        return not any(finding.severity is Severity.ERROR for finding in checked.findings)
    return checked.outcome not in {Outcome.PASSED, Outcome.NOT_NEEDED} and not checked.findings


def _not_made(file: ProjectFile, checked: Checked) -> Finding:
    message = f"“{checked.name}”没有检查：{checked.told}。"
    return Finding(file.code, None, "not-run", Severity.ERROR, message, clause=checked.clause)


# -- the decision --------------------------------------------------------------------------------------------------


def decision(
    file: ProjectFile,
    about: About,
    called: Mapping[int, str],
    rules: Rules,
    checks: Iterable[Checked],
    judged: Judged,
    proof: Mapping[str, Any],
) -> Decision:
    """What is decided, with all that it rests on.

    Args:
        about: the project, from the register.
        called: the items' names with township, village and department filled in.
        proof: who and when, the files hashed, the sha256 of the rules, the chain's head, the software's version.
    """
    made = tuple(checks)
    asked = {finding: one.rule for one in made for finding in one.findings}
    reasons = tuple(
        {**one.finding.record(), "key": one.key, "reason": one.words, "rule": asked[one.finding]}
        for one in judged.reasons
    )
    overrides = tuple(
        {**one.finding.record(), **one.override.record(), "rule": asked[one.finding]}
        for one in judged.overrides
    )
    found = [finding for one in made for finding in one.findings]
    states = completeness(file, rules, found, explained_in(reasons))
    items = tuple(
        DecidedItem(
            item=rule.number,
            name=rule.name,
            called=called[rule.number],
            short=rule.short,
            clause=rule.clause,
            state=states.state(rule.number).value,
            waiver=_waived(file, rule.number),
            documents=tuple(_proof(one) for one in file.of(rule.number)),
        )
        for rule in rules.items
    )
    decided = tuple(DecidedCheck(one.rule, one.name, one.clause, one.outcome.value, one.told) for one in made)
    register = {} if file.register is None else registered(file.register)
    root = evidence_root(file.documents).digest
    return Decision(
        about, items, decided, reasons, root=root, register=register, overrides=overrides, **proof
    )


def _waived(file: ProjectFile, item: int) -> Waived | None:
    one = file.waivers.get(item)
    return None if one is None else Waived(one.reason, one.actor, one.at, one.document)


def _proof(one: Holding) -> Proof:
    return Proof(
        id=one.id,
        path=one.path,
        pages=one.pages,
        title=one.title,
        date=one.date,
        date_page=one.marks.dated.page if one.marks.dated else None,
        sealed=one.sealed.value,
        signed=one.signed.value,
        sha256=one.path_sha256,
        original_sha256=one.file.sha256,
        copy=one.original,
        decided_by=one.decided_by,
        evidence=grade(one).state.value,
    )


# -- whether it still holds ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Now:
    """What became of a document that served as evidence. ``newer`` is what counts in its place, ``wrong`` what is
    wrong with its copy ("altered", "gone", "").
    """

    status: str
    project: str | None
    item: int | None
    pages: tuple[int, int]
    sha256: str | None
    date: str | None
    wrong: str
    newer: str | None


_STATUS = {"review": "回到待确认", "rejected": "退回", "duplicate": "改为重复件"}


def lost(
    decision: Decision,
    now: Mapping[str, Now],
    waived: Collection[int],
    register: Mapping[str, str | None] | None,
    overridden: Collection[tuple[str, str]] = (),
) -> list[str]:
    """Why a decision no longer holds; empty while all it rests on is as it was.

    Args:
        now: the documents it rests on, as they are; one that is gone altogether is left out.
        waived: the items that need not be handed in now.
        register: what the register says now (`registered`); None when it has no such project any more.
        overridden: the overrides (负责人核定) that stand now: the key of each, and when it was made.
    """
    code = decision.project.code
    found = [
        f"第{item}项的“{one.name}”（{identity}）{why}"
        for identity, (item, one) in decision.evidence().items()
        if (why := _lost(code, item, one, now.get(identity)))
    ]
    found += [
        f"第{item.item}项“{item.short}”的免交被取消"
        for item in decision.items
        if item.state == ItemState.WAIVED.value and item.item not in waived
    ]
    found += [
        f"第{one['item']}项的负责人核定（{one['key']}）被取消"
        for one in decision.overrides
        if (one["key"], one["at"]) not in overridden
    ]
    return [*found, *_registered_otherwise(decision.registered, register)]


def registered(project: Project) -> dict[str, str | None]:
    """What a decision rests on of the register, by field; None or "" where it says nothing."""
    record = project_to_record(project)
    found = {name: None if record[name] is None else str(record[name]) for name in _RESTS_ON}
    if project.amount is not None:
        found["amount"] = f"{project.amount.normalize():f}"  # 18.30 is 18.3
    return found


_RESTS_ON = ("name", "township", "village", "category", "operator", "amount", "year", "debts", "ownership")
"""Fields of the register that say which project it was, what was lost with it and what is left. Another department, a
telephone number or a report of progress changes nothing that was decided."""


def _registered_otherwise(
    then: Mapping[str, str | None], now: Mapping[str, str | None] | None
) -> Iterator[str]:
    if now is None:
        yield "台账里没有这个项目了"
        return
    for name, before in then.items():
        after = now.get(name)
        if (before or "") == (after or ""):
            continue
        if name == "category":
            yield f"台账里的类别改成了“{after or '没有填'}”"
        else:
            title = FIELD_TITLES.get(name, name)
            yield f"台账里的{title}由“{before or '没有填'}”改成了“{after or '没有填'}”"


def _lost(code: str, item: int, one: Proof, now: Now | None) -> str:
    """What became of one document, as a predicate; empty when it is as it was."""
    if now is None:
        return "被撤销"
    redated = f"日期由 {one.date or '不明'} 改为 {now.date or '不明'}"
    for changed, told in (
        (now.status != "filed", _STATUS.get(now.status, "不再归档")),
        (now.project != code, f"改归项目 {now.project}"),
        (now.item != item, f"改归第{now.item}项"),
        (now.newer is not None, f"被新版本 {now.newer} 代替"),
        (bool(now.wrong), what_became(now.wrong)),
        (now.sha256 != one.sha256 or now.pages != one.pages, "内容换过"),
        (now.date != one.date, redated),
    ):
        if changed:
            return told
    return ""
