"""CPU of ``verify`` beside a bare read-and-sha256 loop over the same files, interleaved in one run; the ratio is printed.

python tests/bench/bench_verify.py [--mb 600] [--rounds 3]
"""

from __future__ import annotations

import argparse
import hashlib
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from archivist.core.document import INBOX, Document
from archivist.core.model import Status
from archivist.preservation.fixity.verify import verify
from archivist.workspace.opened import Workspace
from support import workspaces as w

SIZES = ((40_000, 0.1), (400_000, 0.2), (4_000_000, 0.3), (30_000_000, 0.4))
"""Size in bytes and its share of all bytes: text files, scans of a page, of a document, combined scans."""


def filled(folder: Path, megabytes: int) -> Workspace:
    """A workspace with random originals of those sizes, each filed once."""
    opened = w.workspace(folder / "w")
    with opened.writing("bench") as index:
        for size, share in SIZES:
            for number in range(max(1, int(megabytes * 1e6 * share / size))):
                one(opened, index, size, number)
    return opened


def one(opened: Workspace, index: object, size: int, number: int) -> None:
    source = opened.config.workspace / "x"
    source.write_bytes(os.urandom(size))
    safe = opened.store.accession(source, "x.pdf")
    path = f"{opened.config.store.projects}/x/{size}-{number}.pdf"
    opened.store.place(opened.store.path(safe.vault), opened.store.path(path), safe.sha256)
    received = index.sources.receive(  # type: ignore[attr-defined]
        name=f"{size}-{number}.pdf", origin=INBOX, sha256=safe.sha256, size=size, vault=safe.vault
    )
    row = Document("", received.id, 1, 1, Status.FILED, w.SHEEP.code, 8, path=path, path_sha256=safe.sha256)
    index.sources.plan(received.id, "pdf", (), [row])  # type: ignore[attr-defined]
    index.sources.finish(received.id)  # type: ignore[attr-defined]


def bare(opened: Workspace) -> int:
    """Read every file of the vault and the folders into one buffer and hash it."""
    view, total = memoryview(bytearray(1 << 20)), 0
    for folder in (opened.store.vault, opened.config.projects):
        for path in folder.rglob("*.pdf"):
            digest = hashlib.sha256()
            with path.open("rb", buffering=0) as handle:
                while count := handle.readinto(view):
                    digest.update(view[:count])
                    total += count
            digest.hexdigest()
    return total


def cpu(act: Callable[[], object]) -> float:
    before = time.process_time()
    act()
    return time.process_time() - before


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--mb", type=int, default=600)
    arguments.add_argument("--rounds", type=int, default=3)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        opened = filled(Path(folder), asked.mb)
        first = cpu(lambda: verify(opened))
        loops, checks = [], []
        for _ in range(asked.rounds):
            loops.append(cpu(lambda: bare(opened)))
            checks.append(cpu(lambda: verify(opened)))
        report = verify(opened)
        assert report.findings == [], report.findings[:3]
        files = report.originals + report.copies
        loop, check = statistics.median(loops), statistics.median(checks)
        print(f"{files} files, {report.bytes / 1e6:.0f} MB, {report.events} events")
        print(f"bare loop {loop:.2f} s CPU, verify {check:.2f} s CPU: ratio {check / loop:.2f}")
        print(f"first verify (makes SM3 digests of all originals): ratio {first / loop:.2f}")


if __name__ == "__main__":
    main()
