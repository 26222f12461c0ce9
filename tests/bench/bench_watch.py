"""What watching costs and how fast it notices, with the real command's loop and real notifications (Linux only).

    python tests/bench/bench_watch.py [--folders 10000] [--burst 30000] [--writers 8] [--seconds 20]

Prints: cost of one listing of the tree; CPU of an idle watcher over it; time from a closed file to the watcher's waking
(median and worst of 200), against a poll every second; then whether a burst by several processes, and a tree of as many
folders moved in at once, was taken whole.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

from archivist.folders.listing import in_inbox  # noqa: E402
from archivist.ingest.watch import Stopper, keep_watch  # noqa: E402
from archivist.system.notifications import start_observer  # noqa: E402
from archivist.workspace.opened import Workspace  # noqa: E402
from support import workspaces as w  # noqa: E402


class NoReader(w.TextReader):
    """Reads nothing: what is measured is noticing and receiving."""

    def extract(self, path: Path, name: str) -> w.Extract:
        return w.Extract("text", failure="不读内容")


def make_tree(inbox: Path, folders: int) -> None:
    for number in range(folders):
        (inbox / f"{number // 100:03d}" / f"{number % 100:02d}").mkdir(parents=True, exist_ok=True)


def watching(opened: Workspace, stopper: Stopper) -> threading.Thread:
    began = threading.Event()
    job = threading.Thread(
        target=keep_watch, args=(opened, stopper, lambda batch: None, print, began.set, NoReader())
    )
    job.start()
    began.wait()
    return job


def idle(opened: Workspace, seconds: float) -> None:
    start = time.process_time()
    in_inbox(opened.config.inbox)
    print(f"one listing  {time.process_time() - start:.3f} CPU s")
    stopper = Stopper()
    job = watching(opened, stopper)
    time.sleep(90)  # the pauses between listings have grown
    start = time.process_time()
    time.sleep(seconds)
    print(
        f"idle watcher  {100 * (time.process_time() - start) / seconds:.2f} % of a core over {seconds:.0f} s"
    )
    stopper.stop()
    job.join()


def latency(opened: Workspace) -> None:
    stopper = Stopper()
    observer = start_observer([opened.config.inbox], stopper.hint)
    found = []
    try:
        for number in range(200):
            stopper._wake.clear()
            start = time.perf_counter()
            (opened.config.inbox / "000" / f"{number}.part").write_bytes(b"x")
            stopper._wake.wait(10)
            found.append(time.perf_counter() - start)
            time.sleep(0.01)
    finally:
        observer.stop()
        observer.join()
    median, worst = 1000 * statistics.median(found), 1000 * max(found)
    print(
        f"file to waking  median {median:.2f} ms, worst {worst:.1f} ms; polling every second: {500 / median:.0f} ×"
    )


def write(inbox: Path, writer: int, count: int) -> None:
    for number in range(count):
        folder = inbox / f"批{writer}" / str(number % 50)
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f"{number}.part"
        part.write_text(f"{writer} {number}")
        part.rename(part.with_suffix(".txt"))


def burst(opened: Workspace, writers: int, total: int) -> None:
    per_writer = total // writers
    stopper = Stopper()
    job = watching(opened, stopper)
    start = time.perf_counter()
    jobs = [
        multiprocessing.get_context("fork").Process(target=write, args=(opened.config.inbox, n, per_writer))
        for n in range(writers)
    ]
    for one in jobs:
        one.start()
    for one in jobs:
        one.join()
    written = time.perf_counter() - start
    wanted = per_writer * writers
    taken = 0
    while taken < wanted and time.perf_counter() < start + 3600:
        time.sleep(2)
        taken = w.rows(opened, "SELECT COUNT(DISTINCT sha256) FROM sources WHERE name LIKE '批%'")[0][0]
    received = time.perf_counter() - start
    stopper.stop()
    job.join()
    lost = wanted - taken
    print(
        f"burst  {wanted} files by {writers} writers in {written:.1f} s: all safe after {received:.0f} s, lost {lost}"
    )


def moved_in(opened: Workspace, outside: Path, count: int) -> None:
    """A tree of as many folders, a file in each, is moved into the inbox at once."""
    for number in range(count):
        path = outside / f"{number // 100:03d}" / f"{number % 100:02d}" / "a.txt"
        path.parent.mkdir(parents=True)
        path.write_text(f"moved {number}")
    stopper = Stopper()
    job = watching(opened, stopper)
    start, taken = time.perf_counter(), 0
    outside.rename(opened.config.inbox / outside.name)
    while taken < count and time.perf_counter() < start + 3600:
        time.sleep(2)
        query = f"SELECT COUNT(DISTINCT sha256) FROM sources WHERE name LIKE '{outside.name}/%'"
        taken = w.rows(opened, query)[0][0]
    received = time.perf_counter() - start
    stopper.stop()
    job.join()
    print(
        f"moved in  {count} folders with a file each: all safe after {received:.0f} s, lost {count - taken}"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folders", type=int, default=10_000)
    parser.add_argument("--burst", type=int, default=30_000)
    parser.add_argument("--writers", type=int, default=min(8, 4 * (os.cpu_count() or 1)))
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        opened = w.workspace(Path(scratch, "w"), "[watch]\nrescan_seconds = 5\n")
        make_tree(opened.config.inbox, options.folders)
        idle(opened, options.seconds)
        latency(opened)
        burst(opened, options.writers, options.burst)
        moved_in(opened, Path(scratch, "报送"), options.folders)
