"""What importing a register of people changes, and whether what comes of it can be worked with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from archivist.core.people.bodies import plain_body
from archivist.core.people.person import FIELD_TITLES, Person, Standing, shown_field
from archivist.core.people.rules import Administrators, Known, PeopleRules


@dataclass(frozen=True, slots=True)
class PersonChange:
    """A person as they were, as they will be, and what differs: title, old, new, as shown to people."""

    before: Person
    after: Person
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class PeopleDiff:
    """What an import means. ``absent``: known but not in the file; they stay as they are."""

    added: tuple[Person, ...]
    changed: tuple[PersonChange, ...]
    unchanged: tuple[Person, ...]
    absent: tuple[Person, ...]

    @property
    def to_write(self) -> tuple[Person, ...]:
        """Those whose stored state must change."""
        return (*self.added, *(change.after for change in self.changed))

    @property
    def whole(self) -> tuple[Person, ...]:
        """Everybody, as they are after the import."""
        return (*self.to_write, *self.unchanged, *self.absent)


def diff_people(old: Sequence[Person], new: Sequence[Person]) -> PeopleDiff:
    """Compare what is known, by name and body, with what a file says; a row says all of a person."""
    known = {(one.name, one.body): one for one in old}
    added, changed, unchanged = [], [], []
    for person in new:
        before = known.get((person.name, person.body))
        if before is None:
            added.append(person)
        elif before == person:
            unchanged.append(before)
        else:
            changed.append(PersonChange(before, person, _differences(before, person)))
    there = {(one.name, one.body) for one in new}
    absent = [one for one in old if (one.name, one.body) not in there]
    return PeopleDiff(tuple(added), tuple(changed), tuple(unchanged), tuple(absent))


def _differences(before: Person, after: Person) -> tuple[tuple[str, str, str], ...]:
    pairs = (
        (field.name, getattr(before, field.name), getattr(after, field.name)) for field in fields(Person)
    )
    return tuple(
        (FIELD_TITLES[name], shown_field(old), shown_field(new)) for name, old, new in pairs if old != new
    )


def contradictions(people: Iterable[Person], prefixes: tuple[str, ...]) -> list[str]:
    """Sentences about people that an import would leave twice under two names of one body, or with one account."""
    people = tuple(people)
    names: dict[tuple[str, str], Person] = {}
    accounts: dict[str, Person] = {}
    told = []
    for one in people:
        other = names.setdefault((one.name, plain_body(one.body, prefixes)), one)
        if other is not one:
            told.append(f"{other.called}和{one.called}像是同一个人：单位请写成同一个名称")
        if one.account and not one.stopped:
            other = accounts.setdefault(one.account.casefold(), one)
            if other is not one:
                told.append(
                    f"系统账号“{one.account}”既是{other.called}的，又是{one.called}的，只能是一个人的"
                )
    return told


# -- system administrators (系统管理员) -----------------------------------------------------------------------------

_MOST_NAMED = 5


def administrator_notes(people: Sequence[Person], known: Known, rules: PeopleRules) -> list[str]:
    """Where there are fewer or more system administrators than the plan asks in principle (原则上)."""
    wanted = rules.administrators
    notes = []
    for level, count in wanted.counts.items():
        found = dict.fromkeys(_places(level, people, known), 0)
        for one in people:
            if one.level is level and one.is_admin():
                found[_place_of(one)] += 1
        for told, sign in (("少于", -1), ("多于", 1)):
            named = sorted(place for place, number in found.items() if (number - count) * sign > 0)
            if named:
                notes.append(_note(level, told, count, named, found, wanted))
    return notes


def _note(
    level: Standing,
    told: str,
    count: int,
    named: Sequence[str],
    found: Mapping[str, int],
    wanted: Administrators,
) -> str:
    where = "、".join(name for name in named[:_MOST_NAMED] if name)
    more = f"等 {len(named)} 个" if len(named) > _MOST_NAMED else ""
    now = f"（现有 {found[named[0]]} 名）" if len(named) == 1 else ""
    place = f"：{where}{more}" if where else ""
    return f"{level.value}系统管理员{told} {count} 名{place}{now}。（{wanted.clause}“{wanted.quote}”）"


def _places(level: Standing, people: Sequence[Person], known: Known) -> set[str]:
    """The bodies of a level that should have administrators: where there are projects or people."""
    there = {_place_of(one) for one in people if one.level is level}
    if level is Standing.VILLAGE:
        return there | {f"{township}{village}" for township, village in known.villages if village}
    if level is Standing.TOWNSHIP:
        return there | {township for township in known.townships if township}
    return {""}


def _place_of(one: Person) -> str:
    if one.level is Standing.VILLAGE:
        return f"{one.township}{one.village}"
    return one.township if one.level is Standing.TOWNSHIP else ""
