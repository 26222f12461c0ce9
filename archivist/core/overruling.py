"""A decision that changes another person's (改动别人的决定): what was decided before, and how both of them are told. Pure.

Who decides second may not know that somebody decided. They are told who, what and when, and say that they mean it;
whoever decided first finds it among the document's reasons.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from archivist.core.authority import FOLDER
from archivist.core.words.times import minute
from archivist.errors import RefusedError

_BEFORE = "原已由 "
_IN_FOLDER = "有人在文件夹里"


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was decided about a document before.

    Attributes:
        seq: of its event. what: what was decided, as a verb: 归到 DZ-2018-0017 第4项.
        folder: it was done by moving a file in a folder: ``actor`` is then who ran the pass that saw it.
        thing: what it was decided about where that is no document; "" for the document.
    """

    document: str
    seq: int
    actor: str
    at: str
    what: str
    folder: bool = False
    thing: str = ""

    @property
    def who(self) -> str:
        """Who decided; of a file moved in a folder nobody knows it."""
        return _IN_FOLDER if self.folder or self.actor == FOLDER else self.actor

    @property
    def told(self) -> str:
        """Who, when and what: 甲 于 2024年11月08日 09:05 归到 DZ-2018-0017 第4项."""
        return f"{self.who} 于 {minute(self.at)} {self.what}"

    def is_of(self, person: str) -> bool:
        """Whether this person decided it themselves."""
        return not self.folder and self.actor == person != FOLDER


@dataclass(frozen=True, slots=True)
class Sure:
    """Which earlier decisions a person means to change: those they were told of, or, with ``whatever``, any."""

    told: Collection[int] = ()
    whatever: bool = False

    def of(self, earlier: Earlier) -> bool:
        """Whether they mean to change this one."""
        return self.whatever or earlier.seq in self.told


ASK, WHATEVER = Sure(), Sure(whatever=True)


class Overrules(RefusedError):
    """A decision would change another person's, and who takes it was not told of that."""

    def __init__(self, earlier: Earlier, person: str, now: str) -> None:
        self.earlier = earlier
        self.question = (
            f"{earlier.thing or f'材料 {earlier.document}'} 已由 {earlier.told}；{person} 现在要改为{now}。"
        )
        super().__init__(
            f"{self.question}\n什么也没有改动。看过原来的决定、确实要改的，请在命令后面加上 --yes 再运行。"
        )


@dataclass(frozen=True, slots=True)
class Change:
    """Somebody knowingly changes what another decided. ``now``: what they decide, as `Earlier.what` says it; ``person`` is
    `FOLDER` where a file was moved in a folder.
    """

    earlier: Earlier
    person: str
    now: str

    @property
    def told(self) -> str:
        """Both decisions in a sentence: 原已由 甲 于 2024年11月08日 09:05 退回；现由 乙 改为归到 DZ-2018-0017 第4项."""
        by = _IN_FOLDER if self.person == FOLDER else self.person
        return f"{_BEFORE}{self.earlier.told}；现由 {by} 改为{self.now}"


def overruled(earlier: Earlier | None, person: str, now: str, sure: Sure) -> Change | None:
    """What the decision of ``person`` knowingly changes; None where it changes nobody else's.

    Args:
        now: what they decide, as `Earlier.what` says it.

    Raises:
        Overrules: it changes somebody else's, and they are not ``sure``.
    """
    if earlier is None or earlier.is_of(person) or earlier.what == now:
        return None
    if not sure.of(earlier):
        raise Overrules(earlier, person, now)
    return Change(earlier, person, now)


def reason(change: Change | None) -> tuple[str, ...]:
    """What a document's reasons tell whoever decided first."""
    return () if change is None else (change.told,)


def told_in(reasons: Collection[str]) -> str:
    """What the reasons of a document tell of a decision that was changed; "" where none was."""
    return "；".join(one for one in reasons if one.startswith(_BEFORE))


def record(change: Change | None) -> dict[str, object]:
    """What the event of a decision tells of the one it changes."""
    if change is None:
        return {}
    earlier = change.earlier
    return {
        "instead_of": {"seq": earlier.seq, "actor": earlier.actor, "at": earlier.at, "what": earlier.what}
    }
