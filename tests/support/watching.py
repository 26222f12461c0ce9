"""A watcher as a process of its own (值守)."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from archivist.workspace.opened import Workspace
from support.places import TESTS

LONG = 300.0
"""Seconds after which a test gives up; no claim is made about how long anything takes."""


_WATCH = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from support import workspaces as w
from archivist.ingest.watch import Stopper, keep_watch, signals
from archivist.workspace.opened import open_workspace
say = lambda words: print(words, flush=True)
stopper = Stopper()
with signals(stopper):
    tell = lambda batch: [say(f"done {len(batch.documents)}"), *map(say, batch.problems)]
    keep_watch(open_workspace(Path(sys.argv[1]), "值守员", "watch"), stopper, tell, say,
               lambda: say("started"), w.TextReader())
say("ended")
"""


@contextmanager
def watcher(opened: Workspace) -> Iterator[subprocess.Popen[str]]:
    """A watching process; killed at the end if it still runs."""
    arguments = [sys.executable, "-c", _WATCH, str(opened.config.workspace), str(TESTS)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line == "started\n", line + process.stdout.read()
            yield process
        finally:
            process.kill()


def until(condition: Callable[[], object]) -> None:
    """Wait for what has to happen."""
    end = time.monotonic() + LONG
    while not condition():
        assert time.monotonic() < end, "did not happen"
        time.sleep(0.05)
