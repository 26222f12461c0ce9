"""What a person verified by hand (人工核验) of a check that software cannot make: it rests on the papers that were there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from archivist.core.authority import NOT_CHECKED
from archivist.core.fourproperties.values import Result
from archivist.core.proposal import Hand
from archivist.core.standing import ALTERED, GONE
from archivist.core.words.copies import what_became
from archivist.core.words.times import minute

if TYPE_CHECKING:
    from archivist.core.document import Holding


class Manual(NamedTuple):
    """One verification by hand.

    Attributes:
        code: of the check. result: 通过 or 不通过. note: what was looked at and how.
        basis: the papers that were there: sha256 of the filed copy by a document's number.
        by, at: who, and when (ISO 8601).
    """

    project: str
    code: str
    result: str
    note: str
    basis: Mapping[str, str]
    by: Hand
    at: str

    @property
    def told(self) -> str:
        """Who, when and what, as people read it."""
        return f"{self.at[:10]} 由{self.who}核验：{self.note}"

    @property
    def who(self) -> str:
        """Who it was, as people read it."""
        if self.by.body:
            return self.by.told
        user = f"；系统用户 {self.by.user}" if self.by.user not in {"", self.by.name} else ""
        return f"{self.by.name}（{NOT_CHECKED}{user}）"

    def void(self, documents: Iterable[Holding], lies: Mapping[str, str]) -> str:
        """Why it counts no longer; "" while the papers are those that were there.

        Args:
            documents: those of the project that count. lies: sha256 of what lies at their places now ("" for nothing), of
                those somebody looked at.
        """
        now = {one.id: one for one in documents}
        for number, digest in sorted(self.basis.items()):
            one = now.get(number)
            if one is None:
                return f"材料 {number} 已不在（退回、改归或有了新版）"
            if one.wrong:
                return f"{one.called}{what_became(one.wrong)}了"
            if (one.path_sha256 or "") != digest:
                return f"{one.called}换过内容"
            if lies.get(number, digest) != digest:
                return f"{one.called}{what_became(ALTERED if lies[number] else GONE)}了"
        more = sorted(now.keys() - self.basis.keys())
        return f"以后又归档了 {'、'.join(more[:3])}{'等' if len(more) > 3 else ''}" if more else ""

    def record(self) -> dict[str, Any]:
        """As it is printed."""
        return {"result": self.result, "note": self.note, "by": self.by.record(), "at": self.at}


class Act(NamedTuple):
    """What somebody once recorded of a check, or that they withdrew it (``result`` is "" then).

    Attributes:
        note: what was looked at, or why it was withdrawn. by, at: who, and when (ISO 8601).
    """

    code: str
    result: str
    note: str
    by: str
    at: str


class TakenBack(NamedTuple):
    """A 不通过 that somebody recorded and that does not stand any more, and the act that ended it."""

    found: Act
    ended: Act

    @property
    def told(self) -> str:
        """Both acts: who, when and why."""
        done = f"改登记为{self.ended.result}" if self.ended.result else "取消"
        return (
            f"曾由 {self.found.by} 于 {minute(self.found.at)} 登记为{self.found.result}（{self.found.note}），"
            f"{self.ended.by} 于 {minute(self.ended.at)} {done}（{self.ended.note}）"
        )


def taken_back(acts: Iterable[Act]) -> list[TakenBack]:
    """Every 不通过 of one project that was withdrawn or recorded otherwise since; ``acts`` are in their order."""
    standing: dict[str, Act] = {}
    found = []
    for act in acts:
        before = standing.get(act.code)
        failed = Result.FAILED.value
        if before is not None and before.result == failed != act.result:
            found.append(TakenBack(before, act))
        standing[act.code] = act
    return found


def basis_of(documents: Iterable[Holding]) -> dict[str, str]:
    """What a verification made now rests on."""
    return {one.id: one.path_sha256 or "" for one in documents}
