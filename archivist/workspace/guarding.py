"""Whether who acts may do so (权限): asked in one place, for every command that decides.

Opening the index for writing says who acts and by what authority; at the end of each transaction, within it, what was
decided is held against the projects it touched. A decision somebody may not take is refused before anything of it is
kept, whatever command it came from.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archivist.core import authority as may_do
from archivist.core.authority import Authority, Refusal, authority_note, may, who_is
from archivist.core.model import Actor
from archivist.core.people.person import Person
from archivist.core.register import project_from_record
from archivist.errors import RefusedError, UsageError

if TYPE_CHECKING:
    from archivist.index.writer import Index

COMMANDS = {
    "assign": may_do.FILE,
    "review": may_do.FILE,
    "version": may_do.FILE,
    "reject": may_do.REJECT,
    "undo": may_do.UNDO,
    "date": may_do.DATE,
    "original": may_do.DATE,
    "responsible": may_do.DATE,
    "waive": may_do.WAIVE,
    "override": may_do.OVERRIDE,
    "propose": may_do.PROPOSE,
    "confirm": may_do.CONFIRM,
    "deregister": may_do.CONFIRM,
    "reopen": may_do.REOPEN,
    "register import": may_do.REGISTER,
    "register renumber": may_do.REGISTER,
    "register separate": may_do.REGISTER,
    "register correct": may_do.REGISTER,
    "register join": may_do.REGISTER,
    "register split": may_do.REGISTER,
    "register retire": may_do.REGISTER,
    "register township": may_do.REGISTER,
    "register undo": may_do.REGISTER,
    "people import": may_do.PEOPLE_IMPORT,
    "repair": may_do.REPAIR,
    "number": may_do.ARCHIVE,
    "four-properties": may_do.ARCHIVE,
    "export": may_do.EXPORT,
    "dossier import": may_do.DOSSIER,
    "dossier confirm": may_do.DOSSIER,
    "dossier undo": may_do.DOSSIER,
}
"""What each command that decides needs authority for; the others carry out, look or keep."""

ALONE = frozenset({"deregister"})
"""Commands by which one person decides alone: with a register of people they only look (see `decisions.gate`)."""

PASSES = frozenset({"ingest", "watch"})
"""Commands that file what lies in folders: who put it there is not known."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Holds what a transaction decided against what its person may do. Called within it, at its end."""

    index: Index
    act: str
    person: Person
    rules: Authority

    def __call__(self) -> None:
        """RefusedError when a project that was decided about is none of the person's."""
        if not self.index.decided:
            return
        subjects = {subject for _, subject in self.index.decided}
        for code in sorted(subjects | self.index.deregistrations.touched()):
            self.about(code)

    def about(self, code: str) -> None:
        """RefusedError when the project ``code`` is none of the person's; what is no project is nobody's."""
        row = self.index.projects.find(code)
        project = None if row is None else project_from_record(json.loads(row["record"]))
        if refusal := may(self.act, self.person, project, self.rules):
            raise RefusedError(refusal.message)


def guard(index: Index, command: str, rules: Authority) -> Person | None:
    """Say who acts in ``index`` from now on, and see to it that they do what they may and nothing else.

    Raises:
        UsageError: the register of people does not know who acts. RefusedError: they may not do what the command does.
    """
    people = index.people.all()
    actor = index.actor
    if command in PASSES:
        if people or actor.name == actor.user:  # who runs the pass is not who put it there
            index.act_as(Actor(may_do.FOLDER, actor.place, actor.user))
        index.stamp = {"authority": may_do.BY_FOLDER if people else may_do.NOT_CHECKED}
        return None
    act = COMMANDS.get(command)
    if act is None:
        return None
    if people and command in ALONE:
        index.at_end.insert(0, lambda: _decides_nothing(index))
        return None
    person = who_is(actor, people)
    if isinstance(person, Refusal):
        raise _refused(person)
    index.stamp = {"authority": authority_note(person)}
    if person is None:
        return None
    if refusal := may(act, person, None, rules):
        raise _refused(refusal)
    index.person = person
    namesakes = sum(one.name == person.name for one in people)
    index.act_as(Actor(person.called if namesakes > 1 else person.name, actor.place, actor.user))
    index.at_end.insert(0, watching := Guard(index, act, person, rules))
    index.may_touch = watching.about
    return person


def _decides_nothing(index: Index) -> None:
    if index.decided:
        raise RefusedError("有人员名册，这件事要两个人办，不能由一人决定。什么也没有改动。")


def _refused(refusal: Refusal) -> UsageError | RefusedError:
    return UsageError(refusal.message) if refusal.unknown else RefusedError(refusal.message)
