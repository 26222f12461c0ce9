"""Other processes (进程) of this computer, on Linux and Windows alike: whether one runs, and ending one with its children.

The only caller of psutil, which is loaded where a process is asked about: it takes some 20 ms.
"""

from __future__ import annotations

from contextlib import suppress

_SLACK_SECONDS = 60.0
"""What the clock on the wall may have been put right by between a process's beginning and its note."""

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
