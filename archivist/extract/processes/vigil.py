"""How a process gets on with one task, judged from outside by what it works: the clock alone says how busy the machine is.

On a computer with much else to do a step that needs nine seconds may take minutes, and nothing is wrong with its file.
So a limit is one of CPU time; what sleeps and does no work hangs; what would work and is not let to is starved.
"""

from __future__ import annotations

from enum import Enum

from archivist.system.processes import Effort

PATIENCE = 10
"""So many times as long as a hang is waited for, a task that is starved may take."""

_WORK_SHARE = 0.01
"""Share of a core's time below which a process only turns over in its sleep (an event loop that ticks)."""
_LEAST_WORK = 0.03
"""CPU seconds; clocks of processes tick in hundredths."""


class Verdict(Enum):
    """What is to be done with a task."""

    GOING = 0
    SPENT = 1
    """It used up its CPU time: the file is too much."""
    HANGS = 2
    """It sleeps and works no more: it waits for something that never comes."""
    STARVED = 3
    """It was not let work: the machine is busy."""


class Vigil:
    """Watches one task. Times are seconds of a clock that only grows.

    Args:
        begun: when the task began. cpu_seconds: what it may use. idle_seconds: how long it may sleep without work.
    """

    def __init__(self, begun: float, cpu_seconds: float, idle_seconds: float) -> None:
        self._cpu_seconds, self._idle_seconds = cpu_seconds, idle_seconds
        self._until = begun + PATIENCE * idle_seconds
        self._first: float | None = None
        self._awake, self._worked = begun, 0.0
        self.lively = True
        """Whether it worked, or would have worked, when last looked at."""

    def judge(self, now: float, effort: Effort | None) -> Verdict:
        """Judge a look at the process; ``effort`` is None when it cannot be seen (it ended, or has not begun)."""
        if effort is None:
            return Verdict.STARVED if now >= self._until else Verdict.GOING
        if self._first is None:
            self._first = self._worked = effort.cpu
        if effort.cpu - self._first >= self._cpu_seconds:
            return Verdict.SPENT
        work = effort.cpu - self._worked
        self.lively = not effort.asleep or work >= max(_LEAST_WORK, _WORK_SHARE * (now - self._awake))
        if self.lively:
            self._awake, self._worked = now, effort.cpu
        elif now - self._awake >= self._idle_seconds:
            return Verdict.HANGS
        return Verdict.STARVED if now >= self._until else Verdict.GOING
