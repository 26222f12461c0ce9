"""Ask a workspace how it is, without waiting for anybody and without writing anything (运行状态)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import starmap
from typing import TYPE_CHECKING, Any, TypeVar

from archivist.core.catalogue.completeness import OVERRIDDEN, ItemState
from archivist.core.catalogue.tally import COMPLETE, Tally, tally
from archivist.core.condition import Bounds, Facts, Problem, problems
from archivist.core.model import Status
from archivist.errors import SettingsError, StoreError
from archivist.index.reader import open_reader
from archivist.index.states import Chosen
from archivist.questions.evidence import FORGED, lost_evidence
from archivist.questions.missing import ELIMINATED
from archivist.system.clock import iso
from archivist.system.liveness import (
    LAST_PASS,
    WATCH_HOLDER,
    WRITE_HOLDER,
    Holder,
    LastPass,
    holder,
    last_pass,
)
from archivist.workspace.quick import standard

if TYPE_CHECKING:
    from pathlib import Path

    from archivist.core.catalogue.standard import Standard
    from archivist.index.reader import IndexReader
    from archivist.workspace.config import Config


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A source (来件) whose work is not done; ``since`` is when it was received (ISO 8601)."""

    name: str
    since: str


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A document in 待确认, its source's name, and when that was received (ISO 8601)."""

    document: str
    source: str
    since: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A source whose work failed: how often, why, when last, and when it is tried ``next`` (ISO 8601)."""

    source: str
    attempts: int
    error: str
    at: str
    next: str


@dataclass(frozen=True, slots=True)
class StandingTrouble:
    """A sentence about what could not be worked on, and since when (ISO 8601) that is so."""

    message: str
    since: str


@dataclass(frozen=True, slots=True)
class WrongCopy:
    """A filed copy that is "altered" or "gone", since when it is known; None for a copy that is no document's."""

    document: str | None
    path: str
    state: str
    since: str


@dataclass(frozen=True, slots=True)
class Reopened:
    """A project whose 销号 holds no longer, since when and why."""

    project: str
    name: str
    since: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class LostEvidence:
    """A project that was wound up (销号) and whose evidence does not stand: why."""

    project: str
    problem: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """A project proposed for 销号 that waits for a second person: since when, and who proposed."""

    project: str
    name: str
    since: str
    actor: str


@dataclass(frozen=True, slots=True)
class IndexState:
    """What the index says; ``problem`` is why it could not tell the rest, "" when it told all.

    ``sums`` are of the projects to be wound up (淘汰类); None while most of their states have yet to be made.
    """

    unfinished: int = 0
    review: int = 0
    unsorted: int = 0
    rejected: int = 0
    documents: int = 0
    events: int = 0
    oldest_unfinished: Unfinished | None = None
    oldest_review: Unconfirmed | None = None
    wrong: tuple[WrongCopy, ...] = ()
    troubles: tuple[StandingTrouble, ...] = ()
    deregistered: int = 0
    reopened: tuple[Reopened, ...] = ()
    astray: int = 0
    proposed: tuple[Proposed, ...] = ()
    failures: tuple[Failure, ...] = ()
    lost: tuple[LostEvidence, ...] = ()
    sums: Tally | None = None
    problem: str = ""

    @property
    def holding(self) -> int:
        """How many projects are wound up on evidence that stands; a forged row counted for nothing before."""
        return self.deregistered - sum(one.problem != FORGED for one in self.lost)


_ASKED: dict[str, Callable[[IndexReader], Any]] = {
    "unfinished": lambda index: index.sources.count_unfinished(),
    "review": lambda index: index.documents.count(Status.REVIEW),
    "unsorted": lambda index: sum(map(len, index.items.unsorted().values())),
    "rejected": lambda index: index.documents.count(Status.REJECTED, standing=True),
    "documents": lambda index: index.documents.count(),
    "events": lambda index: index.events.head()[0],
    "oldest_unfinished": lambda index: _named(Unfinished, index.sources.oldest_unfinished()),
    "oldest_review": lambda index: _named(Unconfirmed, index.documents.oldest_waiting()),
    "wrong": lambda index: tuple(_wrong(index)) if index.has("standing") else (),
    "troubles": lambda index: (
        tuple(starmap(StandingTrouble, index.troubles.all().items())) if index.has("troubles") else ()
    ),
    "lost": lambda index: tuple(starmap(LostEvidence, lost_evidence(index).items())),
    "deregistered": lambda index: index.deregistrations.count() if index.has("deregistrations") else 0,
    "astray": lambda index: len(index.projects.astray()),
    "reopened": lambda index: tuple(_reopened(index)) if index.has("deregistrations") else (),
    "proposed": lambda index: tuple(_proposed(index)) if index.has("proposals") else (),
    "failures": lambda index: tuple(_failures(index)) if index.has("attempts") else (),
}
"""What the index is asked for each field of IndexState, in this order: where one fails, what was told before stays. A
database of an earlier edition may have no such table.
"""


