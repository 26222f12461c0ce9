"""Ask a workspace how it is, without waiting for anybody and without writing anything: the facts behind ``status``."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from archivist.core.condition import Facts, Limits, Problem, problems
from archivist.core.model import Status
from archivist.errors import StoreError
from archivist.index.reader import open_reader
from archivist.system.liveness import (
    LAST_PASS,
    WATCH_HOLDER,
    WRITE_HOLDER,
    Holder,
    LastPass,
    holder,
    last_pass,
)

if TYPE_CHECKING:
    from pathlib import Path

    from archivist.index.reader import Reader
    from archivist.workspace.config import Config


@dataclass(slots=True)
class Known:
    """What the index says."""

    unfinished: int = 0
    oldest_unfinished: tuple[str, str] | None = None
    review: int = 0
    oldest_review: tuple[str, str, str] | None = None
    rejected: int = 0
    documents: int = 0
    events: int = 0
    failures: list[dict[str, Any]] = field(default_factory=list)
    wrong: list[dict[str, Any]] = field(default_factory=list)
    troubles: list[dict[str, Any]] = field(default_factory=list)
    deregistered: int = 0
    reopened: list[dict[str, Any]] = field(default_factory=list)
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """One look at a workspace. Sizes in MiB (2**20 bytes); times are ISO 8601."""

    at: str
    watcher: Holder | None
    writer: Holder | None
    last: LastPass | None
    beat: str | None
    inbox: int
    oldest_inbox: tuple[str, str] | None
    known: Known
    free_mb: int | None
    total_mb: int | None
    problems: list[Problem]


def look(config: Config) -> Health:
    """Return how the workspace is now."""
    now = datetime.now().astimezone()
    private = config.store_root / ".archivist"
    watcher, last = holder(private / WATCH_HOLDER), last_pass(private)
    beat = _changed(private / LAST_PASS)
    inbox, oldest = _inbox(config)
    known = _known(private / "index.db")
    free, total = _space(config.store_root)
    silent = [_minutes(now, at) for at in (beat, watcher.since if watcher else None) if at]
    waits = [
        at for at in (oldest and oldest[1], known.oldest_unfinished and known.oldest_unfinished[1]) if at
    ]
    facts = Facts(
        watcher=watcher is not None,
        silent=min(silent) if watcher and silent else None,
        waiting=inbox + known.unfinished,
        oldest=_minutes(now, min(waits)) if waits else None,
        failed=len(known.failures),
        altered=sum(row["state"] == "altered" for row in known.wrong),
        gone=sum(row["state"] == "gone" for row in known.wrong),
        troubles=len(known.troubles),
        last_error=last.error if last else "",
        free_mb=free,
        index=known.problem,
        reopened=len(known.reopened),
    )
    settings = config.status
    limits = Limits(settings.min_free_mb, settings.waiting_minutes, settings.silent_minutes)
    return Health(
        now.isoformat(timespec="seconds"), watcher, holder(private / WRITE_HOLDER), last, beat, inbox, oldest,
        known, free, total, problems(facts, limits),
    )  # fmt: skip


def _minutes(now: datetime, at: str) -> float:
    try:
        return (now - datetime.fromisoformat(at)).total_seconds() / 60
    except (ValueError, TypeError):
        return 0.0


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds).astimezone().isoformat(timespec="seconds")


def _changed(path: Path) -> str | None:
    try:
        return _iso(path.stat().st_mtime)
    except OSError:
        return None


def _inbox(config: Config) -> tuple[int, tuple[str, str] | None]:
    """How many files lie in 收件箱, and which has lain there longest, since when."""
    from archivist.folders.listing import in_inbox

    files = in_inbox(config.inbox).files
    if not files:
        return 0, None
    first = min(files, key=lambda file: file.changed)
    return len(files), (first.name, _iso(first.changed / 1e9))


def _known(path: Path) -> Known:
    known = Known()
    try:
        with open_reader(path) as index:
            _ask(index, known)
    except StoreError as error:
        known.problem = error.message
    return known


def _ask(index: Reader, known: Known) -> None:
    known.unfinished = index.sources.count_unfinished()
    known.review = index.documents.count(Status.REVIEW)
    known.rejected = index.documents.count(Status.REJECTED, standing=True)
    known.documents = index.documents.count()
    known.events = index.events.head()[0]
    known.oldest_unfinished = index.sources.oldest_unfinished()
    known.oldest_review = index.documents.oldest_waiting()
    if not index.has("standing"):
        return
    known.wrong = index.standings.wrong()
    known.troubles = [{"words": words, "since": since} for words, since in index.troubles.all().items()]
    if index.has("deregistrations"):
        known.deregistered = index.deregistrations.count()
        known.reopened = index.deregistrations.reopened()
    known.failures = [{**row, "next": _iso(row["next"])} for row in index.attempts.failures()]


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
