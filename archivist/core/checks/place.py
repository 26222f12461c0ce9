"""Whether papers are of the project's own village, township, district (别的村、镇街、区), not misplaced.

A paper names its place in its title and by the body that made it; where neither does, by where its meeting was held.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from archivist.core.checks.values import Checked, Finding, Outcome, ProjectFile, Rules, cited
from archivist.core.compare import places
from archivist.core.crossrules import PlaceRule
from archivist.core.document import Holding
from archivist.core.model import Severity

CODES = ("other-place",)


class _Kind(NamedTuple):
    """A kind of place: how names of it are found, the stem of the project's own, and it in full."""

    found: Callable[[str, Collection[str]], tuple[str, ...]]
    own: str
    called: str


def place(file: ProjectFile, rules: Rules, today: date) -> Iterator[Checked]:
    """All papers of the items that are a village's or a township's, against the register."""
    rule = rules.procedure.cross.place
    if rule is None:
        return
    village, township = ("", "") if file.register is None else (file.register.village, file.register.township)
    kinds = (
        (rule.villages, _Kind(places.villages, places.stem(village), village)),
        (rule.townships, _Kind(places.townships, places.stem(township), township)),
        (rule.districts, _Kind(places.districts, rule.district, f"{rule.district}区")),
    )
    asked, found = 0, []
    for held in file.documents:
        for items, kind in kinds:
            if held.item in items and kind.own:
                named = _named(held, rule, kind)
                asked += bool(named)
                other = _other(named, kind.own, rules.procedure.cross.confused)
                if other is not None:
                    found.append(_finding(file, rule, held, other, kind))
                    break
    told = f"{asked} 件材料写明是哪个村、哪个镇街的" if asked else "材料里没有读到是哪个村、哪个镇街的"
    outcome = Outcome.BREACHED if found else Outcome.PASSED if asked else Outcome.NOT_NEEDED
    yield Checked("place", "材料是本村、本镇街的", cited(rule), outcome, told, tuple(found))


def _named(held: Holding, rule: PlaceRule, kind: _Kind) -> list[tuple[str, int, str]]:
    """The places a paper names as its own: stem, page and words; by title and body, else by where it was held."""
    said = [(held.pages[0], words) for words in (held.title, held.issuer, held.responsible) if words]
    found = [(stem, page, words) for page, words in said for stem in kind.found(words, rule.never)]
    if found:
        return found
    facts = [fact for fact in held.facts if fact.name == rule.fact]
    return [(stem, fact.page, fact.quote) for fact in facts for stem in kind.found(fact.value, rule.never)]


def _other(
    named: list[tuple[str, int, str]], own: str, confused: Mapping[int, str]
) -> tuple[str, int, str] | None:
    """The place that is not the project's; None as soon as one is."""
    if any(places.same(stem, own, confused) for stem, _, _ in named):
        return None
    return named[0] if named else None


def _finding(
    file: ProjectFile, rule: PlaceRule, held: Holding, other: tuple[str, int, str], kind: _Kind
) -> Finding:
    stem, page, words = other
    message = (
        f"第{held.item}项的{held.called}是别处的材料：写的是“{stem}”，本项目在{kind.called}。"
        "归错的，改归到它的项目；本项目的材料另行归档。"
    )
    return Finding(
        file.code,
        held.item,
        "other-place",
        Severity.ERROR,
        message,
        held.id,
        page,
        words,
        cited(rule),
    )