def _named(kind: type[T], row: tuple[str, ...] | None) -> T | None:
    return None if row is None else kind(*row)


def _wrong(index: IndexReader) -> Iterator[WrongCopy]:
    for row in index.standings.wrong():
        yield WrongCopy(row["document"], row["path"], row["state"], row["since"])


def _reopened(index: IndexReader) -> Iterator[Reopened]:
    for row in index.deregistrations.reopened():
        yield Reopened(row["project"], row["name"], row["reopened"], row["reason"])


def _proposed(index: IndexReader) -> Iterator[Proposed]:
    for row in index.proposals.all_waiting():
        yield Proposed(row["project"], row["name"], row["at"], row["actor"])


def _failures(index: IndexReader) -> Iterator[Failure]:
    for row in index.attempts.failures():
        yield Failure(row["name"], row["count"], row["error"], row["at"], iso(row["next"]))


@dataclass(frozen=True, slots=True)
class Health:
    """One look at a workspace. Sizes in MiB (2**20 bytes); times are ISO 8601.

    Attributes:
        workspace: its folder. watcher, writer: who runs. last: how the last pass went, ``beat`` when it ended.
        inbox: files that lie in 收件箱, ``oldest_inbox`` the one that has lain there longest.
        limit_mb: free space below which it is a problem.
    """

    at: str
    workspace: str
    watcher: Holder | None
    writer: Holder | None
    last: LastPass | None
    beat: str | None
    inbox: int
    oldest_inbox: Unfinished | None
    known: IndexState
    free_mb: int | None
    total_mb: int | None
    limit_mb: int
    problems: tuple[Problem, ...]

    @property
    def oldest(self) -> Unfinished | None:
        """What has waited longest to be worked on, in 收件箱 or received already."""
        waiting = [one for one in (self.oldest_inbox, self.known.oldest_unfinished) if one]
        return min(waiting, key=lambda one: datetime.fromisoformat(one.since), default=None)

    def record(self) -> dict[str, Any]:
        """The one line of ``status --json``, as schemas/output/status.schema.json describes it."""
        known, last = self.known, self.last
        return {
            "at": self.at,
            "workspace": self.workspace,
            "healthy": not self.problems,
            "problems": [
                {"severity": one.severity.value, "code": one.code, "message": one.message}
                for one in self.problems
            ],
            "watcher": _holder_record(self.watcher),
            "writer": _holder_record(self.writer),
            "last_pass": last
            and {
                "at": self.beat,
                "settling": last.settling,
                "error": last.error or None,
                "next": last.next or None,
            },
            "queue": {
                "inbox": self.inbox,
                "settling": last.settling if last and self.inbox else 0,
                "unfinished": known.unfinished,
                "oldest": self.oldest and asdict(self.oldest),
            },
            "review": {
                "count": known.review,
                "unsorted": known.unsorted,
                "oldest": known.oldest_review and asdict(known.oldest_review),
            },
            "rejected": known.rejected,
            "failures": [asdict(one) for one in known.failures],
            "troubles": [asdict(one) for one in known.troubles],
            "altered": [asdict(one) for one in known.wrong],
            "deregistered": known.holding,
            "lost_evidence": [asdict(one) for one in known.lost],
            "projects": _projects_record(known.sums),
            "reopened": [
                {"project": one.project, "since": one.since, "reason": one.reason} for one in known.reopened
            ],
            "proposed": [
                {"project": one.project, "since": one.since, "actor": one.actor} for one in known.proposed
            ],
            "disk": {"free_mb": self.free_mb, "total_mb": self.total_mb, "limit_mb": self.limit_mb},
            "index": {
                "problem": known.problem or None,
                "documents": known.documents,
                "events": known.events,
            },
        }


def _holder_record(found: Holder | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "command": found.command,
        "pid": found.pid,
        "host": found.host,
        "user": found.user,
        "since": found.since,
        "alive": found.alive,
    }


