"""Other processes: whether the one that was noted still runs, and ending one with all that it started."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import psutil
import pytest

from archivist.system.liveness import holder
from archivist.system.processes import end_with_children, runs

WAITS = "import sys; print(flush=True); sys.stdin.read()"
STARTS_ANOTHER = f"""
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])  # ended with its parent
print(child.pid, flush=True)
{WAITS}
"""


@contextmanager
def started(code: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A process that waits for its input to end, and its first line; ended in the end."""
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


def test_a_process_runs_until_it_ended_even_if_nobody_collected_it() -> None:
    with started(WAITS) as (process, _):
        assert runs(process.pid) and runs(process.pid, time.time())

        process.kill()
        if os.name == "nt":
            psutil.Process(process.pid).wait(30)
        else:
            os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert not runs(process.pid)
        process.communicate()
        assert not runs(process.pid)


@pytest.mark.parametrize("pid", [-1, 2**31 - 2, 2**80])
def test_a_number_no_process_has_runs_not(pid: int) -> None:
    assert not runs(pid)


def test_a_later_process_with_the_number_of_the_noted_one_is_another(tmp_path: Path) -> None:
    """After a power cut the watcher's number may be any program's."""

    def noted(ago: timedelta) -> Path:
        told = {
            "command": "watch",
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "user": "值守员",
            "since": (datetime.now().astimezone() - ago).isoformat(timespec="seconds"),
        }
        (tmp_path / "watch-lock.json").write_text(json.dumps(told), "utf-8")
        return tmp_path / "watch-lock.json"

    found = holder(noted(timedelta()))
    assert found is not None and found.alive
    assert holder(noted(timedelta(days=3650))) is None


def test_a_process_ends_with_all_that_it_started() -> None:
    with started(STARTS_ANOTHER) as (process, child):
        end_with_children(process.pid)

        assert process.wait(30) != 0
        assert not runs(process.pid) and not runs(int(child))
        end_with_children(process.pid)  # who is gone already is no error
