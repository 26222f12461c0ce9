"""Whether the papers of an item name this project (项目不符): by its number or its name, as recognition found them.

Whoever files by hand may file another village's paper. One that names another project, and not this one, is that
one's; where no paper of an item names the project at all, a person looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from archivist.core.checks.fitness import nothing_known
from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules
from archivist.core.document import Holding
from archivist.core.model import Candidate, Severity
from archivist.core.rules import ItemRule
from archivist.core.words.doing import MOVE_AWAY
from archivist.core.words.evidence import BY_CODE, BY_NAME, NAMING

CODES = ("names-other", "unnamed")


def naming(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """For each item that must be there; of another one only what is another project's."""
    for rule in rules.items:
        if rule.required or _others(file.of(rule.number), file.code):
            yield _one(file, rule)


def _one(file: ProjectFile, rule: ItemRule) -> Checked:
    slug, name = f"names-{rule.number}", f"第{rule.number}项“{rule.short}”写的是本项目"
    held = [one for one in file.papers(rule.number) if not nothing_known(one)]
    others = _others(held or file.of(rule.number), file.code)
    if not (held or others):
        return Checked(slug, name, rule.clause, *file.without_papers(rule.number))
    if others:
        found = tuple(_names_other(file, rule, one, other) for one, other in others)
        return Checked(slug, name, rule.clause, Outcome.BREACHED, "写的是别的项目", found)
    if any(names_project(one, file.code) for one in held):
        return Checked(slug, name, rule.clause, Outcome.PASSED, "写有本项目的编号或名称")
    if not rule.evidence.names:
        return Checked(slug, name, rule.clause, Outcome.NOT_NEEDED, "没有读到项目编号或名称")
    told = "没有读到本项目的编号或名称"
    found = (_unnamed(file, rule, held[0], told),)
    return Checked(slug, name, rule.clause, Outcome.UNCLEAR, told, found)


def _others(held: Iterable[Holding], code: str) -> list[tuple[Holding, Candidate]]:
    """Papers, or drafts where there is no paper, that are another project's, each with that project."""
    return [(one, other) for one in held if (other := _other(one, code)) is not None]


def _names_other(file: ProjectFile, rule: ItemRule, one: Holding, other: Candidate) -> Finding:
    shown = next(evidence for evidence in other.evidence if evidence.rule in (BY_CODE, BY_NAME))
    what = f"第{rule.number}项“{rule.short}”的{one.called}写的是 {other.project}"
    where, rest = f"（第{shown.page}页“{shown.quote}”）", f"，没有写 {file.code}。"
    return Finding(
        file.code,
        rule.number,
        "names-other",
        Severity.ERROR if rule.required else Severity.WARNING,
        what + rest + MOVE_AWAY.command,
        one.id,
        shown.page,
        shown.quote,
        rule.clause,
        in_folder=what + where + rest + MOVE_AWAY.folder,
    )


def _unnamed(file: ProjectFile, rule: ItemRule, one: Holding, told: str) -> Finding:
    what = f"第{rule.number}项“{rule.short}”的{one.called}{told}。"
    return Finding(
        file.code,
        rule.number,
        "unnamed",
        Severity.WARNING,
        what + MOVE_AWAY.command,
        one.id,
        one.pages[0],
        one.title,
        rule.clause,
        in_folder=what + MOVE_AWAY.folder,
    )


def _of(one: Holding, code: str) -> list[Candidate]:
    return [guess for guess in one.candidates if guess.project == code]


def names_project(one: Holding, code: str) -> bool:
    """Whether recognition found the project's number or name on it, or that it belongs to a paper that names it."""
    if any(fact.project == code for fact in one.facts):
        return True
    rules = [evidence.rule for guess in _of(one, code) for evidence in guess.evidence]
    return any(rule.startswith(NAMING) for rule in rules)


def _other(one: Holding, code: str) -> Candidate | None:
    """The project that a paper names in the place of this one; None where it names this one, or none for certain."""
    own = max((guess.score for guess in _of(one, code) if guess.evidence), default=0.0)
    if names_project(one, code):
        return None
    surely = (
        guess
        for guess in one.candidates
        if guess.project not in (None, code)
        and guess.score > own
        and any(evidence.rule in (BY_CODE, BY_NAME) for evidence in guess.evidence)
    )
    return next(surely, None)


def names_another(one: Holding, code: str) -> bool:
    """Whether a paper names another project for certain, and this one nowhere."""
    return _other(one, code) is not None
