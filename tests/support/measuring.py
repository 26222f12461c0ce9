"""What a recognition worker sees of itself while it recognises. Module-level: workers import it."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import numpy as np

from archivist.extract.processes import ocrpool


def affinities(file: str) -> set[frozenset[int]]:
    """The cores that threads of this process may run on, looked at again and again while a page is detected."""
    engine = ocrpool._engine
    assert engine is not None
    page = np.load(file)
    engine.detect(page)
    seen: set[frozenset[int]] = set()
    over = threading.Event()

    def look() -> None:
        while not over.is_set():
            for task in Path("/proc/self/task").iterdir():
                try:
                    seen.add(frozenset(os.sched_getaffinity(int(task.name))))
                except ProcessLookupError:  # it ended meanwhile
                    continue
            time.sleep(0.002)

    watcher = threading.Thread(target=look)
    watcher.start()
    for _ in range(3):
        engine.detect(page)
    over.set()
    watcher.join()
    return seen
