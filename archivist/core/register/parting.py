"""Whether rows of a new register are a project that was divided (拆分), or several that became one (并入). Pure.

A person answers. What speaks for it is money: in one village, the sums of the parts are the sum of the whole, to the
register's rounding, and operator or name shows that they belong together. That is no proof, so it is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import combinations

from archivist.core.compare import places
from archivist.core.project import Project
from archivist.core.register.diff import RegisterDiff
from archivist.core.text import fold

_NEAR = Decimal("0.005")
_MOST_PARTS = 4
_MOST_ROWS = 12
"""So many rows of one village are put together; where there are more, chance would find sums, too."""
_TELLING = 3


@dataclass(frozen=True, slots=True)
class Parting:
    """One project and the several that it may be the sum of. ``joined``: they became one; else the one became several.

    ``stays``: the one has the same number before and after.
    """

    whole: Project
    parts: tuple[Project, ...]
    joined: bool
    stays: bool = False


def partings(diff: RegisterDiff) -> tuple[Parting, ...]:
    """What the file's new rows, its missing projects and its changed sums may mean together; each row at most once."""
    added, absent = _by_village(diff.added), _by_village(diff.absent)
    found: list[Parting] = []
    for village, new in added.items():
        gone = absent.get(village, [])
        found += _sums(gone, new, joined=False) + _sums(new, gone, joined=True)
    for change in diff.changed:
        village = _village(change.after)
        before, after = change.before.amount, change.after.amount
        if before is None or after is None or before == after:
            continue
        rows = absent.get(village, []) if after > before else added.get(village, [])
        parts = _parts(change.after, abs(after - before), rows, 1)
        if parts:
            found.append(Parting(change.after, parts, joined=after > before, stays=True))
    return tuple(_each_once(found))


def _sums(wholes: Sequence[Project], rows: Sequence[Project], joined: bool) -> list[Parting]:
    return [
        Parting(whole, parts, joined)
        for whole in wholes
        if whole.amount and (parts := _parts(whole, whole.amount, rows, 2))
    ]


def _parts(whole: Project, amount: Decimal, rows: Sequence[Project], least: int) -> tuple[Project, ...]:
    """The rows whose sums are ``amount``; none where several choices would do."""
    fitting = [one for one in rows if one.amount and one.amount <= amount and _belongs(whole, one)]
    if len(fitting) > _MOST_ROWS:
        return ()
    found = [
        chosen
        for count in range(least, _MOST_PARTS + 1)
        for chosen in combinations(fitting, count)
        if abs(sum((one.amount or Decimal(0) for one in chosen), Decimal(0)) - amount) <= amount * _NEAR
    ]
    return found[0] if len(found) == 1 else ()


def _belongs(whole: Project, part: Project) -> bool:
    """Whether a project may be a part of another: the same operator, or some of its name."""
    one, two = fold(whole.operator), fold(part.operator)
    if one and one == two:
        return True
    first, second = (_bare(project, (whole, part)) for project in (whole, part))
    block = SequenceMatcher(None, first, second, autojunk=False).find_longest_match()
    return bool(block.size >= _TELLING)


def _bare(project: Project, around: Iterable[Project]) -> str:
    """A name without places and what every name ends with."""
    bare = fold(project.name).removesuffix("项目")
    for other in around:
        for place in (fold(other.township), fold(other.village)):
            bare = bare.replace(place, "") if place else bare
    return bare


def _village(project: Project) -> str:
    return places.stem(fold(project.village))


def _by_village(projects: Iterable[Project]) -> dict[str, list[Project]]:
    found: defaultdict[str, list[Project]] = defaultdict(list)
    for project in projects:
        if village := _village(project):
            found[village].append(project)
    return found


def _each_once(found: Sequence[Parting]) -> Iterator[Parting]:
    """Those in which no project stands that another one has already."""
    seen: set[tuple[bool, str]] = set()
    for one in found:
        codes = {(one.joined, one.whole.code), *((not one.joined, part.code) for part in one.parts)}
        if not codes & seen:
            seen |= codes
            yield one
