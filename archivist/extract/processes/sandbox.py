"""Disposable processes: every step that parses a stranger's bytes runs in one of its own and dies with it.

A child has its own pipe (nothing shared that a dying child could break), is killed from outside when it hangs
(`vigil`: by what it works, not by the clock, for the machine may be busy), and has where the platform has them (Linux;
partly macOS) limits on CPU time, address space, file size and core dumps. **Windows has no such limits**: there only the
watch from outside (of CPU time, too), the checks before decoding and the separate process protect the machine. A step
is a module-level function; it returns a value or raises `Refused`.

On Linux children are forked from the nursery (see `nursery`); elsewhere pebble starts each anew. What a child answers
is not trusted either: only plain values and this package's own value types are read out of it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeVar
from uuid import uuid4

from archivist.extract import failures
from archivist.extract.failures import Refused
from archivist.extract.limits import Limits
from archivist.extract.processes.libraries import FULL, LIGHT, READING
from archivist.extract.processes.vigil import Verdict, Vigil
from archivist.system.processes import Effort, effort, end_with_children, step_back
from archivist.system.room import NO_ROOM

T = TypeVar("T")

# Third-party names stand here too: before Python 3.13 a fork server does not see sys.path entries made at run
# time.
_PRELOAD = ["pebble.concurrent", *READING]
_OUT_OF_MEMORY = (
    "bad_alloc",
    "insufficient memory",
    "out of memory",
    "cannot allocate",
    "failed to allocate",
)

_ENDED = {
    Verdict.SPENT: failures.TOO_SLOW,
    Verdict.HANGS: failures.TOO_SLOW,
    Verdict.STARVED: failures.BUSY,
}
_LOOK_SECONDS = 1.0
_GRACE_SECONDS = 60.0
"""Beyond the longest a step may take: time to kill a child. Nobody waits for ever, whatever went wrong with the killing."""


@dataclass(frozen=True, slots=True)
class Finished(Generic[T]):
    """What a child hands back: a value, or the sentence that says why there is none."""

    value: T | None = None
    refusal: str = ""


def process_context(method: str | None = None) -> Any:
    """Return the multiprocessing context: forkserver where it exists (cheap, thread-safe), else spawn."""
    if method is None:
        method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(_PRELOAD)
    return context


class Sandbox:
    """Runs steps, at most ``parallel`` at once, each in a new process that ends with it."""

    def __init__(self, limits: Limits, parallel: int = 2, method: str | None = None) -> None:
        self._limits = limits
        self._nursery = sys.platform == "linux" and method is None
        self._library = FULL
        self._context = None if self._nursery else process_context(method)
        self._places = threading.BoundedSemaphore(max(1, parallel))

    def within(self, cpu_seconds: int, wall_seconds: float) -> Sandbox:
        """Return this sandbox with tighter limits of time; both share their places."""
        tighter = copy(self)
        tighter._limits = replace(
            self._limits,
            cpu_seconds=min(self._limits.cpu_seconds, cpu_seconds),
            wall_seconds=min(self._limits.wall_seconds, wall_seconds),
        )
        return tighter

    @property
    def light(self) -> Sandbox:
        """This sandbox for steps that need few libraries: its processes cost a third where they are forked."""
        lighter = copy(self)
        lighter._library = LIGHT
        return lighter

    def run(self, step: Callable[..., T], *args: Any) -> T:
        """Run ``step(*args)`` in a disposable process and return its value.

        Raises:
            Refused: the step refused the file, broke a limit or died; with a sentence for people.
        """
        with self._places:
            try:
                outcome = self._in_nursery(step, args) if self._nursery else self._anew(step, args)
            except (OSError, RuntimeError) as error:  # of the process that should have begun, not of the file
                full = isinstance(error, OSError) and error.errno in NO_ROOM
                raise Refused(failures.SCRATCH_FULL if full else failures.WORKERS_DOWN) from error
        if outcome.refusal:
            raise Refused(outcome.refusal)
        return outcome.value  # type: ignore[return-value]  # a step may well return None

    def _in_nursery(self, step: Callable[..., T], args: tuple[Any, ...]) -> Finished[Any]:
        from archivist.extract.processes.nursing import Ended, run_in_nursery

        try:
            outcome: Finished[Any] = run_in_nursery(
                self._library,
                contained,
                (self._limits, step, args),
                self._limits.wall_seconds,
                _GRACE_SECONDS,
            )
        except Ended as end:
            raise Refused(_ENDED.get(end.verdict) or _cause_of_death(end.code)) from None
        except OverflowError:
            raise Refused(failures.TOO_LARGE) from None
        return outcome

    def _anew(self, step: Callable[..., T], args: tuple[Any, ...]) -> Finished[Any]:
        from pebble import ProcessExpired
        from pebble.concurrent import process

        # pebble 5.2 declares mp_context but reads context: both, or children would be plain forks of a
        # threaded parent.
        options: dict[str, Any] = {"context": self._context, "mp_context": self._context}
        mark = self._limits.scratch / f"step-{uuid4().hex}"
        anew: Any = process(**options)
        isolated = anew(_announced)
        future = isolated(str(mark), self._limits, step, args)
        try:
            return self._watched(future, mark)
        except ProcessExpired as death:
            raise Refused(_cause_of_death(death.exitcode)) from None
        finally:
            if not future.done():
                future.cancel()  # kills it
            mark.unlink(missing_ok=True)

    def _watched(self, future: Any, mark: Path) -> Finished[Any]:
        idle = self._limits.wall_seconds
        vigil = Vigil(time.monotonic(), self._limits.cpu_seconds, idle)
        while True:
            try:
                outcome: Finished[Any] = future.result(timeout=min(_LOOK_SECONDS, idle / 4))
            except FutureTimeout:
                verdict = vigil.judge(time.monotonic(), effort_of(mark))
                if verdict is not Verdict.GOING:
                    raise Refused(_ENDED[verdict]) from None
            else:
                return outcome


def announce(mark: str) -> None:
    """Leave this process's number for whoever watches it; a full disk is met by the task itself."""
    with suppress(OSError):
        Path(mark).write_text(str(os.getpid()), "ascii")


