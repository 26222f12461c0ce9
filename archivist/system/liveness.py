"""Signs of life (运行状况) that one process leaves for others: who holds a lock, and how the last pass ended.

Read with next to nothing loaded; written by ``locks`` and ``answers``.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

WATCH_HOLDER, WRITE_HOLDER, LAST_PASS = "watch-lock.json", "lock.json", "last-pass.json"
"""Files in the store's private folder."""

_MAX_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock. ``alive`` is None when that cannot be told from here (another computer)."""

    command: str
    pid: int
    host: str
    user: str
    since: str
    alive: bool | None


@dataclass(frozen=True, slots=True)
class LastPass:
    """How the last pass over the folders ended: ``error`` is empty when it went well, else ``next`` says when
    it is tried again. ``settling`` counts files that were still being written.
    """

    at: str
    pid: int
    settling: int
    error: str = ""
    next: str = ""


def holder(path: Path) -> Holder | None:
    """Who is noted in a lock's holder file; None when nobody is, or when it was a process that is no more."""
    told = _read(path)
    try:
        alive = _alive(told["pid"], told["host"], told["since"])
        found = Holder(
            str(told["command"]),
            int(told["pid"]),
            str(told["host"]),
            str(told["user"]),
            str(told["since"]),
            alive,
        )
    except (KeyError, TypeError, ValueError):
        return None
    return None if alive is False else found


def last_pass(private: Path) -> LastPass | None:
    """The last pass as it was noted in the store's private folder."""
    told = _read(private / LAST_PASS)
    try:
        return LastPass(
            str(told["at"]), int(told["pid"]), int(told["settling"]), str(told["error"]), str(told["next"])
        )
    except (KeyError, TypeError, ValueError):
        return None


def _read(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as stream:
            told = json.loads(stream.read(_MAX_BYTES))
    except (OSError, ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def this_host() -> str:
    """This computer's name, without loading what networks need."""
    return os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")


def _alive(pid: object, host: object, since: object) -> bool | None:
    """Whether the process that was noted runs on this computer; None for one on another."""
    if not isinstance(pid, int) or not isinstance(host, str):
        raise TypeError
    if host.casefold()[:15] != this_host().casefold()[:15]:
        return None
    from archivist.system.processes import runs

    return runs(pid, _seconds(since))


def _seconds(since: object) -> float | None:
    from datetime import datetime

    try:
        return datetime.fromisoformat(str(since)).timestamp()
    except (ValueError, OverflowError, OSError):
        return None
