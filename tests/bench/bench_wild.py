"""Drop every file below a FOLDER into 收件箱 under its own name, run the real program, account for every byte (Linux only).

    python tests/bench/bench_wild.py FOLDER [--slice 250] [--watch] [--keep DIR] [--told FILE]

The files keep their folders and names. ``--watch``: one ``archivist watch`` is kept running and slices are dropped under
it; otherwise each slice is one ``archivist ingest``. ``--keep`` leaves the workspace there, ``--told`` gets one JSON line
a file: its statuses and what people are told. Prints counts, peak memory of all processes and seconds a file; ends
with 1 when anything was lost, twice, crashed, or left folders, index and events in disagreement.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]

from bench_hostile import answer  # noqa: E402
from truth import untrue  # noqa: E402

from archivist.system.durable import sha256_of  # noqa: E402
from archivist.workspace.opened import Workspace  # noqa: E402
from support import hostile_pass as hp  # noqa: E402
from support import workspaces as w  # noqa: E402

QUIET_SECONDS = 1800.0
"""A watcher that finishes nothing for so long hangs."""


@dataclass
class Figures:
    """What all slices brought."""

    seconds: float = 0.0
    peak: float = 0.0
    counts: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def drop(opened: Workspace, folder: Path, files: list[Path]) -> dict[str, str]:
    """Copy files into 收件箱, each under its place below ``folder``: name by sha256."""
    dropped: dict[str, str] = {}
    for path in files:
        name = path.relative_to(folder)
        target = opened.config.inbox / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        dropped.setdefault(sha256_of(path), os.fsdecode(os.fsencode(name)))
    return dropped


@contextmanager
def watching(opened: Workspace) -> Iterator[subprocess.Popen[str]]:
    """``archivist watch`` running, its stderr going into the workspace's own folder."""
    command = [sys.executable, "-m", "archivist", "-w", str(opened.config.workspace), "watch"]
    with (opened.config.workspace / "watch.err").open("w") as words:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=words, text=True)
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(120)


def watched(opened: Workspace, process: subprocess.Popen[str], dropped: dict[str, str]) -> hp.Pass:
    """Wait until the running watcher has dealt with everything dropped."""
    begun = moved = time.monotonic()
    peak, before = 0.0, (-1, -1)
    while time.monotonic() - moved < QUIET_SECONDS and process.poll() is None:
        peak = max(peak, sum(hp.memory(pid) for pid in hp.tree(process.pid)))
        time.sleep(0.5)
        left = len(_still(opened)), w.rows(opened, "SELECT count(*) FROM sources WHERE state <> 'done'")[0][0]
        if left == (0, 0):
            break
        if left != before:
            before, moved = left, time.monotonic()
    words = "" if process.poll() is None else f"watch ended with {process.returncode}"
    done = hp.Pass(0 if not words else 15, time.monotonic() - begun, peak, words)
    hp.account(opened, dropped, done)
    return done


def _still(opened: Workspace) -> list[Path]:
    return [p for p in opened.config.inbox.rglob("*") if p.is_file() and p.name not in w.PAGES]


def twice(opened: Workspace, files: int) -> list[str]:
    """Sources beyond one a drop: a file taken in more than once."""
    (received,) = w.rows(opened, "SELECT count(*) FROM sources WHERE parent IS NULL")[0]
    return [] if received == files else [f"{received} files received of {files} dropped"]


def told_of(
    opened: Workspace, done: hp.Pass, dropped: dict[str, str], figures: Figures
) -> list[dict[str, Any]]:
    """Sum up the answers of one slice; returns a record a file."""
    records = []
    for sha, name in dropped.items():
        told = hp.reasons_of(opened, done, sha)
        statuses = sorted({row["status"] for row in done.told[sha]} or {"archive"})
        figures.counts[answer(told, set(statuses))] += 1
        figures.statuses["/".join(statuses)] += 1
        if not told and set(statuses) <= {"review", "rejected"}:
            figures.wrong.append(f"no reason: {name}")
        records.append({"name": name, "sha256": sha, "statuses": statuses, "told": told})
    return records


def finish(opened: Workspace, figures: Figures) -> None:
    """What folders, index, events and ``archivist verify`` say at the end."""
    figures.wrong += [one for one in w.disagreements(opened) if not one.startswith("note of nothing")]
    command = [sys.executable, "-m", "archivist", "-w", str(opened.config.workspace), "verify"]
    verified = subprocess.run(command, capture_output=True, text=True, check=False)
    if verified.returncode:
        figures.wrong.append(
            f"verify ended with {verified.returncode}: {verified.stdout[-600:]}{verified.stderr[-600:]}"
        )
    print(f"verify: exit {verified.returncode} {verified.stdout.strip().splitlines()[-1:]}")
    print(f"sources {w.rows(opened, 'SELECT state, count(*) FROM sources GROUP BY 1')}, ", end="")
    print(f"documents {w.rows(opened, 'SELECT status, count(*) FROM documents GROUP BY 1')}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--slice", type=int, default=250)
    parser.add_argument("--watch", action="store_true")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--told", type=Path)
    options = parser.parse_args()
    files = sorted(path for path in options.folder.rglob("*") if path.is_file() and not path.is_symlink())
    figures = Figures()
    with tempfile.TemporaryDirectory() as scratch:
        opened = w.workspace(options.keep or Path(scratch) / "w")
        if options.watch:
            with watching(opened) as process:
                _slices(opened, options, files, figures, process)
            if process.returncode != 0:
                figures.wrong.append(f"watch ended with {process.returncode}")
            words = (opened.config.workspace / "watch.err").read_text()
            figures.wrong += [
                line for line in words.splitlines() if "Traceback" in line or "处理时出错" in line
            ]
        else:
            _slices(opened, options, files, figures, None)
        figures.wrong += twice(opened, len(files))
        finish(opened, figures)
    for words, count in figures.counts.most_common(80):
        print(f"{count:6} {words}")
    print(f"{len(files)} files, {dict(figures.statuses)}, peak {figures.peak:.0f} MB, ", end="")
    print(f"{figures.seconds:.0f} s, {figures.seconds / max(len(files), 1):.2f} s a file")
    print("\n".join(figures.wrong[:60]) or "nothing lost, nothing twice, no crash, everything agrees")
    return 1 if figures.wrong else 0


def _slices(
    opened: Workspace,
    options: argparse.Namespace,
    files: list[Path],
    figures: Figures,
    process: subprocess.Popen[str] | None,
) -> None:
    for start in range(0, len(files), options.slice):
        some = files[start : start + options.slice]
        dropped = drop(opened, options.folder, some)
        done = hp.run(opened, dropped) if process is None else watched(opened, process, dropped)
        figures.seconds += done.seconds
        figures.peak = max(figures.peak, done.peak)
        figures.wrong += [f"lost: {name}" for name in done.lost]
        if done.code not in {0, 8} or "处理时出错" in done.words or "Traceback" in done.words:
            figures.wrong.append(f"exit {done.code}: {done.words[-1500:]}")
        records = told_of(opened, done, dropped, figures)
        for record in records:
            if word := untrue(record["name"], (options.folder / record["name"]).read_bytes(), record["told"]):
                figures.wrong.append(f"untrue ({word}): {record['name']}: {record['told'][:100]}")
        if options.told:
            with options.told.open("a", encoding="utf-8", errors="backslashreplace") as sink:
                sink.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        print(f"{start + len(some)} files, {done.seconds:.0f} s, {len(figures.wrong)} wrong", flush=True)


if __name__ == "__main__":
    sys.exit(main())
