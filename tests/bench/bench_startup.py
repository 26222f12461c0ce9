"""CPU of ``archivist missing`` against ``python -c "import click, sqlite3"``, and against itself without the short cut
of ``workspace.quick``; prints the ratios. Not a test.

Run it in a workspace: ``python tests/bench/bench_startup.py [RUNS]``. All take turns, so that what else the
machine does falls on all alike; bytecode is cached (as pip leaves an installed package), outside the source tree.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile

BARE = [sys.executable, "-c", "import click, sqlite3"]
CONSOLE_SCRIPT = (
    "import sys; from archivist.__main__ import main; sys.argv = ['archivist', 'missing']; main()"
)
MISSING = [sys.executable, "-c", CONSOLE_SCRIPT]
LONG_WAY = """
from archivist.workspace import quick
quick._sets_nothing = lambda path: False
quick._plain_items = lambda text: None
"""
UNCUT = [sys.executable, "-c", LONG_WAY + CONSOLE_SCRIPT]


def cpu_seconds(command: list[str], environment: dict[str, str]) -> float:
    """User and system time of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": cache}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        commands = (BARE, MISSING, UNCUT)
        for command in commands:
            cpu_seconds(command, environment)
        rounds = [[cpu_seconds(command, environment) for command in commands] for _ in range(runs)]
    bare, missing, uncut = (statistics.median(column) for column in zip(*rounds, strict=True))
    ratio = statistics.median(ours / theirs for theirs, ours, _ in rounds)
    print(f"import click, sqlite3: {bare * 1000:.1f} ms CPU; archivist missing: {missing * 1000:.1f} ms CPU")
    print(f"ratio of medians {missing / bare:.2f}, median of ratios {ratio:.2f} ({runs} runs; aim 1.30)")
    print(f"without workspace.quick: {uncut * 1000:.1f} ms CPU, {uncut / missing:.2f} times as much")


if __name__ == "__main__":
    main()