def look(config: Config) -> Health:
    """Return how the workspace is now."""
    now = datetime.now().astimezone()
    private = config.store_root / ".archivist"
    watcher, last = holder(private / WATCH_HOLDER), last_pass(private)
    beat = _changed(private / LAST_PASS)
    inbox, oldest = _inbox(config)
    known = _known(private / "index.db", standard(config.workspace))
    free, total = _space(config.store_root)
    silent = [_minutes(now, at) for at in (beat, watcher.since if watcher else None) if at]
    waits = [one.since for one in (oldest, known.oldest_unfinished) if one and one.since]
    facts = Facts(
        watcher=watcher is not None,
        silent=min(silent) if watcher and silent else None,
        waiting=inbox + known.unfinished,
        oldest=_minutes(now, min(waits)) if waits else None,
        failed=len(known.failures),
        altered=sum(one.state == "altered" for one in known.wrong),
        gone=sum(one.state == "gone" for one in known.wrong),
        troubles=len(known.troubles),
        last_error=last.error if last else "",
        free_mb=free,
        index=known.problem,
        reopened=len(known.reopened),
        lost=len(known.lost),
        astray=known.astray,
    )
    settings = config.status
    limits = Bounds(settings.min_free_mb, settings.waiting_minutes, settings.silent_minutes)
    return Health(
        at=now.isoformat(timespec="seconds"),
        workspace=str(config.workspace),
        watcher=watcher,
        writer=holder(private / WRITE_HOLDER),
        last=last,
        beat=beat,
        inbox=inbox,
        oldest_inbox=oldest,
        known=known,
        free_mb=free,
        total_mb=total,
        limit_mb=settings.min_free_mb,
        problems=tuple(problems(facts, limits)),
    )


def _minutes(now: datetime, at: str) -> float:
    try:
        return (now - datetime.fromisoformat(at)).total_seconds() / 60
    except (ValueError, TypeError):
        return 0.0


def _changed(path: Path) -> str | None:
    try:
        return iso(path.stat().st_mtime)
    except OSError:
        return None


def _inbox(config: Config) -> tuple[int, Unfinished | None]:
    """How many files lie in 收件箱, and which has lain there longest, since when."""
    from archivist.folders.listing import in_inbox

    files = in_inbox(config.inbox).files
    if not files:
        return 0, None
    first = min(files, key=lambda file: file.changed)
    return len(files), Unfinished(first.name, iso(first.changed / 1e9))


def _known(path: Path, by: Standard) -> IndexState:
    """What the index says, as far as it can be read."""
    told: dict[str, Any] = {}
    try:
        with open_reader(path) as reader:
            for name, asked in _ASKED.items():
                told[name] = asked(reader)
            told["problem"] = _log_problem(reader, path)
            told["sums"] = _sums(reader, by)
    except StoreError as error:
        return IndexState(**{**told, "problem": error.message})
    return IndexState(**told)


def _log_problem(index: IndexReader, path: Path) -> str:
    """Whether files of the log of events are missing; "" when it is whole as far as its end tells."""
    from archivist.index.mirror import Mirror, taken_from

    log = Mirror(path.with_name("events"))
    return taken_from(log.folder, log.tail().seq, index.events.log_reach())


def _sums(index: IndexReader, by: Standard) -> Tally | None:
    """How the projects to be wound up stand; None where that is not at hand, or the rules cannot be read."""
    try:
        return tally(index.states.outlines(by, Chosen(ELIMINATED))) if index.states.at_hand(by) else None
    except SettingsError:
        return None


def _projects_record(sums: Tally | None) -> dict[str, int] | None:
    return sums and {
        "count": sums.projects,
        "complete": sums.of(COMPLETE),
        "missing": sums.of(ItemState.MISSING.value),
        "review": sums.of(ItemState.REVIEW.value),
        "unqualified": sums.of(ItemState.UNQUALIFIED.value),
        "check": sums.of(ItemState.CHECK.value),
        "overridden": sums.of(OVERRIDDEN),
    }


def _space(root: Path) -> tuple[int | None, int | None]:
    """Free and total MiB of the disk the store is on."""
    try:
        if hasattr(os, "statvfs"):
            found = os.statvfs(root)
            return found.f_bavail * found.f_frsize >> 20, found.f_blocks * found.f_frsize >> 20
        from shutil import disk_usage

        usage = disk_usage(root)
    except OSError:
        return None, None
    return usage.free >> 20, usage.total >> 20
