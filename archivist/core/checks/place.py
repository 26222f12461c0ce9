"""Whether papers are of the project's own village, township, district (别的村、镇街、区), not misplaced.

A paper names its place in its title and by the body that made it; where neither does, by where its meeting was held. A
form, a report, a contract names a village only by the way: it is asked where nothing on it names the project, and only
a person can say whether it is another one's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from archivist.core.checks.naming import names_project
from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules, cited
from archivist.core.compare import places
from archivist.core.crossrules import PlaceRule
from archivist.core.document import Holding
from archivist.core.model import Severity
from archivist.core.words.doing import MOVE_AWAY

CODES = ("other-place", "other-place-unclear")


class _Kind(NamedTuple):
    """A kind of place: how names of it are found, the stems that are the project's own, and what the register says."""

    found: Callable[[str, Collection[str]], tuple[str, ...]]
    own: tuple[str, ...]
    called: str


class _Told(NamedTuple):
    """A place that a paper names: its stem, the page and the words."""

    stem: str
    page: int
    words: str


def place(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """All papers of the items that name a place, against the register."""
    rule = rules.procedure.cross.place
    if rule is None:
        return
    asked, found = 0, []
    for held in file.documents:
        for kind, facts, severity in _asked_of(held, file, rule):
            named = _named(held, rule, kind, facts)
            asked += bool(named)
            other = _other(named, kind.own, rules.procedure.cross.confused)
            if other is not None:
                found.append(_finding(file, rule, held, other, kind, severity))
                break
    told = f"{asked} 件材料写明是哪个村、哪个镇街的" if asked else "材料里没有读到是哪个村、哪个镇街的"
    wrong = any(one.severity is Severity.ERROR for one in found)
    outcome = (
        Outcome.BREACHED
        if wrong
        else Outcome.UNCLEAR
        if found
        else Outcome.PASSED
        if asked
        else Outcome.NOT_NEEDED
    )
    yield Checked("place", "材料是本村、本镇街的", cited(rule), outcome, told, tuple(found))


def _asked_of(
    held: Holding, file: ProjectFile, rule: PlaceRule
) -> Iterator[tuple[_Kind, Collection[str], Severity]]:
    """The kinds of place that a paper is held against, by which facts, and how bad another one is."""
    village, township = ("", "") if file.register is None else (file.register.village, file.register.township)
    own = (places.stem(village), *places.villages(f"{village}{file.name}", rule.never)) if village else ()
    villages = _Kind(places.villages, own, village)
    townships = _Kind(places.townships, (places.stem(township),) if township else (), township)
    districts = _Kind(places.districts, (rule.district,) if rule.district else (), f"{rule.district}区")
    for items, kind in (
        (rule.villages, villages),
        (rule.townships, townships),
        (rule.districts, districts),
    ):
        if held.item in items and kind.own:
            yield kind, (rule.fact,), Severity.ERROR
    if held.item in rule.mentions and not names_project(held, file.code):
        for kind in (villages, townships):
            if kind.own:
                yield kind, rule.mentioned, Severity.WARNING


def _named(held: Holding, rule: PlaceRule, kind: _Kind, facts: Collection[str]) -> list[_Told]:
    """The places a paper names as its own: by title and body, else by what it tells."""
    said = [(held.pages[0], words) for words in (held.title, held.issuer, held.responsible) if words]
    found = [_Told(stem, page, words) for page, words in said for stem in kind.found(words, rule.never)]
    if found:
        return found
    read = [fact for fact in held.facts if fact.name in facts]
    return [
        _Told(stem, fact.page, fact.quote) for fact in read for stem in kind.found(fact.value, rule.never)
    ]


def _other(named: list[_Told], own: Collection[str], confused: Mapping[int, str]) -> _Told | None:
    """The place that is not the project's; None as soon as one is."""
    if any(places.same(one.stem, mine, confused) for one in named for mine in own):
        return None
    return named[0] if named else None


def _finding(
    file: ProjectFile, rule: PlaceRule, held: Holding, other: _Told, kind: _Kind, severity: Severity
) -> Finding:
    sure = severity is Severity.ERROR
    what = f"第{held.item}项的{held.called}{'是' if sure else '像是'}别处的材料：写的是“{other.stem}”"
    where, ours = f"（第{other.page}页“{other.words}”）", f"，本项目在{kind.called}。"
    return Finding(
        file.code,
        held.item,
        "other-place" if sure else "other-place-unclear",
        severity,
        what + ours + MOVE_AWAY.command,
        held.id,
        other.page,
        other.words,
        cited(rule),
        in_folder=what + where + ours + MOVE_AWAY.folder,
    )
