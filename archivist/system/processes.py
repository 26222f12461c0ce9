"""Other processes (进程) of this computer, on Linux and Windows alike: whether one runs, what it has worked, ending one
with its children.

The only caller of psutil, which is loaded where a process is asked about: it takes some 20 ms.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_SLACK_SECONDS = 60.0
"""What the clock on the wall may have been put right by between a process's beginning and its note."""

_BEHIND = 5
"""How much nicer what works in the background is: beside somebody's command it gets a third of a core's time."""

_END_SECONDS = 5.0
"""How long ended processes may take to be gone."""


def runs(pid: int, noted: float | None = None) -> bool:
    """Whether the process of this number runs that was noted at ``noted`` (seconds since 1970) or, without it, any.

    Numbers are given again, after a restart of the computer soonest: a process that began later is another one.
    """
    import psutil

    try:
        if not psutil.pid_exists(pid):
            return False
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        return noted is None or process.create_time() <= noted + _SLACK_SECONDS
    except psutil.Error:  # it is there, but the system tells us no more of others' processes
        return True
    except OverflowError:
        return False


def step_back() -> None:
    """Let this process, and what it starts, work behind what people at the same computer wait for."""
    with suppress(OSError, AttributeError):
        if sys.platform == "win32":
            import psutil

            psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
        else:
            os.nice(_BEHIND)


def end_with_children(pid: int) -> None:
    """End a process and all that it started, at once; whoever started it waits for it."""
    import psutil

    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        children = process.children(recursive=True)
        for one in (process, *children):
            with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                one.kill()
        psutil.wait_procs(children, timeout=_END_SECONDS)


@dataclass(frozen=True, slots=True)
class Effort:
    """What a process has worked: CPU seconds of all its threads, and whether all of them sleep.

    One that is stopped, waits for a disk or for its turn on a core does not sleep.
    """

    cpu: float
    asleep: bool


def effort(pid: int, with_children: bool = False) -> Effort | None:
    """Return what a process, or it and all below it that live, has worked; None when it is not there."""
    if not sys.platform.startswith("linux"):
        return _effort_elsewhere(pid, with_children)
    own = _effort_of(pid)
    if own is None or not with_children:
        return own
    below = [one for child in _children(pid) if (one := effort(child, with_children)) is not None]
    return Effort(own.cpu + sum(one.cpu for one in below), own.asleep and all(one.asleep for one in below))


def _effort_of(pid: int) -> Effort | None:
    """From /proc: a process that watches others must not load a library for it."""
    try:
        fields = _stat(Path(f"/proc/{pid}/stat"))
        threads = list(Path(f"/proc/{pid}/task").iterdir())
    except OSError:
        return None
    if fields[0] in "ZX":
        return None
    asleep = True
    for thread in threads:
        with suppress(OSError):
            asleep = asleep and _stat(thread / "stat")[0] in "SI"
    return Effort((int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), asleep)


def _stat(path: Path) -> list[str]:
    """The fields after the name, which may hold anything: the first is the state."""
    return path.read_text("utf-8", "replace").rpartition(")")[2].split()


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found += [int(child) for child in file.read_text("ascii").split()]
    return found


def _effort_elsewhere(pid: int, with_children: bool) -> Effort | None:
    import psutil

    try:
        process = psutil.Process(pid)
        cpu, asleep = 0.0, True
        for one in (process, *(process.children(recursive=True) if with_children else ())):
            with suppress(psutil.AccessDenied):
                times = one.cpu_times()
                cpu += times.user + times.system
                asleep = asleep and one.status() not in (psutil.STATUS_STOPPED, psutil.STATUS_DISK_SLEEP)
    except psutil.Error:
        return None
    return Effort(cpu, asleep)
