"""Our end of the nursery: start it when first needed, hand it a task, hear how the task's process ended.

One nursery of each kind serves the whole process. An answer comes from a process that parsed a stranger's bytes: it is
bounded in size, and nothing is made of it but plain values and this package's own value types.
"""

from __future__ import annotations

import io
import os
import pickle
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from archivist.extract.processes.nursery import REQUEST, STATUS, received, send
from archivist.extract.processes.vigil import PATIENCE, Verdict

_START_SECONDS = 120.0
_MOST_ANSWERED = 512 << 20


class Ended(Exception):
    """A task's process ended without an answer: its exit code (negative: the signal), and why it was ended, if it was."""

    def __init__(self, code: int, verdict: Verdict) -> None:
        super().__init__(code, verdict)
        self.code, self.verdict = code, verdict


class _Gone(Exception):
    """The nursery itself is not there any more."""


class _Nurse:
    """A running nursery; ends when this object is closed or this process ends."""

    def __init__(self, library: str) -> None:
        self.owner = os.getpid()
        ours, theirs = socket.socketpair()
        with theirs:
            paths = os.pathsep.join(path for path in sys.path if path)
            command = [
                sys.executable,
                "-m",
                "archivist.extract.processes.nursery",
                str(theirs.fileno()),
                library,
            ]
            nothing = subprocess.DEVNULL
            try:
                self._process = subprocess.Popen(  # noqa: S603 (our own module)
                    command,
                    stdin=nothing,
                    stdout=nothing,
                    stderr=nothing,
                    pass_fds=[theirs.fileno()],
                    start_new_session=True,
                    env=os.environ | {"PYTHONPATH": paths},
                    cwd="/",
                )
            except OSError:  # the system lets no further process begin
                ours.close()
                raise
        self._requests = ours
        self._lock = threading.Lock()
        ours.settimeout(_START_SECONDS)
        if ours.recv(1) != b"\0":
            self.close()
            raise RuntimeError("the reading processes cannot be started")

    def close(self) -> None:
        self._requests.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(1.0)

    def lives(self) -> bool:
        return self.owner == os.getpid() and self._process.poll() is None

    def request(self, idle: float) -> tuple[socket.socket, int]:
        """Ask for a child that may sleep ``idle`` seconds; return our ends of its socket and of its status pipe."""
        ours, theirs = socket.socketpair()
        status, told = os.pipe()
        try:
            with theirs, self._lock:
                socket.send_fds(self._requests, [REQUEST.pack(idle)], [theirs.fileno(), told])
        except OSError:
            ours.close()
            os.close(status)
            raise _Gone from None
        finally:
            os.close(told)
        return ours, status


_nurses: dict[str, _Nurse] = {}
"""For the whole process, as an interpreter has one fork server."""
_starting = threading.Lock()


def _nursery(library: str) -> _Nurse:
    with _starting:
        nurse = _nurses.get(library)
        if nurse is None or not nurse.lives():
            if nurse is not None and nurse.owner == os.getpid():
                nurse.close()
            nurse = _nurses[library] = _Nurse(library)
        return nurse


def _dismiss(library: str, nurse: _Nurse) -> None:
    """It is gone, though the system may not say so yet: the next task starts another."""
    with _starting:
        if _nurses.get(library) is nurse:
            del _nurses[library]
    nurse.close()


def run_in_nursery(
    library: str, function: Callable[..., Any], arguments: tuple[Any, ...], idle: float, grace: float
) -> Any:
    """Run ``function(*arguments)`` in a child that is killed when it sleeps for ``idle`` seconds or is starved.

    Args:
        library: the kind of nursery it is a child of.

    Raises:
        Ended: it ended without an answer. OverflowError: it answered too much.
        RuntimeError: the nursery ended twice (the machine may be out of memory).
    """
    task = pickle.dumps((function, arguments), pickle.HIGHEST_PROTOCOL)
    for _ in range(2):
        nurse = _nursery(library)
        try:
            return _attempt(nurse, task, idle, grace)
        except _Gone:
            _dismiss(library, nurse)
    raise RuntimeError("the reading processes ended unexpectedly")


def _attempt(nurse: _Nurse, task: bytes, idle: float, grace: float) -> Any:
    channel, status = nurse.request(idle)
    with channel, os.fdopen(status, "rb", buffering=0) as told:
        channel.settimeout(PATIENCE * idle + grace)
        try:
            send(channel, task)
            answer = received(channel, _MOST_ANSWERED)
        except TimeoutError:  # the nursery should have killed it long ago
            raise Ended(0, Verdict.STARVED) from None
        except (EOFError, OSError):
            raise _ending(told.read(STATUS.size)) from None
    return _plain(answer)


def _ending(told: bytes) -> Exception:
    if len(told) != STATUS.size:
        return _Gone()
    code, verdict = STATUS.unpack(told)
    return Ended(code, Verdict(verdict))


class _Plain(pickle.Unpickler):
    """Makes plain values and this package's value types, and calls nothing else whatever the bytes say."""

    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name) if _may_be_made(module, name) else None
        if isinstance(found, type) and found.__module__ == module:
            return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def _may_be_made(module: str, name: str) -> bool:
    if module.startswith("archivist."):
        return "." not in name
    return (module, name) in {
        ("pathlib", "PosixPath"),
        ("pathlib._local", "PosixPath"),
        ("builtins", "frozenset"),
        ("builtins", "set"),
    }


def _plain(answer: bytes) -> Any:
    try:
        return _Plain(io.BytesIO(answer)).load()
    except Exception as error:  # forged or cut: as bad as a crash
        raise Ended(1, Verdict.GOING) from error
