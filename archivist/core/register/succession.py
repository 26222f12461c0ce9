"""Whether a row of a new register is a project that is known under another number (换了编号). Pure; a person answers.

A number that is new beside a project that is missing from the file is no accident when both agree in what makes a
project: name, village, operator, amount, year. Nothing is decided here: what may be the same is asked about, with what
agrees and what does not, and is not registered a second time meanwhile.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from archivist.core.compare import names, places
from archivist.core.identify.register_index import PHASE
from archivist.core.project import Project
from archivist.core.register.diff import FIELD_TITLES, ProjectChange, RegisterDiff, project_to_record
from archivist.core.register.parting import partings
from archivist.core.succession import Asked, Former
from archivist.core.text import fold

_NEAR_AMOUNT = Decimal("0.01")
"""Registers round amounts; so far apart two may be for one."""
_MOST_COMPARED = 200
_NOTHING_CONFUSED: Mapping[int, str] = {}
_POINTS = {"name": 4, "village": 2, "operator": 2, "amount": 2, "township": 1, "year": 1}


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a known project is like a new row; fields by their names in `Project`.

    Attributes:
        code: the known project's number. same: fields that agree. other: fields in which both say something else.
        similar: whether the names agree, but not to the letter.
    """

    code: str
    same: tuple[str, ...]
    other: tuple[str, ...]
    similar: bool = False

    @property
    def points(self) -> int:
        """How much speaks for it."""
        return (
            sum(_POINTS[name] for name in self.same)
            - sum(_POINTS[name] for name in self.other)
            - self.similar
        )

    @property
    def told(self) -> str:
        """As people read it: 名称、村（社区）、经营主体相同；建设年度不同."""
        alike = "、".join(FIELD_TITLES[name] for name in self.same if name != "name")
        first = "名称相近" if self.similar else "名称相同" if "name" in self.same else ""
        parts = [part for part in (first, f"{alike}相同" if alike else "") if part]
        if self.other:
            parts.append(f"{'、'.join(FIELD_TITLES[name] for name in self.other)}不同")
        return "，".join(parts)


@dataclass(frozen=True, slots=True)
class Question:
    """A new row that may be a known project under another number; ``likes`` best first, at least one.

    ``told`` and ``answer``: what it may be else, in Chinese, and the command that says so: a part of a project, or the sum
    of several.
    """

    project: Project
    likes: tuple[Likeness, ...]
    told: str = ""
    answer: str = ""

    @property
    def only(self) -> str:
        """The number of the one project that it may be; "" where there are several."""
        return self.likes[0].code if len(self.likes) == 1 and not self.answer else ""

    def asked(self, file: str) -> Asked:
        """The question as it is told of."""
        likes = tuple((like.code, like.told) for like in self.likes)
        record = project_to_record(self.project)
        return Asked(self.project.code, record, likes, file, "", self.told, self.answer)


def likeness(known: Project, new: Project) -> Likeness | None:
    """How a known project is like a new row; None where they are plainly two."""
    same: list[str] = []
    other: list[str] = []
    for field, agrees in _compared(known, new):
        (same if agrees else other).append(field)
    similar = "name" not in same and "name" in other and _similar(known, new)
    if similar:
        other.remove("name")
        same.insert(0, "name")
    found = Likeness(known.code, tuple(same), tuple(other), similar)
    return found if _may_be_one(found) and not _phases_differ(known, new) else None


def _compared(known: Project, new: Project) -> Iterator[tuple[str, bool]]:
    """The fields in which both say something, and whether they agree."""
    yield "name", fold(known.name) == fold(new.name)
    for field in ("village", "operator", "township", "year"):
        one, two = fold(getattr(known, field)), fold(getattr(new, field))
        if one and two:
            alike = one == two
            if field == "village":
                alike = alike or places.same(places.stem(one), places.stem(two), _NOTHING_CONFUSED)
            elif field == "operator":
                alike = alike or names.alike(one, two, _NOTHING_CONFUSED)
            yield field, alike
    if known.amount is not None and new.amount is not None:
        more = max(known.amount, new.amount)
        yield "amount", abs(known.amount - new.amount) <= more * _NEAR_AMOUNT


def _similar(known: Project, new: Project) -> bool:
    """Whether two names may be one's, their places left aside: those stand in columns of their own, and change."""
    one, two = (_without_places(project.name, (known, new)) for project in (known, new))
    return (
        bool(one and one == two)
        or names.alike(one, two, _NOTHING_CONFUSED)
        or names.near(one, two, _NOTHING_CONFUSED)
    )


