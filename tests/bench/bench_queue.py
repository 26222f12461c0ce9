"""How long a person waits while much else does (Linux only): a small file behind scans, in a burst; a decision in a pass.

    python tests/bench/bench_queue.py [--scans 24] [--burst 3000] [--rounds 5] [--only scans,burst,decisions]

A running watcher over a fresh workspace; seconds from the end of the copy to the document in its place (or to the answer
of the command). Prints every round, the median and the longest; and of the burst, when its last file was done.
"""

from __future__ import annotations

import argparse
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench_ingest import SAMPLES, scans
from docx import Document

sys.path[:0] = [str(Path(__file__).parents[1])]

from archivist.workspace.opened import Workspace, open_workspace  # noqa: E402
from support import workspaces as w  # noqa: E402

_LIMIT = 1800.0
ENVIRONMENT = {**os.environ, "PYTHONPYCACHEPREFIX": tempfile.mkdtemp(prefix="bench-queue-")}
ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)
"""Commands run with their byte code kept, as they do once installed."""


def made(folder: Path) -> Workspace:
    from archivist.cli.init import make_workspace
    from archivist.cli.register import import_register

    make_workspace(folder)
    opened = open_workspace(folder, None)
    import_register(opened, SAMPLES / "登记" / "项目台账.xlsx")
    return opened


@contextmanager
def watched(opened: Workspace) -> Iterator[None]:
    command = [sys.executable, "-m", "archivist", "-w", str(opened.config.workspace), "watch"]
    watcher = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT)
    try:
        time.sleep(5)
        yield
    finally:
        watcher.terminate()
        watcher.wait()


def word(number: object) -> bytes:
    document = Document()
    document.add_paragraph(f"关于第 {number} 号来信的说明")
    document.add_paragraph("这是一份与帮扶产业项目有关的普通来信，没有项目编号。")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def drop(opened: Workspace, name: str, data: bytes) -> float:
    path = opened.config.inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        target.write(data)
    return time.perf_counter()


def done(opened: Workspace, name: str) -> bool:
    query = f"SELECT 1 FROM sources WHERE name = '{name}' AND state = 'done'"
    return bool(w.rows(opened, query))


def waited(since: float, happened: Callable[[], bool], pause: float = 0.05) -> float:
    while not happened():
        if time.perf_counter() - since > _LIMIT:
            raise SystemExit("did not happen")
        time.sleep(pause)
    return time.perf_counter() - since


def told(what: str, taken: list[float]) -> None:
    rounds = " ".join(f"{one:.1f}" for one in taken)
    print(
        f"{what}: median {statistics.median(taken):.2f} s, longest {max(taken):.2f} s  ({rounds})", flush=True
    )


def behind_scans(folder: Path, count: int, rounds: int) -> None:
    opened = made(folder)
    pages = sorted(scans(), key=lambda path: -path.stat().st_size)
    taken = []
    with watched(opened):
        begun = time.perf_counter()
        for number in range(count):
            data = pages[number % len(pages)].read_bytes().rstrip()
            drop(opened, f"扫描/{number:03d}.pdf", data + f"\n% {number}\n%%EOF\n".encode())
        time.sleep(8)
        for number in range(rounds):
            name = f"来信{number}.docx"
            taken.append(waited(drop(opened, name, word(number)), lambda name=name: done(opened, name)))
            time.sleep(2)
        left = w.rows(opened, "SELECT COUNT(*) FROM sources WHERE state <> 'done'")[0][0]
        print(f"{count} scans, of which {left} were left when the last small file was done")
        told("small file behind scans", taken)
        waited(begun, lambda: not w.rows(opened, "SELECT 1 FROM sources WHERE state <> 'done'"), 0.5)
        print(f"last of the scans: {time.perf_counter() - begun:.0f} s")


def in_a_burst(folder: Path, count: int, rounds: int) -> None:
    opened = made(folder)
    outside = folder / "outside"
    outside.mkdir()
    for number in range(count):
        (outside / f"信{number:05d}.docx").write_bytes(word(number))
    taken = []
    with watched(opened):
        begun = time.perf_counter()
        for path in sorted(outside.iterdir()):
            path.rename(opened.config.inbox / path.name)
        for number in range(rounds):
            time.sleep(6)
            name = f"另一封{number}.docx"
            taken.append(
                waited(drop(opened, name, word(f"另 {number}")), lambda name=name: done(opened, name))
            )
        left = len(list(opened.config.inbox.glob("信*.docx")))
        print(f"burst of {count}, of which {left} were not even received when the last small file was done")
        told("small file in a burst", taken)
        query = "SELECT COUNT(*) FROM sources WHERE state = 'done'"
        waited(begun, lambda: w.rows(opened, query)[0][0] == count + rounds, 0.5)
        print(f"last of the burst: {time.perf_counter() - begun:.0f} s")


def decisions(folder: Path, count: int) -> None:
    opened = made(folder)
    for number in range(8):
        drop(opened, f"待定{number}.docx", word(f"待 {number}"))
    run(opened, "ingest")
    pages = scans()
    for number in range(count):
        data = pages[number % len(pages)].read_bytes().rstrip()
        drop(opened, f"扫描/{number:03d}.pdf", data + f"\n% {number}\n%%EOF\n".encode())
    time.sleep(3)
    command = [sys.executable, "-m", "archivist", "-w", str(folder), "ingest"]
    ingest = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT)
    try:
        time.sleep(12)
        code = w.rows(opened, "SELECT code FROM projects WHERE folder IS NOT NULL LIMIT 1")[0][0]
        waits = [
            row[0] for row in w.rows(opened, "SELECT id FROM documents WHERE status = 'review' ORDER BY id")
        ]
        acts = []
        for number, document in enumerate(waits[:5]):
            acts.append(("assign", document, "--project", code, "--item", str(4 + number % 4)))
            acts.append(("date", document, "2024-05-06"))
            acts.append(("original", document, "原件"))
        acts.append(("review", "--accept-all", "--min-confidence", "0.99", "--yes"))
        acts.append(("reject", waits[5], "--reason", "与项目无关"))
        acts.append(("undo", waits[5]))
        taken, refused = [], 0
        for act in acts:
            start = time.perf_counter()
            refused += run(opened, *act) != 0
            taken.append(time.perf_counter() - start)
        idle = time.perf_counter()
        run(opened, "register", "list")
        print(f"a command that only looks takes {time.perf_counter() - idle:.2f} s")
        told(f"{len(acts)} decisions in a pass of {count} scans, {refused} refused", taken)
        assert ingest.poll() is None, "the pass was over"
    finally:
        ingest.terminate()
        ingest.wait()


def run(opened: Workspace, *words: str) -> int:
    command = [sys.executable, "-m", "archivist", "-w", str(opened.config.workspace), *words]
    return subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=sys.stderr, check=False, env=ENVIRONMENT
    ).returncode


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scans", type=int, default=24)
    parser.add_argument("--burst", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="scans,burst,decisions")
    options = parser.parse_args()
    wanted = options.only.split(",")
    print(f"{os.cpu_count()} cores", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        if "scans" in wanted:
            behind_scans(Path(scratch, "a"), options.scans, options.rounds)
        if "burst" in wanted:
            in_a_burst(Path(scratch, "b"), options.burst, options.rounds)
        if "decisions" in wanted:
            decisions(Path(scratch, "c"), 100)
