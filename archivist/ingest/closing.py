"""Files that their writer closed (写完的文件): taken at once, where the system tells of it, instead of after settling.

A notification alone decides nothing: the file must have stood still for a moment, must not be empty (some programs make
a file first and fill it later), and must end as a whole file of its kind does, so that what is written part by part,
closed in between, still waits for the settling time. That nobody has it open for writing is asked when it is taken.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

from archivist.system.wholeness import ends_whole

MOMENT_SECONDS = 0.2
"""How long a closed file must stand still."""

_MOST = 10_000


class Closed:
    """The paths that were told to be closed. `note` may be called from another thread.

    Args:
        clock: seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._at: dict[str, float] = {}
        self._guard = threading.Lock()

    def note(self, path: str) -> None:
        """Whoever had ``path`` open for writing closed it now."""
        with self._guard:
            if len(self._at) >= _MOST:  # settling serves as well
                self._at.clear()
            self._at[path] = self._clock()

    def is_whole(self, path: Path, size: int) -> bool:
        """Whether the file of ``size`` bytes at ``path`` was closed a moment ago, not since, and ends as whole ones do."""
        with self._guard:
            at = self._at.get(os.fspath(path))
        return at is not None and self._clock() - at >= MOMENT_SECONDS and size > 0 and ends_whole(path)

    def forget(self, path: Path) -> None:
        """The file was taken."""
        with self._guard:
            self._at.pop(os.fspath(path), None)