def effort_of(mark: Path) -> Effort | None:
    """Return what the process that left ``mark`` has worked; None while there is none."""
    try:
        return effort(int(mark.read_text("ascii")))
    except (OSError, ValueError):
        return None


def end_by(mark: Path) -> None:
    """End the process that left ``mark``; nothing when it left none or is gone."""
    with suppress(OSError, ValueError):
        end_with_children(int(mark.read_text("ascii")))


def _announced(mark: str, limits: Limits, step: Callable[..., T], args: tuple[Any, ...]) -> Finished[T]:
    announce(mark)
    step_back()
    return contained(limits, step, args)


def contained(limits: Limits, step: Callable[..., T], args: tuple[Any, ...]) -> Finished[T]:
    """Run in the child: set limits, run the step, turn whatever it raises into a sentence (never an
    exception).
    """
    _silence()
    _limit(limits)
    try:
        return Finished(step(*args))
    except Refused as refusal:
        return Finished(refusal=refusal.reason)
    except MemoryError:
        return Finished(refusal=failures.TOO_LARGE)
    except OSError as error:
        return Finished(refusal=_os_reason(error))
    except Exception as error:  # libraries raise anything at all on damaged files
        return Finished(refusal=_library_reason(error))


def _os_reason(error: OSError) -> str:
    import errno

    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES):
        return failures.SCRATCH_FULL
    if error.errno == errno.EFBIG:
        return failures.TOO_LARGE
    return _library_reason(error)


def _library_reason(error: Exception) -> str:
    text = str(error).lower()
    if any(sign in text for sign in _OUT_OF_MEMORY):
        return failures.TOO_LARGE
    if "truncated" in text or isinstance(error, EOFError):
        return failures.TRUNCATED
    return failures.UNREADABLE  # not proven to be damaged: the library may just not know it


def _cause_of_death(exitcode: int | None) -> str:
    """Libraries that run out of memory abort; the kernel kills for CPU time; the rest are crashes."""
    names = {"SIGXCPU": failures.TOO_SLOW, "SIGKILL": failures.TOO_LARGE, "SIGABRT": failures.TOO_LARGE}
    for name, reason in names.items():
        if exitcode == -getattr(signal, name, 0):
            return reason
    return failures.CRASHED


def _silence() -> None:
    """Libraries report on a stranger's file to stderr; the terminal belongs to the user."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _limit(limits: Limits) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    room = limits.memory_mb << 20
    wanted = {
        resource.RLIMIT_CPU: limits.cpu_seconds,
        resource.RLIMIT_AS: _address_space() + room,
        resource.RLIMIT_FSIZE: limits.max_unpacked_mb << 20,
        resource.RLIMIT_CORE: 0,
    }
    for which, amount in wanted.items():
        _lower(resource, which, amount)


def _lower(resource: Any, which: int, amount: int) -> None:
    hard = resource.getrlimit(which)[1]
    if hard != resource.RLIM_INFINITY:
        amount = min(amount, hard)
    try:
        resource.setrlimit(which, (amount, hard))
    except (OSError, ValueError):  # macOS refuses RLIMIT_AS
        return


def _address_space() -> int:
    """Bytes of address space held now: preloaded libraries reserve much that they never use."""
    try:
        with open("/proc/self/statm", "rb") as stream:  # noqa: PTH123 (not a file; pathlib would be slower)
            return int(stream.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 512 << 20