def _without_places(name: str, projects: Iterable[Project]) -> str:
    bare = fold(name)
    for project in projects:
        for place in (fold(project.township), fold(project.village)):
            bare = bare.replace(place, "") if place else bare
    return bare


def _may_be_one(found: Likeness) -> bool:
    """Whether there is reason to ask. A village is never another one; a name alone needs nothing that speaks against it."""
    if "village" in found.other:
        return False
    backing = {"operator", "amount", "village"}.intersection(found.same)
    if "name" not in found.same:
        return backing == {"operator", "amount", "village"}
    against = {"operator", "amount"}.intersection(found.other)
    if found.similar:
        return bool(backing) and len(against) < 2
    return not against or bool(backing)


def _phases_differ(known: Project, new: Project) -> bool:
    """Whether the names tell parts of one undertaking apart: 一期, 二期."""
    return [*PHASE.findall(fold(known.name))] != [*PHASE.findall(fold(new.name))]


def questions(added: Sequence[Project], absent: Iterable[Project]) -> tuple[Question, ...]:
    """The new rows that may be projects missing from the same file."""
    reached = _reached(absent)
    found = []
    for new in added:
        likes = _likes(new, reached)
        if likes:
            found.append(Question(new, _best(likes)))
    return _each_its_own(found)


def _likes(new: Project, reached: Mapping[tuple[str, str], Sequence[Project]]) -> list[Likeness]:
    """The known projects that a row is like; where one has its very name and all agrees, only those of that name."""
    likes: dict[str, Likeness] = {}
    for key in _keys(new):
        for one in reached.get(key, ())[:_MOST_COMPARED]:
            if one.code not in likes and (like := likeness(one, new)) is not None:
                likes[one.code] = like
        if any(not like.other for like in likes.values()) and key[0] == "name":
            break
    return list(likes.values())


def _best(likes: Sequence[Likeness]) -> tuple[Likeness, ...]:
    """The likeliest first; those that something speaks against only where nothing better is there."""
    ordered = sorted(likes, key=lambda one: (-one.points, one.code))
    return tuple(one for one in ordered if one.points >= ordered[0].points - 2)


def _each_its_own(found: Sequence[Question]) -> tuple[Question, ...]:
    """A project that is one row's beyond doubt (same name) is not asked about for another row."""
    sure = {
        one.likes[0].code: one.project.code
        for one in found
        if one.only and "name" in one.likes[0].same and not one.likes[0].similar
    }
    kept = []
    for one in found:
        likes = tuple(like for like in one.likes if sure.get(like.code, one.project.code) == one.project.code)
        if likes:
            kept.append(replace(one, likes=likes))
    return tuple(kept)


def _keys(project: Project) -> Iterator[tuple[str, str]]:
    """What two projects that may be one have in common at the least."""
    for field in ("name", "village", "operator"):
        if value := fold(getattr(project, field)):
            yield field, places.stem(value) if field == "village" else value


def _reached(projects: Iterable[Project]) -> dict[tuple[str, str], list[Project]]:
    found: defaultdict[tuple[str, str], list[Project]] = defaultdict(list)
    for project in projects:
        for key in _keys(project):
            found[key].append(project)
    return found


def asked_of(diff: RegisterDiff, said: Sequence[Project] = ()) -> tuple[Question, ...]:
    """All that is to be asked about a file's rows. Parts and sums of projects are that before they are anything else.

    Args:
        said: the file's rows, as they stand there: one under a known number may be about another project altogether.
    """
    parted = list(_parted(diff))
    known = {one.project.code for one in parted} | {like.code for one in parted for like in one.likes}
    rows = {one.code.casefold(): one for one in said}
    free = {fold(one.name) for one in (*diff.absent, *(change.before for change in diff.changed))}
    taken = [one for one in diff.changed if _another(one.before, one.after, free)]
    own = {
        one.before.code: replace(rows[one.before.code.casefold()], code=one.before.code)
        for one in taken
        if rows
    }
    new = [*(one for one in diff.added if one.code not in known), *own.values()]
    left = [*(one for one in diff.absent if one.code not in known), *(one.before for one in taken)]
    asked = questions(new, left)
    answered = {one.project.code for one in asked}
    others = [_taken(change, own[change.before.code]) for change in taken if change.before.code in own]
    return (*parted, *asked, *(one for one in others if one.project.code not in answered))


