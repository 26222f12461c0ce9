"""A pass killed at any step (强行终止), and what must be true afterwards."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from archivist.workspace.opened import Workspace
from support import workspaces as w

_CALLS = ("fsync", "link", "replace", "rename", "unlink", "rmdir", "mkdir")


_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked copies of this process")


@contextmanager
def steps(at_step: Callable[[str], None]) -> Iterator[None]:
    """Call ``at_step`` before every change of the file system (files opened for writing among them) and before every
    statement that ends a transaction.
    """
    real_connect = sqlite3.connect
    mine = os.getpid()
    _hook.begin(lambda: at_step("open") if os.getpid() == mine else None)

    def hooked(name: str) -> Callable[..., Any]:
        real = getattr(os, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            if os.getpid() == mine:
                at_step(name)
            return real(*args, **kwargs)

        return call

    def connect(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = real_connect(*args, **kwargs)
        connection.set_trace_callback(lambda words: at_step("commit") if words == "COMMIT" else None)
        return connection

    calls: dict[str, Any] = {name: hooked(name) for name in _CALLS}
    try:
        with patch.multiple(os, **calls), patch("sqlite3.connect", connect):
            yield
    finally:
        _hook.end()


class _AuditHook:
    """Hears of every file that Python opens for writing; there is no way to take such a hook away, so it can sleep."""

    def __init__(self) -> None:
        self._act: Callable[[], None] | None = None
        self._added = False

    def begin(self, act: Callable[[], None]) -> None:
        if not self._added:
            sys.addaudithook(self._heard)
        self._added, self._act = True, act

    def end(self) -> None:
        self._act = None

    def _heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and self._act is not None and arguments[2] & _WRITING:
            self._act()


_hook = _AuditHook()


@dataclass
class Countdown:
    """Acts at the ``left``-th step; counts them all."""

    left: int
    act: Callable[[], None]
    seen: int = 0

    def __call__(self, name: str) -> None:
        self.seen += 1
        if self.seen == self.left:
            self.act()


def killed_at(step: int, job: Callable[[], object]) -> bool:
    """Run ``job`` in a forked copy of this process that is killed (SIGKILL) at ``step``; whether it was."""
    child = os.fork()
    if child == 0:
        code = 3
        try:
            with steps(Countdown(step, lambda: os.kill(os.getpid(), signal.SIGKILL))):
                job()
            code = 0
        except BaseException as error:
            print("child:", repr(error), file=sys.stderr)
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in {0, -signal.SIGKILL}
    return code != 0


def mixed_inbox(opened: Workspace, folder: Path) -> None:
    """Everything that is dropped into 收件箱: good, doubtful, bad, twice, combined, packed."""
    inbox = opened.config.inbox
    w.pdf(inbox / "纪要.pdf", w.minutes(w.SHEEP))
    w.pdf(inbox / "子文件夹/又一份.pdf", w.minutes(w.SHEEP))
    w.pdf(inbox / "拿不准.pdf", w.UNSURE)
    w.pdf(inbox / "坏的.pdf", w.BAD)
    w.pdf(inbox / "合并.pdf", w.record(w.FISH), w.minutes(w.FISH, 3))
    inside = {
        "里面/纪要.pdf": w.pdf(folder / "m.pdf", w.minutes(w.LEMON, 4)).read_bytes(),
        "../外面.pdf": b"x",
    }
    w.zipped(inbox / "材料.zip", inside)


def one_pass(opened: Workspace) -> None:
    w.ingest(opened, patient=False)


def clean_run(opened: Workspace, folder: Path, job: Callable[[Workspace], None]) -> tuple[Workspace, int]:
    """What an undisturbed run makes of a copy of ``opened``, and how many steps it takes."""
    expected = w.again(opened, folder)
    count = Countdown(-1, lambda: None)
    with steps(count):
        job(expected)
    w.ingest(expected)
    assert w.disagreements(expected) == []
    return expected, count.seen


def shared(opened: Workspace) -> set[str]:
    """What lies in the folders but for what this software made: notes, and pages cut out of a scan."""
    sources = {sha for (sha,) in w.rows(opened, "SELECT sha256 FROM sources")}
    cuts = {row["path_sha256"] for row in w.documents(opened)} - sources
    found = w.files(opened.config.store_root)
    return {sha for path, sha in found.items() if not path.endswith("（说明）.txt")} - cuts


def assert_recovers(
    opened: Workspace, expected: Workspace, job: Callable[[Workspace], None], dropped: set[str], where: str
) -> None:
    """Nothing dropped is lost now; the next start (or the person who tries again) makes all as if undisturbed."""
    assert dropped <= w.everywhere(opened), where
    w.ingest(opened)
    job(opened)
    assert w.disagreements(opened) == [], where
    assert w.untold(opened) == [], where
    assert w.outcome(opened) == w.outcome(expected), where
    assert set(w.files(opened.config.inbox)) == set(), where
    assert sorted(w.files(opened.config.store_root)) == sorted(w.files(expected.config.store_root)), where