def _another(known: Project, new: Project, free: Collection[str]) -> bool:
    """Whether a row under a project's number is about another one: another name, and what else tells projects apart.

    Args:
        free: folded names of projects that are missing from the file or stand there otherwise: one that another number
            has now says more.
    """
    pairs = dict(_compared(known, new))
    against = sum(pairs.get(field) is False for field in ("village", "operator", "amount"))
    least = 1 if fold(new.name) in free else 2
    return not pairs["name"] and against >= least and not _similar(known, new)


def _taken(change: ProjectChange, row: Project) -> Question:
    """A number that seems to have gone to a project that nobody knows."""
    code, fields = change.before.code, "、".join(field.title for field in change.fields[:4])
    told = f"这个编号原是“{change.before.name}”，{fields}都不同，像是编号给了另一个项目"
    return Question(row, (Likeness(code, (), ("name",)),), told, f"archivist register correct {code}")


def _parted(diff: RegisterDiff) -> Iterator[Question]:
    """New rows that may be parts of a project, or projects that became one."""
    for one in partings(diff):
        codes, sums = "、".join(part.code for part in one.parts), "金额合计正好相等，在同一个村"
        listed = " ".join(part.code for part in one.parts)
        if one.joined and not one.stays:
            likes = tuple(Likeness(part.code, ("village",), ()) for part in one.parts)
            told = f"像是 {codes} 合并成的（{sums}）"
            yield Question(one.whole, likes, told, f"archivist register join {listed} {one.whole.code}")
        elif not one.joined:
            whole = one.whole.code
            told = (
                f"像是 {whole} 拆分出来的（{codes} {sums}）"
                if len(one.parts) > 1
                else f"像是 {whole} 分出来的（{sums}）"
            )
            keep = " --keep" if one.stays else ""
            for part in one.parts:
                like = Likeness(whole, ("village",), ())
                yield Question(part, (like,), told, f"archivist register split {whole} {listed}{keep}")


def joined_told(diff: RegisterDiff) -> tuple[str, ...]:
    """Notes (Chinese) about missing projects that a project of the file may have taken in: its sum grew by theirs."""
    return tuple(
        f"{'、'.join(part.code for part in one.parts)} 这次的文件里没有，像是并入了 {one.whole.code} {one.whole.name}"
        "（金额正好多了这些，在同一个村）。是的话："
        f"archivist register join {' '.join(part.code for part in one.parts)} {one.whole.code}"
        for one in partings(diff)
        if one.joined and one.stays
    )


def held_back(diff: RegisterDiff, asking: Iterable[Question]) -> RegisterDiff:
    """The diff without the rows that are asked about: nothing of them is kept until somebody answers."""
    codes = {one.project.code for one in asking}
    return replace(
        diff,
        added=tuple(one for one in diff.added if one.code not in codes),
        changed=tuple(one for one in diff.changed if one.before.code not in codes),
    )


def by_numbers_of_now(
    projects: Sequence[Project], known: Mapping[str, Project], formers: Mapping[str, Former]
) -> tuple[tuple[Project, ...], tuple[str, ...]]:
    """A file's projects with the numbers they have now, and notes (Chinese) about those it still has under earlier ones.

    An earlier number stands for the project of now where the row is about it; else the number went to another project. A
    row about a project that was joined to another says nothing of that one, nor does one that stands there twice.

    Args:
        known: the register's projects by number. formers: whose earlier numbers (casefolded) are.
    """
    present = {project.code.casefold() for project in projects}
    kept, notes = [], []
    for project in projects:
        former = formers.get(project.code.casefold())
        if former is None or not _is_about(project, former, known[former.code]):
            kept.append(project)
        elif former.joined or former.code.casefold() in present:
            how = "已并入" if former.joined else "就是"
            notes.append(f"表里的 {project.code} {project.name}{how} {former.code}，没有再登记")
        else:
            present.add(former.code.casefold())
            kept.append(replace(project, code=former.code))
            notes.append(f"表里写的编号 {project.code} 是 {former.code} 的曾用编号，按 {former.code} 更新")
    return tuple(kept), tuple(notes)


def _is_about(row: Project, former: Former, now: Project) -> bool:
    """Whether a row under an earlier number is about the project that had it."""
    return fold(row.name) == fold(former.name) or (not former.joined and likeness(now, row) is not None)
